"""A page of teasers has no running text, so it has no body."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from articlex.rules.story import Part, Story

_UNLIKE = 0.5
_PROSE = 80


def teasers(story: Story) -> Iterator[tuple[int, Part]]:
    """Where the page is unlike an article and no two paragraphs follow each other, all of it is teasers.

    It meets no news page and no article of the corpora; on three listing pages of wcxb it takes all that their gold,
    which counts the teasers of a listing as its content, has (92 blocks).
    """
    body = story.body
    if not body or story.scored.article >= _UNLIKE or story.page.source != "html":
        return
    titles = 0
    for i, j in pairwise(body):
        block, other = story.blocks[i], story.blocks[j]
        if j == i + 1 and block.kind == other.kind == "paragraph":
            return
        titles += block.kind == "heading" and 2 * block.link_chars > len(block.text)
    if 3 * titles >= len(body) and titles >= 3:
        yield from ((i, Part("related", "teasers")) for i in body)
