"""Boosted oblivious trees, evaluated by numpy alone.

In an oblivious tree all nodes of a level ask the same question, so a tree of depth d is d comparisons and one look-up:
all comparisons of all trees are made at once, their bits packed into leaf numbers, and the leaves gathered. (Trees as
in CatBoost, Prokhorenkova et al. 2018, https://arxiv.org/abs/1706.09516; ``training/`` grows them.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CHUNK = 512
"""Columns evaluated at once: keeps the arrays near the processor's cache without changing any value."""


@dataclass(frozen=True, slots=True)
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
        parts = [self._evaluate(matrix[:, at : at + _CHUNK]) for at in range(0, matrix.shape[1], _CHUNK)]
        return np.concatenate(parts, axis=1) if parts else np.zeros((len(self.bias), 0), np.float32)

    def _evaluate(self, matrix: Floats) -> Floats:
        numbers = self._leaf_numbers(self._bits(matrix), self.splits)
        trees, leaves, outputs = self.leaves.shape
        # one flat look-up is several times as fast as one by tree and leaf
        at = numbers + np.arange(0, trees * leaves, leaves, dtype=np.int32)[:, None]
        flat = self.leaves.reshape(-1, outputs)
        values: Floats = flat.take(at, axis=0).sum(0).T + self.bias[:, None]
        return values

    def _bits(self, matrix: Floats) -> NDArray[np.uint8]:
        above: NDArray[np.bool_] = matrix.take(self.feature, axis=0) > self.border[:, None]
        return above.view(np.uint8)

    @staticmethod
    def _leaf_numbers(bits: NDArray[np.uint8], splits: NDArray[np.int64]) -> NDArray[np.uint8]:
        levels = np.ascontiguousarray(splits.T[::-1])
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
        before = self.leaves[trees, self._leaf_numbers(bits, self.splits), output]
        for feature in np.unique(self.feature):
            own = np.flatnonzero(self.feature == feature)
            touched = np.flatnonzero(np.isin(self.splits, own).any(1))
            changed = bits.copy()
            changed[own] = usual[own, None]
            after = self.leaves[touched[:, None], self._leaf_numbers(changed, self.splits[touched]), output]
            moved[feature] = (before[touched] - after).sum(0)
        return moved


def sigmoid(values: Floats) -> Floats:
    """Log-odds to probability."""
    return np.asarray(1 / (1 + np.exp(-np.minimum(np.maximum(values, -30), 30))), np.float32)


def softmax(values: Floats) -> Floats:
    """Log-odds of classes (rows) to probabilities that sum to 1 by column."""
    powers = np.exp(values - values.max(0, keepdims=True))
    result: Floats = powers / powers.sum(0, keepdims=True)
    return result
