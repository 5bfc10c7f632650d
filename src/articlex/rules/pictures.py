"""Captions in plain lines: the name of who took the picture stands at their end, or the picture right before."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.patterns import lazy
from articlex.rules.story import Part, Story
from articlex.scripts import fold
from articlex.sentences import ends_sentence
from articlex.vocabulary import contains_cue

_LONGEST = 300
_TAIL = 70
_GLUED = lazy(r"[a-z\d]{3}[.!?][A-Z][\w'’.-]*(?:[ /][\w'’./-]+){0,6}$")
_CAPITALS = lazy(r"[.!?]\s+[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’/.&-]+(?:\s[A-ZÀ-ÖØ-Þ/.&'’-]+){0,6}$")
_CLOSED = (")", "]", "）", ").", "].", "）.")
_BRACKETS = lazy(r"[(\[（]([^()\[\]（）]{3,60})[)\]）]\.?$")


def source_at_end(story: Story) -> Iterator[tuple[int, Part]]:
    """A first line with a source behind its full stop: "...years.Getty/Anton Weil", "...ici. MARAIS VIVANT". 2 : 0."""
    for i in story.body[:1]:
        text = story.blocks[i].text
        if len(text) > _LONGEST or ends_sentence(text) or text[0].isdigit():
            continue
        tail = text[-_TAIL:]
        if _GLUED.search(tail) or _CAPITALS.search(tail):
            yield i, Part("caption", "source_at_end")


def credit_in_brackets(story: Story) -> Iterator[tuple[int, Part]]:
    """A line that ends with "(Bellwether photo by Sid Karlow)" or "(Picture: PA)". 29 : 3, all on dumps."""
    for i in story.body:
        text = story.blocks[i].text
        if not text.endswith(_CLOSED) or len(text) > _LONGEST or text[0] in "([（":
            continue
        end = _BRACKETS.search(text[-_TAIL:])
        cue = end and contains_cue(end[1], "caption_labels")
        if end and cue:
            at = fold(end[1]).find(cue) + len(cue)
            name = end[1][at:].strip(" :")
            least = 1 if ":" in end[1][at - 1 : at + 2] else 2  # "(Picture: PA)", but "(photo PA)" may be prose
            if len(name.split()) >= least and all(not w[0].islower() for w in name.split()):
                yield i, Part("caption", "credit_in_brackets")
