"""Dates as news pages print them, in many languages, and as machines write them."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlex.fields.datetext import DateMatch, find_dates, parse_datetime
from articlex.fields.datewords import calendar

TABLE = Path(__file__).with_name("tables") / "visible_dates.tsv"
FETCHED = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def parsed(value: str) -> datetime | date:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def values(text: str, **keywords: object) -> list[datetime | date]:
    return [match.value for match in find_dates(text, **keywords)]  # type: ignore[arg-type]


def test_the_table_is_wide() -> None:
    assert len(rows()) >= 150
    assert len({row["language"].partition("-")[0] for row in rows()}) >= 40


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['language']}: {row['text']}")
def test_a_visible_date_is_read(row: dict[str, str]) -> None:
    found = values(row["text"], languages=(row["language"],))
    assert found == [parsed(row["value"])]
    # A datetime equals another of the same moment; the zone, too, is to be as printed.
    assert [getattr(value, "tzinfo", None) for value in found] == [getattr(parsed(row["value"]), "tzinfo", None)]


@pytest.mark.parametrize(
    "text",
    [
        "", "2021", "March 2021", "March 5", "2019-2021", "555-12-2019", "Version 1.2.2021.4", "31 February 2021",
        "In 2020 and 2021, 35 people", "5 March 1066", "5 March 2199", "Route 66 to Weimar 5, 2021", "13/13/2021",
        "10.0.20.21", "© 2024 Example Media", "5 of 2021 votes", "99.99.2021", "2021-13-05", "calendar 12, 2021",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Published on March 5, 2021, updated at 10:20, 6 March 2021", ["published", "modified"]),
        ("Published: Fri, 5 March 2021", ["published"]),
        ("Veröffentlicht am 5. März 2021 | Aktualisiert: 06.03.2021", ["published", "modified"]),
        ("Publié le 3 mars 2021 à 18h05 - Mis à jour le 4 mars 2021 à 9h", ["published", "modified"]),
        ("Опубликовано 5 марта 2021", ["published"]),
        ("Обновлено: 5 марта 2021", ["modified"]),
        ("2021年3月5日 10:20 更新", ["modified"]),
        ("2021年3月5日公開 2021年3月6日更新", ["published", "modified"]),
        ("发布时间：2021-03-05 10:20", ["published"]),
        ("نشر في: ٥ مارس ٢٠٢١", ["published"]),
        ("In an interview on March 5, 2021", [None]),
        ("March 5, 2021", [None]),
    ],
)
def test_a_label_beside_a_date_is_told(text: str, labels: list[str | None]) -> None:
    assert [match.label for match in find_dates(text)] == labels


def test_a_match_knows_its_place() -> None:
    text = "Von Ada Beispiel, 29. Oktober 2015, 14:30 Uhr"
    (match,) = find_dates(text)
    assert match == DateMatch(datetime(2015, 10, 29, 14, 30), 18, 41, "29. Oktober 2015, 14:30")
    assert text[match.start : match.end] == match.raw


def test_the_order_of_day_and_month() -> None:
    assert values("03/04/2021", day_first=True) == [date(2021, 4, 3)]
    assert values("03/04/2021", day_first=False) == [date(2021, 3, 4)]
    assert values("03/04/2021", day_first=True, languages=("en-US",)) == [date(2021, 4, 3)]
    assert values("03/04/2021", languages=("en-US",)) == [date(2021, 3, 4)]
    assert values("03/04/2021", languages=("en-AU",)) == [date(2021, 4, 3)]
    assert values("03/04/2021", languages=("tlh", "en")) == [date(2021, 3, 4)]
    assert values("25/04/2021", day_first=False) == [date(2021, 4, 25)]


def test_a_name_that_languages_give_to_different_months() -> None:
    assert values("5. listopada 2020", languages=("hr",)) == [date(2020, 10, 5)]
    assert values("5. listopada 2020", languages=("pl",)) == [date(2020, 11, 5)]


def test_a_range_of_times_is_no_zone() -> None:
    assert values("5 March 2021, 10:20-11:30") == [datetime(2021, 3, 5, 10, 20)]


def test_no_date_after_the_fetch() -> None:
    assert values("5 March 2031", fetched=FETCHED) == []
    assert values("11 January 2026", fetched=FETCHED) == [date(2026, 1, 11)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Published 3 hours ago", datetime(2026, 1, 10, 9, 0, tzinfo=UTC)),
        ("5m ago", datetime(2026, 1, 10, 11, 55, tzinfo=UTC)),
        ("an hour ago", datetime(2026, 1, 10, 11, 0, tzinfo=UTC)),
        ("vor einer Stunde", datetime(2026, 1, 10, 11, 0, tzinfo=UTC)),
        ("vor 3 Tagen", date(2026, 1, 7)),
        ("il y a 3 jours", date(2026, 1, 7)),
        ("hace 20 minutos", datetime(2026, 1, 10, 11, 40, tzinfo=UTC)),
        ("há 2 horas", datetime(2026, 1, 10, 10, 0, tzinfo=UTC)),
        ("2 ore fa", datetime(2026, 1, 10, 10, 0, tzinfo=UTC)),
        ("2 uur geleden", datetime(2026, 1, 10, 10, 0, tzinfo=UTC)),
        ("2 часа назад", datetime(2026, 1, 10, 10, 0, tzinfo=UTC)),
        ("2 saat önce", datetime(2026, 1, 10, 10, 0, tzinfo=UTC)),
        ("منذ 3 ساعات", datetime(2026, 1, 10, 9, 0, tzinfo=UTC)),
        ("3小时前", datetime(2026, 1, 10, 9, 0, tzinfo=UTC)),
        ("3時間前", datetime(2026, 1, 10, 9, 0, tzinfo=UTC)),
        ("3시간 전", datetime(2026, 1, 10, 9, 0, tzinfo=UTC)),
        ("2 weeks ago", date(2025, 12, 27)),
        ("2 months ago", date(2025, 11, 10)),
        ("Gestern, 18:05 Uhr", datetime(2026, 1, 9, 18, 5, tzinfo=UTC)),
        ("Сегодня в 10:20", datetime(2026, 1, 10, 10, 20, tzinfo=UTC)),
        ("Yesterday", date(2026, 1, 9)),
    ],
)
def test_relative_dates_need_the_moment_of_the_fetch(text: str, value: datetime | date) -> None:
    (match,) = find_dates(text, fetched=FETCHED)
    assert match.value == value
    assert match.relative
    assert find_dates(text) == []


@pytest.mark.parametrize(
    "text", ["Yesterday the minister said so", "The 3 hours of talks", "today", "3 people, days after it", "20 min"]
)
def test_prose_is_not_a_relative_date(text: str) -> None:
    expected = [FETCHED.date()] if text == "today" else []
    assert values(text, fetched=FETCHED) == expected


MINUS_5, PLUS_1 = timezone(timedelta(hours=-5)), timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2015-10-29 07:40:00 EST", datetime(2015, 10, 29, 7, 40, tzinfo=MINUS_5)),
        ("2019-03-05T10:00:00+0100", datetime(2019, 3, 5, 10, 0, tzinfo=PLUS_1)),
        ("2019-03-05T10:00:00+01", datetime(2019, 3, 5, 10, 0, tzinfo=PLUS_1)),
        ("2019-03-05T10:00-05:00", datetime(2019, 3, 5, 10, 0, tzinfo=MINUS_5)),
        ("2019-03-05T10:00:00 +01:00", datetime(2019, 3, 5, 10, 0, tzinfo=PLUS_1)),
        ("2021-03-05T10:00:00.123Z", datetime(2021, 3, 5, 10, 0, 0, 123000, tzinfo=UTC)),
        ("2021-03-05T23:15:0Z", datetime(2021, 3, 5, 23, 15, tzinfo=UTC)),
        ("20210305T10:38:07Z", datetime(2021, 3, 5, 10, 38, 7, tzinfo=UTC)),
        ("2021-03-05T10:00:00.000+00:00[Europe/Berlin]", datetime(2021, 3, 5, 10, 0, tzinfo=UTC)),
        ("2021-03-05T10:00:00", datetime(2021, 3, 5, 10, 0)),
        ("2021-03-05T10:00", datetime(2021, 3, 5, 10, 0)),
        ("2021-03-05 10:00:00 PM", datetime(2021, 3, 5, 22, 0)),
        ("2021-03-05T24:00:00", datetime(2021, 3, 6, 0, 0)),
        ("20151029", date(2015, 10, 29)),
        ("20210305T100000Z", datetime(2021, 3, 5, 10, 0, tzinfo=UTC)),
        ("20210305100000", datetime(2021, 3, 5, 10, 0)),
        ("2021/03/05 10:20", datetime(2021, 3, 5, 10, 20)),
        ("2021-3-5", date(2021, 3, 5)),
        ("1614938400", datetime(2021, 3, 5, 10, 0, tzinfo=UTC)),
        ("1614938400000", datetime(2021, 3, 5, 10, 0, tzinfo=UTC)),
        ("/Date(1614938400000)/", datetime(2021, 3, 5, 10, 0, tzinfo=UTC)),
        ("2020-01-02 15:04 -0500 EST", datetime(2020, 1, 2, 15, 4, tzinfo=MINUS_5)),
        ("Fri, 05 Mar 2021 10:00:00 GMT", datetime(2021, 3, 5, 10, 0, tzinfo=UTC)),
        ("Fri, 05 Mar 2021 10:00:00 +0100", datetime(2021, 3, 5, 10, 0, tzinfo=PLUS_1)),
        ("Fri Mar 05 2021 10:00:00 GMT+0100 (CET)", datetime(2021, 3, 5, 10, 0, tzinfo=PLUS_1)),
        ("Fri Mar  5 10:00:00 EST 2021", datetime(2021, 3, 5, 10, 0, tzinfo=MINUS_5)),
        ("Mar 05, 2021 10:00", datetime(2021, 3, 5, 10, 0)),
        ("5. März 2021, 10:00 Uhr", datetime(2021, 3, 5, 10, 0)),
        ("25/12/2020", date(2020, 12, 25)),
    ],
)
def test_a_machine_string_is_read(text: str, value: datetime | date) -> None:
    found = parse_datetime(text)
    assert found == value
    assert type(found) is type(value)
    assert getattr(found, "tzinfo", None) == getattr(value, "tzinfo", None)


@pytest.mark.parametrize(
    "text",
    ["", "2021", "2021-03", "10", "March", "now", "2021-13-05", "2021-W05-3", "1.2.3", "0000-00-00", "99999999",
     "1900-01-01T00:00:00Z", "3000-01-01", "12345", "10:20", "x" * 300 + "2021-03-05", "\ud800", "٣", "1e10"],
)  # fmt: skip
def test_a_string_without_a_date_is_none(text: str) -> None:
    assert parse_datetime(text) is None


def test_names_of_every_language_in_the_calendar() -> None:
    for name, meanings in calendar().months.items():
        for code, month in meanings:
            assert values(f"5 {name} 2021", languages=(code,)) == [date(2021, month, 5)], (code, name)


@given(st.text(alphabet="0123456789 .,:/-MarchTZ年月日年至oct+ab", max_size=60))
def test_any_text_is_safe_and_matches_lie_within_it(text: str) -> None:
    parse_datetime(text)
    end = 0
    for match in find_dates(text, fetched=FETCHED):
        assert end <= match.start < match.end <= len(text)
        end = match.end
        assert match.raw == text[match.start : match.end]


def test_the_machine_s_zone_does_not_matter() -> None:
    code = (
        "from articlex.fields.datetext import parse_datetime, find_dates\n"
        "print(repr([parse_datetime('Fri Mar  5 10:00:00 EST 2021'), parse_datetime('1614938400'),"
        " find_dates('March 5, 2021 10:20 a.m. ET')]))"
    )
    outputs = {
        subprocess.check_output([sys.executable, "-c", code], env={"TZ": zone, "PYTHONPATH": ":".join(sys.path)})
        for zone in ("UTC", "EST5EDT", "Asia/Kolkata")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("unit", ["2021 ", "5 March 2021 10:20 ", "3/4/", "12 ", "1 2 3 4 2020-", "年月日2021"])
def test_scanning_is_linear(unit: str) -> None:
    def seconds(times: int) -> float:
        text, best = unit * times, 1e9
        for _ in range(3):
            start = time.process_time()
            find_dates(text)
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    assert seconds(4_000) < 40 * max(seconds(400), 1e-4)


def test_a_typical_line_is_quick() -> None:
    line = "Veröffentlicht am 29. Oktober 2015, 14:30 Uhr von Ada Beispiel"
    find_dates(line)
    best = 1e9
    for _ in range(20):
        start = time.process_time()
        for _ in range(50):
            find_dates(line)
        best = min(best, (time.process_time() - start) / 50)
    assert best < 300e-6  # measured 35 microseconds; the bound leaves room for slow machines
