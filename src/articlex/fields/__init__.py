"""One field, one module, one public function ``find_...(scene) -> Found | None``; this is their order.

A finder sees what those before it found (``scene.found``), so the order is part of the meaning: the headline is
found first because kicker, standfirst and byline are looked for around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from articlex.fields.found import Claim, Found, Scene
from articlex.fields.headline import find_headline
from articlex.page import Page

__all__ = ["FIELDS", "Claim", "Found", "Scene", "find_fields"]

Finder = Callable[[Scene], Found[Any] | None]

FIELDS: tuple[tuple[str, Finder], ...] = (
    ("title", find_headline),
)


def find_fields(page: Page, scores: Sequence[float], first: int, last: int) -> Scene:
    """Run every finder in order; returns the scene with what they found."""
    scene = Scene(page, scores, first, last)
    for name, find in FIELDS:
        if (found := find(scene)) is not None:
            scene.found[name] = found
    return scene
