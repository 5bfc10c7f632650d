"""Facts of the elements a block stands in: their tags, names, text masses, and how many blocks are alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from articlex.page import NO_ELEMENT, Block, Page
from articlex.scoring.catalogue import Rows, span
from articlex.scoring.lexicon import Lexicon
from articlex.scoring.structure import HIDDEN, Structure, read_structure

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Masses = NDArray[np.float64]
Marks = NDArray[np.bool_]
_KINDS = ("paragraph", "heading", "list_item", "quotation", "code", "table_row", "caption")
_KIND = {kind: i for i, kind in enumerate(_KINDS)}
_MAIN_SHARE = 0.6
"""The main container is the smallest element with this share of the page's prose."""


_KIND_ROWS = span("kind_paragraph", "kind_caption")
_INSIDE, _TAGS = span("in_nav", "hidden"), span("tag_p", "tag_body")
_ODDS = span("near_odds_sum", "far_odds_max")
_MASSES, _SHARES = span("parent_mass", "grandparent_mass"), span("parent_share", "grandparent_share")
_LINKS = span("element_links", "grandparent_links")
_ALIKE = span("class_blocks", "cousins")
_BITS = 1 << np.arange(HIDDEN + 1)[:, None]


def kind_facts(matrix: Floats, rows: Rows, blocks: Sequence[Block]) -> Marks:
    """What the blocks are by their markup; gives the headings."""
    kinds = np.frombuffer(bytes([_KIND[block.kind] for block in blocks]), np.uint8)
    matrix[_KIND_ROWS] = kinds == np.arange(len(_KINDS), dtype=np.uint8)[:, None]
    rows["level"][:] = [block.level for block in blocks]
    heading: Marks = kinds == _KIND["heading"]
    return heading


def container_facts(matrix: Floats, rows: Rows, page: Page, lexicon: Lexicon, mass: Masses, plain: Floats) -> None:
    """All facts about a block's surroundings in the markup."""
    structure = read_structure(page, lexicon)
    at = [block.element for block in page.blocks]
    # the element, its parent and its grandparent; the last entry of every array of the structure is "no element",
    # which -1 finds
    places = np.empty((3, len(at)), np.int64)
    places[0] = at
    structure.parent.take(places[0], out=places[1])
    structure.parent.take(places[1], out=places[2])
    matrix[_INSIDE] = structure.bits.take(places[0]) & _BITS != 0
    matrix[_TAGS] = structure.own_tag.take(places[0]) == np.arange(_TAGS.stop - _TAGS.start, dtype=np.int8)[:, None]
    rows["depth"][:] = structure.depth.take(places[0])
    _odds_facts(matrix[_ODDS].reshape(3, 2, -1), structure, places)
    _mass_facts(matrix, rows, structure, places, mass, plain)
    _alike_facts(matrix, rows, page, structure.path.take(places[0]), places, mass)


def _odds_facts(out: Floats, structure: Structure, places: Ints) -> None:
    """Sum, min and max of the name odds of the element and its two nearest ancestors, and of all its ancestors."""
    near = structure.own.take(places, axis=1)
    np.add.reduce(near[0], axis=0, out=out[0, 0])
    np.minimum.reduce(near[1], axis=0, out=out[1, 0])
    np.maximum.reduce(near[2], axis=0, out=out[2, 0])
    out[:, 1] = structure.far.take(places[0], axis=1)


def _mass_facts(matrix: Floats, rows: Rows, structure: Structure, places: Ints, mass: Masses, plain: Floats) -> None:
    """Where the prose is (Readability's idea: a paragraph counts for its parent and half for its grandparent), and
    the share of linked text in the element, its parent and its grandparent.
    """
    where, up, upper = places
    count = len(structure.parent)
    held = np.bincount(up, mass, count) + 0.5 * np.bincount(upper, mass, count)
    held[-1] = 0
    best = max(np.maximum.reduce(held), 1.0)
    total = max(np.add.reduce(mass), 1.0)
    all_mass, text, unlinked = _subtrees(structure, where, (mass, rows["chars"], plain))
    density = 1 - unlinked / np.maximum(text, 1)
    np.divide(held.take(places[1:]), best, out=matrix[_MASSES], casting="same_kind")
    np.divide(all_mass.take(places[1:]), total, out=matrix[_SHARES], casting="same_kind")
    rows["best_mass"][:] = _best_above(structure, held).take(where) / best
    matrix[_LINKS] = density.take(places)
    rows["parent_chars"][:] = np.log1p(text.take(up))
    if mass.any():
        _below_main(rows, structure, where, all_mass, total)


