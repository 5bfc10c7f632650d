"""Bylines that a reader sees: author markup, "By ..." lines, and lines of a name and a date near the headline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from articlex.article import Byline, Source
from articlex.fields.around import window
from articlex.fields.byline_dates import cut_dates, dated
from articlex.fields.dateline_parts import before_a_place
from articlex.fields.found import Scene
from articlex.fields.name_shapes import (
    Context,
    acceptable,
    holds,
    is_role,
    kind_of,
    person_like,
    split_prefix,
    words,
)
from articlex.fields.names import parts_of, people, split_parts, without_prefix
from articlex.fields.surroundings import UP
from articlex.page import NO_ELEMENT, Span
from articlex.patterns import lazy
from articlex.vocabulary import starts_with_cue

_LONGEST, _LONGEST_NAME = 220, 60
_BODY = 0.5
_MOST_LINKS = 6
"""More different author links than this are a list of stories."""
_DIGIT = lazy(r"\d")
_LEAD_WORDS = 4
_LONGEST_LABEL = 60


class Candidate(NamedTuple):
    """Names that one source gives; ``trust`` orders the sources, ``blocks`` are the visible lines it was read from."""

    source: Source
    names: tuple[Byline, ...]
    raw: str
    place: str
    trust: float
    blocks: tuple[int, ...] = ()


def visible_bylines(scene: Scene, context: Context, *, below_only: bool = False) -> Iterator[Candidate]:
    """Candidates near the headline, the likeliest place first, and right after the body.

    ``below_only`` leaves out the lines above the headline and after the body, for pages whose metadata name somebody.
    """
    page, head = scene.page, scene.headline
    for i in window(scene):
        if below_only and head is not None and (i < head or i > scene.last > scene.first):
            return
        if len(page.blocks[i].text) <= _LONGEST and (candidate := _of_block(scene, i, context)):
            yield candidate


def _of_block(scene: Scene, i: int, context: Context) -> Candidate | None:
    page, block = scene.page, scene.page.blocks[i]
    after = i > scene.last > scene.first
    if i == scene.headline or block.kind == "caption" or (block.kind == "heading" and block.level <= 2):
        return None
    around = scene.surroundings
    if after and block.element != NO_ELEMENT and around.foreign(block.element, 1 if _beside_body(scene, i) else UP):
        return None
    text = block.text
    hint = around.author(block.element)
    prefix, rest = split_prefix(text)
    if not prefix:
        if not (hint or _promising(scene, i, text)) or _is_label(text):
            return _set_apart(scene, i, context)
        prefix, rest = _inner_prefix(text)
    blocks: tuple[int, ...] = (i,)
    if prefix and not rest.strip(" :"):
        if i + 1 >= len(page.blocks) or len(page.blocks[i + 1].text) > 80:
            return None
        rest, blocks = page.blocks[i + 1].text, (i, i + 1)
    names, marked = _marked_names(scene, blocks[-1], rest, context)
    hint = hint or marked
    trust = _trust(scene, i, prefix, hint, names[0], rest) if names else 0.0
    if not trust:
        return None
    return Candidate("markup" if hint else "text", tuple(names), text, page.place(i), trust, () if after else blocks)


def _beside_body(scene: Scene, i: int) -> bool:
    """Whether a block stands in the very element that holds the body's last one, which therefore is no side column."""
    blocks, parents = scene.page.blocks, scene.page.elements.parents
    return bool(parents[blocks[i].element] == parents[blocks[scene.last].element] != NO_ELEMENT)


def _is_label(text: str) -> bool:
    return any(starts_with_cue(text, category) for category in ("caption_labels", "credit_labels"))


def _inner_prefix(text: str) -> tuple[str, str]:
    """The prefix and the names of "Published 3 May 2020 by Jane Doe"; the whole text where there is none."""
    for part in split_parts(cut_dates(text)):
        prefix, rest = split_prefix(part)
        if prefix and rest:
            return prefix, rest
        tokens = part.split()
        for at in range(1, min(len(tokens) - 1, _LEAD_WORDS)):  # "Recipe by Jane Doe"
            prefix, rest = split_prefix(" ".join(tokens[at:]))
            if prefix and prefix.islower() and person_like(rest):
                return prefix, rest
    return "", text


