"""A small convolutional network over the blocks of a page, evaluated by numpy alone.

A forest sees one block and what its features tell of the neighbours; this network sees the run of blocks. Each feature
is cut into a few linear pieces (Gorishniy et al. 2022, https://arxiv.org/abs/2203.05556), then come residual
convolutions along the page with growing steps (van den Oord et al. 2016, https://arxiv.org/abs/1609.03499), and what
the page as a whole looks like: mean and maximum over its blocks. ``training/network.py`` trains it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
DILATIONS = (1, 2, 4)
WIDTH = 5
"""Blocks that a convolution looks at: the block itself and two on each side, ``DILATIONS`` apart."""
_CHUNK = 4_096
"""Blocks whose pieces are worked out at once: bounds the memory on huge pages."""


@dataclass(frozen=True, slots=True)
class Network:
    """The arrays of a network of ``channels`` over ``pieces`` of the features; shapes in brackets."""

    feature: NDArray[np.int64]
    """(pieces,) the feature that a piece belongs to."""
    low: Floats
    """(pieces, 1) where the piece begins."""
    slope: Floats
    """(pieces, 1) one over its length."""
    entry: Floats
    """(pieces, channels)"""
    entry_bias: Floats
    steps: Floats
    """(layers, WIDTH, channels, channels)"""
    step_bias: Floats
    """(layers, channels)"""
    whole: Floats
    """(2 * channels, channels) for the page's mean and maximum."""
    out: Floats
    """(channels, outputs)"""
    out_bias: Floats

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[np.generic]], name: str) -> Network:
        """The network stored under ``name`` in the weights file."""
        part = {key: arrays[f"{name}.{key}"].astype(np.float32) for key in cls.__slots__ if key != "feature"}
        return cls(arrays[f"{name}.feature"].astype(np.int64), **part)

    def __call__(self, matrix: Floats) -> Floats:
        """Log-odds, shape (outputs, columns), of a (features, columns) matrix: one page, its blocks in order."""
        count = matrix.shape[1]
        if not count:
            return np.zeros((len(self.out_bias), 0), np.float32)
        reach = (WIDTH // 2) * DILATIONS[-1]
        padded = np.zeros((count + 2 * reach, len(self.entry_bias)), np.float32)
        state = padded[reach : reach + count]
        for at in range(0, count, _CHUNK):
            pieces = matrix[:, at : at + _CHUNK].take(self.feature, axis=0)
            pieces -= self.low
            pieces *= self.slope
            np.minimum(np.maximum(pieces, 0, out=pieces), 1, out=pieces)
            np.maximum(pieces.T @ self.entry + self.entry_bias, 0, out=state[at : at + _CHUNK])
        for kernels, bias, dilation in zip(self.steps, self.step_bias, DILATIONS, strict=True):
            start = reach - (WIDTH // 2) * dilation
            more = bias + padded[start : start + count] @ kernels[0]
            for kernel in kernels[1:]:
                start += dilation
                more += padded[start : start + count] @ kernel
            state += np.maximum(more, 0, out=more)
        page = np.concatenate([state.mean(0), state.max(0)]) @ self.whole
        result: Floats = ((state + np.maximum(page, 0)) @ self.out + self.out_bias).T
        return result
