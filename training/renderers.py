"""The five ways to flatten a page to text that the dump scorer is trained and measured on.

``gettext`` and ``wet`` follow ``../shared/eval/README.md``: every text node of ``body`` with a line break around each
block element, inline elements joined with nothing between and other white space kept; and the title followed by one
line a block, white space squashed, no blank lines. ``wet`` equals the dumps there on every page tried, ``gettext`` on
three in four, and else differs by blank lines. The other three are what the libraries do by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import html as lxml_html

from articlex.reading.decode import to_utf8

Node = lxml_html.HtmlElement

_DROPPED = frozenset({"script", "style", "noscript", "template", "iframe", "svg"})
_BLOCKS = frozenset(
    """
    address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre section select summary table
    tbody tfoot thead tr ul
    """.split()  # noqa: SIM905
)


def text_of(data: bytes | str) -> str:
    """The page decoded as the product decodes it."""
    return data if isinstance(data, str) else to_utf8(data)[0].decode("utf-8", "replace")


def tree_of(data: bytes | str) -> Node:
    text = text_of(data)
    return lxml_html.document_fromstring(
        text.replace("\x00", "") or "<html></html>", parser=lxml_html.HTMLParser(huge_tree=True)
    )


def gettext(data: bytes | str) -> str:
    """Text nodes of ``body`` as they stand, a line break around each block element."""
    pieces: list[str] = []
    for piece in _pieces(tree_of(data).find("body")):
        # an edge right after a line end adds nothing
        if piece is not None or (pieces and not pieces[-1].endswith("\n")):
            pieces.append("\n" if piece is None else piece)
    return "".join(pieces)


def wet(data: bytes | str) -> str:
    """The title, then one line a block, white space squashed, no blank lines."""
    tree = tree_of(data)
    text = "".join("\0" if piece is None else piece for piece in _pieces(tree.find("body")))
    runs = [tree.findtext(".//title") or "", *text.split("\0")]
    return "".join(f"{line}\n" for line in (" ".join(run.split()) for run in runs) if line)


def _pieces(body: Node | None) -> Iterator[str | None]:
    """The text nodes under ``body``, and ``None`` at each edge of a block. A stack of its own: pages nest deep."""
    stack = [(body, False)] if body is not None else []
    while stack:
        node, done = stack.pop()
        if node.tag in _BLOCKS:
            yield None
        if node.tag in ("td", "th"):
            yield " "
        if done:
            if node.tail and node is not body:
                yield node.tail
            continue
        stack.append((node, True))
        if isinstance(node.tag, str) and node.tag not in _DROPPED:
            if node.text:
                yield node.text
            stack.extend((child, False) for child in reversed(node))


def bs4_text(data: bytes | str) -> str:
    """BeautifulSoup's ``get_text`` of the body, with line ends between: a line for each text node."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(data, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return (soup.body or soup).get_text("\n")


def inscriptis_text(data: bytes | str) -> str:
    """What inscriptis lays out: tables and lists by columns."""
    from inscriptis import get_text

    text = text_of(data)
    return str(get_text(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))))


def resiliparse_text(data: bytes | str) -> str:
    """Resiliparse's plain text of the whole page."""
    from resiliparse.extract.html2text import extract_plain_text

    text = text_of(data)
    return str(extract_plain_text(text, main_content=False))


RENDERERS: dict[str, Callable[[bytes | str], str]] = {
    "gettext": gettext,
    "wet": wet,
    "bs4": bs4_text,
    "inscriptis": inscriptis_text,
    "resiliparse": resiliparse_text,
}
