"""The scores of a page: body probability, role probabilities, verdict and confidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articlex.options import Focus, Options
from articlex.page import Page
from articlex.scoring.catalogue import FEATURES, FIRST, ROLES
from articlex.scoring.features import fill
from articlex.scoring.forest import Together, sigmoid, softmax
from articlex.scoring.page_facts import page_facts
from articlex.scoring.second import mean_of_best, second_look
from articlex.scoring.weights import Model, model

Floats = NDArray[np.float32]

FOCUS: dict[Focus, float] = {"balanced": 1.0, "precision": 1.3, "recall": 0.6}
"""The threshold is multiplied by this."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a page.

    ``body[i]`` is the probability (0..1) that block ``i`` is body; blocks at or above ``threshold`` are taken.
    ``roles[i]`` is the likeliest role other than body, one of ``catalogue.ROLES``, and ``role_odds[i]`` its
    probability. ``article`` is the probability that the page is an article, ``confidence`` the body F1 to expect.
    ``matrix`` holds the facts of the blocks where an explanation is asked for.
    """

    body: list[float]
    threshold: float
    roles: list[str]
    role_odds: list[float]
    article: float
    confidence: float
    matrix: Floats

    def bounds(self) -> tuple[int, int]:
        """First and last block taken; (0, -1) when there is none."""
        taken = [i for i, p in enumerate(self.body) if p >= self.threshold]
        return (taken[0], taken[-1]) if taken else (0, -1)


def score(page: Page, options: Options) -> Scored:
    """Score every block of a page and the page as a whole."""
    weights = model(page.source)
    if not page.blocks:
        return Scored([], weights.threshold, [], [], 0.0, 0.0, np.zeros((len(FEATURES), 0), np.float32))
    matrix = np.zeros((len(FEATURES), len(page.blocks)), np.float32)
    fill(page, weights.lexicon, matrix)
    roles = look_twice(matrix, weights.looks)
    body = sigmoid(weights.body(matrix)[0])
    threshold = page_threshold(body, weights.threshold) * FOCUS[options.focus]
    facts = page_facts(page, matrix, body, threshold)
    article, confidence = (float(sigmoid(odds)[0, 0]) for odds in weights.judges(facts))
    other = roles[1:]
    return Scored(
        body=body.tolist(),
        threshold=threshold,
        roles=[ROLES[i + 1] for i in other.argmax(0).tolist()],
        role_odds=np.maximum.reduce(other, axis=0).tolist(),
        article=article,
        confidence=confidence,
        matrix=matrix if options.explain else matrix[:, :0].copy(),
    )


def look_twice(matrix: Floats, looks: Together) -> Floats:
    """Fill the rows of ``catalogue.SECOND`` from those of ``catalogue.FIRST``; gives the probabilities of the roles."""
    first, roles = looks(matrix)
    found = softmax(roles)
    second_look(sigmoid(first[0]), found, matrix[0], matrix[len(FIRST) :])
    return found


def page_threshold(body: Floats, threshold: float) -> float:
    """The threshold of this page: scaled by its best blocks, so that an odd page does not come out empty.

    (Measured in ``docs/scoring.md``: better than a fixed threshold, an expected-F1 cut, and smoothing.)
    """
    return max(0.08, threshold * float(mean_of_best(body))) if len(body) else threshold


def explain_all(page: Page, scored: Scored, indices: list[int], most: int = 5) -> list[tuple[tuple[str, float], ...]]:
    """The features that moved each block's body score most, with their signed part of its log-odds."""
    weights: Model = model(page.source)
    names = list(FEATURES)
    facts = []
    for at in range(0, len(indices), 256):
        moved = weights.body.contributions(scored.matrix[:, indices[at : at + 256]])
        for column in moved.T:
            best = np.argsort(-np.abs(column))[:most]
            facts.append(tuple((names[i], round(float(column[i]), 3)) for i in best if abs(column[i]) >= 0.01))
    return facts
