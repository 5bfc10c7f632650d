"""Pages nobody would write: what fuzzing found, random trees, structured data and dumps, mutated fixtures."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "fuzz"))

from mutate import Campaign, mutants, seeds_of  # noqa: E402 - found by the line above
from target import execute  # noqa: E402

FOUND = (
    b"!. Ca, 4:",  # a name that begins with a stop and a space
    b"\x1bVantmo](httss://www.example/lo<title>](/)\n\n  * [N\x83ews](/news)VantlthMail\n\n\n\t\t. *",
    b"\xde| \x043 hours ago[News](/nws).  j\xa0[TT",
    b"?<h1>Harbour</h1><p>Ferries left in the morning.</p><img src=a.jpg width='97\xc2\xb3'>",  # a digit, no decimal
)
BYTES = 256
TAGS = (
    "p", "div", "span", "article", "section", "main", "header", "footer", "nav", "aside", "h1", "h2", "h3", "ul",
    "ol", "li", "table", "tr", "td", "th", "blockquote", "figure", "figcaption", "img", "a", "b", "i", "em",
    "strong", "br", "hr", "pre", "code", "time", "script", "style", "noscript", "template", "svg", "form",
    "select", "option", "textarea", "iframe", "picture", "dl", "dt", "dd", "address", "details", "summary", "x-y",
    "center", "font", "html", "head", "body", "title", "meta", "link", "base",
)  # fmt: skip
NAMES = (
    "class", "id", "style", "itemprop", "itemtype", "property", "name", "content", "href", "src", "datetime",
    "rel", "role", "hidden", "lang", "dir", "alt", "charset", "data-x",
)  # fmt: skip
VALUES = (
    "author byline", "headline", "display:none", "articleBody", "NewsArticle", "og:title",
    "article:published_time", "2024-03-04T09:30:00Z", "/2024/03/04/a", "//[", "javascript:x", "nav menu",
    "comments", "caption", "utf-16", "rtl", "", "keywords", "Ada Rees", "description", "image", "datePublished",
    "9999-99-99", "tag", "canonical",
)  # fmt: skip
WORDS = (
    "By", "BY", "Ada", "Rees", "and", "Port", "Ellis", "(CW)", "-", "—", "4", "March", "2024", "09:30", "hours",
    "ago", "Read", "more:", "Photo:", "©", "Updated", "Von", "Por", "记者", "الكاتبة", "の", ".", ",", ":", "|",
    "\n", "\n\n", "*", "#", ">", "[a](b)", "\t", "\xa0", "\u202e", "\u200b", "\ud800", "\x00", "harbour",
    "reopened", "on", "Monday,", "officials", "said.",
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=40)
attributes = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES) | texts, max_size=3)


def _element(tag: str, named: dict[str, str], inside: list[str], closed: bool) -> str:
    written = "".join(f' {name}="{value}"' for name, value in named.items())
    return f"<{tag}{written}>{''.join(inside)}{f'</{tag}>' if closed else ''}"


trees = st.recursive(
    texts,
    lambda inner: st.builds(
        _element, st.sampled_from(TAGS), attributes, st.lists(inner, max_size=5), st.integers(0, 9).map(bool)
    ),
    max_leaves=40,
)
KEYS = (
    "@type", "@graph", "@id", "headline", "author", "name", "datePublished", "dateModified", "image", "url",
    "publisher", "keywords", "articleSection", "description", "isAccessibleForFree", "itemListElement",
    "mainEntityOfPage", "sameAs",
)  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(VALUES) | texts
linked = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)
STORY = "<h1>Harbour reopens after the storm</h1><p>Ferries to the island left in the morning, officials said.</p>"
many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def _try(choice: int, page: str) -> None:
    execute(bytes([choice]) + page.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("data", FOUND)
def test_what_fuzzing_found(data: bytes) -> None:
    for choice in range(0, BYTES, 5):
        execute(bytes([choice]) + data[1:])


@pytest.mark.timeout(300)
@many
@given(st.integers(0, 255), st.lists(trees, max_size=6), st.booleans())
def test_random_trees(choice: int, parts: list[str], story: bool) -> None:
    _try(choice, "".join(parts) + STORY * story)


@pytest.mark.timeout(300)
@many
@given(st.integers(0, 255), linked, st.sampled_from(("application/ld+json", "application/json", "")))
def test_random_structured_data(choice: int, data: object, kind: str) -> None:
    node = {"@type": "NewsArticle", **data} if isinstance(data, dict) else data
    _try(choice, f'<script type="{kind}">{json.dumps(node)}</script>{STORY}')


def test_a_flat_array_whose_root_names_no_kind() -> None:
    """Found by the test above: a list is no name of Nuxt's kinds of values."""
    _try(0, f'<script type="application/json">{json.dumps([[[], 1], {"headline": "x" * 400}, 2, 3])}</script>{STORY}')


@pytest.mark.timeout(300)
@many
@given(st.integers(0, 84), st.lists(texts, max_size=30))
def test_random_dumps(choice: int, rows: list[str]) -> None:
    _try(3 * choice + 2, "\n".join(rows))


@pytest.mark.timeout(300)
def test_mutated_fixtures() -> None:
    """Other ones every time: the seed is in the message."""
    seed = random.randrange(2**32)
    campaign = Campaign()
    stream = mutants(seeds_of([ROOT / "fixtures"]), 600, random.Random(seed))
    for _ in range(1_500):
        campaign.run(next(stream))
    assert not campaign.found, f"seed {seed}: " + "\n".join(campaign.found)
