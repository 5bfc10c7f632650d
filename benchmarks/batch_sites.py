"""What site learning brings: body scores with and without it, on pages that come several from a site.

    python benchmarks/batch_sites.py --corpora ../shared/corpora

Sets: every host of the development corpora (all of them together) with at least four pages whose gold has a text,
as HTML and as dumps; and invented sites, whose gold is exact: promotion between paragraphs, a standing notice, one
day's list of latest stories, and subheads that recur but belong to the body.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

import batch_pages
from articlex.archives import RawPage
from articlex.batch.learning import FEWEST, Lessons, block_fingerprints, host_of, unpack_fingerprints
from articlex.extract import extract_page
from articlex.options import Options
from articlex.reading import read

OPTIONS = Options()
_WORD = re.compile(r"\w+")


class Sample(NamedTuple):
    """A page and the text that should come of it."""

    site: str
    name: str
    source: bytes | str
    gold: str
    article: bool = True


def scores(gold: str, text: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over the multisets of 4-token runs."""

    def runs(value: str) -> Counter[tuple[str, ...]]:
        words = _WORD.findall(value)
        return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()

    wanted, found = runs(gold), runs(text)
    hit = (wanted & found).total()
    precision = hit / found.total() if found else float(not wanted)
    recall = hit / wanted.total() if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0


def evaluate(samples: list[Sample]) -> tuple[dict[str, list[float]], list[str]]:
    """Mean scores without and with lessons, and the pages that changed."""
    lessons = Lessons()
    for sample in samples:
        lessons.add(_raw(sample), block_fingerprints(read(sample.source, None, None, OPTIONS)))
    table = lessons.recurring()
    results: dict[str, list[tuple[float, float, float]]] = {"without": [], "with": []}
    changes = []
    for sample in samples:
        recurring = unpack_fingerprints(table.get(sample.site, b""))
        plain = extract_page(sample.source, None, None, OPTIONS)
        taught = extract_page(sample.source, None, None, OPTIONS, recurring)
        results["without"].append(scores(sample.gold, plain.text))
        results["with"].append(scores(sample.gold, taught.text))
        if plain.text != taught.text:
            lost = [text for text in plain.paragraphs if text not in taught.paragraphs]
            change = results["with"][-1][2] - results["without"][-1][2]
            changes.append(f"{change:+.3f} {sample.site} {sample.name}: " + " | ".join(text[:60] for text in lost[:6]))
    return {
        key: [statistics.fmean(column) for column in zip(*rows, strict=True)] for key, rows in results.items()
    }, changes


def _raw(sample: Sample) -> RawPage:
    return RawPage(b"", sample.name, url=f"https://{sample.site}/")


def corpora(folder: Path, *, flat: bool) -> Iterable[Sample]:
    """Pages of hosts that have several, from all corpora together."""
    sites: dict[str, dict[str, Sample]] = defaultdict(dict)
    for gold in sorted(folder.glob("*/gold.jsonl")):
        for line in gold.read_text(encoding="utf-8").strip().split("\n"):
            page = json.loads(line)
            path = gold.parent / f"pages/{page['id']}.html.gz"
            site = host_of(page.get("url"))
            if not (page.get("text") and path.exists() and site and site != "web.archive.org"):
                continue
            data = gzip.decompress(path.read_bytes())
            source = BeautifulSoup(data, "lxml").get_text("\n") if flat else data
            sample = Sample(
                site,
                f"{gold.parent.name}/{page['id']}",
                source,
                page["text"],
                page.get("page_type") in (None, "article"),
            )
            sites[site].setdefault(page["url"], sample)
    for pages in sites.values():
        if len(pages) >= FEWEST:
            yield from pages.values()


def invented(sites: int, pages: int, *, flat: bool) -> Iterable[Sample]:
    """Sites whose chrome looks like text: only counting tells it from the story."""
    for site in range(sites):
        chrome = random.Random(f"site {site}")
        promotion, notice, cookies = (" ".join(batch_pages.sentence(chrome) for _ in range(n)) for n in (2, 3, 4))
        latest = [batch_pages.sentence(chrome) for _ in range(8)]
        subheads = [" ".join(chrome.choices(batch_pages.WORDS, k=3)).capitalize() for _ in range(3)]
        for number in range(pages):
            headline, story = batch_pages.story(site * 1000 + number)
            where = [len(story) // 3, 2 * len(story) // 3]
            body: list[tuple[str, str]] = []
            parts: list[tuple[str, str]] = [("p", cookies), ("h1", headline)]
            for i, paragraph in enumerate(story):
                if i in where:
                    subhead = subheads[(number + where.index(i)) % 3]
                    body.append(("h2", subhead))
                    parts.append(("h2", subhead))
                if i == len(story) // 2:
                    parts.append(("p", promotion))
                body.append(("p", paragraph))
                parts.append(("p", paragraph))
            parts += [("p", notice), ("h3", "Latest"), *(("p", line) for line in latest)]
            gold = "\n\n".join(text for _, text in body)
            if flat:
                source: bytes | str = "\n".join(text for _, text in parts)
            else:
                marked = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in parts)
                source = f"<html><head><title>{headline}</title></head><body><div>{marked}</div></body></html>".encode()
            yield Sample(f"invented{site}.example", f"{number}", source, gold)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--changes", action="store_true", help="show what each page lost")
    arguments = parser.parse_args()
    sets = {
        "invented sites, HTML": list(invented(12, 12, flat=False)),
        "invented sites, dumps": list(invented(12, 12, flat=True)),
    }
    if arguments.corpora:
        for name, flat in (("HTML", False), ("dumps", True)):
            several = list(corpora(arguments.corpora, flat=flat))
            sets[f"corpora, articles, {name}"] = [sample for sample in several if sample.article]
            sets[f"corpora, other pages, {name}"] = [sample for sample in several if not sample.article]
    print("| set | sites | pages | without: P / R / F1 | with: P / R / F1 | pages changed |")
    print("|---|---|---|---|---|---|")
    for name, samples in sets.items():
        means, changes = evaluate(samples)
        cells = [" / ".join(f"{value:.3f}" for value in means[key]) for key in ("without", "with")]
        sites = len({sample.site for sample in samples})
        print(f"| {name} | {sites} | {len(samples)} | {cells[0]} | {cells[1]} | {len(changes)} |")
        if arguments.changes:
            print("\n".join(changes))


if __name__ == "__main__":
    main()
