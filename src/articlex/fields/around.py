"""Where bylines and dates stand: around the headline, before the body's first words, and right after its last."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from articlex.fields.found import Scene
from articlex.page import NO_ELEMENT, Page
from articlex.vocabulary import read_data

_ABOVE, _BELOW, _AFTER = 5, 14, 8
"""Blocks looked at above and below the headline and after the last paragraph."""
_NOTE = "window"
UP = 8
_RUNNING = 160
"""A line with as many characters is running text."""
_FRAMES = frozenset({"body", "html", "article", "main"})
"""Elements whose class names speak of the whole page, not of a block."""
_FOREIGN_TAGS = frozenset({"aside", "nav", "footer"})
_KEYS = frozenset({"class", "id", "itemprop", "rel", "data-testid"})


def window(scene: Scene) -> list[int]:
    """The blocks to look at, the likeliest first. Only for after the headline is found."""
    if _NOTE not in scene.notes:
        scene.notes[_NOTE] = _window(scene)
    blocks: list[int] = scene.notes[_NOTE]
    return blocks


def _window(scene: Scene) -> list[int]:
    total = len(scene.page.blocks)
    head, first, last = scene.headline, scene.first, scene.last
    if last < first:
        first, last = (head + 1, head) if head is not None else (min(total, 12), -1)
    near: list[int] = []
    if head is not None:
        near.extend(range(head + 1, min(total, head + _BELOW)))
        near.extend(range(max(head + _BELOW, first - 4), min(total, first + 2)))
        near.extend(range(head - 1, max(-1, head - _ABOVE - 1), -1))
    else:
        near.extend(range(max(0, first - 15), min(total, first + 3)))
    if last >= first:
        near.extend(range(max(first + 3, last), min(total, last + _AFTER)))
    return list(dict.fromkeys(near))


def leading_text(page: Page) -> list[int]:
    """The blocks with running text a few lines below them: how a dump tells an article's head from a menu."""
    near: list[int] = []
    text_at = len(page.blocks) + _BELOW
    for i in range(len(page.blocks) - 1, -1, -1):
        if text_at - i <= _BELOW:
            near.append(i)
        if len(page.blocks[i].text) >= _RUNNING:
            text_at = i
    return near[::-1]


_LONGEST_NAME = 1_000
"""Characters of a class name that are read: it is kept in a cache."""


def author_hint(page: Page, element: int, levels: int = 3) -> bool:
    """Whether the class, id, itemprop or rel of an element or its nearest ancestors speaks of an author."""
    values = []
    elements = page.elements
    for _ in range(levels):
        if element == NO_ELEMENT:
            break
        attrs = elements.attrs[element]
        if not _KEYS.isdisjoint(attrs) and elements.tags[element] not in _FRAMES:
            values += [value[:_LONGEST_NAME] for key, value in attrs.items() if value and key in _KEYS]
        element = elements.parents[element]
    if not any(speaks_of("author", value) for value in values):
        return False
    return not any(speaks_of("not_author", value) for value in values)


def foreign(page: Page, element: int, levels: int = UP) -> bool:
    """Whether an element, or one that holds it, is a comment, a teaser, a side column or a list of other stories."""
    elements = page.elements
    for _ in range(levels):
        if element == NO_ELEMENT:
            break
        link = element < page.holders
        tag, attrs, element = elements.tags[element], elements.attrs[element], elements.parents[element]
        if tag in _FOREIGN_TAGS or (tag == "a" and link and attrs.get("href")):
            return True
        if (
            attrs
            and tag not in _FRAMES
            and any(speaks_of("foreign", attrs[key][:_LONGEST_NAME]) for key in ("class", "id") if key in attrs)
        ):
            return True
    return False


def within_link(page: Page, element: int) -> bool:
    """Whether an element stands in a link, as the cards of other stories do."""
    return any(tag == "a" and attrs.get("href") for tag, attrs, *_ in islice(page.ancestors(element), UP))


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
    return any(word in value for word in _words()[kind])


@cache
def _words() -> dict[str, tuple[str, ...]]:
    hints: dict[str, list[str]] = read_data("bylines.json")
    return {kind: tuple(words) for kind, words in hints.items()}
