"""Feature matrices for all samples, each by a lexicon that has not seen the sample's own domain."""

from __future__ import annotations

import hashlib
from multiprocessing import get_context

import numpy as np

from articlex.scoring.features import features
from articlex.scoring.lexicon import Lexicon
from corpora import FOLDS, Sample
from lexicon import build

_work: dict = {}


def matrices(samples: list[Sample], jobs: int = 1) -> tuple[list[np.ndarray], Lexicon, dict[int, Lexicon]]:
    """One (features, blocks) matrix a sample, the lexicon of all samples, and that of each fold."""
    lexicons = {fold: build(s for s in samples if s.fold != fold) for fold in range(FOLDS)}
    _work.update(samples=samples, lexicons=lexicons)
    if jobs == 1:
        found = [_matrix(i) for i in range(len(samples))]
    else:
        with get_context("fork").Pool(jobs) as pool:
            found = pool.map(_matrix, range(len(samples)), 32)
    return found, build(samples), lexicons


def _matrix(index: int) -> np.ndarray:
    sample = _work["samples"][index]
    return features(sample.page, _work["lexicons"][sample.fold])


def token_weights(sample: Sample, most: int = 200) -> np.ndarray:
    """Block weights: tokens + 3, capped, 0 where the label is unknown, summing to 1 for each page."""
    weights = np.minimum(sample.sizes + 3, most).astype(float)
    weights[np.isnan(sample.target)] = 0
    return weights / max(weights.sum(), 1)


def digest(samples: list[Sample]) -> str:
    """A short digest of what was trained on: pages, targets and roles."""
    total = hashlib.blake2b(digest_size=8)
    for sample in samples:
        total.update(f"{sample.corpus}/{sample.id}/{sample.roles}".encode())
        total.update(np.nan_to_num(sample.target, nan=-1).astype(np.float32).tobytes())
    return total.hexdigest()
