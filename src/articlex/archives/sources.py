"""What the caller names (files, folders, globs, remote paths, ``-``) to open files, one after the other."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from articlex.archives.streams import need

STDIN = "-"


@dataclass(frozen=True, slots=True)
class File:
    """A file to read. ``argument`` is the index of the source that named it."""

    name: str
    argument: int
    size: int = 0
    stamp: str = ""
    """What changes when the content does: the time of the last change, or what a remote store calls its version."""
    remote: bool = False

    def open(self) -> IO[bytes]:
        """Open for reading. Raises ``OSError``."""
        if self.remote:
            file: IO[bytes] = need("fsspec", "reading remote paths").open(self.name, "rb").open()
            return file
        path = Path(self.name)
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "no regular file; pipe it in as -", self.name)
        return path.open("rb", buffering=1 << 18)


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of a job: how many, their bytes, and a digest that changes when any of them does."""

    files: int
    size: int
    digest: str


def files_of(sources: Iterable[str], spool: Path | None = None) -> Iterator[File]:
    """The files that the sources name, in the order of the sources; folders in the order of their names.

    ``spool`` is the file that standard input was copied to. Raises ``FileNotFoundError`` for a source that names
    nothing.
    """
    for argument, source in enumerate(sources):
        if source == STDIN:
            path = spool or Path("/dev/stdin")
            yield File(str(path), argument, path.stat().st_size)
        elif "://" in source:
            yield from _remote(source, argument)
        else:
            yield from _named(source, argument)


def _named(source: str, argument: int) -> Iterator[File]:
    if os.path.lexists(source):
        yield from _local(Path(source), argument)
        return
    matches = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    if not matches:
        raise FileNotFoundError(f"{source}: no such file or folder")
    seen = set()  # ** goes round in circles where a link leads to a folder above
    for match in map(Path, matches):
        if match.is_dir() and "**" in source:  # its content is among the matches
            continue
        if (real := match.resolve()) not in seen:
            seen.add(real)
            yield from _local(match, argument)


def take_inventory(sources: Iterable[str], spool: Path | None = None) -> Inventory:
    """Walk over all files once, keeping none of them in memory."""
    files = size = 0
    digest = hashlib.blake2b(digest_size=16)
    for file in files_of(sources, spool):
        files += 1
        size += file.size
        name = STDIN if spool and file.name == str(spool) else file.name
        digest.update(f"{name}\0{file.size}\0{file.stamp}\0".encode("utf-8", "surrogateescape"))
    return Inventory(files, size, digest.hexdigest())


def copy_stdin(target: Path) -> None:
    """Copy standard input to a file, by way of a temporary one: input is read twice, and again on a resume."""
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        while data := sys.stdin.buffer.read(2**20):
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def _local(path: Path, argument: int) -> Iterator[File]:
    if not path.is_dir():
        yield _file(path, argument)
        return
    try:
        with os.scandir(path) as scan:  # names alone: a folder may hold a million
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in scan)
    except OSError:
        yield File(str(path), argument)  # opening it will say why
        return
    for name, is_folder in entries:
        if name.startswith("."):
            continue
        inner = path / name
        if is_folder:
            yield from _local(inner, argument)
        elif not inner.is_dir():  # a link to a folder may lead round in a circle
            yield _file(inner, argument)


def _file(path: Path, argument: int) -> File:
    try:
        status = path.stat()
    except OSError:
        return File(str(path), argument)
    return File(str(path), argument, status.st_size, str(status.st_mtime_ns))


def _remote(source: str, argument: int) -> Iterator[File]:
    fsspec = need("fsspec", "reading remote paths")
    store, path = fsspec.core.url_to_fs(source)
    if glob.has_magic(path):
        found = store.glob(path, detail=True)
    else:
        found = store.find(path, detail=True) or {path: store.info(path)}
    for name, info in sorted(found.items()):
        if info.get("type") == "file":
            stamp = str(
                info.get("ETag") or info.get("mtime") or info.get("LastModified") or info.get("last_modified") or ""
            )
            yield File(store.unstrip_protocol(name), argument, int(info.get("size") or 0), stamp, remote=True)
