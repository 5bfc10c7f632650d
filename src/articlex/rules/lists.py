"""Lists and tables: one of links at the end goes, one that the text of a dump introduces stays."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.page import NO_ELEMENT
from articlex.rules.story import Part, Story
from articlex.sentences import ends_sentence

_NEAR = 4
_COLONS = (":", "：")


def link_list(story: Story) -> Iterator[tuple[int, Part]]:
    """A last item that is a link and no sentence, in a list of which the other items were dropped. 3 : 0."""
    for i in reversed(story.body):
        block = story.blocks[i]
        if block.kind != "list_item" or block.element == NO_ELEMENT:
            return
        if 2 * block.link_chars <= len(block.text) or ends_sentence(block.text):
            continue
        beside = list(_beside(story, i))
        if beside and all(story.parts[j].role != "body" for j in beside):
            yield i, Part("related", "link_list")


def introduced(story: Story) -> Iterator[tuple[int, Part]]:
    """In a dump: items or rows between a body line that ends with a colon and another body line. 187 : 24."""
    if story.page.source != "text":
        return
    parts = story.parts
    for i in story.body:
        first = i + 1
        if not story.blocks[i].text.endswith(_COLONS) or first >= len(parts):
            continue
        kind = story.blocks[first].kind
        if kind not in ("list_item", "table_row") or story.blocks[i].kind == kind:
            continue
        after = next((j for j in range(first, len(parts)) if story.blocks[j].kind != kind), None)
        if after is not None and parts[after].role == "body":
            yield from ((j, Part("body", "introduced")) for j in range(first, after) if parts[j].reason == "low_score")


def _beside(story: Story, i: int) -> Iterator[int]:
    """The other items of the list that block ``i`` is in, the near ones."""
    parents = story.page.elements.parents
    box = parents[story.blocks[i].element]
    for j in range(max(0, i - _NEAR), min(len(story.parts), i + 1 + _NEAR)):
        element = story.blocks[j].element
        if j != i and element != NO_ELEMENT and parents[element] == box:
            yield j
