"""Counts of character classes per block, for the whole page at once.

All texts are joined and looked up in one table; ``bincount`` over (block, class) gives every count in one pass.
Measured against counting per block in Python: about six times faster (``docs/scoring.md``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

CLASSES = ("other", "space", "lower", "upper", "digit", "comma", "stop", "cjk", "quote", "mark", "break", "letter")
OTHER, SPACE, LOWER, UPPER, DIGIT, COMMA, STOP, CJK, QUOTE, MARK, BREAK, LETTER = range(len(CLASSES))
_CHUNK = 1_000_000
"""Characters looked at in one go: bounds the memory on huge pages."""
Counts: TypeAlias = NDArray[np.float32]

_GROUPS: tuple[tuple[int, str], ...] = (
    (COMMA, ",،、，;；"),
    (STOP, ".!?。！？؟।…"),
    (QUOTE, "\"'“”„«»‘’「」『』‹›"),
    (MARK, "|•·:/\\<>()[]{}#@©→»›&+=*_~^%$€£"),
    (BREAK, "\n"),
)


@cache
def _table() -> NDArray[np.uint8]:
    """The class of every character of the Basic Multilingual Plane, by code point."""
    table = np.zeros(0x10000, np.uint8)
    for start, end, kind in _ranges():
        table[start:end] = kind
    for kind, characters in _GROUPS:
        for character in characters:
            table[ord(character)] = kind
    return table


def _ranges() -> list[tuple[int, int, int]]:
    """Runs of one class. Cased scripts lie below U+0590 but for a few blocks; the rest are whole scripts."""
    runs = [
        (0x0590, 0x1100, LETTER), (0x1100, 0x1200, CJK), (0x1200, 0x1C80, LETTER), (0x2E80, 0x3000, CJK),
        (0x3005, 0x3008, CJK), (0x3021, 0x30A0, CJK), (0x30A0, 0xA4D0, CJK), (0xA4D0, 0xA640, LETTER),
        (0xA700, 0xAC00, LETTER), (0xAC00, 0xD7B0, CJK), (0xF900, 0xFB00, CJK), (0xFB1D, 0xFE00, LETTER),
        (0xFE70, 0xFEFF, LETTER), (0xFF66, 0xFFDD, CJK),
    ]  # fmt: skip
    cased = [
        *range(0x0590),
        *range(0x10A0, 0x1100),
        *range(0x13A0, 0x13FE),
        *range(0x1C80, 0x2000),
        *range(0x2000, 0x2100),
    ]
    kinds = {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Lo": LETTER, "Lm": LETTER, "Nd": DIGIT, "Zs": SPACE, "Cc": SPACE}
    runs.extend((code, code + 1, kinds.get(unicodedata.category(chr(code)), OTHER)) for code in cased)
    runs.extend((start, start + 10, DIGIT) for start in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10))
    return runs


def count_classes(texts: Sequence[str]) -> tuple[Counts, Counts, NDArray[np.uint8], NDArray[np.uint8]]:
    """Counts (classes x blocks), capitalised words, and the class of the first and last character of each block."""
    blocks = len(texts)
    lengths = np.fromiter(map(len, texts), np.int64, blocks)
    counts = np.zeros((len(CLASSES), blocks), np.float32)
    capitals = np.zeros(blocks, np.float32)
    first = np.zeros(blocks, np.uint8)
    last = np.zeros(blocks, np.uint8)
    ends = np.cumsum(lengths)
    start = 0
    while start < blocks:
        done = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + _CHUNK, "right")))
        part = slice(start, stop)
        classes = _classes("".join(texts[start:stop]))
        owner = np.repeat(np.arange(stop - start), lengths[part])
        pairs = np.bincount(owner * len(CLASSES) + classes, minlength=(stop - start) * len(CLASSES))
        counts[:, part] = pairs.reshape(stop - start, len(CLASSES)).T
        upper = classes == UPPER
        upper[1:] &= (classes[:-1] == SPACE) | (classes[:-1] == BREAK) | (owner[1:] != owner[:-1])
        capitals[part] = np.bincount(owner[upper], minlength=stop - start)
        filled = lengths[part] > 0
        offsets = ends[part] - done
        last[part][filled] = classes[offsets[filled] - 1]
        first[part][filled] = classes[offsets[filled] - lengths[part][filled]]
        start = stop
    return counts, capitals, first, last


def _classes(joined: str) -> NDArray[np.uint8]:
    try:
        codes = np.frombuffer(joined.encode("utf-16-le"), np.uint16)
        if len(codes) == len(joined):
            return _table()[codes]
    except UnicodeEncodeError:
        pass
    wide = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _table()[np.minimum(wide, 0xFFFF)]
    classes[(wide >= 0x20000) & (wide < 0x32000)] = CJK
    return classes
