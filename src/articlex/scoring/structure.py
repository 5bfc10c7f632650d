"""Facts of the markup: what a block is in, and what else is in there.

Every element that holds blocks inherits from its ancestors. All inherit at once: each element takes what its parent
has, then what the parent's parent has with all that is above *it*, and so on in doubling steps (pointer jumping, Wyllie
1979), so a page takes as many steps as its depth has binary digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articlex.page import NO_ELEMENT, Page
from articlex.scoring.lexicon import NO_ODDS, Lexicon

Ints = NDArray[np.int64]
Masses = NDArray[np.float64]

ANCESTORS = (
    "nav", "footer", "aside", "header", "main", "article", "form", "ul", "ol", "table", "figure", "section",
    "blockquote", "details", "p", "dl", "figcaption", "h2", "noscript", "button", "label", "td", "h1", "h3", "h4",
)  # fmt: skip
HIDDEN = len(ANCESTORS)
"""The bit behind those of the ancestors: the element or one around it is hidden."""
OWN_TAGS = ("p", "div", "li", "td", "span", "a", "button", "h1", "h2", "h3", "section", "body")
_TAGS = tuple(dict.fromkeys((*ANCESTORS, *OWN_TAGS)))
"""The tags that mean something, by number; behind them come the others of a page in order."""
_BITS = np.array([1 << ANCESTORS.index(tag) if tag in ANCESTORS else 0 for tag in _TAGS] + [0])
_OWN = np.array([OWN_TAGS.index(tag) if tag in OWN_TAGS else -1 for tag in _TAGS] + [-1], np.int8)
_HIDING = ("display:none", "display: none", "visibility:hidden", "visibility: hidden")
_PATH_BASE = 1_000_003
"""Paths of tags are told apart by a polynomial of the tags' numbers to this base, modulo 2**63."""


@dataclass(slots=True)
class Structure:
    """Facts of each element: by element index (one entry more, the last, for "no element", which -1 finds)."""

    own_tag: NDArray[np.int8]
    """Index in ``OWN_TAGS``; -1 for another tag."""
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
    number = _Numbers(zip(_TAGS, range(len(_TAGS)), strict=True))
    which = np.empty(count + 1, np.int64)
    which[:-1] = [number[tag] for tag in tags]
    which[-1] = len(_TAGS)
    # what elements inherit, one row a fact, so that one look-up serves all
    facts = np.empty((6, count + 1), np.int64)
    odds = facts[3:].view(np.float64)
    _BITS.take(which, out=facts[0], mode="clip")
    hidden = [
        i
        for i, attrs in enumerate(attributes)
        if ("style" in attrs or "hidden" in attrs or "aria-hidden" in attrs) and _is_hidden(attrs)
    ]
    facts[0][hidden] |= 1 << HIDDEN
    facts[1] = 1
    facts[2] = which + 1
    facts[1:3, -1] = 0
    parent = np.empty(count + 1, np.int64)
    parent[:-1] = parents
    parent[-1] = NO_ELEMENT
    parent[parent == NO_ELEMENT] = count
    own = _own_odds(attributes, lexicon)
    odds[:] = own
    last = np.arange(count + 1)
    last += _inherit(parent, facts) - 1  # an element's descendants stand right behind it
    last[-1] = count
    bits, depth, path = facts[:3]
    return Structure(_OWN.take(which, mode="clip"), parent, last, bits, depth, own, odds, path)


class _Numbers(dict[str, int]):
    """Gives every new tag the next number."""

    def __missing__(self, tag: str) -> int:
        self[tag] = number = len(self)
        return number


def _own_odds(attributes: list[Mapping[str, str]], lexicon: Lexicon) -> Masses:
    known, name_odds = lexicon.memo.get, lexicon.name_odds
    odds = [
        known(names := (attrs.get("class"), attrs["id"]) if "id" in attrs else attrs.get("class")) or name_odds(names)
        if attrs
        else NO_ODDS
        for attrs in attributes
    ]
    odds.append(NO_ODDS)
    return np.ascontiguousarray(np.frombuffer(b"".join(odds)).reshape(-1, 3).T)


def _inherit(parent: Ints, facts: Ints) -> Ints:
    """Give every element, in place, what all its ancestors have: bits, depth and path, then the sum, the lowest and the
    highest of the odds. The other way round, each counts the elements in it, with itself; these are returned.
    """
    none = len(parent) - 1
    bits, depth, path = facts[:3]
    total, low, high = facts[3:].view(np.float64)
    up, base = parent, np.array([_PATH_BASE])
    sizes = np.ones(len(parent))
    while np.minimum.reduce(up) != none:
        above = facts.take(up, axis=1)
        odds = above[3:].view(np.float64)
        bits |= above[0]
        depth += above[1]
        above[2] *= base  # the paths' polynomial wraps around
        path += above[2]
        total += odds[0]
        np.minimum(low, odds[1], out=low)
        np.maximum(high, odds[2], out=high)
        sizes += np.bincount(up, sizes, len(sizes))
        sizes[-1] = 0
        base = base * base
        up = up.take(up)
    return sizes.astype(np.int64)


def _is_hidden(attrs: Mapping[str, str]) -> bool:
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    style = attrs.get("style")
    return style is not None and any(words in style for words in _HIDING)
