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
    """The words of some texts in their order."""

    numbers: Numbers
    owner: Ints
    """The index of the text that each stands in."""
    bounds: Ints
    """Where the words of each text begin, and the number of all."""


def end_words(texts: Sequence[str]) -> Words:
    """The words at the ends of each text, one after the other."""
    parts = [_end_words(texts[at : at + _CHUNK]) for at in range(0, len(texts), _CHUNK)]
    numbers, counts = parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.add.accumulate(counts, out=bounds[1:])
    return Words(numbers, np.repeat(np.arange(len(texts)), counts), bounds)


def line_numbers(words: Words) -> Numbers:
    """A number for the words of each text in their order: what a short line as a whole is looked up by."""
    place = np.arange(len(words.owner), dtype=np.uint64) - words.bounds.astype(np.uint64).take(words.owner)
    mixed = (words.numbers + place * np.uint64(_BASE)) * np.uint64(_MIX)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_BASE)
    sums = np.zeros(len(mixed) + 1, np.uint64)
    np.add.accumulate(mixed, out=sums[1:])
    edges = sums.take(words.bounds)
    return ((edges[1:] - edges[:-1]) >> np.uint64(32)).astype(np.uint32)


def _end_words(texts: Sequence[str]) -> tuple[Numbers, Ints]:
    """The numbers of the words and how many each text has."""
    most = _HEAD_CHARS + _TAIL_CHARS
    ends = [f"{text[:_HEAD_CHARS]} {text[-_TAIL_CHARS:]}" if len(text) > most else text for text in texts]
    units = np.frombuffer(f"{END}{END.join(ends)}{END}".encode("utf-16-le", "surrogatepass"), np.uint16)
    letters = _letters().take(units)
    within = letters != 0
    # the last unit before each word and its own last one, in turn
    edges = _with_pairs(units, (within[1:] != within[:-1]).nonzero()[0])
    powers, falling = _powers()
    sums = np.add.accumulate(letters * powers[: len(letters)]).take(edges)
    starts = edges[::2].copy()
    hashes = (sums[1::2] - sums[::2]) * falling.take(starts)
    bounds = starts.searchsorted((units == 0).nonzero()[0])
    return ((hashes * np.uint64(_MIX)) >> np.uint64(32)).astype(np.uint32), bounds[1:] - bounds[:-1]


def _with_pairs(units: NDArray[np.uint16], edges: Ints) -> Ints:
    """The edges of words and, where a script has no spaces, of each two characters side by side, in order."""
    if not _spaceless().take(units[units >= _FIRST_SPACELESS]).any():
        return edges
    spaceless = _spaceless().take(units)
    pairs = (spaceless[1:] & spaceless[:-1]).nonzero()[0]
    if not len(pairs):
        return edges
    both = np.concatenate([edges.reshape(-1, 2), np.stack([pairs - 1, pairs + 1], axis=1)])
    return both.take(both[:, 0].argsort(kind="stable"), axis=0).reshape(-1)


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
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of the base, up to the number of units that the ends of a chunk of texts can have: rising, falling."""
    powers = np.full(_MOST_UNITS + 1, _BASE, np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    return powers, powers[::-1].copy()
