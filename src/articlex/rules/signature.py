"""The names of the byline once more, under the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from articlex.patterns import lazy
from articlex.rules.story import Part, Story
from articlex.scripts import letters_of
from articlex.vocabulary import phrases

_LAST = 2
"""Blocks at the end of the body that are looked at."""
_REST = 60
"""Characters that such a line has beside the names, for prefixes and roles."""
_BRACKETS = lazy(r"\([^()]*\)|（[^（）]*）")


def signature(story: Story) -> Iterator[tuple[int, Part]]:
    """A line at the end of the body that holds the names of the byline and nothing else. 6 : 0."""
    names = [byline.name for byline in story.scene.value("bylines") or ()]
    for i in story.body[1:][-_LAST:] if names else ():
        text = story.blocks[i].text
        if len(text) <= sum(map(len, names)) + _REST and all(name in text for name in names) and _is_all(text, names):
            yield i, Part("byline", "signature")


def _is_all(text: str, names: list[str]) -> bool:
    """Whether a text is the names, roles in brackets, and what stands before and between names."""
    rest = _BRACKETS.sub(" ", text)
    for name in names:
        rest = rest.replace(name, " ")
    return _small().issuperset(map(letters_of, rest.split()))


@cache
def _small() -> frozenset[str]:
    return frozenset(("", *map(letters_of, (*phrases("name_joiners"), *phrases("byline_prefixes")))))
