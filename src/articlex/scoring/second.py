"""The second look: what a first look at every block says of a block's neighbours.

Two forests look at each block by itself: a small one for the body, and the one for the roles. The forest that decides
sees their probabilities for the block and for the blocks around it, so a doubtful line between paragraphs is read
otherwise than one between teasers. (Autocontext, Tu and Bai 2010, https://doi.org/10.1109/TPAMI.2009.186; in training
the first looks come from forests that have not seen the page: stacking, Wolpert 1992.)
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from articlex.scoring.context import running, windows

Floats = NDArray[np.float32]
Masses = NDArray[np.float64]
_NEAR, _FAR = 4, 12
"""Blocks on one side over which probabilities are summed."""
_WINDOWS = (3, 8)
_TOP = 3
_MOST_CHARS = 600
"""What a block weighs at most."""


def second_look(first: Floats, roles: Floats, chars: Floats, out: Floats) -> None:
    """Fill ``out``, the rows of ``catalogue.SECOND``, shape (len(SECOND), blocks).

    ``first`` (blocks,) is the body's probability by the small forest, ``roles`` (roles, blocks) those of the roles,
    body in front; ``chars`` (blocks,) the lengths.
    """
    count = len(first)
    looks = np.concatenate([first[None], roles])
    body = looks[:2]
    row = 0
    for group in _groups(looks, body, body * np.minimum(chars, _MOST_CHARS), count):
        out[row : row + len(group)] = group
        row += len(group)


def _groups(looks: Floats, body: Floats, mass: Floats, count: int) -> Iterator[NDArray[np.floating]]:
    """The rows in order, group by group: a huge page needs room for one group beside them."""
    yield looks
    sums = running(looks)
    yield from _sides(sums, _NEAR)
    sums = sums[:2]
    yield from _sides(sums, _FAR)
    for size in _WINDOWS:
        yield windows(sums, size)
    padded = np.zeros((2, count + 4), np.float32)
    padded[:, 2:-2] = body
    yield from (padded[:, :-4], padded[:, 1:-3], padded[:, 3:-1], padded[:, 4:])
    masses = running(mass)
    total = np.maximum(masses[:, -1:], 1)
    yield masses[:, :-1] / total
    yield (total - masses[:, 1:]) / total
    dense = windows(masses, _WINDOWS[-1])
    yield dense / np.maximum(dense.max(1, keepdims=True), 1e-9)
    yield np.repeat(np.sort(body)[:, -_TOP:].mean(1, keepdims=True), count, 1)
    yield np.repeat(np.log1p(masses[:, -1:]), count, 1)


def _sides(sums: Masses, reach: int) -> Iterator[Masses]:
    """Sums over as many blocks before, then behind each block."""
    count = sums.shape[1] - 1
    index = np.arange(count)
    yield sums[:, :-1] - sums[:, np.maximum(index - reach, 0)]
    yield sums[:, np.minimum(index + 1 + reach, count)] - sums[:, 1:]
