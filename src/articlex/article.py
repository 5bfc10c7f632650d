"""What comes out: the article record and its parts.

Every class here is a frozen value: it can be compared, pickled and sent to another process. ``None`` and ``()``
mean "the page does not say", never "we failed".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Self

Status = Literal["article", "partial", "not_article", "paywalled", "empty"]
BlockKind = Literal["paragraph", "heading", "list_item", "quotation", "code", "table_row", "caption"]
BylineKind = Literal["person", "organization", "agency"]
Source = Literal["json-ld", "microdata", "meta", "markup", "text", "url", "http", "options"]
Role = Literal[
    "headline", "kicker", "standfirst", "byline", "dateline", "date", "section", "tags", "body", "caption",
    "credit", "correction", "note", "promotion", "related", "comment", "paywall", "chrome",
]  # fmt: skip

STATUSES: tuple[Status, ...] = ("article", "partial", "not_article", "paywalled", "empty")


@dataclass(frozen=True, slots=True)
class Byline:
    """One name of the byline, in printed order.

    ``name`` is the name alone ("Jane Q. Doe"); ``role`` what the page says about it ("Business correspondent");
    ``raw`` the string it was read from.
    """

    name: str
    kind: BylineKind = "person"
    role: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place, agency and date a report begins with; ``raw`` is the exact prefix of the first paragraph."""

    place: str | None
    agency: str | None = None
    date: date | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article: absolute ``url`` where the page's own URL is known; ``lead`` marks the main one."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body, in reading order.

    ``level`` is 1..6 for a heading and the nesting depth (1 = outermost) for a list item, else 0. ``ordered`` is
    true for an item of a numbered list. ``cells`` holds the cells of a table row, whose ``text`` joins them with
    tabs. A line break inside a block is a line end in ``text``. ``score`` is the probability (0..1) of being body;
    ``place`` an XPath into the HTML page, or ``line N`` of a dump.
    """

    kind: BlockKind
    text: str
    level: int = 0
    ordered: bool = False
    cells: tuple[str, ...] = ()
    score: float = 1.0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field's value comes from: the winning ``source``, its ``raw`` string and ``place``.

    ``agreeing`` names the other sources that said the same.
    """

    source: Source
    raw: str = ""
    place: str = ""
    agreeing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """A block that is not body: its text, the role it got, the reason (a short code) and its place.

    ``score`` is its probability (0..1) of being body. ``facts`` names the features that moved the score most,
    each with its signed contribution in log-odds (see ``docs/scoring.md``). ``index`` says where it stood: before
    ``Article.body[index]``, or after the whole body where it equals the body's length.
    """

    text: str
    role: Role
    reason: str
    place: str = ""
    score: float = 0.0
    facts: tuple[tuple[str, float], ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """The record of one page. ``docs/fields.md`` defines each field and its sources in order of trust."""

    status: Status
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    title: str | None = None
    kicker: str | None = None
    standfirst: str | None = None
    bylines: tuple[Byline, ...] = ()
    dateline: Dateline | None = None
    published: datetime | date | None = None
    modified: datetime | date | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None
    site_name: str | None = None
    canonical_url: str | None = None
    images: tuple[Image, ...] = ()
    body: tuple[Block, ...] = ()
    credits: tuple[str, ...] = ()
    comments: tuple[Block, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict, hash=False)
    removed: tuple[Removal, ...] = ()
    version: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of ``bylines``, in printed order."""
        return tuple(byline.name for byline in self.bylines)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts of the body's blocks."""
        return tuple(block.text for block in self.body)

    @property
    def text(self) -> str:
        """The body as plain text: its blocks joined with a blank line."""
        return "\n\n".join(block.text for block in self.body)

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-safe values: always the same keys, dates as ISO 8601 strings."""
        from articlex.writing.record import to_dict

        return to_dict(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """The record that ``to_dict`` (or ``to_json``, parsed) made. Unknown keys are ignored.

        Raises ``ValueError`` when ``status`` is missing or a value has the wrong shape.
        """
        from articlex.writing.record import from_dict

        return from_dict(cls, record)

    def to_json(self, *, indent: int | None = None) -> str:
        """``to_dict`` as JSON text (UTF-8 characters kept, keys in the order of the fields)."""
        from articlex.writing.record import to_json

        return to_json(self, indent=indent)

    def to_text(self) -> str:
        """Headline, kicker, standfirst, byline line, body and credits as plain text; ``text`` is the body alone."""
        from articlex.writing.text import to_text

        return to_text(self)

    def to_markdown(self, *, images: bool = True) -> str:
        """The article as CommonMark (tables as in GitHub's flavour); text of the page is escaped.

        ``images`` False leaves the lead image and its caption out.
        """
        from articlex.writing.markdown import to_markdown

        return to_markdown(self, images=images)

    def to_html(self) -> str:
        """The article as an HTML fragment that is safe to embed: allow-listed tags, no scripts, http(s) URLs."""
        from articlex.writing.html import to_html

        return to_html(self)

    def to_schema_org(self) -> dict[str, Any]:
        """The article as a schema.org ``NewsArticle`` (JSON-LD, a dict ready for ``json.dumps``)."""
        from articlex.writing.schema_org import to_schema_org

        return to_schema_org(self)
