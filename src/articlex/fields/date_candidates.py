"""Candidates for the dates of a page: JSON-LD, meta tags, microdata, ``<time>``, visible text, the URL's path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from articlex.article import Source
from articlex.fields.around import date_hint, foreign, leads_text, window
from articlex.fields.datetext import DateMatch, find_dates, parse_datetime
from articlex.fields.found import Scene
from articlex.fields.signals import ARTICLE_TYPES, text_of, types_of
from articlex.page import NO_ELEMENT, Element, Page, Span
from articlex.vocabulary import contains_cue, markup

Sense = Literal["published", "modified"]
Said = Literal["published", "modified", "unknown"]

_KEYS: dict[Sense, tuple[str, ...]] = {"published": ("datePublished", "dateCreated"), "modified": ("dateModified",)}
_PROPERTIES: dict[str, Said] = {"datePublished": "published", "dateCreated": "published", "dateModified": "modified"}
_PAGE_TYPES = frozenset(
    {"webpage", "medicalwebpage", "itempage", "creativework", "collectionpage", "qapage", "videoobject"}
)
_MICRODATA = frozenset({"datepublished", "datemodified", "datecreated"})
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?!\d)|/((?:19|20)\d\d)/([1-9]|1[0-2])/([1-9]|[12]\d|3[01])(?=/)"
)
_BEST_METAS = ("article:published_time", "article:modified_time")
_VAGUE_METAS = ("date", "timestamp", "created", "dc.date")
_STATE = re.compile(
    r'"(?:datePublished|publishedAt|published_at|publishDate|publish_date|publishedDate|firstPublished|publicationDate'
    r'|datetimePublished|createdAt|created_at)"\s*:\s*"([^"]{8,40})"'
)
_DIGIT = re.compile(r"\d")
_LONGEST_LINE = 200
_MEMO_VISIBLE, _MEMO_SPANS = "_dates_visible", "_dates_spans"
_OPENING = 120
"""Of a paragraph that begins the body only this much is looked at, for a date that opens it."""
_YEAR = re.compile(r"(?:19|20)\d\d|\d\d[./]\d\d\b")
_PUBLISHED = re.compile(r"publi\w*[-_.:]?(?:date|time|at|on)|pub-?date|posted-?on")
_MOST_TIMES = 3
_MOST_IN_LINE = 4
_LITTLE = 40
"""A line with fewer characters beside its dates is a date line."""


@dataclass(frozen=True, slots=True)
class Moment:
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
        value = parse_datetime(text, languages=languages) if text else None
        if value:
            yield Moment(value, source, text, place, trust, said)
    if sense == "published" and scene.page.url:
        yield from _of_url(scene.page.url)


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
    names = sorted(markup(sense) & page.metas.keys())
    if not names and sense == "published":
        names = [name for name in page.metas if _PUBLISHED.search(name)]
    for name in names:
        trust = (
            0.9
            if name in _BEST_METAS
            else 0.85
            if name.startswith(("article:", "og:", "date")) and name != "date"
            else 0.75
        )
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
        if not close and foreign(page, span.element):
            continue
        trust = (0.75 if close else 0.5) - (0.1 if said == "unknown" else 0.0) - 0.03 * taken
        source: Source = "microdata" if "itemprop" in element.attrs else "markup"
        yield raw, source, page.element_place(span.element), trust, said
        taken += 1
        if taken == _MOST_TIMES:
            return


def _dated_spans(scene: Scene) -> list[tuple[Span, str, Said]]:
    """The spans that give machines a date, with its sense; worked out once for both fields."""
    memo: dict[str, Any] = vars(scene)
    if _MEMO_SPANS not in memo:
        page = scene.page
        elements = page.elements
        found = []
        for span in page.spans:
            element = elements[span.element]
            if element.tag == "time" or "itemprop" in element.attrs or "title" in element.attrs:
                raw = _machine_date(element)
                if raw:
                    found.append((span, raw, _sense_of_element(page, span.element)))
        memo[_MEMO_SPANS] = found
    spans: list[tuple[Span, str, Said]] = memo[_MEMO_SPANS]
    return spans


def _machine_date(element: Element) -> str:
    """The date an element gives to machines: ``<time datetime>``, microdata, or hAtom's ``class=published title``."""
    tag, attrs = element.tag, element.attrs
    if tag == "time" or attrs.get("itemprop") in _PROPERTIES:
        return attrs.get("datetime") or attrs.get("content") or ""
    if "title" in attrs and tag in ("abbr", "span") and date_hint(attrs.get("class", "")):
        return attrs["title"]
    return ""


def _sense_of_element(page: Page, index: int) -> Said:
    _tag, attrs, parent, _number = page.elements[index]
    if attrs.get("itemprop") in _PROPERTIES:
        return _PROPERTIES[attrs["itemprop"]]
    for value in (attrs.get("class"), page.elements[parent].attrs.get("class") if parent != NO_ELEMENT else None):
        if value and (hint := date_hint(value)):
            return hint
    return "unknown"


