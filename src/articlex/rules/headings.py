"""Headings stand over text of the story; one whose text was dropped goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.page import NO_ELEMENT
from articlex.rules.story import Part, Story


def orphan_heading(story: Story) -> Iterator[tuple[int, Part]]:
    """A heading in a box (an element of its own) of which nothing else is body. 18 : 0."""
    page, parts = story.page, story.parts
    body = story.body
    for i in body:
        block = story.block(i)
        if block.kind != "heading" or block.element == NO_ELEMENT or i + 1 >= len(parts):
            continue
        box = page.elements[block.element].parent
        if not _inside(story, i + 1, box) or parts[i + 1].role == "body" or story.scored.body[i + 1] > 0.35:
            continue
        at = body.index(i)
        near = body[max(0, at - 1) : at] + body[at + 1 : at + 2]
        if not any(_inside(story, j, box) for j in near):
            yield i, Part("promotion", "orphan_heading")


def last_heading(story: Story) -> Iterator[tuple[int, Part]]:
    """A heading behind the last paragraph stands over nothing."""
    for i in reversed(story.body):
        if story.block(i).kind != "heading":
            return
        if i + 1 < len(story.parts) and story.scored.body[i] < 0.7:
            yield i, Part("related", "last_heading")


def _inside(story: Story, i: int, box: int) -> bool:
    element = story.block(i).element
    elements = story.page.elements
    while element > box:
        element = elements[element].parent
    return element == box


def table_head(story: Story) -> Iterator[tuple[int, Part]]:
    """In a dump, the row right over two rows of body with the same number of cells. 1 : 0."""
    if story.page.source != "text":
        return
    parts = story.parts
    for i in range(len(parts) - 2):
        block, rows = story.block(i), (story.block(i + 1), story.block(i + 2))
        if block.kind != "table_row" or parts[i].reason != "low_score" or parts[i - 1].role != "body":
            continue
        if all(row.kind == "table_row" and len(row.cells) == len(block.cells) for row in rows) and (
            parts[i + 1].role == parts[i + 2].role == "body"
        ):
            yield i, Part("body", "table_head")
