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
from articlex.scoring.forest import Forest
from articlex.scoring.lexicon import Lexicon
from corpora import fold_of


@cache
def _model(source: str, fold: int) -> weights.Model:
    path = Path(os.environ["ARTICLEX_FOLDS"]) / f"{source}{fold}.npz"
    if not path.exists():
        return weights.model(source)
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return weights.Model(
        Lexicon(*(weights._table(arrays, f"{source}.{name}") for name in ("words", "lines", "names"))),
        Forest.load(arrays, f"{source}.body"),
        Forest.load(arrays, f"{source}.roles"),
        float(arrays[f"{source}.threshold"][0]),
        Forest.load(arrays, f"{source}.verdict"),
        Forest.load(arrays, f"{source}.confidence"),
    )


def extract(data: bytes | str, url: str | None) -> Article:
    """``articlex.extract`` with the weights of the page's fold."""
    fold = fold_of(url, "")
    scorer.model = lambda source: _model(source, fold)
    return articlex.extract(data, url)
