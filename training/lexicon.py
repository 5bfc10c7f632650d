"""The tables of ``articlex.scoring.lexicon``, learned from labelled blocks.

Each entry is the log-odds of body against the rest, counted in token mass that is normalised by page (so that no page
or domain outweighs the others), smoothed, clipped at +-4, and kept when it was seen on enough domains.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from articlex.scoring.lexicon import LINE_CHARS, Lexicon, Table, names_of
from articlex.scoring.words import end_words, line_numbers
from corpora import Sample, domain

_SHORT = 60
"""Words are learned from blocks with fewer tokens: in long paragraphs every word says "body"."""
Mass = dict[Any, list[float]]
"""By word number or by name: the mass outside and inside of bodies."""


def build(samples: Iterable[Sample], words: int = 9_000, lines: int = 2_500, names: int = 6_000) -> Lexicon:
    """The three tables with at most this many entries each: those seen in the most domains."""
    word_mass: Mass = defaultdict(lambda: [0.0, 0.0])
    line_mass: Mass = defaultdict(lambda: [0.0, 0.0])
    name_mass: Mass = defaultdict(lambda: [0.0, 0.0])
    seen: dict[str, dict[Any, set[str]]] = {kind: defaultdict(set) for kind in ("words", "lines", "names")}
    for sample in samples:
        _count(sample, (word_mass, line_mass, name_mass), seen)
    return Lexicon(
        _table(_odds(word_mass, seen["words"], words, 3, 2.0)),
        _table(_odds(line_mass, seen["lines"], lines, 3, 1.0)),
        _odds(name_mass, seen["names"], names, 2, 0.5),
    )


def _table(odds: dict[int, float]) -> Table:
    return Table(np.array(list(odds), np.uint32), np.array(list(odds.values()), np.float32))


def _count(sample: Sample, masses: tuple[Mass, Mass, Mass], seen: dict[str, dict[Any, set[str]]]) -> None:
    page, where = sample.page, domain(sample.gold.get("url"), sample.id)
    known = [i for i in range(len(page.blocks)) if sample.target[i] == sample.target[i]]
    total = sum(int(sample.sizes[i]) + 3 for i in known) or 1
    chains: dict[int, frozenset[str]] = {}
    found = end_words([block.text for block in page.blocks])
    lines = line_numbers(found).tolist()
    words: dict[int, set[int]] = defaultdict(set)
    for number, i in zip(found.numbers.tolist(), found.owner.tolist(), strict=True):
        words[i].add(number)
    for i in known:
        block, share = page.blocks[i], float(sample.target[i])
        if 0.2 < share < 0.8:
            continue
        side = int(share > 0.5)
        if sample.sizes[i] < _SHORT:
            for word in words[i]:
                masses[0][word][side] += 1 / 20
                seen["words"][word].add(where)
        if len(block.text) <= LINE_CHARS:
            masses[1][lines[i]][side] += 1
            seen["lines"][lines[i]].add(where)
        weight = (int(sample.sizes[i]) + 3) / total * 10
        for name in _names(sample, block.element, chains):
            masses[2][name][side] += weight
            seen["names"][name].add(where)


def _names(sample: Sample, element: int, chains: dict[int, frozenset[str]]) -> frozenset[str]:
    """Every name in the chain of an element."""
    if element < 0:
        return frozenset()
    if element not in chains:
        _, attrs, parent, _ = sample.page.elements[element]
        own = names_of(attrs.get("class", ""), attrs.get("id", ""))
        chains[element] = _names(sample, parent, chains) | frozenset(own)
    return chains[element]


def _odds(mass: Mass, seen: dict[Any, set[str]], most: int, domains: int, smooth: float) -> dict[Any, float]:
    total = [sum(pair[side] for pair in mass.values()) or 1.0 for side in (0, 1)]
    prior = math.log(total[1] / total[0])
    kept = [key for key in mass if len(seen[key]) >= domains]
    kept.sort(
        key=lambda key: (
            -len(seen[key]) * abs(math.log((mass[key][1] + smooth) / (mass[key][0] + smooth)) - prior),
            key,
        )
    )
    odds = {}
    for key in kept[:most]:
        value = math.log((mass[key][1] + smooth) / (mass[key][0] + smooth)) - prior
        odds[key] = round(max(-4.0, min(4.0, value)) * 16) / 16
    return dict(sorted(odds.items()))
