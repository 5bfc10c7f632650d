"""The story of a page whose body is (nearly) empty, out of the data that its scripts would have shown it from.

Pages that are drawn in the browser hold their text in JSON-LD (``articleBody``) or in the state of their framework.
What is found is written as a small HTML document and read like any page, so that the stages after this one see blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any, Literal, NamedTuple

from articlex.options import Options
from articlex.page import NO_ELEMENT, Elements, Page, Picture
from articlex.patterns import lazy
from articlex.scripts import letters_of

FROM_SCRIPT: Literal["story_from_script"] = "story_from_script"
FROM_JSON_LD: Literal["story_from_json_ld"] = "story_from_json_ld"
"""The reasons a record gives for a story that the page itself does not show."""
_VISIBLE = 600
"""Characters of unlinked prose from which a page is taken to show its story."""
_PROSE, _PROSE_UNSPACED = 80, 30
_UNSPACED = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHARE = 0.6
"""The state's text is taken before an ``articleBody`` without paragraphs unless it is so much shorter."""
_SCRIPT = lazy(rb"<script\b", re.IGNORECASE)
_LEAST = 200
"""Characters that must be left of a story after what is no running text was taken out."""
_PROBE = 120
_TITLES = ("og:title", "twitter:title")

Fill = Callable[[Page, bytes], object]


class _Found(NamedTuple):
    """A story: what is known of its article in the terms of schema.org, and HTML."""

    reason: str
    facts: dict[str, Any]
    lead_in: str
    markup: str
    script: str
    """The script it was found in."""


def add_story(page: Page, data: bytes, linked: list[str], options: Options, fill: Fill) -> None:
    """Append the story to the blocks of a page that shows none; say so in ``page.reasons``.

    ``data`` is the page's source, ``linked`` its JSON-LD scripts, which count for ``options.max_structured``, and
    ``fill`` reads HTML into a fresh page.
    """
    if _shows_prose(page) or not (page.scripts or page.json_ld):
        return
    found = _find(page, linked, options)
    if found is None:
        return
    said = found.facts.get("headline")
    headline = unescape(said) if isinstance(said, str) else ""
    heading = f"<h1>{escape(headline)}</h1>" if _is_new(page, headline) else ""
    markup = f'<article>{heading}{found.lead_in}<div class="article-body">{found.markup}</div></article>'
    story = Page(source="html", url=page.url, base=page.base)
    fill(story, markup.replace("\x00", "").encode("utf-8", "replace"))
    if not _tells_more(page, story):
        return
    page.reasons.append(found.reason)
    _append(page, story, _number(data, found.script))
    if found.reason == FROM_SCRIPT:
        known = {key for node in page.json_ld if "headline" in node for key in node if key != "@type"}
        body = "\n".join(block.text for block in story.blocks)
        page.json_ld.append(
            {key: value for key, value in found.facts.items() if key not in known} | {"articleBody": body}
        )


def _tells_more(page: Page, story: Page) -> bool:
    """Whether there is a story at all after what is promotion was left out, and the page does not show most of it."""
    shown = {block.text for block in page.blocks}
    size = sum(len(block.text) for block in story.blocks)
    again = sum(len(block.text) for block in story.blocks if block.text in shown)
    return size >= _LEAST and 2 * again < size


def _shows_prose(page: Page) -> bool:
    seen = 0
    for block in page.blocks:
        size = len(block.text)
        if size < _PROSE and (size < _PROSE_UNSPACED or not _UNSPACED.search(block.text)):
            continue
        if 2 * block.link_chars < size:
            seen += size
            if seen >= _VISIBLE:
                return True
    return False


def _find(page: Page, linked: list[str], options: Options) -> _Found | None:
    """The story of the page's state, or the ``articleBody`` of its JSON-LD if that is as full and has paragraphs."""
    # few pages come here, and the expressions of these modules take 10 ms to compile
    from articlex.reading.state import read_state
    from articlex.reading.story_facts import facts_of, lead_in
    from articlex.reading.story_find import STORY, find_story, prose_mass
    from articlex.reading.story_render import blocks_of, render

    node = max(page.json_ld, key=lambda node: len(_body_of(node)), default={})
    body = _body_of(node)
    size = prose_mass(body)
    linked_story = None
    if size >= STORY:
        script = next((script for script in linked if "articleBody" in script), "")
        linked_story = _Found(FROM_JSON_LD, node, "", blocks_of(body), script)
        if linked_story.markup.count("<p") > 2:
            return linked_story
    state = read_state(page.scripts, options.max_structured - sum(map(len, linked)))
    if state.limited and "structured_limited" not in page.reasons:
        page.reasons.append("structured_limited")
    titles = [page.title_tag, *(title for name in _TITLES for title in page.metas.get(name, ())[:1])]
    is_article = "article" in page.metas.get("og:type", ()) or any("headline" in node for node in page.json_ld)
    story = find_story(state.values, titles, is_article=is_article)
    if story is None or story.mass < _SHARE * size:
        return linked_story
    script = state.scripts[story.root]
    return _Found(FROM_SCRIPT, facts_of(story.article), lead_in(story.article), render(story), script)


def _body_of(node: dict[str, Any]) -> str:
    body = node.get("articleBody")
    return body if isinstance(body, str) else ""


def _is_new(page: Page, headline: str) -> bool:
    key = letters_of(headline)
    return bool(key) and not any(
        len(block.text) < 2 * len(headline) and key == letters_of(block.text) for block in page.blocks
    )


def _number(data: bytes, script: str) -> int:
    """Which ``<script>`` of the source this is, from 1."""
    at = data.find(script[:_PROBE].encode("utf-8", "replace"))
    return len(_SCRIPT.findall(data, 0, max(at, 0))) or 1


def _append(page: Page, story: Page, script: int) -> None:
    """Put the story's blocks, spans and pictures behind those of the page.

    The elements that hold blocks stay before the others, so those of the page that hold none move back.
    """
    first, held, moved = len(page.blocks), page.holders, story.holders
    in_page = [at if at < held else at + moved for at in range(len(page.elements))]
    rest = len(page.elements)
    in_story = [held + at if at < moved else rest + at for at in range(len(story.elements))]

    def placed(element: int, places: list[int]) -> int:
        return NO_ELEMENT if element == NO_ELEMENT else places[element]

    own = [element._replace(parent=placed(element.parent, in_page)) for element in page.elements]
    new = [element._replace(parent=placed(element.parent, in_story), number=-script) for element in story.elements]
    page.elements = Elements.of(own[:held] + new[:moved] + own[held:] + new[moved:])
    page.holders = held + moved
    for block in story.blocks:
        block.element = placed(block.element, in_story)
    page.blocks.extend(story.blocks)
    spans = page.spans
    spans.elements = [placed(element, in_page) for element in spans.elements]
    spans.blocks.extend(block + first for block in story.spans.blocks)
    spans.elements.extend(placed(element, in_story) for element in story.spans.elements)
    spans.texts.extend(story.spans.texts)
    page.pictures = [picture._replace(element=placed(picture.element, in_page)) for picture in page.pictures]
    page.pictures.extend(
        Picture(picture.block + first, placed(picture.element, in_story), picture.attrs) for picture in story.pictures
    )
