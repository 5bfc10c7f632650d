"""The kind of a block by its element and ancestors, and table rows out of cells."""

from __future__ import annotations

from articlex.article import BlockKind
from articlex.page import NO_ELEMENT, Page
from articlex.reading.tags import HEADINGS, LISTS

_ROW_CHARS = 400
"""A row with more text than this is layout (pages of the 1990s), not data."""
_BY_TAG: dict[str, BlockKind] = {
    "blockquote": "quotation",
    "pre": "code",
    "listing": "code",
    "xmp": "code",
    "figcaption": "caption",
    "caption": "caption",
    "li": "list_item",
}
_LOOK_UP = 6
"""How far up a block's kind is looked for: the paragraph of a quotation is rarely nested deeper."""


def block_kind(page: Page, element: int) -> tuple[BlockKind, int, bool]:
    """Kind, level and order of a block that stands in this element."""
    elements = page.elements
    at, steps = element, 0
    while at != NO_ELEMENT and steps < _LOOK_UP:
        tag = elements[at].tag
        if tag in HEADINGS:
            return "heading", HEADINGS[tag], False
        kind = _BY_TAG.get(tag)
        if kind == "list_item":
            return kind, *_list_place(page, at)
        if kind:
            return kind, 0, False
        if tag in ("article", "main", "section", "body", "td"):
            break
        at = elements[at].parent
        steps += 1
    return "paragraph", 0, False


def _list_place(page: Page, item: int) -> tuple[int, bool]:
    """Depth (1 = outermost, at most 9) of a list item and whether its list is numbered."""
    elements = page.elements
    depth, ordered, at = 0, False, elements[item].parent
    steps = 0
    while at != NO_ELEMENT and depth < 9 and steps < 40:
        tag = elements[at].tag
        if tag in LISTS:
            if not depth:
                ordered = tag == "ol"
            depth += 1
        at = elements[at].parent
        steps += 1
    return max(depth, 1), ordered


def merge_row(page: Page, start: int) -> None:
    """Make one ``table_row`` block of the cells since block ``start``, when the row is data.

    Data means: at least two cells, one short block each. Anything else is a layout table, whose cells keep their own
    blocks.
    """
    blocks = page.blocks
    row = blocks[start:]
    if len(row) < 2 or sum(len(block.text) for block in row) > _ROW_CHARS:
        return
    cells = [_cell_of(page, block.element) for block in row]
    if NO_ELEMENT in cells or len(set(cells)) < len(cells):
        return
    first = row[0]
    first.cells = tuple(block.text.replace("\n", " ") for block in row)
    first.text = "\t".join(first.cells)
    first.kind, first.level = "table_row", 0
    first.link_chars = sum(block.link_chars for block in row)
    first.element = page.elements[cells[0]].parent
    del blocks[start + 1 :]
    spans = page.spans
    at = len(spans) - 1
    while at >= 0 and spans[at].block > start:
        spans[at] = spans[at]._replace(block=start)
        at -= 1
    for i in range(len(page.pictures) - 1, -1, -1):
        if page.pictures[i].block <= start:
            break
        page.pictures[i] = page.pictures[i]._replace(block=min(page.pictures[i].block, start + 1))


def _cell_of(page: Page, element: int) -> int:
    """The ``td`` or ``th`` that holds this element, at most three levels up."""
    for _ in range(4):
        if element == NO_ELEMENT:
            break
        if page.elements[element].tag in ("td", "th"):
            return element
        element = page.elements[element].parent
    return NO_ELEMENT
