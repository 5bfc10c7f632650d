"""A page on one line: white space was squashed, or line ends were lost."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.page import Block
from articlex.patterns import lazy

_LONG = 1_000
"""Paragraphs are rarely longer; lines from this length on are looked at."""
_GROUP = 200
"""Sentences are gathered until a block has this many characters."""
_GAP = lazy(r"[^\S\n]{2,}|\t")
_END = lazy(r"(?<![.!?…。！？])[.!?…。！？]{1,8}+[\"'”’»)\]」』]{0,3}+(?=\s|[^\W\d_a-z])")
_WIDE_STOPS = "。！？"
"""No space follows these."""


def is_one_line(lines: list[Block]) -> bool:
    """Whether one line holds most of the page's text."""
    sizes = [len(block.text) for block in lines]
    longest = max(sizes, default=0)
    return longest >= _LONG and longest >= 0.75 * sum(sizes)


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
    """The text in groups of whole sentences; where none ends for long (Thai has no full stop), cut at a space."""
    start = 0
    for end in (*_ends(text), len(text)) if len(text) >= _LONG // 2 else (len(text),):
        while end - start > _LONG:
            cut = text.rfind(" ", start + _GROUP, start + _LONG)
            cut = cut if cut > 0 else start + _LONG
            yield text[start:cut].strip()
            start = cut
        if part := text[start:end].strip():
            yield part
        start = end


def _ends(text: str) -> Iterator[int]:
    """Where groups of sentences end. A sentence that follows without a space ("generators.The") begins a new one."""
    start = 0
    for match in _END.finditer(text):
        at, end = match.span()
        long_enough = end - start >= _GROUP
        if match[0][0] in _WIDE_STOPS:
            ends = long_enough
        elif text[end].isspace():
            ends = long_enough and not text[end + 1 : end + 2].islower() and not _is_abbreviation(text, at)
        else:
            ends = text[max(0, at - 2) : at].islower() and text[end].isupper() and text[end + 1 : end + 2].islower()
        if ends:
            yield end
            start = end


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the word before a full stop is as short as "Dr" or an initial."""
    word = text[max(0, stop - 5) : stop].rpartition(" ")[2]
    return text[stop] == "." and len(word) <= 3 and word[:1].isupper()
