"""Exactly one role, and the reason for it, for every block."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from articlex.article import Role
from articlex.fields import Scene
from articlex.fingerprint import fingerprint
from articlex.page import Page
from articlex.scoring import Scored

_VETO = 0.85
"""A block whose likeliest other role is this probable is not body, whatever its score."""
_VETOED = frozenset({"standfirst", "caption", "credit", "promotion", "related", "comment"})
_REPEAT = 40
"""Characters from which a second copy of a body block is a repetition and not a refrain."""
_ROLES: dict[str, Role] = {
    "standfirst": "standfirst", "caption": "caption", "credit": "credit", "note": "note", "promotion": "promotion",
    "related": "related", "comment": "comment", "heading_data": "chrome", "chrome": "chrome",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """The role of a block and the reason for it, a short code."""

    role: Role
    reason: str


def assign_roles(page: Page, scored: Scored, scene: Scene, recurring: Container[int] = ()) -> list[Part]:
    """A field's claim first, then what recurs on the site, then the scores."""
    claimed = scene.claimed
    parts: list[Part] = []
    seen: set[str] = set()
    for i, block in enumerate(page.blocks):
        claim = claimed.get(i)
        if claim:
            part = Part(claim.role, claim.reason)
        elif recurring and fingerprint(block.text) in recurring:
            part = Part("chrome", "recurring")
        elif block.kind == "caption":
            part = Part("caption", "caption_markup")
        else:
            part = _by_score(scored, i)
        if part.role == "body" and len(block.text) >= _REPEAT:
            if block.text in seen:
                part = Part("chrome", "repeated")
            seen.add(block.text)
        parts.append(part)
    return parts


def _by_score(scored: Scored, i: int) -> Part:
    other, odds = scored.roles[i], scored.role_odds[i]
    if scored.body[i] < scored.threshold:
        return Part(_ROLES[other], "low_score")
    if odds >= _VETO and other in _VETOED:
        return Part(_ROLES[other], "other_role")
    return Part("body", "score")
