"""The report on a job: one HTML file with charts, with nothing to load and no script."""

from __future__ import annotations

from collections import Counter
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from articlex.batch.charts import Bars, columns, round_number, rows
from articlex.batch.progress import size, span
from articlex.batch.tally import Tally, class_start

_ROWS = 15
_MONTHS = 36
"""More months than these are shown as years, more years than ``_YEARS`` as the last of them."""
_YEARS = 40
_STATUS_WORDS = "article, partial, paywalled: with a body; not_article: no article on the page; empty: no text."


def report_html(manifest: dict[str, Any], tally: Tally) -> str:
    """The report as an HTML document. All text that comes from pages or names is escaped."""
    template = Template(files("articlex.batch").joinpath("report.html").read_text(encoding="utf-8"))
    return template.substitute(
        output=escape(manifest["output"]),
        line=escape(_line(manifest)),
        sums="".join(_sums(manifest, tally)),
        sections="".join(_sections(manifest, tally)),
        version=escape(manifest["job"]["version"]),
    )


def _line(manifest: dict[str, Any]) -> str:
    sources = [source["source"] for source in manifest["sources"]]
    named = ", ".join(sources[:3]) + (f" and {len(sources) - 3} more" if len(sources) > 3 else "")
    return f"From {named}: {manifest['files']:,} files, {size(manifest['bytes'])}."


def _sums(manifest: dict[str, Any], tally: Tally) -> list[str]:
    mean = tally.milliseconds / tally.pages if tally.pages else 0.0
    resumed = f" after page {manifest['resumed_at_page']:,}" if manifest["resumed_at_page"] else ""
    facts = [
        ("", f"{manifest['pages']:,}", "pages seen"),
        ("good", f"{manifest['records']:,}", "records"),
        ("bad" if manifest["rejects"] else "", f"{manifest['rejects']:,}", "rejects"),
        ("", span(manifest["seconds"]), f"wall clock{resumed}, {manifest['workers']} workers"),
        ("", f"{manifest['pages_per_second']:,.0f}", "pages a second"),
        ("", f"{mean:.1f} ms", "extraction of a page, on average"),
        ("", f"{manifest['sites_learned']:,}", "sites learned from"),
    ]
    return [
        f'<div class="{kind}"><b>{escape(value)}</b><span>{escape(what)}</span></div>' for kind, value, what in facts
    ]


def _sections(manifest: dict[str, Any], tally: Tally) -> list[str]:
    return [
        _ranking("Records by status", tally.statuses, _STATUS_WORDS),
        _ranking("Rejects by reason", tally.rejects, "" if tally.rejects else "None."),
        _ranking("Languages", tally.languages),
        _ranking("Sites", tally.hosts),
        _section("Confidence", columns(_confidences(tally), "Records by confidence"), "From 0 to 1, by tenths."),
        _section(
            "Length of the text", columns(_lengths(tally), "Records by text length"), "Characters, from the label up."
        ),
        _section(
            "Published", columns(_dates(tally), "Records by date of publication", 1080), _undated(tally), wide=True
        ),
        _section("Slowest pages", _slowest(tally), wide=True),
        _section("Sources", _sources(manifest), wide=True),
    ]


def _section(title: str, content: str, note: str = "", *, wide: bool = False) -> str:
    """``content`` is markup, the rest is text."""
    kind = ' class="wide"' if wide else ""
    return f"<section{kind}><h2>{escape(title)}</h2>{content}{f'<p>{escape(note)}</p>' if note else ''}</section>"


def _ranking(title: str, counts: Counter[str], note: str = "") -> str:
    """The largest as bars, the others in a note: as a bar they would dwarf the rest."""
    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown, rest = common[:_ROWS], common[_ROWS:]
    if rest:
        note = f"and {len(rest):,} others with {sum(count for _, count in rest):,} in all. {note}"
    return _section(title, rows(shown, title), note.strip())


def _confidences(tally: Tally) -> Bars:
    return [(f"{tenth / 10:.1f}", tally.confidences[tenth]) for tenth in range(10)]


def _lengths(tally: Tally) -> Bars:
    if not tally.lengths:
        return []
    some = [number for number in tally.lengths if number >= 0] or [0]
    bars = [(round_number(class_start(number)), tally.lengths[number]) for number in range(min(some), max(some) + 1)]
    return [("none", tally.lengths[-1]), *bars] if -1 in tally.lengths else bars


def _dates(tally: Tally) -> Bars:
    """By month, without gaps; by year where that would be too many."""
    dated = {month: count for month, count in tally.months.items() if month != "unknown"}
    numbers = {int(month[:4]) * 12 + int(month[5:7]) - 1: count for month, count in dated.items()}
    if not numbers or max(numbers) - min(numbers) < _MONTHS:
        every = range(min(numbers), max(numbers) + 1) if numbers else range(0)
        return [(f"{number // 12:04d}-{number % 12 + 1:02d}", numbers.get(number, 0)) for number in every]
    years: Counter[int] = Counter()
    for month, count in dated.items():
        years[int(month[:4])] += count
    first = max(min(years), max(years) - _YEARS + 1)
    earlier = sum(count for year, count in years.items() if year < first)
    bars: list[tuple[str, float]] = [(str(year), years[year]) for year in range(first, max(years) + 1)]
    return [(f"< {first}", earlier), *bars] if earlier else bars


def _undated(tally: Tally) -> str:
    count = tally.months["unknown"]
    return f"{count:,} records without a date." if count else ""


def _slowest(tally: Tally) -> str:
    lines = [
        f"<tr><td>{escape(name)}</td><td>{milliseconds:,.0f} ms</td></tr>" for milliseconds, name in tally.slow_pages()
    ]
    return f"<table><tr><th>Page</th><th>Extraction</th></tr>{''.join(lines)}</table>"


def _sources(manifest: dict[str, Any]) -> str:
    lines = [
        f"<tr><td>{escape(source['source'])}</td><td>{source['records']:,}</td><td>{source['rejects']:,}</td></tr>"
        for source in manifest["sources"][:100]
    ]
    return f"<table><tr><th>Source</th><th>Records</th><th>Rejects</th></tr>{''.join(lines)}</table>"
