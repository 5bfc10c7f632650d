"""Trees that the caller has parsed already: written out and read again, so that they are never changed.

Writing a tree out costs about half a parse; in return trees take the very same road as bytes.
"""

from __future__ import annotations

import sys
from typing import Any


def markup_of_tree(source: object) -> str | None:
    """The markup of an lxml tree or element or of a BeautifulSoup object; ``None`` for anything else."""
    if hasattr(source, "decode_contents") and hasattr(source, "find_all"):
        return _markup_of_soup(source)
    if "lxml" not in sys.modules:  # then nobody can have made an lxml tree
        return None
    from lxml import etree

    if isinstance(source, etree._ElementTree):
        root = source.getroot()
        return "" if root is None else _markup_of_element(root)
    return _markup_of_element(source) if isinstance(source, etree._Element) else None


def _markup_of_element(element: Any) -> str:
    from lxml import etree

    is_root = element.getparent() is None
    parts = [etree.tostring(element, encoding="unicode", method="html", with_tail=False)]
    if is_root:  # text after </html> becomes a second root, which getroot() hides
        siblings = element.itersiblings()
        parts.extend(
            etree.tostring(sibling, encoding="unicode", method="html")
            for sibling in siblings
            if isinstance(sibling.tag, str)
        )
    return "".join(parts)


def _markup_of_soup(soup: Any) -> str:
    try:
        return str(soup.decode(formatter="minimal"))
    except RecursionError:  # bs4 before 4.13 writes recursively
        return str(soup.get_text("\n"))
