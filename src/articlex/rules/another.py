"""Where a second article begins on the page, the first one has ended."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from articlex.fields.datetext import find_dates
from articlex.rules.story import Part, Story
from articlex.sentences import ends_sentence
from articlex.vocabulary import starts_with_cue

_ENOUGH = 400
"""Characters of body that the first article has before a second one can begin."""
_LINE, _TITLE = 200, 180
_WITHIN = 2
"""Blocks between a headline and its byline."""


def another_article(story: Story) -> Iterator[tuple[int, Part]]:
    """All body behind a second headline with a byline of its own belongs to another article. 7 : 0."""
    body = story.body
    headline = story.scene.headline
    if not body or headline is None or not _is_signed(story, headline, body[0]):
        return
    own = story.blocks[headline].text
    first = next((i for i in _candidates(story, body) if _begins(story, i, own)), None)
    if first is not None:
        part = Part("related", "another_article")
        yield from ((j, part) for j in body if j >= first)


def _is_signed(story: Story, headline: int, first: int) -> bool:
    """Whether byline or date of the first article stand between its headline and its text."""
    return any(story.parts[i].role in ("byline", "date") for i in range(headline + 1, first))


def _candidates(story: Story, body: list[int]) -> Iterator[int]:
    """Blocks behind enough of the body that may be a headline: main headings, in a dump what stands behind a gap."""
    blocks = story.blocks
    sizes = accumulate([len(blocks[i].text) for i in body])
    enough = next((i for i, size in zip(body, sizes, strict=True) if size >= _ENOUGH), body[-1])
    if story.page.source == "html":
        return (i for i in story.scene.headings if enough < i < body[-1] and blocks[i].level <= 1)
    return (i for i in range(enough + 1, body[-1]) if blocks[i].blank_before)


def _begins(story: Story, i: int, own: str) -> bool:
    """Whether a headline stands in block ``i``: a byline follows it, then text."""
    text = story.blocks[i].text
    if len(text) > _TITLE or text == own or " " not in text or _is_byline(text):
        return False
    if story.page.source != "html" and ends_sentence(text):
        return False
    for j in range(i + 1, min(len(story.blocks) - 1, i + 1 + _WITHIN)):
        if _is_byline(story.blocks[j].text) and _is_dated(story, j):
            return any(len(story.blocks[k].text) > _LINE / 2 for k in range(j + 1, min(len(story.blocks), j + 4)))
    return False


def _is_byline(text: str) -> bool:
    """Whether a line names an author: a cue, then a name."""
    cue = starts_with_cue(text, "byline_prefixes")
    name = text[len(cue) :].split("\n", maxsplit=1)[0].strip(" :") if cue else ""
    return len(text) <= _LINE and name[:1].isupper() and len(name.split()) >= 2 and not ends_sentence(name)


def _is_dated(story: Story, i: int) -> bool:
    """Whether a date stands in the byline or right behind it."""
    texts = (story.blocks[j].text for j in range(i, min(len(story.blocks), i + 2)))
    return any(len(text) <= _LINE and find_dates(text, languages=story.page.languages) for text in texts)
