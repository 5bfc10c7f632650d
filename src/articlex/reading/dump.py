"""A page that somebody flattened to text: each line is a block."""

from __future__ import annotations

from articlex.options import Options
from articlex.page import Block, Page

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"))


def read_dump(text: str, page: Page, options: Options) -> None:
    """Fill ``page`` from a text dump."""
    blank = 0
    for number, line in enumerate(text.splitlines(), 1):
        folded = " ".join(line.translate(_INVISIBLE).split())
        if not folded:
            blank += 1
            continue
        if len(page.blocks) >= options.max_blocks:
            page.reasons.append("blocks_limited")
            return
        raw = line.strip() if "\xa0" in line else ""
        indent = len(line) - len(line.lstrip())
        page.blocks.append(Block(folded, line=number, raw=raw, blank_before=blank, indent=indent))
        blank = 0
