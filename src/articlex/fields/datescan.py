"""Dates and times in visible text: found at their years, so that a text without a year costs one search.

From each four-digit year the scanner looks a few words to the left ("29. Oktober ", "Oct 29, ", "3/4/") and to the
right ("年3月5日", ". március 5."). Every step is a look-up or a short pattern on a window of fixed size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

from articlex.fields.datewords import calendar, is_day_first, month_of, plain, zone_named

_WINDOW = 64
_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20\d\d|25[3-9]\d)(?!\d)")
_SHORT = re.compile(r"(?<![\d./:-])(\d\d)([./])(\d\d)\2(\d\d)(?![\d%€$£]|[./:]\d)")
_NUMBERS_LEFT = re.compile(r"(?<![\d./-])(\d{1,2})\s{0,2}([./–-])\s{0,2}(\d{1,2})\s{0,2}\2\s{0,2}$")
_NUMBERS_RIGHT = re.compile(r"\s{0,2}([./–-])\s{0,2}(\d{1,2})\s{0,2}\1\s{0,2}(\d{1,2})(?!\d)")
_DAY_LEFT = re.compile(r"(?<!\d)(?<!\d[.:])(\d{1,2})(?:[^\W\d_]{0,3}|:e)[.ºª°]?$")
_DAY_RIGHT = re.compile(r"(\d{1,2})(?![\d:])(?:[^\W\d_]{0,3}\b)?\.?")
_LOOSE_LEFT = re.compile(r"[\s,.;/()'·–-]{1,4}$")
_LOOSE_RIGHT = re.compile(r"[\s,.;/()'·–-]{1,4}")
_GAP = re.compile(r"[\s,;:|·•–—/\\()\[\]@.*_-]{0,6}")
_GAP_LEFT = re.compile(r"[\s,;|·•–—/()\[\]@.*_-]{1,6}$")
_OFFSET = re.compile(r"\s?\(?(?:utc|gmt)\s?([+−-])(\d{1,2})(?::?([0-5]\d))?(?![\d:.])\)?")
_BARE_OFFSET = re.compile(r"\s?([+−-])(\d\d)(?::?([0-5]\d))?(?![\d:./-])")
_ZONE = re.compile(r"\s?\(?([A-ZА-Я]{2,5})(?![\w])\)?")
_SMALL_NUMBER = re.compile(r"(?<!\d)\d\d?(?!\d)")
_CLOCK_BEFORE = re.compile(r"(?<![\d.:/-])\d{1,2}(?:[:.h]\d\d|\s?[ap]\.?\s?m\b)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What decides in doubtful dates: likely languages, the order of day and month, the latest possible day."""

    languages: tuple[str, ...]
    day_first: bool | None
    latest: date

    def order(self, first: int, second: int) -> tuple[int, int]:
        """Day and month out of two numbers in printed order."""
        if first > 12 or second > 12:
            return (first, second) if first > 12 else (second, first)
        by_language = is_day_first(self.languages) if self.day_first is None else self.day_first
        return (second, first) if by_language is False else (first, second)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A date in ``text[start:end]``."""

    value: datetime | date
    start: int
    end: int


def scan(text: str, scope: Scope) -> Iterator[Scanned]:
    """Every plausible date of the text with its time, in order, without overlaps."""
    folded, done = plain(text), 0
    for year in _YEAR.finditer(folded):
        if year.start() < done:
            continue
        found = _around(folded, year, scope)
        if found and found.start >= done:
            found = _with_time(folded, text, found, done)
            done = found.end
            yield found
    if not done:
        yield from _without_long_year(folded, text, scope)


def _around(folded: str, year: re.Match[str], scope: Scope) -> Scanned | None:
    number = int(year.group())
    if number > 2500:
        number -= 543  # the Buddhist calendar of Thailand
    low = max(0, year.start() - _WINDOW)
    left, right = folded[low : year.start()], folded[year.end() : year.end() + _WINDOW]
    for day, month, start, end in _readings(left, right, scope):
        value = plausible(number, month, day, scope)
        if value:
            return Scanned(value, low + start, year.end() + end)
    return None


def _readings(left: str, right: str, scope: Scope) -> Iterator[tuple[int, int, int, int]]:
    """Day, month, the start within ``left`` and the end within ``right``, most certain layout first."""
    if right and (found := _cjk().match(right)):
        yield int(found[2]), int(found[1]), len(left), found.end()
    if numbers := _NUMBERS_LEFT.search(left):
        day, month = scope.order(int(numbers[1]), int(numbers[3]))
        yield day, month, numbers.start(), 0
    if _SMALL_NUMBER.search(left) and (named := _named_left(left, scope)):
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


def _named_left(left: str, scope: Scope) -> tuple[int, int, int] | None:
    """Day, month and start of "29. Oktober " or "October 29th, " at the end of ``left``."""
    end = _skip_left(left, len(left))
    names = calendar().names
    start = names.ending(left, end)
    if start < end:
        month = month_of(left[start:end], scope.languages)
        start = _skip_left(left, start)
        again = names.ending(left, start)  # "5 آذار/مارس": the month in two ways
        if again < start and month_of(left[again:start], scope.languages) == month:
            start = _skip_left(left, again)
        day = _DAY_LEFT.search(left, 0, start)
        return (int(day[1]), month, day.start()) if day else None
    day = _DAY_LEFT.search(left, 0, end)
    if not day:
        return None
    end = _skip_left(left, day.start())
    start = names.ending(left, end)
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
    """Dates such as 05.03.21 and 令和3年3月5日, where the text has no four-digit year."""
    for found in _SHORT.finditer(folded):
        day, month = scope.order(int(found[1]), int(found[3]))
        value = plausible(_century(int(found[4])), month, day, scope)
        if value:
            yield _with_time(folded, text, Scanned(value, found.start(), found.end()), 0)
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


@cache
def _clock() -> re.Pattern[str]:
    marks = calendar().marks
    hour, minute, second = (marks[unit] for unit in ("hour", "minute", "second"))
    return re.compile(
        rf"(?P<hour>\d{{1,2}})(?:\s?(?P<mark>[:.h{hour}])\s?(?P<minute>\d\d?)(?!\d)(?:\s?[{minute}])?"
        rf"(?:\s?[:.]?\s?(?P<second>[0-5]\d)(?!\d)[{second}]?(?:[.,]\d{{1,9}})?)?"
        rf"|\s?(?P<whole>h|[{hour}])(?![a-z])|(?=\s?[ap]\.?\s?m\b)|(?=\s?uhr\b))"
    )


def time_at(folded: str, text: str, start: int, day: date) -> tuple[datetime, int] | None:
    """The moment on ``day`` whose time of day is printed at ``start`` or after a few filling words, and its end."""
    words, half = calendar(), ""
    for _ in range(5):
        gap = _GAP.match(folded, start)
        start = gap.end() if gap else start
        if (found := _clock().match(folded, start)) and (moment := _moment(folded, text, found, day, half)):
            return moment
        end = words.gaps.starting(folded, start)
        if end == start:
            half, end = _half_day(folded, start)
        if end == start:
            return None
        start = end
    return None


def _moment(folded: str, text: str, found: re.Match[str], day: date, half: str) -> tuple[datetime, int] | None:
    hour, minute, second = int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0)
    if found["mark"] in (".", ":") and len(found["minute"]) < 2:
        return None
    end = found.end()
    if not half:
        start = end + folded.startswith(" ", end)
        half, stop = _half_day(folded, start)
        end = stop if half else end
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour == 24 and minute == 0:
        hour, day = 0, day + timedelta(days=1)
    if hour > 23 or minute > 59 or second > 59:
        return None
    moment = datetime.combine(day, time(hour, minute, second))
    # "10:20-11:30" is a range of times; an offset like that follows seconds, or the T of ISO 8601
    exact = found["second"] is not None or folded[found.start() - 1 : found.start()] == "t"
    zone, end = zone_at(folded, text, end, moment, bare=exact or folded[end : end + 2] == " +")
    return moment.replace(tzinfo=zone), end


def _half_day(folded: str, start: int) -> tuple[str, int]:
    """Which half, "am" or "pm", if a word for it begins at ``start``, and its end; else an empty word and ``start``."""
    for half, words in calendar().halves.items():
        end = words.starting(folded, start)
        if end > start:
            return half, end
    return "", start


def zone_at(folded: str, text: str, end: int, moment: datetime, *, bare: bool = True) -> tuple[tzinfo | None, int]:
    """The zone printed at ``end`` ("+0100" where ``bare``, "GMT+1", "(CEST)", "Uhr MEZ"), and where it ends."""
    start = calendar().gaps.starting(folded, end + folded.startswith(" ", end))
    for position in (end, start):
        offset = _OFFSET.match(folded, position) or (_BARE_OFFSET.match(folded, position) if bare else None)
        zone = fixed(offset[1], offset[2], offset[3]) if offset else None
        if offset and zone:
            return zone, offset.end()
        named = _ZONE.match(text, position)
        zone = zone_named(named[1], moment) if named else None
        if named and zone:
            return zone, named.end()
        if text.startswith("Z", position) and not text[position + 1 : position + 2].isalnum():
            return UTC, position + 1
    return None, end


def fixed(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    """The zone of an offset from UTC; ``None`` past 15 hours, which no zone has."""
    delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if delta > timedelta(hours=15):
        return None
    return timezone(delta if sign == "+" else -delta)
