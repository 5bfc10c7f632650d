"""Dates as printed: one from a machine's string, or all that stand in a visible text, in some forty languages.

A date comes out as what the text says: an aware ``datetime`` where it names a zone, a naive one where it gives a time
without a zone, a ``date`` where it gives only the day. Nothing is filled in from today or from this machine's zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from articlex.fields.dateclock import zone_at
from articlex.fields.daterelative import scan_relative
from articlex.fields.datescan import Scanned, Scope, may_hold_date, plausible, scan
from articlex.fields.datewords import calendar, plain, raw_calendar, zone_named
from articlex.patterns import lazy
from articlex.vocabulary import ends_with_cue, starts_with_cue

Label = Literal["published", "modified"]

_LAST_DAY = date(2100, 12, 31)
_LONGEST_MACHINE_DATE = 200
_ISO = lazy(
    r"([12]\d{3})(?:[-/.])(\d{1,2})(?:[-/.])(\d{1,2})(?!\d)"
    r"(?:(?:\s*t\s*|\s+|,\s*)(\d{1,2}):?(\d\d)(?::?(\d\d?)(?:[.,:](\d{1,9}))?)?)?"
)
_EXACT = lazy(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})")
_WIDEST = timedelta(hours=15)
_COMPACT = lazy(r"([12]\d{3})(\d\d)(\d\d)(?:[t ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?(?!\d)")
_EPOCH = lazy(r"(?:/date\()?(\d{9,10}(?:\.\d{1,6})?|\d{12,13})(?:\)/)?")
_LONG_YEAR = lazy(r"(?<!\d)[12]\d{3}(?!\d)")
_HALF_DAY = lazy(r"\s?([ap])\.?m\b")
_DIGIT = lazy(r"\d")
_LABELS = ("published_labels", "modified_labels")
_LABEL_WINDOW = 60
_LOOSE = " \t\n,;:|·•–—/()[]*-"
_UNSPACED_LABEL = lazy(r"\s?[^\x00-\u2fff]")


class DateMatch(NamedTuple):
    """A date in ``text[start:end]``, which is ``raw``; ``label`` is what the words directly beside it call it.

    ``relative`` is true where the value was reckoned from the moment of the fetch.
    """

    value: datetime | date
    start: int
    end: int
    raw: str
    relative: bool = False
    label: Label | None = None


def parse_datetime(
    text: str, *, languages: Iterable[str] = (), day_first: bool | None = None
) -> datetime | date | None:
    """The date that an attribute or a JSON string holds, ``None`` if it holds none between 1990 and 2100.

    Understands ISO 8601 and its relatives, RFC 2822, seconds and milliseconds since 1970, JavaScript's ``Date``,
    ``date``'s output, and the visible dates of ``find_dates``. ``languages`` (BCP 47, best first) and ``day_first``
    decide in dates such as 3/4/2021.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST_MACHINE_DATE or not _DIGIT.search(text):
        return None
    return _parse(text, tuple(languages), day_first)


@lru_cache(maxsize=1_024)
def _parse(text: str, languages: tuple[str, ...], day_first: bool | None) -> datetime | date | None:
    scope = Scope(languages, day_first, _LAST_DAY)
    if _EXACT.fullmatch(text) and (moment := _exact(text, scope)):
        return moment
    folded = plain(text)
    compact = _COMPACT.match(folded)
    machine = compact or _ISO.match(folded)
    value = _from_numbers(machine, folded, text, scope) if machine else None
    if value or (machine and not compact):
        return value
    if epoch := _EPOCH.fullmatch(folded):
        return _since_1970(epoch[1], scope)
    visible = next(scan(text, scope), None)
    if visible and isinstance(visible.value, datetime):
        return visible.value
    return _by_dateutil(text, scope) or (visible.value if visible else None)


