"""Extractors that do what pages do at their worst."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime
from pathlib import Path

from articlex import Article, Block, Options, extract
from articlex.fingerprint import fingerprint
from articlex.page import Page
from articlex.reading import read


def faulty(
    source: object, url: str | None = None, *, fetched: datetime | None = None, options: Options | None = None
) -> Article:
    """The real extractor, but for pages that say what is to happen."""
    text = source.decode("utf-8", "replace") if isinstance(source, bytes) else str(source)
    for mark, act in FAULTS.items():
        if mark in text:
            act(text)
    return extract(source, url, fetched=fetched, options=options)


def _segfault(_: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _exit(_: str) -> None:
    os._exit(3)


def _hang(_: str) -> None:
    while True:
        pass


def _sleep(_: str) -> None:
    time.sleep(3600)


def _fill(_: str) -> None:
    hoard = [bytearray(2**24) for _ in range(4096)]
    print(len(hoard))


def _raise(_: str) -> None:
    raise RuntimeError("the page did\nthis")


def _print(_: str) -> None:
    print("noise on standard output", flush=True)


def _once(text: str) -> None:
    """Kills the first worker that meets it, not the second."""
    flag = Path(text.partition("!ONCE!")[2].partition("!")[0])
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)


FAULTS = {
    "!SEGFAULT!": _segfault, "!EXIT!": _exit, "!HANG!": _hang, "!SLEEP!": _sleep, "!MEMORY!": _fill,
    "!RAISE!": _raise, "!PRINT!": _print, "!ONCE!": _once,
}  # fmt: skip


def learner(
    source: object, url: str | None, fetched: datetime | None, options: Options, recurring: frozenset[int]
) -> Article:
    """A record of the lines that do not recur."""
    lines = str(source if isinstance(source, str) else source.decode()).splitlines()  # type: ignore[attr-defined]
    kept = tuple(Block("paragraph", line) for line in lines if line and fingerprint(line) not in recurring)
    return Article("article", body=kept, confidence=1.0)


def dangerous_reader(source: object, url: str | None, fetched: datetime | None, options: Options) -> Page:
    """The real reader, but for pages that say what is to happen."""
    faulty(source)
    return read(source, url, fetched, options)


def broken_at_start(source: object) -> Article:
    """Cannot even be warmed up."""
    os._exit(9)


def slow(
    source: object, url: str | None = None, *, fetched: datetime | None = None, options: Options | None = None
) -> Article:
    """Slow enough that a test can interrupt a job of a few hundred pages."""
    time.sleep(0.01)
    return extract(source, url, fetched=fetched, options=options)
