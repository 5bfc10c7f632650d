"""How long extraction takes: against a bare parse of the same bytes, by stage, against peers, by size and language.

    python benchmarks/speed.py --corpora ../shared/corpora --pages 300 > docs/benchmarks/speed.md
    python benchmarks/speed.py growth --largest 100000000 --plot docs/benchmarks/growth.svg

CPU time of one process (``time.process_time``), everything interleaved page by page, so that a busy machine slows all
alike; the best of the rounds for each page, the median over pages. Read the ratios: absolute times belong to a machine.
Peers take part when they can be imported.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import gzip
import importlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

import growth
from articlex import Options, extract
from articlex.compose import compose
from articlex.fields import find_fields
from articlex.reading import read
from articlex.roles import assign_roles
from articlex.scoring import score
from articlex.scoring.features import features
from articlex.scoring.weights import model

FLOOR = "bare parse"
SETS = ("wcxb", "fundus")
SIZES = ((0, 50_000), (50_000, 100_000), (100_000, 200_000), (200_000, 10**9))


class Sample(NamedTuple):
    """A page of the development corpora, with a flattened text of it where there is one."""

    data: bytes
    url: str | None
    language: str
    dump: str | None


Runner = Callable[[Sample], object]


def load(corpora: Path, count: int) -> list[Sample]:
    """Articles of wcxb and pages of fundus, a fixed sample."""
    found = []
    for name in SETS:
        folder = corpora / name
        for line in (folder / "gold.jsonl").read_bytes().splitlines():
            gold = json.loads(line)
            if gold.get("page_type") in (None, "article"):
                found.append((folder, gold))
    random.Random(1).shuffle(found)
    return [_sample(folder, gold) for folder, gold in found[:count]]


def _sample(folder: Path, gold: dict[str, Any]) -> Sample:
    data = gzip.decompress((folder / "pages" / f"{gold['id']}.html.gz").read_bytes())
    dump = folder / "dumps" / "gettext" / f"{gold['id']}.txt.gz"
    text = gzip.decompress(dump.read_bytes()).decode("utf-8") if dump.exists() else None
    language = gold.get("lang") or extract(data).language or "?"  # wcxb does not name languages
    return Sample(data, gold.get("url"), language[:2], text)


def stages() -> dict[str, Runner]:
    """The stages of ``extract``, each on what the stages before it made."""
    options = Options()
    made: dict[str, Any] = {}

    def reading(sample: Sample) -> None:
        made["page"] = read(sample.data, sample.url, None, options)

    def facts(_: Sample) -> None:
        features(made["page"], model(made["page"].source).lexicon)

    def scoring(_: Sample) -> None:
        made["scored"] = score(made["page"], options)

    def fields(_: Sample) -> None:
        made["scene"] = find_fields(made["page"], made["scored"])

    def record(_: Sample) -> None:
        parts = assign_roles(made["page"], made["scored"], made["scene"], ())
        compose(made["page"], made["scored"], made["scene"], parts, options)

    return {
        "read": reading,
        "(features, part of score)": facts,
        "score": scoring,
        "fields": fields,
        "roles, record": record,
    }


def peers() -> Iterator[tuple[str, Runner]]:
    """The peers that are installed, each as its manual says, with metadata where it has any."""
    if trafilatura := _module("trafilatura"):
        yield "trafilatura", lambda page: trafilatura.bare_extraction(page.data, url=page.url, with_metadata=True)
        yield (
            "trafilatura, fast",
            lambda page: trafilatura.bare_extraction(page.data, url=page.url, with_metadata=True, fast=True),
        )
    if newspaper := _module("newspaper"):

        def newspaper4k(page: Sample) -> None:
            # without this it fetches the page's pictures, and waits for a network
            article = newspaper.Article(page.url or "http://localhost/", fetch_images=False)
            article.download(input_html=page.data.decode("utf-8", "replace"))
            article.parse()

        yield "newspaper4k", newspaper4k
    if readability := _module("readability"):
        yield "readability-lxml", lambda page: readability.Document(page.data.decode("utf-8", "replace")).summary()
    if resiliparse := _module("resiliparse.extract.html2text"):
        yield (
            "resiliparse",
            lambda page: resiliparse.extract_plain_text(page.data.decode("utf-8", "replace"), main_content=True),
        )


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def bare_parse(page: Sample) -> None:
    """The floor: what parsing alone costs."""
    html.document_fromstring(page.data, parser=html.HTMLParser(encoding="utf-8"))


def time_all(runners: dict[str, Runner], samples: list[Sample], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each runner on each page: the best of the rounds."""
    best = {name: [float("inf")] * len(samples) for name in runners}
    clock = time.process_time_ns
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for i, sample in enumerate(samples):
            for name, run in runners.items():
                start = clock()
                with contextlib.suppress(Exception):  # a peer that fails on a page has taken its time all the same
                    run(sample)
                best[name][i] = min(best[name][i], (clock() - start) / 1e6)
    return best


