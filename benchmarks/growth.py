"""Time and memory over the size of made-up pages of seven shapes; each page in a process of its own."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from typing import NamedTuple

SHAPES = {
    "wide": "<p>The harbour reopened on Monday, <b>four</b> days after the storm.</p>\n",
    "deep": "<div><p>The harbour reopened on Monday.</p>",
    "table-heavy": "<table><tr><td>Monday</td><td>12 ferries</td></tr><tr><td>Friday</td><td>14</td></tr></table>\n",
    "link-heavy": '<li class="teaser item"><a href="/2024/03/harbour">Harbour reopens</a></li>\n',
    "text-heavy": "The harbour of Port Ellis reopened on Monday, officials said. ",
    "script-heavy": "<script>window.a = {\"b\": [1, 2, 3], \"c\": \"d\"};</script><p>The harbour reopened.</p>\n",
    "entity-heavy": "<p>caf&eacute; &amp; bar &#8212; &lt;open&gt; &quot;Monday&quot;</p>\n",
}  # fmt: skip
SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
HEADER = ("shape", *(f"{size // 1000:,} kB" for size in SIZES), "exponent of time", "memory MB at the largest")
_CHILD = """
import json, sys, time
from articlex import Options, extract
from memory import status
piece, size = sys.stdin.read(), int(sys.argv[1])
extract(piece * 20, options=Options(input="html"))
page = (piece * (size // len(piece))).encode()
before = status("VmRSS")
open("/proc/self/clear_refs", "w").write("5")  # the peak counts from here
took = []
while sum(took) < 0.3 and len(took) < 9:
    start = time.process_time()
    article = extract(page, options=Options(input="html", max_bytes=10**9, max_blocks=10**8))
    took.append(time.process_time() - start)
print(json.dumps([min(took), status("VmHWM") - before]))
"""


class Point(NamedTuple):
    """One page: its size, CPU seconds, and the memory that extraction took beyond the page (MB)."""

    size: int
    seconds: float
    megabytes: float


Series = dict[str, list[Point]]


def measure(largest: int) -> Series:
    """All shapes at all sizes up to ``largest`` bytes."""
    series: Series = {}
    for shape, piece in SHAPES.items():
        series[shape] = []
        for size in (size for size in SIZES if size <= largest):
            run = subprocess.run(
                [sys.executable, "-c", _CHILD, str(size)],
                input=piece.encode(),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                capture_output=True,
                check=True,
            )
            series[shape].append(Point(size, *json.loads(run.stdout)))
            print(shape, series[shape][-1], file=sys.stderr)
    return series


def exponent(points: list[Point]) -> float:
    """The slope of log time over log size, by least squares, from 100 kB on (below, fixed costs rule)."""
    logs = [(math.log(point.size), math.log(point.seconds)) for point in points if point.size >= 100_000]
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def rows(series: Series) -> list[tuple[object, ...]]:
    """One row a shape: the times, the exponent, the memory."""
    return [
        (
            shape,
            *(f"{point.seconds * 1e3:,.0f} ms" for point in points),
            *("" for _ in SIZES[len(points) :]),
            f"{exponent(points):.2f}",
            f"{points[-1].megabytes:,.0f}",
        )
        for shape, points in series.items()
    ]


_COLOURS = ("#0b6e99", "#c0392b", "#2e8b57", "#8e44ad", "#d68910", "#566573", "#1b4f72")
_WIDTH, _HEIGHT, _LEFT, _TOP = 640, 400, 70, 30


def plot(series: Series) -> str:
    """Time over size, both logarithmic, as SVG."""
    sizes = [math.log10(point.size) for points in series.values() for point in points]
    times = [math.log10(point.seconds * 1e3) for points in series.values() for point in points]
    low_x, high_x = math.floor(min(sizes)), math.ceil(max(sizes))
    low_y, high_y = math.floor(min(times)), math.ceil(max(times))

    def x(value: float) -> float:
        return _LEFT + (value - low_x) / (high_x - low_x) * (_WIDTH - _LEFT - 130)

    def y(value: float) -> float:
        return _HEIGHT - 45 - (value - low_y) / (high_y - low_y) * (_HEIGHT - 45 - _TOP)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">']
    parts.append('<rect width="100%" height="100%" fill="#fff"/>')
    for value in range(low_x, high_x + 1):
        label = f"{10**value / 1e3:,.0f} kB" if value < 6 else f"{10**value / 1e6:,.0f} MB"
        parts.append(f'<path d="M{x(value):.0f} {_TOP}V{_HEIGHT - 45}" stroke="#ddd"/>')
        parts.append(f'<text x="{x(value):.0f}" y="{_HEIGHT - 25}" font-size="12" text-anchor="middle">{label}</text>')
    for value in range(low_y, high_y + 1):
        label = f"{10**value:g} ms" if value < 3 else f"{10 ** (value - 3):g} s"
        parts.append(f'<path d="M{_LEFT} {y(value):.0f}H{_WIDTH - 130}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y(value) + 4:.0f}" font-size="12" text-anchor="end">{label}</text>')
    for i, (shape, points) in enumerate(series.items()):
        line = " ".join(f"{x(math.log10(p.size)):.1f},{y(math.log10(p.seconds * 1e3)):.1f}" for p in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{_COLOURS[i]}" stroke-width="2"/>')
        parts.append(f'<text x="{_WIDTH - 120}" y="{60 + 22 * i}" font-size="13" fill="{_COLOURS[i]}">{shape}</text>')
    parts.append(f'<text x="{_LEFT}" y="18" font-size="14">CPU time of extract() over the size of the page</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
