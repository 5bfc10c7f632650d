"""The second look: what a first look at every block says of a block's neighbours.

Two forests look at each block by itself: a small one for the body, and the one for the roles. The forest that decides
sees their probabilities for the block and for the blocks around it, so a doubtful line between paragraphs is read
otherwise than one between teasers. (Autocontext, Tu and Bai 2010, https://doi.org/10.1109/TPAMI.2009.186; in training
the first looks come from forests that have not seen the page: stacking, Wolpert 1992.)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from articlex.scoring.context import running, windows

Floats = NDArray[np.float32]
_NEAR, _FAR = 4, 12
"""Blocks on one side over which probabilities are summed."""
_WINDOWS = (3, 8)
_TOP = 3
_MOST_CHARS = 600
"""What a block weighs at most."""


def second_look(first: Floats, roles: Floats, chars: Floats) -> Floats:
    """The rows of ``catalogue.SECOND``, shape (len(SECOND), blocks).

    ``first`` (blocks,) is the body's probability by the small forest, ``roles`` (roles, blocks) those of the roles,
    body in front; ``chars`` (blocks,) the lengths.
    """
    count = len(first)
    looks = np.concatenate([first[None], roles])
    body = looks[:2]
    sums = running(looks)
    mass = body * np.minimum(chars, _MOST_CHARS)
    masses = running(mass)
    total = np.maximum(masses[:, -1:], 1)
    dense = windows(masses, _WINDOWS[-1])
    padded = np.zeros((2, count + 4), np.float32)
    padded[:, 2:-2] = body
    rows = np.concatenate([
        looks,
        *_sides(sums, _NEAR),
        *_sides(sums[:2], _FAR),
        *(windows(sums[:2], size) for size in _WINDOWS),
        padded[:, :-4], padded[:, 1:-3], padded[:, 3:-1], padded[:, 4:],
        masses[:, :-1] / total,
        (total - masses[:, 1:]) / total,
        dense / np.maximum(dense.max(1, keepdims=True), 1e-9),
        np.repeat(np.sort(body)[:, -_TOP:].mean(1, keepdims=True), count, 1),
        np.repeat(np.log1p(masses[:, -1:]), count, 1),
    ])  # fmt: skip
    return rows.astype(np.float32)


def _sides(sums: NDArray[np.float64], reach: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sums over as many blocks before and behind each block."""
    count = sums.shape[1] - 1
    index = np.arange(count)
    before = sums[:, :-1] - sums[:, np.maximum(index - reach, 0)]
    return before, sums[:, np.minimum(index + 1 + reach, count)] - sums[:, 1:]
