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

import os
import pickle
import selectors
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple, cast

from articlex.archives import Reason
from articlex.batch.messages import Facts, Outcome, Reply, Task
from articlex.batch.settings import Settings

PIPE = 2**20
"""Bytes a pipe holds (Linux; less elsewhere). A task of usual size fits, so it can wait there."""
QUEUED = 2
"""Tasks a worker has: one it works on, one in the pipe."""
WINDOW = 64 * 2**20
"""Bytes of finished results that may wait for an earlier task."""
AHEAD = 256
"""Tasks that may be finished before an earlier one."""
EXIT_MEMORY = 77
_STARTS = 3
_WIDE_PIPES = 16  # workers: a user may have 64 pipes of that size in all
_BOOT = "import sys; sys.path[:] = sys.argv[2:]; from articlex.batch.worker import main; main(int(sys.argv[1]))"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class StartError(Exception):
    """Workers die before they can work; the message holds what they said last."""


@dataclass(slots=True)
class _Slot:
    """A task in the order of the input, and what is known of its results."""

    task: Task
    results: list[Any]
    missing: int
    size: int = 0


class _Job(NamedTuple):
    """What a worker is given: the pages ``first`` to ``last`` of a task. ``again``: a page that killed a worker."""

    number: int
    first: int
    last: int
    again: bool = False


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    errors: IO[bytes]
    """What it says on standard error."""
    mark: IO[bytes]
    """Eight bytes: the index, in its task, of the page it is at."""
    jobs: deque[_Job] = field(default_factory=deque)
    outbox: deque[memoryview] = field(default_factory=deque)
    inbox: bytearray = field(default_factory=bytearray)
    ready: bool = False
    blocked: bool = False
    """Its pipe is full; the selector will say when it is not."""

    @property
    def stdin(self) -> IO[bytes]:
        """The pipe to the worker."""
        return cast("IO[bytes]", self.process.stdin)

    @property
    def stdout(self) -> IO[bytes]:
        """The pipe from the worker."""
        return cast("IO[bytes]", self.process.stdout)


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
        for _ in range(settings.jobs):
            self._workers.append(self._start())

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
            self._leave(worker)
            worker.errors.close()
            worker.mark.close()
        self._selector.close()

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, list[Any]]]:
        """Each task with its results, in the order of the tasks. Results of "extract" are ``Outcome``s, of "learn"
        ``bytes``; a page that cannot be learned from gives no bytes.

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
        self._send(worker, task if whole else task._replace(pages=task.pages[job.first : job.last]))

    def _send(self, worker: _Worker, message: object) -> None:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        worker.outbox.append(memoryview(len(data).to_bytes(8, "little") + data))
        self._write(worker)

    def _write(self, worker: _Worker) -> None:
        """Send what fits into the pipe; the rest when the selector says so."""
        blocked = False
        try:
            while worker.outbox:
                data = worker.outbox.popleft()
                sent = os.write(worker.stdin.fileno(), data)
                if sent < len(data):
                    worker.outbox.appendleft(data[sent:])
        except BlockingIOError:
            worker.outbox.appendleft(data)
            blocked = True
        except BrokenPipeError:
            worker.outbox.clear()  # its other pipe will tell that it is dead
        if blocked and not worker.blocked:
            self._selector.register(worker.stdin, selectors.EVENT_WRITE, (worker, self._write))
        elif worker.blocked and not blocked:
            self._selector.unregister(worker.stdin)
        worker.blocked = blocked

    def _read(self, worker: _Worker) -> None:
        try:
            data = os.read(worker.stdout.fileno(), PIPE)
        except BlockingIOError:
            return
        if not data:
            self._bury(worker)
            return
        worker.inbox += data
        while len(worker.inbox) >= 8:
            end = 8 + int.from_bytes(worker.inbox[:8], "little")
            if len(worker.inbox) < end:
                return
            message = pickle.loads(worker.inbox[8:end])
            del worker.inbox[:end]
            self._accept(worker, message)

    def _accept(self, worker: _Worker, reply: Reply | None) -> None:
        if reply is None:  # it has imported all it needs
            worker.ready = True
            self._failed_starts = 0
            return
        self.clock.inside += reply.inside
        self.clock.busy += reply.busy
        job = worker.jobs.popleft()
        self._settle(job, reply.results)

    def _settle(self, job: _Job, results: Sequence[Any]) -> None:
        slot = self._slots[job.number]
        slot.results[job.first : job.last] = results
        slot.size += sum(len(result.line) if isinstance(result, Outcome) else len(result) for result in results)
        slot.missing -= len(results)

    def _bury(self, worker: _Worker) -> None:
        """A worker died: another takes its place and its jobs."""
        code = self._leave(worker)
        self._workers.remove(worker)
        at = int.from_bytes(os.pread(worker.mark.fileno(), 8, 0), "little")
        worker.errors.seek(0)
        said = worker.errors.read()[-2000:].decode(errors="replace").strip().rpartition("\n")[2]
        worker.errors.close()
        worker.mark.close()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise StartError(f"a worker ended with code {code} before it could work: {said or 'it said nothing'}")
        self._workers.append(self._start())
        self.clock.restarts += 1
        jobs = list(worker.jobs)
        if worker.ready and jobs:
            jobs[:1] = self._part(jobs[0], at, code)
        for job in jobs:
            self._give(job)

    def _part(self, job: _Job, at: int, code: int) -> list[_Job]:
        """What is left to do of a job whose worker died at its page ``at``."""
        guilty = min(job.first + at, job.last - 1)
        if job.again:
            self._settle(job, [self._verdict(job, code)])
            return []
        parts = [
            _Job(job.number, job.first, guilty),
            _Job(job.number, guilty, guilty + 1, again=True),
            _Job(job.number, guilty + 1, job.last),
        ]
        return [part for part in parts if part.first < part.last]

    def _verdict(self, job: _Job, code: int) -> Outcome | bytes:
        if self._slots[job.number].task.kind == "learn":
            return b""
        settings = self._settings
        reason: tuple[Reason, str]
        if code == -signal.SIGALRM:
            reason = "timeout", f"over {settings.deadline:g} seconds, twice"
        elif code == EXIT_MEMORY:
            reason = "memory", f"over {settings.memory // 2**20} MB, twice"
        elif code < 0:
            reason = "crash", f"the worker was killed by {signal.Signals(-code).name}, twice"
        else:
            reason = "crash", f"the worker exited with code {code}, twice"
        return Outcome(rejected=reason, facts=Facts())

    def _wait(self) -> None:
        for key, _ in self._selector.select(timeout=0.5):
            worker, act = key.data
            if worker in self._workers:  # it may have been buried by an event before this one
                act(worker)
        self._tick()

    def _start(self) -> _Worker:
        environment = {**os.environ, **dict.fromkeys(_THREADS, "1"), "PYTHONHASHSEED": "0"}
        errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the worker is buried
        mark: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with it
        mark.write(bytes(8))
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _BOOT, str(mark.fileno()), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            pass_fds=(mark.fileno(),),
            pipesize=PIPE if len(self._workers) < _WIDE_PIPES else -1,
            bufsize=0,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the main process, which then closes the pipes
        )
        worker = _Worker(process, errors, mark)
        for pipe in (worker.stdin, worker.stdout):
            os.set_blocking(pipe.fileno(), False)
        self._selector.register(worker.stdout, selectors.EVENT_READ, (worker, self._read))
        self._send(worker, self._settings)
        return worker

    def _leave(self, worker: _Worker) -> int:
        """Close the pipes of a worker that ended, and give back its exit code (negative: the signal)."""
        try:
            code = worker.process.wait(5)
        except subprocess.TimeoutExpired:  # it only closed its pipe
            worker.process.kill()
            code = worker.process.wait()
        if worker.blocked:
            self._selector.unregister(worker.stdin)
        self._selector.unregister(worker.stdout)
        worker.stdin.close()
        worker.stdout.close()
        return code
