"""Helpers that several finders share: reading JSON-LD values, meta tags and class names safely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from articlex.memo import memo
from articlex.page import Page
from articlex.patterns import by, lazy
from articlex.squash import squash

ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
        "reviewnewsarticle", "backgroundnewsarticle", "askpublicnewsarticle", "advertisercontentarticle",
        "satiricalarticle", "blogposting", "liveblogposting", "socialmediaposting", "scholarlyarticle", "techarticle",
        "report", "review", "criticreview", "medicalscholarlyarticle", "discussionforumposting", "recipe",
        "interview", "posting",
    }
)  # fmt: skip
_TAG = lazy(r"<[a-zA-Z/!][^<>]{0,500}>")


def text_of(value: Any, limit: int = 5_000) -> str:
    """A JSON value as one line of text: entities resolved, tags out, white space squashed; ``""`` if it is no text."""
    text: str = value if isinstance(value, str) else _string_in(value)
    if len(text) > limit:
        text = text[:limit]
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    return squash(text)


def _string_in(value: Any) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, (str, dict))), "")
    if isinstance(value, dict):
        value = next(
            (value[key] for key in ("@value", "name", "headline", "url", "@id") if isinstance(value.get(key), str)), ""
        )
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return value if isinstance(value, str) else ""


def types_of(node: Mapping[str, Any]) -> set[str]:
    """The lower-cased types of a JSON-LD object, without any namespace."""
    kinds = node.get("@type")
    if isinstance(kinds, str):
        return {_bare_type(kinds)}
    return {_bare_type(kind) for kind in kinds if isinstance(kind, str)} if isinstance(kinds, list) else set()


@memo(1_024)
def _bare_type(kind: str) -> str:
    return kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()


def article_nodes(page: Page) -> list[dict[str, Any]]:
    """The JSON-LD objects that describe an article, those with a headline and a body first, else page order.

    A live blog comes before its posts, which are fuller.
    """
    nodes = [node for node in page.json_ld if types_of(node) & ARTICLE_TYPES and len(node) > 2]
    return sorted(nodes, key=_fullness, reverse=True)


def _fullness(node: Mapping[str, Any]) -> int:
    live = "liveBlogUpdate" in node or "liveblogposting" in types_of(node)
    return 4 * live + ("headline" in node) + ("datePublished" in node) + ("articleBody" in node)


def metas(page: Page, *names: str) -> list[tuple[str, str]]:
    """(name, content) of each non-empty meta tag with one of these names, in the order of the names."""
    given = page.metas
    return [(name, text) for name in names if name in given for content in given[name] if (text := text_of(content))]


@memo(8_192)
def fold(text: str) -> str:
    """A text for comparison: case, quotes, dashes, punctuation at the ends and white space do not count."""
    text = text.replace("`", "'").lower() if text.isascii() else _FOLDED.sub(_PLAIN, text).casefold()
    return " ".join(text.split()).strip(" .,:;!?|-'\"")


_FOLDS = {
    **dict.fromkeys("’‘‚ʼ´`", "'"),
    **dict.fromkeys("“”„«»‹›", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff\u200e\u200f", ""),
    "…": "...",
}
_FOLDED, _PLAIN = lazy(f"[{''.join(_FOLDS)}]"), by(_FOLDS)


def agreeing(value: str, candidates: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The sources among (source, value) candidates that said the same, each once, in order."""
    key = fold(value)
    return tuple(dict.fromkeys(source for source, other in candidates if fold(other) == key))
