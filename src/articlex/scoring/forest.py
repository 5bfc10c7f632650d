"""Boosted oblivious trees, evaluated by numpy alone.

In an oblivious tree all nodes of a level ask the same question, so a tree of depth d is d comparisons and one look-up:
all comparisons of all trees are made at once, their bits packed into leaf numbers, and the leaves gathered. (Trees as
in CatBoost, Prokhorenkova et al. 2018, https://arxiv.org/abs/1706.09516; ``training/`` grows them.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CHUNK = 512
"""Columns evaluated at once: keeps the arrays near the processor's cache without changing any value."""


_WIDTHS = (8, 4, 2, 1)
"""So many values numpy looks up at once without a call for each."""


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
    _levels: list[NDArray[np.int64]] = field(init=False, repr=False)
    """The splits by level, highest bit first."""
    _starts: NDArray[Any] = field(init=False, repr=False)
    """(trees, 1) where the leaves of each tree begin among all, in the smallest type that holds them."""
    _flat: list[Floats] = field(init=False, repr=False)
    """The leaves of all trees in a row, as (leaves, width): one flat look-up is several times as fast as one by tree
    and leaf. The outputs are parted by ``_WIDTHS``."""

    def __post_init__(self) -> None:
        trees, leaves, outputs = self.leaves.shape
        self._levels = list(np.ascontiguousarray(self.splits.T[::-1]))
        starts = np.arange(0, trees * leaves, leaves)[:, None]
        self._starts = starts.astype(np.min_scalar_type(trees * leaves))
        flat, self._flat = self.leaves.reshape(-1, outputs), []
        for width in _WIDTHS:
            while flat.shape[1] >= width:
                self._flat.append(np.ascontiguousarray(flat[:, :width]))
                flat = flat[:, width:]

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
        if 0 < matrix.shape[1] <= _CHUNK:
            return self._evaluate(matrix)
        parts = [self._evaluate(matrix[:, at : at + _CHUNK]) for at in range(0, matrix.shape[1], _CHUNK)]
        return np.concatenate(parts, axis=1) if parts else np.zeros((len(self.bias), 0), np.float32)

    def values(self, matrix: Floats) -> Iterator[Floats]:
        """What each tree says, shape (trees, columns, outputs), for some outputs after the other."""
        numbers = self._leaf_numbers(self._bits(matrix), self._levels)
        leaves = np.add(numbers, self._starts).astype(np.intp)
        # no number is out of bounds, and so told numpy is faster
        return (flat.take(leaves, axis=0, mode="wrap") for flat in self._flat)

    def _evaluate(self, matrix: Floats) -> Floats:
        sums = [np.add.reduce(values, axis=0).T for values in self.values(matrix)]
        odds: Floats = (sums[0] if len(sums) == 1 else np.concatenate(sums)) + self.bias[:, None]
        return odds

    def _bits(self, matrix: Floats) -> NDArray[np.uint8]:
        above: NDArray[np.bool_] = matrix.take(self.feature, axis=0) > self.border[:, None]
        return above.view(np.uint8)

    @staticmethod
    def _leaf_numbers(bits: NDArray[np.uint8], levels: Sequence[NDArray[np.int64]]) -> NDArray[np.uint8]:
        numbers: NDArray[np.uint8] = bits.take(levels[0], axis=0)
        for level in levels[1:]:  # by sums: numpy has no fast path for shifts of bytes
            numbers += numbers
            numbers += bits.take(level, axis=0)
        return numbers

    def contributions(self, matrix: Floats, output: int = 0) -> Floats:
        """How much each feature moves each column's log-odds, shape (features, columns).

        The difference to the same column with that one feature at its usual (median) value.
        """
        moved = np.zeros(matrix.shape, np.float32)
        bits = self._bits(matrix)
        usual = (self.usual[self.feature] > self.border).astype(np.uint8)
        trees = np.arange(len(self.splits))[:, None]
        before = self.leaves[trees, self._leaf_numbers(bits, self._levels), output]
        for feature in np.unique(self.feature):
            own = np.flatnonzero(self.feature == feature)
            touched = np.flatnonzero(np.isin(self.splits, own).any(1))
            changed = bits.copy()
            changed[own] = usual[own, None]
            numbers = self._leaf_numbers(changed, [level[touched] for level in self._levels])
            after = self.leaves[touched[:, None], numbers, output]
            moved[feature] = (before[touched] - after).sum(0)
        return moved


class Judges:
    """Forests of one shape and one output each that judge the same facts: one pass for all of them."""

    def __init__(self, forests: Sequence[Forest]) -> None:
        offsets = np.cumsum([0, *(len(forest.feature) for forest in forests)])
        self._all = Forest(
            np.concatenate([forest.feature for forest in forests]),
            np.concatenate([forest.border for forest in forests]),
            np.concatenate([forest.splits + offset for forest, offset in zip(forests, offsets, strict=False)]),
            np.concatenate([forest.leaves for forest in forests]),
            np.concatenate([forest.bias for forest in forests]),
            forests[0].usual,
        )

    def __call__(self, column: Floats) -> Floats:
        """The log-odds of each forest for one (features, 1) column."""
        bias = self._all.bias
        sums: Floats = np.add.reduce(next(self._all.values(column)).reshape(len(bias), -1), axis=1) + bias
        return sums


def sigmoid(values: Floats) -> Floats:
    """Log-odds to probability."""
    return np.asarray(1 / (1 + np.exp(-np.minimum(np.maximum(values, -30), 30))), np.float32)


def softmax(values: Floats) -> Floats:
    """Log-odds of classes (rows) to probabilities that sum to 1 by column."""
    powers: Floats = np.exp(values - np.maximum.reduce(values, axis=0))
    powers /= np.add.reduce(powers, axis=0)
    return powers
