"""The headline as printed."""

from __future__ import annotations

from articlex.article import Evidence
from articlex.fields.found import Claim, Found, Scene


def find_headline(scene: Scene) -> Found[str] | None:
    """First version: the last h1 before the body."""
    page = scene.page
    for i, block in enumerate(page.blocks):
        if block.kind == "heading" and block.level == 1:
            return Found(block.text, Evidence("markup", block.text, page.place(i)), (Claim(i, "headline"),))
    return None
