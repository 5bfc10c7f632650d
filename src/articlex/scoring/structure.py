"""Facts of the markup: what a block is in, and what else is in there.

One pass over the elements that hold text gives each its inherited facts (every parent stands before its children);
blocks then take theirs by index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page
from articlex.scoring.lexicon import Lexicon

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ANCESTORS = (
    "nav", "footer", "aside", "header", "main", "article", "form", "ul", "ol", "table", "figure", "section", "blockquote",
    "noscript", "details", "button", "p", "dl", "figcaption", "h1", "h2", "h3", "h4", "label", "td",
)  # fmt: skip
_BIT = {tag: 1 << i for i, tag in enumerate(ANCESTORS)}
HIDDEN = 1 << len(ANCESTORS)
_HIDING = ("display:none", "display: none", "visibility:hidden", "visibility: hidden")
OWN_TAGS = ("p", "div", "li", "td", "span", "a", "button", "h1", "h2", "h3", "section", "body")


@dataclass(slots=True)
class Structure:
    """Facts of each element: arrays by element index (one entry more, the last, for "no element")."""

    parent: Ints
    mask: Ints
    depth: Floats
    near: Floats
    """(3, elements): sum, min and max of the name odds of the element and its two nearest ancestors."""
    far: Floats
    """(3, elements): the same over the element and all its ancestors."""
    path: Ints
    signature: Ints


def read_structure(page: Page, lexicon: Lexicon) -> Structure:
    """The inherited facts of all elements of a page."""
    count = len(page.elements)
    parents, masks, depths = [0] * (count + 1), [0] * (count + 1), [0] * (count + 1)
    own: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * (count + 1)
    far: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * (count + 1)
    paths, signatures = [0] * (count + 1), [0] * (count + 1)
    path_ids: dict[tuple[str, int], int] = {}
    signature_ids: dict[tuple[str, str, int], int] = {}
    parents[count] = count
    for i, (tag, attrs, parent, _) in enumerate(page.elements):
        parents[i] = parent if parent >= 0 else count
        mask = masks[parent] | _BIT.get(tag, 0)
        classes = ""
        odds = (0.0, 0.0, 0.0)
        if attrs:
            classes = attrs.get("class", "")
            ident = attrs.get("id", "")
            if classes or ident:
                odds = lexicon.name_odds(classes, ident)
            if "hidden" in attrs or attrs.get("aria-hidden") == "true" or _hides(attrs.get("style")):
                mask |= HIDDEN
        masks[i] = mask
        depths[i] = depths[parent] + 1
        own[i] = odds
        total, low, high = far[parent]
        far[i] = (total + odds[0], min(low, odds[1]), max(high, odds[2]))
        paths[i] = path_ids.setdefault((tag, paths[parent]), len(path_ids) + 1)
        signatures[i] = signature_ids.setdefault((tag, classes, paths[parent]), len(signature_ids) + 1)
    return _as_arrays(parents, masks, depths, own, far, (paths, signatures))


def _hides(style: str | None) -> bool:
    return bool(style) and any(words in style for words in _HIDING)  # type: ignore[operator]


def _as_arrays(
    parents: list[int],
    masks: list[int],
    depths: list[int],
    own: list[tuple[float, float, float]],
    far: list[tuple[float, float, float]],
    ids: tuple[list[int], list[int]],
) -> Structure:
    parent = np.array(parents, np.int64)
    own_odds = np.array(own, np.float32).T
    first = own_odds[:, parent]
    second = own_odds[:, parent[parent]]
    near = np.stack(
        [
            own_odds[0] + first[0] + second[0],
            np.minimum(np.minimum(own_odds[1], first[1]), second[1]),
            np.maximum(np.maximum(own_odds[2], first[2]), second[2]),
        ]
    )
    return Structure(
        parent,
        np.array(masks, np.int64),
        np.array(depths, np.float32),
        near,
        np.array(far, np.float32).T,
        np.array(ids[0], np.int64),
        np.array(ids[1], np.int64),
    )


def subtree(parent: Ints, own: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of ``own`` over each element and everything in it (children stand after their parents)."""
    totals = own.tolist()
    ups = parent.tolist()
    for i in range(len(totals) - 2, 0, -1):
        totals[ups[i]] += totals[i]
    totals[-1] = 0.0
    return np.array(totals)
