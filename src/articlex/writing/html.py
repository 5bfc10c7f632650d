"""The article as an HTML fragment that is safe to put into any page.

It is written from the record, not cleaned from the page: a tag or attribute that is not named here cannot appear,
and every string of the page passes through ``html.escape``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from articlex.writing.outline import cells, items, lead_image, legible, lines, one_line, runs, web_url

if TYPE_CHECKING:
    from articlex.article import Article, Block, Byline, Image


def to_html(article: Article) -> str:
    """``<article>`` with a ``<header>``, the body's blocks, a ``<footer>`` of credits and a ``<section>`` of comments.

    ``<article>`` carries ``lang`` and ``dir="auto"``, so that right-to-left text stands right.
    """
    language = f' lang="{escape(one_line(article.language))}"' if article.language else ""
    parts = [
        *_wrapped("header", _front(article)),
        *_blocks(article.body),
        *_wrapped("footer", (_element("p", credit) for credit in article.credits)),
        *_wrapped("section", _blocks(article.comments)),
    ]
    return "\n".join([f'<article{language} dir="auto">', *parts, "</article>"])


def _front(article: Article) -> Iterator[str]:
    image = lead_image(article)
    yield _element("p", article.kicker, ' class="kicker"')
    yield _element("h1", article.title)
    yield _element("p", article.standfirst, ' class="standfirst"')
    yield _element("address", "\n".join(map(_byline, article.bylines)))
    yield _element("p", article.section, ' class="section"')
    if article.published:
        moment = article.published.isoformat()
        yield f'<p><time datetime="{moment}">{moment}</time></p>'
    if image:
        yield _figure(image)


def _byline(byline: Byline) -> str:
    return ", ".join(filter(None, (one_line(byline.name), one_line(byline.role or ""))))


def _figure(image: Image) -> str:
    source, alt = escape(web_url(image.url) or ""), escape(one_line(image.alt or ""))
    caption = _element("figcaption", "\n".join(filter(None, (image.caption, image.credit))))
    return f'<figure><img src="{source}" alt="{alt}">{caption}</figure>'


def _wrapped(tag: str, parts: Iterable[str]) -> list[str]:
    inside = list(filter(None, parts))
    return [f"<{tag}>", *inside, f"</{tag}>"] if inside else []


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for kind, run in runs(blocks):
        if kind == "list_item":
            yield _list(run)
        elif kind == "table_row":
            yield "\n".join(_wrapped("table", map(_row, run)))
        elif kind == "quotation":
            yield "\n".join(_wrapped("blockquote", (_element("p", block.text) for block in run)))
        elif kind == "heading":
            yield from (_element(f"h{min(max(block.level, 2), 6)}", block.text) for block in run)
        elif kind == "code":
            yield from (f"<pre><code>{escape(legible(block.text).strip(chr(10)))}</code></pre>" for block in run)
        else:
            yield from (_element("p", block.text) for block in run)


def _inline(text: str) -> str:
    return "<br>".join(map(escape, lines(text)))


def _element(tag: str, text: str | None, attributes: str = "") -> str:
    inside = _inline(text or "")
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else ""


def _row(block: Block) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells(block)) + "</tr>"


def _list(run: Iterable[Block]) -> str:
    written: list[str] = []
    open_tags: list[str] = []
    for item in items(run):
        tag = "ol" if item.ordered else "ul"
        keep = item.depth - 1 if item.number == 1 else item.depth
        while len(open_tags) > keep:
            written.append(f"</li>\n</{open_tags.pop()}>")
        if item.number == 1:
            open_tags.append(tag)
            written.append(f"\n<{tag}>\n<li>")
        else:
            written.append("</li>\n<li>")
        written.append(_inline(item.block.text))
    written += [f"</li>\n</{tag}>" for tag in reversed(open_tags)]
    return "".join(written).lstrip("\n")
