"""Signs that stand for markup in plain text: bullets, numbers, quotation marks of mail, tabs between cells.

Each makes the kind of the line and is taken off its text. One line alone rarely proves anything ("- 12 °C", "1. FC
Köln"), so most need a neighbour of the same sort.
"""

from __future__ import annotations

from articlex.page import Block
from articlex.patterns import lazy

_SURE = "•·▪◦‣∙⁃"
"""Bullets wherever they stand at the beginning of a line; the others need a neighbour."""
_NESTED = ("*", "+", "o", "-")
"""What text browsers put before the items of lists within lists."""
_BULLET = lazy(rf"([{_SURE}*+●■○▸►–-]|o(?=\s))\s*(?=[^\s*+–-])")
_NUMBER = lazy(r"(\d{1,3})[.)]\s(?=\S)")
_ROW_CHARS = 400
"""A row with more text than this is layout, not data (as in HTML)."""
_MAIL_CHARS = 45
"""Mean length of the lines of a quotation; shorter ones behind ``>`` are links with an arrow."""


def mark_bullets(lines: list[Block], sure: str = _SURE) -> list[Block]:
    """Make list items of the lines behind a bullet or a number in sequence. ``sure`` bullets need no neighbour."""
    signs = [_sign(block) if (first := block.text[0]) == "o" or not first.isalpha() else "" for block in lines]
    if not any(signs):
        return lines
    columns = [block.indent for block in lines]  # as printed: an item's own indent becomes that of its text
    levels: list[int] = []
    before = ""
    for i, block in enumerate(lines):
        sign = signs[i]
        if sign and (sign in sure or _has_neighbour(signs, columns, lines, i)) and (sign != "o" or before):
            before = sign
            while levels and levels[-1] > block.indent:
                levels.pop()
            if not levels or levels[-1] < block.indent:
                levels.append(block.indent)
            _make_item(block, min(len(levels), 9))
        elif levels and (block.blank_before or block.indent <= levels[-1]):
            levels.clear()
            before = ""
    return lines


def _sign(block: Block) -> str:
    """The bullet, or the number and what follows it ("3."), at the beginning of a line; ``""`` where there is none."""
    text = block.text
    first = text[0]
    if block.kind != "paragraph" or len(text) < 3:
        return ""
    if first.isalnum() and first != "o":
        number = _NUMBER.match(text) if block.indent else None
        return number[0].strip() if number else ""
    bullet = _BULLET.match(text)
    # "-5" and "*note" are words; a bullet has a space after it
    return bullet[1] if bullet and (text[1] == " " or first in _SURE) else ""


def _has_neighbour(signs: list[str], columns: list[int], lines: list[Block], i: int) -> bool:
    """Whether a line beside this one carries the same bullet, the next number, or another bullet further in or out."""
    return any(
        0 <= j < len(lines)
        and lines[max(i, j)].blank_before <= 1
        and (
            (signs[j] == _expected(signs[i], j - i) and abs(columns[j] - columns[i]) <= 1)
            or (signs[j] in _NESTED and signs[i] in _NESTED and abs(columns[j] - columns[i]) >= 2)
        )
        for j in (i - 1, i + 1)
    )


def _expected(sign: str, step: int) -> str:
    return f"{int(sign[:-1]) + step}{sign[-1]}" if sign[0].isdigit() else sign


def _make_item(block: Block, level: int) -> None:
    match = _NUMBER.match(block.text) or _BULLET.match(block.text)
    block.kind, block.level, block.ordered = "list_item", level, block.text[0].isdigit()
    block.indent += match.end() if match else 0
    block.text, block.raw = block.text[match.end() if match else 0 :], ""


def mark_quotes(lines: list[Block]) -> list[Block]:
    """Make quotations of runs of long lines behind ``>``."""
    if not any(block.text[0] == ">" for block in lines):
        return lines
    kept: list[Block] = []
    for run in _runs(lines, ">"):
        lengths = [len(block.text) for block in run if len(block.text) > 1]
        if run[0].text[0] == ">" and sum(lengths) >= _MAIL_CHARS * max(1, len(lengths)):
            kept.extend(unquote(run))
        else:
            kept.extend(run)
    return kept


def unquote(run: list[Block]) -> list[Block]:
    """The lines of a quotation without their ``>``; one that holds nothing else is a blank line."""
    kept: list[Block] = []
    blank = 0
    for block in run:
        text = block.text.lstrip("> ")
        if not text:
            blank += 1
            continue
        block.indent += len(block.text) - len(text)
        block.text, block.raw, block.kind = text, "", "quotation"
        block.blank_before += blank
        blank = 0
        kept.append(block)
    return kept


def _runs(lines: list[Block], sign: str) -> list[list[Block]]:
    """The lines, those that begin with the sign together with their neighbours that do, every other alone."""
    runs: list[list[Block]] = []
    inside = False
    for block in lines:
        begins = block.text[0] == sign
        if begins and inside and not block.blank_before:
            runs[-1].append(block)
        else:
            runs.append([block])
        inside = begins
    return runs


def mark_rows(lines: list[Block]) -> list[Block]:
    """Make table rows of neighbouring lines that tabs part into the same number of cells."""
    if not any("\t" in block.raw for block in lines):
        return lines
    rows = [_cells(block) for block in lines]
    for i, cells in enumerate(rows):
        if len(cells) > 1 and any(
            0 <= j < len(rows) and len(rows[j]) == len(cells) and lines[max(i, j)].blank_before <= 1
            for j in (i - 1, i + 1)
        ):
            block = lines[i]
            block.cells, block.kind, block.raw = cells, "table_row", ""
            block.text = "\t".join(cells)
    return lines


def _cells(block: Block) -> tuple[str, ...]:
    if "\t" not in block.raw or len(block.text) > _ROW_CHARS:
        return ()
    return tuple(cell for part in block.raw.split("\t") if (cell := " ".join(part.split())))
