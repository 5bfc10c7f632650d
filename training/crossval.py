"""The whole product, cross-validated: each page is extracted with weights that have not seen its domain.

    python training/train.py --scores-only --folds FOLDER
    ARTICLEX_FOLDS=FOLDER python ../shared/eval/run.py --path training --extractor crossval:extract

Runs in one process a worker; it replaces the cached model, so it is no way to use the library.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import numpy as np

import articlex
from articlex.article import Article
from articlex.scoring import scorer, weights
from corpora import fold_of


@cache
def _model(source: str, fold: int) -> weights.Model:
    path = Path(os.environ["ARTICLEX_FOLDS"]) / f"{source}{fold}.npz"
    if not path.exists():
        return weights.model(source)
    with np.load(path) as stored:
        return weights.Model.load({name: stored[name] for name in stored.files}, source)


def extract(data: bytes | str, url: str | None) -> Article:
    """``articlex.extract`` with the weights of the page's fold."""
    fold = fold_of(url, "")
    scorer.model = lambda source: _model(source, fold)
    return articlex.extract(data, url)
