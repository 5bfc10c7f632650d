"""The dates that stand in a byline's line, and the line without them."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache

from articlex.fields.datetext import DateMatch, find_dates
from articlex.fields.datewords import calendar, plain
from articlex.fields.name_shapes import split_prefix
from articlex.patterns import lazy
from articlex.vocabulary import phrases

_DIGIT = lazy(r"\d")
_MARKS = ",.:;|-–·•@("
_GLUED = lazy(r"(?<=[a-zà-ÿ])(?=[A-Z0-9])|(?<=(?:19|20)\d\d)(?=\d{1,2}[. ]+[^\W\d])|(?<=(?:19|20)\d\d)(?=[A-Z])")
_ANY_DAY = datetime(2099, 12, 28)
"""Relative dates only have to be seen here, not reckoned."""


def dated(text: str) -> bool:
    """Whether a line holds a date."""
    return bool(_DIGIT.search(text)) and bool(_dates_in(text)[1])


@lru_cache(maxsize=256)
def _dates_in(text: str) -> tuple[str, tuple[DateMatch, ...]]:
    """A line and its dates, relative ones too; where a name and a date are glued, the line with a space between."""
    found = find_dates(text, fetched=_ANY_DAY)
    if not found and (spaced := _GLUED.sub(" ", text)) != text and (unglued := find_dates(spaced, fetched=_ANY_DAY)):
        text, found = spaced, unglued
    return text, tuple(found)


def cut_dates(text: str) -> str:
    """A line with bars instead of its dates and of the words that lead to them ("on Monday, ")."""
    if not _DIGIT.search(text):
        return text
    text, found = _dates_in(text)
    if not found:
        return text
    pieces, at = [], 0
    for match in found:
        pieces.append(_without_links(text[at : match.start], opening=not at))
        at = match.end
    pieces.append(_without_links(text[at:]))
    return " | ".join(piece for piece in pieces if piece)


def _without_links(text: str, *, opening: bool = False) -> str:
    """A text between dates without the words that link it to them ("on Monday,", "Uhr")."""
    words = text.split()
    if words and (glue := _GLUED.search(words[-1])) and plain(words[-1][glue.start() :]) in _linking_words():
        words[-1] = words[-1][: glue.start()]  # "Jane DoePublished"
    while words and plain(words[-1].strip(_MARKS)) in _linking_words():
        words.pop()
    start = 0
    while not opening and start < len(words) and plain(words[start].strip(_MARKS)) in _linking_words():
        if split_prefix(" ".join(words[start:]))[0]:
            break
        start += 1
    return " ".join(words[start:])


@cache
def _linking_words() -> frozenset[str]:
    labels = (*phrases("published_labels"), *phrases("modified_labels"), "")
    return calendar().before.members.union(labels)
