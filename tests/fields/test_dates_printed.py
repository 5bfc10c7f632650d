"""Which of the days that a page prints is the article's, and when a printed day stands against the stated one."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from field_scenes import STORY, json_ld, page, scene_of

from articlex.fields.date_candidates import day_of
from articlex.fields.dates import find_published

STATED = '{"@type": "NewsArticle", "headline": "x", "datePublished": "%s", "dateModified": "%s"}'
FILLER = "<p>nothing</p>" * 12


def published(source: str, url: str | None = None) -> datetime | date | None:
    found = find_published(scene_of(source, url=url))
    return found.value if found else None


def day(source: str, url: str | None = None) -> date | None:
    value = published(source, url)
    return value and day_of(value)


def test_a_time_element_and_its_own_text_are_one_witness() -> None:
    stamp = "<time class=published datetime=2021-05-24T03:36:11>24 May 2021 at 03:36</time>"
    assert day(page(below=f"<p>Published on 16 May 2021</p>{stamp}")) == date(2021, 5, 16)


def test_no_url_is_made_before_its_day() -> None:
    head = json_ld(STATED % ("2021-05-03", ""))
    assert day(page(head=head), "https://herald.example/2019/3/8/harbour-bridge") == date(2019, 3, 8)
    assert day(page(head=head), "https://herald.example/2021/05/02/harbour-bridge") == date(2021, 5, 3)
    assert day(page(head=head), "https://herald.example/2022/05/02/harbour-bridge") == date(2021, 5, 3)


def test_a_later_printed_day_is_the_articles_unless_it_is_that_of_the_last_change() -> None:
    later = "<p>27 May 2021</p>"
    assert day(page(head=json_ld(STATED % ("2021-05-03", "")), below=later)) == date(2021, 5, 27)
    assert day(page(head=json_ld(STATED % ("2021-05-03", "2021-05-27")), below=later)) == date(2021, 5, 3)
    labelled = "<p>Updated: 27 May 2021</p>"
    assert day(page(head=json_ld(STATED % ("2021-05-03", "")), below=labelled)) == date(2021, 5, 3)
    url = "https://herald.example/2021/05/03/harbour-bridge"
    assert day(page(head=json_ld(STATED % ("2021-05-03", "")), below=later), url) == date(2021, 5, 3)


def test_the_line_may_stand_far_above_or_below_the_headline() -> None:
    assert day(page(above="<p>3 May 2021</p>" + "<p>nothing</p>" * 6)) == date(2021, 5, 3)
    assert day(page(below="<p>nothing</p>" * 20 + "<p>3 May 2021</p>" + FILLER)) == date(2021, 5, 3)


def test_the_only_day_that_lines_give_wherever_they_stand() -> None:
    line = "<p>· 3 May 2021 · Print this page</p>"
    assert day(page(above=line + "<p>nothing</p>" * 20)) == date(2021, 5, 3)
    assert day(page(above=line + "<p>4 May 2021</p>" + "<p>nothing</p>" * 20)) is None
    assert day(page(after=FILLER + "<h2>Comments</h2>" + line)) is None


def test_the_only_day_that_lines_of_a_dump_give() -> None:
    story = ".\n".join(STORY)
    topics = "Harbours\nBridges\nFerries\n" * 5
    dump = f"Harbour bridge stays closed for a month\n{story}.\nOn the topic\n{topics}3 May 2021\nMore"
    assert day(dump) == date(2021, 5, 3)
    assert day(f"{dump}\n4 May 2021\nMore") is None


@pytest.mark.parametrize(
    "printed", ["Posted on 3 May 20214 May 2021Author Ann", "3. Mai 202114. Juni 2022 | Ann Able", "May 032021"]
)
def test_a_dump_glues_the_day_to_what_follows(printed: str) -> None:
    assert day(page(below=f"<p>{printed}</p>", lang="de")) == date(2021, 5, 3)


def test_day_month_and_year_in_elements_of_their_own() -> None:
    parts = "<div><span class=m>May</span> <span class=d>03</span><span class=y>2021</span></div>"
    assert day(page(below=parts)) == date(2021, 5, 3)


@pytest.mark.parametrize("printed", ["26 | 05 | 2021", "26.5.21", "World, 26.5.21"])
def test_short_layouts(printed: str) -> None:
    assert day(page(below=f"<p>{printed}</p>", lang="de")) == date(2021, 5, 26)


def test_numbers_that_are_no_date() -> None:
    assert day(page(below="<p>Version 3.10.210</p><p>1.2.3.21</p><p>3.5.21.4</p>")) is None


def test_a_date_within_a_sentence_of_the_story_is_what_it_tells_of() -> None:
    told = f"{STORY[1]} when they came back to the harbour on 3 May 2019 to look at them again"
    assert day(page().replace(STORY[1], told)) is None
    assert day(page(first="3 May 2021. ").replace(STORY[1], told)) == date(2021, 5, 3)


def test_labelled_days_on_cards_are_other_stories() -> None:
    card = "<a href=/other><div><h3>Published</h3></div><div><p>17 January 2019</p></div></a>"
    aside = "<aside><h3>Published</h3><p>3 May 2021</p></aside>"
    assert day(page(after=FILLER + aside + card + card)) == date(2021, 5, 3)
    assert day(page(after=FILLER + card)) is None
