"""The article as CommonMark, with tables in GitHub's flavour.

Text of the page stays text: what a parser could take for markup is escaped with a backslash, and nothing else, so
that the source reads well too. Source of the rules: CommonMark 0.31.2 and the GitHub Flavored Markdown spec.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from articlex.writing.outline import byline_line, cells, items, lead_image, legible, lines, one_line, runs, web_url

if TYPE_CHECKING:
    from articlex.article import Article, Block, Image

_INLINE = re.compile(r"[\\`*_\[\]<~]|&(?=#?[0-9A-Za-z]{1,40};)")
_LINE_START = re.compile(
    r"[0-9]{1,9}(?=[.)](?:[ \t]|$))"  # an ordered item
    r"|(?=[-+](?:[-+:| \t]|$)"  # an item, a rule, a setext underline, a table's delimiter row
    r"|#(?:[# \t]|$)|=(?:[= \t]|$)|>|:-|\|)"
)
_URL = re.compile(r'[()<>\\"`]|&(?=#?[0-9A-Za-z]{1,40};)')


def to_markdown(article: Article, *, images: bool = True) -> str:
    """Headline, kicker, standfirst, byline line, lead image, body, credits, and comments behind a rule.

    ``images`` False leaves the picture out. The text ends with a line end, unless it is empty.
    """
    image = lead_image(article) if images else None
    parts = [
        *(["# " + _heading(article.title)] if one_line(article.title or "") else []),
        *_marked("**", article.kicker),
        *_marked("*", article.standfirst),
        _paragraph(byline_line(article)),
        *(_image(image) if image else []),
        *_blocks(article.body),
        *(_paragraph(credit) for credit in article.credits),
        *(["---"] if article.comments else []),
        *_blocks(article.comments),
    ]
    text = "\n\n".join(filter(None, parts))
    return text + "\n" if text else ""


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for kind, run in runs(blocks):
        if kind == "list_item":
            yield _list(run)
        elif kind == "table_row":
            yield _table(run)
        elif kind == "quotation":
            yield "\n>\n".join("> " + _paragraph(block.text).replace("\n", "\n> ") for block in run)
        elif kind == "heading":
            yield from ("#" * min(max(block.level, 2), 6) + " " + _heading(block.text) for block in run)
        elif kind == "code":
            yield from (_code(block.text) for block in run)
        else:
            yield from (_paragraph(block.text) for block in run)


def _inline(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _line(text: str) -> str:
    line = _inline(text)
    start = _LINE_START.match(line)
    return f"{line[: start.end()]}\\{line[start.end() :]}" if start else line


def _paragraph(text: str, margin: str = "") -> str:
    return f"\\\n{margin}".join(map(_line, lines(text)))


def _heading(text: str | None) -> str:
    """A heading is one line, and a ``#`` at its end would be taken for a closing sequence."""
    line = _inline(one_line(text or ""))
    return line[:-1] + "\\#" if line.endswith("#") else line


def _marked(mark: str, text: str | None) -> list[str]:
    line = _inline(one_line(text or ""))
    return [mark + line + mark] if line else []


def _list(run: Iterable[Block]) -> str:
    written: list[str] = []
    offsets: list[int] = [0]
    for item in items(block for block in run if lines(block.text)):  # a nested marker alone would underline a heading
        marker = f"{item.number}. " if item.ordered else "- "
        del offsets[item.depth :]
        offsets.append(offsets[-1] + len(marker))
        written.append(" " * offsets[-2] + marker + _paragraph(item.block.text, " " * offsets[-1]))
    return "\n".join(written)


def _table(run: list[Block]) -> str:
    """The first row is the head, as the format wants one; shorter rows are filled up by every reader."""
    rows = [[_inline(cell).replace("|", "\\|") for cell in cells(block)] for block in run]
    width = max(map(len, rows))
    head = rows[0] + [""] * (width - len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *rows[1:]))


def _code(text: str) -> str:
    text = legible(text).strip("\n")
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _image(image: Image) -> Iterator[str]:
    url = _URL.sub(lambda found: "\\&" if found[0] == "&" else f"%{ord(found[0]):02X}", web_url(image.url) or "")
    yield f"![{_inline(one_line(image.alt or ''))}]({url})"
    yield from _marked("*", " · ".join(filter(None, (image.caption, image.credit))))
