"""Pages of one site teach each other: blocks that recur across them are navigation, promotion, footers.

A first pass counts the pages of each site, a second reads the blocks of at most ``SAMPLE`` pages of every site that
has ``FEWEST`` or more. A paragraph is recurring when it stands on at least three of them and on a certain share. Which
pages are sampled depends on the input alone, so the result does not depend on the number of workers; and memory is
bounded by ``SITES`` however large the input is.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from articlex.archives import RawPage
from articlex.fingerprint import fingerprint
from articlex.page import Page
from articlex.scripts import is_unspaced

SAMPLE = 48
"""Pages of a site that are looked at."""
FEWEST = 4
"""Pages a site must have to be learned from."""
SITES = 100_000
"""Sites that are counted; what comes after them is not learned from."""
SHARE = 0.25
"""Share of the sampled pages a recurring block stands on."""
TIMES = 3
"""Sampled pages a recurring block stands on at least."""
TEACHING = ("paragraph", "caption", "quotation")
"""Kinds of blocks that can recur. Subheads, list items and table rows that pages share may well belong to their texts,
and without links around them the scorer tells navigation by itself."""
WORDS = 4
"""Of a recurring block at least. Shorter ones are labels ("Note:", "Requirements:", a price) of what stands beside
them; they belong to their texts."""
_CHARACTERS = 8
"""In a script without spaces this many characters are as good as ``WORDS``."""


def site_of(page: RawPage) -> str:
    """The host of a page's URL without "www."; for a page without a URL the folder or archive it lies in."""
    if host := host_of(page.url):
        return host
    return str(PurePosixPath(page.source).parent) if page.position is None else page.source


@lru_cache(maxsize=4096)
def host_of(url: str | None) -> str:
    """The host of a URL in lower case, without "www."; empty where there is none."""
    if not url:
        return ""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def block_fingerprints(page: Page) -> bytes:
    """The fingerprints of a page's blocks of running text, each once, eight bytes each."""
    texts = (block.text for block in page.blocks if block.kind in TEACHING and _is_running(block.text))
    return array("Q", dict.fromkeys(map(fingerprint, texts))).tobytes()


def _is_running(text: str) -> bool:
    return text.count(" ") >= WORDS - 1 or (len(text) >= _CHARACTERS and is_unspaced(text[0]))


@lru_cache(maxsize=64)
def unpack_fingerprints(packed: bytes) -> frozenset[int]:
    """The set that was packed eight bytes a fingerprint."""
    return frozenset(array("Q", packed))


class Census:
    """First pass: how many pages each site has."""

    def __init__(self) -> None:
        self._pages: Counter[str] = Counter()

    def add(self, page: RawPage) -> None:
        """Count a page."""
        site = site_of(page)
        if not page.rejected and (site in self._pages or len(self._pages) < SITES):
            self._pages[site] += 1

    def sample(self, pages: Iterable[RawPage]) -> Iterator[RawPage]:
        """Second pass: the first ``SAMPLE`` pages of every site that has enough; ends when all are found."""
        wanted = {site: min(count, SAMPLE) for site, count in self._pages.items() if count >= FEWEST}
        missing = sum(wanted.values())
        for page in pages:
            if not missing:
                return
            site = site_of(page)
            if not page.rejected and wanted.get(site):
                wanted[site] -= 1
                missing -= 1
                yield page


class Lessons:
    """What the sampled pages teach: by site, the fingerprints of its recurring blocks, packed."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[int]] = {}
        self._pages: Counter[str] = Counter()

    def add(self, page: RawPage, fingerprints: bytes) -> None:
        """Count the blocks of a sampled page."""
        site = site_of(page)
        self._counts.setdefault(site, Counter()).update(array("Q", fingerprints))
        self._pages[site] += bool(fingerprints)

    def recurring(self) -> dict[str, bytes]:
        """By site, in the order of the fingerprints."""
        table = {}
        for site, counts in self._counts.items():
            least = max(TIMES, SHARE * self._pages[site])
            found = sorted(value for value, count in counts.items() if count >= least)
            if found:
                table[site] = array("Q", found).tobytes()
        return table


def save(table: dict[str, bytes], path: Path) -> None:
    """Write the lessons down, for a resumed job, by way of a temporary file."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps({site: packed.hex() for site, packed in table.items()}))
    part.replace(path)


def load(path: Path) -> dict[str, bytes]:
    """The lessons that ``save`` wrote down."""
    return {site: bytes.fromhex(packed) for site, packed in json.loads(path.read_text()).items()}
