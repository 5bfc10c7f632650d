"""The article as plain text, for reading and for programs that want one string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from articlex.writing.outline import byline_line, cells, items, legible, lines, one_line, runs

if TYPE_CHECKING:
    from articlex.article import Article, Block


def to_text(article: Article) -> str:
    """Headline, kicker, standfirst, byline line, body, credits and comments, with a blank line between them.

    The items of a list and the rows of a table stand on consecutive lines. ``Article.text`` is the body alone. The
    text ends with a line end, unless it is empty.
    """
    front = [one_line(part or "") for part in (article.title, article.kicker, article.standfirst)]
    parts = [*front, byline_line(article), *_blocks(article.body)]
    parts += ["\n".join(lines(credit)) for credit in article.credits]
    parts += _blocks(article.comments)
    text = "\n\n".join(filter(None, parts))
    return text + "\n" if text else ""


def _blocks(blocks: Iterable[Block]) -> Iterable[str]:
    for kind, run in runs(blocks):
        if kind == "list_item":
            yield _list(run)
        elif kind == "table_row":
            yield "\n".join("\t".join(cells(row)) for row in run)
        elif kind == "code":
            yield from (legible(block.text).strip("\n") for block in run)
        else:
            yield from ("\n".join(lines(block.text)) for block in run)


def _list(run: Iterable[Block]) -> str:
    written = []
    for item in items(run):
        marker = f"{item.number}. " if item.ordered else "- "
        margin = "  " * (item.depth - 1)
        written.append(margin + marker + f"\n{margin}{' ' * len(marker)}".join(lines(item.block.text)))
    return "\n".join(written)
