"""The last stage: a role for every block, then a plain walk over the roles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from articlex.article import Article, Block, Removal, Role
from articlex.fields import Scene
from articlex.options import Options
from articlex.page import Page
from articlex.scoring import Scored
from articlex.version import VERSION


@dataclass(frozen=True, slots=True)
class Part:
    """The role of a block and the reason for it."""

    role: Role
    reason: str


def assign_roles(page: Page, scored: Scored, scene: Scene) -> list[Part]:
    """Exactly one role for every block: a field's claim first, then the score."""
    parts = []
    for i, block in enumerate(page.blocks):
        claim = scene.claimed.get(i)
        if claim:
            parts.append(Part(claim.role, claim.reason))
        elif block.kind == "caption":
            parts.append(Part("caption", "caption_markup"))
        elif scored.body[i] >= scored.threshold:
            parts.append(Part("body", "score"))
        else:
            parts.append(Part("chrome", "low_score"))
    return parts


def compose(page: Page, scored: Scored, scene: Scene, parts: list[Part], options: Options) -> Article:
    """The record."""
    body = tuple(
        Block(b.kind, b.text, b.level, b.ordered, b.cells, round(scored.body[i], 4), page.place(i))
        for i, b in enumerate(page.blocks)
        if parts[i].role == "body"
    )
    before = list(accumulate((part.role == "body" for part in parts), initial=0))
    removed = (
        tuple(
            Removal(b.text, parts[i].role, parts[i].reason, page.place(i), round(scored.body[i], 4), (), before[i])
            for i, b in enumerate(page.blocks)
            if parts[i].role != "body"
        )
        if options.explain
        else ()
    )
    return Article(
        status="article" if body else "empty",
        confidence=0.5 if body else 0.0,
        reasons=tuple(dict.fromkeys(page.reasons)),
        title=scene.value("title"),
        kicker=scene.value("kicker"),
        standfirst=scene.value("standfirst"),
        bylines=scene.value("bylines") or (),
        dateline=scene.value("dateline"),
        published=scene.value("published"),
        modified=scene.value("modified"),
        section=scene.value("section"),
        tags=scene.value("tags") or (),
        language=scene.value("language"),
        description=scene.value("description"),
        site_name=scene.value("site_name"),
        canonical_url=scene.value("canonical_url"),
        images=scene.value("images") or (),
        credits=scene.value("credits") or (),
        body=body,
        evidence={name: found.evidence for name, found in scene.found.items()},
        removed=removed,
        version=VERSION,
    )
