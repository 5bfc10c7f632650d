"""Damaged WARC files: where the next record begins, and what of the one before can be kept."""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any, Self, cast

from articlex.archives.page import Reason
from articlex.archives.streams import MEMORY, need, read_up_to

GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_VERSION = re.compile(rb"(?:(?<=\n)|\A)WARC/[01]\.\d{1,2}\r?\n")
_STEP = 2**20
_GAP = b"\r\n\r\n"  # what stands behind the payload of a record (ISO 28500, 4)


@dataclass(slots=True)
class Stretch:
    """One record at a place where FastWARC failed, or bytes that are no record.

    ``payload`` is what belongs to the record, also where its Content-Length is wrong. ``problem``: why it cannot be
    trusted. ``end`` is where it ends in the file; ``more``: other bytes follow before the next sound record.
    """

    end: int
    headers: dict[str, str] = field(default_factory=dict)
    payload: bytes = b""
    problem: tuple[Reason, str] | None = None
    more: bool = False

    @classmethod
    def read(cls, file: IO[bytes], start: int, end: int | None, limit: int) -> Self:
        """Take apart what begins at ``start``. ``end`` is where the next sound record begins, if there is one.

        At most ``limit`` bytes are read, packed and unpacked.
        """
        file.seek(start)
        packed = read_up_to(file, limit if end is None else min(end - start, limit))
        raw, used, problem = _unpack(packed, limit)
        self = cls(start + used, problem=problem)
        head, gap, body = raw.partition(_GAP)
        if not (gap and _VERSION.match(raw)):
            self.problem = problem or (("truncated" if end is None else "corrupt"), "no readable WARC header")
            self.end = start + len(packed)  # nothing says where it ends
            return self
        self.headers = dict(_headers(head))
        length = self.headers.get("content-length", "")
        declared = int(length) if length.isdigit() and len(length) < 16 else -1
        self.payload = body.removesuffix(_GAP)
        if declared > len(body) and end is None:
            self.problem = problem or ("truncated", f"{len(body)} of {declared} bytes are there")
        elif 0 <= declared <= len(body) and body[declared : declared + 4] in (_GAP, b""):
            self.payload = body[:declared]
            if raw is packed:
                self.end = start + len(head) + declared + 2 * len(_GAP)
        self.more = packed[self.end - start :].strip(b"\r\n\0") != b""
        return self


def next_start(file: IO[bytes], start: int) -> int | None:
    """Where, at or after ``start``, the next record begins that looks sound; ``None`` where there is none."""
    file.seek(0)
    head = file.read(4)
    magic = GZIP if head.startswith(GZIP) else ZSTD if head.startswith(ZSTD) else None
    pattern = re.compile(re.escape(magic)) if magic else _VERSION
    overlap = 16
    at = max(start - overlap, 0)
    while True:
        file.seek(at)
        block = read_up_to(file, _STEP)
        for match in pattern.finditer(block):
            if at + match.start() >= start and _is_sound(file, at + match.start(), magic):
                return at + match.start()
        if len(block) < _STEP:
            return None
        at += _STEP - overlap


def holds_records(file: IO[bytes]) -> bool:
    """Whether a compressed file is a WARC file; its first record may be damaged."""
    file.seek(0)
    raw, _, problem = _unpack(file.read(65_536), 64)
    return raw.startswith(b"WARC/") or (problem is not None and len(raw) < 5 and next_start(file, 1) is not None)


def whole_file_member(file: IO[bytes]) -> bool:
    """Whether a gzip file holds several records in its first member: it was compressed as a whole, not by record."""
    file.seek(0)
    packed = file.read(_STEP)
    if not packed.startswith(GZIP):
        return False
    raw, _, _ = _unpack(packed, 4 * _STEP)
    return len(_VERSION.findall(raw)) > 1


@contextmanager
def unpacked(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """A copy of a gzip file, unpacked as far as it goes; deleted afterwards."""
    with tempfile.SpooledTemporaryFile(MEMORY) as copy:
        file.seek(0)
        stream = zlib.decompressobj(31)
        with suppress(zlib.error):  # the record that is cut here will be found incomplete
            while packed := stream.unused_data or file.read(_STEP // 4):
                if stream.eof:
                    stream = zlib.decompressobj(31)
                copy.write(stream.decompress(packed))
        copy.seek(0)
        yield cast("IO[bytes]", copy)


def _is_sound(file: IO[bytes], at: int, magic: bytes | None) -> bool:
    """The place really begins a record: the three bytes of gzip's magic also stand in data by chance."""
    file.seek(at)
    head = file.read(65_536)
    if magic is None:
        return b"WARC-" in head[:1024]
    return _unpack(head, 16)[0].startswith(b"WARC/")


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _unpack(packed: bytes, limit: int) -> tuple[bytes, int, tuple[Reason, str] | None]:
    """The first member unpacked as far as it goes, the bytes it takes, and what stopped it."""
    if packed.startswith(GZIP):
        stream: Any = zlib.decompressobj(31)
    elif packed.startswith(ZSTD):
        stream = need("zstandard", "reading zstd").ZstdDecompressor(max_window_size=2**31).decompressobj()
    else:
        return packed, len(packed), None
    raw = bytearray()
    step = 1024  # small, so that what stands before the damage is not lost and a bomb is seen in time
    for at in range(0, len(packed), step):
        try:
            raw += stream.decompress(packed[at : at + step])
        except Exception as error:  # zlib.error, or zstandard's, which may not be installed
            return bytes(raw), len(packed), ("corrupt", f"{type(error).__name__}: {error}"[:300])
        if stream.eof:
            return bytes(raw), min(at + step, len(packed)) - len(stream.unused_data), None
        if len(raw) >= limit:
            return bytes(raw), len(packed), None
    return bytes(raw), len(packed), ("truncated", "the compressed record ends too early")
