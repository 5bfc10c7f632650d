"""The section of the site that the article stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from articlex.article import Evidence, Source
from articlex.fields.dump_section import printed_sections
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.links import Label
from articlex.fields.marks import ASIDE, AUTHOR, BREADCRUMB, CURRENT, SECTION, TAGS
from articlex.fields.signals import fold, metas, text_of, types_of
from articlex.fields.sites import squeezed_words
from articlex.page import NO_ELEMENT
from articlex.vocabulary import is_cue_line, markup

_LONGEST = 50
_SHORT = 30
_ABOVE = 8
"""Blocks above the headline in which a section's label stands."""


class Named(NamedTuple):
    """A section that one source names."""

    source: Source
    name: str
    raw: str
    place: str = ""
    blocks: tuple[int, ...] = ()
    kind: str = ""


def find_section(scene: Scene) -> Found[str] | None:
    """Category links and labels beside the headline, then breadcrumbs, JSON-LD and meta tags, then the URL."""
    title = fold(scene.value("title") or "")
    named = [item for item in _candidates(scene) if _plausible(scene, item.name, title)]
    if not named:  # asked only now: each costs a walk over all links
        named = [
            item
            for find in (_linked_path, _current, _bare_path)
            for item in find(scene)
            if _plausible(scene, item.name, title)
        ]
    if not named:
        return None
    best = _supported(scene, named)
    agree = tuple(
        dict.fromkeys(
            item.source for item in named if item.source != best.source and fold(item.name) == fold(best.name)
        )
    )
    blocks = dict.fromkeys(block for item in named for block in item.blocks)
    claims = tuple(Claim(block, "section", "section_label") for block in blocks)
    return Found(best.name, Evidence(best.source, best.raw, best.place, agree), claims)


def _plausible(scene: Scene, name: str, title: str) -> bool:
    if not 1 < len(name) <= _LONGEST or fold(name) == title or scene.sites.named(name):
        return False
    return not (is_cue_line(name, "share_chrome") or is_cue_line(name, "login_chrome"))


def _supported(scene: Scene, named: list[Named]) -> Named:
    """Of several labels in the first place that has any, the one another place names too, else the first."""
    first = [item for item in named if item.kind == named[0].kind]
    if len(first) == 1:
        return first[0]
    keys = [fold(item.name) for item in first]
    others = {fold(item.name) for item in named if item.kind != named[0].kind}
    if keys[0] in others or len(set(keys)) == 1:
        return first[0]
    others.update(fold(item.name) for item in _current(scene, frozenset(keys)))
    return next((item for item, key in zip(first, keys, strict=True) if key in others), first[0])


def _candidates(scene: Scene) -> Iterator[Named]:
    if scene.page.source == "text":
        for said in printed_sections(scene):
            yield Named("text", said.name, said.line, scene.page.place(said.block), said.claims, "printed")
        return
    for find in (_category_links, _crumbs, _labels, _above, _stated):
        for item in find(scene):
            yield item._replace(kind=find.__name__)


def _top(scene: Scene) -> int:
    return scene.headline if scene.headline is not None else scene.first


def _category_links(scene: Scene) -> Iterator[Named]:
    """Links with rel="category" around the article."""
    labels = [label for label in scene.labels if "category" in label.rel]
    yield from _of_labels(scene, labels)


def _of_labels(scene: Scene, labels: list[Label]) -> Iterator[Named]:
    page = scene.page
    for label in labels:
        alone = page.blocks[label.block].link_chars >= 0.8 * len(page.blocks[label.block].text)
        claim = (label.block,) if alone and label.block != scene.headline else ()
        yield Named("markup", label.text.strip(" ,#"), label.text, page.place(label.block), claim)


def _labels(scene: Scene) -> Iterator[Named]:
    """Short links and lines right above or below the headline whose class speaks of a section."""
    top = _top(scene)
    near = [
        label
        for label in scene.labels
        if top - _ABOVE <= label.block <= max(top, scene.first) + 3
        and label.marks & SECTION
        and not label.marks & (BREADCRUMB | TAGS | ASIDE | AUTHOR)
    ]
    near.sort(key=lambda label: (abs(label.block - top) > 4, label.block > top))
    yield from _of_labels(scene, near)
    page, own, three = scene.page, scene.marks.own, scene.marks.three
    for i in range(max(0, top - 4), min(top + 3, len(page.blocks))):
        block = page.blocks[i]
        if i == top or len(block.text) > _LONGEST or not own(block.element) & SECTION:
            continue
        if not three(block.element) & (BREADCRUMB | TAGS | AUTHOR | ASIDE):
            yield Named("markup", block.text.replace("\n", " ").strip(" ·|/>»"), block.text, page.place(i), (i,))


def _above(scene: Scene) -> Iterator[Named]:
    """A line right above the headline that is one link to a part of the site."""
    page, top = scene.page, _top(scene)
    for i in range(top - 1, max(-1, top - 3), -1):
        block = page.blocks[i]
        if len(block.text) > _LONGEST:
            continue
        spans = [span for span in scene.spans(i) if page.elements.tags[span.element] == "a"]
        if len(spans) != 1 or len(spans[0].text) < 0.8 * len(block.text):
            continue
        href = page.elements.attrs[spans[0].element].get("href", "")
        listed = i > 0 and _alike(scene, i - 1, i)  # an item of a menu
        if (
            not listed
            and href.startswith(("/", "http"))
            and _segments(href)
            and "#" not in href
            and not scene.marks.two(block.element) & (ASIDE | AUTHOR | BREADCRUMB)
        ):
            yield Named("markup", block.text, block.text, page.place(i), (i,))


