"""Boosted oblivious trees, evaluated by numpy alone.

In an oblivious tree all nodes of a level ask the same question, so a tree of depth d is d comparisons and one look-up:
all comparisons of all trees are made at once, their bits packed into leaf numbers, and the leaves gathered. (Trees as
in CatBoost, Prokhorenkova et al. 2018, https://arxiv.org/abs/1706.09516; ``training/`` grows them.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CHUNK = 512
"""Columns evaluated at once: keeps the arrays near the processor's cache without changing any value."""
_WIDTH = 8
"""So many values in a row are looked up faster than more."""


class _Questions:
    """What the trees ask: arrays as in ``Forest``."""

    def __init__(self, feature: NDArray[np.int64], border: Floats, splits: NDArray[np.int64]) -> None:
        self._feature, self._border = feature, border[:, None]
        self.levels = list(np.ascontiguousarray(splits.T[::-1]))
        """The splits by level, highest bit first."""

    def bits(self, matrix: Floats) -> NDArray[np.uint8]:
        """The answer of each column to each split."""
        above: NDArray[np.bool_] = matrix.take(self._feature, axis=0) > self._border
        return above.view(np.uint8)

    @staticmethod
    def numbers(bits: NDArray[np.uint8], levels: Sequence[NDArray[np.int64]]) -> NDArray[np.uint8]:
        """The number of the leaf of each column in each tree."""
        numbers: NDArray[np.uint8] = bits.take(levels[0], axis=0)
        for level in levels[1:]:  # by sums: numpy has no fast path for shifts of bytes
            numbers += numbers
            numbers += bits.take(level, axis=0)
        return numbers

    def leaves(self, matrix: Floats) -> NDArray[np.uint8]:
        """The same, from the facts."""
        return self.numbers(self.bits(matrix), self.levels)


@dataclass(slots=True)
class Forest:
    """``trees`` oblivious trees of one depth with ``outputs`` values a leaf; shapes in brackets."""

    feature: NDArray[np.int64]
    """(splits,) which feature a split asks about."""
    border: Floats
    """(splits,) whether the feature is above this."""
    splits: NDArray[np.int64]
    """(trees, depth) the splits of each tree, lowest bit first."""
    leaves: Floats
    """(trees, 2**depth, outputs) log-odds."""
    bias: Floats
    """(outputs,)"""
    usual: Floats
    """(features,) the median of each feature in training: what ``contributions`` compares with."""
    _questions: _Questions = field(init=False, repr=False)
    _starts: NDArray[Any] = field(init=False, repr=False)
    """(trees, 1) where the leaves of each tree begin among all, in the smallest type that holds them."""
    _flat: list[Floats] = field(init=False, repr=False)
    """The leaves of all trees in a row, as (leaves, width): one flat look-up is several times as fast as one by tree
    and leaf. The outputs are parted by ``_WIDTH``; of several none is left alone, since numpy would add it up otherwise
    where there is but one column."""

    def __post_init__(self) -> None:
        trees, leaves, outputs = self.leaves.shape
        self._questions = _Questions(self.feature, self.border, self.splits)
        starts = np.arange(0, trees * leaves, leaves)[:, None]
        self._starts = starts.astype(np.min_scalar_type(trees * leaves))
        edges = [*range(0, outputs - 1, _WIDTH), outputs] if outputs > 1 else [0, 1]
        flat = self.leaves.reshape(-1, outputs)
        self._flat = [np.ascontiguousarray(flat[:, start:stop]) for start, stop in pairwise(edges)]

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[np.generic]], name: str) -> Forest:
        """The forest stored under ``name`` in the weights file."""
        part = {key: arrays[f"{name}.{key}"] for key in ("feature", "border", "splits", "leaves", "bias", "usual")}
        return cls(
            part["feature"].astype(np.int64),
            part["border"].astype(np.float32),
            part["splits"].astype(np.int64),
            part["leaves"].astype(np.float32),
            part["bias"].astype(np.float32),
            part["usual"].astype(np.float32),
        )

    def __call__(self, matrix: Floats) -> Floats:
        """Log-odds, shape (outputs, columns), of a (features, columns) matrix."""
        parts = [self.odds(self._questions.leaves(part)) for part in _chunks(matrix)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)

    def odds(self, numbers: NDArray[np.uint8]) -> Floats:
        """Log-odds, shape (outputs, columns), from the numbers of the leaves, shape (trees, columns)."""
        leaves = np.add(numbers, self._starts).astype(np.intp)
        # no number is out of bounds, and so told numpy is faster
        sums = [np.add.reduce(flat.take(leaves, axis=0, mode="wrap"), axis=0).T for flat in self._flat]
        odds: Floats = (sums[0] if len(sums) == 1 else np.concatenate(sums)) + self.bias[:, None]
        return odds

    def contributions(self, matrix: Floats, output: int = 0) -> Floats:
        """How much each feature moves each column's log-odds, shape (features, columns).

        The difference to the same column with that one feature at its usual (median) value.
        """
        moved = np.zeros(matrix.shape, np.float32)
        questions = self._questions
        bits = questions.bits(matrix)
        usual = (self.usual[self.feature] > self.border).astype(np.uint8)
        trees = np.arange(len(self.splits))[:, None]
        before = self.leaves[trees, questions.numbers(bits, questions.levels), output]
        for feature in np.unique(self.feature):
            own = np.flatnonzero(self.feature == feature)
            touched = np.flatnonzero(np.isin(self.splits, own).any(1))
            changed = bits.copy()
            changed[own] = usual[own, None]
            numbers = questions.numbers(changed, [level[touched] for level in questions.levels])
            after = self.leaves[touched[:, None], numbers, output]
            moved[feature] = (before[touched] - after).sum(0)
        return moved


