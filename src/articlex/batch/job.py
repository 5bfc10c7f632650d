"""A batch job from its sources to its output, in one function that reads from top to bottom."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from articlex.archives import Inventory, RawPage, Reason, take_inventory
from articlex.archives.streams import need
from articlex.batch import learning, outputs
from articlex.batch.duplicates import Seen
from articlex.batch.intake import Intake, learning_tasks
from articlex.batch.journal import SEGMENT, Journal
from articlex.batch.messages import Outcome, Recurring
from articlex.batch.pool import Clock, Pool
from articlex.batch.progress import Progress
from articlex.batch.records import check_fields, encode
from articlex.batch.settings import Form, Settings
from articlex.batch.tally import Tally, fact_line, read_facts
from articlex.batch.workspace import Existing, JobError, Workspace, check_same, write
from articlex.version import VERSION

RECORDS, REJECTS, FACTS = "records.log", "rejects.log", "facts.log"


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a job: ``pages == records + rejects``. ``manifest`` is what ``OUT.manifest.json`` holds."""

    pages: int
    records: int
    rejects: int
    manifest: dict[str, Any]

    @classmethod
    def of(cls, manifest: dict[str, Any]) -> Summary:
        """The sums of a manifest."""
        return cls(manifest["pages"], manifest["records"], manifest["rejects"], manifest)


