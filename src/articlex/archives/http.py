"""An HTTP response as a WARC holds it: headers taken off, transfer and content encodings undone.

Runs in the workers, since unpacking costs time. RFC 9110 and 9112; lenient where crawlers are careless: many store
the body unpacked and keep the headers that said it was packed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

from articlex.archives.page import RawPage
from articlex.archives.sniff import HEAD, sniff
from articlex.archives.streams import Missing, need

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)
_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain")
_VAGUE = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "unk",
    "text/xml",
    "application/xml",
    "multipart/form-data",
)
_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def unwrap(page: RawPage, limit: int) -> RawPage:
    """The page without its HTTP headers, its body decoded to at most ``limit`` bytes.

    A response that is no page (a redirect, an image, ...) comes back rejected.
    """
    data = page.data if isinstance(page.data, bytes) else page.data.encode()
    status, headers, body = split(data)
    if status is not None and not 200 <= status < 300:
        return _reject(page, "http_status", str(status))
    kind = headers.get("content-type", "")
    if not _may_be_page(kind):
        return _reject(page, "not_a_page", _media(kind))
    try:
        body = decode_body(body, headers, limit)
    except (ValueError, EOFError, zlib.error, OSError) as error:
        return _reject(page, "corrupt", f"{headers.get('content-encoding', '')}: {error}"[:300])
    except Missing as error:
        return _reject(page, "unreadable", str(error))
    if not body.strip():
        return _reject(page, "empty_input", "the response has no body")
    return refuse(page._replace(data=body, http=False), kind)


def refuse(page: RawPage, content_type: str) -> RawPage:
    """The page with the charset its media type names; rejected where media type or content say that it is none."""
    media = _media(content_type)
    if not _may_be_page(media) or (media in _VAGUE and not _is_page(media, page.data)):
        return _reject(page, "not_a_page", media or "no media type, and the content is no text")
    charset = _CHARSET.search(content_type)
    return page._replace(encoding=charset.group(1)) if charset else page


def _media(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _may_be_page(content_type: str) -> bool:
    media = _media(content_type)
    return media in _TEXTUAL or media in _VAGUE


def split(data: bytes) -> tuple[int | None, dict[str, str], bytes]:
    """Status code, headers (names in lower case; of repeated ones the last) and body; no status where none is there."""
    if not data.startswith(b"HTTP/"):
        return None, {}, data
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := data.find(mark, 0, 2**20)) >= 0]
    at, width = min(ends, default=(len(data), 0))
    first, *lines = data[:at].decode("latin-1").splitlines() or [""]
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    code = first.split(maxsplit=2)[1:2]
    return int(code[0]) if code and code[0].isdigit() else None, headers, data[at + width :]


def decode_body(body: bytes, headers: dict[str, str], limit: int) -> bytes:
    """The body with its transfer and content encodings undone, the last applied first; at most ``limit`` bytes.

    Raises ``ValueError``, ``EOFError``, ``OSError`` or ``zlib.error`` where the body contradicts them.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = unchunk(body)
    codings = [name.strip().lower() for name in headers.get("content-encoding", "").split(",")]
    for name in reversed(codings):
        if name in _CODINGS and not _looks_decoded(body):
            body = _CODINGS[name](body, limit)
        elif name not in _CODINGS and name not in ("", "identity", "none", "utf-8") and not _looks_decoded(body):
            raise ValueError("unknown content encoding")
    return body[:limit]


def unchunk(body: bytes) -> bytes:
    """The chunks joined; the body as it is where it does not have chunks (the crawler had joined them)."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 200)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return b"".join(parts) if parts else body
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _looks_decoded(body: bytes) -> bool:
    """The crawler stored the body unpacked: it begins with markup, which no compressed stream does."""
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _is_page(media: str, body: bytes | str) -> bool:
    if isinstance(body, str):
        return True
    if media.endswith("xml"):
        return _MARKUP.search(body, 0, 4096) is not None
    return sniff(body[:HEAD]) == "page"


def _reject(page: RawPage, reason: Any, detail: str) -> RawPage:
    return page._replace(data=b"", http=False, rejected=(reason, detail))


def _inflate(body: bytes, limit: int, wbits: int) -> bytes:
    """Members one after the other; what a truncated stream gave is worth more than nothing, if it gave anything."""
    parts = []
    while body and limit > 0:
        stream = zlib.decompressobj(wbits)
        part = stream.decompress(body, limit)
        limit -= len(part)
        parts.append(part)
        body = stream.unused_data
        if not stream.eof and limit > 0 and not part:
            raise EOFError("the compressed body ends too early")
        if not body.startswith(b"\x1f\x8b"):
            break
    return b"".join(parts)


def _gunzip(body: bytes, limit: int) -> bytes:
    return _inflate(body, limit, 31) if body.startswith(b"\x1f\x8b") else body


def _deflate(body: bytes, limit: int) -> bytes:
    """With the zlib header the standard asks for, or without, as some servers send it."""
    try:
        return _inflate(body, limit, zlib.MAX_WBITS)
    except zlib.error:
        return _inflate(body, limit, -zlib.MAX_WBITS)


def _unbrotli(body: bytes, limit: int) -> bytes:
    brotli = need("brotli", "reading pages in brotli")
    stream = brotli.Decompressor()
    parts: list[bytes] = []
    for at in range(0, len(body), 4096):  # small steps, so that a bomb is seen before it has filled the memory
        try:
            part = stream.process(body[at : at + 4096])
        except brotli.error as error:
            raise ValueError(str(error)) from None
        parts.append(part)
        limit -= len(part)
        if limit <= 0:
            break
    return b"".join(parts)


def _unzstd(body: bytes, limit: int) -> bytes:
    zstandard = need("zstandard", "reading pages in zstd")
    try:
        stream = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(body, read_across_frames=True)
        data: bytes = stream.read(limit)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from None
    return data


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip, "x-gzip": _gunzip, "deflate": _deflate, "br": _unbrotli, "zstd": _unzstd,
}  # fmt: skip
