"""Facts of what a block speaks of: how many of its words stand in the page's prose elsewhere.

The paragraphs of a story share its names and matters; teasers, policies and author boxes speak of something else. A
word counts when the lexicon says nothing of it: words of the trade ("share", "said") are no matter of a story.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlex.scoring.words import Numbers, Words

Ints = NDArray[np.int64]
Masses = NDArray[np.float64]
Marks = NDArray[np.bool_]
Floats = NDArray[np.float32]
Columns = dict[str, NDArray[Any]]
_NEAR = 12
"""Blocks on each side of the densest stretch of prose that are the story's heart."""


def topic_facts(words: Words, odds: Floats, prose: Marks, core: int) -> Columns:
    """``words`` are those at the ends of the blocks and ``odds`` what the lexicon says of each; ``prose`` marks the
    prose blocks, ``core`` is the block in the middle of the densest stretch of them.
    """
    blocks = len(prose)
    rare = odds == 0
    group, owner = _once_a_block(words.numbers[rare], words.owner[rare])
    in_prose = prose[owner]
    in_core = in_prose & (np.abs(owner - core) <= _NEAR)
    held = _elsewhere(group, in_prose)
    count = np.bincount(owner, minlength=blocks)
    return {
        "topic_words": count,
        "topic_shared": np.bincount(owner, held > 0, blocks) / (count + 1),
        "topic_spread": np.bincount(owner, np.log1p(held), blocks) / (count + 1),
        "topic_core": np.bincount(owner, _elsewhere(group, in_core) > 0, blocks) / (count + 1),
    }


def _once_a_block(numbers: Numbers, owner: Ints) -> tuple[Ints, Ints]:
    """Each word of a block once: a small number for the word, and the block."""
    keys = np.unique(numbers.astype(np.int64) << 32 | owner)
    word = keys >> 32
    group = np.zeros(len(keys), np.int64)
    np.cumsum(word[1:] != word[:-1], out=group[1:])
    return group, keys & 0xFFFFFFFF


def _elsewhere(group: Ints, marked: Marks) -> Masses:
    """In how many other blocks that are marked each word stands."""
    return np.asarray(np.bincount(group, marked)[group] - marked) if len(group) else np.zeros(0)
