"""Forests by CatBoost, turned into the arrays that ``articlex.scoring.forest`` reads."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from catboost import CatBoost, Pool

from articlex.scoring.forest import Forest

_COMMON = {
    "border_count": 32, "random_seed": 1, "verbose": False, "l2_leaf_reg": 3, "rsm": 0.4, "bootstrap_type": "Bernoulli",
    "subsample": 0.8, "thread_count": 2, "allow_writing_files": False,
}  # fmt: skip


def grow(matrix: np.ndarray, labels: np.ndarray, weights: np.ndarray, loss: str, **options: float) -> Forest:
    """A forest on a (rows, features) matrix; ``loss`` is "CrossEntropy" (labels 0..1) or "MultiClass"."""
    settings = {"iterations": 300, "depth": 6, "learning_rate": 0.12, **_COMMON, **options}
    model = CatBoost({"loss_function": loss, **settings})
    model.fit(Pool(matrix, labels, weight=weights / weights.mean()))
    return _forest(model, matrix)


def _forest(model: CatBoost, matrix: np.ndarray) -> Forest:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        stored = json.loads(path.read_text())
    scale, bias = stored["scale_and_bias"]
    trees = stored["oblivious_trees"]
    depth = max(len(tree["splits"] or ()) for tree in trees)
    outputs = len(bias)
    known: dict[tuple[int, float], int] = {}
    splits, leaves = [], []
    for tree in trees:
        own = [(s["float_feature_index"], float(np.float32(s["border"]))) for s in tree["splits"] or ()]
        numbers = [known.setdefault(split, len(known)) for split in own]
        values = np.array(tree["leaf_values"], np.float64).reshape(-1, outputs) * scale
        while len(numbers) < depth:  # a tree that stopped early: the missing questions do not matter
            numbers.append(0)
            values = np.concatenate([values, values])
        splits.append(numbers)
        leaves.append(values)
    return Forest(
        np.array([feature for feature, _ in known], np.int64),
        np.array([border for _, border in known], np.float32),
        np.array(splits, np.int64),
        np.array(leaves).astype(np.float16).astype(np.float32),
        np.array(bias, np.float32),
        np.median(matrix, 0).astype(np.float32),
    )


def arrays(forest: Forest, name: str) -> dict[str, np.ndarray]:
    """The forest as the small arrays of the weights file."""
    return {
        f"{name}.feature": forest.feature.astype(np.uint8),
        f"{name}.border": forest.border,
        f"{name}.splits": forest.splits.astype(np.uint16),
        f"{name}.leaves": forest.leaves.astype(np.float16),
        f"{name}.bias": forest.bias,
        f"{name}.usual": forest.usual,
    }
