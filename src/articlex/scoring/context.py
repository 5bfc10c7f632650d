"""Facts of a block's place among the others: position, copies, windows, and what the page's metadata says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlex.page import Block, Page
from articlex.scoring.letters import END, letters

Floats = NDArray[np.float32]
Masses = NDArray[np.float64]
Marks = NDArray[np.bool_]
Columns = dict[str, NDArray[Any]]

WINDOWS = (3, 8, 20)
_SEEN_AROUND = ("chars", "links", "prose", "odds", "stops", "commas", "digits", "capitals", "topic", "core_topic")
_AROUND = [(size, [f"{name}_around_{size}" for name in _SEEN_AROUND]) for size in WINDOWS]
BESIDE = ("log_chars", "link_share", "word_odds", "near_odds_sum", "ends_in_stop")
_BEFORE, _AFTER = ([f"{name}_{side}" for name in BESIDE] for side in ("before", "after"))
_FAR = 99
_STRETCH = 8
"""Blocks on each side that a stretch of prose is measured over."""
_LONG = float(np.log1p(80))
"""The log of the characters of a long line."""
_SHORTEST, _TITLE = 12, 250
"""Characters of a text that may be compared with metadata, and of the longest that may be a title."""
_KEY, _FEW = 80, 24
"""Characters of a text that are looked for in ``articleBody``, and those that tell whether more may be found."""
_LEAST_DESCRIBED = 30
"""Characters of a text that may be the page's description."""


def position_facts(mass: Masses, chars: Floats, heading: Marks, level: Floats) -> Columns:
    """Where a block stands on the page, in the prose, and behind which heading."""
    count = len(mass)
    index = np.arange(count, dtype=np.float32)
    read_prose = np.cumsum(mass)
    prose = float(read_prose[-1])
    total = max(prose, 1.0)
    read = np.cumsum(chars, dtype=np.float64)
    long = mass > 0
    last, since = _since(np.stack([heading, heading & (level == 1), long, long[::-1]]))
    return {
        "position": index / count,
        "char_position": (read - chars) / max(read[-1], 1.0),
        "prose_before": (read_prose - mass) / total,
        "prose_after": (prose - read_prose) / total,
        "own_prose_share": mass / total,
        "prose_gap_before": since[2],
        "prose_gap_after": since[3][::-1],
        "since_heading": since[0],
        "heading_level": np.where(last[0] >= 0, level[last[0]], 0),
        "since_h1": since[1],
        "page_blocks": np.full(count, np.log1p(count), np.float32),
        "page_prose": np.full(count, np.log1p(prose), np.float32),
    }


def line_facts(blocks: Sequence[Block]) -> Columns:
    """How the lines of a dump are set."""
    before = np.minimum([block.blank_before for block in blocks], 9)
    after = np.append(before[1:], 9)
    return {
        "blank_before": before,
        "blank_after": after,
        "blank_step": after - before,
        "indent": np.minimum([block.indent for block in blocks], 40),
    }


def _since(marks: Marks) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row of marks the last marked block up to each block (-1: none), and the blocks since it, capped."""
    index = np.arange(marks.shape[1])
    last = np.maximum.accumulate(np.where(marks, index, -1), axis=1)
    return last, np.where(last >= 0, np.minimum(index - last, _FAR), _FAR)


def copy_facts(texts: list[str]) -> Columns:
    """How often the same text stands on the page, and which copy this is."""
    count = len(texts)
    known: dict[str, int] = {}
    ids = [known.setdefault(text, len(known)) for text in texts]
    number, total = np.zeros(count, np.float32), np.ones(count, np.float32)
    if len(known) < count:
        which = np.array(ids)
        sizes = np.bincount(which)
        total[:] = sizes[which]
        # in a stable order by text, the copies of one stand side by side: their place there less that of the first
        order = np.argsort(which, kind="stable")
        number[order] = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return {"copy": np.minimum(number, 9), "copies": np.minimum(total, 9)}


def meta_facts(page: Page, texts: list[str], chars: Floats) -> Columns:
    """Whether a block repeats the page's title or description, or is supported by ``articleBody`` in JSON-LD."""
    title, description, body, first = letters(
        [
            " ".join([page.title_tag, *page.metas.get("og:title", ())[:1]]),
            " ".join(page.metas.get(name, [""])[0] for name in ("og:description", "description")),
            " ".join(_bodies(page)),
            texts[0],
        ]
    )
    title = title or first
    in_title, in_description, in_body = np.zeros((3, len(texts)), np.float32)
    where = np.flatnonzero((chars >= _SHORTEST) & ((chars <= _TITLE) | (len(description) > 0) | (len(body) > 0)))
    at = where.tolist()
    keys = letters([texts[i][: _KEY if body else _FEW] for i in at])
    # what is in there begins in there; the last letter may have another lower case inside a word
    named = f"{title}{END}{description}"
    near = [i for i, key in zip(at, keys, strict=True) if key[:_FEW][:-1] in named]
    short = [i for i in near if len(texts[i]) <= _TITLE] if title else []
    in_title[short] = [key in title for key in letters([texts[i] for i in short])]
    long = [i for i in near if len(texts[i]) >= _LEAST_DESCRIBED] if description else []
    starts = [letters([texts[i][:size] for i in long]) for size in (60, _KEY)]
    in_description[long] = [
        less in description and more[:-1][:29] in description for less, more in zip(*starts, strict=True)
    ]
    if body:
        in_body[where] = [(1 if key in body else -1) if len(key) >= _SHORTEST else 0 for key in keys]
    return {"in_title": in_title, "in_description": in_description, "in_article_body": in_body}


