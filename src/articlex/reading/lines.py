"""The lines of a dump before any repair, without what nobody sees: WARC header, line ends, invisible characters."""

from __future__ import annotations

import html
import re
from datetime import datetime

from articlex.deadline import NEVER, Deadline
from articlex.options import Options
from articlex.page import NO_ELEMENT, Block, Page
from articlex.patterns import lazy
from articlex.squash import INVISIBLE

_ENTITY = lazy(
    r"&(?:nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|laquo|raquo|[a-z]uml|#x?[0-9a-f]{2,5});", re.IGNORECASE
)
_ENTITIES = 5
"""From this many on, a page was flattened without resolving its entities; a few are text about HTML."""
_WARC = lazy(r"\s{0,99}WARC/\d\.\d[ \t]*\n")
_HEADER_LINES = 60
_HEADER = 2_048
"""Characters in which a WARC header stands."""
_STRIDE = 1_024
"""Lines between two looks at the clock."""


def lines_of(text: str, page: Page, options: Options, deadline: Deadline = NEVER) -> tuple[list[Block], set[int]]:
    """A block for each line with text, and the numbers of the lines that end with one space.

    ``page`` takes URL and date of a WARC header where the caller gave none. Past the deadline no more lines are read.
    """
    text = visible(text)
    above, start = _read_header(text, page)
    most = options.max_blocks
    lines: list[Block] = []
    open_ends: set[int] = set()
    blank = 0
    stop = min(most, _STRIDE)
    for number, printed in enumerate(text[start:].split("\n"), above + 1):
        if not printed or printed.isspace():
            blank += 1
            continue
        plain = printed.isprintable()  # most lines: nothing invisible in them, no tab, no no-break space
        line = printed if plain else INVISIBLE.sub("", printed)
        if not line or line.isspace():
            blank += 1
            continue
        if len(lines) == stop:
            if stop == most:
                page.reasons.append("blocks_limited")
                break
            if deadline.passed:
                page.note("deadline")
                break
            stop = min(most, stop + _STRIDE)
        if plain and "  " not in line and line[0] != " " != line[-1]:
            lines.append(Block(line, "paragraph", NO_ELEMENT, number, 0, False, (), 0, "", blank))
        else:
            squashed = " ".join(line.split())
            bare = line.strip()
            raw = "" if bare == squashed else bare
            indent = len(line) - len(line.lstrip())
            lines.append(Block(squashed, line=number, raw=raw, blank_before=blank, indent=indent))
            if line[-1] in " \xa0" and not line[-2].isspace():
                open_ends.add(number)
        blank = 0
    return lines, open_ends


def visible(text: str) -> str:
    """The text with plain line ends, its entities resolved if none has been, without what hides a header.

    The other invisible characters go line by line: nearly every line is free of them, which is quickly seen, except for
    the one that counts as printable.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = INVISIBLE.sub("", text[:_HEADER]) + text[_HEADER:].replace("\ufffc", "")
    if "&" in text and sum(1 for _ in zip(range(_ENTITIES), _ENTITY.finditer(text), strict=False)) == _ENTITIES:
        text = INVISIBLE.sub("", html.unescape(text))
    return text


def _read_header(text: str, page: Page) -> tuple[int, int]:
    """Lines and characters of a WARC header at the beginning; (0, 0) where there is none."""
    begin = _WARC.match(text)
    if not begin:
        return 0, 0
    at, number = begin.end(), text.count("\n", 0, begin.end())
    for _ in range(_HEADER_LINES):
        end = text.find("\n", at)
        if end < 0 or not text[at:end].strip():
            return number + 1, len(text) if end < 0 else end + 1
        name, colon, value = text[at:end].partition(":")
        if colon:
            _take(name.strip().lower(), value.strip(), page)
        at, number = end + 1, number + 1
    return number, at


def _take(name: str, value: str, page: Page) -> None:
    if name == "warc-target-uri" and not page.url:
        page.url = page.base = value.strip("<>")
    elif name == "warc-date" and page.fetched is None:
        try:
            page.fetched = datetime.fromisoformat(value)
        except ValueError:
            return
