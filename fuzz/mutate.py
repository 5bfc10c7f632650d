"""Fuzzing of ``fuzz/target.py`` without coverage, at five times the speed; crashes, slow units and growth of memory.

    python fuzz/mutate.py fixtures fuzz/corpus --runs 100000 --seed 1 --findings fuzz/findings

Every execution is a seed (a window of a file of the folders named), changed in one to eight ways: bits, bytes, ranges
cut, doubled, moved, repeated, pieces of markup put in, two seeds joined. The same folders and number give the same
executions. A slow unit takes over 100 times the median time of a byte (of at least 100), three times in a row. Ends
with exit code 1 when anything was found; each finding is a file in ``--findings``.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from target import execute

SLOW = 100
"""Times the median time of a byte."""
LEAST = 100
"""Bytes: the time of a shorter page is that of the call, not of its bytes."""
PIECES = [
    *Path(__file__).with_name("pieces.txt").read_bytes().splitlines(),
    *(
        t.encode()
        for t in ("\n", "\n\n", "\r", "\t", "\xa0", "\u202e", "\u200b", "\ufeff", "\u0301", "\U0001f600", "\x85")
    ),
    *(b"\xff\xfe", b"\x00", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b$B", b"\x0e", b"%PDF"),
]


def mutants(seeds: list[bytes], size: int, choose: random.Random) -> Iterator[bytes]:
    """Endlessly: one window of a seed after another, changed."""
    while True:
        data = _window(seeds, size, choose)
        for _ in range(choose.choice((1, 1, 2, 3, 5, 8))):
            data = _change(data, seeds, choose)
        yield choose.randbytes(1) + data[:size]


def _window(seeds: list[bytes], size: int, choose: random.Random) -> bytes:
    seed = choose.choice(seeds)
    length = round(size ** choose.uniform(0.3, 1))  # as many between 10 and 20 bytes as between 100 and 200
    start = choose.randrange(max(1, len(seed) - length // 2)) if choose.random() < 0.6 else 0
    return seed[start : start + length]


def _change(data: bytes, seeds: list[bytes], choose: random.Random) -> bytes:
    at = choose.randrange(len(data) + 1)
    end = min(len(data), at + choose.choice((1, 2, 8, 40, 200)))
    before, part, after = data[:at], data[at:end], data[end:]
    way = choose.randrange(7)
    if way == 0:
        middle = choose.choice(PIECES) + part
    elif way == 1:
        middle = choose.choice(PIECES)
    elif way == 2:
        middle = b""
    elif way == 3:
        middle = part * choose.choice((2, 3, 20))
    elif way == 4:
        middle = choose.randbytes(len(part))
    elif way == 5:
        middle = bytes(byte ^ 1 << choose.randrange(8) for byte in part[:2]) + part[2:]
    else:
        middle, after = _window(seeds, len(data) + 1, choose), choose.choice((b"", after, part + after))
    return before + middle + after


class Campaign:
    """Executes and keeps account. ``findings``: where what is found is written, if anywhere."""

    def __init__(self, findings: Path | None = None) -> None:
        self.found: list[str] = []
        self.rates: list[float] = []
        """Seconds a byte, of every sixteenth execution."""
        self._findings = findings
        self._median = 0.0
        self._runs = 0

    def run(self, data: bytes) -> None:
        """One execution."""
        self._runs += 1
        try:
            rate = self._rate(data)
            if self._median and rate > SLOW * self._median:
                rate = min(rate, *(self._rate(data) for _ in range(3)))  # without what other processes did, and caches
                if rate > SLOW * self._median:
                    self._keep("slow", data, f"{rate / self._median:.0f} times the median")
        except Exception:
            self._keep("crash", data, traceback.format_exc())
            return
        if self._runs % 16 == 0:
            self.rates.append(rate)
        if self._runs in (1_000, 10_000):
            self._median = statistics.median(self.rates)

    def _rate(self, data: bytes) -> float:
        start = time.process_time()
        execute(data)
        return (time.process_time() - start) / max(len(data), LEAST)

    def _keep(self, kind: str, data: bytes, what: str) -> None:
        name = f"{kind}-{hashlib.sha256(data).hexdigest()[:16]}"
        self.found.append(f"{name}: {what}\n{data!r}")
        if self._findings:
            self._findings.mkdir(parents=True, exist_ok=True)
            (self._findings / name).write_bytes(data)


def seeds_of(folders: list[Path]) -> list[bytes]:
    """The files of the folders; those of fixtures without their expected records."""
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    return [data for file in files if file.suffix not in (".json", ".md", ".toml") and (data := file.read_bytes())]


def resident() -> float:
    """Megabytes this process holds (Linux; 0 elsewhere)."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:
        return 0.0


def main() -> int:
    """Run a campaign."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=400, help="bytes of a page at most")
    parser.add_argument("--findings", type=Path)
    arguments = parser.parse_args()
    seeds = seeds_of(arguments.folders)
    campaign = Campaign(arguments.findings)
    stream = mutants(seeds, arguments.size, random.Random(arguments.seed))
    print(f"{len(seeds)} seeds", flush=True)
    for number in range(1, arguments.runs + 1):
        campaign.run(next(stream))
        if number % 10_000 == 0 or number == arguments.runs:
            print(f"{number:,} executions, {len(campaign.found)} findings, {resident():.0f} MB", flush=True)
    for found in campaign.found:
        print(found)
    return 1 if campaign.found else 0


if __name__ == "__main__":
    sys.exit(main())
