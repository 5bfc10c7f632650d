"""Published and modified: what the page says, as precisely as it says it, and nothing from elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from field_scenes import STORY, json_ld, page, scene_of

from articlex.fields.date_candidates import day_of
from articlex.fields.dates import find_modified, find_published

ARTICLE = '{"@type": "NewsArticle", "headline": "x", "datePublished": "%s", "dateModified": "%s"}'


def published(source: str, **keywords: object) -> datetime | date | None:
    found = find_published(scene_of(source, **keywords))  # type: ignore[arg-type]
    return found.value if found else None


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2021-05-03T10:20:30+02:00", datetime(2021, 5, 3, 10, 20, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2021-05-03T10:20:30", datetime(2021, 5, 3, 10, 20, 30)),
        ("2021-05-03", date(2021, 5, 3)),
    ],
)
def test_precision_is_kept(said: str, value: datetime | date) -> None:
    head = json_ld(ARTICLE % (said, said))
    result = published(page(head=head))
    assert result == value
    assert type(result) is type(value)


def test_modified_is_not_published() -> None:
    scene = scene_of(page(head=json_ld(ARTICLE % ("2021-05-03T10:00:00Z", "2021-06-01T08:00:00Z"))))
    first, last = find_published(scene), find_modified(scene)
    assert first
    assert first.value == datetime(2021, 5, 3, 10, tzinfo=UTC)
    assert last
    assert last.value == datetime(2021, 6, 1, 8, tzinfo=UTC)
    assert first.evidence.source == "json-ld"


def test_labels_tell_printed_dates_apart() -> None:
    scene = scene_of(page(below="<p>Published 3 May 2021, updated 1 June 2021</p>"))
    first, last = find_published(scene), find_modified(scene)
    assert first
    assert first.value == date(2021, 5, 3)
    assert last
    assert last.value == date(2021, 6, 1)


def test_the_clock_of_the_page_wins_over_utc_for_the_same_moment() -> None:
    head = json_ld(ARTICLE % ("2021-05-03T23:15:00Z", "2021-05-03T23:15:00Z"))
    below = '<time datetime="2021-05-04T01:15:00+02:00">4 May</time>'
    result = published(page(head=head, below=below))
    assert isinstance(result, datetime)
    assert result.utcoffset() == timedelta(hours=2)
    assert result.date() == date(2021, 5, 4)


def test_a_printed_clock_gives_the_zone() -> None:
    head = '<meta property="article:published_time" content="2021-05-03T08:20:00Z">'
    result = published(page(head=head, below="<p>3 May 2021, 10:20</p>"))
    assert isinstance(result, datetime)
    assert result.isoformat() == "2021-05-03T10:20:00+02:00"


@pytest.mark.parametrize(
    ("below", "lang"),
    [
        ("<p>3. Mai 2021</p>", "de"),
        ("<p>Publié le 3 mai 2021</p>", "fr"),
        ("<p>3 de mayo de 2021</p>", "es"),
        ("<p>3 мая 2021</p>", "ru"),
        ("<p>2021年5月3日</p>", "zh"),
        ("<p>3/5/2021</p>", "fr"),
        ("<p>5/3/2021</p>", "en-US"),
    ],
)
def test_printed_dates_in_many_languages(below: str, lang: str) -> None:
    assert published(page(below=below, lang=lang)) == date(2021, 5, 3)


def test_dates_that_are_not_the_articles() -> None:
    footer = "<footer><p>© 2021-05-03 Harbour Herald</p></footer>"
    comment = (
        "<div class=comments><div class=comment><time datetime=2022-01-01T10:00:00Z>1 January 2022</time></div></div>"
    )
    related = "<aside class=related><p>4 April 2020</p><p>Another story altogether</p></aside>"
    filler = "<p>nothing</p>" * 12
    assert published(page(after=filler + comment + related + footer)) is None


def test_nothing_is_filled_in() -> None:
    assert published(page()) is None


def test_fetched_bounds_and_resolves() -> None:
    fetched = datetime(2021, 5, 3, 12, tzinfo=UTC)
    assert published(page(below="<p>3 hours ago</p>")) is None
    result = published(page(below="<p>3 hours ago</p>"), fetched=fetched)
    assert isinstance(result, datetime)
    assert result == fetched - timedelta(hours=3)
    head = '<meta property="article:published_time" content="2031-01-01T00:00:00Z">'
    assert published(page(head=head), fetched=fetched) is None


def test_the_url_stands_in() -> None:
    assert published(page(), url="https://herald.example/2021/05/03/harbour-bridge") == date(2021, 5, 3)
    assert published(page(), url="https://herald.example/2021/05/harbour-bridge") is None
    assert published(page(), url="https://herald.example/2021/13/45/harbour-bridge") is None


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph": 7}',
        ARTICLE % ("not a date", ""),
        '{"@type": "NewsArticle", "headline": "x", "datePublished": [[1]], "dateModified": {"a": 1}}',
        '{"@type": "NewsArticle", "headline": "x", "datePublished": 20210503000000000000000}',
        '{"@type": "NewsArticle", "headline": "x", "datePublished": "9999999999999"}',
        "{" * 10_000,
    ],
)
def test_hostile_json_loses_one_candidate_not_the_date(script: str) -> None:
    assert published(page(head=json_ld(script), below="<p>3 May 2021</p>")) == date(2021, 5, 3)


def test_ten_megabytes_of_json_ld_are_left_alone() -> None:
    head = json_ld('{"@type": "NewsArticle", "headline": "x", "articleBody": "' + "a " * 5_000_000 + '"}')
    assert published(page(head=head, below="<p>3 May 2021</p>")) == date(2021, 5, 3)


def test_arrays_where_a_string_belongs() -> None:
    head = json_ld('{"@type": ["NewsArticle"], "headline": ["x"], "datePublished": ["2021-05-03", "2020-01-01"],}')
    assert published(page(head=head)) == date(2021, 5, 3)


def test_date_lines_are_claimed_and_paragraphs_are_not() -> None:
    scene = scene_of(page(below="<p>3 May 2021</p>", first="3 May 2021. "))
    found = find_published(scene)
    assert found
    assert [scene.page.blocks[claim.block].text for claim in found.claims] == ["3 May 2021"]


def test_a_page_that_tells_only_of_its_last_change() -> None:
    scene = scene_of(page(below="<p>Last updated: 1 June 2021</p>"))
    found = find_published(scene)
    assert found
    assert found.value == date(2021, 6, 1)


def test_a_dump() -> None:
    dump = "Harbour bridge stays closed for a month\nBy Ann Able     May 3, 2021 in World\n" + ".\n".join(STORY)
    assert published(dump) == date(2021, 5, 3)


def test_the_only_line_of_the_head_that_is_older_than_the_last_rebuild() -> None:
    head = json_ld(ARTICLE % ("2021-05-03T10:00:00.767Z", ""))
    assert published(page(head=head, below="<p>8 March 2019</p>")) == date(2019, 3, 8)
    two = "<p>8 March 2019</p><p>9 June 2020</p>"
    assert published(page(head=head, below=two)) == datetime(2021, 5, 3, 10, 0, 0, 767_000, tzinfo=UTC)
    agreed = head + '<meta property="article:published_time" content="2021-05-03T10:00:00Z">'
    assert day_of(published(page(head=agreed, below="<p>8 March 2019</p>"))) == date(2021, 5, 3)


def test_a_bare_meta_date_is_often_that_of_the_last_edit() -> None:
    head = '<meta name="date" content="2021-05-04">'
    assert published(page(head=head, below="<p>3 May 2021, 10:20</p>")) == datetime(2021, 5, 3, 10, 20)


def test_a_long_number_of_the_url_begins_with_the_day() -> None:
    assert published(page(), url="https://herald.example/news/A2021050310200001234") == date(2021, 5, 3)
    assert published(page(), url="https://herald.example/news/A2021053410200001234") is None
    assert published(page(), url="https://herald.example/news/202105031") is None


def test_an_archive_prints_the_day_of_the_capture() -> None:
    url = "https://archive.example/web/20210601083000/http://herald.example/harbour-bridge"
    assert published(page(above="<p>1 June 2021</p>", below="<p>3 May 2021</p>"), url=url) == date(2021, 5, 3)
    assert published(page(above="<p>1 June 2021</p>"), url=url) is None


@pytest.mark.parametrize(
    ("below", "after", "url", "value"),
    [
        ("<p>03/05/2021</p>", "<p>Letters of 28/04/2021</p>", "", date(2021, 5, 3)),
        ("<p>05/03/2021</p>", "<p>Letters of 04/28/2021</p>", "", date(2021, 5, 3)),
        ("<p>03/05/2021</p>", "", "https://herald.example/2021/may/03/harbour-bridge", date(2021, 5, 3)),
        ("<p>05/03/2021</p>", "", "https://herald.example/2021/05/harbour-bridge", date(2021, 5, 3)),
        ("<p>03.05.2021</p>", "", "", date(2021, 5, 3)),
    ],
)
def test_day_and_month_by_what_the_page_shows(below: str, after: str, url: str, value: date) -> None:
    filler = "<p>nothing</p>" * 12
    assert published(page(below=below, after=filler + after), url=url or None) == value


def test_a_label_on_the_line_above_a_date_far_down() -> None:
    filler = "<p>nothing</p>" * 12
    details = "<p>Published</p><p>3 May 2021</p>"
    assert published(page(after=filler + details)) == date(2021, 5, 3)
    assert published(page(after=filler + f"<aside>{details}</aside>")) == date(2021, 5, 3)
    assert published(page(after=filler + f"<aside>{details}{details.replace('3', '4')}</aside>")) is None


def test_a_date_in_a_link_around_blocks_is_another_storys() -> None:
    card = (
        "<a href=/other><h4>Another story</h4><div><span itemprop=datePublished content=2022-01-01>1 January 2022"
        "</span></div></a>"
    )
    assert published(page(after=card)) is None
