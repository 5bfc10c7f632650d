"""The three forests that score blocks: two for the first look, and the body's for the second.

The body's forest learns from what first forests say that have not seen the page, as they will not have seen a page of
tomorrow; so first forests are grown without each fold, and, for the cross-validation, without each two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from articlex.scoring.catalogue import FEATURES, FIRST, ROLES
from articlex.scoring.forest import Forest, Together, sigmoid, softmax
from articlex.scoring.scorer import look_twice
from corpora import FOLDS, Sample
from grow import grow
from prepare import token_weights

FIRST_TREES = {"iterations": 100, "learning_rate": 0.2}
ROLE_TREES = {"iterations": 100, "learning_rate": 0.16, "depth": 5}
BODY_TREES = {"html": {"iterations": 400, "learning_rate": 0.09}, "text": {"iterations": 250, "learning_rate": 0.12}}
_ROLE_OF = {
    **{role: role for role in ROLES}, "": "chrome", "correction": "credit", "paywall": "promotion",
    **dict.fromkeys(("headline", "kicker", "byline", "date", "section", "tags"), "heading_data"),
}  # fmt: skip
_EARLY = 2
"""A standfirst is looked for among this many first gold blocks."""
_HAND = 1.5
"""What a page labelled by hand weighs."""
Rows = list[np.ndarray]


@dataclass
class Looks:
    """Grows the forests of one kind of input, each first look once."""

    pages: list[Sample]
    rows: Rows
    source: str
    say: Callable[[str], None]
    _first: dict[frozenset[int], tuple[Forest, Forest]] = field(default_factory=dict)

    def grow(self, without: int | None = None) -> dict[str, Forest]:
        """The forests by name, from all pages or all but those of a fold."""
        held = frozenset() if without is None else frozenset({without})
        first, roles = self._first_look(held)
        learn = [i for i, page in enumerate(self.pages) if page.fold not in held]
        matrices: Rows = []
        for i in learn:
            other = self._first_look(held | {self.pages[i].fold})
            matrices.append(self._both_looks(i, *other))
        body = self._body(learn, matrices, roles, BODY_TREES[self.source])
        self.say(f"forests without {without}")
        return {"first": first, "roles": roles, "body": body}

    def body_odds(self, i: int, forests: dict[str, Forest]) -> np.ndarray:
        """The probability of each block of a page to be body."""
        return sigmoid(forests["body"](self._both_looks(i, forests["first"], forests["roles"]))[0])

    def _both_looks(self, i: int, first: Forest, roles: Forest) -> np.ndarray:
        matrix = np.zeros((len(FEATURES), self.rows[i].shape[1]), np.float32)
        matrix[: len(FIRST)] = self.rows[i]
        look_twice(matrix, Together(first, roles))
        return matrix

    def _first_look(self, held: frozenset[int]) -> tuple[Forest, Forest]:
        if held not in self._first:
            learn = [i for i, page in enumerate(self.pages) if page.fold not in held]
            roles = self._roles(learn)
            first = self._body(learn, [self.rows[i] for i in learn], roles, FIRST_TREES)
            self._first[held] = first, roles
            self.say(f"first look without {sorted(held)} of {FOLDS}")
        return self._first[held]

    def _roles(self, learn: list[int]) -> Forest:
        """The role forest, from the pages labelled by hand."""
        hand = [i for i in learn if self.pages[i].roles is not None]
        labels = np.concatenate([[ROLES.index(_ROLE_OF[role]) for role in self.pages[i].roles or ()] for i in hand])
        weights = np.concatenate([token_weights(self.pages[i], 100) for i in hand])
        return grow(np.concatenate([self.rows[i] for i in hand], 1).T, labels, weights, "MultiClass", **ROLE_TREES)

    def _body(self, learn: list[int], matrices: Rows, roles: Forest, options: dict[str, float]) -> Forest:
        """A forest for the body. Where a corpus keeps the standfirst in its text, such blocks teach nothing: the
        record has them as a field of their own.
        """
        weights = []
        for i in learn:
            page, own = self.pages[i], token_weights(self.pages[i])
            if page.roles is None:
                early = np.cumsum((np.nan_to_num(page.target) > 0.5) & (page.sizes > 12)) <= _EARLY
                own[early & (softmax(roles(self.rows[i]))[1] > 0.5)] = 0
            else:
                own = own * _HAND
            weights.append(own)
        weight = np.concatenate(weights)
        target = np.concatenate([np.clip(self.pages[i].target, 0, 1) for i in learn])
        known = weight > 0
        matrix = np.concatenate(matrices, 1).T
        return grow(matrix[known], target[known], weight[known], "CrossEntropy", **options)