def run(
    sources: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    settings: Settings | None = None,
    *,
    existing: Existing = "refuse",
    report: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Extract all pages of ``sources`` into ``out``; beside it ``out.rejects.jsonl`` and ``out.manifest.json``.

    ``sources``: files, folders, globs, fsspec paths, or "-" for standard input. ``existing`` says what to do about an
    output or an unfinished job of that name: "refuse"; "resume" goes on with a job of the same sources and settings,
    or begins it; "overwrite" replaces it. ``report``: where to write an HTML report.

    Raises ``JobError`` when there already is an output or an unfinished job, or when the job to resume is another
    one; ``FileNotFoundError`` for a source that names nothing; ``ValueError`` for fields that do not exist;
    ``ImportError`` for a missing package; ``OSError`` when the output cannot be written. After an error or an
    interruption the job can be resumed.
    """
    settings = settings or Settings()
    form = settings.form or outputs.form_of(Path(out))
    settings = replace(settings, form=form)
    check_fields(settings.fields, form)
    outputs.check(form, settings.fields)
    if settings.filters.duplicates == "near":
        need("rensa", "finding near duplicates")
    names = [str(source) for source in sources]
    space = Workspace(Path(out))
    space.finish_moves()
    if existing == "resume" and space.out.exists() and space.manifest.exists() and not space.folder.exists():
        return _finished(names, space, settings)
    space.claim(existing)
    try:
        spool = space.spool(names)
        inventory = take_inventory(names, spool)
        described = _describe(names, settings, inventory)
        space.describe(described)
    except BaseException:
        space.abandon()
        raise
    job = _Job(space, settings, form, Intake(names, settings, spool), progress or Progress(), inventory)
    with job.journal:
        job.work()
        return job.finish(described, report)


def _describe(names: list[str], settings: Settings, inventory: Inventory) -> dict[str, Any]:
    return {"version": VERSION, "sources": names, "files": inventory.digest, **settings.decisive()}


def _finished(names: list[str], space: Workspace, settings: Settings) -> Summary:
    """The summary of a job that was finished before."""
    manifest = json.loads(space.manifest.read_text(encoding="utf-8"))
    job = {**manifest["job"], "files": None}
    check_same({"version": VERSION, "sources": names, "files": None, **settings.decisive()}, job, space.out)
    return Summary.of(manifest)


class _Job:
    """The state of a running job: the journal on the disk, and in memory what can be read back from it."""

    def __init__(
        self, space: Workspace, settings: Settings, form: Form, intake: Intake, progress: Progress, inventory: Inventory
    ) -> None:
        self.space, self.settings, self.form, self.intake, self.progress = space, settings, form, intake, progress
        self.inventory = inventory
        self.journal = Journal(space.folder, (RECORDS, REJECTS, FACTS))
        self.tally = Tally()
        self.clock = Clock()
        self.lessons: Recurring = {}
        self.began = time.perf_counter()
        self._seen = Seen(settings.filters)
        self._lines: list[bytes] = []
        self._rejects: list[bytes] = []
        self._facts: list[bytes] = []

    def work(self) -> None:
        """Extract what the journal does not have yet."""
        for outcome, name, argument in read_facts(self.space.folder / FACTS, self.journal.sizes[FACTS]):
            self._count(outcome, name, argument)
        self.resumed_at = self.journal.pages
        self.progress.begin(self.inventory, self.tally, self.intake)
        if not self.journal.ended:
            with Pool(self.settings, self.progress.tick) as pool:
                self.clock = pool.clock
                self.lessons = self._learn(pool) if self.settings.learn_sites else {}
                self._extract(pool)

    def _learn(self, pool: Pool) -> Recurring:
        path = self.space.folder / "lessons.json"
        if not path.exists():
            self.progress.phase("learning the sites")
            census, lessons = learning.Census(), learning.Lessons()
            for _, page in self.intake.pages():
                census.add(page)
                self.progress.tick()
            sample = learning_tasks(census.sample(page for _, page in self.intake.pages()))
            for task, results in pool.run(sample):
                for page, fingerprints in zip(task.pages, results, strict=True):
                    lessons.add(page, fingerprints)
            learning.save(lessons.recurring(), path)
        return learning.load(path)

    def _extract(self, pool: Pool) -> None:
        self.progress.phase("extracting")
        for task, outcomes in pool.run(self.intake.tasks(self.journal.pages, self.lessons)):
            for page, outcome in zip(task.pages, outcomes, strict=True):
                self._take(page, outcome, task.argument)
                if self.tally.pages % SEGMENT == 0:
                    self._commit()
        self._commit(ended=True)

    def _take(self, page: RawPage, outcome: Outcome, argument: int) -> None:
        """Put the outcome of the next page in the order of the input where it belongs."""
        name = page.url or (page.source if page.position is None else f"{page.source}#{page.position}")
        duplicate = None if outcome.rejected else self._seen.first(outcome.facts)
        if duplicate:
            outcome = Outcome(rejected=duplicate, facts=outcome.facts)
        if outcome.rejected:
            self._rejects.append(_reject_line(page, outcome.rejected))
        else:
            self._lines.append(outcome.line)
        self._facts.append(fact_line(outcome, name, argument))
        self._count(outcome, name, argument)

    def _count(self, outcome: Outcome, name: str, argument: int) -> None:
        if not outcome.rejected:
            self._seen.add(outcome.facts, name)
        self.tally.add(outcome, name, argument)

    def _commit(self, *, ended: bool = False) -> None:
        logs = self.journal.logs
        logs[RECORDS].append(outputs.pack(self._lines, self.form))
        logs[REJECTS].append(b"".join(self._rejects))
        logs[FACTS].append(b"".join(self._facts))
        self.journal.notes = dict(self.intake.skipped.most_common())
        self.journal.commit(self.tally.pages, ended=ended)
        self._lines, self._rejects, self._facts = [], [], []

    def finish(self, described: dict[str, Any], report: str | os.PathLike[str] | None) -> Summary:
        """Make the output of the logs, and give everything its name."""
        self.progress.phase("writing the output")
        folder = self.space.folder
        made = outputs.finish(folder / RECORDS, self.form, self.settings.fields)
        manifest = self._manifest(described)
        write(folder / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        if report:
            from articlex.batch.report import report_html

            write(Path(report), report_html(manifest, self.tally))
        self.space.plan_moves(
            {
                folder / REJECTS: self.space.rejects,
                made: self.space.out,
                folder / "manifest.json": self.space.manifest,
            }
        )
        self.journal.close()
        self.space.finish_moves()
        self.progress.end(manifest)
        return Summary.of(manifest)

    def _manifest(self, described: dict[str, Any]) -> dict[str, Any]:
        tally, clock = self.tally, self.clock
        seconds = time.perf_counter() - self.began
        done = tally.pages - self.resumed_at
        sources = [
            {"source": name, "records": tally.sources[number, True], "rejects": tally.sources[number, False]}
            for number, name in enumerate(described["sources"])
        ]
        return {
            "output": str(self.space.out),
            "pages": tally.pages,
            "records": tally.records,
            "rejects": tally.rejects.total(),
            "records_by_status": dict(tally.statuses.most_common()),
            "rejects_by_reason": dict(tally.rejects.most_common()),
            "not_pages": self.journal.notes,
            "sources": sources,
            "files": self.inventory.files,
            "bytes": self.inventory.size,
            "sites_learned": len(self.lessons),
            "seconds": round(seconds, 3),
            "pages_per_second": round(done / seconds, 1),
            "resumed_at_page": self.resumed_at,
            "seconds_inside_extract": round(clock.inside, 3),
            "share_of_worker_time_inside_extract": round(clock.inside / clock.busy, 4) if clock.busy else None,
            "workers": self.settings.jobs,
            "workers_started_again": clock.restarts,
            "job": described,
        }


def _reject_line(page: RawPage, rejected: tuple[Reason, str]) -> bytes:
    reason, detail = rejected
    where = {"source": page.source, "position": page.position, "record": page.record, "url": page.url}
    return encode({**where, "reason": reason, "detail": detail})


__all__ = ["JobError", "Summary", "run"]
