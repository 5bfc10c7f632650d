"""How languages name months, weekdays, halves of the day and time zones: ``data/calendar.json`` ready for look-ups."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from articlex.patterns import by, lazy
from articlex.scripts import fold, is_unspaced
from articlex.vocabulary import language, languages, phrases, zones

_CALENDAR = Path(__file__).parent.with_name("data") / "calendar.json"
_ZERO_DIGITS = "\u0660\u06f0\u0966\u09e6\u0ae6\u0be6\u0c66\u0e50\uff10"
_PLAIN = {chr(ord(zero) + n): str(n) for zero in _ZERO_DIGITS for n in range(10)}
_PLAIN.update({"\u200e": " ", "\u200f": " ", "\u061c": " ", "،": ","})  # marks of writing direction; the Arabic comma
_PLAINED, _AS_PLAIN = lazy(f"[{''.join(_PLAIN)}]"), by(_PLAIN)


class Words:
    """A set of folded words that is quick to ask for one which ends, or begins, at a place in a text.

    With most characters no word ends, and with the others there are few lengths to try.
    """

    __slots__ = ("_by_first", "_by_last", "members")

    def __init__(self, members: Iterable[str]) -> None:
        self.members = frozenset(members)
        self._by_last = self._lengths(-1)
        self._by_first = self._lengths(0)

    def _lengths(self, place: int) -> dict[str, tuple[int, ...]]:
        found: dict[str, set[int]] = {}
        for word in self.members:
            found.setdefault(word[place], set()).add(len(word))
        return {character: tuple(sorted(sizes, reverse=True)) for character, sizes in found.items()}

    def ending(self, text: str, end: int, printed: str = "") -> int:
        """Where the longest of the words that ends at ``end`` begins, as a whole word; ``end`` if there is none.

        With the text as ``printed``, before folding, a capital after a small letter begins a word too ("PressApril").
        """
        for size in self._by_last.get(text[end - 1], ()) if end else ():
            start = end - size
            if start < 0 or text[start:end] not in self.members:
                continue
            glued = printed and start and printed[start - 1].islower() and printed[start].isupper()
            if start == 0 or glued or not _joined(text, start):
                return start
        return end

    def starting(self, text: str, start: int) -> int:
        """Where the longest of the words that begins at ``start`` ends, as a whole word; ``start`` if there is none."""
        for size in self._by_first.get(text[start], ()) if start < len(text) else ():
            end = start + size
            if text[start:end] in self.members and (end >= len(text) or not _joined(text, end)):
                return end
        return start


def _joined(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    return before.isalpha() and after.isalpha() and not is_unspaced(before) and not is_unspaced(after)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words are folded. ``months`` gives for a month's name each language that has it, with its number.

    ``links`` stand inside a date, ``gaps`` also between date and time, ``before`` also before a date; ``halves`` of the
    day are "am" and "pm".
    """

    months: Mapping[str, tuple[tuple[str, int], ...]]
    names: Words
    links: Words
    gaps: Words
    before: Words
    halves: Mapping[str, Words]
    marks: Mapping[str, str]
    eras: Mapping[str, int]
    orders: Mapping[str, str]


@cache
def calendar() -> Calendar:
    """The tables of every language."""
    record = raw_calendar()
    months: dict[str, list[tuple[str, int]]] = {}
    for code, names in record["months"].items():
        for number, variants in enumerate(names, start=1):
            for name in variants:
                months.setdefault(fold(name), []).append((code, number))
    links = frozenset(fold(word) for word in record["links"] if word)
    weekdays = frozenset(fold(name) for names in record["weekdays"].values() for name in names)
    gaps = links | weekdays | phrases("time_words").keys() | {"t"}
    return Calendar(
        months={name: tuple(found) for name, found in months.items()},
        names=Words(months),
        links=Words(links),
        gaps=Words(gaps),
        before=Words(gaps | phrases("date_links").keys()),
        halves={half: Words(map(fold, record[half])) for half in ("am", "pm")},
        marks={mark: "".join(characters) for mark, characters in record["marks"].items()},
        eras=record["eras"],
        orders=record["order"],
    )


@cache
def raw_calendar() -> dict[str, Any]:
    """``data/calendar.json`` as it is."""
    record: dict[str, Any] = json.loads(_CALENDAR.read_bytes())
    return record


def plain(text: str) -> str:
    """The text folded, with ASCII digits whatever the script's; it keeps its length."""
    folded = fold(text)
    return folded if folded.isascii() else _PLAINED.sub(_AS_PLAIN, folded)


def month_of(name: str, tags: Iterable[str]) -> int:
    """The month (1..12) of a name that is in ``calendar().months``, by the first language of ``tags`` that has it."""
    meanings = calendar().months[name]
    if len(meanings) > 1:
        known = dict(reversed(meanings))
        for tag in tags:
            if month := known.get(tag.partition("-")[0].lower()):
                return month
    return meanings[0][1]


def is_day_first(tags: Iterable[str]) -> bool | None:
    """Whether the first known language puts the day before the month in 3/4/2021; ``None`` if it does not tell."""
    for tag in tags:
        found = language(tag)
        order = calendar().orders.get(tag.lower()) or (found.date_order if found else None)
        if order:
            return None if order == "YMD" else order == "DMY"
    return None


def zone_named(name: str, moment: datetime) -> tzinfo | None:
    """The zone of a printed name ("CEST", "MSK") at that moment, as a fixed offset; ``None`` if it is not one."""
    offset = zones().get(name)
    if isinstance(offset, str):  # "ET": the season decides
        from dateutil import tz

        region = tz.gettz(offset)
        delta = region.utcoffset(moment.replace(tzinfo=None)) if region else None
        return timezone(delta) if delta is not None else None
    return timezone(timedelta(minutes=offset)) if offset is not None else None


@cache
def units() -> tuple[Words, Mapping[str, str]]:
    """Every word for a unit of time, and its unit ("stunden" -> "hour")."""
    found: dict[str, str] = {}
    for item in languages().values():
        for unit in ("minute", "hour", "day", "week", "month", "year", "second"):
            for word in item.relative.get(unit, ()):
                found.setdefault(fold(word), unit)
    return Words(found), found


@cache
def relative_words(kind: str) -> Words:
    """Every word of a kind: "ago", "before", "one", "today", "yesterday", "now"."""
    return Words(fold(word) for item in languages().values() for word in item.relative.get(kind, ()))
