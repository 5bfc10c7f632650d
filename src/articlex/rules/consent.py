"""The list of cookies that a dialog of consent holds, with a sentence about each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from articlex.rules.story import Part, Story
from articlex.vocabulary import read_data

_FEWEST = 5
"""Blocks with the word that make a list."""
_GAP = 2
"""Blocks without it that may stand between two with it."""
_EDGE = 4
"""Blocks of body between the list and the end (or the beginning) that go with it."""
_ENDS = 12
"""Blocks at an end of the body among which a list there shows."""


def cookie_list(story: Story) -> Iterator[tuple[int, Part]]:
    """The end (or the beginning) of the body where nearly every block speaks of cookies and the headline does not.

    151 : 0, all on dumps.
    """
    body, head = story.body, story.scene.headline
    if not _ends_with(story, _EDGE):
        return
    words = _ends_with(story, _ENDS)
    if head is not None and _says(story.blocks[head].text, words):
        return
    part, last = Part("chrome", "cookie_list"), len(body) - 1
    for first, end in _runs([at for at, i in enumerate(body) if _says(story.blocks[i].text, words)]):
        opens, closes = first < _EDGE and end < last - _EDGE, end > last - _EDGE and first > _EDGE
        if opens or closes:
            yield from ((i, part) for i in body[0 if opens else first : last + 1 if closes else end + 1])


def _ends_with(story: Story, number: int) -> list[str]:
    """The words that the first or last so many blocks of the body hold."""
    body = story.body
    text = "\n".join([story.blocks[i].text for i in (*body[:number], *body[-number:])]).lower()
    return [word for word in _words() if word in text]


def _runs(marked: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last block of each list."""
    start = 0
    for at, block in enumerate(marked):
        if at + 1 == len(marked) or marked[at + 1] - block > _GAP + 1:
            if at + 1 - start >= _FEWEST:
                yield marked[start], block
            start = at + 1


@cache
def _words() -> tuple[str, ...]:
    return tuple(read_data("consent.json"))


def _says(text: str, words: list[str]) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in words)
