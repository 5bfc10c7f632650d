"""Exactly one role, and the reason for it, for every block."""

from __future__ import annotations

from collections.abc import Container, Mapping

from articlex.article import Role
from articlex.fields import Claim, Scene
from articlex.fingerprint import fingerprint
from articlex.page import Page
from articlex.rules import RULES, Part, Story
from articlex.scoring import Scored
from articlex.scripts import is_unspaced
from articlex.verdict import LIKELY_ARTICLE
from articlex.vocabulary import possible_starts, starts_with_cue

_VETO = 0.85
"""A block whose likeliest other role is this probable is not body, whatever its score."""
_VETOED = frozenset({"standfirst", "caption", "credit", "promotion", "related", "comment"})
_SURE = 0.8
"""A caption by markup this likely to be body is body: galleries tell their story in captions."""
_REPEAT = 80
"""Characters from which a second copy of a body block is a repetition and not a refrain."""
_ROLES: dict[str, Role] = {
    "standfirst": "standfirst", "caption": "caption", "credit": "credit", "note": "note", "promotion": "promotion",
    "related": "related", "comment": "comment", "heading_data": "chrome", "chrome": "chrome",
}  # fmt: skip
_PARTING, _FEW = "·•|–—:", 40
_LINE = 220
"""Characters of the longest block that a cue at its beginning can tell."""
_CUES: dict[str, Role] = {
    "related_cues": "related", "newsletter_cues": "promotion", "advertisement_cues": "promotion",
    "paywall_cues": "paywall", "caption_labels": "caption", "credit_labels": "credit",
    "author_note_cues": "note", "copyright_cues": "chrome", "login_chrome": "chrome",
}  # fmt: skip
"""What a line is that begins so. Measured on the blocks taken as body of 510 pages labelled by hand: 68 lines of other
kinds to 5 of body, where a cue of one word without a colon does not count."""
_CATEGORIES = tuple(_CUES)
_BODY, _CAPTION = Part("body", "score"), Part("caption", "caption_markup")
_UNLIKE = {name: Part(role, "low_score") for name, role in _ROLES.items()}
_OTHER = {name: Part(_ROLES[name], "other_role") for name in _VETOED}


def assign_roles(page: Page, scored: Scored, scene: Scene, recurring: Container[int] = ()) -> list[Part]:
    """A field's claim first, then the scores, less what recurs on the site; the rules correct these.

    On pages that are no articles (shops, manuals) what recurs belongs to each of them: terms of shipping, versions.
    """
    if scored.article < LIKELY_ARTICLE:
        recurring = ()
    story = Story(page, scored, scene, first_roles(page, scored, scene, recurring))
    for rule in RULES:
        story.change(rule(story))
    return story.parts


def first_roles(page: Page, scored: Scored, scene: Scene, recurring: Container[int] = ()) -> list[Part]:
    """The roles before any rule."""
    parts = list(map(_UNLIKE.__getitem__, scored.roles))
    body, threshold = scored.body, scored.threshold
    for i in [i for i, block in enumerate(page.blocks) if block.kind == "caption"]:
        if body[i] < _SURE:
            parts[i] = _CAPTION
    claimed = _sensible_claims(page, scored, scene)
    for i, claim in claimed.items():
        parts[i] = Part(claim.role, claim.reason)
    seen: set[str] = set()
    for i in [i for i, score in enumerate(body) if score >= threshold]:
        if i not in claimed and parts[i] is not _CAPTION:
            parts[i] = _of_likely(page.blocks[i].text, scored, i, recurring, seen)
    return parts


def _of_likely(text: str, scored: Scored, i: int, recurring: Container[int], seen: set[str]) -> Part:
    """The part of a block whose score says body; ``seen`` holds the long texts of body before it."""
    other = scored.roles[i]
    if scored.role_odds[i] >= _VETO and other in _VETOED:
        return _OTHER[other]
    if len(text) <= _LINE and (part := _by_cue(text)):
        return part
    if recurring and fingerprint(text) in recurring:
        return Part("chrome", "recurring")
    if len(text) >= _REPEAT:
        if text in seen:
            return Part("chrome", "repeated")
        seen.add(text)
    return _BODY


def _sensible_claims(page: Page, scored: Scored, scene: Scene) -> Mapping[int, Claim]:
    """The claims, less those on a standfirst that is all the text there is: then it is the body."""
    claimed = scene.claimed
    own = [i for i, claim in claimed.items() if claim.role == "standfirst" and scored.body[i] >= scored.threshold]
    if not own:
        return claimed
    size = sum(len(page.blocks[i].text) for i in own)
    rest = sum(
        len(block.text)
        for i, block in enumerate(page.blocks)
        if i not in claimed and block.kind != "heading" and scored.body[i] >= scored.threshold
    )
    return claimed if rest >= size else {i: claim for i, claim in claimed.items() if i not in own}


def _by_cue(text: str) -> Part | None:
    for category in possible_starts(text, _CATEGORIES):
        cue = starts_with_cue(text, category)
        if cue and (" " in cue or not cue[-1].isalpha() or is_unspaced(cue) or _alone(text[len(cue) :].lstrip())):
            return Part(_CUES[category], category)
    return None


def _alone(rest: str) -> bool:
    """Whether a word has the line for itself, or is parted by a mark from a few more ("Advertisement · Continue")."""
    return not rest or (rest[0] in _PARTING and len(rest) < _FEW)
