"""What words and class names say: log-odds learned from labelled blocks.

A *word* speaks through the first and last words of a block ("Read more", "Advertisement"); a *line* is a whole short
line of an HTML page; a *name* is a word of a ``class`` or ``id`` ("share", "byline", "entry"). Each has a log-odds of
body against the rest, clipped at +-4 (``training/lexicon.py`` makes the tables).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from articlex.patterns import lazy
from articlex.scoring.words import Numbers, Words, line_numbers

Floats = NDArray[np.float32]
Names = str | tuple[str | None, str] | None
"""The class of an element, with its id if it has one."""
Odds = bytes
"""Sum, min and max as three doubles: many are joined faster than numbers are read one by one."""
_pack = Struct("3d").pack
NO_ODDS: Odds = _pack(0.0, 0.0, 0.0)

_NAME = lazy(r"[A-Z]+[a-z]*|[a-z]+")
_CLASS_CHARS, _ID_CHARS = 300, 80
"""Characters of a class and of an id that are read."""
_MEMO = 30_000
LINE_CHARS = 48
"""Characters of the longest text that is looked up as a line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Log-odds by number (``scoring.words``), the numbers in rising order; unknown ones count 0."""

    numbers: Numbers
    odds: Floats
    _starts: NDArray[np.int64] = field(init=False, repr=False)
    """Where the numbers with each upper half begin: from there it is a few steps, where a binary search takes many."""
    _steps: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = self.numbers.searchsorted(np.arange(1 << 16, dtype=np.uint32) << np.uint32(16))
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_steps", int(np.diff(starts, append=len(self.numbers)).max()))

    def __call__(self, numbers: Numbers) -> Floats:
        """The log-odds of each."""
        if not len(self.numbers):
            return np.zeros(len(numbers), np.float32)
        at = self._starts.take(numbers >> np.uint32(16))
        for _ in range(self._steps):
            at += self.numbers.take(at, mode="clip") < numbers
        same = self.numbers.take(at, mode="clip") == numbers
        found: Floats = np.where(same, self.odds.take(at, mode="clip"), np.float32(0))
        return found


@dataclass(slots=True)
class Lexicon:
    """The three tables. The memo only saves time: it never changes a value."""

    words: Table
    lines: Table
    names: Mapping[str, float]
    memo: dict[Names, Odds] = field(default_factory=dict, init=False)

    def name_odds(self, names: Names) -> Odds:
        """The odds of the names in the class and id of an element."""
        first, second = names if isinstance(names, tuple) else (names, "")
        first = first or ""
        if len(first) > _CLASS_CHARS or len(second) > _ID_CHARS:
            short = first[:_CLASS_CHARS], second[:_ID_CHARS]
            return self.memo.get(short) or self.name_odds(short)
        known = self.names.get
        values = [known(name, 0.0) for name in names_of(first, second)]
        odds = _pack(sum(values), min(values), max(values)) if values else NO_ODDS
        if len(self.memo) >= _MEMO:
            self.memo.clear()
        self.memo[names] = odds
        return odds

    def word_odds(self, words: Words, odds: Floats, mean: Floats, normed: Floats) -> None:
        """Fill the mean, and the sum over the root of the count, of the odds of the words at both ends of each text."""
        count = np.maximum(words.bounds[1:] - words.bounds[:-1], 1)
        total = np.bincount(words.owner, odds, minlength=len(mean))
        np.divide(total, count, out=mean, casting="same_kind")
        np.divide(total, np.sqrt(count), out=normed, casting="same_kind")

    def line_odds(self, words: Words, chars: Floats) -> Floats:
        """The odds of each short line as a whole; ``chars`` holds the lengths of the texts."""
        return np.where(chars <= LINE_CHARS, self.lines(line_numbers(words)), np.float32(0))


def names_of(classes: str, ident: str) -> list[str]:
    """The words of the class and id of an element: "postAuthor-name" -> post, author, name."""
    text = f"{classes[:_CLASS_CHARS]} {ident[:_ID_CHARS]}"
    return _NAME.findall(text) if text.islower() else [name.lower() for name in _NAME.findall(text)]
