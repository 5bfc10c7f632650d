"""Lines about the report rather than of it: who else worked on it, corrections, notes on the author."""

from __future__ import annotations

from articlex.article import Evidence, Role
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.marks import ASIDE, NOTE
from articlex.fields.name_shapes import split_prefix
from articlex.page import Block
from articlex.sentences import ends_sentence
from articlex.vocabulary import contains_cue, ends_with_cue, starts_with_cue

_LONGEST = 600
_BACK, _AFTER = 3, 6
"""Blocks at the end of the body, and after it, that are looked at."""
_START = 2
_NOTE, _CLOSING = 320, 160
_BOX = 16
"""Blocks behind these that are looked at for the box on the author."""
_PROSE = 60
"""Shorter notes are links ("More by ...") unless they end as sentences do."""
_UNDER = 3
"""A line's heading is looked for in so many blocks above it."""
_SURE = 0.6
"""From this probability the scorer's opinion that a line is a note counts."""
_OPENERS = "([*-–—_ （【"


def find_credits(scene: Scene) -> Found[tuple[str, ...]] | None:
    """Lines such as "Reporting by ...", "Correction: ..." and "The author is ...", in page order."""
    page = scene.page
    if scene.first > scene.last:
        return None
    claims = []
    taken = scene.taken
    end = min(len(page.blocks), scene.last + 1 + _AFTER)
    tail = range(max(scene.first + 1, scene.last + 1 - _BACK), end)
    beyond = range(end, min(len(page.blocks), end + _BOX))
    for i in (*range(scene.first, min(scene.first + _START, tail.start)), *tail, *beyond):
        block = page.blocks[i]
        if i in taken or not _possible(block) or (i >= end and not scene.marks.three(block.element) & NOTE):
            continue
        role = _role(scene, i, ending=i >= tail.start)
        if role:
            claims.append(Claim(i, role, f"{role}_line"))
    if not claims:
        return None
    texts = tuple(dict.fromkeys(page.blocks[claim.block].text for claim in claims))
    return Found(texts, Evidence("text", texts[0], page.place(claims[0].block)), tuple(claims))


def _possible(block: Block) -> bool:
    size = len(block.text)
    return size <= _LONGEST and block.link_chars <= 0.7 * size and block.kind not in ("heading", "caption")


def _role(scene: Scene, i: int, *, ending: bool) -> Role | None:
    """What kind of note a line is, if any. Credits and notes on the author only count at the end."""
    block = scene.page.blocks[i]
    near = scene.marks.three(block.element)
    if near & ASIDE:
        return None
    text = block.text.lstrip(_OPENERS)
    if _is_correction(text):
        return "correction"
    if not ending:
        return None
    if _is_credit(text, block.text, last=i >= scene.last):
        return "credit"
    return "note" if _is_note(scene, i, text, near) else None


def _is_note(scene: Scene, i: int, text: str, near: int) -> bool:
    """Whether class names, a cue or the scorer tell a line about the author or the text."""
    if starts_with_cue(text, "copyright_cues") or not (len(text) >= _PROSE or ends_sentence(text)):
        return False
    if near & NOTE or _under_author(scene, i):
        return True
    if i < scene.last or len(text) >= _NOTE:
        return False
    judged = bool(scene.roles) and scene.roles[i] == "note" and scene.role_odds[i] >= _SURE
    return judged or contains_cue(text, "author_note_cues") is not None


def _under_author(scene: Scene, i: int) -> bool:
    """Whether a line after the body stands under a heading "Written by Jane Doe" that names who wrote it."""
    if i <= scene.last:
        return False
    blocks = scene.page.blocks
    above = reversed(blocks[max(scene.last + 1, i - _UNDER) : i])
    prefix, name = split_prefix(next((block.text for block in above if block.kind == "heading"), ""))
    return bool(prefix) and any(byline.name == name for byline in scene.value("bylines") or ())


def _is_correction(text: str) -> bool:
    cue = starts_with_cue(text, "correction_labels")
    if not cue:
        return False
    return cue.endswith(":") or text[len(cue) :].lstrip()[:1] in (":", "-", "–") or len(cue.split()) > 3


def _is_credit(text: str, printed: str, *, last: bool) -> bool:
    """Whether a line names those who worked on the report too."""
    if starts_with_cue(text, "copyright_cues"):
        return False
    bracketed = printed[:1] in "([（【" and printed[-1:] in ")].）】"
    cue = starts_with_cue(text, "credit_labels")
    if cue and len(cue) < len(text) < _NOTE:
        return True
    if len(text) < _CLOSING and ends_with_cue(
        text.rstrip(" .)]"), "credit_labels"
    ):  # "... contributed to this report."
        return True
    return last and bracketed and len(text) < _NOTE and contains_cue(text, "credit_labels") is not None
