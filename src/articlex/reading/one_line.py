"""A page on one line: white space was squashed, or line ends were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articlex.page import Block

_LONG = 1_000
"""Paragraphs are rarely longer; lines from this length on are looked at."""
_GROUP = 200
"""Sentences are gathered until a block has this many characters."""
_GAP = re.compile(r"[^\S\n]{2,}|\t")
_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]」』]{0,3}(?=\s|[^\W\d_a-z])")
_ABBREVIATION = re.compile(r"(?:^|[\s(\"“„«])[^\W\d_]{1,3}$")


def is_one_line(lines: list[Block]) -> bool:
    """Whether one line holds most of the page's text."""
    longest = max((len(block.text) for block in lines), default=0)
    return longest >= _LONG and longest >= 0.75 * sum(len(block.text) for block in lines)


def split_line(lines: list[Block]) -> list[Block]:
    """Split long lines at gaps of white space, where there are such, and then into groups of sentences."""
    kept: list[Block] = []
    for block in lines:
        if len(block.text) < _LONG:
            kept.append(block)
            continue
        printed = block.raw or block.text
        gaps = sum(1 for _ in _GAP.finditer(printed))
        parts = _GAP.split(printed) if gaps > len(printed) / 600 else [printed]
        for part in parts:
            kept.extend(Block(text, line=block.line) for text in groups(" ".join(part.split())))
    return kept


def groups(text: str) -> Iterator[str]:
    """The text in groups of whole sentences. A sentence that follows without a space begins a new group."""
    if len(text) < _LONG // 2:
        if text:
            yield text
        return
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        after = text[end : end + 2]
        glued = not after[:1].isspace()
        if glued and not _is_seam(text, match.start(), end):
            continue
        if not glued and (end - start < _GROUP or not after[1:].strip() or after[1:].islower()):
            continue
        if match[0][0] == "." and _ABBREVIATION.search(text, max(start, match.start() - 5), match.start()):
            continue
        yield text[start:end].strip()
        start = end
    if text[start:].strip():
        yield text[start:].strip()


def _is_seam(text: str, stop: int, end: int) -> bool:
    """Whether a sentence ends here and the next begins with no space between: "generators.The", not "U.S.A."."""
    return (
        text[max(0, stop - 2) : stop].islower() and text[end : end + 1].isupper() and text[end + 1 : end + 2].islower()
    )
