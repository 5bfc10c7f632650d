"""Taking a dateline apart: "NEW YORK, Oct 29 (Reuters)" is a place, a date and an agency, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from articlex.fields.datetext import find_dates
from articlex.fields.datewords import calendar, month_of, plain
from articlex.patterns import lazy
from articlex.scripts import fold
from articlex.vocabulary import agencies, phrases, read_data

_BRACKETS = lazy(r"\(([^()]{2,60})\)\s*[.:]?\s*$")
_LEADING = lazy(r"\(([^()]{2,40})\)\s*(?:[-–—]+\s*)?")
_ABBREVIATION = lazy(r"[ .][^\W\d_]{1,5}\.$")
_DAY = lazy(r"(?<!\d)(\d{1,2})(?!\d)")
_WORD = lazy(r"[^\W\d_][^\W_]*(?:[.'’-][^\W_]+)*[.'’]?")
_PLACE_CHARS = lazy(r"[\w\s.,'’/()-]+")
_CODE = lazy(r"[A-Z]{2,8}(?:[-/ ][A-Z]{2,8})?")
_DATE_WORDS = 4
_MOST_WORDS = 8
_AGENCY_WORDS = 3
_MOST_CHARS = 70


@dataclass(frozen=True, slots=True)
class Parts:
    """``known`` is true where the agency is one, and not merely something in brackets."""

    place: str | None
    agency: str | None
    day: date | None
    known: bool = False


def parse_parts(text: str, year: int | None) -> Parts | None:
    """The parts of a text that may be a dateline, or ``None`` if anything in it is not one of them.

    A date without a year gets ``year``.
    """
    text = _trimmed(text)
    if not text or len(text) > _MOST_CHARS + 40:
        return None
    agency, known, day = None, False, None
    for pattern, start in ((_BRACKETS, False), (_LEADING, True)):
        match = pattern.match(text) if start else pattern.search(text)
        if match and agency is None:
            capitals = not start and text[: match.start()].split(",", maxsplit=1)[0].isupper()
            agency, day = _agency_of(match[1], unknown=capitals)
            if agency is None and day is None:
                return None
            known = _is_known(agency or "")
            text = (text[match.end() :] if start else text[: match.start()]).strip(" ,:-–—")
    if agency is None and fold(text) in agencies():
        return Parts(None, text, None, True)
    place, found = _place_of(text, year)
    if text and place is None and found is None:
        return None
    return Parts(place, agency, day or found, known)


def _trimmed(text: str) -> str:
    """Without marks around it; the full stop of an abbreviation ("N.Y.", "Fla.") stays."""
    text = text.strip(" :-–—")
    return text if _ABBREVIATION.search(text) else text.rstrip(" .")


def _agency_of(text: str, *, unknown: bool) -> tuple[str | None, date | None]:
    """The agency in brackets, with a date behind it where there is one.

    ``unknown`` takes any short name: behind a place in capitals stands an agency, however small.
    """
    dates = find_dates(text)
    if dates:
        text = text[: dates[0].start].strip(" ,;-–—/")
    day = _day(dates[0].value) if dates else None
    if not text:
        return None, day
    plausible = _is_known(text) or _CODE.fullmatch(text) or ("." in text and " " not in text)
    plausible = plausible or (unknown and text.istitle() and len(text.split()) <= _AGENCY_WORDS)
    return (text, day) if plausible else (None, None)


def _is_known(text: str) -> bool:
    parts = [text, *re.split(r"\s*[/,&-]\s*", text)]
    return any(fold(part) in agencies() for part in parts if part)


def _day(value: date) -> date:
    return date(value.year, value.month, value.day)


def _place_of(text: str, year: int | None) -> tuple[str | None, date | None]:
    """The place before a date, if all there is is a place and perhaps a date."""
    if not text:
        return None, None
    place, found = text, None
    if any(map(str.isdigit, text)):
        cut, found = _dated(text, year)
        if cut is None:
            return None, None
        place = cut
    if not place or not _is_place(place):
        return None, None
    return place, found


def _dated(text: str, year: int | None) -> tuple[str | None, date | None]:
    """(text before the date, date) for a text that ends with one, with or without a year."""
    dates = find_dates(text)
    if dates:
        if text[dates[0].end :].strip(" .,"):
            return None, None
        return text[: dates[0].start].strip(" ,.-–—"), _day(dates[0].value)
    number = _DAY.search(text)
    if not number:
        return None, None
    at = text.rfind(",", 0, number.start())
    before, rest = (text[:at], text[at + 1 :]) if at > 0 else (text[: number.start()], text[number.start() :])
    month = next(
        (name for word in _WORD.findall(plain(rest)) for name in (word, word.rstrip(".")) if name in calendar().months),
        None,
    )
    if not month or len(rest.split()) > _DATE_WORDS:
        return None, None
    try:
        found = date(year, month_of(month, ()), int(number[1])) if year else None
    except ValueError:
        return None, None
    return before.strip(" ,.-–—"), found


def _is_place(text: str) -> bool:
    """Capitalised words, parted by commas or slashes; particles of names may be small."""
    if not _PLACE_CHARS.fullmatch(text) or len(text) > _MOST_CHARS:
        return False
    words = text.replace("/", " ").replace(",", " ").split()
    if not 0 < len(words) <= _MOST_WORDS or text.count(",") > 2:
        return False
    particles = phrases("name_particles")
    capitals = [word[0].isupper() or not word[0].isalpha() or not word[0].islower() for word in words]
    return (
        capitals[0]
        and words[-1][0] != "."
        and all(up or word in particles for up, word in zip(capitals, words, strict=True))
    )


def before_a_place() -> frozenset[str]:
    """Words that stand before the name of a place: "in", "bei"."""
    return vocabulary()["before_a_place"]


@cache
def vocabulary() -> dict[str, frozenset[str]]:
    """The word lists of ``data/datelines.json``."""
    lists: dict[str, list[str]] = read_data("datelines.json")
    return {name: frozenset(words) for name, words in lists.items()}
