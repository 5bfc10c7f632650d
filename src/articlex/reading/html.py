"""HTML to a ``Page`` in one pass: blocks are built while libxml2 parses, without a tree.

A parser *target* has none of the tree's silent losses (content nested deeper than 255 levels, text after
``</html>``), no recursion, and is the fastest sound pass (the measurements are in ``docs/benchmarks.md``).
"""

from __future__ import annotations

import re

from lxml import etree

from articlex.options import Options
from articlex.page import Page
from articlex.reading.builder import Builder
from articlex.reading.structured import add_structured

_WHOLE = 20_000
"""Pages with fewer ``<`` are fed in one piece."""
_PIECE = 16_384
_INLINE_OPEN = 3_000
"""libxml2 is quadratic in the number of inline elements left open. No real page has more than a few dozen."""
_INLINE_TAG = re.compile(r"</?(?:abbr|b|big|cite|em|font|i|label|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.I)


def read_html(text: str, page: Page, options: Options) -> None:
    """Fill ``page`` from the text of an HTML document."""
    builder = Builder(page, options)
    if not _feed(text, builder):
        # Thousands of inline elements never closed: read again without inline tags, in linear time.
        page.reasons.append("inline_flattened")
        fresh = Page(source="html", url=page.url, base=page.url, fetched=page.fetched, languages=page.languages)
        fresh.reasons, fresh.encoding, fresh.encoding_source = page.reasons, page.encoding, page.encoding_source
        builder = Builder(fresh, options)
        _feed(_INLINE_TAG.sub("", text), builder)
        for name in Page.__slots__:
            setattr(page, name, getattr(fresh, name))
    add_structured(page, builder.json_ld, options)


def _feed(text: str, builder: Builder) -> bool:
    """Parse; ``False`` when the page holds so many open inline elements that it must be read without them."""
    parser = etree.HTMLParser(
        target=builder, encoding="utf-8", huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True
    )
    data = text.encode("utf-8")
    try:
        if data.count(b"<") < _WHOLE:
            parser.feed(data)
        else:
            for start in range(0, len(data), _PIECE):
                parser.feed(data[start : start + _PIECE])
                if builder.inline_open > _INLINE_OPEN:
                    return False
                if builder.full:
                    break
        parser.close()
    except (etree.LxmlError, AssertionError):
        # libxml2 gives up on a document without any element; what was built so far stands
        pass
    builder.finish()
    return True
