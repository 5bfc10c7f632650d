"""Dates and times in visible text: found at their years, so that a text without a year costs one search.

From each four-digit year the scanner looks a few words to the left ("29. Oktober ", "Oct 29, ", "3/4/") and to the
right ("年3月5日", ". március 5."). Every step is a look-up or a short pattern on a window of fixed size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from articlex.fields.dateclock import time_at
from articlex.fields.datewords import calendar, is_day_first, month_of, plain
from articlex.patterns import lazy

_WINDOW = 64
# Flattened pages glue what follows: "October 17, 20236:01 PM", "Mar 27, 20255 mins".
# What stands before is asked last: a pattern that begins with characters is looked for much faster.
_YEAR = lazy(r"(?:19[89]\d|20\d\d|25[3-9]\d)(?!\d\d(?!:\d\d|\. ?[^\W\d]))(?:(?<!\d\d{4})|(?<=[^\W\d] [0-3]\d\d{4}))")
_SHAPE = lazy(r"\d(?:\d\d\d|[./／]\d\d?[./／]\d\d)")
_OTHER_SHAPE = lazy("[\u0e00-\u0e7f年]")
_THAI = lazy("[\u0e00-\u0e7f]")
_SHORT_BUDDHIST = lazy(r"(?<![\d.:])[3-9]\d(?![\d.:])")
_SHORT = lazy(r"(?<![\d./:-])(\d\d?)([./])(\d\d?)\2(\d\d)(?![\d%€$£]|[./:]\d)")
_NUMBERS_LEFT = lazy(r"(?<![\d./-])(\d{1,2})\s{0,2}([./|–-])\s{0,2}(\d{1,2})\s{0,2}(?:\2|-)\s{0,2}$")
_NUMBERS_RIGHT = lazy(r"\s{0,2}([./–-])\s{0,2}(\d{1,2})\s{0,2}\1\s{0,2}(\d{1,2})(?!\d)")
_MORE_NUMBERS = lazy(r"[./]\d")
_DAY_LEFT = lazy(r"(?<!\d)(?<!\d[.:])(\d{1,2})(?:[^\W\d_]{0,3}|:e)[.ºª°]?$")
_DAY_RIGHT = lazy(r"(\d{1,2})(?![\d:])(?:[^\W\d_]{0,3}\b)?\.?")
_LOOSE_LEFT = lazy(r"[\s,.;/()'·–-]{1,4}$")
_LOOSE_RIGHT = lazy(r"[\s,.;/()'·–-]{1,4}")
_GAP_LEFT = lazy(r"[\s,;|·•–—/()\[\]@.*_-]{1,6}$")
_NUMBERS_CHARS, _DAY_CHARS, _LOOSE_CHARS = 16, 8, 5
"""The most characters that the patterns above for numbers, a day and marks before the end of a text can take."""
_SMALL_NUMBER = lazy(r"(?<!\d)\d\d?(?!\d)")
_CLOCK_BEFORE = lazy(r"(?<![\d.:/-])\d{1,2}(?:[:.h]\d\d|\s?[ap]\.?\s?m\b)")


class Scope(NamedTuple):
    """What decides in doubtful dates: likely languages, the order of day and month, the latest possible day."""

    languages: tuple[str, ...]
    day_first: bool | None
    latest: date

    def order(self, first: int, mark: str, second: int) -> tuple[int, int]:
        """Day and month out of two numbers in printed order, which ``mark`` parts.

        Where dates have full stops the day comes first, also in English; only what the page shows elsewhere
        (``day_first``) says otherwise.
        """
        if first > 12 or second > 12:
            return (first, second) if first > 12 else (second, first)
        by_language = (mark == "." or is_day_first(self.languages)) if self.day_first is None else self.day_first
        return (second, first) if by_language is False else (first, second)


class Scanned(NamedTuple):
    """A date in ``text[start:end]``."""

    value: datetime | date
    start: int
    end: int


def may_hold_date(text: str) -> bool:
    """False for most texts that have no date for ``scan``: no year of four digits, no three numbers of two."""
    return bool(_SHAPE.search(text)) or (not text.isascii() and bool(_OTHER_SHAPE.search(text)))


def scan(text: str, scope: Scope) -> Iterator[Scanned]:
    """Every plausible date of the text with its time, in order, without overlaps."""
    folded, done = plain(text), 0
    for year in _YEAR.finditer(folded):
        if year.start() < done:
            continue
        found = _around(folded, text, year, scope)
        if found and found.start >= done:
            found = _with_time(folded, text, found, done)
            done = found.end
            yield found
    if not done:
        yield from _without_long_year(folded, text, scope)


def _around(folded: str, text: str, year: re.Match[str], scope: Scope) -> Scanned | None:
    number = int(year.group())
    if number > 2500:
        number -= 543  # the Buddhist calendar of Thailand
    low = max(0, year.start() - _WINDOW)
    left, right = folded[low : year.start()], folded[year.end() : year.end() + _WINDOW]
    if right[:1].isdigit():
        right = ""
    for day, month, start, end in _readings(left, right, text[low : year.start()], scope):
        value = plausible(number, month, day, scope)
        if value:
            return Scanned(value, low + start, year.end() + end)
    return None


def _readings(left: str, right: str, printed: str, scope: Scope) -> Iterator[tuple[int, int, int, int]]:
    """Day, month, the start within ``left`` and the end within ``right``, most certain layout first."""
    if right and (found := _cjk().match(right)):
        yield int(found[2]), int(found[1]), len(left), found.end()
    if not _MORE_NUMBERS.match(right) and (numbers := _NUMBERS_LEFT.search(left, max(0, len(left) - _NUMBERS_CHARS))):
        day, month = scope.order(int(numbers[1]), numbers[2], int(numbers[3]))
        yield day, month, numbers.start(), 0
    if _SMALL_NUMBER.search(left) and (named := _named_left(left, printed, scope)):
        yield *named, 0
    if numbers := _NUMBERS_RIGHT.match(right):
        yield int(numbers[3]), int(numbers[2]), len(left), numbers.end()
    if _SMALL_NUMBER.search(right) and (named_right := _named_right(right, scope)):
        day, month, end = named_right
        yield day, month, len(left), end


@cache
def _cjk() -> re.Pattern[str]:
    marks = calendar().marks
    year, month, day = (f"[{marks[unit]}]" for unit in ("year", "month", "day"))
    return re.compile(rf"\s?{year}\s?(\d{{1,2}})\s?{month}\s?(\d{{1,2}})(?:\s?{day})?")


@cache
def _era() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(calendar().eras)})" + r"\s?(\d{1,3})(?=\s?年)")


def plausible(year: int, month: int, day: int, scope: Scope) -> date | None:
    """The date, if it exists and lies between 1990 and the latest possible day."""
    if not 1990 <= year <= 2100:
        return None
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return value if value <= scope.latest else None


def _named_left(left: str, printed: str, scope: Scope) -> tuple[int, int, int] | None:
    """Day, month and start of "29. Oktober " or "October 29th, " at the end of ``left``."""
    names = calendar().names
    loose = _LOOSE_LEFT.search(left, max(0, len(left) - _LOOSE_CHARS))
    end = loose.start() if loose else len(left)
    start = names.ending(left, end, printed)
    if start == end:
        end = _skip_left(left, end)
        start = names.ending(left, end, printed)
    if start < end:
        month = month_of(left[start:end], scope.languages)
        start = _skip_left(left, start)
        again = names.ending(left, start)  # "5 آذار/مارس": the month in two ways
        if again < start and month_of(left[again:start], scope.languages) == month:
            start = _skip_left(left, again)
        day = _DAY_LEFT.search(left, max(0, start - _DAY_CHARS), start)
        return (int(day[1]), month, day.start()) if day else None
    day = _DAY_LEFT.search(left, max(0, end - _DAY_CHARS), end)
    if not day:
        return None
    end = _skip_left(left, day.start())
    start = names.ending(left, end, printed)
    return (int(day[1]), month_of(left[start:end], scope.languages), start) if start < end else None


def _named_right(right: str, scope: Scope) -> tuple[int, int, int] | None:
    """Day, month and end of ". március 5." or "-Mar-05" at the beginning of ``right``."""
    names = calendar().names
    start = _skip_right(right, 0)
    end = names.starting(right, start)
    if end > start:
        month = month_of(right[start:end], scope.languages)
        day = _DAY_RIGHT.match(right, _skip_right(right, end))
        return (int(day[1]), month, day.end()) if day else None
    day = _DAY_RIGHT.match(right, start)
    if not day:
        return None
    start = _skip_right(right, day.end())
    end = names.starting(right, start)
    return (int(day[1]), month_of(right[start:end], scope.languages), end) if end > start else None


def _skip_left(text: str, end: int) -> int:
    for _ in range(3):
        before = end
        if loose := _LOOSE_LEFT.search(text, max(0, end - 4), end):
            end = loose.start()
        end = calendar().links.ending(text, end)
        if end == before:
            break
    return end


def _skip_right(text: str, start: int) -> int:
    for _ in range(3):
        before = start
        if loose := _LOOSE_RIGHT.match(text, start):
            start = loose.end()
        start = calendar().links.starting(text, start)
        if start == before:
            break
    return start


def _without_long_year(folded: str, text: str, scope: Scope) -> Iterator[Scanned]:
    """Dates such as 05.03.21, 12 ม.ค. 64 and 令和3年3月5日, where the text has no four-digit year."""
    for found in _SHORT.finditer(folded):
        day, month = scope.order(int(found[1]), found[2], int(found[3]))
        value = plausible(_century(int(found[4])), month, day, scope)
        if value:
            yield _with_time(folded, text, Scanned(value, found.start(), found.end()), 0)
    for year in _SHORT_BUDDHIST.finditer(folded) if _THAI.search(folded) else ():
        low = max(0, year.start() - _WINDOW)
        named = _named_left(folded[low : year.start()], "", scope)
        value = named and plausible(1957 + int(year.group()), named[1], named[0], scope)
        if named and value:
            yield _with_time(folded, text, Scanned(value, low + named[2], year.end()), 0)
    if "年" in folded:
        for era in _era().finditer(folded):
            rest = _cjk().match(folded, era.end())
            value = rest and plausible(calendar().eras[era[1]] + int(era[2]), int(rest[1]), int(rest[2]), scope)
            if rest and value:
                yield _with_time(folded, text, Scanned(value, era.start(), rest.end()), 0)


def _century(short: int) -> int:
    return 1900 + short if short >= 90 else 2000 + short


def _with_time(folded: str, text: str, found: Scanned, floor: int) -> Scanned:
    """The date with the time printed after it, or else before it."""
    after = time_at(folded, text, found.end, found.value)
    if after:
        return Scanned(after[0], found.start, after[1])
    low = max(floor, found.start - 40)
    clocks = list(_CLOCK_BEFORE.finditer(folded, low, found.start))
    if not clocks:
        return found
    before = time_at(folded, text, clocks[-1].start(), found.value)
    if before and before[1] <= found.start and _only_gap(folded, before[1], found.start):
        return Scanned(before[0], clocks[-1].start(), found.end)
    return found


def _only_gap(folded: str, start: int, end: int) -> bool:
    """True if nothing but punctuation, weekdays and words such as "on" lies between."""
    for _ in range(4):
        if loose := _GAP_LEFT.search(folded, max(start, end - 6), end):
            end = loose.start()
        if end <= start:
            return True
        end = max(start, calendar().before.ending(folded, end))
    return False
