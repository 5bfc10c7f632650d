"""Facts of a block's place among the others: position, copies, windows, and what the page's metadata says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page
from articlex.scoring.letters import letters

Floats = NDArray[np.float32]
Masses = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]

WINDOWS = (3, 8, 20)
_FAR = 99.0


def position_facts(page: Page, mass: Masses, chars: Floats) -> Columns:
    """Where a block stands on the page, in the prose, and behind which heading."""
    blocks = page.blocks
    count = len(blocks)
    index = np.arange(count, dtype=np.float32)
    before = np.cumsum(mass) - mass
    total = max(mass.sum(), 1.0)
    read = np.cumsum(chars, dtype=np.float64)
    heading = np.array([block.kind == "heading" for block in blocks], bool)
    level = np.array([block.level for block in blocks], np.float32)
    since, last_level = _since(heading, level)
    first, _ = _since(heading & (level == 1), level)
    long = np.flatnonzero(mass > 0)
    gap_before, gap_after = np.full(count, _FAR, np.float32), np.full(count, _FAR, np.float32)
    if len(long):
        at = np.searchsorted(long, index, "right")
        gap_before = np.where(at > 0, index - long[np.maximum(at - 1, 0)], _FAR)
        at = np.searchsorted(long, index, "left")
        gap_after = np.where(at < len(long), long[np.minimum(at, len(long) - 1)] - index, _FAR)
    return {
        "position": index / max(count, 1),
        "char_position": (read - chars) / max(read[-1] if count else 1, 1),
        "prose_before": before / total,
        "prose_after": (total - before - mass) / total,
        "own_prose_share": mass / total,
        "prose_gap_before": np.minimum(gap_before, _FAR),
        "prose_gap_after": np.minimum(gap_after, _FAR),
        "since_heading": since,
        "heading_level": last_level,
        "since_h1": first,
        "page_blocks": np.full(count, np.log1p(count), np.float32),
        "page_prose": np.full(count, np.log1p(mass.sum()), np.float32),
        "blank_before": np.minimum([block.blank_before for block in blocks], 9),
        "indent": np.minimum([block.indent for block in blocks], 40),
        "is_dump": np.full(count, float(page.source == "text"), np.float32),
    }


def _since(mark: NDArray[np.bool_], level: Floats) -> tuple[Floats, Floats]:
    """Blocks since the last marked block (capped) and its level."""
    count = len(mark)
    index = np.arange(count)
    last = np.maximum.accumulate(np.where(mark, index, -1)) if count else index
    since = np.where(last >= 0, np.minimum(index - last, _FAR), _FAR).astype(np.float32)
    return since, np.where(last >= 0, level[np.maximum(last, 0)], 0).astype(np.float32) if count else since


def copy_facts(texts: list[str]) -> Columns:
    """How often the same text stands on the page, and which copy this is."""
    seen = Counter(texts)
    number = [0] * len(texts)
    total = list(map(seen.__getitem__, texts))
    before: dict[str, int] = {}
    for i, count in enumerate(total):
        if count > 1:
            number[i] = before.get(texts[i], 0)
            before[texts[i]] = number[i] + 1
    return {"copy": np.minimum(number, 9), "copies": np.minimum(total, 9)}


def meta_facts(page: Page, texts: list[str]) -> Columns:
    """Whether a block repeats the page's title or description, or is supported by ``articleBody`` in JSON-LD."""
    title, description, body, first = letters(
        [
            " ".join([page.title_tag, *page.metas.get("og:title", ())[:1]]),
            " ".join(page.metas.get(name, [""])[0] for name in ("og:description", "description")),
            " ".join(_bodies(page)),
            texts[0] if texts else "",
        ]
    )
    title = title or first
    in_title, in_description, in_body = np.zeros((3, len(texts)), np.float32)
    for i, (text, key) in enumerate(zip(texts, letters([text[:80] for text in texts]), strict=True)):
        size = len(text)
        if size >= 12:
            # what is in there begins in there; the last letter may have another lower case inside a word
            if title and size <= 250 and key[:-1] in title:
                in_title[i] = letters([text])[0] in title
            if description and size >= 30 and key[:-1][:29] in description:
                in_description[i] = letters([text[:60]])[0] in description
            if body and len(key) >= 12:
                in_body[i] = 1 if key in body else -1
    return {"in_title": in_title, "in_description": in_description, "in_article_body": in_body}


def _bodies(page: Page) -> list[str]:
    bodies = [node["articleBody"] for node in page.json_ld if isinstance(node.get("articleBody"), str)]
    return [body[:200_000] for body in bodies if len(body) > 300][:3]


def context_facts(columns: Columns, mass: Masses, plain: Floats) -> Columns:
    """Means over windows around a block, and its direct neighbours."""
    facts: Columns = {}
    series = (np.minimum(columns["chars"], 600), columns["link_share"], mass > 0, columns["word_odds"])
    names = ("chars", "links", "prose", "odds")
    sums = np.zeros((len(series), len(mass) + 1))
    np.cumsum(series, axis=1, dtype=np.float64, out=sums[:, 1:])
    for size in WINDOWS:
        means = _windows(sums, size)
        facts.update(zip([f"{name}_around_{size}" for name in names], means, strict=True))
    beside = ("log_chars", "link_share", "word_odds", "near_odds_sum", "ends_in_stop", "kind_heading", "depth")
    padded = np.zeros((len(beside), len(mass) + 2), np.float32)
    for row, name in zip(padded, beside, strict=True):
        row[1:-1] = columns[name]
    facts.update(zip([f"{name}_before" for name in beside], padded[:, :-2], strict=True))
    facts.update(zip([f"{name}_after" for name in beside], padded[:, 2:], strict=True))
    facts["same_depth_before"] = columns["depth"] == facts["depth_before"]
    facts["plain_share"] = plain / np.maximum(columns["chars"], 1)
    return facts


def _windows(sums: Masses, size: int) -> Masses:
    """The means over each block and ``size`` blocks on both its sides, from running sums that begin with 0."""
    count = sums.shape[1] - 1
    index = np.arange(count)
    low, high = np.maximum(index - size, 0), np.minimum(index + size + 1, count)
    means: Masses = (sums[:, high] - sums[:, low]) / (high - low)
    return means
