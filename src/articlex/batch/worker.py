"""A worker process: pages in, lines of output out, in step with the pool at the other end of its pipes.

Before each page the kernel's alarm clock is set; nobody catches the alarm, so it ends the process, whatever the page
makes the interpreter or a C library do. The memory ceiling is the kernel's, too (RLIMIT_AS); what then fails to
allocate ends the process. The pool sees how the process ended.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import pickle
import resource
import signal
import time
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from inspect import signature
from typing import IO, Any, cast

from articlex.archives import RawPage, unwrap
from articlex.article import Article
from articlex.batch.learning import block_fingerprints, site_of, unpack_fingerprints
from articlex.batch.messages import Outcome, Reply, Task
from articlex.batch.pool import EXIT_MEMORY
from articlex.batch.records import Recorder
from articlex.batch.settings import Settings
from articlex.options import Options

_ALLOCATIONS = 50_000
"""Between two runs of the garbage collector: a page leaves it nothing, and with what is loaded frozen as well,
extraction takes 3 % less time (60 development pages; no run at all saves no more)."""
Extractor = Callable[[object, str | None, datetime | None, Options, frozenset[int]], Article]


def main(mark: int) -> None:
    """Serve the pool until it closes the pipe. ``mark`` is the file that says which page this worker is at."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    tasks = os.fdopen(os.dup(0), "rb", buffering=2**16)
    replies = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not end up among the replies
    settings = _receive(tasks)
    if settings is None:
        return
    at = mmap.mmap(mark, 8)
    worker = Worker(settings)
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    _limit_memory(settings.memory)
    _reply(replies, None)
    with contextlib.suppress(BrokenPipeError):  # the main process is gone
        began = time.perf_counter()
        while (task := _receive(tasks)) is not None:
            try:
                results = []
                for number, page in enumerate(task.pages):
                    at[:8] = number.to_bytes(8, "little")
                    results.append(worker.work(page, task))
            except MemoryError:
                os._exit(EXIT_MEMORY)
            inside, worker.inside = worker.inside, 0.0
            ended = time.perf_counter()
            _reply(replies, Reply(results, inside, ended - began))
            began = ended


class Worker:
    """Does what a task asks for, page by page."""

    def __init__(self, settings: Settings) -> None:
        self.inside = 0.0
        self._settings = settings
        self._extract: Extractor = load_extractor(settings.extractor)
        self._recorder = Recorder(settings)
        self._extract(
            b"<p>A first page, so that all is loaded before memory is limited.", None, None, Options(), frozenset()
        )
        self._recorder.warm_up()

    def work(self, page: RawPage, task: Task) -> Outcome | bytes:
        """The outcome of a page, or the fingerprints of its blocks. Never raises but for want of memory."""
        signal.setitimer(signal.ITIMER_REAL, self._settings.deadline)
        try:
            if page.http and not page.rejected:
                page = unwrap(page, self._settings.options.max_bytes + 1)
            if task.kind == "learn":
                return self._learn(page)
            return self._record(page, unpack_fingerprints((task.recurring or {}).get(site_of(page), b"")))
        except MemoryError:
            raise
        except Exception as error:
            if task.kind == "learn":
                return b""
            detail = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            return Outcome(rejected=("error", detail))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _record(self, page: RawPage, recurring: frozenset[int]) -> Outcome:
        early = page.rejected or self._recorder.refuse(page)
        if early:
            return Outcome(rejected=early)
        began = time.perf_counter()
        article = self._extract(page.data, page.url, page.fetched, self._options_for(page), recurring)
        seconds = time.perf_counter() - began
        self.inside += seconds
        return self._recorder.record(page, article, seconds)

    def _learn(self, page: RawPage) -> bytes:
        if page.rejected:
            return b""
        began = time.perf_counter()
        read = load(self._settings.reader)
        fingerprints = block_fingerprints(read(page.data, page.url, page.fetched, self._options_for(page)))
        self.inside += time.perf_counter() - began
        return fingerprints

    def _options_for(self, page: RawPage) -> Options:
        return _options(self._settings.options, page.input, page.encoding)


@lru_cache(maxsize=256)
def _options(options: Options, kind: Any, encoding: str | None) -> Options:
    """The job's options with what the archive knows of the page; a charset that Python does not know is dropped."""
    from dataclasses import replace

    if options.input == "auto":
        options = replace(options, input=kind)
    if encoding and options.encoding is None:
        with contextlib.suppress(ValueError):
            options = replace(options, encoding=encoding)
    return options


def load_extractor(name: str) -> Extractor:
    """The extractor of a job. One that takes no recurring blocks, as ``articlex.extract:extract``, does without."""
    function = load(name)
    if "recurring" in signature(function).parameters:
        return cast("Extractor", function)
    return lambda source, url, fetched, options, _: function(source, url, fetched=fetched, options=options)


def load(name: str) -> Any:
    """The object named ``module:name``. Raises ``ValueError`` where there is none."""
    module, _, attribute = name.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"no {name}: {error}") from error


def _limit_memory(ceiling: int) -> None:
    """Where the kernel can (Linux): no more address space than now and ``ceiling`` bytes on top."""
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - Path is no shorter here
            now = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + ceiling, resource.RLIM_INFINITY))


def _receive(pipe: IO[bytes]) -> Any:
    """The next message; ``None`` when the pipe is closed."""
    size = pipe.read(8)
    if len(size) < 8:
        return None
    data = pipe.read(int.from_bytes(size, "little"))
    return pickle.loads(data)


def _reply(pipe: int, message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(len(data).to_bytes(8, "little") + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]
