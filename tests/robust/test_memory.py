"""Nothing of a page stays behind when its record is gone: caches have few entries, and never large ones."""

from __future__ import annotations

import gc
import tracemalloc
from collections import deque
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.robust.hostile import STORY

from articlex import extract

FIXTURES = sorted((Path(__file__).parent.parent.parent / "fixtures").glob("*/page.*"))
WORD, KEPT = 60_000, 10_000
"""Characters of a word no other page has, and bytes that a page may leave behind. (Addresses are left out: the
standard library's ``urlsplit`` keeps the last 128.)"""
PLACES = (
    '<div class="%s">x y z</div>', '<p id="%s">x y z</p>', '<p itemprop="%s">x y z</p>',
    '<meta name="%s" content="a b">',
    '<meta name="author" content="%s">', "<title>%s</title>", '<meta property="og:site_name" content="%s">',
    '<a rel="%s" href="/a">x</a>', '<p class="byline">By %s</p>', "<p>%s</p>", "<%s>x",
    '<time datetime="%s">x</time>', '<meta property="article:published_time" content="%s">', '<img src=a.jpg alt="%s">',
    '<meta property="article:section" content="%s">', '<script type="application/ld+json">{"@type":"%s"}</script>',
    '<script type="application/ld+json">{"@type":"NewsArticle","%s":"x"}</script>',
    '<script type="application/ld+json">{"@type":"NewsArticle","author":"%s"}</script>',
    '<script>window.__S__={"a":{"%s":"x","headline":"Harbour reopens","body":"Ferries left."}}</script>',
)  # fmt: skip


def kept(pages: Iterable[str | bytes]) -> int:
    """Bytes that are still allocated after the pages were extracted."""
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        deque(map(extract, pages), maxlen=0)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("part", ["wordy-", "word "])
def test_a_long_word_is_not_kept(place: str, part: str) -> None:
    def page(number: int) -> str:
        return place.replace("%s", f"{number:05d}-" + part * (WORD // len(part))) + STORY

    extract(page(0))
    assert kept(page(number) for number in range(1, 4)) < 3 * KEPT


@pytest.mark.timeout(300)
def test_the_same_pages_again_leave_nothing_behind() -> None:
    pages = [page.read_bytes() for page in FIXTURES]
    for page in pages:
        extract(page)
    kept(pages)  # what tracing itself makes Python keep
    assert kept(pages * 2) < 100_000
