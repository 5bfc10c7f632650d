"""The second look: what a first look at every block says of a block's neighbours.

Two forests look at each block by itself: a small one for the body, and the one for the roles. The forest that decides
sees their probabilities for the block and for the blocks around it, so a doubtful line between paragraphs is read
otherwise than one between teasers. (Autocontext, Tu and Bai 2010, https://doi.org/10.1109/TPAMI.2009.186; in training
the first looks come from forests that have not seen the page: stacking, Wolpert 1992.)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from articlex.scoring.running import Running

Floats = NDArray[np.float32]
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
    looks = len(roles) + 1
    out[0], out[1:looks] = first, roles
    body = out[:2]
    sums = Running(out[:looks], _FAR)
    sums.between(-_NEAR, 0, out[looks : 2 * looks])
    sums.between(1, _NEAR + 1, out[2 * looks : 3 * looks])
    rest = out[3 * looks :].reshape(-1, 2, len(first))  # of the body alone, by both forests
    sums.between(-_FAR, 0, rest[0])
    sums.between(1, _FAR + 1, rest[1])
    sums.means(_WINDOWS[0], rest[2])
    sums.means(_WINDOWS[1], rest[3])
    rest[4:8] = 0
    rest[4, :, 2:], rest[5, :, 1:] = body[:, :-2], body[:, :-1]
    rest[6, :, :-1], rest[7, :, :-2] = body[:, 1:], body[:, 2:]
    masses = Running(body * np.minimum(chars, _MOST_CHARS), _WINDOWS[-1])
    whole = masses.totals()
    total = np.maximum(whole, 1)
    np.divide(masses.before(), total, out=rest[8])
    np.divide(total - masses.through(), total, out=rest[9])
    dense = masses.means(_WINDOWS[-1])
    np.divide(dense, np.maximum(np.maximum.reduce(dense, axis=1, keepdims=True), 1e-9), out=rest[10])
    rest[11] = mean_of_best(body)[:, None]
    rest[12] = np.log1p(whole)


def mean_of_best(probabilities: Floats) -> Floats:
    """The mean of the three highest probabilities of the page, of each row."""
    best = np.sort(probabilities)[..., -_TOP:]
    mean: Floats = np.add.reduce(best, axis=-1) / np.float32(best.shape[-1])
    return mean
