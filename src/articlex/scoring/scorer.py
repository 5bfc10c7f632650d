"""Probability of being body, by block."""

from __future__ import annotations

from dataclasses import dataclass

from articlex.options import Options
from articlex.page import Page

_THRESHOLDS = {"balanced": 0.5, "precision": 0.65, "recall": 0.35}


@dataclass(frozen=True, slots=True)
class Scored:
    """``body[i]`` is the probability that block ``i`` is body; blocks at or above ``threshold`` are taken."""

    body: list[float]
    threshold: float
    roles: list[str]
    role_odds: list[float]
    article: float = 1.0
    confidence: float = 0.5

    def bounds(self) -> tuple[int, int]:
        """First and last block taken; (0, -1) when there is none."""
        taken = [i for i, p in enumerate(self.body) if p >= self.threshold]
        return (taken[0], taken[-1]) if taken else (0, -1)


def score(page: Page, options: Options) -> Scored:
    """Score the blocks of a page (first version: long unlinked text)."""
    scores = []
    for block in page.blocks:
        length = len(block.text)
        density = block.link_chars / max(length, 1)
        scores.append(0.9 if length > 80 and density < 0.3 else 0.3 if block.kind == "heading" else 0.1)
    n = len(scores)
    return Scored(scores, _THRESHOLDS[options.focus], ['chrome'] * n, [0.0] * n)


def explain_all(page, scored, indices):
    return [()] * len(indices)
