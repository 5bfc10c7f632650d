"""Sentences that were parted at each link and emphasised word, as by ``get_text`` with a line end between.

The white space around the pieces, where the dump kept it, tells best what belongs together; else punctuation and case.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise

from articlex.page import Block
from articlex.reading.joining import RUNNING, ends_sentence, goes_on_with_mark, is_open, join, seam, starts_lower
from articlex.scripts import fold
from articlex.vocabulary import phrases

_PROSE = 40
"""A line from this length on is a piece of a sentence; shorter ones may be of a menu, in lower case at times."""


_LABEL = 40
"""No "by" and no "and" is longer."""


def is_fragmented(lines: list[Block], open_ends: Set[int]) -> bool:
    """Whether the page's sentences are in pieces.

    Lines that begin with a comma or a full stop, and lower-case lines behind a space, hardly occur in another dump;
    lower-case lines alone do (picture texts).
    """
    marks = lower = spaced = 0
    for before, after in pairwise(lines):
        if after.blank_before or after.text[0].isupper():
            continue
        if goes_on_with_mark(after.text):
            marks += len(before.text) > 1
        elif starts_lower(after.text) and not ends_sentence(before.text):
            lower += len(before.text) >= 30
            spaced += _is_spaced(before, after, open_ends)
    return (marks >= 1 and marks + lower >= 3) or spaced >= 2


def join_fragments(lines: list[Block], open_ends: Set[int]) -> list[Block]:
    """Put the pieces together. ``open_ends`` are the numbers of the lines that end with a space."""
    seams = _Seams(lines, open_ends)
    at = length = 0  # the line; characters of the paragraph before it

    def goes_on(first: Block, last: Block, block: Block) -> bool:
        nonlocal at, length
        at += 1
        length = len(last.text) if last is first else length + len(last.text)
        if block.blank_before or last.kind not in RUNNING or block.kind != "paragraph":
            return False
        return seams.is_firm(at, first, last, length) or seams.is_likely(at, last is first, length)

    return join(lines, goes_on, lambda before, after: (before, seam(before, after)))


class _Seams:
    """What speaks for joining line ``i`` to the one before."""

    def __init__(self, lines: list[Block], open_ends: Set[int]) -> None:
        self.texts = [block.text for block in lines]
        pairs = list(pairwise(lines))
        self.marked = [False, *(_is_marked(before, after) for before, after in pairs), False]
        self.lower = [False, *(_is_lower(before, after) for before, after in pairs), False]
        self.spaced = [False, *(_is_spaced(before, after, open_ends) for before, after in pairs)]
        self.prefixes, self.joiners = phrases("byline_prefixes"), phrases("name_joiners")

    def is_firm(self, i: int, first: Block, last: Block, length: int) -> bool:
        """Punctuation, a lower-case word or a space says that the sentence goes on."""
        if self.marked[i] or (self.spaced[i] and length >= _PROSE and not ends_sentence(last.text)):
            return True
        long = max(length, len(self.texts[i])) >= _PROSE
        # menus are in lower case too: one of the pieces must be a piece of prose
        return self.lower[i] and (last is not first or long or (self.lower[i + 1] and last.text.count(" ") >= 2))

    def is_likely(self, i: int, at_first: bool, length: int) -> bool:
        """Names in a byline and in a list, and a name that the sentence ran up to and runs on behind."""
        before, text = self.texts[i - 1], self.texts[i]
        held = self.marked[i - 1] or self.lower[i - 1]
        if at_first and _is_name(text) and fold(before[:_LABEL]) in self.prefixes:
            return True
        if (self.lower[i] and fold(text[:_LABEL]) in self.joiners) or (held and fold(before[:_LABEL]) in self.joiners):
            return True
        if before[-1] in ",،、" and held:
            return True
        open_end = before[before.rfind(" ") + 1].islower() and not ends_sentence(before)
        goes_on = self.lower[i + 1] or self.marked[i + 1]
        return open_end and ((held and length >= _PROSE) or (goes_on and before.count(" ") >= 2))


def _is_spaced(before: Block, after: Block, open_ends: Set[int]) -> bool:
    """A single space stands between the two, where a dump with indented or padded lines has more, or more of them."""
    return (after.indent == 1 != before.indent) or (before.line in open_ends and after.line not in open_ends)


def _is_marked(before: Block, after: Block) -> bool:
    if after.blank_before:
        return False
    return is_open(before.text) or (goes_on_with_mark(after.text) and before.text[-1] not in "|/·•")


def _is_lower(before: Block, after: Block) -> bool:
    return not after.blank_before and starts_lower(after.text) and not ends_sentence(before.text)


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and words[0][0].isupper() and words[-1][0].isupper()
