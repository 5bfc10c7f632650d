"""Facts of the markup: what a block is in, and what else is in there.

One pass over the elements that hold blocks gives each its inherited facts (every parent stands before its children, and
an element's descendants right behind it); blocks then take theirs by index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from articlex.page import NO_ELEMENT, Page
from articlex.scoring.lexicon import NO_ODDS, Lexicon

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ANCESTORS = (
    "nav", "footer", "aside", "header", "main", "article", "form", "ul", "ol", "table", "figure", "section",
    "blockquote", "noscript", "details", "button", "p", "dl", "figcaption", "h1", "h2", "h3", "h4", "label", "td",
)  # fmt: skip
HIDDEN = len(ANCESTORS)
"""The bit behind those of the ancestors: the element or one around it is hidden."""
_BIT = {tag: 1 << i for i, tag in enumerate(ANCESTORS)}
_DEPTH = 1 << 40
"""Depth is counted above the bits."""
_HIDING = ("display:none", "display: none", "visibility:hidden", "visibility: hidden")


@dataclass(slots=True)
class Structure:
    """Facts of each element: by element index (one entry more, the last, for "no element", which -1 finds)."""

    parent: Ints
    last: Ints
    """The last element inside each element (itself when there is none)."""
    bits: Ints
    """Bit ``i`` tells of ``ANCESTORS[i]``, bit ``HIDDEN`` of being hidden."""
    depth: Ints
    own: list[Floats]
    """Sum, min and max of the name odds of the element."""
    far: list[Floats]
    """The same over the element and all its ancestors."""
    path: list[int]
    """A number for the tags from the root down to the element."""


def read_structure(page: Page, lexicon: Lexicon) -> Structure:
    """The inherited facts of all elements of a page that hold blocks."""
    count = page.holders
    states, paths, parents = ([0] * (count + 1) for _ in range(3))
    own, sums, lows, highs = [NO_ODDS] * (count + 1), *([0.0] * (count + 1) for _ in range(3))
    path_ids: dict[tuple[str, int], int] = {}
    known, name_odds = lexicon.memo.get, lexicon.name_odds
    for i, (tag, attrs, parent, _) in enumerate(islice(page.elements, count)):
        bits = _BIT.get(tag, 0)
        total, low, high = sums[parent], lows[parent], highs[parent]
        if attrs:
            names = attrs.get("class"), attrs.get("id")
            own[i] = odds = known(names) or name_odds(names)
            more, lowest, highest = odds
            total += more
            low = min(low, lowest)  # min() would take three times as long
            high = max(high, highest)
            if len(attrs) > 2 - names.count(None) and _is_hidden(attrs):
                bits |= 1 << HIDDEN
        sums[i], lows[i], highs[i] = total, low, high
        states[i] = (states[parent] + _DEPTH) | bits
        parents[i] = parent
        path = tag, paths[parent]
        paths[i] = path_ids.get(path) or path_ids.setdefault(path, len(path_ids) + 1)
    parents[-1] = NO_ELEMENT
    state = np.array(states, np.int64)
    up = np.array(parents, np.int64)
    up[up == NO_ELEMENT] = count
    return Structure(
        parent=up,
        last=np.array(_last_inside(parents), np.int64),
        bits=state & (_DEPTH - 1),
        depth=state // _DEPTH,
        own=[np.array(values, np.float32) for values in zip(*own, strict=True)],
        far=[np.array(values, np.float32) for values in (sums, lows, highs)],
        path=paths,
    )


def _is_hidden(attrs: Mapping[str, str]) -> bool:
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    style = attrs.get("style")
    return style is not None and any(words in style for words in _HIDING)


def _last_inside(parents: list[int]) -> list[int]:
    """The last element inside each one: an element that is not in the one before ends all up to their common parent."""
    last = list(range(len(parents)))
    for i, parent in enumerate(parents):
        inner = i - 1
        while inner > parent:
            last[inner] = i - 1
            inner = parents[inner]
    return last
