"""Times of day and zones as printed beside a date: "18h05", "5:04 p.m. EST", "오후 3:20", "+0100", "(CEST)"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

from articlex.fields.datewords import calendar, zone_named
from articlex.patterns import lazy

_GAP = lazy(r"[\s,;:|·•–—/\\()\[\]@.*_-]{0,6}")
_OFFSET = lazy(r"\s?\(?(?:utc|gmt)\s?([+−-])(\d{1,2})(?::?([0-5]\d))?(?![\d:.])\)?")
_BARE_OFFSET = lazy(r"\s?([+−-])(\d\d)(?::?([0-5]\d))?(?![\d:./-])")
_ZONE = lazy(r"\s?\(?([A-ZА-Я]{2,5})(?![\w])\)?")


@cache
def _clock() -> re.Pattern[str]:
    marks = calendar().marks
    hour, minute, second = (marks[unit] for unit in ("hour", "minute", "second"))
    return re.compile(
        rf"(?P<hour>\d{{1,2}})(?:\s?(?P<mark>[:.h{hour}])\s?(?P<minute>\d\d?)(?!\d)(?:\s?[{minute}])?"
        rf"(?:[:.](?P<second>[0-5]\d)(?!\d)(?:[.,]\d{{1,9}})?|\s?\d\d?[{second}])?"
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
