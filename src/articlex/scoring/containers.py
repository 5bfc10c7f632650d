"""Facts of the elements a block stands in: their tags, names, text masses, and how many blocks are alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from articlex.page import NO_ELEMENT, Page
from articlex.scoring.lexicon import Lexicon
from articlex.scoring.structure import ANCESTORS, HIDDEN, OWN_TAGS, Structure, read_structure, subtree

Floats = NDArray[np.float32]
Masses = NDArray[np.float64]
Columns = dict[str, Floats]
_KINDS = ("paragraph", "heading", "list_item", "quotation", "code", "table_row", "caption")
_MAIN_SHARE = 0.6
"""The main container is the smallest element with this share of the page's prose."""


def container_facts(page: Page, lexicon: Lexicon, mass: Masses, plain: Floats, chars: Floats) -> Columns:
    """All facts about a block's surroundings in the markup (zeros in a dump)."""
    blocks = page.blocks
    count = len(page.elements)
    at = np.fromiter((b.element if b.element != NO_ELEMENT else count for b in blocks), np.int64, len(blocks))
    structure = read_structure(page, lexicon)
    columns = _tag_facts(page, structure, at)
    columns.update(_mass_facts(structure, at, mass))
    columns.update(_density_facts(structure, at, plain, chars))
    columns.update(_alike_facts(structure, at, mass, chars))
    return columns


def _tag_facts(page: Page, structure: Structure, at: NDArray[np.int64]) -> Columns:
    columns: Columns = {}
    mask = structure.mask[at]
    for i, tag in enumerate(ANCESTORS):
        columns[f"in_{tag}"] = ((mask >> i) & 1).astype(np.float32)
    columns["hidden"] = (mask & HIDDEN != 0).astype(np.float32)
    names = {tag: i for i, tag in enumerate(OWN_TAGS)}
    tags = [names.get(element.tag, -1) for element in page.elements]
    tags.append(-1)
    own = np.array(tags)[at]
    for i, tag in enumerate(OWN_TAGS):
        columns[f"tag_{tag}"] = (own == i).astype(np.float32)
    kinds = {kind: i for i, kind in enumerate(_KINDS)}
    kind = np.fromiter((kinds[block.kind] for block in page.blocks), np.int64, len(page.blocks))
    for i, name in enumerate(_KINDS):
        columns[f"kind_{name}"] = (kind == i).astype(np.float32)
    columns["level"] = np.fromiter((block.level for block in page.blocks), np.float32, len(page.blocks))
    columns["depth"] = structure.depth[at]
    for row, fact in enumerate(("sum", "min", "max")):
        columns[f"near_odds_{fact}"] = structure.near[row][at]
        columns[f"far_odds_{fact}"] = structure.far[row][at]
    return columns


def _mass_facts(structure: Structure, at: NDArray[np.int64], mass: Masses) -> Columns:
    """Where the prose is: Readability's idea (a paragraph counts for its parent and half for its grandparent)."""
    parent = structure.parent
    count = len(parent)
    up = parent[at]
    upper = parent[up]
    own = np.bincount(at, mass, count)
    held = np.bincount(up, mass, count) + 0.5 * np.bincount(upper, mass, count)
    held[count - 1] = 0
    best = max(held.max(), 1.0)
    total = max(mass.sum(), 1.0)
    all_in = subtree(parent, own)
    main = np.flatnonzero(all_in[:-1] >= _MAIN_SHARE * total)
    inside, below = np.zeros(count, np.float32), np.zeros(count, np.float32)
    best_above = np.zeros(count, np.float64)
    if len(main) and mass.sum() > 0:
        root = int(main[-1])
        ups = parent.tolist()
        flags = [0.0] * count
        flags[root] = 1.0
        for i in range(root + 1, count - 1):
            if flags[ups[i]]:
                flags[i] = flags[ups[i]] + 1
        below = np.array(flags, np.float32)
        inside = (below > 0).astype(np.float32)
    scores, ups = held.tolist(), parent.tolist()
    for i in range(1, count - 1):
        scores[i] = max(scores[i], scores[ups[i]])
    best_above = np.array(scores)
    return {
        "parent_mass": (held[up] / best).astype(np.float32),
        "grandparent_mass": (held[upper] / best).astype(np.float32),
        "best_mass": (best_above[at] / best).astype(np.float32),
        "parent_share": (all_in[up] / total).astype(np.float32),
        "grandparent_share": (all_in[upper] / total).astype(np.float32),
        "in_main_container": inside[at],
        "below_main": below[at],
    }


def _density_facts(structure: Structure, at: NDArray[np.int64], plain: Floats, chars: Floats) -> Columns:
    """Share of linked text in the parent and grandparent."""
    parent = structure.parent
    count = len(parent)
    text = subtree(parent, np.bincount(at, chars, count))
    unlinked = subtree(parent, np.bincount(at, plain, count))
    density = (1 - unlinked / np.maximum(text, 1)).astype(np.float32)
    up = parent[at]
    return {
        "element_links": density[at],
        "parent_links": density[up],
        "grandparent_links": density[parent[up]],
        "parent_chars": np.log1p(text[up]).astype(np.float32),
    }


def _alike_facts(structure: Structure, at: NDArray[np.int64], mass: Masses, chars: Floats) -> Columns:
    """How much prose stands in elements of the same path or class, and how many siblings repeat."""
    total = max(mass.sum(), 1.0)
    path, signature = structure.path[at], structure.signature[at]
    up = structure.parent[at]
    by_path = np.bincount(path, mass)
    by_signature = np.bincount(signature, mass)
    pair = up * 100_003 + path  # siblings of the same kind under one parent
    _, group, sizes = np.unique(pair, return_inverse=True, return_counts=True)
    cousins = structure.parent[up] * 100_003 + path  # one block an item, as in lists of teasers
    _, cousin_group, cousin_sizes = np.unique(cousins, return_inverse=True, return_counts=True)
    lengths = np.bincount(cousin_group, chars)
    return {
        "path_share": (by_path[path] / total).astype(np.float32),
        "class_share": (by_signature[signature] / total).astype(np.float32),
        "class_blocks": np.log1p(np.bincount(signature)[signature]).astype(np.float32),
        "siblings": np.log1p(sizes[group]).astype(np.float32),
        "cousins": np.log1p(cousin_sizes[cousin_group]).astype(np.float32),
        "cousin_chars": (lengths / cousin_sizes)[cousin_group].astype(np.float32),
    }
