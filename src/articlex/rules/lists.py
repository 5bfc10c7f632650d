"""The last list of the body, when it is one of links."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.page import NO_ELEMENT
from articlex.rules.story import Part, Story
from articlex.sentences import ends_sentence

_NEAR = 4


def link_list(story: Story) -> Iterator[tuple[int, Part]]:
    """A last item that is a link and no sentence, in a list of which the other items were dropped. 3 : 0."""
    for i in reversed(story.body):
        block = story.block(i)
        if block.kind != "list_item" or block.element == NO_ELEMENT:
            return
        if 2 * block.link_chars <= len(block.text) or ends_sentence(block.text):
            continue
        beside = list(_beside(story, i))
        if beside and all(story.parts[j].role != "body" for j in beside):
            yield i, Part("related", "link_list")


def _beside(story: Story, i: int) -> Iterator[int]:
    """The other items of the list that block ``i`` is in, the near ones."""
    elements = story.page.elements
    box = elements[story.block(i).element].parent
    for j in range(max(0, i - _NEAR), min(len(story.parts), i + 1 + _NEAR)):
        element = story.block(j).element
        if j != i and element != NO_ELEMENT and elements[element].parent == box:
            yield j
