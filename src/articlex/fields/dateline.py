"""The dateline: place, agency and date that a report begins with ("BAGHDAD (AP) — ", "Berlin/Paris (dpa) - ")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from articlex.article import Dateline, Evidence
from articlex.fields.dateline_parts import Parts, before_a_place, parse_parts, vocabulary
from articlex.fields.found import Found, Scene
from articlex.patterns import lazy
from articlex.scripts import fold
from articlex.vocabulary import is_cue_line, starts_with_cue

_WITHIN = 110
_BLOCKS = 2
_SHORTEST = 40
_UNCASED_WORDS = 3
_STEM = 4
"""Of a name that is looked for in another case as many letters must be the same."""
_DASH = lazy(r"\s*\.?\s?(?:--|[–—]|(?<=[\s)])-)\s?(?=\S)|\s*\.-\s?(?=\S)")
_CLOSED = lazy(r"(?<=\))[.:]?\s+")
_HYPHEN = lazy(r"-(?<=[\s).]-)")
"""A hyphen that may be a dash; most are within words."""
_STOP = lazy(r"[.:](?:(?<=[^\W\d_]{3}.)|(?<=\d{4}.))\s+")
_BRACKET = lazy(r"\s*[【〔\[（(]([^】〕\]）)]{2,40})[】〕\]）)]\s*[-–—:：]?\s*")
_WIRE = lazy(
    r"[（(]?([\u3400-\u9fff]{2,6}?社)?(?:记者|記者)?([\u3400-\u9fff]{2,6}?)(\d{1,2})月(\d{1,2})日([\u3400-\u9fff]{1,4}?)"
    r"(?:[）)]\s*|\s+|(?=[^\u3400-\u9fff])|(?<=[电電讯訊]))"
)
_LABELS = (
    "kicker_labels",
    "caption_labels",
    "related_cues",
    "published_labels",
    "modified_labels",
    "correction_labels",
    "picture_labels",
)


class _Cut(NamedTuple):
    """A place in the paragraph where the dateline may end: before and behind the mark that closes it."""

    end: int
    after: int
    mark: str


def find_dateline(scene: Scene) -> Found[Dateline] | None:
    """The dateline of the first paragraph of the body; ``None`` when it begins like any other."""
    for i in _paragraphs(scene):
        text = scene.page.blocks[i].text
        found = _read(scene, i, text)
        if found:
            return Found(found, Evidence("text", found.raw, scene.page.place(i)))
    return None


def _paragraphs(scene: Scene) -> Iterator[int]:
    claimed = scene.taken
    seen = 0
    for i in range(scene.first, scene.last + 1):
        block = scene.page.blocks[i]
        if scene.scores[i] < 0.5 or i in claimed or block.kind == "heading" or len(block.text) < _SHORTEST:
            continue
        yield i
        seen += 1
        if seen == _BLOCKS:
            return


def _read(scene: Scene, i: int, text: str) -> Dateline | None:
    published = scene.value("published")
    year = published.year if published else None
    if text[:1] in "【〔（(" or text[:1] > "\u2fff":
        found = _bracketed(text, year) or _wired(text, year)
        if found:
            return found
    for cut in _cuts(text):
        parts = parse_parts(text[: cut.end], year)
        if parts and _is_dateline(scene, i, text, cut, parts):
            return Dateline(*_named(scene, parts), parts.day, text[: cut.after])
    return None


def _named(scene: Scene, parts: Parts) -> tuple[str | None, str | None]:
    """Place and agency; the site's own name behind the place ("JAKARTA, KOMPAS.com") is the agency."""
    if parts.agency or not parts.place:
        return parts.place, parts.agency
    before, _, last = parts.place.rpartition(",")
    if _is_site(scene, last):
        return before.strip() or None, last.strip()
    return parts.place, None


def _cuts(text: str) -> list[_Cut]:
    """Where the dateline may end, the longest first: a dash after all its parts, a closing bracket, a colon, a stop."""
    head = text[:_WITHIN]
    cuts: list[_Cut] = []
    if "–" in head or "—" in head or "--" in head or _HYPHEN.search(head):
        cuts += [_Cut(m.start() + (m[0][0] == "."), m.end(), "-") for m in islice(_DASH.finditer(head), 3)]
    if ")" in head:
        cuts += [_Cut(m.start(), m.end(), ")") for m in islice(_CLOSED.finditer(head), 1)]
    cuts += [_Cut(m.start(), m.end(), m[0].strip()) for m in islice(_STOP.finditer(head), 3)]
    for cut in [cut for cut in cuts if cut.mark == "-"]:
        end = cut.after
        while end < len(text) and text[end] == " ":
            end += 1
        cuts[cuts.index(cut)] = _Cut(cut.end, end, "-")
    return cuts


