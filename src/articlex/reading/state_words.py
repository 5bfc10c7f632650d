"""The key names and type names of publishers' JSON, from ``data/state.json``."""

from __future__ import annotations

import itertools
import json
from functools import cache
from pathlib import Path

from articlex.memo import memo
from articlex.patterns import lazy
from articlex.scripts import letters_of

_FILE = Path(__file__).parent.parent / "data" / "state.json"
_WORD = lazy(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LONG = 80
"""Longer keys and types are no names."""


@cache
def words(kind: str) -> tuple[str, ...]:
    """The squeezed names of a kind, the most telling first. ``KeyError`` if unknown."""
    return tuple(_read()[kind])


@cache
def named(kind: str) -> frozenset[str]:
    """``words`` as a set."""
    return frozenset(_read()[kind])


@memo(4_096)
def squeeze(key: str) -> str:
    """A key without case and punctuation: "first_published", "firstPublished" and "first-published" are one."""
    return letters_of(key) if len(key) <= _LONG else ""


@memo(4_096)
def split(name: str) -> frozenset[str]:
    """The lower-case words of a key or type: "ParagraphBlock" gives paragraph, block; "core/heading-2" gives h2 too."""
    if len(name) > _LONG:
        return frozenset()
    parts = [part.lower() for part in _WORD.findall(name)]
    whole = squeeze(name)
    pairs = (a + b for a, b in itertools.pairwise(parts))
    return frozenset((*parts, *pairs, whole))


@cache
def _read() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(_FILE.read_bytes())
    return found
