"""Paragraphs that were wrapped at a column, as in mail and in the dumps of text browsers."""

from __future__ import annotations

from itertools import pairwise

from articlex.page import Block
from articlex.patterns import lazy
from articlex.reading.joining import RUNNING, ends_sentence, join, seam, starts_lower

_WIDEST, _NARROWEST = 132, 30
_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def wrap_width(lines: list[Block]) -> int:
    """The column that the page's text is wrapped at; 0 where it is not wrapped.

    Wrapped means: hardly a line is longer, a good part of the lines that go on come near that column, and they go on in
    the middle of sentences.
    """
    ends = [block.indent + len(block.text) for block in lines]
    if sum([end > _WIDEST for end in ends]) > max(1, len(ends) // 50):
        return 0
    joints = [
        (ends[i], before.text, after.text)
        for i, (before, after) in enumerate(pairwise(lines))
        if not after.blank_before and len(before.text) >= 25 and ends[i] <= _WIDEST and before.kind in RUNNING
    ]
    if len(joints) < 3:
        return 0
    width = sorted(end for end, _, _ in joints)[int(len(joints) * 0.98)]
    full = [(before, after) for end, before, after in joints if end >= 0.8 * width]
    inside = sum(not ends_sentence(before) and _goes_on(after) for before, after in full)
    return width if len(full) >= max(3, len(joints) // 3) and inside >= 0.4 * len(full) and width >= _NARROWEST else 0


def _goes_on(text: str) -> bool:
    return starts_lower(text) or bool(text[0].isalpha() and not text[0].isupper() and not text[0].islower())


def join_wrapped(lines: list[Block], width: int) -> list[Block]:
    """Put the paragraphs together that were wrapped at this column."""
    words: set[str] = set()
    for block in lines:
        words.update(_WORD.findall(block.text.lower()))

    def joins(first: Block, last: Block, block: Block) -> bool:
        if last.kind not in RUNNING or block.kind != ("quotation" if first.kind == "quotation" else "paragraph"):
            return False
        if block.blank_before:
            return False
        drop = last.indent - block.indent
        if drop and not (last is first and 0 < drop <= 8):  # a paragraph's first line may be indented, no other
            return False
        text = block.text
        within = not ends_sentence(last.text) or starts_lower(text)
        room = width - last.indent - len(last.text) - 1
        return (
            room - len(text.split(" ", 1)[0]) < (10 if within else 2) and not _is_rule(text) and not _is_rule(last.text)
        )

    return join(lines, joins, lambda before, after: _seam_of_wrapped(before, after, words))


def _is_rule(text: str) -> bool:
    """A line of strokes, or a row of links in bars."""
    return text[0] in "_=*|~" or text.startswith("[ ")


def _seam_of_wrapped(before: str, after: str, words: set[str]) -> tuple[str, str]:
    """A hyphen at the end goes only if the page has the word in one piece elsewhere."""
    if before[-1] == "-" and before[-2:-1].isalpha() and starts_lower(after):
        head, tail = _WORD.search(before[-60:][::-1]), _WORD.match(after)
        whole = (head[0][::-1] if head else "") + (tail[0] if tail else "")
        return (before[:-1] if whole.lower() in words else before), ""
    return before, seam(before, after)
