"""Behind the heading of the comments nothing is the article's any more."""

from __future__ import annotations

from collections.abc import Iterator

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
    before, total = 0, story.size(body)
    inside = False
    part = Part("comment", "comment_section")
    for i in range(body[0], body[-1] + 1):
        block = story.blocks[i]
        taken = story.parts[i].role == "body"
        inside = inside or (2 * before > total and is_comment_heading(block.text))
        if taken and inside:
            yield i, part
        elif taken:
            before += len(block.text)


def is_comment_heading(text: str) -> bool:
    """Whether a line is the heading over the comments: nothing but cues, or a number and a cue before a title."""
    if len(text) > _HEADING:
        return False
    bare = text.lstrip(_COUNT)
    if len(bare) < len(text) and (starts_with_cue(bare, "comment_cues") or "").count(" "):
        return True
    return is_cue_line(text, "comment_cues")
