"""No regular expression is a trap: each alone on lines of bait, and all together on pages with long bait everywhere.

The patterns are all found: a child process records each that is compiled while it imports every module and extracts
every fixture.
"""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import time
from html import escape
from pathlib import Path

import pytest

from articlex import extract

_LINE, _LINE_SECONDS = 2_000, 0.5
"""For one pattern on one line: a few take the square of the line, which is what a limit on lines allows."""
_PAGE, _PAGE_SECONDS = 30_000, 4.0
"""For a page with so much bait in every place; all take under half a second on a machine of 2024."""
_COLLECT = """
import importlib, pickle, pkgutil, re, sys
kept = {}
plain = re.compile
def compiled(pattern, flags=0):
    made = plain(pattern, flags)
    module = sys._getframe(1).f_globals.get("__name__", "")
    if module.startswith("articlex"):
        kept[made.pattern, made.flags] = module
    return made
re.compile = compiled
import articlex
for found in pkgutil.walk_packages(articlex.__path__, "articlex."):
    if not found.name.endswith("__main__"):
        try:
            importlib.import_module(found.name)
        except ImportError:  # an extra that is not installed
            pass
from pathlib import Path
for page in sorted(Path(sys.argv[1]).glob("*/page.*")):
    articlex.extract(page.read_bytes(), "https://post.example/2024/03/04/a-b")
from articlex.patterns import LazyPattern
for name, module in list(sys.modules.items()):
    if name.startswith("articlex"):
        for value in vars(module).values():
            if isinstance(value, LazyPattern):
                value.compiled()
pickle.dump(kept, sys.stdout.buffer)
"""
_BAITS = (
    "a", "A", "1", " ", "\n", "\t", "\u00a0", "<", ">", "/", ".", ",", "-", ":", "@", "&", "#", "|", "*", "_", "[",
    "]", "(", ")", "{", '"', "'", "=", "\u0430", "\u4e00", "\u200b", "a ", "a.", "A.", "a@", "a-", "a,", "1.", "1/",
    "1:", "1 ", "A. ", "Ab ", "By A ", "a and ", "<a ", "<a>", "</", "<!--", "a\n", "\n ", "[1]", "](", "http://a",
    "**", "a_", "=\"", "\\", "\\u", "2024", "2024-03-04T", "4 March ", "12:30 ", "&#", "%20", "--", ". ", ".\n",
)  # fmt: skip
_PHRASES = (
    "a.b@c.", "By A, ", "(a", "a(", "[a", "A B ", "Von ", "，", "、", "1.1.", "/a", "a/", "Jan ", "(AP) ", "a—", ' "',
)  # fmt: skip
_METAS = (
    "author", "date", "keywords", "description", "og:title", "og:site_name", "og:image", "og:url", "article:section",
    "article:published_time", "article:tag", "byl",
)  # fmt: skip


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> list[re.Pattern[str] | re.Pattern[bytes]]:
    fixtures = Path(__file__).parent.parent.parent / "fixtures"
    run = subprocess.run([sys.executable, "-c", _COLLECT, str(fixtures)], capture_output=True, check=True)
    return [re.compile(pattern, flags) for pattern, flags in sorted(pickle.loads(run.stdout), key=repr)]


def _baits(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """General baits, and the pattern's own literal words, alone and before each other."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = list(dict.fromkeys(re.findall(r"\w+|[^\w\s\\]", source)))[:12]
    pairs = [first + second for first in words[:5] for second in words[:5] if first != second]
    return [*_BAITS, *words, *(f"{word} " for word in words), *pairs]


def test_all_patterns_are_found(patterns: list[re.Pattern[str] | re.Pattern[bytes]]) -> None:
    assert len(patterns) > 60


@pytest.mark.timeout(300)
def test_no_pattern_is_slow_on_bait(patterns: list[re.Pattern[str] | re.Pattern[bytes]]) -> None:
    slow = []
    for pattern in patterns:
        for bait in _baits(pattern):
            text = bait * (_LINE // len(bait))
            subject = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
            start = time.process_time()
            pattern.search(subject + "\x00" if isinstance(subject, str) else subject + b"\x00")  # type: ignore[arg-type]
            took = time.process_time() - start
            if took > _LINE_SECONDS:
                slow.append(f"{took:.1f} s  {pattern.pattern[:100]!r}  on {bait!r}")
                break
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("bait", [*_BAITS, *_PHRASES])
def test_bait_in_every_place_of_a_page(bait: str) -> None:
    page = _page(bait * (_PAGE // len(bait)))
    start = time.process_time()
    article = extract(page, "https://post.example/2024/03/04/harbour-reopens")
    took = time.process_time() - start
    assert took < _PAGE_SECONDS, f"{took:.1f} s"
    assert article.status


def _page(bait: str) -> str:
    """A page with the bait wherever a finder looks."""
    text = escape(bait)
    person, site = {"name": bait}, {"@type": "Organization", "name": bait}
    linked = dict.fromkeys(("headline", "datePublished", "articleSection", "keywords", "description", "image"), bait)
    linked |= {"@type": "NewsArticle", "author": [person, bait], "publisher": site, "inLanguage": bait}
    metas = "".join(f'<meta name="{name}" content="{text}">' for name in _METAS)
    return f"""<html lang="{text}"><head><title>{text}</title>{metas}<link rel="canonical" href="{text}">
    <script type="application/ld+json">{json.dumps(linked)}</script></head><body>
    <nav class="breadcrumb"><a href="/x">{text}</a></nav><article><p class="kicker">{text}</p><h1>Harbour {text}</h1>
    <p class="standfirst">{text}</p><p class="byline author">By {text}</p><time datetime="{text}">{text}</time>
    <p>{text}</p><figure><img src="{text}" alt="{text}"><figcaption>{text}</figcaption></figure>
    <p>The harbour of Port Ellis reopened on Monday, four days after the storm that closed it, officials said.</p>
    <p>PORT ELLIS ({text}) - Ferries to the island left in the morning, and the fish market is to follow later.</p>
    <p>{text}</p><p>Reporting by {text}; editing by {text}</p><p class="tags"><a rel="tag" href="/tag/x">{text}</a></p>
    </article></body></html>"""
