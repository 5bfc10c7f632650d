"""Facts of the elements a block stands in: their tags, names, text masses, and how many blocks are alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlex.article import BlockKind
from articlex.page import NO_ELEMENT, Page
from articlex.scoring.lexicon import Lexicon
from articlex.scoring.structure import ANCESTORS, HIDDEN, Structure, read_structure

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Masses = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]
_KINDS = ("paragraph", "heading", "list_item", "quotation", "code", "table_row", "caption")
_KIND = {kind: i for i, kind in enumerate(_KINDS)}
OWN_TAGS = ("p", "div", "li", "td", "span", "a", "button", "h1", "h2", "h3", "section", "body")
_OWN_TAG = {tag: i for i, tag in enumerate(OWN_TAGS)}
_INHERITED = [*(f"in_{tag}" for tag in ANCESTORS), "hidden"]
_TAG_NAMES = [f"tag_{tag}" for tag in OWN_TAGS]
_KIND_NAMES = [f"kind_{kind}" for kind in _KINDS]
_MAIN_SHARE = 0.6
"""The main container is the smallest element with this share of the page's prose."""


def kind_facts(kinds: Sequence[BlockKind], levels: Floats) -> Columns:
    """What the blocks are by their markup."""
    columns = _one_hot([_KIND[kind] for kind in kinds], _KIND_NAMES)
    columns["level"] = levels
    return columns


def container_facts(page: Page, at: list[int], lexicon: Lexicon, mass: Masses, plain: Floats, chars: Floats) -> Columns:
    """All facts about a block's surroundings in the markup; ``at`` holds the element of each block."""
    structure = read_structure(page, lexicon)
    # -1 ("no element") is the last entry of every array of the structure
    where = np.array(at, np.int64)
    up = structure.parent[where]
    upper = structure.parent[up]
    columns = _tag_facts(structure, at, where)
    columns.update(_odds_facts(structure, where, up, upper))
    columns.update(_mass_facts(structure, (where, up, upper), mass, plain, chars))
    columns.update(_alike_facts(page, structure, at, up, mass, chars))
    return columns


def _one_hot(numbers: list[int], names: list[str]) -> Columns:
    hot = np.array(numbers, np.int64) == np.arange(len(names))[:, None]
    return dict(zip(names, hot, strict=True))


def _tag_facts(structure: Structure, at: list[int], where: Ints) -> Columns:
    bits = structure.bits[where] & 1 << np.arange(HIDDEN + 1)[:, None]
    columns: Columns = dict(zip(_INHERITED, bits != 0, strict=True))
    own = [_OWN_TAG.get(tag, -1) for tag in structure.tags]
    own.append(-1)
    columns.update(_one_hot([own[i] for i in at], _TAG_NAMES))
    columns["depth"] = structure.depth[where]
    return columns


def _odds_facts(structure: Structure, where: Ints, up: Ints, upper: Ints) -> Columns:
    """Sum, min and max of the name odds of the element and its two nearest ancestors, and of all its ancestors."""
    own, first, second = (structure.own[:, at] for at in (where, up, upper))
    far = structure.far[:, where]
    return {
        "near_odds_sum": own[0] + first[0] + second[0],
        "near_odds_min": np.minimum(np.minimum(own[1], first[1]), second[1]),
        "near_odds_max": np.maximum(np.maximum(own[2], first[2]), second[2]),
        "far_odds_sum": far[0],
        "far_odds_min": far[1],
        "far_odds_max": far[2],
    }


def _mass_facts(
    structure: Structure, places: tuple[Ints, Ints, Ints], mass: Masses, plain: Floats, chars: Floats
) -> Columns:
    """Where the prose is (Readability's idea: a paragraph counts for its parent and half for its grandparent), and
    the share of linked text in the element, its parent and its grandparent.
    """
    where, up, upper = places
    count = len(structure.parent)
    held = np.bincount(up, mass, count) + 0.5 * np.bincount(upper, mass, count)
    held[-1] = 0
    best = max(held.max(), 1.0)
    total = max(mass.sum(), 1.0)
    all_mass, text, unlinked = _subtrees(structure, where, (mass, chars, plain))
    density = 1 - unlinked / np.maximum(text, 1)
    below = _below_main(structure, where, all_mass, total) if mass.any() else np.zeros(len(mass))
    return {
        "parent_mass": held[up] / best,
        "grandparent_mass": held[upper] / best,
        "best_mass": _best_above(structure, held)[where] / best,
        "parent_share": all_mass[up] / total,
        "grandparent_share": all_mass[upper] / total,
        "in_main_container": below > 0,
        "below_main": below,
        "element_links": density[where],
        "parent_links": density[up],
        "grandparent_links": density[upper],
        "parent_chars": np.log1p(text[up]),
    }


def _subtrees(structure: Structure, where: Ints, series: tuple[NDArray[np.floating], ...]) -> list[Masses]:
    """The sums over each element and everything in it, which stands right behind it; 0 for "no element"."""
    count = len(structure.parent)
    at = np.where(where < 0, count - 1, where)
    sums = np.zeros((len(series), count + 1))
    for row, values in zip(sums, series, strict=True):
        np.cumsum(np.bincount(at, values, count), out=row[1:])
    totals = sums[:, structure.last + 1] - sums[:, :-1]
    totals[:, -1] = 0
    return list(totals)


def _below_main(structure: Structure, where: Ints, all_mass: Masses, total: float) -> Ints:
    """How deep below the main container (1 for the container itself) the elements stand; 0 outside of it."""
    main = np.flatnonzero(all_mass[:-1] >= _MAIN_SHARE * total)
    if not len(main):
        return np.zeros(len(where), np.int64)
    root = main[-1]
    inside = (where >= root) & (where <= structure.last[root])
    depth = structure.depth
    return np.where(inside, depth[where] - depth[root] + 1, 0)


def _best_above(structure: Structure, held: Masses) -> Masses:
    """The largest value of each element and its ancestors."""
    best = np.zeros(len(held))
    for i in sorted(np.flatnonzero(held).tolist(), key=held.__getitem__):  # few: the parents of prose
        best[i : structure.last[i] + 1] = held[i]
    return best


def _alike_facts(page: Page, structure: Structure, at: list[int], up: Ints, mass: Masses, chars: Floats) -> Columns:
    """How much prose stands in elements of the same path or class, and how many siblings repeat."""
    total = max(mass.sum(), 1.0)
    attrs = page.elements.attrs
    path = _numbered(structure.path[at])
    classes: dict[str, int] = {}
    names = [classes.setdefault(attrs[i].get("class", "") if i != NO_ELEMENT else "", len(classes)) for i in at]
    signature = _numbered(path * len(classes) + np.array(names, np.int64))
    kinds = int(path.max()) + 1
    sibling = _numbered(up * kinds + path)  # elements of the same kind under one parent
    cousin = _numbered(structure.parent[up] * kinds + path)  # one block an item, as in lists of teasers
    sizes = np.bincount(cousin)
    return {
        "path_share": np.bincount(path, mass)[path] / total,
        "class_share": np.bincount(signature, mass)[signature] / total,
        "class_blocks": np.log1p(np.bincount(signature)[signature]),
        "siblings": np.log1p(np.bincount(sibling)[sibling]),
        "cousins": np.log1p(sizes[cousin]),
        "cousin_chars": (np.bincount(cousin, chars) / sizes)[cousin],
    }


def _numbered(keys: Ints) -> Ints:
    """A number for each different key."""
    return np.asarray(np.unique(keys, return_inverse=True)[1], np.int64)
