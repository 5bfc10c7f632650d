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
from articlex.scoring.forest import Forest, Together
from articlex.scoring.lexicon import Lexicon, Table

PATH = Path(__file__).with_name("weights.npz")
_STEP = 16.0
"""Odds are stored as whole sixteenths in int8: +-4 needs +-64."""


@dataclass(frozen=True, slots=True)
class Model:
    """The scorer of one kind of input."""

    lexicon: Lexicon
    looks: Together
    """The first look, over ``catalogue.FIRST``: a small forest for the body, and that for the roles."""
    body: Forest
    """Body at second look: over all of ``catalogue.FEATURES``."""
    threshold: float
    judges: Together
    """The verdict and the confidence, over ``page_facts.PAGE_FEATURES``."""

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[np.generic]], source: str) -> Model:
        """The model of "html" or "text" among the arrays of a weights file."""
        return cls(
            _lexicon(arrays, source),
            Together(*(Forest.load(arrays, f"{source}.{name}") for name in ("first", "roles"))),
            Forest.load(arrays, f"{source}.body"),
            float(arrays[f"{source}.threshold"][0]),
            Together(*(Forest.load(arrays, f"{source}.{name}") for name in ("verdict", "confidence"))),
        )


@cache
def model(source: str) -> Model:
    """The model for "html" or "text" pages.

    Raises ``RuntimeError`` when the weights file is not the one that belongs to this version: wrong weights would
    give wrong records without a word.
    """
    return Model.load(_arrays(), source)


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


def _lexicon(arrays: Mapping[str, NDArray[np.generic]], source: str) -> Lexicon:
    names = bytes(arrays[f"{source}.names.keys"]).decode("utf-8").split("\n")
    odds = (arrays[f"{source}.names.odds"].astype(np.float64) / _STEP).tolist()
    words, lines = (_table(arrays, f"{source}.{kind}") for kind in ("words", "lines"))
    return Lexicon(words, lines, dict(zip(names, odds, strict=False)))  # dumps have no class names


def _table(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Table:
    return Table(
        np.cumsum(arrays[f"{name}.steps"], dtype=np.uint32),
        arrays[f"{name}.odds"].astype(np.float32) / np.float32(_STEP),
    )


def pack_lexicon(lexicon: Lexicon) -> dict[str, NDArray[np.generic]]:
    """A lexicon as the arrays that ``_lexicon`` reads."""
    packed: dict[str, NDArray[np.generic]] = {
        "names.keys": np.frombuffer("\n".join(lexicon.names).encode("utf-8"), np.uint8),
        "names.odds": np.array([round(value * _STEP) for value in lexicon.names.values()], np.int8),
    }
    for name, table in (("words", lexicon.words), ("lines", lexicon.lines)):
        steps = np.diff(table.numbers, prepend=np.uint32(0))  # smaller than the numbers, and so is the file
        packed |= {f"{name}.steps": steps, f"{name}.odds": np.round(table.odds * _STEP).astype(np.int8)}
    return packed