def _exact(text: str, scope: Scope) -> datetime | None:
    """ISO 8601 to the letter, which most pages write."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = moment.utcoffset() or timedelta(0)
    return moment if abs(offset) <= _WIDEST and plausible(moment.year, moment.month, moment.day, scope) else None


def find_dates(
    text: str,
    *,
    languages: Iterable[str] = (),
    day_first: bool | None = None,
    fetched: datetime | None = None,
) -> list[DateMatch]:
    """Every date that stands in a visible text, in order.

    A date needs day, month and year, and lies between 1990 and two days after ``fetched`` (2100 without it). Relative
    dates ("3 hours ago") are read only with ``fetched``. Linear in the text.
    """
    absolute = may_hold_date(text)
    if not absolute and fetched is None:
        return []
    latest = fetched.date() + timedelta(days=2) if fetched else _LAST_DAY
    found = list(scan(text, Scope(tuple(languages), day_first, latest))) if absolute else []
    relative = not found and fetched is not None
    if fetched is not None and relative:
        found = list(scan_relative(text, fetched))
    return _labelled(text, found, relative)


def _labelled(text: str, found: list[Scanned], relative: bool) -> list[DateMatch]:
    matches, done = [], 0
    for item, following in zip(found, (*found, None)[1:], strict=True):
        label = _label_before(text[max(done, item.start - _LABEL_WINDOW) : item.start])
        done = item.end
        if label is None:
            label, done = _label_after(text, item.end, following)
        raw = text[item.start : item.end]
        matches.append(DateMatch(item.value, item.start, item.end, raw, relative, label))
    return matches


def _since_1970(text: str, scope: Scope) -> datetime | None:
    seconds = float(text) / (1000 if len(text.partition(".")[0]) >= 12 else 1)
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment if plausible(moment.year, moment.month, moment.day, scope) else None


def _from_numbers(numbers: re.Match[str], folded: str, text: str, scope: Scope) -> datetime | date | None:
    """What ISO 8601 and its relatives say; ``None`` if that is no plausible date."""
    day = plausible(int(numbers[1]), int(numbers[2]), int(numbers[3]), scope)
    if day is None or numbers[4] is None:
        return day
    hour, minute, second = int(numbers[4]), int(numbers[5]), min(59, int(numbers[6] or 0))
    end = numbers.end()
    if half := _HALF_DAY.match(folded, end):
        hour, end = hour % 12 + (12 if half[1] == "p" else 0), half.end()
    if (hour, minute) == (24, 0):
        hour, day = 0, day + timedelta(days=1)
    if hour > 23 or minute > 59:
        return day
    moment = datetime.combine(day, time(hour, minute, second, int(f"{numbers[7] or 0:0<6}"[:6])))
    zone, _ = zone_at(folded, text, end, moment)
    return moment.replace(tzinfo=zone)


@cache
def _parser_info(code: str) -> Any:
    """A parser information class of dateutil: a language's names of ``data/calendar.json`` after the English ones."""
    from dateutil import parser

    record = raw_calendar()
    months = zip(parser.parserinfo.MONTHS, record["months"].get(code, [[]] * 12), strict=True)
    names = {
        "MONTHS": [tuple(dict.fromkeys((*english, *own))) for english, own in months],
        "JUMP": [*parser.parserinfo.JUMP, *record["links"], *record["weekdays"].get(code, ())],
        "AMPM": [("am", "a", *record["am"]), ("pm", "p", *record["pm"])],
    }
    return type("LanguageInfo", (parser.parserinfo,), names)


def _by_dateutil(text: str, scope: Scope) -> datetime | date | None:
    """What dateutil reads out of a layout we do not know, if the text itself gives every part of it."""
    from dateutil import parser

    if not _LONG_YEAR.search(text):
        return None
    code = next((tag.partition("-")[0].lower() for tag in scope.languages), "en")
    order = scope.order(1, "/", 2) == (1, 2)
    readings = []
    for default in (datetime(2003, 9, 25, 10, 36), datetime(1999, 5, 11, 3, 7)):
        try:
            reading = parser.parse(
                text, parserinfo=_parser_info(code)(dayfirst=order), default=default, tzinfos=_zone_for_dateutil
            )
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
        readings.append(reading)
    first, second = readings
    if first.date() != second.date() or not plausible(first.year, first.month, first.day, scope):
        return None
    return first if first.time() == second.time() else first.date()


def _zone_for_dateutil(name: str | None, seconds: int | None) -> tzinfo | None:
    if seconds is not None:
        return timezone(timedelta(seconds=seconds)) if abs(seconds) < 15 * 3600 else None
    return zone_named((name or "").upper(), datetime(2000, 1, 1))


def _label_before(before: str) -> Label | None:
    """The label that the text ends with, past punctuation, weekdays and words such as "on"."""
    before = before.rstrip(_LOOSE)
    for _ in range(4 if before else 0):
        if label := _longer_label(*(ends_with_cue(before, kind) for kind in _LABELS)):
            return label
        trimmed = before.rstrip(_LOOSE + ".")
        folded = plain(trimmed)
        shorter = trimmed[: calendar().before.ending(folded, len(folded))].rstrip(_LOOSE)
        if not trimmed or len(shorter) == len(before):
            return None
        before = shorter
    return None


def _label_after(text: str, end: int, following: Scanned | None) -> tuple[Label | None, int]:
    """The label right after a date, and where it ends: only Chinese, Japanese and Korean put it there."""
    limit = following.start if following else len(text)
    after = text[end : min(limit, end + _LABEL_WINDOW)]
    if not _UNSPACED_LABEL.match(after):
        return None, end
    lead = len(after) - len(after.lstrip())
    cues = [starts_with_cue(after.lstrip(), kind) for kind in _LABELS]
    stop = end + lead + max(len(cue or "") for cue in cues)
    if following and lead and following.start - stop < 4:
        return None, end  # the label of the next date
    return _longer_label(*cues), stop


def _longer_label(published: str | None, modified: str | None) -> Label | None:
    if not published and not modified:
        return None
    return "published" if len(published or "") >= len(modified or "") else "modified"
