"""What the page says of itself: site name, description, canonical URL."""

from __future__ import annotations

import json

import pytest
from field_scenes import json_ld, page, scene_of

from articlex.fields.canonical import absolute, find_canonical_url
from articlex.fields.description import find_description
from articlex.fields.site_name import find_site_name
from articlex.fields.sites import SiteNames, host_labels

URL = "https://www.daily-post.example/harbour/bridge"
DESCRIPTION = "Two bearings have worn out three years early."


def site_name(source: str, url: str | None = None) -> str | None:
    found = find_site_name(scene_of(source, url=url))
    return found.value if found else None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:site_name" content="The Daily Post">',
        json_ld(
            json.dumps(
                {
                    "@type": "NewsArticle",
                    "headline": "x",
                    "publisher": {"@type": "Organization", "name": "The Daily Post"},
                }
            )
        ),
        json_ld(json.dumps({"@graph": [{"@type": "WebSite", "name": "The Daily Post"}]})),
        '<meta name="application-name" content="The Daily Post">',
    ],
)
def test_stated_site_names(head: str) -> None:
    assert site_name(page(head=head)) == "The Daily Post"


def test_the_part_of_the_title_that_the_host_spells() -> None:
    assert site_name(page().replace("<title>x", "<title>Bridge closed - The Daily Post"), URL) == "The Daily Post"
    assert site_name(page().replace("<title>x", "<title>Bridge closed - and open again"), URL) is None


def test_the_part_of_the_title_that_the_link_to_the_front_page_repeats() -> None:
    source = page(above='<a href="/">Eastmoor Advertiser</a>').replace(
        "<title>x", "<title>Bridge closed :: Eastmoor Advertiser"
    )
    assert site_name(source) == "Eastmoor Advertiser"


def test_the_first_lines_of_a_dump() -> None:
    assert (
        site_name(
            "Bridge closed for a month | The Meadow Post\nSkip to content\nThe Meadow Post\nBridge closed for a month"
        )
        == "The Meadow Post"
    )


def test_a_site_that_names_itself_after_the_headline_has_no_name() -> None:
    assert (
        site_name(page(head='<meta property="og:site_name" content="Harbour bridge stays closed for a month">')) is None
    )


@pytest.mark.parametrize(
    ("url", "labels"),
    [
        ("https://www.daily-post.co.uk/x", ("dailypost",)),
        ("https://news.daily-post.example/x", ("dailypost",)),
        ("https://archive.example/web/2016/http://www.old-paper.example/x", ("oldpaper",)),
        ("https://[broken", ()),
        (None, ()),
    ],
)
def test_labels_of_a_host(url: str | None, labels: tuple[str, ...]) -> None:
    assert host_labels(url) == labels


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("Bridge closed | Daily Post", "Bridge closed"),
        ("Daily Post: Bridge closed", "Bridge closed"),
        ("Bridge closed: Daily life goes on", "Bridge closed: Daily life goes on"),
        ("Daily Post", "Daily Post"),
        ("Bridge closed", "Bridge closed"),
        ("", ""),
    ],
)
def test_stripping_the_site_name(title: str, stripped: str) -> None:
    scene = scene_of(page(), url=URL)
    assert SiteNames(scene.page, []).strip(title) == stripped


def test_descriptions_in_order_of_trust() -> None:
    head = f'<meta property="og:description" content="{DESCRIPTION} More.">'
    head += f'<meta name="description" content="{DESCRIPTION}">'
    found = find_description(scene_of(page(head=head)))
    assert found
    assert (found.value, found.evidence.source) == (DESCRIPTION, "meta")


def test_the_description_of_json_ld_agrees() -> None:
    head = json_ld(json.dumps({"@type": "NewsArticle", "headline": "x", "description": f"<p>{DESCRIPTION}</p>"}))
    found = find_description(scene_of(page(head=head + f'<meta name="description" content="{DESCRIPTION}">')))
    assert found
    assert found.evidence.agreeing == ("json-ld",)


def test_the_name_of_the_site_is_no_description() -> None:
    head = '<meta name="description" content="The Daily Post"><meta property="og:site_name" content="The Daily Post">'
    assert find_description(scene_of(page(head=head))) is None


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        (f'<link rel="canonical" href="{URL}">', None, URL),
        ('<link rel="canonical" href="/harbour/bridge">', URL + "?x=1", URL),
        ('<link rel="canonical" href="/harbour/bridge">', None, None),
        (f'<meta property="og:url" content="{URL}">', None, URL),
        (
            f'<link rel="canonical" href="https://www.daily-post.example/"><meta property="og:url" content="{URL}">',
            None,
            URL,
        ),
        ('<link rel="canonical" href="https://www.daily-post.example/">', URL, None),
        ('<link rel="canonical" href="javascript:alert(1)">', URL, None),
        ('<link rel="canonical" href="https://[broken">', URL, None),
        ("", URL, None),
    ],
)
def test_canonical_urls(head: str, url: str | None, expected: str | None) -> None:
    found = find_canonical_url(scene_of(page(head=head), url=url))
    assert (found.value if found else None) == expected


def test_only_web_addresses_are_made_absolute() -> None:
    assert absolute(" /a b", "https://x.example/") == ""
    assert absolute("//cdn.example/a.jpg", "https://x.example/") == "https://cdn.example/a.jpg"
    assert absolute("data:image/gif;base64,AAAA", "https://x.example/") == ""


def test_scripts_without_spaces_have_separators_without_spaces() -> None:
    top = '<div><a href="/news">新闻</a> <a href="/">江湾晚报网</a></div>'
    source = (
        f"<title>大桥关闭一个月_社会_江湾晚报网</title>{top}<h1>大桥关闭一个月</h1><p>{'大桥的轴承坏了。' * 20}</p>"
    )
    assert site_name(source) == "江湾晚报网"
    assert site_name(source.replace('"/"', '"/paper"')) is None
