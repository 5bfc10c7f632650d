"""The fault drill at full size: everything that goes wrong in a long job, and the account of it.

    python scripts/fault_drill.py --pages 20000 --kills 20

A crawl is made with pages that kill, hang, fill and confuse workers and with every kind of damage to its records,
beside a folder with files that are empty or cannot be read. Then the job is run undisturbed; killed (``kill -9``) at
random moments and resumed; run into a full disk (needs root, for a small tmpfs) and resumed; and loses its output
folder. Each time the pages must equal records + rejects, and the output must be that of the undisturbed run, byte for
byte. Ends with exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "benchmarks")]

import batch_pages  # noqa: E402 - found by the line above
from articlex import Article, Options  # noqa: E402
from articlex.extract import extract_page  # noqa: E402

Numbers = dict[str, int]
FAULTS = ("SEGFAULT", "ABORT", "HANG", "SLEEP", "MEMORY", "RAISE")
DAMAGE = ("truncated member", "flipped byte", "wrong checksum", "broken header", "short length", "long length")
JOB = """
import sys
from articlex.batch import Filters, Settings, run
settings = Settings(jobs=2, deadline=2.0, memory=2**29, extractor="fault_drill:extractor",
                    filters=Filters(duplicates="exact"))
run(sys.argv[2:], sys.argv[1], settings, existing="resume")
"""


def extractor(
    source: object, url: str | None, fetched: datetime | None, options: Options, recurring: frozenset[int]
) -> Article:
    """The real one, but for pages that say what is to happen."""
    text = source if isinstance(source, bytes) else b""
    if b"!SEGFAULT!" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    elif b"!ABORT!" in text:
        os.abort()
    elif b"!SLEEP!" in text:
        time.sleep(3600)
    elif b"!MEMORY!" in text:
        print(len([bytearray(2**24) for _ in range(4096)]))
    elif b"!RAISE!" in text:
        raise RuntimeError("as told")
    while b"!HANG!" in text:
        pass
    return extract_page(source, url, fetched, options, recurring)


def make_crawl(path: Path, pages: int, choose: random.Random) -> Numbers:
    """Write the crawl; how many pages of each kind it holds."""
    made: Counter[str] = Counter()
    with path.open("wb") as file:
        for number in range(pages):
            kind = choose.choices(("sound", "fault", "damage", "duplicate"), (9_700, 8, 60, 30))[0]
            record = batch_pages.record(number if kind != "duplicate" or not number else number - 1, "response")
            if kind == "fault":
                kind = choose.choice(FAULTS)
                plain = gzip.decompress(record)
                record = gzip.compress(plain.replace(b"<h1>", b"<h1>!%s!" % kind.encode()).replace(b"<!doc", b"<!d"))
            elif kind == "damage":
                kind = choose.choice(DAMAGE)
                record = damaged(record, kind)
            made[kind] += 1
            file.write(record)
        file.write(batch_pages.record(pages, "response")[:500])
        made["cut short"] += 1
    return dict(made)


def damaged(record: bytes, how: str) -> bytes:
    """A gzip member with one kind of damage."""
    if how == "truncated member":
        return record[: len(record) // 2]
    if how == "flipped byte":
        return record[:200] + bytes([record[200] ^ 0xFF]) + record[201:]
    if how == "wrong checksum":
        return record[:-6] + bytes([record[-6] ^ 0xFF]) + record[-5:]
    plain = gzip.decompress(record)
    if how == "broken header":
        return gzip.compress(b"WXRC" + plain[4:])
    head, gap, body = plain.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length:")]
    length = b"Content-Length: 100" if how == "short length" else b"Content-Length: 99999999"
    return gzip.compress(b"\r\n".join([*lines, length]) + gap + body)


def make_folder(path: Path) -> int:
    """Files that are sound, empty, binary or gone; how many."""
    path.mkdir()
    for number in range(40):
        (path / f"{number:03d}.html").write_bytes(batch_pages.html(10**6 + number))
    (path / "100.html").write_bytes(b"")
    (path / "101.html").write_bytes(bytes(range(256)) * 40)
    (path / "102.html").symlink_to("nowhere")
    (path / "103.html.gz").write_bytes(gzip.compress(batch_pages.html(1))[:-2000])
    return 44


def start(out: Path, sources: list[Path]) -> subprocess.Popen[bytes]:
    """The job, begun or resumed, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", JOB, str(out), *map(str, sources)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)


