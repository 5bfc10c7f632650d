"""What machines are told of a page's dates: JSON-LD, meta tags, microdata, ``<time>``, state JSON, the URL's path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from articlex.article import Source
from articlex.fields.around import window
from articlex.fields.date_order import ambiguous, day_first
from articlex.fields.date_urls import day_in_url
from articlex.fields.datetext import parse_datetime
from articlex.fields.found import Scene
from articlex.fields.signals import ARTICLE_TYPES, text_of, types_of
from articlex.fields.surroundings import date_hint
from articlex.page import NO_ELEMENT, Page, Span
from articlex.patterns import lazy
from articlex.vocabulary import markup

Sense = Literal["published", "modified"]
Said = Literal["published", "modified", "unknown"]

_KEYS: dict[Sense, tuple[str, ...]] = {"published": ("datePublished", "dateCreated"), "modified": ("dateModified",)}
_PROPERTIES: dict[str, Said] = {"datePublished": "published", "dateCreated": "published", "dateModified": "modified"}
_PAGE_TYPES = frozenset({"webpage", "medicalwebpage", "itempage", "creativework", "collectionpage", "qapage"}) | {
    *("videoobject", "imagegallery", "mediagallery")
}
_MICRODATA = frozenset({"datepublished", "datemodified", "datecreated"})
_BEST_METAS = ("article:published_time", "article:modified_time")
_VAGUE_METAS = ("date", "timestamp", "created", "dc.date")
_STATE = lazy(
    r'"(?:datePublished|publishedAt|published_at|publishDate|publish_date|publishedDate|firstPublished|publicationDate'
    r'|datetimePublished|createdAt|created_at)"\s*:\s*"([^"]{8,40})"'
)
_DATED = frozenset({"time", "abbr", "span"})
"""Elements that may give a date without being microdata."""
_NOTE = "dated spans"
_PUBLISHED = lazy(r"publi\w*[-_.:]?(?:date|time|at|on)|pub-?date|posted-?on")
_MOST_TIMES = 3


class Moment(NamedTuple):
    """A date that one source gives; ``blocks`` are visible lines that hold little else."""

    value: datetime | date
    source: Source
    raw: str
    place: str
    trust: float
    sense: Said
    blocks: tuple[int, ...] = ()


def day_of(value: datetime | date) -> date:
    """The day of a date or datetime, in its own zone."""
    return value.date() if isinstance(value, datetime) else value


def languages_of(scene: Scene) -> tuple[str, ...]:
    """The likely languages of the page, best first."""
    said = scene.value("language") or scene.page.html_lang
    return (*((said,) if said else ()), *scene.page.languages)


def structured(scene: Scene, sense: Sense) -> Iterator[Moment]:
    """What machines are told, most trusted first."""
    languages = languages_of(scene)
    for raw, source, place, trust, said in (
        *_json_ld(scene, sense),
        *_metas(scene.page, sense),
        *_elements(scene, sense),
    ):
        text = text_of(raw, 120)
        order = day_first(scene, text) if ambiguous(text) else None
        value = parse_datetime(text, languages=languages, day_first=order) if text else None
        if value:
            yield Moment(value, source, text, place, trust, said)
    if sense == "published" and (found := day_in_url(scene.page.url or "")):
        yield Moment(found[0], "url", found[1], "url", found[2], "published")


Raw = tuple[Any, Source, str, float, Said]


def _json_ld(scene: Scene, sense: Sense) -> Iterator[Raw]:
    for rank, node in enumerate(scene.articles[:3]):
        for step, key in enumerate(_KEYS[sense]):
            if node.get(key):
                yield node[key], "json-ld", f"json-ld:{key}", 0.95 - 0.15 * rank - 0.15 * step, sense
    key = _KEYS[sense][0]
    for node in scene.page.json_ld[:60]:
        if not node.get(key):
            continue
        kinds = types_of(node)
        if kinds & _PAGE_TYPES and not kinds & ARTICLE_TYPES:
            yield node[key], "json-ld", f"json-ld:{key}", 0.55 if "videoobject" in kinds else 0.85, sense


def _metas(page: Page, sense: Sense) -> Iterator[Raw]:
    names = sorted(markup(sense).intersection(page.metas))
    if not names and sense == "published":
        names = [name for name in page.metas if _PUBLISHED.search(name)]
    for name in names:
        trust = _trust_of_meta(name)
        source: Source = "microdata" if name in _MICRODATA else "meta"
        for content in page.metas[name][:2]:
            yield content, source, f"meta[{name}]", trust, sense


def _trust_of_meta(name: str) -> float:
    """Names that say what they mean first; a bare "date" is often that of the last edit."""
    if name in _BEST_METAS:
        return 0.9
    if name in _VAGUE_METAS:
        return 0.38
    return 0.85 if name.startswith(("article:", "og:", "date")) else 0.75


def _elements(scene: Scene, sense: Sense) -> Iterator[Raw]:
    """``<time>`` and ``itemprop`` elements that hold text; those near the headline count most."""
    page = scene.page
    near: frozenset[int] | None = None
    taken = 0
    for span, raw, said in _dated_spans(scene):
        element = page.elements[span.element]
        if said != sense and (said != "unknown" or sense == "modified"):
            continue
        near = frozenset(window(scene)) if near is None else near
        close = span.block in near
        beside = close and not span.block > scene.last > scene.first
        if (not beside and scene.surroundings.foreign(span.element)) or (
            said == "unknown" and scene.elsewhere(span.block)
        ):
            continue
        trust = (0.75 if close else 0.5) - (0.1 if said == "unknown" else 0.0) - 0.03 * taken
        source: Source = "microdata" if "itemprop" in element.attrs else "markup"
        yield raw, source, page.element_place(span.element), trust, said
        taken += 1
        if taken == _MOST_TIMES:
            return


def _dated_spans(scene: Scene) -> list[tuple[Span, str, Said]]:
    """The spans that give machines a date, with its sense; worked out once for both fields."""
    if _NOTE not in scene.notes:
        page = scene.page
        spans, tags, attrs = page.spans, page.elements.tags, page.elements.attrs
        scene.notes[_NOTE] = [
            (spans[at], raw, _sense_of_element(page, element))
            for at, element in enumerate(spans.elements)
            if (tags[element] in _DATED or "itemprop" in attrs[element])
            and (raw := _machine_date(tags[element], attrs[element]))
        ]
    dated: list[tuple[Span, str, Said]] = scene.notes[_NOTE]
    return dated


def _machine_date(tag: str, attrs: Mapping[str, str]) -> str:
    """The date an element gives to machines: ``<time datetime>``, microdata, or hAtom's ``class=published title``."""
    said = attrs.get("datetime") or attrs.get("content")
    if said and (tag == "time" or attrs.get("itemprop") in _PROPERTIES):
        return said
    if "title" in attrs and tag in ("abbr", "span") and date_hint(attrs.get("class", "")):
        return attrs["title"]
    return ""


def _sense_of_element(page: Page, index: int) -> Said:
    attrs, parent = page.elements.attrs[index], page.elements.parents[index]
    if attrs.get("itemprop") in _PROPERTIES:
        return _PROPERTIES[attrs["itemprop"]]
    for value in (attrs.get("class"), page.elements.attrs[parent].get("class") if parent != NO_ELEMENT else None):
        if value and (hint := date_hint(value)):
            return hint
    return "unknown"


def in_state(scene: Scene) -> Iterator[Moment]:
    """The first date of publication in the page's state JSON, for pages that a script fills."""
    for text in scene.page.scripts[:20]:
        if match := _STATE.search(text):
            value = parse_datetime(match[1])
            if value:
                yield Moment(value, "markup", match[0], "script", 0.3, "published")