def _is_dateline(scene: Scene, i: int, text: str, cut: _Cut, parts: Parts) -> bool:
    """Whether the parts before a mark are a dateline and not the beginning of a sentence."""
    rest = text[cut.after :]
    if len(rest) < 15 or any(is_cue_line(text[: cut.end], category) for category in _LABELS):
        return False
    opens = not rest[:1].islower()
    if parts.agency:
        return parts.known or (opens and (cut.mark == "-" or _is_site(scene, parts.agency)))
    if not parts.place or not opens or cut.mark == ")" or _is_no_place(parts.place):
        return False
    return parts.day is not None or _stands_out(scene, i, parts.place, cut)


def _stands_out(scene: Scene, i: int, place: str, cut: _Cut) -> bool:
    """Whether a bare place before a mark is one: in capitals as wires print it, well known, or named again."""
    letters = sum(char.isalpha() for char in place)
    capitals = place.split(",", maxsplit=1)[0].isupper()
    if letters >= 4 and capitals and cut.mark == "-":
        return True
    if (capitals or cut.mark == "-") and fold(place) in vocabulary()["cities"]:
        return True
    if letters >= 4 and place.casefold() == place.upper() and cut.mark == "-":  # a script without capitals
        return len(place.split()) <= _UNCASED_WORDS
    if (scene.value("title") or "").startswith(f"{place}:") or (letters >= 4 and capitals and _mentioned(scene, place)):
        return True
    return letters >= 4 and len(place.split()) <= 4 and _again(scene, i, place, cut.after)


def _mentioned(scene: Scene, place: str) -> bool:
    """Whether the article or the site's name has a place that stands in capitals here, in whatever grammatical case."""
    stem = place.split(",", maxsplit=1)[0].strip().title()
    stem = stem[: max(_STEM, len(stem) - 2)]
    texts = (scene.value("title"), scene.value("site_name"), scene.page.title_tag)
    return any(stem in text for text in texts if text) or any(
        stem in block.text for block in scene.page.blocks[scene.first : scene.last + 1]
    )


def _is_no_place(place: str) -> bool:
    head = place.split(",", maxsplit=1)[0]
    return fold(head) in vocabulary()["no_places"] or any(starts_with_cue(head, category) for category in _LABELS)


def _is_site(scene: Scene, name: str) -> bool:
    return any(scene.sites.named(part.strip()) for part in re.split(r"[/,]", name))


def _again(scene: Scene, i: int, place: str, after: int) -> bool:
    """Whether the report names the place again, as a place: "in Baghdad"."""
    name = re.split(r"[/,]", place)[0].strip()
    forms = {name, name.title()} if name.isupper() else {name}
    before = before_a_place()
    texts = [scene.value("title") or "", scene.page.blocks[i].text[after:]]
    texts += [block.text for block in scene.page.blocks[i + 1 : scene.last + 1]]
    for text in texts:
        for form in forms:
            at = text.find(form)
            while at >= 0:
                if (
                    text[max(0, at - 12) : at].split(" ")[-2:-1]
                    and text[max(0, at - 12) : at].split(" ")[-2].lower() in before
                ):
                    return True
                at = text.find(form, at + 1)
    return False


def _bracketed(text: str, year: int | None) -> Dateline | None:
    """【北京】, （台北29日電）."""
    match = _BRACKET.match(text)
    if not match or any(is_cue_line(match[1], category) for category in _LABELS):
        return None
    if match[0].lstrip()[0] in "【〔":
        parts = parse_parts(match[1], year)
        return Dateline(
            parts.place if parts else match[1], parts.agency if parts else None, parts.day if parts else None, match[0]
        )
    return None


def _wired(text: str, year: int | None) -> Dateline | None:
    """新华社北京5月3日电."""
    match = _WIRE.match(text)
    if not match or match[5] not in vocabulary()["wire_endings"]:
        return None
    try:
        day = date(year, int(match[3]), int(match[4])) if year else None
    except ValueError:
        return None
    return Dateline(match[2], match[1] or None, day, match[0])
