"""Files as streams: a look at the first bytes, compression undone, a copy to seek in where a reader needs one."""

from __future__ import annotations

import importlib
import io
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from articlex.archives.page import Reason
from articlex.archives.sniff import HEAD

MEMORY = 8 * 2**20
"""Bytes of an archive inside an archive that are kept in memory; a larger one goes to a temporary file."""

_BLOCK = 2**16


class TooLarge(Exception):
    """An archive inside an archive unpacks to more than the limit."""


class Missing(ImportError):
    """A package that reading or writing some format needs is not installed."""


def need(module: str, purpose: str) -> Any:
    """Import a module of the ``batch`` extra. Raises ``Missing`` with the command that installs it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        package = module.partition(".")[0]
        raise Missing(f"{purpose} needs the package {package}: pip install 'articlex[batch]'") from None


class _Joined(io.RawIOBase):
    """Bytes already read from a stream, then the rest of it."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head or self._rest.read(len(buffer))
        data, self._head = data[: len(buffer)], self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def peek(file: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The first ``HEAD`` bytes of a stream, and the stream as if they had not been read."""
    head = read_up_to(file, HEAD, suppress_late=True)
    if _seeks(file):
        file.seek(-len(head), io.SEEK_CUR)
        return head, file
    return head, io.BufferedReader(_Joined(head, file), HEAD)


def _seeks(file: IO[bytes]) -> bool:
    """One can go back without unpacking all again."""
    return not isinstance(file, zipfile.ZipExtFile | tarfile.ExFileObject) and file.seekable()


def read_up_to(file: IO[bytes], size: int, *, suppress_late: bool = False) -> bytes:
    """At most ``size`` bytes; fewer only at the end of the file.

    ``suppress_late``: an error after the first bytes counts as the end; the next read will meet it again.
    """
    parts: list[bytes] = []
    try:
        while size > 0 and (data := file.read(min(size, 2**20))):
            parts.append(data)
            size -= len(data)
    except Exception:
        if not (parts and suppress_late):
            raise
    return b"".join(parts)


def unpack(kind: str, file: IO[bytes]) -> IO[bytes]:
    """The stream with its gzip members or zstd frames (``kind``) unpacked."""
    if kind == "gzip":
        return cast("IO[bytes]", _Gunzip(file))
    decompressor = need("zstandard", "reading zstd").ZstdDecompressor(max_window_size=2**31)
    stream: IO[bytes] = decompressor.stream_reader(file, read_across_frames=True)
    return stream


class _Gunzip(io.RawIOBase):
    """Gzip members unpacked; unlike ``gzip.GzipFile`` it gives what stands before damage before it raises."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._stream = zlib.decompressobj(31)
        self._packed = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            packed = self._packed or self._file.read(_BLOCK)
            if self._stream.eof:
                packed = packed.lstrip(b"\0")  # padding, as on tapes
                if packed:
                    self._stream = zlib.decompressobj(31)
                elif not self._packed:
                    return 0
            elif not packed:
                raise EOFError("the compressed file ends too early")
            data = self._stream.decompress(packed, len(buffer))
            self._packed = self._stream.unconsumed_tail or self._stream.unused_data
            if data:
                buffer[: len(data)] = data
                return len(data)


@contextmanager
def seekable(file: IO[bytes], limit: int) -> Iterator[IO[bytes]]:
    """The stream itself where one can seek in it cheaply, else a copy of it that is deleted afterwards.

    Raises ``TooLarge`` past ``limit`` bytes, or past half of what the temporary disk has free.
    """
    if _seeks(file):
        yield file
        return
    limit = min(limit, shutil.disk_usage(tempfile.gettempdir()).free // 2)
    with tempfile.SpooledTemporaryFile(MEMORY) as copy:
        while data := file.read(2**20):
            limit -= len(data)
            if limit < 0:
                raise TooLarge
            copy.write(data)
        copy.seek(0)
        yield cast("IO[bytes]", copy)


def fault(error: Exception) -> tuple[Reason, str]:
    """The reason and the detail that an error while reading stands for."""
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    if isinstance(error, TooLarge):
        return "too_large", "an archive inside an archive unpacks to more than the limit"
    if isinstance(error, EOFError) or "unexpected end" in detail:
        return "truncated", detail
    if isinstance(error, OSError) and error.errno is not None:
        return "unreadable", detail
    return "corrupt", detail
