"""The kind of a block by its element and ancestors, and table rows out of cells."""

from __future__ import annotations

from typing import Any

from articlex.article import BlockKind
from articlex.page import NO_ELEMENT, Block
from articlex.reading.frames import ELEMENT, KIND, PARENT, TAG, Frame
from articlex.reading.tags import HEADINGS, LIST

_ROW_CHARS = 400
"""A row with more text than this is layout (pages of the 1990s), not data."""
_LOOK_UP = 5
"""Ancestors that a block's kind is looked for in: the paragraph of a quotation is rarely nested deeper."""
_DEEPEST = 9
Kind = tuple[BlockKind, int, bool]
"""Kind, level, and whether a list item is numbered."""
_PARAGRAPH: Kind = ("paragraph", 0, False)
_ITEM: Kind = ("list_item", 1, False)
_BY_TAG: dict[str, Kind] = {
    **{tag: ("heading", level, False) for tag, level in HEADINGS.items()},
    "blockquote": ("quotation", 0, False),
    "pre": ("code", 0, False),
    "listing": ("code", 0, False),
    "xmp": ("code", 0, False),
    "figcaption": ("caption", 0, False),
    "caption": ("caption", 0, False),
    "li": _ITEM,
    # beyond these a block's kind is not looked for; the last is no element, but what is above the root
    **dict.fromkeys(("article", "main", "section", "body", "td", ""), _PARAGRAPH),
}


class KindOf:
    """The kind of a block by the element it stands in, for the elements of one page."""

    __slots__ = ("_above", "_items")

    def __init__(self) -> None:
        self._above: dict[int, Kind] = {}
        self._items = [_ITEM]
        """What an item is outside of all lists, and in each of the lists that are open."""

    def open_list(self, tag: str) -> None:
        """A list begins."""
        self._items.append(("list_item", min(len(self._items), _DEEPEST), tag == "ol"))

    def close_list(self) -> None:
        """The innermost list ends."""
        self._items.pop()

    def of(self, frame: Frame) -> Kind:
        """Kind, level and order of a block in this element, which is the innermost block that is open."""
        kind = _BY_TAG.get(frame[TAG])
        if kind is None:  # neighbours share their parent
            return self._above.get(frame[PARENT][ELEMENT]) or self._look_up(frame)
        return self._items[-1] if kind is _ITEM else kind

    def _look_up(self, frame: Frame) -> Kind:
        """The kind that an element takes from its ancestors."""
        place = frame[PARENT][ELEMENT]
        inner, kind = 0, None
        for _ in range(_LOOK_UP):
            inner += frame[KIND] == LIST
            frame = frame[PARENT]
            kind = _BY_TAG.get(frame[TAG])
            if kind:
                break
        if kind is _ITEM:
            kind = self._items[-1 - inner]
        kind = self._above[place] = kind or _PARAGRAPH
        return kind


def merge_row(blocks: list[Block], start: int, elements: list[Any]) -> bool:
    """Make one ``table_row`` block of the cells since block ``start``, when the row is data; whether it was.

    Data means: at least two cells, one short block each. Anything else is a layout table, whose cells keep their own
    blocks. ``elements`` holds four items each: tag, attributes, parent, number.
    """
    row = blocks[start:]
    if len(row) < 2 or sum(len(block.text) for block in row) > _ROW_CHARS:
        return False
    cells = [_cell_of(block.element, elements) for block in row]
    if cells[0] == NO_ELEMENT or len({cell for cell in cells if cell != NO_ELEMENT}) < len(cells):
        return False
    first = row[0]
    first.cells = tuple(block.text.replace("\n", " ") for block in row)
    first.text = "\t".join(first.cells)
    first.kind, first.level = "table_row", 0
    first.link_chars = sum(block.link_chars for block in row)
    first.element = elements[4 * cells[0] + 2]
    del blocks[start + 1 :]
    return True


def _cell_of(at: int, elements: list[Any]) -> int:
    """The ``td`` or ``th`` that holds this element, at most three levels up."""
    for _ in range(4):
        if at == NO_ELEMENT:
            break
        if elements[4 * at] in ("td", "th"):
            return at
        at = elements[4 * at + 2]
    return NO_ELEMENT
