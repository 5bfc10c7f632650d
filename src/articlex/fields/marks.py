"""What the class names of an element hint at, as bits: one look-up an element, shared by the finders.

The names are in ``data/markup.json``. A class is cut into words ("articleSub-title" gives article, sub, title); a word,
or two or three neighbouring words together ("subtitle"), may be a hint.
"""

from __future__ import annotations

import re
from functools import lru_cache

from articlex.page import NO_ELEMENT, Element, Page
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
)
"""The kinds of ``data/markup.json`` behind each bit, in the order of the bits."""
HEADLINE, KICKER, STANDFIRST, SECTION, BREADCRUMB, TAGS, CAPTION, CREDIT, PICTURE, ASIDE, AUTHOR, NOTE = (
    1 << i for i in range(len(KINDS))
)
_WORD = re.compile(r"[A-Z]+[a-z]*|[^\W\dA-Z_]+")
_LONGEST = 400
_KEYS = ("class", "id", "itemprop", "rel", "property", "data-testid")
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


@lru_cache(16_384)
def marks_of(name: str) -> int:
    """The hints in the value of a ``class``, ``id`` or ``itemprop``."""
    if "hentry" in name or "status-publish" in name:  # WordPress: the whole post, with its tags as class names
        return 0
    table = _table()
    marks = 0
    for part in name[:_LONGEST].split():
        words = [word.lower() for word in _WORD.findall(part)]
        for i, word in enumerate(words):
            marks |= table.get(word, 0)
            for stop in (i + 2, i + 3):
                marks |= table.get("".join(words[i:stop]), 0)
    return marks


def own_marks(element: Element) -> int:
    """The hints an element's own attributes give."""
    attrs = element.attrs
    if not attrs or element.tag in _FRAMES:
        return 0
    marks = 0
    for key in _KEYS:
        value = attrs.get(key)
        if value:
            marks |= marks_of(value)
    return marks


class Marks:
    """The hints of the elements of one page, each worked out when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self._elements = page.elements
        self._own: dict[int, int] = {}

    def own(self, element: int) -> int:
        """The hints of this element alone."""
        marks = self._own.get(element)
        if marks is None:
            marks = self._own[element] = own_marks(self._elements[element])
        return marks

    def near(self, element: int, levels: int = 3) -> int:
        """The hints of an element and its nearest ancestors, ``levels`` elements in all."""
        marks = 0
        while element != NO_ELEMENT and levels:
            marks |= self.own(element)
            element = self._elements[element].parent
            levels -= 1
        return marks
