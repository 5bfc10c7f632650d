"""Throughput of batch jobs: one worker against two, for WARC, WET, Parquet and a folder.

    python benchmarks/batch.py --pages 100000 --kinds warc,wet,parquet,folder --folder /some/disk

Prints a table in Markdown: pages a second at -j1 and -j2, their ratio, the share of the workers' time inside
``extract``, the processor time of the main process and of the workers a page at -j2 (these two also hold on a busy
machine), the peak memory of the main process, and whether both outputs are the same bytes. Each job runs in a process
of its own, so that its peak memory is its own. Run it on an idle machine with at least two processors. ``--cheap``
puts an extractor that does next to nothing in the place of the real one, which pushes all the rest hardest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import batch_pages
from articlex import Article, Block

CHILD = """
import json, resource, sys, time
from articlex.batch import Settings, run
settings = Settings(jobs=int(sys.argv[3]), **json.loads(sys.argv[4]))
summary = run([sys.argv[1]], sys.argv[2], settings, existing="overwrite")
main, children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = {"main_cpu": main, "workers_cpu": children.ru_utime + children.ru_stime}
status = open("/proc/self/status").read()  # not ru_maxrss: that one begins with the peak of the parent process
print(json.dumps({**summary.manifest, **cpu, "peak_mb": int(status.partition("VmHWM:")[2].split()[0]) / 1024}))
"""


def cheap(source: bytes | str, _url: object, *, fetched: object, options: object) -> Article:  # noqa: ARG001
    """A record of a kilobyte, whatever the page is."""
    return Article("article", body=(Block("paragraph", str(source[-1000:])),))


def job(source: Path, out: Path, jobs: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Run one job; its manifest, its processor times and its peak memory."""
    command = [sys.executable, "-c", CHILD, source, out, str(jobs), json.dumps(settings)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["pages"] == result["records"] + result["rejects"]
    return result


def digest(path: Path) -> str:
    """Of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def main() -> None:
    """Run the jobs and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--kinds", default="warc,wet,parquet,folder")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "articlex-benchmark")
    parser.add_argument("--no-site-learning", action="store_true")
    parser.add_argument("--cheap", action="store_true")
    arguments = parser.parse_args()
    settings: dict[str, Any] = {"learn_sites": not arguments.no_site_learning}
    if arguments.cheap:
        settings["extractor"] = "batch:cheap"
    arguments.folder.mkdir(exist_ok=True)
    print(
        "| source | pages | -j1 pages/s | -j2 pages/s | ratio | inside extract | main, workers ms/page | peak | same |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in arguments.kinds.split(","):
        source = batch_pages.write(kind, arguments.pages, arguments.folder)
        outs = [arguments.folder / f"{kind}.j{jobs}.jsonl" for jobs in (1, 2)]
        one, two = (job(source, out, number + 1, settings) for number, out in enumerate(outs))
        cells = [
            kind,
            f"{two['pages']:,}",
            *(f"{result['pages_per_second']:,.0f}" for result in (one, two)),
            f"{one['seconds'] / two['seconds']:.2f}",
            ", ".join(f"{result['share_of_worker_time_inside_extract']:.1%}" for result in (one, two)),
            ", ".join(f"{1000 * two[key] / two['pages']:.2f}" for key in ("main_cpu", "workers_cpu")),
            f"{max(one['peak_mb'], two['peak_mb']):.0f} MB",
            "yes" if digest(outs[0]) == digest(outs[1]) else "NO",
        ]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
