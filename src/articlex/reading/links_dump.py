"""Dumps of text browsers (lynx, links, elinks, w3m): ``[7]`` before each link, a list of addresses at the end."""

from __future__ import annotations

import re
from itertools import pairwise

from articlex.page import Block
from articlex.patterns import lazy

_MARK = lazy(r"\[(\d{1,5})\]")
_ADDRESS = lazy(r"\[?\d{1,5}[.\]]\s?(?:[a-z][a-z0-9+.-]{1,20}:|/)\S*$", re.IGNORECASE)
_FORM = lazy(
    r"\[(?:INLINE|IMAGE|IMG|EMBED|LINK|BUTTON|FRAME|[ _xX*]{1,40}|[\w-]{1,40}\.(?:gif|jpe?g|png|svg|webp))\]\s?"
    r"|\((?:BUTTON|[ *x])\)\s?|_{5,}"
)
_PICTURE = lazy(r"\[(?:INLINE|IMAGE|IMG|EMBED)\]\s?")
_FEWEST = 3
_HEADING = 30
"""The headings of the list are shorter: "References", "Visible links", in the language of the program."""


def has_link_marks(lines: list[Block]) -> bool:
    """Whether the page's links are numbered from 1 upwards. Footnotes stand behind words, and repeat."""
    numbers: list[int] = []
    for block in lines:
        if "[" in block.text:
            numbers.extend(int(mark[1]) for mark in _MARK.finditer(block.text) if mark.end() < len(block.text))
            if len(numbers) >= 50:
                break
    rising = sum(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST and numbers[0] <= 2 and rising >= 0.8 * (len(numbers) - 1)


def drop_references(lines: list[Block]) -> list[Block]:
    """Without the list of addresses at the end and its headings: they are the printer's, not the page's."""
    end = len(lines)
    while end and _ADDRESS.match(lines[end - 1].text):
        end -= 1
    if len(lines) - end < _FEWEST:
        return lines
    if end > 1 and lines[end - 1].indent > lines[end - 2].indent and len(lines[end - 2].text) < _HEADING:
        end -= 1  # "References" above the indented "Visible links"
    return lines[: end - 1] if end and len(lines[end - 1].text) < _HEADING else lines[:end]


def take_marks_off(lines: list[Block]) -> list[Block]:
    """Without ``[7]``, ``[BUTTON]`` and ``[logo.gif]``. What stands behind a picture's mark is its caption."""
    kept: list[Block] = []
    for block in lines:
        text = block.text
        if "[" not in text and "(" not in text and "__" not in text:
            kept.append(block)
            continue
        picture = _PICTURE.match(text)
        bare = " ".join(_FORM.sub("", _MARK.sub("", text)).split())
        if bare.strip(" |") and not text.startswith("#["):  # "#[1]Next": what <link> elements point to
            if text[0] == "[" and _MARK.match(text) and len(bare) < 100:
                block.link_chars = len(bare)
            if picture:
                block.kind = "caption"
            block.text, block.raw = bare, ""
            kept.append(block)
    return kept
