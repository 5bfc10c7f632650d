"""Dates told by their distance from the moment of the fetch: "3 hours ago", "vor einer Stunde", "Gestern, 18:05"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from articlex.fields.dateclock import time_at
from articlex.fields.datescan import Scanned
from articlex.fields.datewords import plain, relative_words, units
from articlex.patterns import lazy

_COUNT = lazy(r"(?<![\d.,:/-])\d{1,3}(?![\d:/.,])")
_LONGEST_LINE = 160
_OPENING = lazy(r"[\s,;:|·•–—/()\[\]-]{0,4}")


def scan_relative(text: str, fetched: datetime) -> Iterator[Scanned]:
    """Every relative date of a short line. Minutes and hours give a moment, longer units the day."""
    if len(text) > _LONGEST_LINE:
        return
    folded = plain(text)
    named_day = _named_day(folded, text, fetched)
    if named_day:
        yield named_day
        return
    for start, end, count in _counts(folded):
        found = _distance(folded, start, end, count, fetched)
        if found:
            yield found


def _counts(folded: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and value of each number, in digits or as the word for one ("an hour ago")."""
    for number in _COUNT.finditer(folded):
        yield number.start(), number.end(), int(number.group())
    for word in re.finditer(r"[^\W\d_]+'?", folded):
        if word.group() in relative_words("one").members:
            yield word.start(), word.end(), 1


def _distance(folded: str, start: int, end: int, count: int, fetched: datetime) -> Scanned | None:
    words, unit_of = units()
    unit_start = end + folded.startswith(" ", end)
    unit_end = words.starting(folded, unit_start)
    if unit_end == unit_start:
        return None
    value = _subtract(fetched, unit_of[folded[unit_start:unit_end]], count)
    after = unit_end + folded.startswith(" ", unit_end)
    ago_end = relative_words("ago").starting(folded, after)
    if ago_end > after:
        return Scanned(value, start, ago_end)
    before = start - folded.startswith(" ", max(0, start - 1))
    before_start = relative_words("before").ending(folded, before)
    return Scanned(value, before_start, unit_end) if before_start < before else None


def _subtract(fetched: datetime, unit: str, count: int) -> datetime | date:
    if unit in ("second", "minute", "hour"):
        return (fetched - timedelta(**{unit + "s": count})).replace(microsecond=0)
    if unit in ("day", "week"):
        return (fetched - timedelta(**{unit + "s": count})).date()
    from dateutil.relativedelta import relativedelta

    return (fetched - relativedelta(months=count if unit == "month" else 12 * count)).date()


def _named_day(folded: str, text: str, fetched: datetime) -> Scanned | None:
    """The word for today or yesterday, with a time or alone on its line."""
    for kind, days in (("yesterday", 1), ("today", 0)):
        words = relative_words(kind)
        for word in re.finditer(r"(?<![^\W\d_])[^\W\d_]", folded):
            end = words.starting(folded, word.start())
            if end == word.start():
                continue
            day = (fetched - timedelta(days=days)).date()
            moment = time_at(folded, text, end, day)
            if moment:
                value = moment[0] if moment[0].tzinfo else moment[0].replace(tzinfo=fetched.tzinfo)
                return Scanned(value, word.start(), moment[1])
            if not _OPENING.sub("", folded[end:]) and _is_lead(folded[: word.start()]):
                return Scanned(day, word.start(), end)
    return None


def _is_lead(before: str) -> bool:
    """True if nothing, or a label of one or two words ("Published:"), stands before."""
    return len(before.split()) <= 2
