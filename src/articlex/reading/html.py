"""HTML to a ``Page`` in one pass: blocks are built while libxml2 parses, without a tree.

A parser *target* has none of the tree's silent losses (content nested deeper than 255 levels, text after
``</html>``), no recursion, and is the fastest sound pass (the measurements are in ``docs/benchmarks.md``).
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np
from lxml import etree

from articlex.deadline import Deadline
from articlex.options import Options
from articlex.page import Page
from articlex.patterns import lazy
from articlex.reading.builder import Builder
from articlex.reading.large import LargeBuilder
from articlex.reading.story import add_story
from articlex.reading.structured import add_structured

_WHOLE = 20_000
"""Pages with fewer ``<`` are fed in one piece."""
_PIECE = 16_384
_LARGE = 2**20
"""From so many bytes on, memory counts for more than a tenth of the time."""
_INLINE_OPEN = 3_000
"""libxml2 is quadratic in the number of inline elements left open. No real page has more than a few dozen."""
_INLINE_TAG = lazy(
    rb"</?(?:abbr|b|big|cite|em|font|i|label|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.IGNORECASE
)
# lxml inspects the signature for each parser that it makes; a function that has one at hand takes a third of the time
Builder.start.__signature__ = inspect.signature(Builder.start)  # type: ignore[attr-defined]


def read_html(data: bytes, page: Page, options: Options, deadline: Deadline) -> None:
    """Fill ``page`` from an HTML document in UTF-8."""
    linked = _fill(page, data, options, deadline)
    add_structured(page, linked, options)
    add_story(page, data, linked, options, lambda story, markup: _fill(story, markup, options, deadline))


def _fill(page: Page, data: bytes, options: Options, deadline: Deadline) -> list[str]:
    """Read the document's blocks and head into ``page``; returns its JSON-LD scripts."""
    builder = _builder(page, data, options, deadline)
    if not _feed(data, builder, deadline):
        # Thousands of inline elements never closed: read again without inline tags, in linear time.
        page.note("inline_flattened")
        fresh = Page(source="html", url=page.url, base=page.url, fetched=page.fetched, languages=page.languages)
        fresh.reasons, fresh.encoding, fresh.encoding_source = page.reasons, page.encoding, page.encoding_source
        builder.let_go()
        data = _INLINE_TAG.sub(b"", data)
        builder = _builder(fresh, data, options, deadline)
        _feed(data, builder, deadline)
        for name in Page.__slots__:
            setattr(page, name, getattr(fresh, name))
    scripts = builder.head.json_ld
    builder.let_go()
    return scripts


def _builder(page: Page, data: bytes, options: Options, deadline: Deadline) -> Builder:
    large = len(data) >= _LARGE or _in_pieces(data, deadline)
    return LargeBuilder(page, options) if large else Builder(page, options)


def _in_pieces(data: bytes, deadline: Deadline) -> bool:
    """Whether the page is to be fed in pieces, with a look at the clock and at the elements left open between them."""
    # numpy counts five times as fast as bytes.count, which is slow where there is much to find
    return deadline.is_set or int(np.count_nonzero(np.frombuffer(data, np.uint8) == ord("<"))) >= _WHOLE


def _feed(data: bytes, builder: Builder, deadline: Deadline) -> bool:
    """Parse; ``False`` when the page holds so many open inline elements that it must be read without them."""
    target: Any = builder
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True
    )
    try:
        if not isinstance(builder, LargeBuilder) or not _in_pieces(data, deadline):
            etree.fromstring(data, parser)  # a twentieth faster than feed and close
        elif _feed_in_pieces(parser, data, builder, deadline):
            parser.close()
        else:
            return False
    except (etree.LxmlError, AssertionError):
        # libxml2 gives up on a document without any element; what was built so far stands
        pass
    builder.finish()
    return True


def _feed_in_pieces(parser: etree.HTMLParser, data: bytes, builder: LargeBuilder, deadline: Deadline) -> bool:
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
        if builder.inline_open > _INLINE_OPEN:
            return False
        if builder.full:
            break
        if deadline.passed:
            builder.page.note("deadline")
            break
    return True
