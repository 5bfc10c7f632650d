"""What all stages share: a page as a list of text blocks, whatever it was read from.

Above this module nobody knows whether the page was HTML or a text dump, and nobody but ``reading/`` imports lxml
or bs4.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Self

from articlex.article import BlockKind

NO_ELEMENT = -1


class Element(NamedTuple):
    """An element that holds text: ``parent`` is its parent's index in ``Page.elements`` (always a smaller one)."""

    tag: str
    attrs: Mapping[str, str]
    parent: int
    number: int
    """The element is the ``number``-th of its tag in the document, from 1. Below 0 it stands in no document, but was
    made from the data in the script of that number."""


class Span(NamedTuple):
    """A run of text inside a block that an inline element with attributes marks: a link, a ``<time>``, a byline."""

    block: int
    element: int
    text: str


@dataclass(slots=True)
class Elements:
    """The elements that hold text. A page has hundreds and few are asked for, so each fact has a list of its own."""

    tags: list[str] = field(default_factory=list)
    attrs: list[Mapping[str, str]] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, elements: Iterable[Element]) -> Self:
        """These elements."""
        return cls(*map(list, zip(*elements, strict=True)))

    def __len__(self) -> int:
        return len(self.tags)

    def __getitem__(self, index: int) -> Element:
        return Element(self.tags[index], self.attrs[index], self.parents[index], self.numbers[index])

    def __iter__(self) -> Iterator[Element]:
        return map(Element, self.tags, self.attrs, self.parents, self.numbers)


@dataclass(slots=True)
class Spans:
    """The spans of a page in order of their blocks, each fact in a list of its own."""

    blocks: list[int] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.blocks)

    def __getitem__(self, index: int) -> Span:
        return Span(self.blocks[index], self.elements[index], self.texts[index])

    def __iter__(self) -> Iterator[Span]:
        return map(Span, self.blocks, self.elements, self.texts)

    def between(self, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
        """Block, element and text of each span of blocks ``start`` to ``stop`` - 1."""
        low = bisect_left(self.blocks, start)
        high = bisect_left(self.blocks, stop, low)
        return zip(self.blocks[low:high], self.elements[low:high], self.texts[low:high], strict=True)


class Picture(NamedTuple):
    """An ``<img>`` (or ``<amp-img>``, ``<source>``): ``block`` is the index of the first block after it."""

    block: int
    element: int
    attrs: Mapping[str, str]


@dataclass(slots=True)
class Block:
    """The text of one block-level element, or of one line of a dump."""

    text: str
    """White space squashed; ``\\n`` stands for a line break inside the block, ``\\t`` between the cells of a row."""
    kind: BlockKind = "paragraph"
    element: int = NO_ELEMENT
    """Index in ``Page.elements``; ``NO_ELEMENT`` in a dump."""
    line: int = 0
    """Line number in a dump, from 1; 0 in HTML."""
    level: int = 0
    ordered: bool = False
    cells: tuple[str, ...] = ()
    link_chars: int = 0
    """Characters of ``text`` inside links."""
    raw: str = ""
    """The text as printed, where squashing lost something that matters (no-break spaces); else ``""``."""
    blank_before: int = 0
    """Blank lines before the line of a dump."""
    indent: int = 0
    """Columns the line of a dump is indented by."""


@dataclass(slots=True)
class Page:
    """One page on its way to a record. Stages read it; none changes it after ``reading``."""

    source: Literal["html", "text"] = "html"
    blocks: list[Block] = field(default_factory=list)
    elements: Elements = field(default_factory=Elements)
    holders: int = 0
    """The first so many elements hold blocks; behind them are those that only spans and pictures stand in."""
    spans: Spans = field(default_factory=Spans)
    pictures: list[Picture] = field(default_factory=list)
    url: str | None = None
    base: str | None = None
    """The URL that links are relative to: ``<base href>`` against ``url``."""
    fetched: datetime | None = None
    title_tag: str = ""
    html_lang: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)
    """Contents by lower-cased ``name``, ``property``, ``itemprop`` or ``http-equiv``, in document order."""
    links: list[Mapping[str, str]] = field(default_factory=list)
    """The attributes of each ``<link>``."""
    json_ld: list[dict[str, Any]] = field(default_factory=list)
    """Every JSON-LD object with a type, flattened (``@graph``, lists, nested main entities)."""
    scripts: list[str] = field(default_factory=list)
    """Raw state JSON (Next.js, Nuxt, ``window.__STATE__ = {...}``), unparsed."""
    encoding: str = ""
    encoding_source: str = ""
    reasons: list[str] = field(default_factory=list)
    languages: tuple[str, ...] = ()

    def note(self, reason: str) -> None:
        """Add a reason, once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    def place(self, index: int) -> str:
        """Where block ``index`` stands: an XPath such as ``(//p)[12]``, or ``line 12`` of a dump."""
        block = self.blocks[index]
        return f"line {block.line}" if block.element == NO_ELEMENT else self.element_place(block.element)

    def element_place(self, index: int) -> str:
        """The XPath of an element: the n-th of its tag is short, exact and survives a browser's repairs."""
        number = self.elements.numbers[index]
        return f"(//script)[{-number}]" if number < 0 else f"(//{self.elements.tags[index]})[{number}]"

    def ancestors(self, index: int) -> Iterator[Element]:
        """The element with this index and its ancestors, innermost first."""
        while index != NO_ELEMENT:
            element = self.elements[index]
            yield element
            index = element.parent
