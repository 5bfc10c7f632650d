"""Facts of a block's place among the others: position, copies and windows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlex.page import Block
from articlex.scoring.catalogue import Rows, span
from articlex.scoring.running import Running

Floats = NDArray[np.float32]
Masses = NDArray[np.float64]
Marks = NDArray[np.bool_]

WINDOWS = (3, 8, 20)
_AROUND = [(size, span(f"chars_around_{size}", f"core_topic_around_{size}")) for size in WINDOWS]
"""Each window with the rows of its means."""
BESIDE = ("log_chars", "link_share", "word_odds", "near_odds_sum", "ends_in_stop")
_BESIDE = [(name, f"{name}_before", f"{name}_after") for name in BESIDE]
_FAR = 99
_STRETCH = 8
"""Blocks on each side that a stretch of prose is measured over."""
_LONG = float(np.log1p(80))
"""The log of the characters of a long line."""


def position_facts(rows: Rows, mass: Masses, heading: Marks, long: Marks) -> None:
    """Where a block stands on the page, in the prose, and behind which heading."""
    chars, level = rows["chars"], rows["level"]
    count = len(mass)
    index = np.arange(count)
    read_prose = np.add.accumulate(mass)
    prose = float(read_prose[-1])
    total = max(prose, 1.0)
    read = np.add.accumulate(chars, dtype=np.float64)
    np.divide(index.astype(np.float32), np.float32(count), out=rows["position"])
    rows["char_position"][:] = (read - chars) / max(read[-1], 1.0)
    rows["prose_before"][:] = (read_prose - mass) / total
    rows["prose_after"][:] = (prose - read_prose) / total
    rows["own_prose_share"][:] = mass / total
    rows["page_blocks"][:] = math.log1p(count)
    rows["page_prose"][:] = math.log1p(prose)
    marks = np.empty((4, count), np.bool_)
    marks[0], marks[2], marks[3] = heading, long, long[::-1]
    np.logical_and(heading, level == 1, out=marks[1])
    # the last marked block up to each block; without one it lies out of sight
    last = np.maximum.accumulate(np.where(marks, index, -_FAR), axis=1)
    since = np.minimum(index - last, _FAR)
    rows["since_heading"][:], rows["since_h1"][:], rows["prose_gap_before"][:] = since[:3]
    rows["prose_gap_after"][:] = since[3, ::-1]
    np.copyto(rows["heading_level"], level.take(last[0], mode="clip"), where=last[0] >= 0)


def line_facts(rows: Rows, blocks: Sequence[Block]) -> None:
    """How the lines of a dump are set."""
    before = np.minimum([block.blank_before for block in blocks], 9)
    after = np.append(before[1:], 9)
    rows["blank_before"][:], rows["blank_after"][:], rows["blank_step"][:] = before, after, after - before
    rows["indent"][:] = np.minimum([block.indent for block in blocks], 40)


def copy_facts(rows: Rows, texts: list[str]) -> None:
    """How often the same text stands on the page, and which copy this is."""
    count = len(texts)
    known: dict[str, int] = {}
    ids = [known.setdefault(text, len(known)) for text in texts]
    if len(known) == count:
        rows["copies"][:] = 1
        return
    which = np.array(ids)
    sizes = np.bincount(which)
    np.minimum(sizes.take(which), 9, out=rows["copies"], casting="unsafe")
    # in a stable order by text, the copies of one stand side by side: their place there less that of the first
    order = np.argsort(which, kind="stable")
    rows["copy"][order] = np.minimum(np.arange(count) - np.repeat(np.add.accumulate(sizes) - sizes, sizes), 9)


def context_facts(matrix: Floats, rows: Rows, prose: Marks, topic: Sequence[Masses]) -> None:
    """Means over windows around a block, and its direct neighbours. ``topic`` holds two topic facts as they are, not
    as the matrix rounds them: so the weights were trained.
    """
    sums = Running(
        (
            np.minimum(rows["chars"], 600), rows["link_share"], prose, rows["word_odds"], rows["ends_in_stop"],
            rows["commas"] > 0, rows["digit_share"], rows["upper_share"], *topic,
        ),
        WINDOWS[-1],
    )  # fmt: skip
    for size, around in _AROUND:
        sums.means(size, matrix[around])
    for name, before, after in _BESIDE:
        rows[before][1:], rows[after][:-1] = rows[name][:-1], rows[name][1:]
    rows["log_chars_before_2"][2:], rows["log_chars_after_2"][:-2] = rows["log_chars"][:-2], rows["log_chars"][2:]


def core_facts(rows: Rows, mass: Masses) -> int:
    """Where the densest stretch of prose is and how a block compares with it; gives the block in its middle."""
    log_chars = rows["log_chars"]
    count = len(mass)
    near = Running(mass[None], _STRETCH).means(_STRETCH)[0]
    core = int(near.argmax())
    heart = slice(max(core - _STRETCH, 0), core + _STRETCH + 1)
    np.divide(near, max(near[core], 1e-9), out=rows["density"], casting="same_kind")
    rows["core_share"][:] = near[core] * len(mass[heart]) / max(np.add.reduce(mass), 1.0)
    rows["core_distance"][:] = np.minimum(np.maximum(np.arange(-core, count - core), -_FAR), _FAR)
    np.subtract(log_chars, _median(log_chars[heart]), out=rows["core_length"])
    np.subtract(log_chars, np.add.reduce(log_chars) / np.float32(count), out=rows["page_length"])
    _runs(log_chars > _LONG, rows["long_run"])
    return core


def _median(values: Floats) -> Any:
    """As ``np.median``, which takes its time with few values."""
    ordered = np.sort(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _runs(mark: Marks, out: Floats) -> None:
    """The length of the run of marked blocks that each block stands in, capped; 0 outside."""
    edges = (mark[1:] != mark[:-1]).nonzero()[0]
    bounds = [0, *(edges + 1).tolist(), len(mark)]
    for at in range(not mark[0], len(bounds) - 1, 2):
        out[bounds[at] : bounds[at + 1]] = min(bounds[at + 1] - bounds[at], _FAR)
