"""What words and class names say: log-odds learned from labelled blocks.

A *word* speaks through the first and last words of a block ("Read more", "Advertisement"); a *name* is a word of a
``class`` or ``id`` ("share", "byline", "entry"). Each has a log-odds of body against the rest, clipped at +-4
(``training/lexicon.py`` makes the tables).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from articlex.patterns import lazy
from articlex.scoring.words import Numbers, Words

Floats = NDArray[np.float32]
Names = tuple[str | None, str | None]
"""The class and the id of an element."""
Odds = tuple[float, float, float]
"""Sum, min and max."""
NO_ODDS: Odds = (0.0, 0.0, 0.0)

_NAME = lazy(r"[A-Z]+[a-z]*|[a-z]+")
_MEMO = 30_000


@dataclass(slots=True)
class Lexicon:
    """The two tables; unknown entries count 0. The memo only saves time: it never changes a value."""

    words: Numbers
    """The known words by number (``scoring.words``), in rising order."""
    odds: Floats
    """The log-odds of each."""
    names: Mapping[str, float]
    memo: dict[Names, Odds] = field(default_factory=dict, init=False)

    def name_odds(self, names: Names) -> Odds:
        """The odds of the names in the class and id of an element."""
        values = [self.names.get(name, 0.0) for name in names_of(names[0] or "", names[1] or "")]
        if len(self.memo) >= _MEMO:
            self.memo.clear()
        self.memo[names] = odds = (sum(values), min(values), max(values)) if values else NO_ODDS
        return odds

    def word_odds(self, words: Words, texts: int) -> tuple[Floats, Floats, Floats]:
        """(mean, min, sum over the root of the count) of the words at both ends of each of so many texts."""
        lowest = np.zeros(texts, np.float32)
        if not len(self.words) or not len(words.numbers):
            return lowest, lowest, lowest
        at = np.minimum(np.searchsorted(self.words, words.numbers), len(self.words) - 1)
        values = np.where(self.words[at] == words.numbers, self.odds[at], np.float32(0))
        np.minimum.at(lowest, words.owner, values)
        count = np.maximum(np.bincount(words.owner, minlength=texts), 1)
        total = np.bincount(words.owner, values, minlength=texts)
        return (total / count).astype(np.float32), lowest, (total / np.sqrt(count)).astype(np.float32)


def names_of(classes: str, ident: str) -> list[str]:
    """The words of the class and id of an element: "postAuthor-name" -> post, author, name."""
    return [name.lower() for name in chain(_NAME.findall(classes[:300]), _NAME.findall(ident[:80]))]
