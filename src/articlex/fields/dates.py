"""When the page was published and last modified, as precisely as it says, never from today's date.

Structured data (JSON-LD of the article, meta tags, microdata) outrank what is printed, because they name their
meaning; the printed date gives the zone, breaks ties, and stands alone on old pages.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from articlex.article import Evidence
from articlex.fields.date_candidates import Moment, Sense, day_of, in_state, structured
from articlex.fields.date_lines import labelled, visible
from articlex.fields.date_urls import captured
from articlex.fields.found import Claim, Found, Scene

Value = datetime | date

_GROUPS = {"json-ld": "json-ld", "meta": "meta", "microdata": "shown", "markup": "shown", "text": "shown", "url": "url"}
"""Sources of one group are one witness: a ``<time>`` and its own text agree always."""
_APART = frozenset({"json-ld", "meta"})
"""Sources apart from what the reader sees."""
_SURE, _BESIDE, _PATH = 0.6, 0.5, 0.5
"""Trust in a line with a label, in one beside the headline, in a day that is a URL's path."""
_EARLIEST = 1990
_ONE = timedelta(days=1)
_SAME = timedelta(seconds=90)
_ZONES = (timedelta(hours=-12), timedelta(hours=14))


def find_published(scene: Scene) -> Found[Value] | None:
    """When the article first appeared."""
    return _find(scene, "published") or _last_resort(scene)


def find_modified(scene: Scene) -> Found[Value] | None:
    """When the article was last changed; ``None`` where the page does not say, or says a day before ``published``."""
    found = _find(scene, "modified")
    published = scene.value("published")
    if found and published and day_of(found.value) < day_of(published) - _ONE:
        return None
    return found


def _find(scene: Scene, sense: Sense) -> Found[Value] | None:
    said = [moment for moment in structured(scene, sense) if _possible(scene, moment)]
    shown = [moment for moment in visible(scene) if _possible(scene, moment)]
    same = [moment for moment in shown if moment.sense == sense or (moment.sense == "unknown" and sense == "published")]
    best = _choose(scene, [*said, *same])
    if best is None:
        return None
    value = _localized(best, [*said, *same, *(moment for moment in shown if moment.sense != sense)])
    day = day_of(value)
    agreeing = dict.fromkeys(m.source for m in (*said, *same) if m.source != best.source and day_of(m.value) == day)
    claims = dict.fromkeys(block for moment in shown for block in moment.blocks)
    evidence = Evidence(best.source, best.raw, best.place, tuple(agreeing))
    return Found(value, evidence, tuple(Claim(block, "date") for block in claims))


def _last_resort(scene: Scene) -> Found[Value] | None:
    """The only date of a page that names one far from its headline, or that tells only of its last change."""
    moments = [moment for moment in labelled(scene) if _possible(scene, moment)]
    for moment in (m for m in moments if m.sense == "published"):
        return _of(moment)
    if modified := _find(scene, "modified"):
        return modified
    moments += [moment for moment in in_state(scene) if _possible(scene, moment)]
    return _of(moments[0]) if moments else None


def _of(moment: Moment) -> Found[Value]:
    return Found(moment.value, Evidence(moment.source, moment.raw, moment.place))


def _possible(scene: Scene, moment: Moment) -> bool:
    """Not before the web, not after the page was fetched."""
    day = day_of(moment.value)
    if day.year < _EARLIEST:
        return False
    fetched, capture = scene.page.fetched, captured(scene.page.url)
    if capture and (day > capture + _ONE or (moment.source == "text" and day >= capture)):
        return False  # the archive prints the day of the capture above the page
    return fetched is None or day <= fetched.date() + _ONE


def _choose(scene: Scene, moments: list[Moment]) -> Moment | None:
    """The most trusted day, where the sources that agree on a day (or on its neighbour, for zones) add up."""
    if not moments:
        return None

    def worth(moment: Moment) -> float:
        day = day_of(moment.value)
        best: dict[str, float] = {}
        for other in moments:
            group = _GROUPS[other.source]
            if group != _GROUPS[moment.source] and abs((day_of(other.value) - day).days) <= 1:
                best[group] = max(best.get(group, 0.0), other.trust)
        return moment.trust + 0.3 * sum(best.values())

    chosen = _printed_instead(scene, max(moments, key=worth), moments)
    if not _has_time(chosen.value):
        day = day_of(chosen.value)
        finer = (m for m in moments if _has_time(m.value) and day_of(m.value) == day and m.trust >= 0.5)
        chosen = max(finer, key=lambda m: m.trust, default=chosen)
    return chosen


def _printed_instead(scene: Scene, chosen: Moment, moments: list[Moment]) -> Moment:
    """Another day than the chosen one, if the URL's path or the page's head gives it and nothing backs the chosen one.

    Publishing systems write the day of a new edition, or of the site's last rebuild, into their structured data. No URL
    is made and no line is printed before its day, so an earlier one holds: of a line, if it says "published" in so many
    words or is the only day that lines of the article's head give. A later one holds if it is the only one, has no
    label and is not the day of the last change.
    """
    day = day_of(chosen.value)
    for moment in moments:
        if moment.source == "url" and moment.trust >= _PATH and day_of(moment.value) < day - _ONE:
            return moment
    group = _GROUPS[chosen.source]
    backed = any(_GROUPS[m.source] != group and abs(day_of(m.value) - day) <= _ONE for m in moments)
    if chosen.source == "text" or backed:
        return chosen
    printed = [moment for moment in moments if moment.source == "text"]
    called = [moment for moment in printed if moment.sense == "published" and moment.trust >= _SURE]
    lines = [moment for moment in printed if moment.blocks]
    alone = len({day_of(moment.value) for moment in lines}) == 1
    if alone:
        called += lines
    instead = [moment for moment in called if day_of(moment.value) < day - _ONE]
    if not instead and alone and chosen.source in _APART:
        changed = {day_of(moment.value) for moment in structured(scene, "modified")}
        instead = [m for m in lines if m.sense == "unknown" and m.trust >= _BESIDE and day_of(m.value) not in changed]
    return max(instead, key=lambda moment: moment.trust, default=chosen)


def _has_time(value: Value) -> bool:
    return isinstance(value, datetime) and (value.hour, value.minute, value.second) != (0, 0, 0)


def _localized(best: Moment, others: list[Moment]) -> Value:
    """A moment in UTC in the zone of the page, where the page shows the same moment with its own clock."""
    value = best.value
    if not isinstance(value, datetime) or value.utcoffset() != timedelta(0):
        return value
    for other in others:
        if isinstance(other.value, datetime) and other.value.utcoffset() and abs(other.value - value) <= _SAME:
            return other.value
    for other in others:
        if other.source != "text":
            continue
        if (offset := _offset(value, other.value)) is not None:
            return value.astimezone(timezone(offset))
    return value


def _offset(moment: datetime, shown: Value) -> timedelta | None:
    """The zone in which a moment is the date (and time) that the page shows, if that can be told."""
    naive = moment.replace(tzinfo=None)
    if isinstance(shown, datetime):
        if shown.tzinfo is not None or not _has_time(shown):
            return None
        offset = shown.replace(second=0) - naive.replace(second=0, microsecond=0)
        return offset if offset and _ZONES[0] <= offset <= _ZONES[1] and offset.seconds % 1800 == 0 else None
    if shown == naive.date() + timedelta(days=1) and (naive.minute, naive.second) == (0, 0) and naive.hour >= 10:
        return timedelta(hours=24 - naive.hour)  # midnight of the day shown
    return None
