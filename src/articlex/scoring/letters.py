"""The letters of many texts at once: each character is looked up in a table.

What the table cannot tell (characters beyond the Basic Multilingual Plane; the two letters whose lower case is longer
or depends on their place) goes the slow way, by patterns, to the same end.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from articlex.patterns import lazy

END = "\x00"
"""Parts the texts. None has it: the reader takes NULs out."""
_WORD = lazy(rf"[^\W_]+|{END}")
SPACE = ord(" ")
_GRAM, _MIX = 4, 0x9E3779B97F4A7C15
_DOTTED_I, _SIGMA = "\u0130", "\u03a3"


def letters(texts: Sequence[str]) -> list[str]:
    """Letters and digits of each text, in lower case: comparisons do not depend on spacing and punctuation."""
    if not texts:
        return []
    codes = _letter_codes(END.join(texts))
    if codes is None:
        return ["".join(_WORD.findall(text)).lower() for text in texts]
    return str(codes[codes != SPACE].tobytes(), "utf-16-le").split(END)


def may_begin_in(texts: Sequence[str], letters: str) -> list[int]:
    """The texts of which more than a few letters may stand in ``letters`` in a row: all that do, and few others."""
    codes = _letter_codes(f"{END}{END.join(texts)}{END * _GRAM}")
    if codes is None:  # a text that the table cannot tell counts as one without letters
        plain = [text if text.isascii() or _letter_codes(text) is not None else "" for text in texts]
        return may_begin_in(plain, letters)
    codes = codes[codes != SPACE]
    gaps = (codes == 0).nonzero()[0]
    starts = gaps[: len(texts)] + 1
    sizes = gaps[1 : len(texts) + 1] - starts
    seen = np.zeros(1 << 16, np.bool_)
    seen[_grams(np.frombuffer(f"{letters}{END * _GRAM}".encode("utf-16-le", "surrogatepass"), np.uint16))] = True
    known = seen.take(_grams(codes))  # the first four letters and, where there are so many, the next
    begun = known.take(starts) & (known.take(starts + _GRAM, mode="clip") | (sizes <= 2 * _GRAM))
    found: list[int] = (begun | (sizes <= _GRAM)).nonzero()[0].tolist()
    return found


def _grams(codes: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """A number below 2**16 for each four letters in a row."""
    rows: NDArray[np.uint64] = np.ndarray((len(codes) - _GRAM + 1,), np.uint64, codes, strides=(2,))
    return (rows * np.uint64(_MIX)) >> np.uint64(48)


def _letter_codes(text: str) -> NDArray[np.uint16] | None:
    """The characters in lower case, spaces for all but letters and digits; ``None`` where the table cannot tell."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) > len(text) or _DOTTED_I in text or _SIGMA in text:
        return None
    found: NDArray[np.uint16] = letter_table().take(codes)
    return found


@cache
def letter_table() -> NDArray[np.uint16]:
    """For each UTF-16 unit its letter or digit in lower case, ``SPACE`` where it is none."""
    lower = "".join(map(chr, range(0x10000))).replace(_DOTTED_I, "i").lower()
    table = np.full(0x10000, SPACE, np.uint16)
    for run in _WORD.finditer(lower):
        table[run.start() : run.end()] = np.frombuffer(run[0].encode("utf-16-le"), np.uint16)
    return table
