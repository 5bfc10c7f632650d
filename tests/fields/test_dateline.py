"""Datelines: the exact prefix of the first paragraph, and never a sentence that merely begins like one."""

from __future__ import annotations

from datetime import date

import pytest
from field_scenes import page, scene_of

from articlex.article import Dateline, Evidence
from articlex.fields.dateline import find_dateline
from articlex.fields.found import Found


def dateline(first: str, lang: str = "en") -> Dateline | None:
    scene = scene_of(page(first=first, lang=lang))
    scene.found["published"] = Found(date(2020, 10, 29), Evidence("meta"))
    found = find_dateline(scene)
    return found.value if found else None


@pytest.mark.parametrize(
    ("raw", "place", "agency", "day"),
    [
        ("BAGHDAD (AP) — ", "BAGHDAD", "AP", None),
        ("Berlin/Paris (dpa) - ", "Berlin/Paris", "dpa", None),
        ("NEW YORK, Oct 29 (Reuters) - ", "NEW YORK", "Reuters", date(2020, 10, 29)),
        ("KYIV — ", "KYIV", None, None),
        ("NAPA COUNTY, Calif. (KXYZ) -- ", "NAPA COUNTY, Calif.", "KXYZ", None),
        ("WEST PORT, Fla. – ", "WEST PORT, Fla.", None, None),
        ("NEW DELHI: ", "NEW DELHI", None, None),
        ("Baghdad - ", "Baghdad", None, None),
        ("Bruselas, 7 oct (EFE).- ", "Bruselas", "EFE", date(2020, 10, 7)),
        ("Berlin, 29. November 2022. ", "Berlin", None, date(2022, 11, 29)),
        ("MOSCOW (Reuters - 29th April, 2020) ", "MOSCOW", "Reuters", date(2020, 4, 29)),
        ("(AFP) - ", None, "AFP", None),
        ("【北京】", "北京", None, None),
    ],
)
def test_datelines(raw: str, place: str | None, agency: str | None, day: date | None) -> None:
    assert dateline(raw) == Dateline(place, agency, day, raw)


@pytest.mark.parametrize(
    "first",
    [
        "Obama — the former president — said that ",
        "Alice - who had not been asked - said ",
        "Well. ",
        "FILE - ",
        "UPDATE: ",
        "EXCLUSIVE — ",
        "Q: ",
        "Anna Müller (35) ",
        "The German Gymnastics Union (GGU) said in May that ",
        "On Saturday, 12 February, at eight in the evening the lions play at home. ",
        "【图】",
    ],
)
def test_sentences_and_labels_are_no_datelines(first: str) -> None:
    assert dateline(first) is None


def test_an_unknown_place_counts_when_the_report_names_it_again() -> None:
    first = "Kleinkirchen. "
    assert dateline(first) is None
    again = scene_of(
        page(
            first=first,
            after="<p>" + "Two years ago a flood had damaged the older bridge in Kleinkirchen, " * 2 + "</p>",
        )
    )
    found = find_dateline(again)
    assert found
    assert found.value == Dateline("Kleinkirchen", None, None, first)
    assert found.evidence.source == "text"
