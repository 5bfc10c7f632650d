"""What words and class names say: log-odds learned from labelled blocks.

A *word* speaks through the first and last words of a block ("Read more", "Advertisement"); a *line* is a whole short
line of an HTML page; a *name* is a word of a ``class`` or ``id`` ("share", "byline", "entry"). Each has a log-odds of
body against the rest, clipped at +-4 (``training/lexicon.py`` makes the tables).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articlex.patterns import lazy
from articlex.scoring.words import Numbers, Words, line_numbers

Floats = NDArray[np.float32]
Names = tuple[str | None, str | None]
"""The class and the id of an element."""
Odds = tuple[float, float, float]
"""Sum, min and max."""
NO_ODDS: Odds = (0.0, 0.0, 0.0)

_NAME = lazy(r"[A-Z]+[a-z]*|[a-z]+")
_MEMO, _MEMO_CHARS = 30_000, 1_000
LINE_CHARS = 48
"""Characters of the longest text that is looked up as a line."""


class Table(NamedTuple):
    """Log-odds by number (``scoring.words``), the numbers in rising order; unknown ones count 0."""

    numbers: Numbers
    odds: Floats

    def __call__(self, numbers: Numbers) -> Floats:
        """The log-odds of each."""
        if not len(self.numbers):
            return np.zeros(len(numbers), np.float32)
        at = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        found: Floats = np.where(self.numbers[at] == numbers, self.odds[at], np.float32(0))
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
        first, second = names[0] or "", names[1] or ""
        values = [self.names.get(name, 0.0) for name in names_of(first, second)]
        odds = (sum(values), min(values), max(values)) if values else NO_ODDS
        if len(first) + len(second) <= _MEMO_CHARS:
            if len(self.memo) >= _MEMO:
                self.memo.clear()
            self.memo[names] = odds
        return odds

    def word_odds(self, words: Words, odds: Floats, texts: int) -> tuple[Floats, Floats]:
        """(mean, sum over the root of the count) of the odds of the words at both ends of each of so many texts."""
        count = np.maximum(np.bincount(words.owner, minlength=texts), 1)
        total = np.bincount(words.owner, odds, minlength=texts)
        return (total / count).astype(np.float32), (total / np.sqrt(count)).astype(np.float32)

    def line_odds(self, words: Words, chars: Floats) -> Floats:
        """The odds of each short line as a whole; ``chars`` holds the lengths of the texts."""
        return np.where(chars <= LINE_CHARS, self.lines(line_numbers(words, len(chars))), np.float32(0))


def names_of(classes: str, ident: str) -> list[str]:
    """The words of the class and id of an element: "postAuthor-name" -> post, author, name."""
    return [name.lower() for name in chain(_NAME.findall(classes[:300]), _NAME.findall(ident[:80]))]