def finish(out: Path, sources: list[Path]) -> str:
    """Run to the end; what was said on standard error."""
    process = start(out, sources)
    _, said = process.communicate()
    return said.decode(errors="replace")


def account(out: Path) -> Numbers:
    """The sums, checked against the lines that are really there."""
    manifest = json.loads(Path(f"{out}.manifest.json").read_text())
    for path, key in ((out, "records"), (Path(f"{out}.rejects.jsonl"), "rejects")):
        with path.open("rb") as file:
            assert sum(1 for _ in file) == manifest[key], path
    assert manifest["pages"] == manifest["records"] + manifest["rejects"]
    return {"pages": manifest["pages"], **manifest["rejects_by_reason"]}


def digest(out: Path) -> str:
    """Of the records and the rejects together."""
    both = hashlib.blake2b()
    for path in (out, Path(f"{out}.rejects.jsonl")):
        both.update(path.read_bytes())
    return both.hexdigest()


def with_kills(out: Path, sources: list[Path], kills: int, seconds: float, choose: random.Random) -> int:
    """Kill the job at random moments of its life, resume it, and at last let it end; how often it was hit."""
    hits = 0
    for _ in range(kills):
        process = start(out, sources)
        try:
            process.wait(choose.uniform(0.2, max(2.5, 2 * seconds / kills)))
        except subprocess.TimeoutExpired:
            process.kill()
            hits += 1
        process.communicate()
    finish(out, sources)
    return hits


def full_disk(folder: Path, sources: list[Path], size: int) -> tuple[Path, str]:
    """Run on a tmpfs that is too small, then on the same made larger; the output and what was said first."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size // 3}", "tmpfs", folder], check=True)
    said = finish(folder / "out.jsonl", sources)
    subprocess.run(["mount", "-o", f"remount,size={size * 4}", folder], check=True)
    finish(folder / "out.jsonl", sources)
    return folder / "out.jsonl", said.strip().splitlines()[-1] if said.strip() else "nothing said"


def vanishing(out: Path, sources: list[Path], seconds: float) -> str:
    """Delete the output folder in the middle; what was said, before the job is run anew."""
    out.parent.mkdir()
    process = start(out, sources)
    time.sleep(seconds / 2)
    shutil.rmtree(out.parent)
    _, said = process.communicate()
    out.parent.mkdir()
    finish(out, sources)
    return said.decode(errors="replace").strip().splitlines()[-1] if said else "nothing said"


def main() -> int:
    """Run the drill and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    choose = random.Random(arguments.seed)
    failures = 0
    with tempfile.TemporaryDirectory(prefix="fault-drill-") as name:
        folder = Path(name)
        sources = [folder / "crawl", folder / "files"]
        made = make_crawl(sources[0], arguments.pages, choose)
        files = make_folder(sources[1])
        made_pages = sum(made.values()) + files
        print(f"made {made_pages:,} pages: {made} and {files} files", flush=True)
        began = time.monotonic()
        print(finish(folder / "whole.jsonl", sources), end="")
        seconds = time.monotonic() - began
        whole = digest(folder / "whole.jsonl")
        seen = account(folder / "whole.jsonl")["pages"]
        failures += seen != made_pages
        print(f"undisturbed, {seconds:.0f} s, {seen:,} pages seen:", account(folder / "whole.jsonl"), flush=True)

        def check(what: str, out: Path) -> None:
            nonlocal failures
            same = digest(out) == whole and account(out) == account(folder / "whole.jsonl")
            failures += not same
            print(f"{what}: {'same output' if same else 'OUTPUT DIFFERS'}", flush=True)

        hits = with_kills(folder / "killed.jsonl", sources, arguments.kills, seconds, choose)
        check(f"kill -9, {hits} times of {arguments.kills}", folder / "killed.jsonl")
        said = vanishing(folder / "there/out.jsonl", sources, seconds)
        check(f"output folder deleted ({said})", folder / "there/out.jsonl")
        if os.geteuid() == 0:
            try:
                out, said = full_disk(folder / "disk", sources, (folder / "whole.jsonl").stat().st_size)
                check(f"disk full ({said})", out)
            finally:
                subprocess.run(["umount", folder / "disk"], check=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
