"""What the class names of an element hint at, as bits: one look-up an element, shared by the finders.

The names are in ``data/markup.json``. A class is cut into words ("articleSub-title" gives article, sub, title); a word,
or two or three neighbouring words together ("subtitle"), may be a hint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from articlex.page import NO_ELEMENT, Page
from articlex.patterns import lazy
from articlex.scripts import letter_runs
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
_KEYS = ("class", "id", "itemprop", "data-testid")
FRAMES = frozenset({"html", "body", "article", "main"})
"""Elements whose class names speak of the whole page ("single-post has-sidebar"), not of a block."""


@lru_cache(1)
def _table() -> tuple[Callable[[str, int], int], frozenset[str]]:
    """What looks up the hints of a name, and all that names begin with: most words of class names begin none."""
    table: dict[str, int] = {}
    for i, kinds in enumerate(KINDS):
        for kind in kinds:
            for name in markup(kind):
                word = "".join(filter(str.isalpha, name))
                table[word] = table.get(word, 0) | 1 << i
    return table.get, frozenset(name[:size] for name in table for size in range(1, len(name) + 1))


@lru_cache(32_768)
def marks_of(name: str) -> int:
    """The hints in the value of a ``class``, ``id`` or ``itemprop``."""
    if "hentry" in name or "status-publish" in name:  # WordPress: the whole post, with its tags as class names
        return 0
    name = name[:_LONGEST]
    words = letter_runs(name) if name.islower() else None
    if words is None:
        words = [word.lower() for word in _WORD.findall(name)]
    (get, beginnings), marks = _table(), 0
    words += "", ""
    for word, second, third in zip(words, words[1:], words[2:], strict=False):
        if word in beginnings:
            marks |= get(word, 0)
            if (pair := word + second) in beginnings:
                marks |= get(pair, 0) | get(pair + third, 0)
    return marks


class Marks:
    """The hints of the elements of one page, each worked out when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self._tags, self._attrs = page.elements.tags, page.elements.attrs
        self._parents = [*page.elements.parents, NO_ELEMENT]
        self._own = [_UNKNOWN] * len(page.elements) + [0]  # the last item is that of NO_ELEMENT
        self._figures = "figure" in self._tags

    def own(self, element: int) -> int:
        """The hints of an element itself."""
        marks = self._own[element]
        return self._read(element) if marks == _UNKNOWN else marks

    def two(self, element: int) -> int:
        """The hints of an element and its parent."""
        own, parent = self._own, self._parents[element]
        marks, hints = own[element], own[parent]
        if marks == _UNKNOWN:
            marks = self._read(element)
        return marks | (self._read(parent) if hints == _UNKNOWN else hints)

    def three(self, element: int) -> int:
        """The hints of an element and of the two around it."""
        return self.own(element) | self.two(self._parents[element])

    def four(self, element: int) -> int:
        """The hints of an element and of the three around it."""
        return self.two(element) | self.two(self._parents[self._parents[element]])

    def _read(self, element: int) -> int:
        attrs = self._attrs[element]
        marks = 0
        if attrs and self._tags[element] not in FRAMES:
            for key in _KEYS:
                if key in attrs:
                    marks |= marks_of(attrs[key][:_KEPT])
        self._own[element] = marks
        return marks

    def in_figure(self, element: int) -> bool:
        """Whether an element or one of the two around it is a ``<figure>``."""
        if not self._figures or element == NO_ELEMENT:
            return False
        tags, parents = self._tags, self._parents
        return tags[element] == "figure" or "figure" in (
            tags[above] for above in (parents[element], parents[parents[element]]) if above != NO_ELEMENT
        )


def chain(page: Page, element: int, levels: int) -> Iterator[int]:
    """The index of an element and of its nearest ancestors, ``levels`` in all."""
    while element != NO_ELEMENT and levels:
        yield element
        element = page.elements.parents[element]
        levels -= 1
