"""The headline: the visible one, without site name, label or picture text; the metadata's where none fits."""

from __future__ import annotations

import json

import pytest
from field_scenes import STORY, json_ld, page, scene_of

from articlex.fields.dump_headline import split_line
from articlex.fields.found import Found
from articlex.fields.headline import find_headline
from articlex.fields.kicker import find_kicker

BODY = "".join(f"<p>{text}.</p>" for text in STORY)


def found_in(source: str, url: str | None = None) -> Found[str] | None:
    scene = scene_of(source, url=url)
    scene.found.clear()
    return find_headline(scene)


def headline(source: str, url: str | None = None) -> str | None:
    found = found_in(source, url)
    return found.value if found else None


def html(title: str, above: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{above}<article>{BODY}</article></body></html>"


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


def test_the_visible_headline_wins_over_the_search_title() -> None:
    source = html(
        "Ferry strike 2024: what you need to know",
        "<h1>Ferry crews walk out over rosters</h1>",
        og("Ferry strike 2024"),
    )
    found = found_in(source)
    assert found
    assert found.value == "Ferry crews walk out over rosters"
    assert found.evidence.source == "markup"
    assert found.evidence.place == "(//h1)[1]"
    assert [claim.role for claim in found.claims] == ["headline"]


def test_sources_that_say_the_same_are_named() -> None:
    ld = json_ld(
        json.dumps({"@type": "NewsArticle", "headline": "Ferry crews walk &amp; sing", "datePublished": "2020"})
    )
    found = found_in(
        html(
            "Ferry crews walk &amp; sing | The Post",
            "<h1>Ferry crews walk & sing</h1>",
            ld + og("Ferry crews walk &amp; sing"),
        )
    )
    assert found
    assert found.evidence.agreeing == ("json-ld", "meta", "markup")


@pytest.mark.parametrize(
    "title",
    [
        "Ferry crews walk out over rosters | The Harbour Post",
        "The Harbour Post - Ferry crews walk out over rosters",
        "Ferry crews walk out over rosters – News – The Harbour Post",
        "Ferry crews walk out over rosters :: harbourpost.example",
        "Ferry crews walk out over rosters « The Harbour Post",
        "Ferry crews walk out over rosters | The Harbour Post | All the news from the coast and the islands",
    ],
)
def test_the_site_name_goes_at_both_ends_behind_any_separator(title: str) -> None:
    head = '<meta property="og:site_name" content="The Harbour Post">'
    assert headline(html(title, "", head), "https://www.harbourpost.example/a/b") == "Ferry crews walk out over rosters"


def test_a_dash_inside_the_headline_stays() -> None:
    title = "Ferries: crews walk out – and the captain too"
    assert headline(html(title, ""), "https://harbourpost.example/x") == title


def test_a_logo_in_h1_is_no_headline() -> None:
    above = '<h1><a href="/">The Harbour Post</a></h1><h2>Ferry crews walk out over rosters</h2>'
    source = html("Ferry crews walk out over rosters - The Harbour Post", above)
    assert headline(source, "https://www.harbourpost.example/a") == "Ferry crews walk out over rosters"


def test_a_section_in_h1_is_no_headline() -> None:
    above = "<h1>Business</h1><div><h2>Ferry crews walk out over rosters</h2></div>"
    assert headline(html("Ferry crews walk out over rosters", above, og("Ferry crews walk out over rosters"))) == (
        "Ferry crews walk out over rosters"
    )


def test_a_headline_that_is_no_heading_is_found_by_the_metadata() -> None:
    above = "<div><b>Ferry crews walk out over rosters</b></div>"
    found = found_in(html("The Harbour OnLine: Ferry crews walk out over rosters", above))
    assert found
    assert found.value == "Ferry crews walk out over rosters"
    assert found.claims


def test_a_label_in_its_own_span_is_the_kicker() -> None:
    above = '<h1><span class="a">Harbour</span> <span class="b">Ferry crews walk out over rosters</span></h1>'
    scene = scene_of(html("Harbour: Ferry crews walk out over rosters", above))
    found = find_headline(scene)
    assert found
    assert found.value == "Ferry crews walk out over rosters"
    scene.found["title"] = found
    kicker = find_kicker(scene)
    assert kicker
    assert kicker.value == "Harbour"


def test_a_line_above_in_the_same_heading_is_the_kicker() -> None:
    above = "<h1>Harbour<br>Ferry crews walk out over rosters</h1>"
    assert headline(html("x", above, og("Ferry crews walk out over rosters"))) == "Ferry crews walk out over rosters"


def test_a_shortened_headline_is_completed() -> None:
    above = "<h1>Ferry crews walk out over...</h1>"
    assert headline(html("Ferry crews walk out over rosters", above)) == "Ferry crews walk out over rosters"


def test_the_stated_headline_of_a_news_article_holds_the_printed_one() -> None:
    ld = json_ld(
        json.dumps({"@type": "NewsArticle", "headline": "Harbour strike: Crews walk out", "datePublished": "2020"})
    )
    source = html(
        "Harbour strike: Crews walk out", "<h1>Crews walk out</h1>", ld + og("Harbour strike: Crews walk out")
    )
    found = found_in(source)
    assert found
    assert (found.value, found.evidence.source) == ("Harbour strike: Crews walk out", "json-ld")
    assert found.claims, "the printed headline is not body either"


def test_a_stated_headline_that_is_the_search_title_does_not_win() -> None:
    ld = json_ld(
        json.dumps({"@type": "NewsArticle", "headline": "Ferry strike: rosters explained", "datePublished": "2020"})
    )
    source = html("Ferry strike: rosters explained", "<h1>Crews walk out</h1>", ld + og("Crews walk out"))
    assert headline(source, "https://x.example/ferry-strike-rosters") == "Crews walk out"


def test_broken_values_lose_one_candidate() -> None:
    ld = json_ld('{"@type": "NewsArticle", "headline": {"a": [1]}, "datePublished": 3}')
    assert headline(page(head=ld)) == "Harbour bridge stays closed for a month"


def test_no_headline_is_none() -> None:
    assert headline("<html><body><p>Nothing.</p></body></html>") is None
    assert headline("") is None


def test_entities_are_resolved() -> None:
    assert headline(html("", "", og("Mayor &amp;amp; council &#8211; at last"))) == "Mayor & council – at last"


# -- dumps -----------------------------------------------------------------------------------------------------------

TEXT = "\n".join(f"{text}." for text in STORY)


def test_a_dump_whose_first_line_is_the_title() -> None:
    title = "Ferry crews walk out over rosters"
    dump = f"{title} - The Harbour Post\nSkip to content\nNews\n{title}\nBy Ada Brand\n{TEXT}"
    found = found_in(dump)
    assert found
    assert (found.value, found.evidence.place) == ("Ferry crews walk out over rosters", "line 4")
    assert [claim.block for claim in found.claims] == [3, 0]


def test_a_dump_without_title_by_what_follows() -> None:
    dump = f"Home\nNews\nLog in\nFerry crews walk out over rosters\nBy Ada Brand\n3 May 2017\n{TEXT}"
    assert headline(dump) == "Ferry crews walk out over rosters"


@pytest.mark.parametrize(
    ("raw", "text", "label"),
    [
        ("article imageStorm hits coast, hundreds flee\u00a0Special", "Storm hits coast, hundreds flee", "Special"),
        ("Storm hits coast, hundreds flee   Exclusive", "Storm hits coast, hundreds flee", "Exclusive"),
        ("Storm hits\u00a0coast", "Storm hits coast", ""),
        ("Image of the storm goes round the world", "Image of the storm goes round the world", ""),
    ],
)
def test_picture_text_before_and_label_behind_a_printed_line(raw: str, text: str, label: str) -> None:
    assert split_line(raw) == (text, label)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("23.01.2022 - Harbour bridge closed", "Harbour bridge closed"),
        ("Jan 23 Harbour bridge closed", "Harbour bridge closed"),
        ("2022 Harbour bridge closed", "2022 Harbour bridge closed"),
        ("Old Harbour bridge closed", "Old Harbour bridge closed"),
    ],
)
def test_a_date_before_the_headline(shown: str, text: str) -> None:
    assert headline(html("Harbour bridge closed - The Post", f"<h1>{shown}</h1>")) == text


