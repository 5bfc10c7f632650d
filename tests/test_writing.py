"""The record as a dict, as JSON, as text and as schema.org."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given

from articles import STORY, articles, markup, text
from articlex.article import Article, Block, Byline, Dateline, Evidence, Image

EMPTY = Article("empty")


@given(articles(text))
def test_the_record_comes_back_exactly_also_through_json(article: Article) -> None:
    assert Article.from_dict(article.to_dict()) == article
    assert Article.from_dict(json.loads(article.to_json())) == article
    assert Article.from_dict(json.loads(article.to_json(indent=2))) == article


@given(articles(markup))
def test_every_form_can_be_encoded_and_parsed(article: Article) -> None:
    for written in (article.to_json(), article.to_text(), article.to_markdown(), article.to_html()):
        written.encode()
    assert json.loads(article.to_json()) == article.to_dict()
    json.dumps(article.to_schema_org(), allow_nan=False).encode()


def test_keys_are_the_fields_in_order_then_the_derived_ones() -> None:
    keys = [field.name for field in fields(Article)] + ["authors", "paragraphs", "text"]
    assert list(EMPTY.to_dict()) == keys
    assert list(STORY.to_dict()) == keys


def test_derived_keys_are_those_of_the_properties_and_ignored_on_the_way_back() -> None:
    record = STORY.to_dict()
    assert record["authors"] == list(STORY.authors) == ["Ada Rees", "Coast Wire"]
    assert record["paragraphs"] == list(STORY.paragraphs)
    assert record["text"] == STORY.text
    assert Article.from_dict({**record, "text": "edited", "authors": 7, "of_a_later_version": []}) == STORY


def test_parts_are_plain_objects() -> None:
    record = STORY.to_dict()
    assert record["bylines"][0] == {
        "name": "Ada Rees",
        "kind": "person",
        "role": "Coast correspondent",
        "raw": "By Ada Rees",
    }
    assert record["dateline"] == {"place": "PORT ELLIS", "agency": None, "date": None, "raw": "PORT ELLIS - "}
    assert record["body"][8]["cells"] == ["Quay", "Depth"]
    assert record["evidence"]["title"]["agreeing"] == ["meta", "markup"]
    assert record["removed"][0]["facts"] == [["link_share", -2.5], ["words", -0.25]]


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (date(2015, 10, 29), "2015-10-29"),
        (date(15, 1, 2), "0015-01-02"),
        (datetime(2015, 10, 29), "2015-10-29T00:00:00"),
        (datetime(2015, 10, 29, 7, 5, 1, 20), "2015-10-29T07:05:01.000020"),
        (datetime(2015, 10, 29, 7, 5, tzinfo=UTC), "2015-10-29T07:05:00+00:00"),
        (datetime(2015, 10, 29, 7, 5, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), "2015-10-29T07:05:00-03:30"),
    ],
)
def test_dates_keep_what_is_known_of_them(moment: date, written: str) -> None:
    record = replace(EMPTY, published=moment).to_dict()
    assert record["published"] == written
    back = Article.from_dict(record).published
    assert type(back) is type(moment)
    assert back == moment
    if isinstance(moment, datetime) and isinstance(back, datetime):
        assert back.utcoffset() == moment.utcoffset()


def test_lone_surrogates_are_replaced_and_pairs_joined() -> None:
    article = replace(
        EMPTY,
        title="a\ud83d\ude00b\ud83dc\ude00",
        body=(Block("paragraph", "x\udfff"),),
        evidence={"t\ud800": Evidence("text", "\ud800")},
    )
    record = article.to_dict()
    assert record["title"] == "a\U0001f600b\ufffdc\ufffd"
    assert record["text"] == "x\ufffd"
    assert record["evidence"]["t\ufffd"]["raw"] == "\ufffd"
    assert json.loads(article.to_json().encode()) == record


def test_a_missing_key_takes_the_default() -> None:
    assert Article.from_dict({"status": "empty"}) == EMPTY
    assert Article.from_dict({"status": "article", "bylines": [{"name": "Ada Rees"}], "confidence": 1}) == Article(
        "article", 1.0, bylines=(Byline("Ada Rees"),)
    )


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"status": "fine"}, "status"),
        ({"status": None}, "status"),
        ({"confidence": "high"}, "confidence"),
        ({"confidence": True}, "confidence"),
        ({"title": 7}, "title"),
        ({"tags": "a, b"}, "tags"),
        ({"tags": ["a", 1]}, r"tags\[1\]"),
        ({"tags": None}, "tags"),
        ({"published": "yesterday"}, "published"),
        ({"published": 20151029}, "published"),
        ({"dateline": {}}, "dateline.place: missing"),
        ({"dateline": {"place": "Rome", "date": "2015-13-01"}}, "dateline.date"),
        ({"bylines": [{"name": "A"}, {"name": "B", "kind": "robot"}]}, r"bylines\[1\].kind"),
        ({"bylines": ["A"]}, r"bylines\[0\]"),
        ({"body": [{"kind": "paragraph", "text": "x", "level": 1.5}]}, r"body\[0\].level"),
        ({"body": [{"kind": "paragraph", "text": "x", "level": True}]}, r"body\[0\].level"),
        ({"images": [{"url": "https://a.example", "lead": 1}]}, r"images\[0\].lead"),
        ({"evidence": []}, "evidence"),
        ({"evidence": {"title": {"source": "rumour"}}}, "evidence.title.source"),
        ({"removed": [{"text": "", "role": "chrome", "reason": "", "facts": [["a"]]}]}, r"removed\[0\].facts\[0\]"),
    ],
)
def test_a_wrong_shape_is_a_value_error_that_names_the_key(change: dict[str, object], key: str) -> None:
    with pytest.raises(ValueError, match=f"^{key}"):
        Article.from_dict({**STORY.to_dict(), **change})


def test_status_is_required_and_the_record_must_be_an_object() -> None:
    with pytest.raises(ValueError, match=r"^status: missing"):
        Article.from_dict({})
    with pytest.raises(ValueError, match=r"^record: expected an object"):
        Article.from_dict([])  # type: ignore[arg-type]


def test_text_reads_like_the_article() -> None:
    assert STORY.to_text() == (
        "Harbour reopens after storm\n\nSpecial\n\nFerries are back, the fish market is not\n\n"
        "Ada Rees, Coast Wire · World · 2024-03-04T09:30:00+02:00\n\n"
        "PORT ELLIS - The harbour reopened on Monday.\n\nWhat is open\n\n"
        "- Ferries\n  1. to the island\n  2. to the cape\n- Slips\n\n"
        "We waited.\nThen we sailed.\n\nThat was all.\n\n"
        "Quay\tDepth\nNorth\t4 m\n\n"
        "tide = 4\nif tide:\n    sail()\n\nThe market stays shut.\n\nEditing by Bo Lind\n"
    )
    assert EMPTY.to_text() == ""


def test_schema_org_of_a_full_article() -> None:
    assert STORY.to_schema_org() == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Harbour reopens after storm",
        "alternativeHeadline": "Ferries are back, the fish market is not",
        "description": "The harbour is open again.",
        "articleSection": "World",
        "keywords": ["harbours", "storms"],
        "author": [
            {"@type": "Person", "name": "Ada Rees", "jobTitle": "Coast correspondent"},
            {"@type": "Organization", "name": "Coast Wire"},
        ],
        "datePublished": "2024-03-04T09:30:00+02:00",
        "dateModified": "2024-03-05",
        "dateline": "PORT ELLIS",
        "image": [
            {"@type": "ImageObject", "url": "https://post.example/small.jpg"},
            {
                "@type": "ImageObject",
                "url": "https://post.example/a_(1).jpg?x=1&copy;=2",
                "caption": "The quay on Monday",
                "description": "A quay",
                "creditText": "Ada Rees",
                "representativeOfPage": True,
            },
        ],
        "articleBody": STORY.text,
        "inLanguage": "en",
        "publisher": {"@type": "Organization", "name": "The Ellis Post"},
        "url": "https://post.example/harbour",
        "mainEntityOfPage": "https://post.example/harbour",
    }


def test_schema_org_says_only_what_the_page_says() -> None:
    assert EMPTY.to_schema_org() == {"@context": "https://schema.org", "@type": "NewsArticle"}
    stub = Article("paywalled", standfirst="A dek", dateline=Dateline(None, raw="(AP) - "), images=(Image("x.png"),))
    assert stub.to_schema_org() == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "description": "A dek",
        "dateline": "(AP) -",
        "isAccessibleForFree": False,
    }
