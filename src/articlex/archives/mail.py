"""Saved pages and letters: MHTML (RFC 2557, as browsers save it), ``.eml`` messages, and mbox files of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO

from articlex.archives.page import RawPage
from articlex.archives.streams import read_up_to


def mail_pages(file: IO[bytes], source: str, limit: int) -> Iterator[RawPage]:
    """The one page of an MHTML file or message."""
    yield message_page(read_up_to(file, 2 * limit), source, None)


def mbox_pages(file: IO[bytes], source: str, limit: int) -> Iterator[RawPage]:
    """A page for each message of an mbox file; ``position`` is the byte where its "From " line begins."""
    lines: list[bytes] = []
    start = at = size = 0
    blank = True
    while line := file.readline(2**20):
        if blank and line.startswith(b"From ") and at:
            yield message_page(b"".join(lines[1:]), source, start)
            lines, start, size = [], at, 0
        if size < 2 * limit:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        blank = line in (b"\n", b"\r\n")
        at += len(line)
    if lines:
        yield message_page(b"".join(lines[1:]), source, start)


def message_page(data: bytes, source: str, position: int | None) -> RawPage:
    """The HTML part of a message (else its plain text) as a page."""
    try:
        message = message_from_bytes(data)
        part = _page_part(message)
        content = part.get_payload(decode=True) if part else None
    except (ValueError, LookupError, AssertionError, RecursionError) as error:
        return RawPage(b"", source, position, rejected=("corrupt", f"{type(error).__name__}: {error}"[:300]))
    if part is None or not isinstance(content, bytes) or not content.strip():
        return RawPage(b"", source, position, rejected=("not_a_page", "the message holds no text"))
    return RawPage(
        content,
        source,
        position,
        record=_header(message, "Message-ID"),
        url=_url(_header(message, "Snapshot-Content-Location")) or _url(_header(part, "Content-Location")),
        fetched=_date(_header(message, "Date")),
        encoding=part.get_content_charset(),
        input="html" if part.get_content_type() == "text/html" else "text",
    )


def _page_part(message: Message) -> Message | None:
    """The root of a saved page is its first HTML part; a letter may hold only plain text. Attachments are neither."""
    parts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    for media in ("text/html", "application/xhtml+xml", "text/plain"):
        for part in parts:
            if part.get_content_type() == media and not part.is_multipart():
                return part
    return None


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _url(value: str | None) -> str | None:
    return value if value and value.startswith(("http://", "https://", "file:")) else None


def _date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(value) if value else None
    except (ValueError, TypeError, IndexError):
        return None
    return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date
