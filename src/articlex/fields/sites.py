"""The site's own names, and titles without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from articlex.fields.signals import metas, text_of, types_of
from articlex.memo import memo
from articlex.page import Page
from articlex.patterns import lazy

_RUN = lazy(r"[|¦•·▷►»«›‹~★⋆/\\:<>@ㅣ｜：_‐‑‒–—―-]+")
_ANYWHERE = frozenset("|¦ㅣ｜：")
"""Separators that need no white space around them."""
_UNSPACED = frozenset("_-")
"""Separators that need none between letters of a script without spaces."""
_DOMAIN = lazy(r"[^\s|_-]{1,80}\.[a-z]{2,3}$")
_SPELLED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "é": "e",
        "è": "e",
        "á": "a",
        "ó": "o",
        "í": "i",
        "ñ": "n",
        "å": "a",
        "ø": "o",
    }
)
_WEAK = frozenset(":：/")
_WORD = lazy(r"[^\W_]+")
_HOST_NOISE = frozenset({"www", "amp", "mobile", "edition", "web", "news", "blog", "com", "org", "net", "gov", "edu"})
_ORGANIZATIONS = frozenset({"website", "organization", "newsmediaorganization"})
_FRONT = lazy(r"https?://[^/?#]+/?")
_TOP = 12
"""Links, or lines of a dump, at the top of a page that may be the site's name."""
_NAME = 30
"""Of a longer text the beginning tells whether it may be a name."""
_TAIL_WORDS = 4
"""A last part with more words than this is no unknown site's name."""


@memo(4_096)
def squeeze(text: str) -> str:
    """Letters and digits only, lower case: "The Daily-Post" and "thedailypost" are the same name."""
    return "".join(_WORD.findall(text.casefold()))


