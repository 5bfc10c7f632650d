"""Facts of a block's place among the others: position, copies, windows, and what the page's metadata says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page

Floats = NDArray[np.float32]
Masses = NDArray[np.float64]
Columns = dict[str, Floats]

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
    heading = np.fromiter((block.kind == "heading" for block in blocks), bool, count)
    level = np.fromiter((block.level for block in blocks), np.float32, count)
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
        "char_position": ((read - chars) / max(read[-1] if count else 1, 1)).astype(np.float32),
        "prose_before": (before / total).astype(np.float32),
        "prose_after": ((total - before - mass) / total).astype(np.float32),
        "own_prose_share": (mass / total).astype(np.float32),
        "prose_gap_before": np.minimum(gap_before, _FAR).astype(np.float32),
        "prose_gap_after": np.minimum(gap_after, _FAR).astype(np.float32),
        "since_heading": since,
        "heading_level": last_level,
        "since_h1": first,
        "page_blocks": np.full(count, np.log1p(count), np.float32),
        "page_prose": np.full(count, np.log1p(mass.sum()), np.float32),
        "blank_before": np.fromiter((min(block.blank_before, 9) for block in blocks), np.float32, count),
        "indent": np.fromiter((min(block.indent, 40) for block in blocks), np.float32, count),
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
    seen: dict[str, int] = {}
    number = []
    for text in texts:
        number.append(seen.get(text, 0))
        seen[text] = number[-1] + 1
    total = [seen[text] for text in texts]
    return {"copy": np.minimum(np.array(number, np.float32), 9), "copies": np.minimum(np.array(total, np.float32), 9)}


def meta_facts(page: Page, texts: list[str]) -> Columns:
    """Whether a block repeats the page's title or description, or is supported by ``articleBody`` in JSON-LD."""
    title = _letters(" ".join([page.title_tag, *page.metas.get("og:title", ())[:1]]))
    if not title and texts:
        title = _letters(texts[0])
    description = _letters(" ".join(page.metas.get(name, [""])[0] for name in ("og:description", "description")))
    body = _letters(" ".join(_bodies(page)))
    in_title, in_description, in_body = [], [], []
    for text in texts:
        size = len(text)
        short = 12 <= size <= 250
        in_title.append(float(short and bool(title) and _letters(text) in title))
        in_description.append(float(size >= 30 and bool(description) and _letters(text[:60]) in description))
        if body:
            key = _letters(text[:80])
            in_body.append((1.0 if key in body else -1.0) if len(key) >= 12 else 0.0)
    empty = np.zeros(len(texts), np.float32)
    return {
        "in_title": np.array(in_title, np.float32),
        "in_description": np.array(in_description, np.float32),
        "in_article_body": np.array(in_body, np.float32) if body else empty,
    }


def _bodies(page: Page) -> list[str]:
    bodies = [node["articleBody"] for node in page.json_ld if isinstance(node.get("articleBody"), str)]
    return [body[:200_000] for body in bodies if len(body) > 300][:3]


def _letters(text: str) -> str:
    """Letters and digits only, lower case: comparisons do not depend on spacing and punctuation."""
    return "".join(filter(str.isalnum, text)).lower()


def context_facts(columns: Columns, mass: Masses, plain: Floats) -> Columns:
    """Means over windows around a block, and its direct neighbours."""
    facts: Columns = {}
    long = (mass > 0).astype(np.float64)
    series = {
        "chars": np.minimum(columns["chars"], 600).astype(np.float64),
        "links": columns["link_share"].astype(np.float64),
        "prose": long,
        "odds": columns["word_odds"].astype(np.float64),
    }
    for size in WINDOWS:
        for name, values in series.items():
            facts[f"{name}_around_{size}"] = _window(values, size)
    for name in ("log_chars", "link_share", "word_odds", "near_odds_sum", "ends_in_stop", "kind_heading"):
        values = columns[name]
        facts[f"{name}_before"] = _shift(values, 1)
        facts[f"{name}_after"] = _shift(values, -1)
    facts["same_depth_before"] = (columns["depth"] == _shift(columns["depth"], 1)).astype(np.float32)
    facts["plain_share"] = (plain / np.maximum(columns["chars"], 1)).astype(np.float32)
    return facts


def _window(values: Masses, size: int) -> Floats:
    """The mean over the block and ``size`` blocks on each side."""
    count = len(values)
    sums = np.concatenate([[0.0], np.cumsum(values)])
    index = np.arange(count)
    low, high = np.maximum(index - size, 0), np.minimum(index + size + 1, count)
    return ((sums[high] - sums[low]) / (high - low)).astype(np.float32)


def _shift(values: Floats, by: int) -> Floats:
    """The value of the block ``by`` places before; 0 beyond the ends."""
    out = np.zeros_like(values)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out
