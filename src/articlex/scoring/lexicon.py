"""What words and class names say: log-odds learned from labelled blocks.

A *word* speaks through the first and last words of a short block ("Read more", "Advertisement"); a *line* is a whole
short line; a *name* is a word of a ``class`` or ``id`` ("share", "byline", "entry"). Each has a log-odds of body
against the rest, clipped at +-4 (``training/lexicon.py`` makes the tables).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from articlex.patterns import lazy
from articlex.scoring.letters import END, words_in
from articlex.squash import squash

Floats = NDArray[np.float32]
Names = tuple[str | None, str | None]
"""The class and the id of an element."""
Odds = tuple[float, float, float]
"""Sum, min and max."""
NO_ODDS: Odds = (0.0, 0.0, 0.0)

HEAD_WORDS, TAIL_WORDS = 10, 6
LINE_CHARS = 48
_NAME = lazy(r"[A-Z]+[a-z]*|[a-z]+")
_DIGITS = lazy(r"\d+")
_END_VALUE = 1e9
_HEAD_CHARS, _TAIL_CHARS = 100, 60
_MEMO, _MEMO_CHARS = 30_000, 1_000


@dataclass(slots=True)
class Lexicon:
    """The three tables; unknown entries count 0. The memo only saves time: it never changes a value."""

    words: Mapping[str, float] = field(default_factory=dict)
    lines: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)
    memo: dict[Names, Odds] = field(default_factory=dict, init=False)
    _values: dict[str, float] = field(default_factory=dict, init=False)

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

    def word_odds(self, words: list[str], blocks: int) -> tuple[Floats, Floats, Floats]:
        """(mean, min, sum over the root of the count) of the words at both ends of each block (see ``end_words``)."""
        table = self._values
        if not table:
            table.update(self.words)
            table[END] = _END_VALUE
        values = np.fromiter(map(table.get, words, repeat(0.0)), np.float32, len(words))
        ends = values == _END_VALUE
        owner = np.cumsum(ends)[~ends]
        starts = np.flatnonzero(ends)[:-1] + 1
        lowest = np.minimum(np.minimum.reduceat(values, [0, *starts]), 0) if blocks else values
        values = values[~ends]
        count = np.maximum(np.bincount(owner, minlength=blocks), 1)
        total = np.bincount(owner, values, minlength=blocks)
        return (total / count).astype(np.float32), lowest, (total / np.sqrt(count)).astype(np.float32)

    def line_odds(self, texts: Sequence[str]) -> Floats:
        """The odds of each short line as a whole."""
        get = self.lines.get
        return np.array([get(line_key(text), 0.0) if len(text) <= LINE_CHARS else 0.0 for text in texts], np.float32)


def end_words(texts: Sequence[str]) -> list[str]:
    """The words of all blocks that word odds look at, in lower case, with a NUL behind those of each block."""
    return words_in([part for text in texts for part in (_ends_of(text), END)])


def _ends_of(text: str) -> str:
    """The first and last characters whose words are looked up."""
    if len(text) > _HEAD_CHARS + _TAIL_CHARS:
        return f"{text[:_HEAD_CHARS]} {text[-_TAIL_CHARS:]}"
    return text


def words_of(text: str) -> list[str]:
    """The words of a block that its word odds look at."""
    return words_in([_ends_of(text)])


def line_key(text: str) -> str:
    """A short line as it is looked up: lower case, numbers alike."""
    text = squash(text.lower())
    return text if text.isascii() and text.isalpha() else _DIGITS.sub("0", text)


def names_of(classes: str, ident: str) -> list[str]:
    """The words of the class and id of an element: "postAuthor-name" -> post, author, name."""
    return [name.lower() for name in chain(_NAME.findall(classes[:300]), _NAME.findall(ident[:80]))]
