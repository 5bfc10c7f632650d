"""What the class names of an element hint at, as bits: one look-up an element, shared by the finders.

The names are in ``data/markup.json``. A class is cut into words ("articleSub-title" gives article, sub, title); a word,
or two or three neighbouring words together ("subtitle"), may be a hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from articlex.page import NO_ELEMENT, Page
from articlex.patterns import lazy
from articlex.vocabulary import markup

KINDS: tuple[tuple[str, ...], ...] = (
    ("headline",),
    ("kicker",),
    ("standfirst",),
    ("section",),
    ("breadcrumb",),
    ("tags",),
    ("caption",),
    ("credit",),
    ("picture",),
    ("aside", "related", "comment", "newsletter", "promotion", "share"),
    ("byline", "author_box"),
    ("note",),
    ("current",),
)
"""The kinds of ``data/markup.json`` behind each bit, in the order of the bits."""
HEADLINE, KICKER, STANDFIRST, SECTION, BREADCRUMB, TAGS, CAPTION, CREDIT, PICTURE, ASIDE, AUTHOR, NOTE, CURRENT = (
    1 << i for i in range(len(KINDS))
)
_WORD = lazy(r"[A-Z]+[a-z]*|[^\W\dA-Z_]+")
_LONGEST, _KEPT = 400, 1_000
_UNKNOWN = -1
_KEYS = frozenset({"class", "id", "itemprop", "data-testid"})
_FRAMES = frozenset({"html", "body", "article", "main"})
"""Elements whose class names speak of the whole page ("single-post has-sidebar"), not of a block."""


@lru_cache(1)
def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for i, kinds in enumerate(KINDS):
        for kind in kinds:
            for name in markup(kind):
                word = "".join(filter(str.isalpha, name))
                table[word] = table.get(word, 0) | 1 << i
    return table


@lru_cache(32_768)
def marks_of(name: str) -> int:
    """The hints in the value of a ``class``, ``id`` or ``itemprop``."""
    if "hentry" in name or "status-publish" in name:  # WordPress: the whole post, with its tags as class names
        return 0
    get = _table().get
    marks = 0
    last = before = ""
    for part in _WORD.findall(name[:_LONGEST]):
        word = part.lower()
        pair = last + word
        marks |= get(word, 0) | get(pair, 0) | get(before + word, 0)
        last, before = word, pair
    return marks


class Marks:
    """The hints of the elements of one page, each worked out when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self._elements, self._parents = page.elements, page.elements.parents
        self._own = [_UNKNOWN] * len(page.elements)

    def close(self, element: int) -> int:
        """The hints of an element and its parent: ``near`` with two levels, for the many."""
        if element == NO_ELEMENT:
            return 0
        own = self._own
        marks = own[element]
        if marks == _UNKNOWN:
            marks = self._read(element)
        parent = self._parents[element]
        if parent == NO_ELEMENT:
            return marks
        hints = own[parent]
        return marks | (self._read(parent) if hints == _UNKNOWN else hints)

    def _read(self, element: int) -> int:
        attrs = self._elements.attrs[element]
        marks = self._own[element] = 0 if _KEYS.isdisjoint(attrs) else _own_marks(self._elements.tags[element], attrs)
        return marks

    def near(self, element: int, levels: int = 3) -> int:
        """The hints of an element and its nearest ancestors, ``levels`` elements in all."""
        own, parents = self._own, self._parents
        marks = 0
        while element != NO_ELEMENT and levels:
            hints = own[element]
            marks |= self._read(element) if hints == _UNKNOWN else hints
            element = parents[element]
            levels -= 1
        return marks


def _own_marks(tag: str, attrs: Mapping[str, str]) -> int:
    if tag in _FRAMES:
        return 0
    marks = 0
    for key, value in attrs.items():
        if key in _KEYS:
            marks |= marks_of(value[:_KEPT])
    return marks


def chain(page: Page, element: int, levels: int) -> Iterator[int]:
    """The index of an element and of its nearest ancestors, ``levels`` in all."""
    while element != NO_ELEMENT and levels:
        yield element
        element = page.elements.parents[element]
        levels -= 1
