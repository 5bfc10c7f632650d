"""Pages whose text stands in their scripts only."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from articlex.options import Options
from articlex.page import Page
from articlex.reading import read

FIRST = "The ferry to Saltholm will stop for good in October, the harbour board said on Tuesday, after 91 years."
SECOND = "Its last captain, Marit Oyen, learned of the decision from a poster that hung on the door of her own ship."
THIRD = "A bridge was promised in 1974. The two pillars built since then are used by cormorants, and by one artist."
FOURTH = "The board will meet again in May. Nobody on the island expects that it will change its mind before then."
PROSE = [FIRST, SECOND, THIRD, FOURTH]
HEADLINE = "Island loses its ferry after 91 years"
ARTICLE: dict[str, Any] = {"headline": HEADLINE, "slug": "ferry", "publishedAt": "2024-05-02"}


def page_of(*scripts: str, title: str = HEADLINE, body: str = "<p>Loading</p>", options: Options | None = None) -> Page:
    source = f"<html><head><title>{title}</title></head><body>{body}{''.join(scripts)}</body></html>"
    return read(source, "https://coast.example/ferry", None, options or Options())


def data(value: Any) -> str:
    return f'<script type="application/json">{json.dumps(value)}</script>'


def code(text: str) -> str:
    return f"<script>{text}</script>"


def story(page: Page) -> list[tuple[str, str]]:
    blocks = [block for block in page.blocks if page.elements[block.element].number < 0]
    return [(block.kind, block.text) for block in blocks if block.text != HEADLINE]


def paragraphs(page: Page) -> list[str]:
    return [text for kind, text in story(page) if kind == "paragraph"]


STATE = json.dumps({"page": {**ARTICLE, "body": [{"type": "paragraph", "text": text} for text in PROSE]}})
FLIGHT = 'self.__next_f.push([1,"' + "{}" + '"])'


def quoted(text: str) -> str:
    return json.dumps(text)[1:-1]


def flight() -> list[str]:
    long = "<p>" + "</p><p>".join(PROSE) + "</p>"
    rows = (
        f'1:I["x"]\n2:T{len(long.encode()):x},{long}3:["$","$L4",null,' + json.dumps({**ARTICLE, "html": "$2"}) + "]\n"
    )
    half = len(rows) // 2
    return [code("self.__next_f.push(" + json.dumps([1, part]) + ")") for part in (rows[:half], rows[half:])]


def nuxt() -> str:
    flat: list[Any] = [
        ["ShallowReactive", 1],
        {"article": 2},
        {"headline": 3, "author": 4, "blocks": 5},
        HEADLINE,
        "Ed Vik",
    ]
    flat.append([6 + i for i in range(4)])
    flat.extend({"type": 10, "text": 11 + i} for i in range(4))
    return data([*flat, "paragraph", *PROSE])


@pytest.mark.parametrize(
    "scripts",
    [
        [f'<script type="application/json">{STATE}</script>'],
        [code(f"window.__INITIAL_STATE__ = {STATE};\nwindow.__CONFIG__ = {{debug: true}};")],
        [code(f"window.a=1;var Fusion=window.Fusion||{{}};Fusion.globalContent={STATE};Fusion.b={{}};")],
        [code(f'window.__DATA__ = JSON.parse("{quoted(STATE)}");')],
        [code(f'window.__DATA__="{quoted(STATE)}";')],
        [code("window.__DATA__ = JSON.parse('" + STATE.replace("'", "\\'").replace("head", "he\\x61d") + "');")],
        [code(f"window.__NUXT__={STATE[:-1]},\"user\":undefined,\"on\":!0}};")],
        [code(f"(window.q = window.q || []).push({STATE})")],
        [data({"cache": {"Story:1": STATE}})],
        [nuxt()],
        flight(),
    ],
    ids=["block", "assigned", "fusion", "parsed", "string", "quote", "undefined", "pushed", "nested", "nuxt", "next"],
)  # fmt: skip
def test_state_of_every_make(scripts: list[str]) -> None:
    page = page_of(*scripts)
    assert paragraphs(page) == PROSE
    assert page.reasons == ["story_from_script"]
    assert page.json_ld[-1]["headline"] == HEADLINE
    assert [page.place(i) for i in range(1, len(page.blocks))] == ["(//script)[1]"] * (len(page.blocks) - 1)


def runs(text: str, inner: str = "content") -> list[dict[str, Any]]:
    return [
        {"nodeType": "text", "value": text[:9]},
        {"nodeType": "hyperlink", inner: [{"nodeType": "text", "value": text[9:]}]},
    ]


RICH = {
    "contentful": [
        *({"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]} for text in PROSE),
        {"nodeType": "heading-3", "content": [{"nodeType": "text", "value": "Pillars"}]},
        {"nodeType": "ordered-list", "content": [{"nodeType": "list-item", "content": [
            {"nodeType": "paragraph", "content": runs("A bridge, a tunnel")}]}]},
        {"nodeType": "paragraph", "content": runs("And then a boat.")},
    ],
    "sanity": [
        *({"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text}]} for text in PROSE),
        {"_type": "block", "style": "h3", "children": [{"_type": "span", "text": "Pillars"}]},
        {"_type": "block", "style": "normal", "listItem": "number", "children": [
            {"_type": "span", "text": "A bridge, "}, {"_type": "span", "text": "a tunnel"}]},
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": "And then a boat."}]},
    ],
    "editorjs": [
        *({"type": "paragraph", "data": {"text": text}} for text in PROSE),
        {"type": "header", "data": {"text": "Pillars", "level": 3}},
        {"type": "list", "data": {"style": "ordered", "items": ["A bridge, a tunnel"]}},
        {"type": "paragraph", "data": {"text": "And then a <b>boat</b>."}},
    ],
    "gutenberg": [
        *({"name": "core/paragraph", "attributes": {"content": text}, "innerBlocks": []} for text in PROSE),
        {"name": "core/heading", "attributes": {"content": "Pillars", "level": 3}},
        {"name": "core/list", "attributes": {"ordered": True, "values": ""}, "innerBlocks": [
            {"name": "core/list-item", "attributes": {"content": "A bridge, a tunnel"}}]},
        {"name": "core/paragraph", "attributes": {"content": "And then a boat."}},
    ],
    "nested-model": [{"type": "text", "model": {"blocks": [
        *({"type": "paragraph", "model": {"text": text, "blocks": [{"type": "fragment", "model": {"text": text}}]}}
          for text in PROSE),
        {"type": "subheadline", "model": {"level": 3, "text": "Pillars"}},
        {"type": "orderedList", "model": {"blocks": [{"type": "listItem", "model": {"text": "A bridge, a tunnel"}}]}},
        {"type": "paragraph", "model": {"text": "And then a boat.", "blocks": []}},
    ]}}],
    "typename": [
        *({"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": text}]} for text in PROSE),
        {"__typename": "Heading3Block", "content": [{"__typename": "TextInline", "text": "Pillars"}]},
        {"__typename": "ListBlock", "style": "ORDERED", "content": [{"__typename": "ListItemBlock", "content": [
            {"__typename": "ParagraphBlock", "content": [{"__typename": "Text", "text": "A bridge, a tunnel"}]}]}]},
        {"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": "And then a boat."}]},
    ],
    "html": [
        *({"type": "text", "content": text} for text in PROSE),
        {"type": "header", "level": 3, "content": "Pillars"},
        {"type": "list", "list_type": "ordered", "items": [{"type": "text", "content": "A bridge, <i>a tunnel</i>"}]},
        {"type": "text", "content": "And then a boat."},
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", RICH)
def test_rich_text_of_every_make(kind: str) -> None:
    page = page_of(data({"page": {**ARTICLE, "body": RICH[kind]}}))
    assert story(page) == [
        *(("paragraph", text) for text in PROSE),
        ("heading", "Pillars"), ("list_item", "A bridge, a tunnel"), ("paragraph", "And then a boat."),
    ]  # fmt: skip
    heading, item = page.blocks[-3], page.blocks[-2]
    assert heading.level == 3
    assert item.ordered


def test_what_is_no_running_text_is_left_out() -> None:
    body = [
        {"type": "paragraph", "text": FIRST},
        {"type": "newsletter-signup", "text": "Get our letter each Sunday."},
        {"type": "image", "url": "https://coast.example/a.jpg", "caption": "The pier.", "credit": {"name": "Ed Vik"}},
        {"type": "AdSlot", "text": "Advertisement"},
        {"type": "related", "items": [{"text": "Another story about the sea and its boats, which is long enough."}]},
        {"headline": "Another story altogether", "url": "/other", "text": "It has a text of its own, fully told here."},
        *({"type": "paragraph", "text": text} for text in PROSE[1:]),
    ]
    page = page_of(data({**ARTICLE, "body": body, "comments": [{"text": text * 9} for text in PROSE]}))
    assert story(page) == [
        ("paragraph", FIRST), ("caption", "The pier."), ("paragraph", "Ed Vik"), *(("paragraph", t) for t in PROSE[1:])
    ]  # fmt: skip
    assert page.pictures[-1].attrs["src"] == "https://coast.example/a.jpg"
    assert page.blocks[page.pictures[-1].block].text == "The pier."


def test_the_story_of_the_title_comes_first() -> None:
    other = {"headline": "Cormorants take to the arts", "url": "/birds", "body": [{"text": text * 3} for text in PROSE]}
    page = page_of(data({"stories": [other, {**ARTICLE, "body": [{"text": text} for text in PROSE]}]}))
    assert paragraphs(page) == PROSE


@pytest.mark.parametrize("ref", [lambda key: {"__ref": key}, lambda key: {"type": "id", "id": key}])
def test_objects_of_a_cache_are_put_together(ref: Callable[[str], dict[str, str]]) -> None:
    cache = {
        "Story:1": {**ARTICLE, "body": [ref(f"Paragraph:{i}") for i in range(4)], "authors": [ref("Person:7")]},
        **{f"Paragraph:{i}": {"__typename": "Paragraph", "text": text} for i, text in enumerate(PROSE)},
        "Person:7": {"name": "Tora Lind", "stories": [ref("Story:1")]},
        "ROOT_QUERY": {'story({"slug":"ferry"})': ref("Story:1")},
    }
    page = page_of(code(f"window.__APOLLO_STATE__={json.dumps({'a': {'ROOT_QUERY': {}}, 'c': cache})};"))
    assert paragraphs(page) == PROSE
    assert page.json_ld[-1]["author"] == [{"@type": "Person", "name": "Tora Lind"}]


def test_json_ld_outranks_state() -> None:
    node = {"@type": "NewsArticle", "headline": "Ferry", "author": {"@type": "Person", "name": "Tora Lind"}}
    linked = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    page = page_of(linked, data({**ARTICLE, "author": "Staff", "section": "Coast", "body": PROSE}))
    assert page.json_ld[0] == node
    assert page.json_ld[1].keys() == {"@type", "datePublished", "articleSection", "articleBody"}


def test_a_story_shown_in_short_lines_is_not_told_again() -> None:
    lines = [text[at : at + 60] for text in PROSE for at in (0, 60)]
    markup = "".join(f"<p>{line}</p>" for line in lines)
    page = page_of(data({**ARTICLE, "html": markup}), body=markup)
    assert len(page.blocks) == len(lines)
    assert page.reasons == []


def test_lists_of_summaries_and_texts_of_others_are_no_story() -> None:
    listing = {"stories": [{"headline": HEADLINE, "url": f"/{i}", "summary": FIRST + SECOND} for i in range(40)]}
    terms = {"title": "Terms of use", "path": "/terms", "text": [FIRST, SECOND, THIRD, FOURTH]}
    goods = {**ARTICLE, "priceRange": {"min": 7}, "text": PROSE}
    for value in (listing, terms, goods, {"messages": {"a": PROSE}}, {"text": PROSE}):
        page = page_of(data(value))
        assert len(page.blocks) == 1
        assert page.reasons == []
        assert page.json_ld == []


def test_a_page_that_calls_itself_an_article_need_not_be_dated() -> None:
    script = data({"headline": HEADLINE, "url": "/ferry", "body": PROSE})
    assert page_of(script).reasons == []
    assert paragraphs(page_of('<meta property="og:type" content="article">', script)) == PROSE


def test_facts_of_many_names() -> None:
    article = {
        "headlines": {"basic": HEADLINE},
        "subheadlines": {"basic": "The harbour board gives up."},
        "credits": {"by": [{"name": "Tora Lind", "job_title": "Reporter"}, {"firstName": "Ole", "lastName": "Berg"}]},
        "display_date": "2024-05-02T06:00:00Z",
        "lastUpdated": 1714636800000,
        "taxonomy": {"primary_section": {"name": "Coast"}, "tags": [{"text": "Ferries", "slug": "f"}, "Islands"]},
        "promo_items": {"basic": {"url": "https://coast.example/p.jpg", "caption": "The <i>Saltholm</i>", "alt": 7}},
        "canonical_url": "/ferry",
        "content_elements": [{"type": "text", "content": text} for text in PROSE],
    }
    page = page_of(code(f"Fusion.globalContent={json.dumps(article)}"))
    facts = page.json_ld[-1]
    assert facts.pop("articleBody").endswith(FOURTH)
    assert facts == {
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "description": "The harbour board gives up.",
        "author": [
            {"@type": "Person", "name": "Tora Lind", "jobTitle": "Reporter"},
            {"@type": "Person", "name": "Ole Berg"},
        ],
        "datePublished": "2024-05-02T06:00:00Z",
        "dateModified": "2024-05-02T08:00:00+00:00",
        "articleSection": "Coast",
        "keywords": ["Ferries", "Islands"],
        "image": {"url": "https://coast.example/p.jpg", "caption": "The Saltholm"},
    }


@pytest.mark.parametrize(
    "body",
    ["\n\n".join(PROSE), "\n".join(PROSE), "".join(f"<p>{text}</p>" for text in PROSE),
     "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in PROSE)],
    ids=["blank-lines", "line-ends", "html", "escaped"],
)  # fmt: skip
def test_article_body_of_json_ld(body: str) -> None:
    node = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": body}
    page = page_of(f'<script type="application/ld+json">{json.dumps(node)}</script>')
    assert paragraphs(page) == PROSE
    assert page.reasons == ["story_from_json_ld"]
    assert page.json_ld == [node]
    assert page.place(1) == "(//script)[1]"


@pytest.mark.parametrize(("headline", "shown"), [(["a", 7], []), ("Rock &amp; roll", ["Rock & roll"]), (None, [])])
def test_headlines_of_json_ld(headline: object, shown: list[str]) -> None:
    node = {"@type": "NewsArticle", "headline": headline, "articleBody": "\n".join(PROSE)}
    page = page_of(f'<script type="application/ld+json">{json.dumps(node)}</script>')
    assert [block.text for block in page.blocks if block.kind == "heading"] == shown


def test_state_with_paragraphs_before_a_body_of_one_line() -> None:
    node = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": " ".join(PROSE)}
    linked = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert paragraphs(page_of(linked, data({**ARTICLE, "body": PROSE}))) == PROSE
    assert paragraphs(page_of(linked)) == [" ".join(PROSE)]


def test_chinese() -> None:
    text = "港务局周二表示，在运营九十一年之后，前往盐岛的渡轮将于十月永久停航，居民们对此感到十分意外。"
    title = "盐岛渡轮十月停航"
    page = page_of(data({"title": title, "date": "2024-05-02", "content": [text] * 6}), title=title + "_海岸报")
    assert paragraphs(page) == [text] * 6


def test_pages_that_show_their_story_are_left_alone() -> None:
    shown = "".join(f"<p>{text} {text}</p>" for text in PROSE)
    page = page_of(data({**ARTICLE, "body": ["Quite " + text for text in PROSE]}), body=shown)
    assert [block.text for block in page.blocks] == [f"{text} {text}" for text in PROSE]
    assert page.reasons == []


def test_elements_stay_in_order_and_places_right() -> None:
    body = '<div><p>Short <a href="/x">link</a></p><img src="/logo.png"></div>'
    page = page_of(
        data({**ARTICLE, "body": [f'See <a href="/{i}">here</a>. {t}' for i, t in enumerate(PROSE)]}), body=body
    )
    assert page.place(0) == "(//p)[1]"
    assert all(element.parent < i for i, element in enumerate(page.elements))
    assert {block.element for block in page.blocks} <= set(range(page.holders))
    links = [
        (page.blocks[s.block].text[:9], page.elements[s.element].attrs["href"])
        for s in page.spans
        if s.text in ("link", "here")
    ]
    assert links == [("Short lin", "/x"), *(("See here.", f"/{i}") for i in range(4))]
    assert page.elements[page.pictures[0].element].tag == "div"


DEEP = 100_000
HOSTILE = {
    "deep": '{"a":' * DEEP + "1" + "}" * DEEP,
    "deep-lists": "x=" + "[" * DEEP + "]" * DEEP,
    "starts": '={"a":[{' * DEEP,
    "quotes": "='{\"" * DEEP,
    "cut": STATE[:-40],
    "numbers": json.dumps([1] * (5 * DEEP)),
    "wide": json.dumps([{"a": {"b": [FIRST]}} for _ in range(20_000)]),
    "titles": json.dumps([{**ARTICLE, "x": PROSE} for _ in range(5_000)]),
    "flight": "self.__next_f.push(" + json.dumps([1, "1:Tffffffff," + FIRST * 1_000]) + ")",
    "nan": json.dumps({**ARTICLE, "date": float("nan"), "modified": float("inf"), "created": 10**30, "x": PROSE}),
    "types": json.dumps({**ARTICLE, "headline": [7], "title": {"a": {}}, "author": 7, "tags": {"a": [[]]}, "date": [{}],
                         "image": [[[{"url": 7}]]], "x": PROSE}),
    "surrogates": STATE.replace("ferry", "\\ud800").replace("bridge", "\\u0000\\udfff"),
    "open-tags": json.dumps({**ARTICLE, "x": "<b><i>" * 50_000 + " ".join(PROSE)}),
    "spaces": "window.x = " + " " * (5 * DEEP) + STATE,
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("tag", ["<script>", '<script type="application/json">'])
def test_hostile_data_ends_soon(kind: str, tag: str) -> None:
    started = time.process_time()
    page = page_of(f"{tag}{HOSTILE[kind]}</script>")
    assert time.process_time() - started < 3
    assert all(block.text.encode() for block in page.blocks)
    assert all("\x00" not in block.text for block in page.blocks)


def test_limit() -> None:
    page = page_of(data({**ARTICLE, "body": PROSE, "x": "y" * 5_000}), options=Options(max_structured=5_000))
    assert page.reasons == ["structured_limited"]
    assert len(page.blocks) == 1
