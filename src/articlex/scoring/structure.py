"""Facts of the markup: what a block is in, and what else is in there.

Every element that holds blocks inherits from its ancestors. All inherit at once: each element takes what its parent
has, then what the parent's parent has with all that is above *it*, and so on in doubling steps (pointer jumping, Wyllie
1979), so a page takes as many steps as its depth has binary digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from articlex.page import NO_ELEMENT, Page
from articlex.scoring.lexicon import NO_ODDS, Lexicon, Odds

Ints = NDArray[np.int64]
Masses = NDArray[np.float64]

ANCESTORS = (
    "nav", "footer", "aside", "header", "main", "article", "form", "ul", "ol", "table", "figure", "section",
    "blockquote", "details", "p", "dl", "figcaption", "h2", "noscript", "button", "label", "td", "h1", "h3", "h4",
)  # fmt: skip
HIDDEN = len(ANCESTORS)
"""The bit behind those of the ancestors: the element or one around it is hidden."""
_BIT = {tag: 1 << i for i, tag in enumerate(ANCESTORS)}
_HIDING = ("display:none", "display: none", "visibility:hidden", "visibility: hidden")
_HIDERS = frozenset({"hidden", "aria-hidden", "style"})
_PATH_BASE = 1_000_003
"""Paths of tags are told apart by a polynomial of the tags' numbers to this base, modulo 2**63."""


@dataclass(slots=True)
class Structure:
    """Facts of each element: by element index (one entry more, the last, for "no element", which -1 finds)."""

    tags: list[str]
    parent: Ints
    last: Ints
    """The last element inside each element (itself when there is none)."""
    bits: Ints
    """Bit ``i`` tells of ``ANCESTORS[i]``, bit ``HIDDEN`` of being hidden."""
    depth: Ints
    own: Masses
    """Sum, min and max (rows) of the name odds of the element."""
    far: Masses
    """The same over the element and all its ancestors."""
    path: Ints
    """A number for the tags from the root down to the element."""


def read_structure(page: Page, lexicon: Lexicon) -> Structure:
    """The inherited facts of all elements of a page that hold blocks."""
    count = page.holders
    tags, attributes = page.elements.tags[:count], page.elements.attrs[:count]
    parents = page.elements.parents[:count]
    own = _own_odds(attributes, lexicon)
    bits = np.zeros(count + 1, np.int64)
    bits[:-1] = np.fromiter(map(_BIT.get, tags, repeat(0)), np.int64, count)
    hidden = [i for i, attrs in enumerate(attributes) if not _HIDERS.isdisjoint(attrs) and _is_hidden(attrs)]
    bits[hidden] |= 1 << HIDDEN
    numbers = dict(zip(dict.fromkeys(tags), range(1, count + 1), strict=False))
    path = np.zeros(count + 1, np.int64)
    path[:-1] = np.fromiter(map(numbers.__getitem__, tags), np.int64, count)
    parent = np.full(count + 1, count, np.int64)
    parent[:-1] = parents
    parent[parent == NO_ELEMENT] = count
    depth = np.ones(count + 1, np.int64)
    depth[-1] = 0
    far = own.copy()
    _inherit(parent, far, bits, depth, path)
    return Structure(tags, parent, _last_inside(parents), bits, depth, own, far, path)


def _own_odds(attributes: list[Mapping[str, str]], lexicon: Lexicon) -> Masses:
    known, name_odds = lexicon.memo.get, lexicon.name_odds
    odds: list[Odds] = []
    for attrs in attributes:
        if attrs:
            names = attrs.get("class"), attrs.get("id")
            odds.append(known(names) or name_odds(names))
        else:
            odds.append(NO_ODDS)
    odds.append(NO_ODDS)
    flat = np.fromiter(chain.from_iterable(odds), np.float64, 3 * len(odds))
    return np.ascontiguousarray(flat.reshape(-1, 3).T)


def _inherit(parent: Ints, odds: Masses, bits: Ints, depth: Ints, path: Ints) -> None:
    """Give every element, in place, what all its ancestors have."""
    total, low, high = odds
    none = len(parent) - 1
    up, base = parent, np.int64(_PATH_BASE)
    with np.errstate(over="ignore"):  # the paths' polynomial wraps around
        while (up != none).any():
            total += total[up]
            np.minimum(low, low[up], out=low)
            np.maximum(high, high[up], out=high)
            bits |= bits[up]
            depth += depth[up]
            path += base * path[up]
            base = base * base
            up = up[up]


def _is_hidden(attrs: Mapping[str, str]) -> bool:
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    style = attrs.get("style")
    return style is not None and any(words in style for words in _HIDING)


def _last_inside(parents: list[int]) -> Ints:
    """The last element inside each one; an element's descendants stand right behind it."""
    last = list(range(len(parents) + 1))
    for i in range(len(parents) - 1, 0, -1):
        parent = parents[i]
        if last[parent] == parent:  # from behind, the first child met is the last one
            last[parent] = last[i]
    last[-1] = len(parents)
    return np.array(last, np.int64)
