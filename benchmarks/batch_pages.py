"""Invented pages of the size and make of news pages (about 50 kB of HTML), and archives of any number of them."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

SYLLABLES = "ba co du fe gi ho ja ke li mo nu pa qui ro sa te vo wi xa zu lan mer tor vin del".split()  # noqa: SIM905
START = datetime(2023, 1, 1, tzinfo=UTC)
SITES = 40
DISTINCT = 4000
"""Archives repeat the pages from here on, under other URLs: making a page takes as long as extracting it."""


def _vocabulary() -> list[str]:
    choose = random.Random(7)
    return ["".join(choose.choices(SYLLABLES, k=choose.choice((1, 2, 2, 3)))) for _ in range(4000)]


WORDS = _vocabulary()


def sentence(choose: random.Random) -> str:
    """Words of no language, with a capital and a stop."""
    words = choose.choices(WORDS, k=choose.randrange(8, 24))
    return " ".join(words).capitalize() + "."


def url(number: int) -> str:
    """Where page ``number`` stands."""
    return f"https://paper{number % SITES}.example/news/2023/story-{number}"


def story(number: int) -> tuple[str, list[str]]:
    """Headline and paragraphs."""
    choose = random.Random(number)
    headline = " ".join(choose.choices(WORDS, k=8)).capitalize()
    count = choose.randrange(8, 28)
    return headline, [" ".join(sentence(choose) for _ in range(choose.randrange(2, 5))) for _ in range(count)]


@lru_cache(DISTINCT)
def html(number: int) -> bytes:
    """A page with scripts, navigation, the story, teasers and a footer."""
    headline, paragraphs = story(number)
    site, choose = number % SITES, random.Random(-number - 1)
    day = (START + timedelta(hours=number % 8000)).isoformat()
    chrome = random.Random(1000 + site)
    links = "".join(
        f'<li class="menu depth-{i % 3}"><a href="/section/{i}" data-track="nav:{i}">{chrome.choice(WORDS)}</a></li>'
        for i in range(90)
    )
    teasers = "".join(
        f'<article class="teaser small"><a href="/news/{choose.randrange(10**6)}"><figure><img src="/i/{i}.jpg" '
        f'srcset="/i/{i}-2x.jpg 2x" alt="{choose.choice(WORDS)}"></figure><h3>{sentence(choose)}</h3></a>'
        f"<time>{i + 1} hours ago</time></article>"
        for i in range(36)
    )
    body = "".join(f'<p class="story-text story-text--{i}">{paragraph}</p>' for i, paragraph in enumerate(paragraphs))
    script = "".join(f"window.cfg[{i}]={{id:{choose.randrange(10**9)},on:!0,slot:'ad-{i}'}};" for i in range(260))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline} - Paper {site}</title>
<link rel="canonical" href="{url(number)}"><meta property="og:title" content="{headline}">
<meta property="article:published_time" content="{day}"><script>{script}</script><style>{".a{color:red}" * 300}</style>
</head><body><header><nav><ul>{links}</ul></nav></header><main><article class="story"><h1>{headline}</h1>
<p class="byline">By <a href="/by/{number % 50}">Ada {WORDS[number % 50].title()}</a></p>
<time datetime="{day}">{day[:10]}</time>
<div class="story-body">{body}</div></article><aside><h2>More stories</h2>{teasers}</aside></main>
<footer><p>Copyright Paper {site}. All rights reserved.</p><ul>{links[:6000]}</ul></footer></body></html>""".encode()


@lru_cache(DISTINCT)
def text(number: int) -> bytes:
    """The page flattened as in WET files."""
    headline, paragraphs = story(number)
    chrome = random.Random(1000 + number % SITES)
    menu = [chrome.choice(WORDS) for _ in range(90)]
    foot = ["More stories", f"Copyright Paper {number % SITES}. All rights reserved."]
    return "\n".join([f"{headline} - Paper {number % SITES}", *menu, headline, *paragraphs, *foot]).encode()


def record(number: int, kind: str) -> bytes:
    """A WARC record: "response" or "conversion"."""
    media, payload = "text/plain", (text if kind == "conversion" else html)(number % DISTINCT)
    if kind == "response":
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(payload)}\r\n\r\n"
        media, payload = "application/http; msgtype=response", head.encode() + payload
    time = (START + timedelta(hours=number % 8000, days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:08d}>\r\n"
        f"WARC-Target-URI: {url(number)}\r\nWARC-Date: {time}\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + payload + b"\r\n\r\n", 6)


def write(kind: str, count: int, target: Path) -> Path:
    """An archive of ``count`` pages: "warc", "wet", "parquet" or "folder". One that is there already is taken."""
    path = target / f"{kind}-{count}"
    if path.exists():
        return path
    part = path.with_name(path.name + ".part")
    if kind in ("warc", "wet"):
        with part.open("wb") as file:
            for number in range(count):
                file.write(record(number, "response" if kind == "warc" else "conversion"))
    elif kind == "parquet":
        _write_parquet(count, part)
    else:
        for number in range(count):
            shelf = part / f"{number // 1000:04d}"
            shelf.mkdir(parents=True, exist_ok=True)
            (shelf / f"{number:07d}.html").write_bytes(html(number % DISTINCT))
    return part.rename(path)


def _write_parquet(count: int, part: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([("id", pa.int64()), ("url", pa.string()), ("html", pa.string())])
    with pq.ParquetWriter(part, schema, compression="zstd") as writer:
        for numbers in _batches(count, 1000):
            rows = [{"id": number, "url": url(number), "html": html(number % DISTINCT).decode()} for number in numbers]
            writer.write_table(pa.Table.from_pylist(rows, schema))


def _batches(count: int, size: int) -> Iterator[range]:
    for first in range(0, count, size):
        yield range(first, min(first + size, count))
