"""Bar charts as inline SVG: no script, nothing loaded, readable in print and in the dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Bars = Sequence[tuple[str, float]]

_WIDTH = 520
_ROW, _LABEL, _VALUE = 24, 150, 74
_HEIGHT, _FOOT = 170, 34
_BARS = _HEIGHT - 22
_LONGEST = 24
_SHORT = 52
"""Room for a label under a column."""


def rows(bars: Bars, title: str, unit: str = "") -> str:
    """Horizontal bars, one a row: for names."""
    most = max((value for _, value in bars), default=0) or 1
    room = _WIDTH - _LABEL - _VALUE
    parts = []
    for number, (name, value) in enumerate(bars):
        top = number * _ROW
        width = max(room * value / most, 1)
        short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        parts.append(
            f"<g><title>{escape(name)}: {amount(value)}{unit}</title>"
            f'<text x="{_LABEL - 8}" y="{top + 16}" text-anchor="end">{escape(short)}</text>'
            f'<rect x="{_LABEL}" y="{top + 4}" width="{width:.1f}" height="{_ROW - 8}" rx="2"/>'
            f'<text class="value" x="{_LABEL + width + 6:.1f}" y="{top + 16}">{amount(value)}{unit}</text></g>'
        )
    return _svg(len(bars) * _ROW, title, parts)


def columns(bars: Bars, title: str, width: int = _WIDTH) -> str:
    """Vertical bars from left to right: for scales and times. Labels are thinned out where they would touch."""
    if not bars:
        return ""
    most = max((value for _, value in bars), default=0) or 1
    step = width / max(len(bars), 1)
    every = -(-len(bars) * _SHORT // width)
    parts = [f'<line x1="0" y1="{_HEIGHT}" x2="{width}" y2="{_HEIGHT}"/>']
    for number, (name, value) in enumerate(bars):
        height = _BARS * value / most
        left = number * step
        label = _centred(left + step / 2, _HEIGHT + 16, escape(name))
        count = _centred(left + step / 2, _HEIGHT - height - 5, amount(value), "value")
        parts.append(
            f"<g><title>{escape(name)}: {amount(value)}</title>"
            f'<rect x="{left + step * 0.08:.1f}" y="{_HEIGHT - height:.1f}" width="{step * 0.84:.1f}" '
            f'height="{height:.1f}" rx="2"/>'
            f"{label if number % every == 0 else ''}{count if value and every == 1 else ''}</g>"
        )
    return _svg(_HEIGHT + _FOOT - 10, title, parts, width)


def _centred(x: float, y: float, text: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{text}</text>'


def round_number(value: float) -> str:
    """A number with two significant digits: 560, 5.6k."""
    for unit in ("", "k", "M"):
        if value < 995:
            return f"{value:.2g}{unit}" if value < 99.5 else f"{value:.0f}"[:2] + f"0{unit}"
        value /= 1000
    return f"{value:.2g}G"


def amount(value: float) -> str:
    """A number for people: 12,345 or 12.3k where space is short."""
    if value >= 1_000_000:
        return f"{value / 1_000_000:.1f}M"
    if value >= 100_000:
        return f"{value / 1000:.0f}k"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _svg(height: float, title: str, parts: list[str], width: int = _WIDTH) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}">'
        f"{''.join(parts)}</svg>"
    )
