"""Every block gets the probability of being article body, for HTML and dumps alike."""

from __future__ import annotations

from articlex.scoring.scorer import Scored, explain_all, score

__all__ = ["Scored", "explain_all", "score"]
