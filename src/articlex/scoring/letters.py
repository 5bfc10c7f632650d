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
_DOTTED_I, _SIGMA = "\u0130", "\u03a3"


def letters(texts: Sequence[str]) -> list[str]:
    """Letters and digits of each text, in lower case: comparisons do not depend on spacing and punctuation."""
    if not texts:
        return []
    codes = _letter_codes(END.join(texts))
    if codes is None:
        return ["".join(_WORD.findall(text)).lower() for text in texts]
    return str(codes[codes != SPACE].tobytes(), "utf-16-le").split(END)


def _letter_codes(text: str) -> NDArray[np.uint16] | None:
    """The characters in lower case, spaces for all but letters and digits; ``None`` where the table cannot tell."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) > len(text) or _DOTTED_I in text or _SIGMA in text:
        return None
    found: NDArray[np.uint16] = letter_table()[codes]
    return found


@cache
def letter_table() -> NDArray[np.uint16]:
    """For each UTF-16 unit its letter or digit in lower case, ``SPACE`` where it is none."""
    lower = "".join(map(chr, range(0x10000))).replace(_DOTTED_I, "i").lower()
    table = np.full(0x10000, SPACE, np.uint16)
    for run in _WORD.finditer(lower):
        table[run.start() : run.end()] = np.frombuffer(run[0].encode("utf-16-le"), np.uint16)
    return table
