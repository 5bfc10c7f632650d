"""The memory that pages take: the peak of a warm process while it extracts the largest pages of a corpus.

    python benchmarks/memory.py --corpora ../shared/corpora --pages 60
    python benchmarks/memory.py --again 200000

The aim is 12 times the page's bytes + 60 MB. Needs Linux, where ``/proc/self/clear_refs`` counts the peak anew.
``--again`` extracts the fixtures so many times in one process, each time with other class names and words, and prints
what the process holds: it may grow while the caches fill, and then no more.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

from articlex import extract

_SETS = ("wcxb", "fundus")
_TIMES, _PLUS = 12, 60.0
_FIXTURES = Path(__file__).parent.parent / "fixtures"


def status(name: str) -> float:
    """One of the sizes in /proc/self/status, in MB."""
    return int(Path("/proc/self/status").read_text().partition(f"{name}:")[2].split()[0]) / 1024


def peaks(files: list[Path]) -> list[tuple[float, float, str]]:
    """For each page: its megabytes, the megabytes beyond the warm process and the page itself, its name."""
    extract("<p>The first page loads the weights.</p>")
    warm = status("VmRSS")
    found = []
    for file in files:
        data = gzip.decompress(file.read_bytes())
        Path("/proc/self/clear_refs").write_text("5")
        extract(data)
        found.append((len(data) / 1e6, max(status("VmHWM") - warm, 0.0), file.name))
    return found


def again(count: int) -> None:
    """Print the size of the process along ``count`` extractions of the fixtures, no two of them the same page."""
    pages = [file.read_bytes() for file in sorted(_FIXTURES.glob("*/page.*"))]
    for done in range(count):
        if done % max(count // 20, 1) == 0:
            print(f"{done:,} extractions: {status('VmRSS'):.1f} MB", flush=True)
        other = b"%d" % (done // len(pages))
        page = (
            pages[done % len(pages)].replace(b'class="', b'class="c%s ' % other).replace(b" the ", b" the h%s " % other)
        )
        extract(page)
    print(f"{count:,} extractions: {status('VmRSS'):.1f} MB")


def main() -> None:
    """Print the pages that come nearest to the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--pages", type=int, default=60, help="so many of the largest pages")
    parser.add_argument("--again", type=int, metavar="COUNT", help="extract the fixtures so many times instead")
    wanted = parser.parse_args()
    if wanted.again:
        again(wanted.again)
        return
    files = [file for name in _SETS for file in (wanted.corpora / name / "pages").glob("*.gz")]
    if not files:
        raise SystemExit(f"no pages in {wanted.corpora}: give the folder of the corpora with --corpora")
    largest = sorted(files, key=lambda file: file.stat().st_size, reverse=True)[: wanted.pages]
    rows = sorted((took / (_TIMES * size + _PLUS), size, took, name) for size, took, name in peaks(largest))
    for share, size, took, name in rows[::-1][:5]:
        print(f"{share:.2f} of the aim: {took:.0f} MB for a page of {size:.2f} MB ({name})")


if __name__ == "__main__":
    main()
