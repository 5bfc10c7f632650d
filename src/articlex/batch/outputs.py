"""The forms of output. While a job runs, records are lines in a log; at its end the log becomes the output.

JSON Lines are their log; ``.gz`` and ``.zst`` are logs of one gzip member or zstd frame a segment, which any reader
takes for one file. Parquet files and folders are made from a zstd log when all records are there. Everything is made
under a temporary name in ``OUT.partial/`` and renamed when it is complete.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articlex.archives.streams import need, unpack
from articlex.batch import schema
from articlex.batch.settings import Form

_SUFFIXES: tuple[tuple[str, Form], ...] = (
    (".jsonl", "jsonl"), (".ndjson", "jsonl"), (".jsonl.gz", "jsonl.gz"), (".jsonl.zst", "jsonl.zst"),
    (".parquet", "parquet"), (".pq", "parquet"),
)  # fmt: skip
_ROWS = 2_000
_SHELF = 1_000
"""Files in one folder of a folder output."""


def form_of(out: Path) -> Form:
    """The form that the name of the output asks for: a name without a known ending is a folder of Markdown files."""
    for suffix, form in _SUFFIXES:
        if out.name.endswith(suffix):
            return form
    if out.suffix.lower() in (".json", ".csv", ".html", ".txt", ".md", ".xml", ".arrow", ".gz", ".zst", ".zip"):
        raise ValueError(f"{out}: name an output .jsonl, .jsonl.gz, .jsonl.zst or .parquet, or a folder for Markdown")
    return "markdown"


def pack(lines: list[bytes], form: Form) -> bytes:
    """A segment of lines as its log holds it; the same lines always give the same bytes."""
    data = b"".join(lines)
    if not data or form == "jsonl":
        return data
    if form == "jsonl.gz":
        return gzip.compress(data, 6, mtime=0)
    compressor = need("zstandard", "writing zstd").ZstdCompressor(level=3)
    packed: bytes = compressor.compress(data)
    return packed


def check(form: Form, fields: tuple[str, ...]) -> None:
    """Fail before the work, not after it. Raises ``Missing`` for a package, ``ValueError`` for a column."""
    if form == "parquet":
        schema.schema(fields)
        need("pyarrow.parquet", "writing Parquet")
    if form not in ("jsonl", "jsonl.gz"):
        need("zstandard", f"writing {form}")


def finish(log: Path, form: Form, fields: tuple[str, ...]) -> Path:
    """The output, made from the log and lying beside it."""
    if form.startswith("jsonl"):
        return log
    ready = log.with_name("ready")
    if ready.is_dir():
        shutil.rmtree(ready)
    if form == "parquet":
        _write_parquet(log, ready, fields)
    else:
        _write_folder(log, ready, "md" if form == "markdown" else "txt")
    return ready


def move(made: Path, out: Path) -> None:
    """Give the output its name. What had the name before is replaced, a folder as a whole."""
    if out.is_dir() and not out.is_symlink():
        shutil.rmtree(out)
    made.replace(out)


def _write_parquet(log: Path, ready: Path, fields: tuple[str, ...]) -> None:
    parquet = need("pyarrow.parquet", "writing Parquet")
    with ready.open("wb") as file:
        with parquet.ParquetWriter(file, schema.schema(fields), compression="zstd") as writer:
            for lines in _blocks(log):
                writer.write_table(schema.table(b"\n".join(lines), fields))
        file.flush()
        os.fsync(file.fileno())


def _write_folder(log: Path, ready: Path, suffix: str) -> None:
    number = 0
    ready.mkdir()
    for lines in _blocks(log):
        for line in lines:
            entry = json.loads(line)
            shelf = ready / f"{number // _SHELF:04d}"
            shelf.mkdir(exist_ok=True)
            (shelf / f"{number:07d}-{entry['name']}.{suffix}").write_text(entry["content"], encoding="utf-8")
            number += 1
    os.sync()  # all these files at once, before the folder gets its name


def _blocks(log: Path) -> Iterator[list[bytes]]:
    """The lines of a zstd log, ``_ROWS`` at a time: the output must not depend on where a job was interrupted."""
    lines: list[bytes] = []
    with log.open("rb") as packed:
        stream: Any = unpack("zstd", packed)
        rest = b""
        while data := stream.read(2**20):
            *full, rest = (rest + data).split(b"\n")
            lines += full
            while len(lines) >= _ROWS:
                yield lines[:_ROWS]
                del lines[:_ROWS]
    if lines:
        yield lines
