"""The words at both ends of many texts at once, as numbers.

All texts are joined and every character looked up in one table; a word is a run of letters and digits, in lower case,
and its number a polynomial of its UTF-16 units modulo 2**64 (Rabin and Karp's rolling hash, 1987), of which the upper
32 bits of a product are kept (Knuth's multiplicative hashing). No string is made for any word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articlex.scoring.letters import END, SPACE, letter_table
from articlex.scripts import SPACELESS

Ints = NDArray[np.int64]
Numbers = NDArray[np.uint32]
_HEAD_CHARS, _TAIL_CHARS = 100, 60
"""Characters at the beginning and end of a text whose words count."""
_CHUNK = 256
"""Texts looked at in one go: bounds the memory, and the powers that are needed."""
_MOST_UNITS = _CHUNK * (2 * (_HEAD_CHARS + _TAIL_CHARS + 1) + 1) + 2
"""UTF-16 units of their ends, two for a character at worst: the power that every word is raised to."""
_BASE, _MIX = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_FIRST_SPACELESS = ord(SPACELESS[0])
_SURROGATES = slice(0xD800, 0xE000)


class Words(NamedTuple):
    """The number of each word and the index of the text it stands in, in order."""

    numbers: Numbers
    owner: Ints


def end_words(texts: Sequence[str]) -> Words:
    """The words at the ends of each text, one after the other."""
    parts = [_end_words(texts[at : at + _CHUNK], at) for at in range(0, len(texts), _CHUNK)]
    if len(parts) == 1:
        return parts[0]
    return Words(*(np.concatenate(series) for series in zip(*parts, strict=True)))


def line_numbers(words: Words, texts: int) -> Numbers:
    """A number for the words of each of so many texts in their order: what a short line as a whole is looked up by."""
    bounds = np.searchsorted(words.owner, np.arange(texts + 1))
    place = np.arange(len(words.owner)) - bounds[words.owner]
    mixed = (words.numbers + place.astype(np.uint64) * np.uint64(_BASE)) * np.uint64(_MIX)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_BASE)
    sums = np.zeros(len(mixed) + 1, np.uint64)
    np.cumsum(mixed, out=sums[1:])
    return ((sums[bounds[1:]] - sums[bounds[:-1]]) >> np.uint64(32)).astype(np.uint32)


def _end_words(texts: Sequence[str], first: int) -> Words:
    most = _HEAD_CHARS + _TAIL_CHARS
    ends = [f"{text[:_HEAD_CHARS]} {text[-_TAIL_CHARS:]}" if len(text) > most else text for text in texts]
    joined = f"{END}{END.join(ends)}{END}"
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)
    letters = _letters().take(units)
    within = letters != 0
    edges = np.flatnonzero(within[1:] != within[:-1])
    starts, stops = edges[::2], edges[1::2]  # the last unit before a word, and its own last one
    starts, stops = _with_pairs(units, starts, stops)
    powers = _powers()
    sums = np.cumsum(letters * powers[: len(letters)])
    hashes = (sums[stops] - sums[starts]) * powers[_MOST_UNITS - starts]
    owner = np.searchsorted(np.flatnonzero(units == 0), starts, "right") + (first - 1)
    return Words(((hashes * np.uint64(_MIX)) >> np.uint64(32)).astype(np.uint32), owner)


def _with_pairs(units: NDArray[np.uint16], starts: Ints, stops: Ints) -> tuple[Ints, Ints]:
    """The words and, where a script has no spaces, each two characters that stand side by side, in order."""
    if units.max() < _FIRST_SPACELESS:
        return starts, stops
    spaceless = _spaceless().take(units)
    pairs = np.flatnonzero(spaceless[1:] & spaceless[:-1])
    if not len(pairs):
        return starts, stops
    starts, stops = np.concatenate([starts, pairs - 1]), np.concatenate([stops, pairs + 1])
    order = np.argsort(starts, kind="stable")
    return starts[order], stops[order]


@cache
def _letters() -> NDArray[np.uint64]:
    """For each UTF-16 unit its letter in lower case, 0 where it is none; halves of characters count as letters."""
    table = letter_table().astype(np.uint64)
    table[table == SPACE] = 0
    table[_SURROGATES] = np.arange(_SURROGATES.start, _SURROGATES.stop)
    return table


@cache
def _spaceless() -> NDArray[np.bool_]:
    """For each UTF-16 unit whether it is a character of a script without spaces."""
    table = np.zeros(0x10000, np.bool_)
    for run in re.finditer(f"[{SPACELESS}]+", "".join(map(chr, range(0x10000)))):
        table[run.start() : run.end()] = True
    return table


@cache
def _powers() -> NDArray[np.uint64]:
    """The powers of the base, up to the number of units that the ends of a chunk of texts can have."""
    powers = np.full(_MOST_UNITS + 1, _BASE, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
