"""The dates that a reader sees: lines near the headline and around the body, and what the words beside them say."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.fields.around import leading_text, window, within_link
from articlex.fields.date_candidates import Moment, Said, day_of, languages_of
from articlex.fields.date_order import ambiguous, day_first
from articlex.fields.datescan import may_hold_date
from articlex.fields.datetext import DateMatch, find_dates
from articlex.fields.found import Scene
from articlex.page import NO_ELEMENT, Page
from articlex.patterns import lazy
from articlex.vocabulary import contains_cue, markup

_YEAR = lazy(r"\d\d(?:(?<=19|20)\d\d|[./]\d\d\b)")
_LONGEST_LINE = 200
_OPENING = 120
"""Of a paragraph that begins the body only this much is looked at, for a date that opens it."""
_MOST_IN_LINE = 4
_LITTLE, _WORDY = 40, 80
"""Characters beside its dates: a line with fewer is a date line, one with more is of something else."""
_ABOVE, _BELOW = 8, 40
"""Lines above the headline, and below it and before the body, that are looked at."""
_NOTE = "visible dates"


def visible(scene: Scene) -> list[Moment]:
    """Dates that the reader sees near the headline and around the body; worked out once for both fields."""
    if _NOTE not in scene.notes:
        scene.notes[_NOTE] = _visible(scene)
    shown: list[Moment] = scene.notes[_NOTE]
    return shown


def _visible(scene: Scene) -> list[Moment]:
    page = scene.page
    found: list[Moment] = []
    for i in dict.fromkeys((*_header(scene), *window(scene))):
        line = text = page.blocks[i].text
        if len(line) > _LONGEST_LINE:
            if i > scene.first + 2 and scene.scores[i] >= 0.5:
                continue
            text = line[:_OPENING]
        if (page.fetched or may_hold_date(text)) and "©" not in line[:_LONGEST_LINE] and not scene.elsewhere(i):
            found.extend(_in_line(scene, i, text, _dates(scene, text)))
    return found


def _header(scene: Scene) -> range:
    """The lines from a little above the headline to the body."""
    head = scene.headline
    if head is None:
        return range(0)
    return range(max(0, head - _ABOVE), min(max(head + 1, scene.first), head + _BELOW, len(scene.page.blocks)))


def _labelled(scene: Scene, i: int, dates: list[DateMatch]) -> Moment | None:
    """The first date of a line that words in it, or a line above it, call the article's."""
    for match in dates:
        label = match.label or (_said_before(scene, i, "", first=True) if match.start == 0 else "unknown")
        if label != "unknown":
            return Moment(match.value, "text", match.raw, scene.page.place(i), 0.3, label)
    return None


def _dates(scene: Scene, text: str) -> list[DateMatch]:
    order = day_first(scene, text) if ambiguous(text) else None
    return find_dates(text, languages=languages_of(scene), day_first=order, fetched=scene.page.fetched)


def labelled(scene: Scene) -> Iterator[Moment]:
    """Lines anywhere on the page that call a date the article's: for pages that give no other.

    In a side column such a line counts only if it is the only one of the page. So does the only day that lines without
    label give.
    """
    page = scene.page
    aside: list[Moment] = []
    bare: list[Moment] = []
    leading = frozenset(leading_text(page)) if page.source == "text" else frozenset()
    for i, block in enumerate(page.blocks):
        text = block.text
        if len(text) > _LONGEST_LINE or not _YEAR.search(text) or "©" in text:
            continue
        dates = _dates(scene, text)
        said = _labelled(scene, i, dates)
        alien = bool(dates) and block.element != NO_ELEMENT and scene.surroundings.foreign(block.element)
        if said and not alien:
            yield said
        elif said and not within_link(page, block.element):
            aside.append(said)
        elif dates and not alien:
            moment = Moment(dates[0].value, "text", dates[0].raw, page.place(i), 0.2, "unknown")
            if i in leading:
                yield moment
            elif not scene.elsewhere(i) and _beside(text, dates) < _WORDY:
                bare.append(moment)
    if sum(moment.sense == "published" for moment in aside) == 1:
        yield from aside
    if len({day_of(moment.value) for moment in bare}) == 1:
        yield bare[0]


def _beside(text: str, dates: list[DateMatch]) -> int:
    """The characters of a line beside its dates."""
    return len(text) - sum(match.end - match.start for match in dates)


def _in_line(scene: Scene, i: int, text: str, dates: list[DateMatch]) -> Iterator[Moment]:
    page = scene.page
    if i == scene.headline:  # a date glued before the headline; one inside is what the story is about
        dates = [match for match in dates[:1] if match.start == 0]
    rest = _beside(text, dates)
    if len(text) < len(page.blocks[i].text):
        dates = [match for match in dates[:1] if match.start < _OPENING // 2]
    trust = _nearness(scene, i) - (0.1 if rest > _WORDY else 0.0)
    if dates and page.blocks[i].element != NO_ELEMENT and _date_class(page, page.blocks[i].element):
        trust += 0.1
    blocks = (i,) if rest < _LITTLE and i <= scene.first and i != scene.headline else ()
    end = 0
    for match in dates[:_MOST_IN_LINE]:
        said: Said = match.label or _said_before(scene, i, text[end : match.start], first=not end)
        end = match.end
        if said == "unknown" and match.start >= _OPENING // 2 and rest > _WORDY and scene.scores[i] >= 0.5:
            continue  # what the story tells of
        plus = 0.1 if said == "published" else 0.0
        yield Moment(match.value, "text", match.raw, page.place(i), trust + plus, said, blocks)


def _date_class(page: Page, element: int) -> bool:
    """Whether the class of an element or its parent is one that pages give to dates."""
    for _ in range(2):
        if element == NO_ELEMENT:
            break
        attrs, element = page.elements.attrs[element], page.elements.parents[element]
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