def _bodies(page: Page) -> list[str]:
    bodies = [node["articleBody"] for node in page.json_ld if isinstance(node.get("articleBody"), str)]
    return [body[:200_000] for body in bodies if len(body) > 300][:3]


def context_facts(columns: Columns, mass: Masses) -> Columns:
    """Means over windows around a block, and its direct neighbours."""
    facts: Columns = {}
    series = (
        np.minimum(columns["chars"], 600), columns["link_share"], mass > 0, columns["word_odds"],
        columns["ends_in_stop"], columns["commas"] > 0, columns["digit_share"], columns["upper_share"],
        columns["topic_shared"], columns["topic_core"],
    )  # fmt: skip
    sums = running(np.stack(series))
    for size, names in _AROUND:
        facts.update(zip(names, windows(sums, size), strict=True))
    count = len(mass)
    padded = np.zeros((len(BESIDE), count + 4), np.float32)
    for row, name in zip(padded, BESIDE, strict=True):
        row[2:-2] = columns.get(name, 0)
    facts.update(zip(_BEFORE, padded[:, 1:-3], strict=True))
    facts.update(zip(_AFTER, padded[:, 3:-1], strict=True))
    facts["log_chars_before_2"], facts["log_chars_after_2"] = padded[0, :-4], padded[0, 4:]
    return facts


def core_facts(mass: Masses, log_chars: Floats) -> tuple[Columns, int]:
    """Where the densest stretch of prose is, how a block compares with it, and the block in the middle of it."""
    near = windows(running(mass[None]), _STRETCH)[0]
    core = int(near.argmax())
    heart = slice(max(core - _STRETCH, 0), core + _STRETCH + 1)
    facts: Columns = {
        "density": near / max(near[core], 1e-9),
        "core_share": np.full(len(mass), near[core] * len(mass[heart]) / max(mass.sum(), 1.0), np.float32),
        "core_distance": np.minimum(np.maximum(np.arange(len(mass)) - core, -_FAR), _FAR),
        "core_length": log_chars - _median(log_chars[heart]),
        "page_length": log_chars - log_chars.mean(),
        "long_run": _runs(log_chars > _LONG),
    }
    return facts, core


def _median(values: Floats) -> Any:
    """As ``np.median``, which takes its time with few values."""
    ordered = np.sort(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _runs(mark: Marks) -> Floats:
    """The length of the run of marked blocks that each block stands in, capped; 0 outside."""
    index = np.arange(len(mark))
    before = np.maximum.accumulate(np.where(mark, -1, index))
    after = np.minimum.accumulate(np.where(mark, len(mark), index)[::-1])[::-1]
    return np.where(mark, np.minimum(after - before - 1, _FAR), 0).astype(np.float32)


def running(series: NDArray[Any]) -> Masses:
    """Running sums of each row, beginning with 0."""
    sums = np.zeros((len(series), series.shape[1] + 1))
    np.cumsum(series, axis=1, dtype=np.float64, out=sums[:, 1:])
    return sums


def windows(sums: Masses, size: int) -> Masses:
    """The means over each block and ``size`` blocks on both its sides, from running sums that begin with 0."""
    count = sums.shape[1] - 1
    index = np.arange(count)
    low, high = np.maximum(index - size, 0), np.minimum(index + size + 1, count)
    means: Masses = (sums[:, high] - sums[:, low]) / (high - low)
    return means
