"""Captions and picture credits outside ``<figcaption>``: lines that belong to a picture, not to the story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from articlex.article import Role
from articlex.fields.found import Scene
from articlex.fields.marks import CAPTION, CREDIT
from articlex.page import NO_ELEMENT
from articlex.vocabulary import contains_cue, fold, starts_with_cue

_LONGEST = 500
_CREDIT = 160
_LABELLED_WORDS = 14
_BEFORE, _AFTER = 12, 3
_TAIL = 120
_SURE = 0.8
"""Longer blocks this likely to be body are not asked whether they are captions."""
_LABEL = 40
"""A credit's label ends within this many characters."""


class Line(NamedTuple):
    """A line that belongs to a picture, and what it is."""

    block: int
    role: Role
    reason: str


def caption_lines(scene: Scene) -> Iterator[Line]:
    """The captions and credits around and inside the body: by element, by class name, by a label such as "Photo:"."""
    page = scene.page
    top = scene.headline if scene.headline is not None else scene.first
    low = max(0, min(top, scene.first if scene.first <= scene.last else top) - _BEFORE)
    high = min(len(page.blocks), max(scene.last, top) + 1 + _AFTER)
    taken = scene.taken
    for i in range(low, high):
        block = page.blocks[i]
        if i in taken or len(block.text) > _LONGEST or (scene.scores[i] > _SURE and len(block.text) > _CREDIT):
            continue
        if block.kind == "caption":
            yield Line(i, "caption", "caption_markup")
            continue
        if 2 * block.link_chars > len(block.text):
            continue
        near = scene.near(i, 2)
        if near & CREDIT and len(block.text) <= _CREDIT and not near & CAPTION:
            yield Line(i, "credit", "credit_class")
        elif near & CAPTION or (len(block.text) < 300 and _in_figure(scene, block.element)):
            yield Line(i, "caption", "caption_class")
        elif is_credit(block.text):
            yield Line(i, "credit", "credit_label")


def is_credit(text: str) -> bool:
    """Whether a short line is a picture credit: "(Photo: Jane Doe)", "Foto: dpa", "© Agency"."""
    if len(text) > _CREDIT:
        return False
    bare = text.lstrip("([*- ")
    if bare.startswith("©"):
        return len(bare.split()) <= 6
    if bare == text and ":" not in text[:_LABEL] and "：" not in text[:_LABEL] and "©" not in text[:_LABEL]:
        return False
    cue = starts_with_cue(bare, "caption_labels")
    if not cue or len(bare) <= len(cue) or len(bare.split()) > _LABELLED_WORDS:
        return False
    return (
        cue.endswith(":")
        or bare[len(cue) :].lstrip().startswith((":", "©"))
        or (text != bare and text.endswith((")", "]")))
    )


def credit_in(caption: str) -> str | None:
    """The credit at the end of a caption: "A street. (Photo: Jane Doe)" gives "Photo: Jane Doe"."""
    tail = caption[-_TAIL:]
    cue = contains_cue(tail, "caption_labels")
    at = fold(tail).rfind(cue) if cue else tail.rfind("©")
    if at < 0 or len(tail) - at < 4:
        return None
    return tail[at:].strip(" ()[]|.") or None


def _in_figure(scene: Scene, element: int) -> bool:
    elements = scene.page.elements
    for _ in range(3):
        if element == NO_ELEMENT:
            return False
        if elements[element].tag == "figure":
            return True
        element = elements[element].parent
    return False
