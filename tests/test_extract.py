"""The road as callers see it: what is accepted, what never happens, what stays as it was."""

import pickle
from datetime import UTC, datetime

import bs4
import pytest
from lxml import etree, html

from articlex import Article, Options, extract, extract_many

STORY = "".join(
    f"<p>Paragraph {word} of the story tells, in a sentence of some length, what the {word} witness saw that night.</p>"
    for word in ("one", "two", "three", "four", "five", "six")
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Fire at the mill - The Courier</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Fire at the mill</h1>{STORY}</article>
<footer>All rights reserved</footer></body></html>"""


def test_every_kind_of_source_gives_the_same_body() -> None:
    expected = extract(PAGE).paragraphs
    assert len(expected) == 6
    tree = html.document_fromstring(PAGE)
    for source in (PAGE.encode(), bytearray(PAGE.encode()), tree, tree.getroottree(), bs4.BeautifulSoup(PAGE, "lxml")):
        assert extract(source).paragraphs == expected, type(source)


def test_a_tree_of_the_caller_stays_as_it_was() -> None:
    tree = html.document_fromstring(PAGE)
    soup = bs4.BeautifulSoup(PAGE, "lxml")
    before = etree.tostring(tree), str(soup)
    extract(tree)
    extract(tree.find(".//article"))
    extract(soup)
    assert (etree.tostring(tree), str(soup)) == before


def test_text_after_the_end_of_a_tree_is_not_lost() -> None:
    tree = html.document_fromstring(PAGE + STORY.replace("Paragraph", "Afterword"))
    assert any("Afterword" in text for text in extract(tree).paragraphs)


@pytest.mark.parametrize("source", [None, 7, ["<p>x</p>"], {"html": PAGE}])
def test_another_type_is_a_type_error_that_names_what_is_accepted(source: object) -> None:
    with pytest.raises(TypeError, match="bytes, str, an lxml tree"):
        extract(source)


@pytest.mark.parametrize(("name", "value"), [("url", 7), ("fetched", "2020-01-01"), ("options", {"input": "html"})])
def test_other_arguments_of_the_wrong_type_are_named(name: str, value: object) -> None:
    with pytest.raises(TypeError, match=name):
        extract(PAGE, **{name: value})


@pytest.mark.parametrize(
    ("name", "value", "choices"),
    [("input", "pdf", "auto, html, text"), ("focus", "both", "balanced, precision, recall"),
     ("encoding", "no", "charset"), ("max_bytes", 0, "at least 1"), ("deadline", -1, "positive"),
     ("languages", "en", "tuple")],
)  # fmt: skip
def test_a_wrong_option_names_the_choices(name: str, value: object, choices: str) -> None:
    with pytest.raises(ValueError, match=choices):
        Options(**{name: value})


def test_records_are_values() -> None:
    article = extract(PAGE, "https://courier.example/a", fetched=datetime(2020, 1, 1, tzinfo=UTC))
    assert pickle.loads(pickle.dumps(article)) == article
    assert Article.from_dict(article.to_dict()) == article
    with pytest.raises(AttributeError):
        article.title = "other"  # type: ignore[misc]


def test_extract_many_takes_sources_pairs_and_mappings_lazily() -> None:
    def pages():
        yield PAGE
        yield PAGE, "https://courier.example/a"
        yield {"html": PAGE, "url": "https://courier.example/b"}
        raise AssertionError("read too far")

    found = extract_many(pages())
    assert [next(found).title for _ in range(3)] == ["Fire at the mill"] * 3


def test_every_block_has_one_role_and_a_reason() -> None:
    article = extract(PAGE, options=Options(explain=True))
    assert all(removal.role and removal.reason and removal.place for removal in article.removed)
    texts = [removal.text for removal in article.removed]
    assert "All rights reserved" in texts
    assert len(texts) == len(set(texts))
    assert any(removal.facts for removal in article.removed)


def test_focus_trades_precision_for_recall() -> None:
    sizes = {
        focus: len(extract(PAGE, options=Options(focus=focus)).text) for focus in ("precision", "balanced", "recall")
    }
    assert sizes["precision"] <= sizes["balanced"] <= sizes["recall"]


def test_limits_truncate_and_say_so() -> None:
    assert "input_truncated" in extract(PAGE, options=Options(max_bytes=200)).reasons
    assert "blocks_limited" in extract(PAGE, options=Options(max_blocks=3)).reasons
    assert "depth_limited" in extract("<div>" * 60 + "x" * 200, options=Options(max_depth=20)).reasons


@pytest.mark.parametrize(
    ("page", "options", "charset", "named_by"),
    [
        (b"\xef\xbb\xbf<p>caf\xc3\xa9</p>", Options(encoding="latin-1"), "utf-8", "bom"),
        (b'<meta charset="utf-8"><p>caf\xe9</p>', Options(encoding="latin-1"), "cp1252", "http"),
        (b'<meta charset="iso-8859-1"><p>caf\xe9</p>', Options(), "cp1252", "meta"),
        (b"<p>caf\xc3\xa9</p>", Options(), "utf-8", "utf-8"),
    ],
)
def test_the_charset_and_what_named_it_are_in_the_evidence(
    page: bytes, options: Options, charset: str, named_by: str
) -> None:
    found = extract(page, options=options).evidence["encoding"]
    assert (found.raw, found.place) == (charset, named_by)
    assert "encoding" not in extract("<p>text</p>").evidence
