"""Tags: links and metadata made for them before keyword lists, cleaned and each once."""

from __future__ import annotations

import json

import pytest
from field_scenes import STORY, json_ld, page, scene_of

from articlex.article import Evidence
from articlex.fields.found import Found
from articlex.fields.tags import find_tags

EXPECTED = ("Bridges", "Ferries", "Port Alder")


def found_in(source: str) -> Found[tuple[str, ...]] | None:
    return find_tags(scene_of(source))


def links(rel: str = "", href: str = "/t/") -> str:
    return "".join(f'<a rel="{rel}" href="{href}{tag}">{tag}</a> ' for tag in EXPECTED)


@pytest.mark.parametrize(
    "after",
    [
        f"<p>Filed: {links('tag')}</p>",
        f'<div class="tags">{links()}</div>',
        f'<ul class="article__topics">{links()}</ul>',
        "".join(f'<div class="field-tags"><a href="/t">{tag}</a>, </div>' for tag in EXPECTED),
        f"<p>{links(href='/topic/')}</p>",
        "<p>Tags: Bridges, Ferries, Port Alder</p>",
        "<p>More about Bridges, Ferries, Port Alder</p>",
    ],
)
def test_visible_lists(after: str) -> None:
    found = found_in(page(after=after))
    assert found
    assert found.value == EXPECTED
    assert {claim.role for claim in found.claims} <= {"tags"}


@pytest.mark.parametrize(
    "head",
    [
        "".join(f'<meta property="article:tag" content="{tag}">' for tag in EXPECTED),
        '<meta property="article:tag" content="Bridges, Ferries, Port Alder">',
        '<meta name="news_keywords" content="Bridges; Ferries; Port Alder">',
        '<meta name="keywords" content=" #Bridges ,Ferries,ferries,Port Alder, https://x.example/">',
        json_ld(json.dumps({"@type": "NewsArticle", "headline": "x", "keywords": "Bridges,Ferries,Port Alder"})),
        json_ld(
            json.dumps(
                {
                    "@type": "NewsArticle",
                    "headline": "x",
                    "keywords": [{"name": "Bridges"}, "Ferries", "Port Alder", None],
                }
            )
        ),
    ],
)
def test_metadata(head: str) -> None:
    found = found_in(page(head=head))
    assert found
    assert found.value == EXPECTED


def test_keywords_for_search_engines_come_last() -> None:
    head = '<meta name="keywords" content="news,latest,bridge news">'
    found = found_in(page(head=head, after=f'<div class="tags">{links()}</div>'))
    assert found
    assert found.value == EXPECTED


def test_tags_are_spelt_as_printed_where_the_page_prints_them() -> None:
    head = '<meta name="news_keywords" content="bridges,ferries,port alder">'
    found = found_in(page(head=head, after=f'<div class="tags">{links()}</div>'))
    assert found
    assert (found.value, found.evidence.source, found.evidence.agreeing) == (EXPECTED, "markup", ("meta",))


def test_the_tags_of_the_whole_post_as_class_names_are_no_hint() -> None:
    after = '<div class="post-1 hentry tag-x"><p><a href="/a">About us</a></p></div>'
    assert found_in(page(after=after)) is None


def test_counts_go() -> None:
    found = found_in(page(after='<p class="tags"><a href="/a">Bridges (12)</a></p>'))
    assert found
    assert found.value == ("Bridges",)


STORY_LINES = "\n".join(f"{line}." for line in STORY)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("More about Iron, Bridges, Port Alder\nLatest News\nTop News", ("Iron", "Bridges", "Port Alder")),
        ("Topics\nBridges\nPort Alder\nMore in News\nMan bites dog", ("Bridges", "Port Alder")),
        ("标签：书店 江湾", ("书店", "江湾")),
        ("More on this story\nMan bites dog", ()),
        ("Tags are for dogs, said the mayor.", ()),
    ],
)
def test_dumps(lines: str, expected: tuple[str, ...]) -> None:
    found = found_in(f"Harbour bridge stays closed for a month\n{STORY_LINES}\n{lines}")
    assert (found.value if found else ()) == expected


def test_one_link_to_the_section_above_the_story_is_no_list_of_tags() -> None:
    above = '<nav class="tags"><a href="/port">Port</a></nav>'
    scene = scene_of(page(above=above, head='<meta name="keywords" content="Bridges,Port Alder">'))
    scene.found["section"] = Found("Port", Evidence("markup", "Port"))
    found = find_tags(scene)
    assert found
    assert found.value == ("Bridges", "Port Alder")
