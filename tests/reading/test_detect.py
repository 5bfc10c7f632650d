"""HTML or dump, told by content."""

from __future__ import annotations

import gzip
from itertools import islice
from pathlib import Path

import pytest

from articlex.options import Options
from articlex.reading import read
from articlex.reading.detect import binary_kind, looks_like_html

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><title>x</title>",
        "\n <!-- saved --><html lang=en>",
        "<?xml version='1.0'?><html xmlns='x'>",
        "<p>Seal rings bell",
        "<div>Seal rings bell</div>",
        "Seal rings bell<br>and <b>twice</b>",
        "HTTP/1.1 200 OK\n\n<html><head><title>x</title></head><body>Seal",
        "<!DOCTYPE html><html><head><script>" + "var x = 1;" * 9_000 + "</script>",
    ],
)
def test_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Seal rings bell\nBy Ada Quill",
        "How to use the <head> element\n" + "Everything in it is about the page, not in it. " * 40,
        "a < b and c > d",
        "<ada@quay.example> wrote:\n> The seal rang.",
        "<https://quay.example/>\nThe seal rang.",
        "# Seal\n\nIt rang <b>twice</b>.\n\n" + "The ferry left. " * 30,
        "Seal rings bell\n" + "The ferry left early again this morning. " * 20 + '<img src="x.gif"><img src="y.gif">',
    ],
)
def test_dumps(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n", "pdf"),
        (b"\x89PNG\r\n", "png"),
        (bytes(range(32)) * 40, "binary"),
        (b"", None),
        ("Seal\x00".encode("utf-16-le") * 20, None),
        (b"Seal rings bell\x0c\x1b[1m\n", None),
    ],
)
def test_binary(data: bytes, kind: str | None) -> None:
    assert binary_kind(data) == kind


def source_of(data: bytes) -> str:
    return read(data, None, None, Options()).source


def test_fixtures_are_told() -> None:
    pages = sorted(FIXTURES.glob("*/page.*"))
    assert len(pages) > 50
    for path in pages:
        assert source_of(path.read_bytes()) == {".html": "html", ".txt": "text"}[path.suffix], path.parent.name


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora")
@pytest.mark.parametrize(("pattern", "source"), [("*/pages/*.gz", "html"), ("*/dumps/*/*.gz", "text")])
def test_development_pages_are_told(pattern: str, source: str) -> None:
    paths = list(islice(sorted(CORPORA.glob(pattern)), 0, None, 10))
    wrong = [path.name for path in paths if source_of(gzip.decompress(path.read_bytes())) != source]
    assert len(wrong) <= 0.005 * len(paths), wrong
