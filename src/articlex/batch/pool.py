"""Worker processes that may die.

Each worker has two pipes of its own and shares no lock with anybody, so that nothing is left hanging when it is
killed at any moment. Its next task already lies in the pipe while it works on one, so it never waits for the main
process. A worker notes in a shared file which page it is at; when it dies, that page is tried once more, alone, and
rejected when the worker dies again, while the other pages of its task go on. The deadline is the kernel's alarm clock
inside the worker (see ``batch.worker``): no page can switch it off by keeping the interpreter busy. Results come in
the order of the tasks, whatever the number of workers.

Pebble's pool was the alternative: it puts a time limit on a task, not on each page of it, and its workers share
pipes under locks.
"""

from __future__ import annotations

import selectors
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from articlex.archives import Reason
from articlex.batch.messages import Outcome, Reply, Task
from articlex.batch.process import End, WorkerProcess
from articlex.batch.settings import Settings

QUEUED = 2
"""Tasks a worker has: one it works on, one in the pipe."""
WINDOW = 64 * 2**20
"""Bytes of finished results that may wait for an earlier task."""
AHEAD = 256
"""Tasks that may be finished before an earlier one."""
EXIT_MEMORY = 77
_STARTS, _KILLED_STARTS = 3, 12  # one that fails by itself will fail again; one that was killed from outside may not
_WIDE_PIPES = 16  # workers: a user may have 64 pipes of a mebibyte in all


class StartError(Exception):
    """Workers die before they can work; the message holds what they said last."""


class _Job(NamedTuple):
    """What a worker is given: the pages ``first`` to ``last`` of a task. ``again``: a page that killed a worker."""

    number: int
    first: int
    last: int
    again: bool = False


@dataclass(slots=True)
class _Slot:
    """A task in the order of the input, and what is known of its results."""

    task: Task
    results: list[Any]
    missing: int
    size: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    process: WorkerProcess
    jobs: deque[_Job]
    full: bool = False
    """Its pipe is full; the selector will say when it is not."""


@dataclass(slots=True)
class Clock:
    """Where the workers' time went, in seconds, and how many had to be started again."""

    inside: float = 0.0
    busy: float = 0.0
    restarts: int = 0


