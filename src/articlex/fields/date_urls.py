"""Dates in URLs: the day in a path, in a long number that begins with one, and when an archive captured the page."""

from __future__ import annotations

from datetime import date, datetime

from articlex.fields.datewords import calendar, month_of
from articlex.patterns import lazy

_DAY = lazy(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?!\d)|/((?:19|20)\d\d)/([1-9]|1[0-2])/([1-9]|[12]\d|3[01])(?=/)"
)
_NUMBERED = lazy(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d{0,12}(?!\d)")
_MONTH = lazy(r"/((?:19|20)\d\d)/(\d\d?|[a-z]{3,9})(?=[/?#]|$)")
_CAPTURED = lazy(r"/(\d{4})(\d\d)(\d\d)\d{6}[a-z_]{0,4}/(?=https?:/)")


def day_in_url(url: str) -> tuple[date, str, float] | None:
    """The day that a URL's path gives, the text that gives it, and how far to trust it, 0..1.

    A number whose first digits are a day and a time of day ("A2021050310200001") is trusted less than a path.
    """
    capture = _CAPTURED.search(url)
    start = capture.end() + 8 if capture else url.find("/", 9)
    for pattern, trust in ((_DAY, 0.5), (_NUMBERED, 0.35)):
        match = pattern.search(url, max(start, 0))
        value = match and _day(*(part for part in match.groups() if part))
        if match and value:
            return value, match[0], trust
    return None


def month_in_url(url: str) -> tuple[int, int] | None:
    """The year and month that a URL's path gives in figures or by an English name."""
    match = _MONTH.search(url.lower())
    if not match:
        return None
    name = match[2]
    named = month_of(name, ("en",)) if name in calendar().months else 0
    number = int(name) if name.isdecimal() else named
    return (int(match[1]), number) if 1 <= number <= 12 else None


def captured(url: str | None) -> date | None:
    """When a web archive captured the page, as its URL says."""
    match = _CAPTURED.search(url or "")
    return _day(*match.groups()) if match else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return datetime(int(year), int(month), int(day)).date()
    except ValueError:
        return None
