"""Large pages are read by a builder that keeps equal attributes once: the page is the same."""

from pathlib import Path

import pytest

from articlex.options import Options
from articlex.page import Page
from articlex.reading import html, read

PAGES = sorted((Path(__file__).parent.parent.parent / "fixtures").glob("*/page.html"))


def _read(source: bytes) -> Page:
    return read(source, "https://post.example/2024/03/04/a-b", None, Options())


def test_a_large_page_is_read_like_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [path.read_bytes() for path in PAGES]
    small = [_read(source) for source in sources]
    monkeypatch.setattr(html, "_LARGE", 0)
    for source, page in zip(sources, small, strict=True):
        assert _read(source) == page


def test_equal_attributes_are_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_LARGE", 0)
    page = _read(b'<html><body><p class="a">One.</p><p class="a">Two.</p><p class="b">Three.</p></body></html>')
    first, second, third = [page.elements[block.element] for block in page.blocks]
    assert first.attrs is second.attrs
    assert third.attrs == {"class": "b"}
    assert first.tag is third.tag