class Pool:
    """``settings.jobs`` workers. ``tick`` is called at least twice a second while results are awaited."""

    def __init__(self, settings: Settings, tick: Callable[[], None] = lambda: None) -> None:
        self.clock = Clock()
        self._settings = settings
        self._tick = tick
        self._selector = selectors.DefaultSelector()
        self._slots: dict[int, _Slot] = {}
        self._failed_starts = 0
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        for _ in range(self._settings.jobs):
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        while self._workers:
            self._leave(self._workers[0], kill=True)
        self._selector.close()

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, list[Any]]]:
        """Each task, its pages emptied, with its results, in the order of the tasks.

        Results of "extract" are ``Outcome``s, of "learn" ``bytes``; a page that cannot be learned from gives none.
        Raises ``StartError`` when workers cannot be started.
        """
        first = following = 0
        more = True
        while more or self._slots:
            while more and self._has_room(following - first):
                task = next(tasks, None)
                more = task is not None
                if task:
                    self._slots[following] = _Slot(task, [None] * len(task.pages), len(task.pages))
                    self._give(_Job(following, 0, len(task.pages)))
                    following += 1
            while first in self._slots and not self._slots[first].missing:
                slot = self._slots.pop(first)
                first += 1
                yield slot.task, slot.results
            if self._slots:
                self._wait()

    def _has_room(self, ahead: int) -> bool:
        if ahead >= AHEAD or sum(slot.size for slot in self._slots.values()) > WINDOW:
            return False
        return any(len(worker.jobs) < QUEUED for worker in self._workers)

    def _give(self, job: _Job) -> None:
        """To the worker with the least to do."""
        worker = min(self._workers, key=lambda worker: len(worker.jobs))
        worker.jobs.append(job)
        task = self._slots[job.number].task
        whole = job.first == 0 and job.last == len(task.pages)
        worker.process.send(task if whole else task._replace(pages=task.pages[job.first : job.last]))
        self._write(worker)

    def _write(self, worker: _Worker) -> None:
        full = not worker.process.write()
        if full and not worker.full:
            self._selector.register(worker.process.stdin, selectors.EVENT_WRITE, (worker, self._write))
        elif worker.full and not full:
            self._selector.unregister(worker.process.stdin)
        worker.full = full

    def _read(self, worker: _Worker) -> None:
        try:
            for message in worker.process.read():
                self._accept(worker, message)
        except EOFError:
            self._bury(worker)

    def _accept(self, worker: _Worker, reply: Reply | None) -> None:
        if reply is None:  # it has imported all it needs
            worker.process.ready = True
            self._failed_starts = 0
            return
        self.clock.inside += reply.inside
        self.clock.busy += reply.busy
        self._settle(worker.jobs.popleft(), reply.results)

    def _settle(self, job: _Job, results: Sequence[Any]) -> None:
        slot = self._slots[job.number]
        slot.results[job.first : job.last] = results
        slot.size += sum(len(result.line) if isinstance(result, Outcome) else len(result) for result in results)
        slot.missing -= len(results)
        if not slot.missing:  # it may wait long for an earlier task: without the pages' content
            slot.task = slot.task._replace(pages=[page._replace(data=b"") for page in slot.task.pages])

    def _bury(self, worker: _Worker) -> None:
        """A worker died: another takes its place and its jobs."""
        end = self._leave(worker)
        if not worker.process.ready:
            self._failed_starts += 1
            if self._failed_starts >= (_STARTS if end.code >= 0 else _KILLED_STARTS):
                said = end.said or "it said nothing"
                raise StartError(f"a worker ended with code {end.code} before it could work: {said}")
        self._start()
        self.clock.restarts += 1
        jobs = list(worker.jobs)
        if worker.process.ready and jobs:
            jobs[:1] = self._part(jobs[0], end)
        for job in jobs:
            self._give(job)

    def _part(self, job: _Job, end: End) -> list[_Job]:
        """What is left to do of a job whose worker died."""
        if job.again:
            self._settle(job, [self._verdict(job, end.code)])
            return []
        guilty = min(job.first + end.page, job.last - 1)
        parts = [
            _Job(job.number, job.first, guilty),
            _Job(job.number, guilty, guilty + 1, again=True),
            _Job(job.number, guilty + 1, job.last),
        ]
        return [part for part in parts if part.first < part.last]

    def _verdict(self, job: _Job, code: int) -> Outcome | bytes:
        if self._slots[job.number].task.kind == "learn":
            return b""
        reason: tuple[Reason, str]
        if code == -signal.SIGALRM:
            reason = "timeout", f"over {self._settings.deadline:g} seconds, twice"
        elif code == EXIT_MEMORY:
            reason = "memory", f"over {self._settings.memory // 2**20} MB, twice"
        elif code < 0:
            reason = "crash", f"the worker was killed by {signal.Signals(-code).name}, twice"
        else:
            reason = "crash", f"the worker exited with code {code}, twice"
        return Outcome(rejected=reason)

    def _wait(self) -> None:
        for key, _ in self._selector.select(timeout=0.5):
            worker, act = key.data
            if worker in self._workers:  # it may have been buried by an event before this one
                act(worker)
        self._tick()

    def _start(self) -> None:
        process = WorkerProcess(wide=len(self._workers) < _WIDE_PIPES)
        worker = _Worker(process, deque())
        self._workers.append(worker)
        self._selector.register(process.stdout, selectors.EVENT_READ, (worker, self._read))
        process.send(self._settings)
        self._write(worker)

    def _leave(self, worker: _Worker, *, kill: bool = False) -> End:
        self._workers.remove(worker)
        self._selector.unregister(worker.process.stdout)
        if worker.full:
            self._selector.unregister(worker.process.stdin)
        return worker.process.end(kill=kill)
