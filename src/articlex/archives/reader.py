"""Any file to raw pages: told by content, archives within archives, damage as rejected pages."""

from __future__ import annotations

import mimetypes
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Self, cast

from articlex.archives.mail import mail_pages, mbox_pages
from articlex.archives.page import RawPage, Reason
from articlex.archives.rows import Columns, jsonl_pages, parquet_pages
from articlex.archives.salvage import holds_records
from articlex.archives.sniff import HEAD, sniff
from articlex.archives.streams import Missing, fault, peek, read_up_to, seekable, unpack
from articlex.archives.warc import WarcReader

DEPTH = 4
"""Archives within archives: a gzip file in a tar.gz in a zip is at depth 4."""
NESTED = 64 * 2**30
"""An archive within an archive may unpack to this many bytes on the temporary disk, and to half of what is free."""
LABEL = 2**20
"""Bytes of the long name or extended header of a tar member; tarfile takes them into memory whatever they are."""
_LABELS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_ASSETS = ("text/css", "text/javascript", "application/javascript", "application/json", "text/csv", "image/svg+xml")


@dataclass(slots=True)
class Reader:
    """Reads files into raw pages. ``limit``: bytes of a page that are read; ``skipped`` counts what is no page."""

    limit: int
    columns: Columns = field(default_factory=Columns)
    skipped: Counter[str] = field(default_factory=Counter)

    def read(self, file: IO[bytes], name: str, depth: int = 1) -> Iterator[RawPage]:
        """The pages of an open file. Never raises on content: what cannot be read is a rejected page.

        Raises ``archives.streams.Missing`` where the format needs a package that is not installed.
        """
        try:
            yield from self._by_kind(file, name, depth)
        except Missing:
            raise
        except Exception as error:  # the parsers of a dozen formats each have their own errors for damage
            reason, detail = fault(error)
            yield RawPage(b"", name, rejected=(reason, detail))

    def _by_kind(self, file: IO[bytes], name: str, depth: int) -> Iterator[RawPage]:
        head, file = peek(file)
        kind = sniff(head)
        if kind in ("gzip", "zstd"):
            yield from self._packed(kind, file, name, depth)
        elif kind == "warc":
            yield from self._warc(file, name)
        elif kind == "zip":
            with seekable(file, NESTED) as source:
                yield from self._zip(source, name, depth)
        elif kind == "tar":
            yield from self._tar(file, name, depth)
        elif kind == "parquet":
            with seekable(file, NESTED) as source:
                yield from parquet_pages(source, name, self.columns)
        elif kind == "jsonl":
            yield from jsonl_pages(file, name, self.limit, self.columns)
        elif kind == "mbox":
            yield from mbox_pages(file, name, self.limit)
        elif kind == "mail":
            yield from mail_pages(file, name, self.limit)
        elif kind == "page":
            yield self._page(file, name, head)
        else:
            yield RawPage(b"", name, rejected=_no_page(kind, name))

    def _packed(self, kind: str, file: IO[bytes], name: str, depth: int) -> Iterator[RawPage]:
        """A compressed file; FastWARC unpacks WARC files itself, and faster."""
        if depth >= DEPTH:
            yield RawPage(b"", name, rejected=("too_deep", f"archives are read {DEPTH} levels deep"))
            return
        with seekable(file, NESTED) as source:
            if holds_records(source):
                yield from self._warc(source, name)
            else:
                source.seek(0)
                yield from self._by_kind(unpack(kind, source), name, depth + 1)

    def _warc(self, file: IO[bytes], name: str) -> Iterator[RawPage]:
        with seekable(file, NESTED) as source:
            yield from WarcReader(source, name, self.limit, self.skipped).pages()

    def _page(self, file: IO[bytes], name: str, head: bytes) -> RawPage:
        media = mimetypes.guess_type(name.rpartition("!")[2] or name)[0]
        if media in _ASSETS and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<!"):
            return RawPage(b"", name, rejected=("not_a_page", f"{media}, by its name"))
        whole = len(head) < HEAD and file.seekable()  # else damage behind the head would go unseen
        data = head if whole else read_up_to(file, self.limit)
        if not data.strip():
            return RawPage(b"", name, rejected=("empty_input", "white space only"))
        return RawPage(data, name)

    def _zip(self, file: IO[bytes], name: str, depth: int) -> Iterator[RawPage]:
        """The members in their order; of a WACZ (https://specs.webrecorder.net/wacz/) only its WARC files."""
        with zipfile.ZipFile(file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            names = {member.filename for member in members}
            if "datapackage.json" in names and any(part.startswith("archive/") for part in names):
                self.skipped["WACZ index or log"] += sum(not part.startswith("archive/") for part in names)
                members = [member for member in members if member.filename.startswith("archive/")]
            for member in members:
                inner = f"{name}!{member.filename}"
                try:
                    stream = archive.open(member)
                except (OSError, RuntimeError, zipfile.BadZipFile) as error:
                    locked = isinstance(error, RuntimeError)  # a password, or a method zipfile does not know
                    reason: Reason = "unreadable" if locked else "corrupt"
                    yield RawPage(b"", inner, rejected=(reason, f"{type(error).__name__}: {error}"[:300]))
                    continue
                with stream:
                    yield from self._member(stream, inner, depth)

    def _tar(self, file: IO[bytes], name: str, depth: int) -> Iterator[RawPage]:
        """The members as they come, without seeking. tarfile takes any block it cannot read for the end: told apart."""
        tail = _Tail(file)
        with tarfile.open(fileobj=cast("IO[bytes]", tail), mode="r|", tarinfo=_Member) as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isreg() else None
                if stream:
                    yield from self._member(stream, f"{name}!{member.name}", depth)
            offset = archive.offset
        mark = tail.at(offset, 512)
        if mark.strip(b"\0") or not mark:
            reason: Reason = "corrupt" if len(mark) == 512 else "truncated"
            yield RawPage(b"", name, offset, rejected=(reason, "no tar header here; what follows was not read"))

    def _member(self, stream: IO[bytes], name: str, depth: int) -> Iterator[RawPage]:
        if depth >= DEPTH:
            yield RawPage(b"", name, rejected=("too_deep", f"archives are read {DEPTH} levels deep"))
        else:
            yield from self.read(stream, name, depth + 1)


class _Member(tarfile.TarInfo):
    """One whose labels have a sensible size; any other is damage."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        member = super().frombuf(buf, encoding, errors)
        if member.size > LABEL and member.type in _LABELS:
            raise tarfile.InvalidHeaderError(f"a label of {member.size} bytes")  # type: ignore[attr-defined]
        return member


class _Tail:
    """A stream that keeps the bytes it gave last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._read = getattr(file, "read1", file.read)
        self._kept = b""
        self._end = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._read(size)  # as much as is there: what stands before damage is not lost
        self._end += len(data)
        self._kept = (self._kept + data)[-4 * tarfile.RECORDSIZE :]
        return data

    def at(self, offset: int, size: int) -> bytes:
        """The bytes at ``offset``, as far as they were read and kept."""
        start = offset - (self._end - len(self._kept))
        return self._kept[start : start + size] if start >= 0 else b""


def _no_page(kind: str, name: str) -> tuple[Reason, str]:
    if kind == "empty":
        return "empty_input", "zero bytes"
    return "not_a_page", mimetypes.guess_type(name)[0] or "binary content"
