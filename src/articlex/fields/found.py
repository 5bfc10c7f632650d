"""What finders work on and what they return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from articlex.article import Evidence, Role
from articlex.page import Page

T = TypeVar("T")


class Claim(NamedTuple):
    """A block that belongs to a field and therefore is not body; ``reason`` is a short code for ``Removal``."""

    block: int
    role: Role
    reason: str = "field"


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A field's value, where it comes from, and the visible blocks it claims."""

    value: T
    evidence: Evidence
    claims: tuple[Claim, ...] = ()


@dataclass
class Scene:
    """The scored page as the finders see it, with what the finders before them found.

    ``scores[i]`` is the probability that block ``i`` is article body; ``first`` and ``last`` bound the body
    (``first`` > ``last`` when there is none).
    """

    page: Page
    scores: Sequence[float]
    first: int
    last: int
    found: dict[str, Found[Any]] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value of a field found before, or ``None``."""
        found = self.found.get(name)
        return found.value if found else None

    @cached_property
    def headline(self) -> int | None:
        """The block that shows the headline, or ``None`` when it is not visible or not found yet."""
        found = self.found.get("title")
        return next((claim.block for claim in found.claims if claim.role == "headline"), None) if found else None

    @cached_property
    def claimed(self) -> Mapping[int, Claim]:
        """Blocks claimed so far; the first claim on a block holds. Only for after the finders ran."""
        claims: dict[int, Claim] = {}
        for found in self.found.values():
            for claim in found.claims:
                claims.setdefault(claim.block, claim)
        return claims