def test_a_list_item_has_a_level_but_is_no_heading() -> None:
    search = "Ferry crews walk out over rosters explained"
    crumbs = f"<ul><li>Home</li><li>{search}</li></ul>"
    source = html(search, f"{crumbs}<h1>Ferry crews walk out over five new rosters</h1>", og(search))
    assert headline(source) == "Ferry crews walk out over five new rosters"


@pytest.mark.parametrize(
    "line",
    [
        "The Page Keeper - https://keeper.example/2017/http://harbour-post.example/ferry-crews-walk-out",
        "Ferry crews and their rosters on the harbour wall © Lena Marsh",
    ],
)
def test_an_archives_address_and_a_pictures_caption_are_no_headlines_of_a_dump(line: str) -> None:
    dump = f"Home\nNews\nFerry crews walk out\n{line}\n3 May 2017\n{TEXT}"
    assert headline(dump) == "Ferry crews walk out"


def test_a_label_glued_before_the_stated_headline_in_one_heading() -> None:
    title = "Ferry crews: what they walk out over"
    ld = json_ld(json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": "2020"}))
    assert headline(html(title, f"<h1><b>Avoiding debts</b> {title}</h1>", ld + og(title))) == title
    best = "Best ferries of the harbour"
    assert headline(html(best, f"<h1>The {best}</h1>", og(best))) == f"The {best}"
    assert headline(html(title, f"<h1>Avoiding debts {title}</h1>")) == f"Avoiding debts {title}"


def test_the_only_top_heading_is_the_headline_though_the_metadata_put_it_otherwise() -> None:
    stated = "Harbour rosters explained 2024"
    printed = "Why do ferry crews walk out?"
    assert headline(html(stated, f"<h1>{printed}</h1>", og(stated))) == printed
    assert headline(html(stated, "<h1>Local news</h1>", og(stated))) == stated
    assert headline(html(stated, f"<h1>{printed}</h1><h1>Another tale of boats</h1>", og(stated))) == stated
