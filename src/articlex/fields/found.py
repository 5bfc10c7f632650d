"""What finders work on and what they return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import starmap
from typing import Any, Generic, NamedTuple, TypeVar

from articlex.article import Evidence, Role
from articlex.fields.links import Label, find_labels
from articlex.fields.marks import Marks
from articlex.fields.signals import article_nodes
from articlex.fields.sites import SiteNames
from articlex.fields.surroundings import Surroundings
from articlex.page import Page, Span

T = TypeVar("T")


class Claim(NamedTuple):
    """A block that belongs to a field and therefore is not body; ``reason`` is a short code for ``Removal``."""

    block: int
    role: Role
    reason: str = "field"


class Found(NamedTuple, Generic[T]):
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
    roles: Sequence[str] = ()
    """The likeliest role of each block other than body (``scoring.catalogue.ROLES``)."""
    role_odds: Sequence[float] = ()
    """The probability of that role, 0..1."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What one finder works out once for others of its kind, by a name of its own."""
    _taken: tuple[int, Set[int]] = (0, frozenset())
    """How many fields were found when this was asked last, and the blocks they claim."""

    def value(self, name: str) -> Any:
        """The value of a field found before, or ``None``."""
        found = self.found.get(name)
        return found.value if found else None

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The JSON-LD objects that describe an article, the fullest first."""
        return article_nodes(self.page)

    @cached_property
    def sites(self) -> SiteNames:
        """What the page and its URL call the site."""
        return SiteNames(self.page, self.articles)

    @cached_property
    def marks(self) -> Marks:
        """The hints that class names give."""
        return Marks(self.page)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the class names around a line tell of it."""
        return Surroundings(self.page)

    @cached_property
    def labels(self) -> list[Label]:
        """The links around the article that speak of its section and tags. Only for after the headline is found."""
        return find_labels(self, *self._around())

    def _around(self) -> tuple[int, int]:
        top = self.headline if self.headline is not None else self.first
        return top, max(self.last, top)

    @cached_property
    def headline(self) -> int | None:
        """The block that shows the headline, or ``None`` when it is not visible or not found yet."""
        found = self.found.get("title")
        return next((claim.block for claim in found.claims if claim.role == "headline"), None) if found else None

    @cached_property
    def headings(self) -> list[int]:
        """The numbers of the headings."""
        return [i for i, block in enumerate(self.page.blocks) if block.kind == "heading"]

    @property
    def taken(self) -> Set[int]:
        """The blocks claimed by the finders that ran so far."""
        if self._taken[0] != len(self.found):
            self._taken = len(self.found), {claim.block for found in self.found.values() for claim in found.claims}
        return self._taken[1]

    def spans(self, block: int) -> list[Span]:
        """The spans of a block, in order."""
        return list(starmap(Span, self.page.spans.between(block, block + 1)))

    def elsewhere(self, block: int) -> bool:
        """Whether a block stands below the body under a heading of its own: comments, other stories."""
        return self._next_heading <= block

    @cached_property
    def _next_heading(self) -> int:
        """The first heading below body and headline; past the end where there is none, or no body."""
        total = len(self.page.blocks)
        end = max(self.last, self.headline or 0) + 1 if self.last >= self.first else total
        return next((i for i in self.headings if i >= end), total)

    @cached_property
    def claimed(self) -> Mapping[int, Claim]:
        """Blocks claimed so far; the first claim on a block holds. Only for after the finders ran."""
        claims: dict[int, Claim] = {}
        for found in self.found.values():
            for claim in found.claims:
                claims.setdefault(claim.block, claim)
        return claims
