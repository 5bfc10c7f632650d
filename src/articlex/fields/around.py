"""Where bylines and dates stand: around the headline, before the body's first words, and right after its last."""

from __future__ import annotations

from itertools import islice

from articlex.fields.found import Scene
from articlex.fields.surroundings import UP
from articlex.page import Page

_ABOVE, _BELOW, _AFTER = 5, 14, 8
"""Blocks looked at above and below the headline and after the last paragraph."""
_NOTE = "window"
_RUNNING = 160
"""A line with as many characters is running text."""


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


def within_link(page: Page, element: int) -> bool:
    """Whether an element stands in a link, as the cards of other stories do."""
    return any(tag == "a" and attrs.get("href") for tag, attrs, *_ in islice(page.ancestors(element), UP))
