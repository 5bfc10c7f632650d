"""What a job shows while it runs: nothing, plain lines, or a live panel."""

from __future__ import annotations

import sys
import time
from collections import deque
from typing import IO, Any

from articlex.archives import Inventory
from articlex.batch.intake import Intake
from articlex.batch.tally import Tally

LINES_EVERY = 10.0
LIVE_EVERY = 0.2
_SPAN = 30.0
"""Seconds that the speed is measured over."""


class Progress:
    """Shows nothing. ``tick`` is called often; what is shown is looked up then."""

    every = 3600.0

    def begin(self, inventory: Inventory, tally: Tally, intake: Intake) -> None:
        """The job begins, or goes on with what ``tally`` holds."""
        self.inventory, self.tally, self.intake = inventory, tally, intake
        self.name = ""
        self.began = self._shown = time.monotonic()
        self.resumed_at = tally.pages
        self._marks: deque[tuple[float, int, int]] = deque()

    def phase(self, name: str) -> None:
        """Another part of the work begins."""
        self.name = name
        self._marks.clear()
        self.show()

    def tick(self) -> None:
        """Show what has changed, if it is time to."""
        now = time.monotonic()
        if now - self._shown >= self.every:
            self._shown = now
            self.show()

    def show(self) -> None:
        """Show how far the job is."""

    def end(self, manifest: dict[str, Any]) -> None:
        """The job is done."""

    def close(self) -> None:
        """Stop showing, whatever happened."""

    def speed(self) -> tuple[float, float | None]:
        """Pages a second of late, and the seconds that are left by the bytes of the input that are read."""
        now, position = time.monotonic(), self.intake.position()
        self._marks.append((now, self.tally.pages, position))
        while len(self._marks) > 2 and now - self._marks[0][0] > _SPAN:
            self._marks.popleft()
        then, pages, before = self._marks[0]
        if now - then < 1:
            return 0.0, None
        left = None
        if position > before:
            left = max(self.inventory.size - position, 0) * (now - then) / (position - before)
        return (self.tally.pages - pages) / (now - then), left


class Lines(Progress):
    """A line every ten seconds, for logs."""

    every = LINES_EVERY

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr

    def phase(self, name: str) -> None:
        """A line that says so."""
        super().phase("")
        self.name = name
        files = "1 file" if self.inventory.files == 1 else f"{self.inventory.files:,} files"
        print(f"{name}: {files}, {size(self.inventory.size)}", file=self._stream, flush=True)

    def show(self) -> None:
        """One line."""
        if not self.name:
            return
        tally = self.tally
        speed, left = self.speed()
        rejects = tally.rejects.total()
        parts = [f"{self.name}: {share(self.intake.position(), self.inventory.size)} of {size(self.inventory.size)}"]
        if tally.pages:
            parts += [f"{tally.records:,} records", f"{rejects:,} rejects"]
        if speed:
            parts.append(f"{speed:,.0f} pages/s")
        if left is not None:
            parts.append(f"{span(left)} left")
        print("; ".join(parts), file=self._stream, flush=True)


class Live(Progress):
    """A panel on a terminal, by rich."""

    every = LIVE_EVERY

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live as Panel

        self._panel = Panel(console=Console(stderr=True), auto_refresh=False, transient=True)
        self._panel.start()

    def show(self) -> None:
        """Draw the panel again."""
        self._panel.update(self._draw(), refresh=True)

    def close(self) -> None:
        """Take the panel away."""
        self._panel.stop()

    def _draw(self) -> Any:
        from rich.console import Group
        from rich.panel import Panel
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        tally, total = self.tally, self.inventory.size
        position = min(self.intake.position(), total)
        speed, left = self.speed()
        line = Table.grid(expand=True, padding=(0, 1))
        line.add_column(ratio=1)
        line.add_column(justify="right", no_wrap=True)
        done = f"{share(position, total)}  {size(position)} of {size(total)}"
        line.add_row(ProgressBar(total=max(total, 1), completed=position), done)
        counts = Table.grid(padding=(0, 2))
        counts.add_row(
            f"[bold green]{tally.records:,}[/] records",
            f"[bold yellow]{tally.rejects.total():,}[/] rejects",
            f"[bold]{speed:,.0f}[/] pages/s",
            f"[bold]{span(left)}[/] left" if left is not None else "",
            f"{span(time.monotonic() - self.began)} so far",
        )
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in tally.rejects.most_common(6))
        rows: list[Any] = [line, counts]
        if reasons:
            rows.append(Text(f"rejects: {reasons}", style="dim", overflow="ellipsis", no_wrap=True))
        return Panel(Group(*rows), title=f"articlex batch: {self.name}", title_align="left", border_style="blue")


def choose(*, quiet: bool) -> Progress:
    """Nothing if asked for; a panel on a terminal where rich is installed; lines else."""
    if quiet:
        return Progress()
    if sys.stderr.isatty():
        try:
            return Live()
        except ImportError:
            pass
    return Lines()


def share(part: int, whole: int) -> str:
    """Per cent; 100 of nothing."""
    return f"{100 * min(part / whole, 1) if whole else 100:.0f} %"


def size(count: float) -> str:
    """Bytes for people."""
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def span(seconds: float) -> str:
    """Seconds for people."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d} min"
    return f"{minutes // 60}:{minutes % 60:02d} h"