def _promising(scene: Scene, i: int, text: str) -> bool:
    """Whether a line without markup or prefix is worth parsing: short, below the headline, with a date or as a name."""
    head = scene.headline
    if len(text) < 40 and scene.first < scene.last <= i <= scene.last + 1:
        return True
    if len(text) > 100 or (head is not None and i < head - 2) or i > _reach(scene):
        return False
    return bool(_DIGIT.search(text)) or (head is not None and i <= head + 5 and person_like(text))


def _set_apart(scene: Scene, i: int, context: Context) -> Candidate | None:
    """The names that author markup sets apart in a line with much else: date, section, number of comments."""
    page, head = scene.page, scene.headline
    if head is None or not head < i <= _reach(scene) or scene.scores[i] > _BODY:
        return None
    names: dict[str, Byline] = {}
    for span in scene.spans(i):
        if len(span.text) < _LONGEST_NAME and scene.surroundings.author(span.element, 1):
            found = people(without_prefix(span.text), context)
            names.update((name.name, name) for name in found if person_like(name.name) and acceptable(name.name))
    if not names:
        return None
    return Candidate("markup", tuple(names.values()), page.blocks[i].text, page.place(i), 0.7)


def _trust(scene: Scene, i: int, prefix: str, hint: bool, name: Byline, rest: str) -> float:
    """How far a visible line can be trusted to be the byline; 0 for not at all."""
    head, text = scene.headline, scene.page.blocks[i].text
    above = head is not None and i < head
    after = i > scene.last > scene.first
    if name.name.islower() and " " in name.name:
        return 0.0
    likely = person_like(name.name) or name.kind != "person"
    if not hint and not after and i != scene.last and (i > _reach(scene) or scene.page.blocks[i].kind == "quotation"):
        return 0.0
    if prefix and (hint or likely or _alone(name.name, rest)) and rest.lstrip(" \"'").startswith(name.name[:4]):
        trust = 0.9 if hint else 0.8 if likely else 0.6
    elif hint and len(rest) < 120:
        trust = 0.8 if likely else 0.7
    elif _signs_off(scene, i, name.name):
        return 0.45
    elif prefix or above or after or not person_like(name.name):
        return 0.0
    elif dated(text):
        trust = 0.5
    elif text == name.name and head is not None and i <= head + 5 and beside_date(scene, i):
        trust = 0.4
    else:
        return 0.0
    if above or after:
        trust -= 0.25 if hint else 0.15 if above and head is not None and i >= head - 2 else 0.35
    return trust


def _signs_off(scene: Scene, i: int, name: str) -> bool:
    """Whether a bare name stands right at the end of the body, without a link."""
    if not scene.first < scene.last <= i <= scene.last + 1:
        return False
    block = scene.page.blocks[i]
    return (
        block.kind == "paragraph" and not block.link_chars and block.text.strip(" ()—–-.") == name and person_like(name)
    )


def _alone(name: str, rest: str) -> bool:
    """Whether a short name is all that stands behind a prefix, but for dates and parts set off by bars."""
    return len(name.split()) <= 3 and split_parts(cut_dates(rest))[0].strip(" .,") == name


def _reach(scene: Scene) -> int:
    """The last block before or in the body where a line without markup can still be the byline."""
    head, first = scene.headline, scene.first
    return first + 1 if head is None else max(head + 8, first + 1 if first < head + 30 else 0)


def beside_date(scene: Scene, i: int) -> bool:
    """Whether a short line with a date stands next to a bare name."""
    blocks = scene.page.blocks
    near = (blocks[j].text for j in (i + 1, i - 1, i + 2) if 0 <= j < len(blocks) and j != scene.headline)
    return any(len(text) < 80 and dated(text) for text in near)


