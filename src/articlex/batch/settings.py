"""What a batch job may be told: one frozen value, checked when it is made."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Literal

from articlex.archives import Columns
from articlex.article import STATUSES
from articlex.options import Options

Form = Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet", "markdown", "text"]
Duplicates = Literal["keep", "exact", "near"]

CONTEXT = ("url", "source", "position", "record", "fetched")
"""Keys of a record that the archive gives, before those of the article."""


def _cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which records to keep; every page that is filtered away is told in the rejects file.

    ``languages``: BCP 47 tags, "en" also matches "en-GB". ``since`` and ``until``: days of publication, both kept; a
    page without a date is rejected when either is set. ``hosts``: "example.com" also matches its subdomains.
    ``duplicates``: "exact" rejects a body text that was seen before, "near" also one that is nearly the same (a
    Jaccard similarity of ``similarity`` of their four-word runs, estimated by MinHash); the first is kept.
    """

    status: tuple[str, ...] = ()
    min_confidence: float = 0.0
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    hosts: tuple[str, ...] = ()
    duplicates: Duplicates = "keep"
    similarity: float = 0.8

    def __post_init__(self) -> None:
        for status in self.status:
            if status not in STATUSES:
                raise ValueError(f"Filters.status must be some of {', '.join(STATUSES)}, not {status!r}")
        if self.duplicates not in ("keep", "exact", "near"):
            raise ValueError(f"Filters.duplicates must be keep, exact or near, not {self.duplicates!r}")
        if not 0 <= self.min_confidence <= 1:
            raise ValueError(f"Filters.min_confidence must be between 0 and 1, not {self.min_confidence!r}")
        if not 0 < self.similarity <= 1:
            raise ValueError(f"Filters.similarity must be above 0 and at most 1, not {self.similarity!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to run a job. Only ``jobs``, ``deadline`` and ``memory`` may change between a run and its resumption.

    ``jobs``: worker processes. ``deadline``: seconds a page may take. ``memory``: bytes a worker may allocate beyond
    what it needs at its start. ``learn_sites``: let the pages of a site tell each other which blocks recur.
    ``fields``: keys to write, in this order; none: all but ``paragraphs``, whose texts are in ``body``.
    ``extractor``: ``module:function`` with the signature of ``articlex.extract``, or one that also takes
    ``recurring``, a set of block fingerprints (all five then by position: source, url, fetched, options, recurring).
    """

    form: Form | None = None
    jobs: int = field(default_factory=_cores)
    deadline: float = 10.0
    memory: int = 2**30
    learn_sites: bool = True
    filters: Filters = field(default_factory=Filters)
    fields: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    options: Options = field(default_factory=Options)
    extractor: str = "articlex.extract:extract_page"
    reader: str = "articlex.reading:read"

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise ValueError(f"Settings.jobs must be at least 1, not {self.jobs!r}")
        if not self.deadline > 0:
            raise ValueError(f"Settings.deadline must be a positive number of seconds, not {self.deadline!r}")
        if self.memory < 2**20:
            raise ValueError(f"Settings.memory must be at least a mebibyte, not {self.memory!r} bytes")

    def decisive(self) -> dict[str, Any]:
        """What the result depends on, as JSON-safe values: a resumed job must have the same."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        for name in ("jobs", "deadline", "memory"):
            del values[name]
        for name in ("filters", "columns", "options"):
            values[name] = {key: _plain(value) for key, value in asdict(values[name]).items()}
        return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
