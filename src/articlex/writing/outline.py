"""What the written forms share: the runs of a body, the nesting of its lists, the byline line, safe strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from articlex.writing.record import encodable

if TYPE_CHECKING:
    from articlex.article import Article, Block, BlockKind, Image

MAX_DEPTH = 8
"""Lists nested deeper are written at this depth: no page means more, and a form's size must not grow with depth²."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class Item(NamedTuple):
    """A list item: its ``depth`` from 1 without gaps, its ``number`` from 1 in its list, which it ``opens`` if 1."""

    depth: int
    ordered: bool
    number: int
    block: Block


def legible(text: str) -> str:
    """``text`` with one kind of line end, and U+FFFD for what neither HTML nor UTF-8 can hold."""
    if text.isprintable():  # by far the most blocks: nothing to replace
        return text
    return _CONTROL.sub("\ufffd", _LINE_END.sub("\n", encodable(text)))


def lines(text: str) -> list[str]:
    """The lines of a block's text that are not blank, without white space around them."""
    return [line for line in map(str.strip, legible(text).split("\n")) if line]


def one_line(text: str) -> str:
    """A block's text on one line."""
    return " ".join(lines(text))


def runs(blocks: Iterable[Block]) -> Iterator[tuple[BlockKind, list[Block]]]:
    """Consecutive blocks of one kind: the rows of a table, the items of a list, the paragraphs of a quotation.

    Blocks without text are left out.
    """
    written = (block for block in blocks if block.text.strip() or any(map(str.strip, block.cells)))
    for kind, run in groupby(written, key=lambda block: block.kind):
        yield kind, list(run)


def items(run: Iterable[Block]) -> Iterator[Item]:
    """The items of a run of list items with their nesting: a level that skips some is one deeper, not several."""
    open_lists: list[tuple[int, bool, int]] = []
    for block in run:
        level = min(max(block.level, 1), MAX_DEPTH)
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        number = 1
        if open_lists and open_lists[-1][0] == level:
            _, ordered, count = open_lists.pop()
            number = count + 1 if ordered == block.ordered else 1
        open_lists.append((level, block.ordered, number))
        yield Item(len(open_lists), block.ordered, number, block)


def cells(row: Block) -> tuple[str, ...]:
    """The cells of a table row, each on one line."""
    return tuple(one_line(cell) for cell in row.cells or row.text.split("\t"))


def byline_line(article: Article) -> str:
    """Who, where in the paper, and when, on one line: ``Jane Doe, John Roe · World · 2015-10-29``."""
    published = article.published.isoformat() if article.published else ""
    parts = (", ".join(filter(None, map(one_line, article.authors))), one_line(article.section or ""), published)
    return " · ".join(filter(None, parts))


def lead_image(article: Article) -> Image | None:
    """The first image marked ``lead`` whose URL is safe to write."""
    return next((image for image in article.images if image.lead and web_url(image.url)), None)


def web_url(url: str) -> str | None:
    """``url`` if it is an absolute http or https URL without white space or control characters, else ``None``."""
    url = url.strip()
    if url != legible(url) or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
