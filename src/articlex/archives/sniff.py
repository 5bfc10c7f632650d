"""What a file is, told by its first bytes: its name says nothing that can be trusted."""

from __future__ import annotations

import json
import re
from typing import Literal

Kind = Literal["empty", "gzip", "zstd", "zip", "tar", "parquet", "warc", "mbox", "mail", "jsonl", "binary", "page"]

HEAD = 64 * 1024
"""Bytes of a file that are looked at."""

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"%PDF-", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"GIF8", "binary"),
    (b"RIFF", "binary"),
    (b"\x7fELF", "binary"),
    (b"\x00\x00\x01\x00", "binary"),
    (b"wOFF", "binary"),
    (b"wOF2", "binary"),
    (b"OggS", "binary"),
    (b"ID3", "binary"),
    (b"BZh", "binary"),
    (b"\xfd7zXZ\x00", "binary"),
    (b"7z\xbc\xaf\x27\x1c", "binary"),
    (b"SQLite format 3\x00", "binary"),
)
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # a zstd frame that holds no data, as before dictionaries
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n]")
_MAIL_HEADERS = (
    b"mime-version:", b"content-type:", b"message-id:", b"received:", b"return-path:", b"snapshot-content-location:",
    b"content-transfer-encoding:", b"delivered-to:",
)  # fmt: skip

_WIDE = tuple(
    tuple(bit == "1" for bit in bits) for bits in ("0101", "1010", "0111", "1110", "0011", "1100")
)  # where UTF-16 and UTF-32 have their NULs


def sniff(head: bytes) -> Kind:
    """The kind of a file that begins with ``head`` (its first ``HEAD`` bytes, or all of it)."""
    if not head:
        return "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _SKIPPABLE.match(head):
        return "zstd"
    if head[257:262] == b"ustar":
        return "tar"
    return _sniff_text(head)


def _sniff_text(head: bytes) -> Kind:
    if head[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "page"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{") and _is_json_line(text):
        return "jsonl"
    if head.startswith(b"From ") and _is_mail(head.partition(b"\n")[2]):
        return "mbox"
    if _is_mail(head):
        return "mail"
    return "binary" if _is_binary(head) else "page"


def _is_json_line(text: bytes) -> bool:
    line, end, _ = text.partition(b"\n")
    if not end and len(text) >= HEAD // 2:  # the first line goes on beyond the head
        return re.match(rb'\{\s*"[^"]{1,200}"\s*:', line) is not None
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_mail(head: bytes) -> bool:
    """Two header lines at the start, and one among the headers that only mail and saved pages have."""
    headers = head[:16_384].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = [line for line in headers.split(b"\n") if not line.startswith((b" ", b"\t"))]
    if len(lines) < 2 or not all(_HEADER_LINE.match(line + b"\n") for line in lines[:2]):
        return False
    return any(line.lower().startswith(_MAIL_HEADERS) for line in lines)


def _is_binary(head: bytes) -> bool:
    """Control characters that no text has. UTF-16 and UTF-32 have NULs, but not on every place."""
    sample = head[:4096]
    nulls = tuple(sample[place::4].count(0) * 4 > len(sample) // 2 for place in range(4))
    if nulls in _WIDE:
        return False
    controls = sum(sample.count(code) for code in (0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19, 20))
    return controls * 50 > len(sample)