def _of_url(url: str) -> Iterator[Moment]:
    match = _URL_DAY.search(url, url.find("/", 9))
    if not match:
        return
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        value = date(year, month, day)
    except ValueError:
        return
    yield Moment(value, "url", match[0], "url", 0.5, "published")


def visible(scene: Scene) -> list[Moment]:
    """Dates that the reader sees near the headline and around the body; worked out once for both fields."""
    memo: dict[str, Any] = vars(scene)
    if _MEMO_VISIBLE not in memo:
        memo[_MEMO_VISIBLE] = _visible(scene)
    shown: list[Moment] = memo[_MEMO_VISIBLE]
    return shown


def _visible(scene: Scene) -> list[Moment]:
    page = scene.page
    found: list[Moment] = []
    for i in (*((scene.headline,) if scene.headline is not None else ()), *window(scene)):
        text = page.blocks[i].text
        if "©" in text[:_LONGEST_LINE]:
            continue
        if len(text) > _LONGEST_LINE:
            if i > scene.first + 2:
                continue
            text = text[:_OPENING]
        if page.fetched or _DIGIT.search(text):
            found.extend(
                _in_line(scene, i, text, find_dates(text, languages=languages_of(scene), fetched=page.fetched))
            )
    return found


def labelled(scene: Scene) -> Iterator[Moment]:
    """Lines anywhere on the page that call a date the article's: for pages that give no other."""
    page = scene.page
    for i, block in enumerate(page.blocks):
        text = block.text
        if len(text) > _LONGEST_LINE or not _YEAR.search(text) or "©" in text:
            continue
        dates = find_dates(text, languages=languages_of(scene))
        said = [match for match in dates if match.label]
        if said and not (block.element != NO_ELEMENT and foreign(page, block.element)):
            yield Moment(said[0].value, "text", said[0].raw, page.place(i), 0.3, said[0].label or "unknown")
        elif dates and page.source == "text" and leads_text(page, i):
            yield Moment(dates[0].value, "text", dates[0].raw, page.place(i), 0.2, "unknown")


def in_state(scene: Scene) -> Iterator[Moment]:
    """The first date of publication in the page's state JSON, for pages that a script fills."""
    for text in scene.page.scripts[:20]:
        if match := _STATE.search(text):
            value = parse_datetime(match[1])
            if value:
                yield Moment(value, "markup", match[0], "script", 0.3, "published")


def _in_line(scene: Scene, i: int, text: str, dates: list[DateMatch]) -> Iterator[Moment]:
    page = scene.page
    if i == scene.headline:  # a date glued before the headline; one inside is what the story is about
        dates = [match for match in dates[:1] if match.start == 0]
    rest = len(text) - sum(match.end - match.start for match in dates)
    if len(text) < len(page.blocks[i].text):
        dates = [match for match in dates[:1] if match.start < _OPENING // 2]
    trust = _nearness(scene, i) - (0.1 if rest > _LITTLE * 2 else 0.0)
    if dates and page.blocks[i].element != NO_ELEMENT and _date_class(page, page.blocks[i].element):
        trust += 0.1
    blocks = (i,) if rest < _LITTLE and i <= scene.first and i != scene.headline else ()
    end = 0
    for match in dates[:_MOST_IN_LINE]:
        said: Said = match.label or _said_before(scene, i, text[end : match.start], first=not end)
        end = match.end
        plus = 0.1 if said == "published" else 0.0
        yield Moment(match.value, "text", match.raw, page.place(i), trust + plus, said, blocks)


def _date_class(page: Page, element: int) -> bool:
    """Whether the class of an element or its parent is one that pages give to dates."""
    for _ in range(2):
        if element == NO_ELEMENT:
            break
        _tag, attrs, element, _number = page.elements[element]
        if any(name in markup("date") for name in attrs.get("class", "").lower().split()):
            return True
    return False


def _nearness(scene: Scene, i: int) -> float:
    head = scene.headline
    if i > scene.last > scene.first:
        return 0.4
    if head is None:
        return 0.55 - 0.01 * min(abs(i - scene.first), 15) - (0.1 if i > scene.first else 0.0)
    distance = i - head
    return 0.6 - 0.01 * min(distance, 15) if distance >= 0 else 0.5 + 0.01 * max(distance, -10)


def _said_before(scene: Scene, i: int, before: str, *, first: bool) -> Said:
    """What the words before a date, or a short line above it, say about it."""
    before = before[-60:].strip(" :|,-–·•")
    if not before and first and i and len(scene.page.blocks[i - 1].text) < 30:
        before = scene.page.blocks[i - 1].text
    if not before:
        return "unknown"
    modified = contains_cue(before, "modified_labels")
    published = contains_cue(before, "published_labels")
    if modified and len(modified) >= len(published or ""):
        return "modified"
    return "published" if published else "unknown"
