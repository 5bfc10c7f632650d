"""The links of the page that speak of its section and its tags, gathered in one pass."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from articlex.fields.marks import BREADCRUMB, SECTION, TAGS
from articlex.memo import memo
from articlex.page import NO_ELEMENT, Page
from articlex.vocabulary import markup

if TYPE_CHECKING:
    from articlex.fields.found import Scene

_LONGEST = 60
_BEFORE, _AFTER = 12, 18
_SURE = 0.8
"""Links in blocks this likely to be body are part of the story."""
"""Blocks before the headline and after the body that are looked at."""
_HINTS = TAGS | SECTION | BREADCRUMB
_HOLDERS = frozenset({"ul", "ol", "div", "p", "section", "nav", "footer", "aside", "header", "td"})


class Label(NamedTuple):
    """A link whose text names a section or tag. ``group`` is the element that holds the list it stands in."""

    block: int
    text: str
    href: str
    rel: str
    marks: int
    group: int
    tag_path: bool


@cache
def _tag_segments() -> frozenset[str]:
    return frozenset(markup("tag_path"))


def find_labels(scene: Scene, top: int, bottom: int) -> list[Label]:
    """Every short link around the article (its headline is block ``top``, its end ``bottom``) that may name a topic."""
    page, scores, two, four = scene.page, scene.scores, scene.marks.two, scene.marks.four
    tags, attrs_of, parents = page.elements.tags, page.elements.attrs, page.elements.parents
    found = []
    for block, element, text in page.spans.between(top - _BEFORE, bottom + _AFTER + 1):
        if len(text) > _LONGEST or tags[element] != "a" or scores[block] > _SURE:
            continue
        attrs = attrs_of[element]
        hints = four(element)
        rel, href = attrs.get("rel", ""), attrs.get("href", "")
        tag_path = _is_tag_folder(href.rpartition("/")[0])
        if hints & _HINTS or tag_path or "tag" in rel:
            inner = two(element)
            hints = inner if inner & _HINTS else hints & ~SECTION  # farther up it names a section of the layout
            found.append(Label(block, text, href, rel, hints, _group(page, parents[element]), tag_path))
    return found


@memo(8_192)
def _is_tag_folder(folder: str) -> bool:
    return not _tag_segments().isdisjoint(folder.lower().split("/"))


def _group(page: Page, element: int) -> int:
    """The element that holds the list: above the item that holds the link."""
    elements = page.elements
    for _ in range(2):
        if element == NO_ELEMENT or elements.tags[element] in _HOLDERS:
            break
        element = elements.parents[element]
    return element