def table(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A table in Markdown."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in lines) + "\n"


def report(samples: list[Sample], rounds: int) -> str:
    """All tables about real pages."""
    runners: dict[str, Runner] = {FLOOR: bare_parse, "articlex": lambda page: extract(page.data, page.url), **stages()}
    others = dict(peers())
    best = time_all({**runners, **others}, samples, rounds)
    floor = best[FLOOR]
    rows = [
        (name, f"{statistics.median(times):.2f}", f"{statistics.median(times) / statistics.median(floor):.2f}",
         f"{sum(times) / sum(floor):.2f}", f"{statistics.median(times) / statistics.median(best['articlex']):.1f}")
        for name, times in best.items()
    ]  # fmt: skip
    kilobytes = statistics.median(len(sample.data) for sample in samples) / 1e3
    parts = [
        f"{len(samples)} pages, median {kilobytes:.0f} kB; best of {rounds} rounds; Python {sys.version.split()[0]}.\n",
        table(("", "median ms", "to bare parse (medians)", "to bare parse (sums)", "to articlex"), rows),
        table(("bytes", "pages", "bare parse ms", "articlex ms", "ratio"), _by_size(samples, best)),
        table(("language", "pages", "bare parse ms", "articlex ms", "ratio"), _by_language(samples, best)),
        _dumps(samples, rounds),
        f"`import articlex`: {import_time('articlex'):.0f} ms, of which numpy and lxml are "
        f"{import_time('numpy, lxml.etree'):.0f} (medians of 10 fresh processes).\n",
    ]
    return "\n".join(parts)


def _group(name: str, chosen: list[int], best: dict[str, list[float]]) -> tuple[object, ...]:
    floor = statistics.median(best[FLOOR][i] for i in chosen)
    own = statistics.median(best["articlex"][i] for i in chosen)
    return name, len(chosen), f"{floor:.2f}", f"{own:.2f}", f"{own / floor:.2f}"


def _by_size(samples: list[Sample], best: dict[str, list[float]]) -> list[tuple[object, ...]]:
    groups = {
        f"{low // 1000}-{high // 1000} k" if high < 10**9 else f"over {low // 1000} k": [
            i for i, sample in enumerate(samples) if low <= len(sample.data) < high
        ]
        for low, high in SIZES
    }
    return [_group(name, chosen, best) for name, chosen in groups.items() if chosen]


def _by_language(samples: list[Sample], best: dict[str, list[float]]) -> list[tuple[object, ...]]:
    languages = sorted({sample.language for sample in samples})
    groups = {language: [i for i, page in enumerate(samples) if page.language == language] for language in languages}
    return [_group(name, chosen, best) for name, chosen in groups.items() if len(chosen) >= 5]


def _dumps(samples: list[Sample], rounds: int) -> str:
    both = [sample for sample in samples if sample.dump is not None]
    if not both:
        return ""
    runners: dict[str, Runner] = {
        "html": lambda page: extract(page.data, page.url),
        "dump": lambda page: extract(page.dump, page.url, options=Options(input="text")),
    }
    best = time_all(runners, both, rounds)
    page, dump = (statistics.median(best[name]) for name in ("html", "dump"))
    return f"{len(both)} pages as HTML {page:.2f} ms, as a text dump {dump:.2f} ms: {dump / page:.2f} of it.\n"


def import_time(modules: str) -> float:
    """Milliseconds that the importing thread takes, in fresh processes; compiled modules are there already.

    By the clock of the thread: that of the process counts what numpy's idle BLAS threads spin.
    """
    code = f"import time; t = time.thread_time(); import {modules}; print((time.thread_time() - t) * 1e3)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    with tempfile.TemporaryDirectory() as folder:
        environment["PYTHONPYCACHEPREFIX"] = folder
        command = [sys.executable, "-c", code]
        times = [
            float(subprocess.run(command, env=environment, capture_output=True, check=True).stdout) for _ in range(11)
        ]
    return statistics.median(times[1:])


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("pages", "growth"), default="pages")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--largest", type=int, default=10_000_000, help="bytes of the largest synthetic page")
    parser.add_argument("--plot", type=Path, help="where to write the plot (SVG)")
    wanted = parser.parse_args()
    if wanted.what == "pages":
        print(report(load(wanted.corpora, wanted.pages), wanted.rounds))
        return
    series = growth.measure(wanted.largest)
    print(table(growth.HEADER, growth.rows(series)))
    if wanted.plot:
        wanted.plot.write_text(growth.plot(series), "utf-8")


if __name__ == "__main__":
    main()
