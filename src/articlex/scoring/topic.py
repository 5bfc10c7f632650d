"""Facts of what a block speaks of: how many of its words stand in the page's prose elsewhere.

The paragraphs of a story share its names and matters; teasers, policies and author boxes speak of something else. A
word counts when the lexicon says nothing of it: words of the trade ("share", "said") are no matter of a story.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from articlex.scoring.catalogue import Rows
from articlex.scoring.words import Numbers, Words

Ints = NDArray[np.int64]
Masses = NDArray[np.float64]
Marks = NDArray[np.bool_]
Floats = NDArray[np.float32]
_NEAR = 12
"""Blocks on each side of the densest stretch of prose that are the story's heart."""


def topic_facts(rows: Rows, words: Words, odds: Floats, prose: Marks, core: int) -> tuple[Masses, Masses]:
    """``words`` are those at the ends of the blocks and ``odds`` what the lexicon says of each; ``prose`` marks the
    prose blocks, ``core`` is the block in the middle of the densest stretch of them. Gives ``topic_shared`` and
    ``topic_core``, not rounded.
    """
    blocks = len(prose)
    rare = (odds == 0).nonzero()[0]
    group, owner = _once_a_block(words.numbers.take(rare), words.owner.take(rare))
    in_prose = prose.take(owner)
    in_core = in_prose & (np.abs(owner - core) <= _NEAR)
    held = _elsewhere(group, in_prose)
    count = np.bincount(owner, minlength=blocks)
    rows["topic_words"][:] = count
    count += 1
    shared = np.bincount(owner, held > 0, blocks) / count
    near = np.bincount(owner, _elsewhere(group, in_core) > 0, blocks) / count
    rows["topic_shared"][:], rows["topic_core"][:] = shared, near
    rows["topic_spread"][:] = np.bincount(owner, np.log1p(held), blocks) / count
    return shared, near


def _once_a_block(numbers: Numbers, owner: Ints) -> tuple[Ints, Ints]:
    """Each word of a block once: a small number for the word, and the block."""
    keys = numbers.astype(np.int64) << 32 | owner
    keys.sort()
    other = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=other[1:])
    keys = keys[other]
    word = keys >> 32
    group = np.zeros(len(keys), np.int64)
    np.add.accumulate(word[1:] != word[:-1], dtype=np.int64, out=group[1:])
    return group, keys & 0xFFFFFFFF


def _elsewhere(group: Ints, marked: Marks) -> Masses:
    """In how many other blocks that are marked each word stands."""
    return np.asarray(np.bincount(group, marked).take(group) - marked) if len(group) else np.zeros(0)
