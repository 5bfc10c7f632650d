"""What a source is: HTML, a text dump, or no text at all. Told by content, never by name."""

from __future__ import annotations

import re

from articlex.patterns import lazy

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"RIFF", "riff"),
    (b"\x7fELF", "elf"),
    (b"MZ\x90", "exe"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
)
_LOOK = 65_536
_BEFORE = 2_000
"""Headers or stray text before the document are shorter."""
_CONTROLS = bytes(sorted(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}))

_DOCUMENT = lazy(r"<(?:!doctype\s+html|html|head|body|frameset)[\s>]", re.IGNORECASE)
_TAG = lazy(
    r"<(/?)(?:p|div|span|a|br|hr|table|tbody|tr|td|th|ul|ol|li|h[1-6]|section|article|main|nav|header|footer|aside|img"
    r"|script|style|meta|link|title|b|i|em|strong|font|center|blockquote|pre|form|input|figure|figcaption|iframe|amp-\w+"
    r")(?:\s[^<>]{0,2000}|\s*/)?>",
    re.IGNORECASE,
)
_FIRST_TAG = lazy(r"\s*(?:<!--|<!doctype\s|<\?xml|</?[a-z][a-z0-9:-]*[\s/>])", re.IGNORECASE)


def binary_kind(data: bytes) -> str | None:
    """A short name when the bytes are no text ("pdf", "gzip", "png", "binary"), else ``None``."""
    head = data[:_LOOK]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head[:3] == b"\xef\xbb\xbf" or head[:2] in (b"\xff\xfe", b"\xfe\xff") or not head:
        return None
    controls = len(head) - len(head.translate(None, _CONTROLS))
    nuls = head.count(0)
    if nuls > len(head) // 5:  # UTF-16 and UTF-32 without a BOM have a NUL in most of their characters
        return None if nuls >= controls * 0.9 and len(head) > 1 else "binary"
    return "binary" if controls > max(8, len(head) // 20) else None


def looks_like_html(text: str) -> bool:
    """Whether this is HTML rather than a text dump.

    A document that begins with a tag and has a document tag is HTML. Otherwise tags are weighed against the text: a
    dump may quote a tag or two, even ``<head>``, and ``get_text()`` keeps the markup inside ``<noscript>``.
    """
    head = text[:_LOOK]
    if "<" not in head:
        return False
    document = _DOCUMENT.search(head)
    first = _FIRST_TAG.match(head)
    if document and first:
        return True
    opened = closed = length = 0
    for tag in _TAG.finditer(head):
        closed += bool(tag[1])
        opened += not tag[1]
        length += tag.end() - tag.start()
    if first:
        return closed > 0 or (opened > 0 and length > 0.02 * len(head))
    if document and document.start() < _BEFORE:
        return opened + closed >= 2
    return closed > 0 and (length > 0.25 * len(head) or (opened + closed >= 6 and length > 0.08 * len(head)))
