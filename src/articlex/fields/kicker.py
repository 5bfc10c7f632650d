"""The kicker: the label above, in or behind the headline ("Exclusive", "Opinion", a topic)."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.article import Evidence
from articlex.fields.dump_headline import split_line
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.marks import ASIDE, AUTHOR, BREADCRUMB, HEADLINE, KICKER, SECTION, STANDFIRST, TAGS
from articlex.fields.signals import fold
from articlex.page import NO_ELEMENT
from articlex.vocabulary import is_cue_line

_LONGEST = 60
_PLAIN_LONGEST = 40
_ABOVE, _BELOW = 3, 2
_AGAINST = ASIDE | AUTHOR | BREADCRUMB | TAGS
_CHROME = ("advertisement_cues", "newsletter_cues", "share_chrome", "login_chrome")
_DIGITS = 4
"""A line with more digits than this is a date or a count."""


def find_kicker(scene: Scene) -> Found[str] | None:
    """The part of the headline's block that the headline leaves out; else a short line beside it that is marked so."""
    if scene.headline is None:
        return None
    inside = _inside(scene, scene.headline)
    if inside:
        block = scene.page.blocks[scene.headline]
        return Found(inside, Evidence("markup", block.raw or block.text, scene.page.place(scene.headline)))
    section = fold(scene.value("section") or "")
    for i in _beside(scene, scene.headline):
        if _is_chrome(scene, scene.page.blocks[i].text) or fold(scene.page.blocks[i].text) == section:
            continue
        text = scene.page.blocks[i].text.replace("\n", " ").strip(" :|·/+")
        return Found(
            text, Evidence("markup", scene.page.blocks[i].text, scene.page.place(i)), (Claim(i, "kicker", "kicker"),)
        )
    return None


def _inside(scene: Scene, head: int) -> str:
    """What the headline's block holds before or after the headline, when it is a short label."""
    block = scene.page.blocks[head]
    if scene.page.source == "text":
        return split_line(block.raw or block.text)[1]
    title, text = fold(scene.value("title") or ""), fold(block.text)
    if text == title or not title or block.kind != "heading":
        return ""
    for label in (text.removesuffix(title), text.removeprefix(title)):
        if len(label) < len(text) and 1 < len(label.strip()) <= _LONGEST:
            at = 0 if text.startswith(label) else len(block.text) - len(label)
            printed = block.text[at : at + len(label)].strip(" \n:|·/–-")
            return printed if fold(printed) == label.strip(" .,:;!?|-'\"") else ""
    return ""


def _beside(scene: Scene, head: int) -> Iterator[int]:
    """Lines right above, then right below the headline: marked ones first, then unmarked ones of the same header."""
    page = scene.page
    if page.source == "text":
        if head and _short(scene, head - 1) and is_cue_line(page.blocks[head - 1].text, "kicker_labels"):
            yield head - 1
        return
    two = scene.marks.two
    above = [i for i in range(head - 1, max(-1, head - 1 - _ABOVE), -1) if _short(scene, i)]
    below = [i for i in range(head + 1, min(len(page.blocks), head + 1 + _BELOW)) if _short(scene, i)]
    for i in (*above, *below):
        element = page.blocks[i].element
        near = two(element)
        against = _AGAINST & ~TAGS if i == head - 1 else _AGAINST | SECTION
        if near & KICKER and not near & against and not scene.marks.own(element) & STANDFIRST:
            yield i
    for i in (*above, *below):
        if is_cue_line(page.blocks[i].text, "kicker_labels") and not page.blocks[i].link_chars:
            yield i
    if (
        above
        and above[0] == head - 1
        and _sibling(scene, head - 1, head)
        and not two(page.blocks[head - 1].element) & (_AGAINST | SECTION | HEADLINE)
    ):
        yield head - 1


def _short(scene: Scene, i: int) -> bool:
    text = scene.page.blocks[i].text
    if not 1 < len(text) <= _LONGEST or scene.page.blocks[i].kind == "caption" or text.startswith("("):
        return False
    return i not in scene.taken and sum(map(str.isdigit, text)) <= _DIGITS


def _is_chrome(scene: Scene, text: str) -> bool:
    return scene.sites.named(text) or any(is_cue_line(text, cues) for cues in _CHROME)


def _sibling(scene: Scene, i: int, head: int) -> bool:
    """Whether an unmarked line without links stands in the headline's own container."""
    page = scene.page
    block = page.blocks[i]
    if block.link_chars or len(block.text) > _PLAIN_LONGEST or block.element == NO_ELEMENT:
        return False
    mine, theirs = page.elements[block.element], page.elements[page.blocks[head].element]
    if block.text.endswith((".", "?", "!")) or block.kind in ("list_item", "table_row"):
        return False
    return theirs.parent in (mine.parent, block.element) and theirs.parent != NO_ELEMENT
