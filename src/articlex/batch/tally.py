"""What a job has done so far, in numbers: for the progress, the manifest and the report. Bounded in memory."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log10
from pathlib import Path
from typing import Any

from articlex.batch.messages import Facts, Outcome

SLOWEST = 15
_HOSTS = 50_000
"""Hosts that are counted one by one; what comes after them is counted together."""
_STEPS = 4
"""Classes of text lengths per factor of ten."""


@dataclass(slots=True)
class Tally:
    """Sums over pages. ``lengths`` are classes of a logarithmic scale, see ``length_class``."""

    pages: int = 0
    records: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    confidences: Counter[int] = field(default_factory=Counter)
    """By tenths."""
    hosts: Counter[str] = field(default_factory=Counter)
    sources: Counter[tuple[int, bool]] = field(default_factory=Counter)
    """Pages by the index of their source and by whether they became a record."""
    milliseconds: float = 0.0
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def add(self, outcome: Outcome, name: str, argument: int) -> None:
        """Count a page."""
        facts = outcome.facts
        self.pages += 1
        self.sources[argument, outcome.rejected is None] += 1
        self._time(facts.milliseconds, name)
        if outcome.rejected:
            self.rejects[outcome.rejected[0]] += 1
            return
        self.records += 1
        self.statuses[facts.status] += 1
        self.languages[facts.language or "unknown"] += 1
        self.months[facts.published[:7] if facts.published else "unknown"] += 1
        self.lengths[length_class(facts.chars)] += 1
        self.confidences[min(int(facts.confidence * 10), 9)] += 1
        known = facts.host in self.hosts or len(self.hosts) < _HOSTS
        self.hosts[(facts.host or "no URL") if known else "others"] += 1

    def slow_pages(self) -> list[tuple[float, str]]:
        """The slowest pages, slowest first: milliseconds and name."""
        return sorted(self.slowest, reverse=True)

    def _time(self, milliseconds: float, name: str) -> None:
        self.milliseconds += milliseconds
        if len(self.slowest) < SLOWEST:
            heapq.heappush(self.slowest, (milliseconds, name))
        elif milliseconds > self.slowest[0][0]:
            heapq.heapreplace(self.slowest, (milliseconds, name))


def length_class(chars: int) -> int:
    """The class of a text length: four classes for each factor of ten; -1 for no text."""
    return int(log10(chars) * _STEPS) if chars else -1


def class_start(number: int) -> int:
    """The text length that a class begins at."""
    return round(10 ** (number / _STEPS)) if number >= 0 else 0


def fact_line(outcome: Outcome, name: str, argument: int) -> bytes:
    """A page in the log of facts: what a resumed job must know of it."""
    reason = outcome.rejected[0] if outcome.rejected else None
    return json.dumps([argument, name, reason, *outcome.facts], ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def read_facts(path: Path, size: int) -> Iterator[tuple[Outcome, str, int]]:
    """The pages in the first ``size`` bytes of a log of facts, as ``fact_line`` wrote them."""
    with path.open("rb") as file:
        while file.tell() < size:
            values: list[Any] = json.loads(file.readline())
            argument, name, reason = values[:3]
            rejected = (reason, "") if reason else None
            yield Outcome(rejected=rejected, facts=Facts(*values[3:])), name, argument
