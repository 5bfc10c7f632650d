"""From a source to a ``Page``: the only part of articlex that knows HTML, trees and charsets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from articlex.options import Options
from articlex.page import Page
from articlex.reading.decode import decode
from articlex.reading.detect import binary_kind, looks_like_html
from articlex.reading.dump import read_dump
from articlex.reading.html import read_html
from articlex.reading.tree import markup_of_tree

ACCEPTED = "bytes, str, an lxml tree or element, or a BeautifulSoup object"


def read(source: object, url: str | None, fetched: datetime | None, options: Options) -> Page:
    """Read any accepted source into a page.

    Raises ``TypeError`` for a source of another type; never for content.
    """
    text, how, reasons = _text_of(source, options)
    is_html = options.input == "html" or (options.input == "auto" and (how == "tree" or looks_like_html(text)))
    page = Page(source="html" if is_html else "text", url=url, base=url, fetched=fetched, languages=options.languages)
    page.reasons.extend(reasons)
    page.encoding, _, page.encoding_source = how.partition(" ")
    if not reasons or "binary_input" not in reasons:
        (read_html if is_html else read_dump)(text, page, options)
    return page


def _text_of(source: object, options: Options) -> tuple[str, str, list[str]]:
    """The source as text, how it was decoded ("utf-8 meta"), and reasons."""
    reasons: list[str] = []
    how = "str"
    text: str
    if isinstance(source, (bytes, bytearray, memoryview)):
        data = bytes(source)
        if len(data) > options.max_bytes:
            data = data[: options.max_bytes]
            reasons.append("input_truncated")
        if kind := binary_kind(data):
            return "", kind, [*reasons, "binary_input", kind]
        text, charset, origin = decode(data, options.encoding)
        how = f"{charset} {origin}"
    elif isinstance(source, str):
        text = source
    else:
        text, how = _markup(source), "tree"
    if len(text) > options.max_bytes:
        text = text[: options.max_bytes]
        reasons.append("input_truncated")
    return _clean(text), how, reasons


def _markup(source: Any) -> str:
    markup = markup_of_tree(source)
    if markup is None:
        raise TypeError(f"extract() takes {ACCEPTED}, not {type(source).__name__}")
    return markup


def _clean(text: str) -> str:
    """Without what would make libxml2 stop reading (NUL) or what Python cannot encode (lone surrogates)."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # pairs of surrogates, as JavaScript writes them, become their character; lone ones U+FFFD
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
