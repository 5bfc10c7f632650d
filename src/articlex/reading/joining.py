"""What the repairs that join lines share: when a sentence is over, and what stands between two pieces of one."""

from __future__ import annotations

from collections.abc import Callable

from articlex.page import Block
from articlex.patterns import lazy

_STOPS = ".!?…。！？:;؟।"
_CLOSERS = "\"'”’“»«)]」』）》】›"
_QUOTES = "”’»«"
"""What ends quotations; some open them in other languages."""
_JOINERS = frozenset(",.;:!?)]%、。，．；：！？）」』】،؛؟")
"""What cannot begin a line of its own."""
_OPENERS = "([{¿¡„«（「『【《"
_UNSPACED = lazy("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
RUNNING = ("paragraph", "list_item", "quotation")
"""Kinds of blocks that a line can go on."""


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
    if first in '"“' and second == " ":
        return True
    return first in _JOINERS and not (second.isalnum() and first in ".!?:")


def is_open(text: str) -> bool:
    """Whether the text ends with what opens: a bracket, an opening quote."""
    return text[-1] in _OPENERS or text.endswith(' "')


def join(
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
    if goes_on_with_mark(after) or is_open(before):
        return ""
    return "" if _UNSPACED.match(before[-1]) and _UNSPACED.match(after[0]) else " "
