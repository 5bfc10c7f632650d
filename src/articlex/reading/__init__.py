"""From a source to a ``Page``: the only part of articlex that knows HTML, trees and charsets."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, NamedTuple

from articlex.deadline import NEVER, Deadline
from articlex.options import Options
from articlex.page import Page
from articlex.patterns import lazy
from articlex.reading.decode import encode, to_utf8
from articlex.reading.detect import binary_kind, looks_like_html
from articlex.reading.dump import read_dump
from articlex.reading.html import read_html
from articlex.reading.tree import markup_of_tree

ACCEPTED = "bytes, str, an lxml tree or element, or a BeautifulSoup object"
_DOCUMENT = lazy(rb"\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_HEAD = 4 * 65_536


class _Source(NamedTuple):
    data: bytes
    """UTF-8 without NULs, at which libxml2 would stop reading."""
    encoding: str
    origin: str
    """What named the encoding; "" for a source that was no bytes."""
    reasons: list[str]


def read(
    source: object, url: str | None, fetched: datetime | None, options: Options, deadline: Deadline = NEVER
) -> Page:
    """Read any accepted source into a page.

    Raises ``TypeError`` for a source of another type; never for content.
    """
    data, encoding, origin, reasons = _load(source, options)
    is_html = _is_html(data, encoding, options)
    page = Page(source="html" if is_html else "text", url=url, base=url, fetched=fetched, languages=options.languages)
    page.reasons.extend(reasons)
    page.encoding, page.encoding_source = encoding, origin
    if is_html:
        read_html(data, page, options, deadline)
    else:
        read_dump(data.decode("utf-8"), page, options, deadline)
    return page


def _is_html(data: bytes, encoding: str, options: Options) -> bool:
    if options.input != "auto":
        return options.input == "html"
    if encoding == "tree" or _DOCUMENT.match(data):
        return True
    return looks_like_html(data[:_HEAD].decode("utf-8", "ignore"))


def _load(source: object, options: Options) -> _Source:
    """Any source as UTF-8, cut at the limit."""
    reasons: list[str] = []
    limit = options.max_bytes
    if isinstance(source, (bytes, bytearray, memoryview)):
        data = bytes(source)
        if len(data) > limit:
            data = data[:limit]
            reasons.append("input_truncated")
        if not _DOCUMENT.match(data) and (kind := binary_kind(data)):
            return _Source(b"", kind, "", [*reasons, "binary_input", kind])
        data, encoding, origin = to_utf8(data, options.encoding)
    else:
        text, encoding, origin = (source, "str", "") if isinstance(source, str) else (_markup(source), "tree", "")
        if len(text) > limit:
            text = text[:limit]
            reasons.append("input_truncated")
        data = encode(text)
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")
    return _Source(data, encoding, origin, reasons)


def _markup(source: Any) -> str:
    markup = markup_of_tree(source)
    if markup is None:
        raise TypeError(f"extract() takes {ACCEPTED}, not {type(source).__name__}")
    return markup
