"""One worker process seen from the main process: its two pipes, its mark, its end."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from typing import IO, Any, NamedTuple, cast

PIPE = 2**20
"""Bytes a pipe holds (Linux; less elsewhere). A task of usual size fits, so it can wait there."""
_BOOT = "import sys; sys.path[:] = sys.argv[2:]; from articlex.batch.worker import main; main(int(sys.argv[1]))"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class End(NamedTuple):
    """How a worker ended: its exit code (negative: the signal), the page it was at, its last words."""

    code: int
    page: int
    said: str


class WorkerProcess:
    """A running worker. Nothing here waits for it but ``end``. ``wide`` asks for pipes of size ``PIPE``."""

    def __init__(self, wide: bool) -> None:
        self.ready = False
        """It has imported what it needs."""
        self._outbox: deque[memoryview] = deque()
        self._inbox = bytearray()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        self._mark: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by end()
        self._mark.write(bytes(8))
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _BOOT, str(self._mark.fileno()), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            pass_fds=(self._mark.fileno(),),
            pipesize=PIPE if wide else -1,
            bufsize=0,
            env={**os.environ, **dict.fromkeys(_THREADS, "1"), "PYTHONHASHSEED": "0"},
            start_new_session=True,  # Ctrl-C is for the main process, which then closes the pipes
        )
        self.stdin, self.stdout = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        for pipe in (self.stdin, self.stdout):
            os.set_blocking(pipe.fileno(), False)

    def send(self, message: object) -> None:
        """Put a message behind those that wait to be written."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._outbox.append(memoryview(len(data).to_bytes(8, "little") + data))

    def write(self) -> bool:
        """Write what fits into the pipe; false when something is left."""
        try:
            while self._outbox:
                sent = os.write(self.stdin.fileno(), self._outbox[0])
                if sent == len(self._outbox[0]):
                    self._outbox.popleft()
                else:
                    self._outbox[0] = self._outbox[0][sent:]
        except BlockingIOError:
            return False
        except BrokenPipeError:
            self._outbox.clear()  # the other pipe will tell that it is dead
        return True

    def read(self) -> Iterator[Any]:
        """The messages that have come in. Raises ``EOFError`` when the worker is dead."""
        try:
            data = os.read(self.stdout.fileno(), PIPE)
        except BlockingIOError:
            return
        if not data:
            raise EOFError
        self._inbox += data
        while len(self._inbox) >= 8:
            end = 8 + int.from_bytes(self._inbox[:8], "little")
            if len(self._inbox) < end:
                return
            message = pickle.loads(self._inbox[8:end])
            del self._inbox[:end]
            yield message

    def end(self, *, kill: bool = False) -> End:
        """See the worker off: kill it, or take note of how it died."""
        if kill:
            self._process.kill()
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:  # it only closed its pipe
            self._process.kill()
            code = self._process.wait()
        page = int.from_bytes(os.pread(self._mark.fileno(), 8, 0), "little")
        self._errors.seek(0)
        said = self._errors.read()[-2000:].decode(errors="replace").strip().rpartition("\n")[2]
        for file in (self.stdin, self.stdout, self._errors, self._mark):
            file.close()
        return End(code, page, said)
