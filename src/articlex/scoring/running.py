"""Sums and means over windows of blocks, for many series at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Masses = NDArray[np.float64]


class Running:
    """Running sums of each series, continued beyond both ends of the page: any window is one slice less another."""

    __slots__ = ("_count", "_reach", "_sums")

    def __init__(self, series: Sequence[NDArray[np.generic]] | NDArray[np.generic], reach: int) -> None:
        """``series`` has a value a block each; no window will go further than ``reach`` blocks to one side."""
        count = len(series[0])
        self._reach, self._count = reach + 1, count
        self._sums = np.zeros((len(series) + 1, count + 2 * reach + 1))
        inner = self._sums[:, reach + 1 : reach + 1 + count]
        inner[0] = 1  # how many blocks a window has
        if isinstance(series, np.ndarray):
            inner[1:] = series
        else:
            for row, values in zip(inner[1:], series, strict=True):
                row[:] = values
        np.add.accumulate(inner, axis=1, out=inner)
        self._sums[:, reach + 1 + count :] = inner[:, -1:]

    def _at(self, shift: int, rows: slice) -> Masses:
        start = self._reach + shift
        return self._sums[rows, start : start + self._count]

    def before(self) -> Masses:
        """The sums before each block."""
        return self._at(-1, slice(1, None))

    def through(self) -> Masses:
        """The sums up to and with each block."""
        return self._at(0, slice(1, None))

    def totals(self) -> Masses:
        """The whole sum of each series, shape (series, 1)."""
        return self._sums[1:, -1:]

    def between(self, low: int, high: int, out: NDArray[np.floating]) -> None:
        """The sums from ``low`` blocks behind each block (before it: negative) to just before ``high`` behind, of the
        first series, as many as ``out`` has rows.
        """
        rows = slice(1, len(out) + 1)
        np.subtract(self._at(high - 1, rows), self._at(low - 1, rows), out=out, casting="same_kind")

    def means(self, size: int, out: NDArray[np.floating] | None = None) -> Masses:
        """The means over each block and ``size`` blocks on both its sides, of all series or as many as ``out`` has."""
        rows = slice(0, len(self._sums) if out is None else len(out) + 1)
        sums = self._at(size, rows) - self._at(-size - 1, rows)
        means: Masses = np.divide(sums[1:], sums[0], out=out, casting="same_kind")
        return means
