"""Points that sum the story up before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.rules.story import Part, Story
from articlex.sentences import ends_sentence


def summary_points(story: Story) -> Iterator[tuple[int, Part]]:
    """List items that are no sentences before the first paragraph. 2 : 0."""
    if story.page.source != "html":
        return
    body = story.body
    for i in body:
        block = story.blocks[i]
        if block.kind != "list_item" or ends_sentence(block.text):
            return
        if story.blocks[body[-1]].kind != "list_item":
            yield i, Part("standfirst", "summary_points")
