"""One field, one module, one public function ``find_...(scene) -> Found | None``; this is their order.

A finder sees what those before it found (``scene.found``), so the order is part of the meaning: the headline is
found first because kicker, standfirst and byline are looked for around it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from articlex.deadline import NEVER, Deadline
from articlex.fields.bylines import find_bylines
from articlex.fields.canonical import find_canonical_url
from articlex.fields.credits import find_credits
from articlex.fields.dateline import find_dateline
from articlex.fields.dates import find_modified, find_published
from articlex.fields.description import find_description
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.headline import find_headline
from articlex.fields.images import find_images
from articlex.fields.kicker import find_kicker
from articlex.fields.language import find_language
from articlex.fields.section import find_section
from articlex.fields.site_name import find_site_name
from articlex.fields.standfirst import find_standfirst
from articlex.fields.tags import find_tags
from articlex.page import Page
from articlex.scoring import Scored

__all__ = ["FIELDS", "Claim", "Found", "Scene", "find_fields"]

Finder = Callable[[Scene], Found[Any] | None]

FIELDS: tuple[tuple[str, Finder], ...] = (
    ("title", find_headline),
    ("language", find_language),
    ("site_name", find_site_name),
    ("description", find_description),
    ("canonical_url", find_canonical_url),
    ("section", find_section),
    ("tags", find_tags),
    ("kicker", find_kicker),
    ("images", find_images),
    ("published", find_published),
    ("modified", find_modified),
    ("bylines", find_bylines),
    ("dateline", find_dateline),
    ("standfirst", find_standfirst),
    ("credits", find_credits),
)


def find_fields(page: Page, scored: Scored, deadline: Deadline = NEVER) -> Scene:
    """Run every finder in order, until the deadline; returns the scene with what they found."""
    scene = Scene(page, scored.body, *scored.bounds(), roles=scored.roles, role_odds=scored.role_odds)
    for name, find in FIELDS:
        if deadline.passed:
            page.note("deadline")
            break
        if (found := find(scene)) is not None:
            scene.found[name] = found
    return scene
