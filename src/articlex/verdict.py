"""The verdict: what kind of page this is, how sure the record is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from articlex.article import Status
from articlex.fields import Scene
from articlex.page import Page
from articlex.rules import Part
from articlex.scoring import Scored
from articlex.vocabulary import contains_cue

LIKELY_ARTICLE = 0.5
"""Probability from which a page is taken for an article."""
_PARTIAL = 0.5
"""Below this confidence the body is called partial: half of it is likely to be wrong or missing."""
_SHORT = 1_500
"""Characters of a body behind a paywall: a teaser, not the article."""
_TAIL = 12
"""Blocks after the body where a paywall announces itself."""
_CUT_SHORT = frozenset({"input_truncated", "blocks_limited", "deadline"})


class Verdict(NamedTuple):
    """Status, confidence (0..1, the body F1 to expect) and the reasons, as short codes."""

    status: Status
    confidence: float
    reasons: tuple[str, ...]


def judge(page: Page, scored: Scored, scene: Scene, parts: Sequence[Part], body: list[int]) -> Verdict:
    """The verdict on a page whose blocks have their roles; ``body`` are those of its body."""
    whys = {part.reason for part in parts}
    reasons = list(page.reasons)
    if "another_article" in whys:
        reasons.append("several_articles")
    if "teasers" in whys:
        reasons.append("teasers")
    if not body:
        return Verdict(*_without_body(page, reasons))
    confidence = round(scored.confidence, 4)
    status: Status = "article"
    if scored.article < LIKELY_ARTICLE:
        status = "not_article"
        reasons.append("unlike_article")
    elif wall := _paywall(page, scene, parts, body):
        status = "paywalled"
        reasons.append(wall)
    elif _CUT_SHORT.intersection(reasons):
        status = "partial"
    elif confidence < _PARTIAL:
        status = "partial"
        reasons.append("low_confidence")
    return Verdict(status, confidence, tuple(dict.fromkeys(reasons)))


def _without_body(page: Page, reasons: list[str]) -> tuple[Status, float, tuple[str, ...]]:
    """No block was taken: nothing there, or nothing that reads like an article."""
    if not page.blocks:
        return "empty", 0.0, tuple(dict.fromkeys([*reasons, "no_text"]))
    return "not_article", 0.0, tuple(dict.fromkeys([*reasons, "no_body"]))


def _paywall(page: Page, scene: Scene, parts: Sequence[Part], body: list[int]) -> str | None:
    """Why the text is taken to be cut off by a paywall, if it is."""
    size = sum(len(page.blocks[i].text) for i in body)
    if size > _SHORT:
        return None
    free = [node["isAccessibleForFree"] for node in scene.articles if "isAccessibleForFree" in node]
    if any(str(value).lower() in ("false", "0", "no") for value in free):
        return "not_accessible_for_free"
    after = range(body[-1] + 1, min(len(page.blocks), body[-1] + 1 + _TAIL))
    if any(parts[i].role == "paywall" or _is_wall(page.blocks[i].text) for i in after):
        return "paywall_line"
    return None


def _is_wall(text: str) -> bool:
    """Whether a line closes the article, not the comments, to others than subscribers, and does not just offer more."""
    wall = contains_cue(text, "paywall_cues")
    offer = contains_cue(text, "newsletter_cues") or ""
    return wall is not None and wall not in offer and contains_cue(text, "comment_cues") is None
