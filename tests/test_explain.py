"""The report of ``--explain``: everything in page order, nothing of the page as markup, no request."""

import re
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from lxml import html as lxml_html

from articles import STORY, articles, markup
from articlex.article import Article, Block, Evidence, Removal
from articlex.writing.explain import explain_html

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "p", "div", "span"),
    *("a", "i", "b", "table", "thead", "tbody", "tr", "th", "td", "form", "label", "input", "hr", "ol", "li"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "style", "href", "title", "id", "type", "checked"),
    *("aria-label", "colspan"),
}


def elements(report: str, xpath: str) -> list[lxml_html.HtmlElement]:
    return cast("list[lxml_html.HtmlElement]", lxml_html.document_fromstring(report).xpath(xpath))


def texts(report: str, xpath: str) -> list[str]:
    return [" ".join("".join(map(str, element.itertext())).split()) for element in elements(report, xpath)]


@given(articles(markup), markup)
def test_nothing_of_the_page_becomes_markup(article: Article, name: str) -> None:
    report = explain_html(article, name)
    report.encode()
    for element in elements(report, "//*|//comment()|//processing-instruction()"):
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert re.fullmatch(r"#b\d+", element.get("href", "#b0"))
        assert re.fullmatch(r"(width:\d+%|flex-grow:\d+)", element.get("style", "width:0%"))
    assert len(elements(report, "//li")) == len(article.body) + len(article.removed)


def test_it_requests_nothing() -> None:
    report = explain_html(STORY, "harbour.html")
    assert "default-src 'none'" in report
    assert not re.search(r"<script|src=|url\(|@import|<link", report)
    assert "https://post.example/small.jpg" in report, "an image is named, not shown"


def test_kept_and_dropped_blocks_stand_in_page_order() -> None:
    removed = [Removal(f"d{index}{letter}", "chrome", "low", index=index) for index in (0, 2, 3) for letter in "ab"]
    body = tuple(Block("paragraph", f"k{number}") for number in range(3))
    report = explain_html(Article("article", body=body, removed=tuple(removed)), "x")
    said = texts(report, "//li//div[contains(@class, 'said')]")
    assert said == ["d0a", "d0b", "k0", "k1", "d2a", "d2b", "k2", "d3a", "d3b"]
    links = [link.get("href") for link in elements(report, "//*[@class='strip']/a")]
    assert links == ["#b0", "#b2", "#b4", "#b6", "#b7"], "one stretch for each run of a role"


def test_the_verdict_and_the_counts() -> None:
    article = replace(STORY, status="partial", confidence=0.514, reasons=("input_truncated", "<b>"))
    report = explain_html(article, "harbour & co.html")
    assert texts(report, "//*[contains(@class, 'verdict')]/*") == [
        "partial", "confidence 0.51", "input_truncated", "<b>",
    ]  # fmt: skip
    assert texts(report, "//title") == ["harbour & co.html · articlex"]
    characters = sum(len(block.text) for block in article.body)
    dropped = sum(len(removal.text) for removal in article.removed)
    (counts,) = texts(report, "//header/div[last()]")
    assert counts.endswith(f"12 of 14 blocks kept, {characters} of {characters + dropped} characters.")


def test_fields_show_value_and_evidence() -> None:
    evidence = {
        "title": Evidence("json-ld", "Harbour reopens after storm | Post", "(//script)[2]", ("meta", "markup")),
        "section": Evidence("url", "World"),
        "encoding": Evidence("http", "utf-8"),
    }
    article = replace(STORY, kicker=None, modified=None, evidence=evidence)
    report = explain_html(article, "x")
    rows = {name: tuple(texts(report, f"//tr[th='{name}']/td")) for name in texts(report, "//tbody//th")}
    assert rows["title"] == (
        "Harbour reopens after storm",
        "json-ld meta markup (//script)[2]Harbour reopens after storm | Post",
    )
    assert rows["section"] == ("World", "url"), "a raw string that is the value is not repeated"
    assert rows["encoding"] == ("utf-8", "http")
    assert rows["bylines"] == ("Ada Rees (person, Coast correspondent) Coast Wire (agency)", "")
    assert rows["published"] == ("2024-03-04 09:30:00+02:00", "")
    assert rows["not found"] == ("kicker, modified",)
    assert "kicker" not in rows


def test_a_dropped_block_shows_reason_place_score_and_facts() -> None:
    report = explain_html(STORY, "x")
    first, *_, last = elements(report, "//li")
    assert (first.get("class"), last.get("class")) == ("block dropped r-chrome", "block dropped r-related")
    assert texts(report, "(//li)[1]//span[not(*)]") == ["chrome", "low_score", "(//a)[1]"]
    assert texts(report, "(//li)[1]//*[@class='facts']/*") == ["link_share -2.50", "words -0.25"]
    assert texts(report, "(//li)[1]/*[@class='score']") == ["0.02"]


@pytest.mark.parametrize("role", ["chrome", "related", "body"])
def test_every_role_on_the_page_has_a_legend_with_its_filter(role: str) -> None:
    report = explain_html(STORY, "x")
    boxes = elements(report, f"//form//input[@type='checkbox' and @id='of-{role}']")
    assert len(boxes) == 1
    assert f"body:has(#of-{role}:not(:checked)) .block.r-{role} {{ display: none; }}" in report
    assert f".r-{role} {{ --c:" in report
