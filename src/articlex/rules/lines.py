"""Lines that are no text of the article whatever their score: separators, buttons, headings of link lists."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.page import Block
from articlex.rules.story import Part, Story
from articlex.scripts import is_unspaced
from articlex.sentences import ends_sentence
from articlex.vocabulary import contains_cue, is_cue_line

_LINE = 90


def separator(story: Story) -> Iterator[tuple[int, Part]]:
    """No letter, no digit: "* * *", "---" or an ornament. 16 : 1."""
    for i in story.body:
        block = story.blocks[i]
        text = block.text
        if not text[0].isalnum() and block.kind not in ("code", "table_row") and not any(map(str.isalnum, text)):
            yield i, Part("chrome", "separator")


def share_line(story: Story) -> Iterator[tuple[int, Part]]:
    """Buttons: "Email this story | Print version", "Artikel anhören", and those of one word beside them. 0 : 0."""
    body = story.body
    found = [i for i in body if _share_cue(story.blocks[i])]
    kept = {i for i in found if _is_phrase(story.blocks[i].text)}
    for i in (*found, *reversed(found)):
        if i - 1 in kept or i + 1 in kept:
            kept.add(i)
    yield from ((i, Part("chrome", "share_chrome")) for i in sorted(kept))


def _share_cue(block: Block) -> str:
    """The cue in a line that holds nothing but cues; a heading may be one by chance."""
    text = block.text
    if len(text) > _LINE or block.kind in ("heading", "code") or text[0].isdigit():
        return ""
    return (is_cue_line(text, "share_chrome") and contains_cue(text, "share_chrome")) or ""


def _is_phrase(text: str) -> bool:
    cue = contains_cue(text, "share_chrome") or ""
    return " " in cue or is_unspaced(cue)


def related_heading(story: Story) -> Iterator[tuple[int, Part]]:
    """A heading such as "Related stories". 2 : 0."""
    for i in story.body:
        block = story.blocks[i]
        if len(block.text) <= _LINE and is_cue_line(block.text, "related_cues"):
            yield i, Part("related", "related_heading")


def scraps(story: Story) -> Iterator[tuple[int, Part]]:
    """In a dump, what stands behind the last sentence, and behind buttons or a heading of link lists. 18 : 1."""
    if story.page.source != "text":
        return
    body = story.body
    sentences = (i for i in reversed(body) if ends_sentence(story.blocks[i].text) or len(story.blocks[i].text) > _LINE)
    last = next(sentences, None)
    ended = False
    for i in range(len(story.parts) if last is None else last + 1, len(story.parts)):
        ended = ended or _ends_article(story.blocks[i].text)
        if ended and story.parts[i].role == "body":
            yield i, Part("related", "scraps")


def _ends_article(text: str) -> bool:
    if len(text) > _LINE:
        return False
    return is_cue_line(text, "related_cues") or (is_cue_line(text, "share_chrome") and _is_phrase(text))
