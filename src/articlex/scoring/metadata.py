"""What the page's metadata says of a block: it repeats the title or the description, or stands in ``articleBody``."""

from __future__ import annotations

from articlex.page import Page
from articlex.scoring.catalogue import Rows
from articlex.scoring.letters import END, letters, may_begin_in

_SHORTEST, _TITLE = 12, 250
"""Characters of a text that may be compared with metadata, and of the longest that may be a title."""
_FEW = 14
"""Characters of a text that tell whether more of it may be found."""
_KEY = 80
"""Characters of a text that are looked for in ``articleBody``."""
_DESCRIBED = 60
"""Characters of a text that are looked for in the description."""
_LEAST_DESCRIBED = 30
"""Characters of a text that may be the page's description."""


def meta_facts(rows: Rows, page: Page, texts: list[str]) -> None:
    """Whether a block repeats the page's title or description, or is supported by ``articleBody`` in JSON-LD."""
    title, description, body, first = letters(
        [
            " ".join([page.title_tag, *page.metas.get("og:title", ())[:1]]),
            " ".join([page.metas.get(name, [""])[0] for name in ("og:description", "description")]),
            " ".join(_bodies(page)),
            texts[0],
        ]
    )
    title = title or first
    chars = rows["chars"]
    where = (chars >= _SHORTEST if description or body else (chars >= _SHORTEST) & (chars <= _TITLE)).nonzero()[0]
    at = where.tolist()
    begun = may_begin_in([texts[i][:_FEW] for i in at], f"{title}{END}{description}{END}{body}")
    _repeated(rows, texts, [at[i] for i in begun], title, description)
    if body:
        keys = letters([texts[i][:_KEY] for i in at])
        found = {i for i in begun if keys[i] in body}
        rows["in_article_body"][where] = [
            (1 if i in found else -1) if len(key) >= _SHORTEST else 0 for i, key in enumerate(keys)
        ]


def _repeated(rows: Rows, texts: list[str], near: list[int], title: str, description: str) -> None:
    short = [i for i in near if len(texts[i]) <= _TITLE] if title else []
    long = [i for i in near if len(texts[i]) >= _LEAST_DESCRIBED] if description else []
    if not short and not long:
        return
    found = letters([*(texts[i] for i in short), *(texts[i][:size] for size in (_DESCRIBED, _KEY) for i in long)])
    behind = len(short) + len(long)
    rows["in_title"][short] = [key in title for key in found[: len(short)]]
    # the last letter may have another lower case inside a word
    rows["in_description"][long] = [
        less in description and more[:-1][:29] in description
        for less, more in zip(found[len(short) : behind], found[behind:], strict=True)
    ]


def _bodies(page: Page) -> list[str]:
    bodies = [node["articleBody"] for node in page.json_ld if isinstance(node.get("articleBody"), str)]
    return [body[:200_000] for body in bodies if len(body) > 300][:3]
