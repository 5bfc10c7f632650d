"""White space as printed is layout, not text, and so are characters that nobody sees."""

from __future__ import annotations

import re

INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]+")
"""Soft hyphen, zero-width space, word joiner, BOM, and the marks that steer bidirectional text. The zero-width joiner
and non-joiner stay: they are spelling in Persian, in the scripts of India and in emoji.
"""


def squash(text: str) -> str:
    """Every run of white space as one space, none at the ends, without invisible characters.

    A printable text has neither (no white space but spaces), which is quickly seen and true of most.
    """
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return text
    return " ".join(INVISIBLE.sub("", text).split())
