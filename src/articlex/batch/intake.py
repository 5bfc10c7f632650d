"""The pages of a job in their order, from all its sources, cut into tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from articlex.archives import File, RawPage, Reader, files_of
from articlex.archives.streams import fault
from articlex.batch.learning import site_of
from articlex.batch.messages import Recurring, Task
from articlex.batch.settings import Settings

PAGES, BYTES = 32, 512 * 1024
"""A task ends with the page that reaches either. It is small beside a pipe, and large beside what sending it costs."""


@dataclass(slots=True)
class Intake:
    """Reads the sources. ``done`` is the number of bytes of the files that were read so far."""

    sources: Sequence[str]
    settings: Settings
    spool: Path | None = None
    done: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    _open: IO[bytes] | None = None

    def pages(self) -> Iterator[tuple[int, RawPage]]:
        """Each page with the index of its source."""
        self.done = 0
        self.skipped = Counter()
        reader = Reader(self.settings.options.max_bytes + 1, self.settings.columns, self.skipped)
        for file in files_of(self.sources, self.spool):
            for page in self._of_file(reader, file):
                yield file.argument, page
            self.done += file.size

    def position(self) -> int:
        """Bytes read, those of the file that is open included."""
        try:
            return self.done + (self._open.tell() if self._open else 0)
        except (OSError, ValueError):
            return self.done

    def tasks(self, skip: int, recurring: Recurring) -> Iterator[Task]:
        """Tasks to extract all pages but the first ``skip``, each with the lessons for its sites."""
        batch: list[RawPage] = []
        size = number = source = 0

        def task() -> Task:
            sites = dict.fromkeys(site_of(page) for page in batch) if recurring else ()
            lessons = {site: recurring[site] for site in sites if site in recurring}
            return Task("extract", batch, lessons, source)

        for argument, page in self.pages():
            number += 1
            if number <= skip:
                continue
            if batch and argument != source:
                yield task()
                batch, size = [], 0
            source = argument
            batch.append(page)
            size += len(page.data)
            if len(batch) >= PAGES or size >= BYTES:
                yield task()
                batch, size = [], 0
        if batch:
            yield task()

    def _of_file(self, reader: Reader, file: File) -> Iterator[RawPage]:
        try:
            stream = file.open()
        except OSError as error:
            reason, detail = fault(error)
            yield RawPage(b"", file.name, rejected=(reason, detail))
            return
        with stream:
            self._open = stream
            yield from reader.read(stream, "-" if self.spool and file.name == str(self.spool) else file.name)
            self._open = None


def learning_tasks(pages: Iterator[RawPage]) -> Iterator[Task]:
    """Tasks to learn from pages."""
    batch: list[RawPage] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.data)
        if len(batch) >= PAGES or size >= BYTES:
            yield Task("learn", batch)
            batch, size = [], 0
    if batch:
        yield Task("learn", batch)
