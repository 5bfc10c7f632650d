"""What every archive reader gives: one raw page, or the place where a page could not be read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, NamedTuple

Reason = Literal[
    "unreadable",  # the file or member cannot be opened or read
    "truncated",  # it ends too early
    "corrupt",  # its compression, headers or lengths contradict each other
    "empty_input",  # zero bytes
    "not_a_page",  # an image, a script, a PDF, ...: told by media type or content
    "no_content",  # a row without the column that holds the page
    "too_deep",  # archives nested in archives beyond the limit
    "too_large",  # an archive inside an archive that unpacks to more than the limit
    "http_status",  # an HTTP response other than 2xx
    "crash",  # the worker died on the page, twice
    "timeout",  # the page ran into the deadline, twice
    "memory",  # the page ran into the memory ceiling, twice
    "error",  # extraction raised
    "filter_host", "filter_status", "filter_confidence", "filter_language", "filter_date",
    "duplicate", "near_duplicate",
]  # fmt: skip


class RawPage(NamedTuple):
    """A page as an archive holds it, with what the archive knows about it.

    ``rejected`` tells why there is no page here: ``(reason, detail)``; ``data`` is then empty. Everything that an
    archive reader meets is either a page, a rejected page, or a record that never was a page (counted as skipped).
    """

    data: bytes | str
    source: str
    """The file as the caller named it; members of archives follow after ``!``."""
    position: int | None = None
    """Byte offset of the record (in the compressed file, where it is compressed), or the row number from 0."""
    record: str | None = None
    """WARC-Record-ID, Message-ID, or the value of the id column."""
    url: str | None = None
    fetched: datetime | None = None
    encoding: str | None = None
    """The charset that a header beside the page names."""
    input: Literal["auto", "html", "text"] = "auto"
    http: bool = False
    """``data`` begins with HTTP headers, still to be taken off (see ``archives.http``)."""
    rejected: tuple[Reason, str] | None = None


def parse_time(value: object) -> datetime | None:
    """An ISO 8601 time (or a datetime, or seconds since 1970) as an aware datetime; no zone means UTC.

    ``None`` for anything else.
    """
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value.strip())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            value = datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
