"""The pieces of text that a block is made of, as the parser hands them out."""

from __future__ import annotations

from articlex.squash import squash

BR = "\x00"
"""A line break; it cannot occur in a text, because the reader takes NULs out."""


def trim(cur: list[str]) -> None:
    """Take away the white space that a block begins with. No span begins behind it."""
    at = 1
    while at < len(cur) and cur[at].isspace():
        at += 1
    del cur[:at]


def as_printed(joined: str) -> str:
    """The text with its white space, but for what stands around it."""
    return joined.replace(BR, "\n").expandtabs(4).strip("\r\n").rstrip()


def split_at_breaks(joined: str) -> list[str]:
    """Parts at two or more ``<br>``; a single one is a line end inside its part."""
    texts: list[str] = []
    lines: list[str] = []
    for line in joined.split(BR):
        folded = squash(line)
        if folded:
            lines.append(folded)
        elif lines:
            texts.append("\n".join(lines))
            lines = []
    if lines:
        texts.append("\n".join(lines))
    return texts
