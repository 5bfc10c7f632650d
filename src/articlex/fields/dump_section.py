"""The section in a text dump: "By NAME, DATE in SECTION", a breadcrumb line, or a line that the URL repeats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from articlex.fields.found import Scene
from articlex.fields.signals import fold
from articlex.fields.sites import squeezed_words
from articlex.patterns import lazy
from articlex.scripts import fold as fold_phrase
from articlex.vocabulary import phrases

_LINE = 140
_ABOVE, _BELOW = 4, 4
_SHORT = 30
_MENU = 60
"""Lines above the label in which the site's menu stands."""
_CRUMB = lazy(r"\s*(?:›|»|→|>|(?<=\s)/(?=\s))\s*")


class PrintedSection(NamedTuple):
    """A section, the line that says it, and the lines that are nothing but the section."""

    name: str
    line: str
    block: int
    claims: tuple[int, ...] = ()


def printed_sections(scene: Scene) -> Iterator[PrintedSection]:
    """What the lines around the headline of a dump say, most trusted first."""
    blocks = scene.page.blocks
    top = scene.headline if scene.headline is not None else scene.first
    low, high = max(0, top - _ABOVE), min(len(blocks), max(top + 3, scene.first + 1), top + 1 + _BELOW)
    for i in range(low, high):
        if i != top and len(blocks[i].text) <= _LINE and (name := _after_date(blocks[i].text)):
            yield PrintedSection(name, blocks[i].text, i)
    title = fold(scene.value("title") or "")
    for i in range(low, top):
        if len(blocks[i].text) <= _LINE + len(title) and (crumbs := _crumbs(blocks[i].text, title)):
            menu = {block.text for block in blocks[max(0, i - _MENU) : i]}
            name = next((crumb for crumb in reversed(crumbs) if crumb in menu), crumbs[-1])
            yield PrintedSection(name, blocks[i].text, i, (i,))
    for i in (top - 1, top - 2):
        if i >= 0 and _is_label(scene, i, top):
            yield PrintedSection(blocks[i].text, blocks[i].text, i, (i,))
            break


def _is_label(scene: Scene, i: int, top: int) -> bool:
    """A short line above the headline that stands alone, or that the menu or the URL has too."""
    blocks = scene.page.blocks
    text = blocks[i].text
    if (
        len(text) > _SHORT
        or not text[:1].isalpha()
        or any(map(str.isdigit, text))
        or text.endswith((".", ":", "!", "?"))
    ):
        return False
    alone = blocks[i].blank_before > 0 and blocks[i + 1].blank_before > 0 and i == top - 1
    listed = any(block.text == text for block in blocks[max(0, i - _MENU) : i])
    return alone or listed or "".join(squeezed_words(text)) in _path_words(scene.page.url)


def _after_date(text: str) -> str:
    """The words behind "in" (in any language) at the end of a line that holds a date."""
    words = text.split()
    for k in range(len(words) - 2, 0, -1):
        name = words[k + 1 :]
        if len(name) > 4 or any(map(str.isdigit, "".join(name))):
            return ""
        if fold_phrase(words[k]).rstrip(":") in phrases("section_links"):
            dated = any(map(str.isdigit, "".join(words[:k])))
            return " ".join(name) if dated and name[0][:1].isupper() else ""
    return ""


def _crumbs(text: str, title: str) -> list[str]:
    """The parts of a breadcrumb line that can be sections: not the front page, which is the first, nor the headline."""
    parts = [part.strip() for part in _CRUMB.split(text) if part.strip()]
    own = [part for part in parts if fold(part) != title and not title.startswith(fold(part).rstrip(" .…"))]
    first = 1 if len(parts) > 2 or len(own) < len(parts) else 0
    crumbs = [part for part in own if part in parts[first:]] if len(parts) > 1 else []
    return crumbs if crumbs and len(crumbs[-1]) <= _SHORT and not any(map(str.isdigit, crumbs[-1])) else []


def _path_words(url: str | None) -> set[str]:
    try:
        parts = urlsplit(url or "").path.lower().split("/")[:-1]
    except ValueError:
        return set()
    return {"".join(squeezed_words(part)) for part in parts if len(part) > 2}
