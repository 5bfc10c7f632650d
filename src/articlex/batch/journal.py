"""What makes a job safe to stop at any moment: logs that are only appended to, and a journal of how far they count.

All files of an unfinished job lie in ``OUT.partial/``. After every ``SEGMENT`` pages the logs are flushed to the disk,
then the journal gets one line with their sizes. Whatever was written after the last such line is cut off when the
job is resumed; so the work of one segment is lost, and no page is lost or doubled. A line that was being written when
the power failed is no JSON, and does not count.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

SEGMENT = 500
"""Pages between two entries of the journal."""


class VanishedError(OSError):
    """The folder of the output was deleted while the job ran."""


@dataclass(slots=True)
class Log:
    """A file that grows at its end."""

    path: Path
    file: IO[bytes]

    @classmethod
    def open(cls, path: Path, size: int) -> Log:
        """Open for appending after the first ``size`` bytes; the rest is cut off. Raises ``ValueError`` for fewer."""
        file = path.open("ab", buffering=0)
        if file.tell() < size:
            raise ValueError(f"{path} is shorter than the journal says: it was changed; begin anew with --overwrite")
        file.truncate(size)
        return cls(path, file)

    def append(self, data: bytes) -> None:
        """Write; the system may still hold it back."""
        view = memoryview(data)
        while view:
            view = view[self.file.write(view) :]

    def settle(self) -> int:
        """Wait until all is on the disk; gives back the size. Raises ``VanishedError`` where the file is gone."""
        os.fsync(self.file.fileno())
        status = os.fstat(self.file.fileno())
        try:
            same = self.path.stat().st_ino == status.st_ino
        except OSError:
            same = False
        if not same:
            raise VanishedError(f"{self.path} was deleted or replaced while the job ran")
        return status.st_size


@dataclass(slots=True)
class Journal:
    """The logs of a job and how far they count. ``pages`` is the number of pages whose outcome is safe."""

    folder: Path
    names: tuple[str, ...]
    pages: int = 0
    ended: bool = False
    """All pages of the input are in the logs."""
    notes: dict[str, int] = field(default_factory=dict)
    """What was counted beside the pages."""
    sizes: dict[str, int] = field(default_factory=dict)
    logs: dict[str, Log] = field(default_factory=dict)
    _file: IO[bytes] | None = None

    def __enter__(self) -> Journal:
        """Open the logs where the last entry says they end; begin anew where there is none."""
        path = self.folder / "journal.jsonl"
        entries = list(_entries(path))
        last: dict[str, Any] = entries[-1][0] if entries else {"pages": 0, "sizes": {}, "ended": False}
        self.pages, self.ended, self.notes = last["pages"], last["ended"], last.get("notes", {})
        self.sizes = {name: last["sizes"].get(name, 0) for name in self.names}
        self.logs = {name: Log.open(self.folder / name, size) for name, size in self.sizes.items()}
        self._file = path.open("ab", buffering=0)
        self._file.truncate(entries[-1][1] if entries else 0)
        sync_folder(self.folder)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def commit(self, pages: int, *, ended: bool = False) -> None:
        """All that was appended so far counts from now on."""
        self.sizes = {name: log.settle() for name, log in self.logs.items()}
        if self._file is None:
            raise ValueError("the journal is not open")
        entry = {"pages": pages, "sizes": self.sizes, "ended": ended, "notes": self.notes}
        self._file.write(json.dumps(entry).encode() + b"\n")
        os.fsync(self._file.fileno())
        self.pages, self.ended = pages, ended

    def close(self) -> None:
        """Close all files."""
        for log in self.logs.values():
            log.file.close()
        if self._file:
            self._file.close()


def _entries(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """The entries that were written in full, each with the offset of its end."""
    if not path.exists():
        return
    end = 0
    with path.open("rb") as file:
        for line in file:
            end += len(line)
            try:
                entry = json.loads(line)
            except ValueError:
                return
            if not line.endswith(b"\n"):
                return
            yield entry, end


def sync_folder(path: Path) -> None:
    """Make the names in a folder survive a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