def _subtrees(structure: Structure, where: Ints, series: tuple[NDArray[np.floating], ...]) -> Masses:
    """The sums over each element and everything in it, which stands right behind it; 0 for "no element"."""
    count = len(structure.parent)
    at = where if where.min() >= 0 else np.where(where < 0, count - 1, where)
    sums = np.zeros((len(series), count + 1))
    for row, values in zip(sums, series, strict=True):
        np.add.accumulate(np.bincount(at, values, count), out=row[1:])
    totals: Masses = sums.take(structure.last + 1, axis=1) - sums[:, :-1]
    totals[:, -1] = 0
    return totals


def _below_main(rows: Rows, structure: Structure, where: Ints, all_mass: Masses, total: float) -> None:
    """How deep below the main container (1 for the container itself) the elements stand; 0 outside of it."""
    main = (all_mass[:-1] >= _MAIN_SHARE * total).nonzero()[0]
    if not len(main):
        return
    root = main[-1]
    inside = (where >= root) & (where <= structure.last[root])
    rows["in_main_container"][:] = inside
    np.copyto(rows["below_main"], rows["depth"] - (structure.depth[root] - 1), where=inside, casting="same_kind")


def _best_above(structure: Structure, held: Masses) -> Masses:
    """The largest value of each element and its ancestors."""
    best = np.zeros(len(held))
    where = held.nonzero()[0]  # few: the parents of prose
    values, stops = held.take(where).tolist(), (structure.last.take(where) + 1).tolist()
    for value, start, stop in sorted(zip(values, where.tolist(), stops, strict=True)):
        best[start:stop] = value
    return best


def _alike_facts(matrix: Floats, rows: Rows, page: Page, path: Ints, places: Ints, mass: Masses) -> None:
    """How much prose stands in elements of the same path or class, and how many siblings repeat."""
    total = max(np.add.reduce(mass), 1.0)
    attrs = page.elements.attrs
    classes: dict[str, int] = {}
    names = [
        classes.setdefault(attrs[i].get("class", "") if i != NO_ELEMENT else "", len(classes))
        for i in places[0].tolist()
    ]
    path = _numbered(path)
    # elements of the same path and class; of the same path under one parent, or under one grandparent (one block an
    # item, as in lists of teasers)
    within = places.copy()
    within[0] = names
    kinds = int(np.maximum.reduce(path)) + 1
    keys = within * kinds + path
    keys += np.arange(0, 3 * keys.max() + 3, keys.max() + 1)[:, None]
    alike = _numbered(keys.ravel()).reshape(3, -1)
    sizes = np.bincount(alike.ravel()).take(alike)
    signature, _, cousin = alike
    rows["path_share"][:] = np.bincount(path, mass).take(path) / total
    rows["class_share"][:] = np.bincount(signature, mass).take(signature) / total
    matrix[_ALIKE] = np.log1p(sizes)
    rows["cousin_chars"][:] = np.bincount(cousin, rows["chars"]).take(cousin) / sizes[2]


def _numbered(keys: Ints) -> Ints:
    """A number for each different key."""
    order = keys.argsort()
    ordered = keys.take(order)
    starts = np.empty(len(keys), np.bool_)
    starts[0] = False
    np.not_equal(ordered[1:], ordered[:-1], out=starts[1:])
    numbers = np.empty(len(keys), np.int64)
    numbers[order] = np.add.accumulate(starts, dtype=np.int64)
    return numbers