def _alike(scene: Scene, i: int, j: int) -> bool:
    """Whether two blocks stand in elements of the same tag and class under the same parent, or in the same one."""
    elements = scene.page.elements
    left, right = scene.page.blocks[i].element, scene.page.blocks[j].element
    if left == right or NO_ELEMENT in (left, right):
        return left == right
    mine, theirs = elements[left], elements[right]
    return (
        mine.tag == theirs.tag and mine.parent == theirs.parent and mine.attrs.get("class") == theirs.attrs.get("class")
    )


def _crumbs(scene: Scene) -> Iterator[Named]:
    """The last breadcrumb that is not the article itself: visible, then in JSON-LD."""
    top, page = _top(scene), scene.page
    links = [label for label in scene.labels if label.marks & BREADCRUMB and label.block <= max(top, scene.first) + 3]
    names = [label for label in links if _is_crumb(scene, label.text, label.href)]
    if names:
        blocks = tuple(dict.fromkeys(label.block for label in links if label.block != scene.headline))
        trail = " > ".join(label.text for label in links)
        yield Named("markup", names[-1].text.strip(" /»>›|"), trail, page.place(names[-1].block), blocks)
    for node in page.json_ld[:40]:
        if "breadcrumblist" in types_of(node):
            trail_ld = [name for name, url in _list_names(node.get("itemListElement")) if _is_crumb(scene, name, url)]
            if trail_ld:
                yield Named("json-ld", trail_ld[-1], " > ".join(trail_ld))


def _is_crumb(scene: Scene, name: str, href: str) -> bool:
    """Whether a breadcrumb is a section: not the front page, not the article's own (perhaps shortened) title."""
    try:
        path = urlsplit(href).path
    except ValueError:
        return False
    if (path in ("", "/") and href and not href.startswith("#")) or scene.sites.named(name) or len(name) > _LONGEST:
        return False
    key, title = fold(name).rstrip(" .…"), fold(scene.value("title") or "")
    if title and ((title.startswith(key) and len(key) > 0.3 * len(title)) or key.startswith(title)):
        return False
    return len(name.split()) < 7 and (path not in ("", "/") or not is_cue_line(name, "navigation_chrome"))


def _list_names(items: Any) -> list[tuple[str, str]]:
    found = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, Mapping):
            target = item.get("item")
            name = text_of(item.get("name")) or (text_of(target.get("name")) if isinstance(target, Mapping) else "")
            url = text_of(target.get("@id") if isinstance(target, Mapping) else target)
            found.append((name, url))
    return [pair for pair in found if pair[0]]


def _stated(scene: Scene) -> Iterator[Named]:
    """ArticleSection of JSON-LD, then meta tags."""
    for node in scene.articles[:2]:
        value = node.get("articleSection")
        for item in value if isinstance(value, list) else [value]:
            if name := text_of(item):
                yield Named("json-ld", _first_part(name), name)
                break
    for _, name in metas(scene.page, *_metas()):
        yield Named("meta", _first_part(name), name)


def _first_part(name: str) -> str:
    return name.split(",", maxsplit=1)[0].strip() if name.count(",") and len(name) > 20 else name


@cache
def _metas() -> tuple[str, ...]:
    return (
        "article:section",
        "og:article:section",
        "articlesection",
        "section",
        "parsely-section",
        "sailthru.section",
        "cxenseparse:section",
    )


def _current(scene: Scene, among: frozenset[str] = frozenset()) -> Iterator[Named]:
    """The items that the menu above the headline marks as the current ones; ``among`` leaves only these (folded)."""
    page, near = scene.page, scene.marks.two
    tags = page.elements.tags
    for block, element, text in page.spans.between(0, _top(scene) + 1):
        if len(text) > _SHORT or tags[element] != "a" or not near(element) & CURRENT:
            continue
        if among and fold(text) not in among:
            continue
        if _segments(page.elements.attrs[element].get("href", "")):
            yield Named("markup", text, text, page.place(block))


def _linked_path(scene: Scene) -> Iterator[Named]:
    """The link whose address begins the page's own path, the deepest one whose text says the same as its address."""
    parts = _segments(_own_url(scene))
    if len(parts) < 2:
        return
    page = scene.page
    best, depth = "", 0
    for element, text in zip(page.spans.elements, page.spans.texts, strict=True):
        if page.elements.tags[element] != "a" or len(text) > _LONGEST:
            continue
        href = page.elements.attrs[element].get("href", "")
        if parts[0] in href and "#" not in href:
            theirs = _segments(href)
            if (
                depth < len(theirs) < len(parts)
                and parts[: len(theirs)] == theirs
                and not text.isdigit()
                and _spells(text, theirs[-1])
            ):
                best, depth = text, len(theirs)
    if best:
        yield Named("url", best, "/".join(parts[:depth]))


def _bare_path(scene: Scene) -> Iterator[Named]:
    """The last part of the URL's path before the article's own that is a word and not one that every article has."""
    for part in reversed(_segments(_own_url(scene))[:-1]):
        if part.replace("-", "").isalpha() and 3 < len(part) < 24 and part not in _plain():
            yield Named("url", part.replace("-", " ").capitalize(), part)
            return


def _own_url(scene: Scene) -> str | None:
    return scene.page.url or scene.value("canonical_url")


def _spells(text: str, part: str) -> bool:
    """Whether a link's text and the part of the path it leads to share a word."""
    ours = squeezed_words(text)
    return any(word in part for word in ours if len(word) > 3) or "".join(ours) == part.replace("-", "")


@cache
def _plain() -> frozenset[str]:
    """Parts of a path that every article has: /news/, /article/."""
    return frozenset(markup("plain_path"))


def _segments(url: str | None) -> list[str]:
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return []
    return [unquote(part).lower() for part in path.split("/") if part]
