"""The list of cookies that a dialog of consent holds, with a sentence about each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from articlex.rules.story import Part, Story
from articlex.vocabulary import read_data

_FEWEST = 5
"""Blocks with the word that make a list."""
_SHARE = 0.5
"""The share of the list's blocks that have it."""
_ENDS = int(_FEWEST / _SHARE)
"""Blocks at an end of the body among which a list there shows."""


def cookie_list(story: Story) -> Iterator[tuple[int, Part]]:
    """The end (or the beginning) of the body where every other block speaks of cookies and the headline does not.

    151 : 0, all on dumps.
    """
    body, head = story.body, story.scene.headline
    ends = "\n".join([story.blocks[i].text for i in (*body[:_ENDS], *body[-_ENDS:])]).lower()
    words = [word for word in _words() if word in ends]
    if not words or (head is not None and _says(story.blocks[head].text, words)):
        return
    marked = [_says(story.blocks[i].text, words) for i in body]
    before, behind = _reach(marked), _reach(marked[::-1])
    if before + behind < len(body):
        part = Part("chrome", "cookie_list")
        yield from ((i, part) for i in (*body[:before], *body[len(body) - behind :]))


@cache
def _words() -> tuple[str, ...]:
    return tuple(read_data("consent.json"))


def _reach(marked: list[bool]) -> int:
    """How many blocks from the first on are the list: up to the last place where it has its share."""
    count = reach = 0
    for length, mark in enumerate(marked, 1):
        count += mark
        if length >= _ENDS and count < _FEWEST:
            break
        if mark and count >= max(_FEWEST, _SHARE * length):
            reach = length
    return reach


def _says(text: str, words: list[str]) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in words)
