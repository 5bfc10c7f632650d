"""Which comes first in 3/4/2021, the day or the month, as far as the page itself shows it."""

from __future__ import annotations

import re

from articlex.fields.date_urls import month_in_url
from articlex.fields.found import Scene
from articlex.patterns import lazy

_NUMBERS = lazy(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d\d)(?![\d./-])")
_PARTED = lazy(r"\d[./-]\d")
_LONGEST_LINE = 200
_NOTE = "order of numbers"


def ambiguous(text: str) -> bool:
    """Whether a text holds a date in numbers that can be read in two ways."""
    return bool(_PARTED.search(text)) and any(_both(match) for match in _NUMBERS.finditer(text))


def day_first(scene: Scene, text: str) -> bool | None:
    """Whether the day comes first in an ambiguous date: by the month in the URL, else by the page's other dates."""
    known = month_in_url(scene.page.url or "")
    for match in _NUMBERS.finditer(text) if known else ():
        months = int(match[1]), int(match[3])
        if known and int(match[4]) % 100 == known[0] % 100 and known[1] in months and _both(match):
            return months[1] == known[1]
    if _NOTE not in scene.notes:
        scene.notes[_NOTE] = _shown(scene)
    shown: bool | None = scene.notes[_NOTE]
    return shown


def _both(match: re.Match[str]) -> bool:
    first, second = int(match[1]), int(match[3])
    return 0 < first <= 12 and 0 < second <= 12 and first != second


def _shown(scene: Scene) -> bool | None:
    """By the dates of the page whose first or second number can only be a day, if they are of one mind."""
    orders = set()
    for block in scene.page.blocks:
        if len(block.text) > _LONGEST_LINE:
            continue
        for match in _NUMBERS.finditer(block.text):
            first, second = int(match[1]), int(match[3])
            if 12 < first <= 31 and 0 < second <= 12:
                orders.add(True)
            elif 12 < second <= 31 and 0 < first <= 12:
                orders.add(False)
    return orders.pop() if len(orders) == 1 else None
