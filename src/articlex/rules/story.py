"""What the rules look at and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from articlex.article import Role
from articlex.fields import Scene
from articlex.page import Block, Page
from articlex.scoring import Scored


@dataclass(frozen=True, slots=True)
class Part:
    """The role of a block and the reason for it, a short code."""

    role: Role
    reason: str


@dataclass(slots=True)
class Story:
    """A page whose blocks have the roles that fields and scores gave them; ``change`` alone changes ``parts``."""

    page: Page
    scored: Scored
    scene: Scene
    parts: list[Part]
    blocks: list[Block] = field(init=False)
    """Those of the page."""
    _body: list[int] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.blocks = self.page.blocks

    @property
    def body(self) -> list[int]:
        """The numbers of the blocks taken as body so far."""
        if self._body is None:
            self._body = [i for i, part in enumerate(self.parts) if part.role == "body"]
        return self._body

    def change(self, changes: Iterable[tuple[int, Part]]) -> None:
        """Give blocks other parts, all at once: a rule sees the story as the rule before it left it."""
        for i, part in tuple(changes):
            self.parts[i] = part
            self._body = None

    def size(self, blocks: list[int]) -> int:
        """Characters of these blocks."""
        return sum([len(self.blocks[i].text) for i in blocks])
