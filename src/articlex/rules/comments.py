"""Behind the heading of the comments nothing is the article's any more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from articlex.rules.story import Part, Story
from articlex.vocabulary import is_cue_line, starts_with_cue

_LIKE = 0.5
_HEADING = 100
_COUNT = "0123456789,. \u00a0"


def comment_section(story: Story) -> Iterator[tuple[int, Part]]:
    """All body behind "Comments (4)" or "2 thoughts on ..." is a comment, if most of the body is before. 79 : 0."""
    body = story.body
    if not body or story.scored.article < _LIKE:
        return
    sizes = [len(story.blocks[i].text) for i in body]
    half = sum(sizes) / 2
    most = next((i for i, before in zip(body, accumulate(sizes), strict=True) if before > half), body[-1])
    for start in range(most + 1, body[-1] + 1):
        if is_comment_heading(story.blocks[start].text):
            part = Part("comment", "comment_section")
            yield from ((i, part) for i in body if i >= start)
            return


def is_comment_heading(text: str) -> bool:
    """Whether a line is the heading over the comments: nothing but cues, or a number and a cue before a title."""
    if len(text) > _HEADING:
        return False
    bare = text.lstrip(_COUNT)
    if len(bare) < len(text) and (starts_with_cue(bare, "comment_cues") or "").count(" "):
        return True
    return is_cue_line(text, "comment_cues")
