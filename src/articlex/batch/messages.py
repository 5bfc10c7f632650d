"""What the main process and its workers say to each other. Plain values: they are pickled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from articlex.archives import RawPage, Reason

Recurring = Mapping[str, bytes]
"""By site: the fingerprints of its recurring blocks, eight bytes each."""


class Facts(NamedTuple):
    """What filters, report and resumption need to know about a page, without its record."""

    status: str = ""
    language: str | None = None
    published: str | None = None
    """The day, ISO 8601."""
    chars: int = 0
    confidence: float = 0.0
    host: str = ""
    milliseconds: float = 0.0
    """Time inside the extractor; the only fact that two runs do not share."""
    digest: str = ""
    """Of the body text; empty where duplicates are kept or there is no text."""
    signature: str = ""
    """MinHash of the body text, base64; empty where near duplicates are kept."""


class Outcome(NamedTuple):
    """What became of one page: a ``line`` of output, or the reason why there is none."""

    line: bytes = b""
    rejected: tuple[Reason, str] | None = None
    facts: Facts = Facts()


class Task(NamedTuple):
    """Pages to work on, in one go. ``learn`` asks for the fingerprints of their blocks instead of records."""

    kind: Literal["extract", "learn"]
    pages: Sequence[RawPage]
    recurring: Recurring | None = None
    argument: int = 0
    """The index of the source that the pages come from."""


class Reply(NamedTuple):
    """The results of a task, in the order of its pages: outcomes, or the fingerprints (eight bytes each)."""

    results: Sequence[Outcome | bytes]
    inside: float
    """Seconds inside the extractor."""
    busy: float
    """Seconds since the worker began to wait for the task."""