def said_names(page: Page, articles: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(source, name) of each place that names the site, most trusted first."""
    for _, name in metas(page, "og:site_name"):
        yield "meta", name
    for node in articles[:3]:
        if name := _name_of(node.get("publisher")):
            yield "json-ld", name
    for node in page.json_ld[:20]:
        if types_of(node) & _ORGANIZATIONS and (name := _name_of(node)):
            yield "json-ld", name
    for _, name in metas(
        page, "application-name", "apple-mobile-web-app-title", "al:android:app_name", "al:ios:app_name"
    ):
        yield "meta", name


def _name_of(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    name = text_of(value.get("name")) if isinstance(value, dict) else value if isinstance(value, str) else ""
    return "" if name.startswith("http") else name


def host_of(url: str | None) -> str:
    """The lower-case host of a URL, ``""`` when there is none; of an archive's URL that of the archived page."""
    url = url or ""
    at = max(url.rfind("/http://"), url.rfind("/https://"))
    try:
        return (urlsplit(url[at + 1 :]).hostname or "").lower()
    except ValueError:
        return ""


def host_labels(url: str | None) -> tuple[str, ...]:
    """The telling labels of a URL's host, longest first: "www.daily-post.co.uk" gives "dailypost"."""
    labels = {squeeze(label) for label in host_of(url).split(".")[:-1]}
    return tuple(
        sorted(
            (label for label in labels if len(label) > 2 and label not in _HOST_NOISE),
            key=lambda label: (-len(label), label),
        )
    )


def cuts_of(title: str) -> list[tuple[int, int]]:
    """Where separators with the white space around them begin and end in a title."""
    cuts: list[tuple[int, int]] = []
    for match in _RUN.finditer(title):
        start, stop = match.span()
        spaced = title[stop : stop + 1].isspace() or stop == len(title)
        if (
            match[0] in _ANYWHERE
            or (spaced and (match[0] == ":" or (title[start - 1 : start].isspace() and stop - start < 4)))
            or (start and _DOMAIN.match(title, stop))
            or (match[0] in _UNSPACED and title[start - 1 : start] > "\u2fff" and title[stop : stop + 1] > "\u2fff")
        ):
            while start and title[start - 1].isspace():
                start -= 1
            while stop < len(title) and title[stop].isspace():
                stop += 1
            if cuts and not title[cuts[-1][1] : start].strip():  # ": – " is one separator
                cuts[-1] = (cuts[-1][0], stop)
            else:
                cuts.append((start, stop))
    return cuts


def title_parts(title: str) -> list[str]:
    """The parts of a title between separators."""
    bounds = [0, *(at for cut in cuts_of(title) for at in cut), len(title)]
    return [part for part in map(title.__getitem__, map(slice, bounds[::2], bounds[1::2])) if part.strip()]


def squeezed_words(text: str) -> list[str]:
    """The words of a text as a URL spells them: "Städte für alle" gives staedte, fuer, alle."""
    return _WORD.findall(text.casefold().translate(_SPELLED))


def slug_words(url: str | None) -> set[str]:
    """The words of the last long part of a URL's path, from which a headline may be recognised."""
    try:
        path = unquote(urlsplit(url or "").path)
    except ValueError:
        return set()
    parts = [part for part in path.split("/") if part.count("-") > 1 or part.count("_") > 1]
    return set(squeezed_words(parts[-1].replace("_", "-"))) if parts else set()


def home_name(page: Page) -> str:
    """The part of the page's title that a link to the front page, or a line at the top of a dump, repeats."""
    title = page.title_tag or (page.blocks[0].text if page.source == "text" and page.blocks else "")
    parts = {squeeze(part): part.strip() for part in title_parts(title)}
    if len(parts) < 2:
        return ""
    if page.source == "text":
        parts.pop(max(parts, key=len))  # the headline stands there too
        lines = (block.text for block in page.blocks[1:_TOP])
        return next((parts[key] for line in lines if len(line) < 60 and (key := squeeze(line)) in parts), "")
    for element, text in zip(page.spans.elements[:_TOP], page.spans.texts, strict=False):
        attrs = page.elements.attrs[element]
        front = attrs.get("href") == "/" or "home" in attrs.get("rel", "") or _FRONT.fullmatch(attrs.get("href", ""))
        if front and squeeze(text) in parts:
            return parts[squeeze(text)]
    return ""


class SiteNames:
    """Tells whether a part of a title is the site's name."""

    def __init__(self, page: Page, articles: Sequence[Mapping[str, Any]]) -> None:
        self.said = tuple(dict.fromkeys(said_names(page, articles)))
        title = squeeze(page.title_tag)
        keys = (squeeze(name) for _, name in self.said if len(name) < 60)
        self.squeezed = tuple(dict.fromkeys(key for key in keys if key and key != title))
        url = page.url or next((link.get("href") for link in page.links if link.get("rel") == "canonical"), None)
        self.labels = host_labels(url)
        self.host = squeeze(host_of(url).removeprefix("www."))
        self.home = home_name(page)
        if self.home:
            self.squeezed = (*self.squeezed, squeeze(self.home))
        self._names = frozenset((*self.squeezed, *self.labels, self.host))

    def named(self, part: str) -> bool:
        """Whether this text is exactly a name of the site."""
        if len(part) > _NAME and (head := squeeze(part[:_NAME])) and not self._begins(head):
            return False
        key = squeeze(part)
        return not key or key in self._names

    def _begins(self, head: str) -> bool:
        return any(name.startswith(head) for name in self._names)

    def matches(self, part: str) -> bool:
        """Whether this text names the site: as the page says it, or much as the host spells it."""
        if self.named(part):
            return True
        key = squeeze(part)
        if len(key) < 3:
            return False
        if len(part) < 60 and any(
            name.startswith(key) or (key.startswith(name) and len(name) * 2 > len(key))
            for name in self.squeezed
            if len(name) > 3
        ):
            return True
        if len(key) > 3 and len(part.split()) < 3 and any(key in label for label in self.labels):
            return True
        return any(
            label in key if len(label) * 2 > len(key) else len(label) > 4 and key.startswith(label)
            for label in self.labels
        )

    def strip(self, title: str, *, guess: bool = False) -> str:
        """A title without the site's name at either end.

        ``guess`` also drops a short last part behind a separator when no part is known to be the site's name.
        """
        cuts = cuts_of(title)
        if not cuts:
            return title
        start, end = 0, len(title)
        known = False
        stop = end
        for left, right in reversed(cuts):
            if self.matches(title[right:stop]):
                end, known = left, True
            elif known or title[left:right].strip() in _WEAK:
                break
            # else a tagline may follow the name: "Headline | Name | What we are"
            stop = left
        while cuts and cuts[-1][0] >= end:
            cuts.pop()
        for left, right in cuts:
            if not self.named(title[start:left]):
                break
            start, known = right, True
        if end <= start:  # every part is the site's name: then the page is about the site
            return title
        kept = title[start:end].strip()
        return self._guess(title, kept, cuts, start, end) if guess and not (known and start) else kept

    def _guess(self, title: str, kept: str, cuts: list[tuple[int, int]], start: int, end: int) -> str:
        """Drop short parts from the end: sections before the site's name, or a name nobody knows."""
        for left, right in reversed(cuts):
            if left < start or right > end:
                continue
            head, tail = title[start:left], title[right:end]
            weak = title[left:right].strip() in _WEAK
            if weak or len(tail.split()) > _TAIL_WORDS or len(head.split()) < 3 or len(tail) * 2 > len(head):
                break
            kept, end = head.strip(), left
        return kept
