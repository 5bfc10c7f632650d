"""What the rules look at and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from articlex.article import Role
from articlex.fields import Scene
from articlex.page import Block, Page
from articlex.scoring import Scored


@dataclass(frozen=True, slots=True)
class Part:
    """The role of a block and the reason for it, a short code."""

    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """A page whose blocks have the roles that fields and scores gave them; ``parts`` changes from rule to rule."""

    page: Page
    scored: Scored
    scene: Scene
    parts: list[Part]

    @property
    def body(self) -> list[int]:
        """The numbers of the blocks taken as body so far."""
        return [i for i, part in enumerate(self.parts) if part.role == "body"]

    def block(self, i: int) -> Block:
        """Block ``i`` of the page."""
        return self.page.blocks[i]

    def size(self, blocks: list[int]) -> int:
        """Characters of these blocks."""
        return sum(len(self.page.blocks[i].text) for i in blocks)
