"""WARC and WET files: records read by FastWARC; where a file is damaged, reading goes on at the next record.

FastWARC (https://github.com/chatnoir-eu/chatnoir-resiliparse) inflates several times faster than Python's gzip, but
stops at the first damage. So a record is handed on only after the record behind it was found where its
Content-Length said; else ``archives.salvage`` looks for the next record and for what of this one can be kept.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from articlex.archives.http import refuse
from articlex.archives.page import RawPage, parse_time
from articlex.archives.salvage import Stretch, next_start, unpacked, whole_file_member
from articlex.archives.streams import need

_PAGES = ("response", "resource", "conversion")


@dataclass(slots=True)
class _Held:
    """A record that was read, but is not yet known to end where it said."""

    position: int
    page: RawPage | None
    kind: str
    complete: bool


@dataclass(slots=True)
class WarcReader:
    """The pages of one WARC file. ``limit``: bytes of a page that are read; ``skipped`` counts the other records."""

    file: IO[bytes]
    source: str
    limit: int
    skipped: Counter[str]

    def pages(self) -> Iterator[RawPage]:
        """Every response, resource and conversion record; what is damaged comes as a rejected page."""
        if not whole_file_member(self.file):
            yield from self._pages()
            return
        with unpacked(self.file) as self.file:
            yield from self._pages()

    def _pages(self) -> Iterator[RawPage]:
        base: int | None = 0
        while base is not None:
            held: _Held | None = None
            damaged = False
            try:
                for record in self._records(base):
                    yield from self._release(held)
                    held = record
            except OSError as error:
                if error.errno is not None:  # the disk's or the network's, not FastWARC's
                    raise
                damaged = True
            at = held.position if held else base
            if not damaged and (held is None or held.complete) and (held is None or self._at_end(at)):
                yield from self._release(held)
                return
            base = next_start(self.file, at + 1)
            yield from self._salvage(at, base)

    def _at_end(self, at: int) -> bool:
        """Nothing stands behind the record at ``at``: FastWARC takes a cut zstd frame for the end of the file."""
        size = self.file.seek(0, io.SEEK_END)
        return Stretch.read(self.file, at, size, self.limit).end >= size

    def _records(self, base: int) -> Iterator[_Held]:
        warc = need("fastwarc.warc", "reading WARC files")
        self.file.seek(base)
        for record in warc.ArchiveIterator(self.file, parse_http=False):
            kind = str(record.record_type)
            if kind in _PAGES:
                data = record.reader.read(self.limit)
                page = warc_page(record.headers, data, kind, self.source, record.stream_pos)
                complete = len(data) >= min(record.content_length, self.limit)
            else:
                page, complete = None, True
            yield _Held(record.stream_pos, page, kind, complete)

    def _release(self, held: _Held | None) -> Iterator[RawPage]:
        if held and held.page:
            yield held.page
        elif held:
            self.skipped[held.kind] += 1

    def _salvage(self, at: int, end: int | None) -> Iterator[RawPage]:
        """What the stretch between a record and the next one that can be read holds."""
        while True:
            stretch = Stretch.read(self.file, at, end, self.limit)
            kind = stretch.headers.get("warc-type", "")
            if stretch.headers and kind not in _PAGES and not stretch.problem:
                self.skipped[kind or "unknown"] += 1
            else:
                page = warc_page(stretch.headers, stretch.payload, kind, self.source, at)
                yield page._replace(data=b"", http=False, rejected=stretch.problem) if stretch.problem else page
            at = stretch.end
            if not stretch.more:
                return


def warc_page(headers: Mapping[str, str], data: bytes, kind: str, source: str, position: int) -> RawPage:
    """A record as a page; rejected where its media type says that it is none."""
    media = (headers.get("content-type") or headers.get("Content-Type") or "").lower()

    def header(name: str) -> str | None:
        return headers.get(name) or headers.get(name.lower()) or None

    page = RawPage(
        data,
        source,
        position,
        record=header("WARC-Record-ID"),
        url=(header("WARC-Target-URI") or "").strip("<> ") or None,
        fetched=parse_time(header("WARC-Date")),
        encoding="utf-8" if kind == "conversion" else None,
        input="text" if kind == "conversion" and media.startswith("text/plain") else "auto",
        http=kind == "response" and media.startswith("application/http"),
    )
    if page.http:
        return page
    if not data.strip():
        return page._replace(data=b"", rejected=("empty_input", "the record has no content"))
    return refuse(page, media)
