"""Paragraphs that were broken into lines: wrapped at a column, or parted at each inline element.

A line is joined to the one before only where there is no blank line between them. Both repairs are for whole pages
of their sort (``wrap_width``, ``is_fragmented``), so a dump with a line a block is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from articlex.page import Block
from articlex.vocabulary import fold, phrases

_WIDEST, _NARROWEST = 132, 30
_STOPS = ".!?…。！？:;؟।"
_CLOSERS = "\"'”’“»«)]」』）》】›"
_QUOTES = "”’»«"
"""What ends quotations; some open them in other languages."""
_JOINERS = frozenset(",.;:!?)]%、。，．；：！？）」』】،؛؟")
"""What cannot begin a line of its own."""
_OPENERS = "([{¿¡„«（「『【《"
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_RUNNING = ("paragraph", "list_item", "quotation")


def ends_sentence(text: str) -> bool:
    """Whether the text ends like a sentence; closing quotes and brackets after the stop do not matter."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS or text[-1] in _QUOTES


def starts_lower(text: str) -> bool:
    """Whether the text goes on within a sentence: a lower-case word that is no address and no name ("iPhone")."""
    if not text[0].islower():
        return False
    word = text[:40].partition(" ")[0]
    return word.islower() and not any(sign in word for sign in ("@", "/", "www."))


def goes_on_with_mark(text: str) -> bool:
    """Whether the text begins with what cannot begin a line: a comma, a closing bracket or quote."""
    first, second = text[0], text[1:2]
    if first in _QUOTES:  # these open quotations in Danish and Swedish; "» More" is an arrow
        return not second or second in ",.;:!?)" or (second == " " and text[2:3].islower())
    return first in _JOINERS and not (second.isalnum() and first in ".!?:")


# -- wrapped at a column ------------------------------------------------------------------------------------------