class Together:
    """Forests that judge the same facts: all their questions are answered in one pass."""

    def __init__(self, *forests: Forest) -> None:
        depth = max(forest.splits.shape[1] for forest in forests)
        splits, asked, trees = [], 0, 0
        self._parts: list[tuple[Forest, slice]] = []
        never = sum(len(forest.feature) for forest in forests)  # tops up the questions of the less deep
        for forest in forests:
            own = np.full((len(forest.splits), depth), never)
            own[:, : forest.splits.shape[1]] = forest.splits + asked
            splits.append(own)
            self._parts.append((forest, slice(trees, trees + len(own))))
            asked, trees = asked + len(forest.feature), trees + len(own)
        self._questions = _Questions(
            np.concatenate([*(forest.feature for forest in forests), [0]]),
            np.concatenate([*(forest.border for forest in forests), [np.inf]]).astype(np.float32),
            np.concatenate(splits),
        )

    def __call__(self, matrix: Floats) -> list[Floats]:
        """What each forest says, as if asked alone."""
        parts = []
        for columns in _chunks(matrix):
            numbers = self._questions.leaves(columns)
            parts.append([forest.odds(numbers[trees]) for forest, trees in self._parts])
        return parts[0] if len(parts) == 1 else [np.concatenate(series, axis=1) for series in zip(*parts, strict=True)]


def _chunks(matrix: Floats) -> list[Floats]:
    columns = matrix.shape[1]
    if columns <= _CHUNK:
        return [matrix]
    return [matrix[:, at : at + _CHUNK] for at in range(0, columns, _CHUNK)]


def sigmoid(values: Floats) -> Floats:
    """Log-odds to probability."""
    return np.asarray(1 / (1 + np.exp(-np.minimum(np.maximum(values, -30), 30))), np.float32)


def softmax(values: Floats) -> Floats:
    """Log-odds of classes (rows) to probabilities that sum to 1 by column."""
    powers: Floats = np.exp(values - np.maximum.reduce(values, axis=0))
    powers /= np.add.reduce(powers, axis=0)
    return powers
