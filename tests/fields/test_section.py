"""The section: labels, breadcrumbs, structured data, the URL; in a dump the lines around the headline."""

from __future__ import annotations

import json

import pytest
from field_scenes import STORY, json_ld, page, scene_of

from articlex.fields.found import Found
from articlex.fields.section import find_section

URL = "https://post.example/harbour/bridge-stays-closed-for-a-month"


def found_in(source: str, url: str | None = None) -> Found[str] | None:
    return find_section(scene_of(source, url=url))


def section(source: str, url: str | None = None) -> str | None:
    found = found_in(source, url)
    return found.value if found else None


@pytest.mark.parametrize(
    "above",
    [
        '<p><a rel="category tag" href="/c/harbour">Harbour</a></p>',
        '<div class="post-category"><a href="/harbour">Harbour</a></div>',
        '<div class="article__section">Harbour</div>',
        '<p><a href="/harbour">Harbour</a></p>',
        '<ul class="breadcrumbs"><li><a href="/">Home</a></li><li><a href="/harbour">Harbour</a></li></ul>',
        '<ul class="crumbs"><li><a href="/">Home</a></li><li><a href="/harbour">Harbour</a></li>'
        '<li><a href="/x">Harbour bridge stays closed...</a></li></ul>',
    ],
)
def test_visible_labels(above: str) -> None:
    assert section(page(above=above)) == "Harbour"


def test_a_label_is_claimed() -> None:
    found = found_in(page(above='<div class="category"><a href="/harbour">Harbour</a></div>'))
    assert found
    assert [claim.role for claim in found.claims] == ["section"]


@pytest.mark.parametrize("value", ["Harbour", ["Harbour", "Ferries"], [None, "Harbour"]])
def test_article_section_of_json_ld(value: object) -> None:
    head = json_ld(json.dumps({"@type": "NewsArticle", "headline": "x", "articleSection": value}))
    assert section(page(head=head)) == "Harbour"


def test_a_breadcrumb_list_in_json_ld() -> None:
    items = [
        {"name": "Home", "item": "https://post.example/"},
        {"item": {"@id": "https://post.example/h", "name": "Harbour"}},
    ]
    head = json_ld(
        json.dumps(
            {
                "@type": "BreadcrumbList",
                "itemListElement": [*items, {"name": "Harbour bridge stays closed for a month"}, 7],
            }
        )
    )
    assert section(page(head=head)) == "Harbour"


def test_meta_and_agreement() -> None:
    head = '<meta property="article:section" content="Harbour">'
    found = found_in(page(head=head, above='<div class="category"><a href="/harbour">Harbour</a></div>'))
    assert found
    assert (found.evidence.source, found.evidence.agreeing) == ("markup", ("meta",))


def test_the_link_to_the_beginning_of_the_path_spells_the_section() -> None:
    nav = '<nav><a href="/sport">Sport</a><a href="/harbour">Häfen &amp; Harbour</a></nav>'
    assert section(page(above=nav + "<p>Today</p>"), URL) == "Häfen & Harbour"


def test_the_path_itself_is_the_last_resort() -> None:
    assert section(page(), URL) == "Harbour"
    assert section(page(), "https://post.example/news/2017/05/x-y-z") is None
    assert section(page(), "https://[broken/harbour/x") is None


def test_the_site_name_and_the_headline_are_no_section() -> None:
    above = '<div class="category"><a href="/">Post</a></div>'
    assert section(page(above=above), "https://post.example/x") is None


STORY_LINES = "\n".join(f"{line}." for line in STORY)
TITLE = "Harbour bridge stays closed for a month"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (f"{TITLE}\nBy Ada Brand     May 3, 2017 in Harbour\n", "Harbour"),
        (f"{TITLE}\nVon Ada Brand, 3.5.2017 in Hafen und Meer\n", "Hafen und Meer"),
        (f"Start › Harbour › Ferries\n{TITLE}\nBy Ada Brand\n", "Ferries"),
        (f"News\nHarbour\nSport\nHarbour\n{TITLE}\nBy Ada Brand\n", "Harbour"),
        (f"News\nSport\nWeather\n{TITLE}\nBy Ada Brand\n", None),
        (f"{TITLE}\nBy Ada Brand in Harbour\n", None),
    ],
)
def test_dumps(lines: str, expected: str | None) -> None:
    assert section(lines + STORY_LINES) == expected
