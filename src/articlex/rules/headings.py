"""Headings stand over text of the story; one whose text was dropped goes with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from articlex.page import NO_ELEMENT
from articlex.rules.story import Part, Story

_LOW = 0.35
_UNDER = 4
"""Blocks under a heading that are looked at."""


def orphan_heading(story: Story) -> Iterator[tuple[int, Part]]:
    """A heading in a box (an element of its own) of which nothing else is body. 16 : 2."""
    page = story.page
    body = story.body
    for i in story.scene.headings:
        element = story.blocks[i].element
        if element == NO_ELEMENT or i + 1 >= len(story.parts) or story.parts[i].role != "body":
            continue
        box = page.elements.parents[element]
        if _is_dropped(story, i, box):
            at = bisect_left(body, i)
            near = body[max(0, at - 1) : at] + body[at + 1 : at + 2]
            if not any(_inside(story, j, box) for j in near):
                yield i, Part("promotion", "orphan_heading")


def _is_dropped(story: Story, i: int, box: int) -> bool:
    """Whether what stands under the heading in its box is surely no body: by its score, or the box promotes."""
    if story.parts[i + 1].role == "body" or not _inside(story, i + 1, box):
        return False
    under = [j for j in range(i + 1, min(len(story.parts), i + 1 + _UNDER)) if _inside(story, j, box)]
    return story.scored.body[i + 1] <= _LOW or any(story.parts[j].role == "promotion" for j in under)


def _inside(story: Story, i: int, box: int) -> bool:
    element = story.blocks[i].element
    parents = story.page.elements.parents
    while element > box:
        element = parents[element]
    return element == box


def table_head(story: Story) -> Iterator[tuple[int, Part]]:
    """In a dump, the row right over two rows of body with the same number of cells. 1 : 0."""
    if story.page.source != "text":
        return
    parts, blocks = story.parts, story.blocks
    for i in [i for i, block in enumerate(blocks[:-2]) if block.kind == "table_row"]:
        block, rows = blocks[i], (blocks[i + 1], blocks[i + 2])
        if parts[i].reason != "low_score" or parts[i - 1].role != "body":
            continue
        if all(row.kind == "table_row" and len(row.cells) == len(block.cells) for row in rows) and (
            parts[i + 1].role == parts[i + 2].role == "body"
        ):
            yield i, Part("body", "table_head")
