"""What the class names of the elements around a line tell of it: an author's, a comment, a list of other stories."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from articlex.fields.marks import FRAMES
from articlex.page import NO_ELEMENT, Elements, Page
from articlex.vocabulary import read_data

UP = 8
"""Elements that are looked at from a line upwards."""
_FOREIGN_TAGS = frozenset({"aside", "nav", "footer"})
_KEYS = ("class", "id", "itemprop", "rel", "data-testid")
_LONGEST_NAME = 1_000
"""Characters of a class name that are read: it is kept in a cache."""


class _Speaking(dict[int, bool]):
    """Whether class, id, itemprop or rel of each element speak of an author."""

    def __init__(self, elements: Elements) -> None:
        self._elements = elements

    def __missing__(self, element: int) -> bool:
        attrs = self._elements.attrs[element]
        found = False
        if attrs and self._elements.tags[element] not in FRAMES:
            for key in _KEYS:
                if key in attrs and speaks_of("author", attrs[key][:_LONGEST_NAME]):
                    found = True
                    break
        self[element] = found
        return found


class _Alien(dict[int, bool]):
    """Whether each element is a comment, a teaser, a side column or a list of other stories by itself."""

    def __init__(self, page: Page) -> None:
        self._elements, self._holders = page.elements, page.holders

    def __missing__(self, element: int) -> bool:
        tag, attrs = self._elements.tags[element], self._elements.attrs[element]
        alien = tag in _FOREIGN_TAGS
        if attrs and not alien and tag not in FRAMES:
            alien = bool(
                (tag == "a" and element < self._holders and attrs.get("href"))
                or ("class" in attrs and speaks_of("foreign", attrs["class"][:_LONGEST_NAME]))
                or ("id" in attrs and speaks_of("foreign", attrs["id"][:_LONGEST_NAME]))
            )
        self[element] = alien
        return alien


class Surroundings:
    """What the names of the elements around a line tell of it."""

    def __init__(self, page: Page) -> None:
        self._elements, self._parents = page.elements, page.elements.parents
        self._speaking = _Speaking(page.elements)
        self._alien = _Alien(page)

    def author(self, element: int, levels: int = 3) -> bool:
        """Whether class, id, itemprop or rel of an element or its nearest ancestors speak of an author."""
        at, left = element, levels
        while at != NO_ELEMENT and left:
            if self._speaking[at]:
                return not self._against(element, levels)
            at, left = self._parents[at], left - 1
        return False

    def _against(self, element: int, levels: int) -> bool:
        while element != NO_ELEMENT and levels:
            tag, attrs = self._elements.tags[element], self._elements.attrs[element]
            if tag not in FRAMES and any(
                speaks_of("not_author", attrs[key][:_LONGEST_NAME]) for key in _KEYS if key in attrs
            ):
                return True
            element, levels = self._parents[element], levels - 1
        return False

    def foreign(self, element: int, levels: int = UP) -> bool:
        """Whether an element, or one around it, is a comment, a teaser, a side column or a list of other stories."""
        while element != NO_ELEMENT and levels:
            if self._alien[element]:
                return True
            element, levels = self._parents[element], levels - 1
        return False


def date_hint(value: str) -> Literal["published", "modified", ""]:
    """The sense that a class name gives a date."""
    value = value[:_LONGEST_NAME]
    if speaks_of("published", value):
        return "published"
    return "modified" if speaks_of("modified", value) else ""


@lru_cache(maxsize=16_384)
def speaks_of(kind: str, value: str) -> bool:
    """Whether a class name or the like holds one of the words of a kind, which ``data/bylines.json`` lists."""
    value = value.lower()
    return any(map(value.__contains__, _words()[kind]))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    hints: dict[str, list[str]] = read_data("bylines.json")
    return {kind: tuple(words) for kind, words in hints.items()}
