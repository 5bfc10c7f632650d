"""A page explained: one HTML file that shows what was kept, what was dropped, and why.

The file stands alone: no script, no request (its Content-Security-Policy forbids both), every string of the page
escaped. Its frame, with all words and colours, is ``explain.html``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from articlex.writing.outline import legible

if TYPE_CHECKING:
    from articlex.article import Article, Evidence

_FIELDS = (
    "title", "kicker", "standfirst", "bylines", "dateline", "published", "modified", "section", "tags", "language",
    "description", "site_name", "canonical_url", "images",
)  # fmt: skip
_LONG = 400
"""Characters of a raw string that are shown: the rest of a JSON-LD script explains nothing more."""


class _Row(NamedTuple):
    role: str
    kind: str
    text: str
    reason: str
    place: str
    score: float
    facts: tuple[tuple[str, float], ...] = ()

    @property
    def kept(self) -> bool:
        return self.role == "body"


def explain_html(article: Article, page_title: str) -> str:
    """The report on ``article``, which must come from ``Options(explain=True)`` to show what was dropped.

    ``page_title`` names the page, such as its file name.
    """
    rows = list(_rows(article))
    roles = Counter(row.role for row in rows)
    frame = Template(resources.files(__package__).joinpath("explain.html").read_text(encoding="utf-8"))
    return frame.substitute(
        page_title=_safe(page_title),
        title=_safe(article.title or "—"),
        verdict=_verdict(article),
        counts=_counts(rows),
        strip=_strip(rows),
        fields="\n".join(_fields(article)),
        unset=", ".join(name for name in _FIELDS if not _value(article, name)) or "—",
        filters="\n".join(f"body:has(#of-{role}:not(:checked)) .block.r-{role} {{ display: none; }}" for role in roles),
        legend="\n".join(
            f'<label class="of-role r-{role}"><input type="checkbox" id="of-{role}" checked>{role} {count}</label>'
            for role, count in roles.most_common()
        ),
        blocks="\n".join(_block(number, row) for number, row in enumerate(rows)),
        version=_safe(article.version),
    )


def _rows(article: Article) -> Iterator[_Row]:
    """Kept and dropped blocks in page order."""
    removed = iter(sorted(article.removed, key=lambda removal: removal.index))
    drop = next(removed, None)
    for index, block in enumerate((*article.body, None)):
        while drop and (block is None or drop.index <= index):
            yield _Row(drop.role, "", drop.text, drop.reason, drop.place, drop.score, drop.facts)
            drop = next(removed, None)
        if block:
            yield _Row("body", block.kind, block.text, "", block.place, block.score)


def _safe(text: str) -> str:
    return escape(legible(text))


def _verdict(article: Article) -> str:
    return (
        f'<span class="status s-{article.status}">{article.status}</span>'
        f"<span>confidence {_bar(article.confidence)} {article.confidence:.2f}</span>"
        + "".join(f'<span class="chip">{_safe(reason)}</span>' for reason in article.reasons)
    )


def _bar(share: float) -> str:
    return f'<span class="bar"><i style="width:{100 * share:.0f}%"></i></span>'


def _counts(rows: list[_Row]) -> str:
    kept = [row for row in rows if row.kept]
    characters = sum(len(row.text) for row in kept), sum(len(row.text) for row in rows)
    return f"{len(kept):,} of {len(rows):,} blocks kept, {characters[0]:,} of {characters[1]:,} characters."


def _strip(rows: Iterable[_Row]) -> str:
    """One coloured stretch for each run of blocks of one role; it leads to the run's first block."""
    stretches = []
    for role, run in groupby(enumerate(rows), key=lambda numbered: numbered[1].role):
        numbered = list(run)
        width = sum(1 + len(row.text) for _, row in numbered)
        first, title = numbered[0][0], f"{role}: {len(numbered)}"
        stretches.append(f'<a class="r-{role}" style="flex-grow:{width}" href="#b{first}" title="{title}"></a>')
    return "".join(stretches)


def _fields(article: Article) -> Iterator[str]:
    """A row for each field with a value, then for what else the evidence speaks of, such as the encoding."""
    for name in (*_FIELDS, *(name for name in article.evidence if name not in _FIELDS)):
        value = _value(article, name)
        if value:
            evidence = article.evidence.get(name)
            origin = _evidence(evidence, value) if evidence else ""
            yield f'<tr><th>{_safe(name)}</th><td>{_safe(value)}</td><td class="from">{origin}</td></tr>'


def _value(article: Article, name: str) -> str:
    """A field's value in words, one line for each of its parts."""
    if name == "bylines":
        return "\n".join(
            f"{byline.name} ({', '.join(filter(None, (byline.kind, byline.role)))})" for byline in article.bylines
        )
    if name == "images":
        return "\n".join(" · ".join(filter(None, (image.url, image.caption, image.credit))) for image in article.images)
    if name == "tags":
        return ", ".join(article.tags)
    if name == "dateline":
        line = article.dateline
        return " · ".join(str(part) for part in (line.place, line.agency, line.date) if part) if line else ""
    if name in _FIELDS:
        return str(getattr(article, name) or "")
    return article.evidence[name].raw


def _evidence(evidence: Evidence, value: str) -> str:
    """The source that won, those that agree, the place, and the raw string where it says more than the value."""
    sources = [f'<span class="chip"><b>{evidence.source}</b></span>']
    sources += [f'<span class="chip">{_safe(source)}</span>' for source in evidence.agreeing]
    raw = evidence.raw if len(evidence.raw) <= _LONG else evidence.raw[:_LONG] + " …"
    shown = f'<div class="raw">{_safe(raw)}</div>' if raw != value else ""
    return f'{" ".join(sources)} <span class="place">{_safe(evidence.place)}</span>{shown}'


def _block(number: int, row: _Row) -> str:
    state = "kept" if row.kept else "dropped"
    facts = "".join(
        f'<span class="{"up" if weight > 0 else "down"}">{_safe(name)} <b>{weight:+.2f}</b></span>'
        for name, weight in row.facts
    )
    facts = f'<div class="facts">{facts}</div>' if facts else ""
    return (
        f'<li class="block {state} r-{row.role}" id="b{number}">'
        f'<div><span class="role">{row.role}</span><span class="reason">{_safe(row.reason)}</span>'
        f'<span class="place">{_safe(row.place)}</span></div>'
        f'<div class="text"><div class="said k-{row.kind}">{_safe(row.text)}</div>{facts}</div>'
        f'<div class="score">{row.score:.2f} {_bar(row.score)}</div></li>'
    )