def names_of(text: str, context: Context) -> list[Byline]:
    """The names of a line without its prefix; dates in it are passed over."""
    cut = cut_dates(text)
    if len(cut) > 140:
        return []
    return [name for name in people(cut, context) if acceptable(name.name)]


def _one_each(spans: list[Span], text: str) -> bool:
    """Whether a text is nothing but elements with a name each, as where a style sheet sets the commas."""
    if len(spans) < 2 or " ".join(span.text for span in spans) != text:
        return False
    return all(person_like(span.text) and not holds(words("role_words"), span.text) for span in spans)


def _marked_names(scene: Scene, block: int, rest: str, context: Context) -> tuple[list[Byline], bool]:
    """The names that links or author markup set off inside a byline's block, unless the text alone says more.

    The flag says that it was author markup.
    """
    hinted = False
    read = names_of(rest, context)
    names: list[Byline] = []
    seen: set[str] = set()
    rest = cut_dates(rest)
    part = ""
    page, spans = scene.page, scene.spans(block)
    if _one_each(spans, rest) and all(len(people(span.text, context)) == 1 for span in spans):
        return [Byline(span.text, "person", None, rest) for span in spans], False
    for span in spans:
        text = without_prefix(span.text)
        if text in seen or text not in rest:
            continue
        seen.add(text)
        if _is_no_author(rest, text):
            continue
        by_author = scene.surroundings.author(span.element, 1)
        marked = (page.elements.tags[span.element] == "a" and person_like(text)) or by_author
        if not by_author and text not in (part or rest):
            continue  # behind the bar: a section, as in people()
        if marked and acceptable(text) and not is_role(text) and cut_dates(text) == text:
            part = part or next((part for part in parts_of(rest) if text in part), rest)
            found = people(text, context)
            names.extend(name for name in found if name.name not in seen or name.name == text)
            seen.update(name.name for name in found)
            hinted = hinted or by_author
    if not names or (len(read) > len(names) and {n.name for n in names} <= {n.name for n in read}):
        return read, hinted
    names = [name for name in names if name.kind != "person" or person_like(name.name)] or names
    roles = {name.name: name.role for name in read if name.role}
    return [with_role(name, roles.get(name.name)) for name in names], hinted


def with_role(name: Byline, role: str | None) -> Byline:
    """The name with a role that another place gives it, where it has none of its own."""
    return replace(name, role=role) if role and not name.role else name


def _is_no_author(line: str, name: str) -> bool:
    """Whether the words right before a name say that its bearer did not write: "Reviewed by Jane Doe", "in Jane"."""
    before = line[: line.index(name)].rstrip(" :")[-_LONGEST_LABEL:]
    if not before:
        return False
    last = before.rpartition(" ")[2].casefold()
    return last in before_a_place() or holds(words("credit_labels"), before) == len(before)


def author_links(scene: Scene, context: Context) -> Iterator[Candidate]:
    """``rel=author`` and ``itemprop=author`` anywhere on the page, as long as they all name the same few."""
    page = scene.page
    names: dict[str, Byline] = {}
    place = raw = ""
    read: set[str] = set()
    of = page.elements.attrs
    for at in [i for i, element in enumerate(page.spans.elements) if "rel" in of[element] or "itemprop" in of[element]]:
        span = page.spans[at]
        attrs = of[span.element]
        if "author" not in attrs.get("rel", "") and "author" not in attrs.get("itemprop", ""):
            continue
        if span.text in read or scene.surroundings.foreign(span.element):
            continue
        read.add(span.text)
        if len(read) > _MOST_LINKS:
            return
        for name in names_of(split_prefix(span.text)[1], context):
            names.setdefault(name.name, Byline(name.name, kind_of(name.name, context), name.role, span.text))
        place, raw = place or page.element_place(span.element), raw or span.text
    if 0 < len(names) <= 4:
        yield Candidate("markup", tuple(names.values()), raw, place, 0.75 if len(names) == 1 else 0.45)