def wrap_width(lines: list[Block]) -> int:
    """The column that the page's text is wrapped at; 0 where it is not wrapped.

    Wrapped means: hardly a line is longer, a good part of the lines that go on come near that column, and they go on in
    the middle of sentences.
    """
    ends = [block.indent + len(block.text) for block in lines]
    if sum(end > _WIDEST for end in ends) > max(1, len(ends) // 50):
        return 0
    joints = [
        (ends[i], before.text, after.text)
        for i, (before, after) in enumerate(pairwise(lines))
        if not after.blank_before and len(before.text) >= 25 and ends[i] <= _WIDEST and before.kind in _RUNNING
    ]
    if len(joints) < 3:
        return 0
    width = sorted(end for end, _, _ in joints)[int(len(joints) * 0.98)]
    full = [(before, after) for end, before, after in joints if end >= 0.8 * width]
    inside = sum(not ends_sentence(before) and _goes_on(after) for before, after in full)
    return width if len(full) >= max(3, len(joints) // 3) and inside >= 0.4 * len(full) and width >= _NARROWEST else 0


def _goes_on(text: str) -> bool:
    return starts_lower(text) or bool(text[0].isalpha() and not text[0].isupper() and not text[0].islower())


def join_wrapped(lines: list[Block], width: int) -> list[Block]:
    """Put the paragraphs together that were wrapped at this column."""
    words: set[str] = set()
    for block in lines:
        words.update(_WORD.findall(block.text.lower()))

    def joins(first: Block, last: Block, block: Block) -> bool:
        if last.kind not in _RUNNING or block.kind != ("quotation" if first.kind == "quotation" else "paragraph"):
            return False
        if block.blank_before:
            return False
        drop = last.indent - block.indent
        if drop and not (last is first and 0 < drop <= 8):  # a paragraph's first line may be indented, no other
            return False
        text = block.text
        within = not ends_sentence(last.text) or starts_lower(text)
        room = width - last.indent - len(last.text) - 1
        return (
            room - len(text.split(" ", 1)[0]) < (10 if within else 2) and not _is_rule(text) and not _is_rule(last.text)
        )

    return _join(lines, joins, lambda before, after: _seam_of_wrapped(before, after, words))


def _is_rule(text: str) -> bool:
    """A line of strokes, or a row of links in bars."""
    return text[0] in "_=*|~" or text.startswith("[ ")


def _seam_of_wrapped(before: str, after: str, words: set[str]) -> tuple[str, str]:
    """A hyphen at the end goes only if the page has the word in one piece elsewhere."""
    if before[-1] == "-" and before[-2:-1].isalpha() and starts_lower(after):
        head, tail = _WORD.search(before[-60:][::-1]), _WORD.match(after)
        whole = (head[0][::-1] if head else "") + (tail[0] if tail else "")
        return (before[:-1] if whole.lower() in words else before), ""
    return before, seam(before, after)


# -- parted at inline elements ------------------------------------------------------------------------------------


def is_fragmented(lines: list[Block]) -> bool:
    """Whether sentences are parted at links and other inline elements, as by ``get_text`` with a line end between.

    Lines that begin with a comma or a full stop occur in no other dump; lower-case lines do (picture texts).
    """
    marks = lower = 0
    for before, after in pairwise(lines):
        if not after.blank_before:
            if goes_on_with_mark(after.text):
                marks += len(before.text) > 1
            elif len(before.text) >= 30:
                lower += starts_lower(after.text) and not ends_sentence(before.text)
    return marks >= 1 and marks + lower >= 3


def join_fragments(lines: list[Block]) -> list[Block]:
    """Put the sentences together whose links and emphasised words stand on lines of their own."""
    firm = [False] + [_is_firm(before, after) for before, after in pairwise(lines)] + [False]
    prefixes, joiners = phrases("byline_prefixes"), phrases("name_joiners")
    at = length = 0  # the line's number; characters of the paragraph so far

    def joins(first: Block, last: Block, i: int) -> bool:
        text, after = last.text, lines[i].text
        if goes_on_with_mark(after) or fold(after) in joiners or (firm[i - 1] and fold(text) in joiners):
            return firm[i] or firm[i - 1]
        if firm[i]:
            # menus are in lower case too: one of the pieces must be a piece of prose
            return last is not first or max(length, len(after)) >= 40 or (firm[i + 1] and text.count(" ") >= 2)
        if text[-1] in ",،、" and firm[i - 1]:
            return True
        if last is first and fold(text) in prefixes:
            return _is_name(after)
        # a name or the title of a work: the sentence ran up to it, and may run on behind it
        open_end = text[text.rfind(" ") + 1].islower() and not ends_sentence(text)
        return open_end and ((firm[i - 1] and length >= 40) or (firm[i + 1] and text.count(" ") >= 2))

    def goes_on(first: Block, last: Block, block: Block) -> bool:
        nonlocal at, length
        at += 1
        length = len(last.text) if last is first else length + len(last.text)
        return not block.blank_before and last.kind in _RUNNING and block.kind == "paragraph" and joins(first, last, at)

    return _join(lines, goes_on, lambda before, after: (before, seam(before, after)))


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and words[0][0].isupper() and words[-1][0].isupper()


def _is_firm(before: Block, after: Block) -> bool:
    """Whether the second line cannot but go on the first."""
    if after.blank_before or after.kind != "paragraph":
        return False
    if goes_on_with_mark(after.text):
        return before.text[-1] not in "|/·•"
    return starts_lower(after.text) and not ends_sentence(before.text)


# -- joining ------------------------------------------------------------------------------------------------------


def _join(
    lines: list[Block],
    joins: Callable[[Block, Block, Block], bool],
    glue: Callable[[str, str], tuple[str, str]],
) -> list[Block]:
    """The lines, each joined to the one before where ``joins(first line of the paragraph, last line, line)`` says so.

    ``glue(last line, line)`` gives the last line as it is kept and what comes between the two.
    """
    kept: list[Block] = []
    last: Block | None = None
    parts: list[str] = []
    for block in lines:
        if last is not None and joins(kept[-1], last, block):
            parts[-1], between = glue(parts[-1], block.text)
            parts.extend((between, block.text))
        else:
            _settle(kept, parts)
            kept.append(block)
            parts = [block.text]
        last = block
    _settle(kept, parts)
    return kept


def _settle(kept: list[Block], parts: list[str]) -> None:
    if len(parts) > 1:
        kept[-1].text, kept[-1].raw = "".join(parts), ""


def seam(before: str, after: str) -> str:
    """What stands between two pieces of one sentence: a space, or nothing where script and punctuation have none."""
    if goes_on_with_mark(after) or before[-1] in _OPENERS:
        return ""
    return "" if _UNSPACED.match(before[-1]) and _UNSPACED.match(after[0]) else " "
