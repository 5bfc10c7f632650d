"""What words and class names say: log-odds learned from labelled blocks.

A *word* speaks through the first and last words of a short block ("Read more", "Advertisement"); a *line* is a whole
short line; a *name* is a word of a ``class`` or ``id`` ("share", "byline", "entry"). Each has a log-odds of body
against the rest, clipped at +-4 (``training/lexicon.py`` makes the tables).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

HEAD_WORDS, TAIL_WORDS = 10, 6
LINE_CHARS = 48
_WORD = re.compile(r"[^\W_]+|\n")
_NAME = re.compile(r"[A-Z]+[a-z]*|[a-z]+")
_DIGITS = re.compile(r"\d+")
_HEAD_CHARS, _TAIL_CHARS = 100, 60
_MEMO = 30_000


@dataclass(slots=True)
class Lexicon:
    """The three tables; unknown entries count 0. The memo only saves time: it never changes a value."""

    words: Mapping[str, float] = field(default_factory=dict)
    lines: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)
    memo: dict[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict)

    def name_odds(self, classes: str, ident: str) -> tuple[float, float, float]:
        """(sum, min, max) over the names of an element."""
        known = self.memo.get((classes, ident))
        if known is None:
            values = [self.names.get(name, 0.0) for name in names_of(classes, ident)]
            known = (sum(values), min(values), max(values)) if values else (0.0, 0.0, 0.0)
            if len(self.memo) >= _MEMO:
                self.memo.clear()
            self.memo[classes, ident] = known
        return known

    def word_odds(self, texts: Sequence[str]) -> tuple[Floats, Floats, Floats]:
        """(mean, min, sum over the root of the count) of the words at both ends of each block."""
        joined = "\n".join(map(ends_of, texts)).lower()
        get = self.words.get
        # a line end carries a marker value, which shows where blocks part
        values = np.array([1e9 if word == "\n" else get(word, 0.0) for word in _WORD.findall(joined)], np.float32)
        marks = values > 1e8
        owner = np.cumsum(marks)[~marks]
        values = values[~marks]
        blocks = len(texts)
        count = np.maximum(np.bincount(owner, minlength=blocks), 1)
        total = np.bincount(owner, values, minlength=blocks)
        lowest = np.zeros(blocks, np.float32)
        np.minimum.at(lowest, owner, values)
        return (total / count).astype(np.float32), lowest, (total / np.sqrt(count)).astype(np.float32)

    def line_odds(self, texts: Sequence[str]) -> Floats:
        """The odds of each short line as a whole."""
        get = self.lines.get
        return np.array([get(line_key(text), 0.0) if len(text) <= LINE_CHARS else 0.0 for text in texts], np.float32)


def ends_of(text: str) -> str:
    """The first and last characters whose words are looked up, on one line."""
    if len(text) > _HEAD_CHARS + _TAIL_CHARS:
        text = f"{text[:_HEAD_CHARS]} {text[-_TAIL_CHARS:]}"
    return text.replace("\n", " ")


def words_of(text: str) -> list[str]:
    """The words of a block that its word odds look at."""
    return _WORD.findall(ends_of(text).lower())


def line_key(text: str) -> str:
    """A short line as it is looked up: lower case, numbers alike."""
    return _DIGITS.sub("0", " ".join(text.lower().split()))


def names_of(classes: str, ident: str) -> list[str]:
    """The words of the class and id of an element: "postAuthor-name" -> post, author, name."""
    return [name.lower() for name in chain(_NAME.findall(classes[:300]), _NAME.findall(ident[:80]))]
