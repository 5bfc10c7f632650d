"""Fit the weights of ``articlex.fields.headline_lines``: which line of a dump is its headline.

    python training/headline.py [--folds FOLDER]

A logistic choice among the lines of a page, over five renderings of every page with a known headline, once with the
page's address and once without. Prints the share of pages of other sites whose headline comes out, and the weights,
fitted to all pages, as the table the module holds. ``--folds`` names weights of the scorer that ``train.py --folds``
kept, so that its scores too are those of pages it has not seen.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from articlex.fields.dump_headline import _body_start, _candidates
from articlex.fields.found import Scene
from articlex.fields.headline_lines import OWN, WEIGHTS, Lines, is_possible
from articlex.fields.signals import fold
from articlex.options import Options
from articlex.reading import read
from articlex.scoring import score, scorer
from corpora import FOLDS, _gold, fold_of
from crossval import _model
from label import page_data
from renderers import RENDERERS

CORPORA = ("wcxb", "fundus", "trafilatura")
BY_HAND = ("heading_mark", "top_heading")
NAMES = [name for name in WEIGHTS if name not in BY_HAND]
RIDGE = 2.0


class Choice(NamedTuple):
    """A page: facts of each line (lines x names), which lines are its headline, and its fold."""

    facts: np.ndarray
    right: np.ndarray
    fold: int


def choices() -> Iterator[Choice]:
    for corpus in CORPORA:
        for gold in _gold(corpus):
            if not gold.get("title") or gold.get("page_type", "article") != "article":
                continue
            data = page_data(corpus, gold)
            fold_number = fold_of(gold.get("url"), gold["id"])
            if "ARTICLEX_FOLDS" in os.environ:
                scorer.model = lambda source, number=fold_number: _model(source, number)
            for render in RENDERERS.values():
                try:
                    text = render(data)
                except (ValueError, AssertionError, RecursionError, TypeError):
                    continue
                yield from (choice(text, url, gold["title"], fold_number) for url in (gold.get("url"), None))


def choice(text: str, url: str | None, title: str, fold_number: int) -> Choice:
    page = read(text, url, None, Options(input="text"))
    scored = score(page, Options())
    scene = Scene(page, scored.body, *scored.bounds(), roles=scored.roles, role_odds=scored.role_odds)
    rows, right = [], []
    if page.blocks:
        end = _body_start(scene)
        lines = Lines(scene, end)
        for i, line in _candidates(scene, end):
            if is_possible(line):
                facts = dict(zip(OWN, lines.own_facts(i, line), strict=True))
                facts.update(lines.shared_words(i, line))
                facts.update(lines.vocabulary_facts(i, line))
                rows.append([float(facts.get(name, 0)) for name in NAMES])
                right.append(fold(line) == fold(title))
    return Choice(np.array(rows).reshape(-1, len(NAMES)), np.array(right, bool), fold_number)


def fit(pages: list[Choice]) -> np.ndarray:
    """The weights under which the right lines are likeliest, with a ridge on the scaled ones."""
    pages = [page for page in pages if page.right.any()]
    sizes = np.array([len(page.facts) for page in pages])
    starts = np.cumsum(sizes) - sizes
    facts, right = np.concatenate([page.facts for page in pages]), np.concatenate([page.right for page in pages])
    scale = facts.std(0) + 1e-9
    facts = facts / scale

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = facts @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        every, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        slope = (odds / np.repeat(every, sizes) - odds * right / np.repeat(good, sizes)) @ facts
        return RIDGE * weights @ weights / 2 - np.log(good / every).sum(), slope + RIDGE * weights

    return minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x / scale


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", metavar="FOLDER")
    if folder := parser.parse_args().folds:
        os.environ["ARTICLEX_FOLDS"] = folder
    pages = list(choices())
    hits = 0
    for number in range(FOLDS):
        weights = fit([page for page in pages if page.fold != number])
        for page in pages:
            if page.fold == number and len(page.facts):
                hits += page.right[np.argmax(page.facts @ weights)]
    possible = sum(page.right.any() for page in pages)
    print(f"{len(pages)} dumps; headline found {hits / len(pages):.4f}, on a line {possible / len(pages):.4f}")
    for name, weight in zip(NAMES, fit(pages), strict=True):
        print(f'    "{name}": {weight:.1f},')


if __name__ == "__main__":
    main()
