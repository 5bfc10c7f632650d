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

from articlex.scoring.letters import END

CLASSES = (
    "space", "break", "end", "other", "lower", "upper", "digit", "comma", "stop", "cjk", "quote", "mark", "letter",
)  # fmt: skip
SPACE, BREAK, GAP, OTHER, LOWER, UPPER, DIGIT, COMMA, STOP, CJK, QUOTE, MARK, LETTER = range(len(CLASSES))
"""``GAP`` is what parts the blocks here; it and those before it stand between words."""
_CHUNK = 1_000_000
"""Characters looked at in one go: bounds the memory on huge pages."""
Counts: TypeAlias = NDArray[np.float32]
Classed: TypeAlias = tuple[Counts, Counts, NDArray[np.uint8], NDArray[np.uint8]]

_GROUPS: tuple[tuple[int, str], ...] = (
    (COMMA, ",،、，;；"),
    (STOP, ".!?。！？؟।…"),
    (QUOTE, "\"'“”„«»‘’「」『』‹›"),
    (MARK, "|•·:/\\<>()[]{}#@©→»›&+=*_~^%$€£"),
    (BREAK, "\n"),
    (GAP, END),
)


@cache
def _table() -> NDArray[np.uint8]:
    """The class of every character of the Basic Multilingual Plane, by code point."""
    table = np.full(0x10000, OTHER, np.uint8)
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


def count_classes(texts: Sequence[str]) -> Classed:
    """Counts (classes x blocks), capitalised words, and the class of the first and last character of each block
    (``GAP`` where it has none).
    """
    blocks = len(texts)
    sizes = np.array([len(text) + 1 for text in texts])  # with the gap in front
    if int(np.add.reduce(sizes)) <= _CHUNK or blocks == 1:
        return _count(texts, sizes)
    half = blocks // 2
    one, other = count_classes(texts[:half]), count_classes(texts[half:])
    counts, capitals = np.concatenate([one[0], other[0]], axis=1), np.concatenate([one[1], other[1]])
    return counts, capitals, np.concatenate([one[2], other[2]]), np.concatenate([one[3], other[3]])


def _count(texts: Sequence[str], sizes: NDArray[np.int64]) -> Classed:
    blocks, kinds = len(texts), len(CLASSES)
    classes = _classes(f"{END}{END.join(texts)}{END}")
    stops = np.add.accumulate(sizes)
    keys = np.repeat(np.arange(0, blocks * kinds, kinds), sizes)
    upper = (classes == UPPER).nonzero()[0]
    begins = upper[classes.take(upper - 1) <= GAP]
    capitals = np.bincount(keys.take(begins) // kinds, minlength=blocks).astype(np.float32)
    keys += classes[:-1]
    counts = np.bincount(keys, minlength=blocks * kinds).reshape(blocks, kinds).T.astype(np.float32, order="C")
    counts[GAP] = 0
    return counts, capitals, classes.take(stops - sizes + 1), classes.take(stops - 1)


def _classes(joined: str) -> NDArray[np.uint8]:
    try:
        codes = np.frombuffer(joined.encode("utf-16-le"), np.uint16)
        if len(codes) == len(joined):
            return _table().take(codes)
    except UnicodeEncodeError:
        pass
    wide = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _table().take(np.minimum(wide, 0xFFFF))
    classes[(wide >= 0x20000) & (wide < 0x32000)] = CJK
    return classes
