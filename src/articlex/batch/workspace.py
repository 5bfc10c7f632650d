"""The files of a job: the output and its companions, and the folder ``OUT.partial`` while it is unfinished."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from articlex.archives import STDIN, copy_stdin
from articlex.batch.journal import sync_folder
from articlex.batch.outputs import move

Existing = Literal["refuse", "resume", "overwrite"]


class JobError(Exception):
    """A job that cannot be begun or gone on with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a job reads and writes. ``out`` is the output as the caller named it."""

    out: Path

    @property
    def folder(self) -> Path:
        """What is unfinished; on the same disk as the output, so that it can be renamed."""
        return self.beside(".partial")

    @property
    def _job(self) -> Path:
        return self.folder / "job.json"

    @property
    def manifest(self) -> Path:
        """The account of a finished job."""
        return self.beside(".manifest.json")

    @property
    def rejects(self) -> Path:
        """The pages that became no record, with their reasons."""
        return self.beside(".rejects.jsonl")

    def beside(self, suffix: str) -> Path:
        """A companion of the output."""
        return self.out.with_name(self.out.name + suffix)

    def claim(self, existing: Existing) -> None:
        """Make sure that the job may write here. Raises ``JobError``."""
        if not self.out.parent.is_dir():
            raise JobError(f"{self.out.parent}: no such folder")
        if existing == "overwrite" and self.folder.exists():
            shutil.rmtree(self.folder)
        if self.folder.exists() and existing == "refuse":
            raise JobError(
                f"{self.folder} holds an unfinished job: go on with --resume, or begin anew with --overwrite"
            )
        if self.out.exists() and existing != "overwrite" and not self.folder.exists():
            raise JobError(f"{self.out} exists: replace it with --overwrite, or name another output")
        self.folder.mkdir(exist_ok=True)
        sync_folder(self.out.parent)

    def spool(self, sources: Sequence[str]) -> Path | None:
        """Standard input as a file, if it is among the sources; of a resumed job the copy that was made first."""
        if STDIN not in sources:
            return None
        copy = self.folder / "stdin"
        if not copy.exists():
            copy_stdin(copy)
        return copy

    def describe(self, job: dict[str, Any]) -> None:
        """Write down what the job is. Raises ``JobError`` when an unfinished one is another."""
        if not self._job.exists():
            write(self._job, json.dumps(job))
        check_same(job, json.loads(self._job.read_text(encoding="utf-8")), self.folder)

    def abandon(self) -> None:
        """Leave nothing behind of a job that could not be begun."""
        if not self._job.exists():
            shutil.rmtree(self.folder, ignore_errors=True)

    def plan_moves(self, moves: dict[Path, Path]) -> None:
        """Write down which files get which names, so that a crash in between can be mended."""
        write(self.folder / "moves.json", json.dumps([[str(made), str(name)] for made, name in moves.items()]))

    def finish_moves(self) -> None:
        """Give the planned files their names, the manifest last, and leave nothing unfinished behind."""
        plan = self.folder / "moves.json"
        if not plan.exists():
            return
        for made, name in json.loads(plan.read_text(encoding="utf-8")):
            if Path(made).exists():
                move(Path(made), Path(name))
                sync_folder(Path(name).parent)
        shutil.rmtree(self.folder)


def check_same(job: dict[str, Any], other: dict[str, Any], where: Path) -> None:
    """Raises ``JobError`` that says what differs."""
    differing = sorted(name for name in job.keys() | other.keys() if job.get(name) != other.get(name))
    if differing:
        what = ", ".join(differing)
        raise JobError(f"{where} belongs to another job ({what} changed): run that one, or begin anew with --overwrite")


def write(path: Path, text: str) -> None:
    """Write a small file whole or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
