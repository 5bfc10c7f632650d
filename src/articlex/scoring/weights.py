"""The weights file: arrays only (no pickle), checked by its digest, read on first use."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articlex.scoring.catalogue import FEATURES
from articlex.scoring.digest import WEIGHTS_DIGEST
from articlex.scoring.forest import Forest
from articlex.scoring.lexicon import Lexicon

PATH = Path(__file__).with_name("weights.npz")
ROLES = ("body", "standfirst", "caption", "credit", "note", "promotion", "related", "comment", "heading_data", "chrome")
"""What the role forest tells apart; ``heading_data`` is headline, kicker, byline, date, section and tag lines."""
_STEP = 16.0
"""Odds are stored as whole sixteenths in int8: +-4 needs +-64."""


@dataclass(frozen=True, slots=True)
class Model:
    """The scorer of one kind of input."""

    lexicon: Lexicon
    body: Forest
    roles: Forest
    threshold: float
    verdict: Forest
    confidence: Forest


@cache
def model(source: str) -> Model:
    """The model for "html" or "text" pages.

    Raises ``RuntimeError`` when the weights file is not the one that belongs to this version: wrong weights would
    give wrong records without a word.
    """
    arrays = _arrays()
    return Model(
        Lexicon(*(_table(arrays, f"{source}.{name}") for name in ("words", "lines", "names"))),
        Forest.load(arrays, f"{source}.body"),
        Forest.load(arrays, f"{source}.roles"),
        float(arrays[f"{source}.threshold"][0]),
        Forest.load(arrays, f"{source}.verdict"),
        Forest.load(arrays, f"{source}.confidence"),
    )


@cache
def _arrays() -> Mapping[str, NDArray[np.generic]]:
    data = PATH.read_bytes()
    if hashlib.sha256(data).hexdigest() != WEIGHTS_DIGEST:
        raise RuntimeError(f"{PATH.name} is not the file this version was built with; reinstall articlex")
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    names = bytes(arrays["features"]).decode().split("\n")
    if names != list(FEATURES):
        raise RuntimeError(f"{PATH.name} was trained on other features; run training/train.py")
    return arrays


def _table(arrays: Mapping[str, NDArray[np.generic]], name: str) -> dict[str, float]:
    odds = arrays[f"{name}.odds"].astype(np.float64) / _STEP
    if not len(odds):  # dumps have no class names
        return {}
    keys = bytes(arrays[f"{name}.keys"]).decode("utf-8").split("\n")
    return dict(zip(keys, odds.tolist(), strict=True))


def pack_table(table: Mapping[str, float]) -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    """A lexicon table as the two arrays that ``_table`` reads."""
    keys = np.frombuffer("\n".join(table).encode("utf-8"), np.uint8)
    return keys, np.array([round(value * _STEP) for value in table.values()], np.int8)
