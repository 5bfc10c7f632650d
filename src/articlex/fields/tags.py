"""The topics the publisher filed the article under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from articlex.article import Evidence, Source
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.links import Label
from articlex.fields.marks import ASIDE, AUTHOR, BREADCRUMB, TAGS
from articlex.fields.signals import fold, metas, text_of
from articlex.patterns import lazy
from articlex.scripts import SPACELESS
from articlex.vocabulary import starts_with_cue

_LONGEST = 60
_MOST = 40
_SPLIT = lazy(r"\s*[,;،、，|]\s*")
_COUNT = lazy(r"\s*\(\d+\)$")
_LINE = 300
_SHORT_LINE = 40
_AFTER = 12
_SPACELESS = lazy(f"[{SPACELESS}]{{2}}")


class Listed(NamedTuple):
    """The tags one source gives."""

    source: Source
    tags: tuple[str, ...]
    raw: str
    place: str = ""
    blocks: tuple[int, ...] = ()


def find_tags(scene: Scene) -> Found[tuple[str, ...]] | None:
    """Tag links and tag metadata before keyword lists, which many pages fill for search engines."""
    listed = [item for item in (*_marked(scene), *_stated(scene), *_shown(scene), *_keywords(scene)) if item.tags]
    if not listed:
        return None
    if _is_section(scene, listed[0]):
        listed.sort(key=lambda item: item.source not in ("meta", "json-ld") or len(item.tags) < 2)
    keys = {fold(tag) for tag in listed[0].tags}
    # as printed, where the page prints the very tags that it states
    best = next((item for item in listed if item.place and {fold(tag) for tag in item.tags} == keys), listed[0])
    agree = tuple(
        dict.fromkeys(
            item.source
            for item in listed
            if item.source != best.source and 2 * len(keys & {fold(tag) for tag in item.tags}) >= len(keys)
        )
    )
    claims = tuple(Claim(block, "tags", "tag_list") for item in listed for block in item.blocks)
    return Found(best.tags, Evidence(best.source, best.raw, best.place, agree), tuple(dict.fromkeys(claims)))


def _is_section(scene: Scene, item: Listed) -> bool:
    """Whether a list is one link to the section, above the story, whatever its class says."""
    above = bool(item.blocks) and item.blocks[0] < scene.first
    return above and [fold(tag) for tag in item.tags] == [fold(scene.value("section") or "")]


def clean(scene: Scene, raw: Iterable[str]) -> tuple[str, ...]:
    """Tags in order, each once, without marks, counts and what is no tag (the site's name, the headline, a URL)."""
    title = fold(scene.value("title") or "")
    kept: dict[str, str] = {}
    for text in raw:
        tag = _COUNT.sub("", text.strip(" \t,;#·•|/")).strip()
        key = fold(tag)
        if key and len(tag) <= _LONGEST and key != title and "://" not in tag and not scene.sites.named(tag):
            kept.setdefault(key, tag)
    return tuple(kept.values())[:_MOST]


def _marked(scene: Scene) -> Iterator[Listed]:
    """Links with rel=tag."""
    labels = [label for label in scene.labels if "tag" in label.rel.split() and "category" not in label.rel]
    if labels:
        yield _of_labels(scene, _nearest(scene, labels))


def _stated(scene: Scene) -> Iterator[Listed]:
    """article:tag, news_keywords and their like, then the keywords of JSON-LD."""
    for name in (
        "article:tag",
        "og:article:tag",
        "parsely-tags",
        "news_keywords",
        "sailthru.tags",
        "cxenseparse:keywords",
        "bt:tags",
    ):
        values = [text for _, text in metas(scene.page, name)]
        if values:
            yield Listed("meta", clean(scene, split(values)), ", ".join(values))
    for node in scene.articles[:2]:
        values = list(_texts(node.get("keywords")))
        if values:
            yield Listed("json-ld", clean(scene, split(values)), ", ".join(values))


def _keywords(scene: Scene) -> Iterator[Listed]:
    """Keywords for search engines."""
    for name in ("keywords", "dc.subject", "dcterms.subject", "tags"):
        values = [text for _, text in metas(scene.page, name)]
        if values:
            yield Listed("meta", clean(scene, split(values)), ", ".join(values))


def split(values: Iterable[str]) -> Iterator[str]:
    """The parts of comma lists."""
    for value in values:
        yield from _SPLIT.split(value)


def _texts(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if text := text_of(item):
            yield text


def _shown(scene: Scene) -> Iterator[Listed]:
    """Lists of links in an element whose class speaks of tags, or whose addresses do; then labelled lines."""
    labels = [
        label
        for label in scene.labels
        if label.marks & TAGS and not label.marks & (BREADCRUMB | AUTHOR) and "category" not in label.rel
    ]
    if labels:
        yield _of_labels(scene, _nearest(scene, labels))
    yield from _labelled(scene)
    labels = [label for label in scene.labels if label.tag_path and not label.marks & (ASIDE | BREADCRUMB | AUTHOR)]
    if labels:
        yield _of_labels(scene, _nearest(scene, labels))


def _of_labels(scene: Scene, labels: list[Label]) -> Listed:
    page = scene.page
    texts = [label.text for label in labels]
    blocks = tuple(
        block
        for block in dict.fromkeys(label.block for label in labels)
        if page.blocks[block].link_chars >= 0.6 * len(page.blocks[block].text) and block != scene.headline
    )
    return Listed("markup", clean(scene, texts), ", ".join(texts), page.place(labels[0].block), blocks)


def _nearest(scene: Scene, labels: list[Label]) -> list[Label]:
    """The links of the one list that is nearest to the article's end, or to its headline."""
    groups: list[list[Label]] = []
    for label in labels:
        last = groups[-1][-1] if groups else None
        if last and (label.group == last.group or label.block - last.block <= 1):
            groups[-1].append(label)
        else:
            groups.append([label])
    top = scene.headline if scene.headline is not None else scene.first

    def distance(group: list[Label]) -> tuple[bool, int]:
        block = group[0].block
        inside = scene.first < block < scene.last
        if block > scene.first:
            return inside and len(group) < 2, max(0, block - scene.last)
        return False, abs(top - block) + 2

    return min(groups, key=distance)


def _labelled(scene: Scene) -> Iterator[Listed]:
    """A line such as "Tags: a, b, c", or a label with a line for each tag after it, near the headline or the end."""
    page = scene.page
    total = len(page.blocks)
    top = scene.headline if scene.headline is not None else scene.first
    start = max(0, scene.last)
    near = (
        *range(start, min(total, start + _AFTER)),
        *range(max(0, top - 3), min(total, max(top, scene.first) + 3)),
    )
    for i in near:
        block = page.blocks[i]
        cue = starts_with_cue(block.text, "tag_labels")
        if not cue or len(block.text) > _LINE or (scene.scores[i] > 0.8 and 3 * block.link_chars < len(block.text)):
            continue
        if len(starts_with_cue(block.text, "related_cues") or "") > len(cue):
            continue
        blocks, tags = _after_label(scene, i, block.text[len(cue) :].strip(" :："))
        if tags:
            yield Listed("text", tags, block.text, page.place(i), blocks)
            return


def _after_label(scene: Scene, i: int, rest: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The tags behind a label on its line, or on the short lines after it, and all these lines."""
    blocks = [i]
    if rest:
        parts = list(split([rest]))
        if len(parts) == 1 and not rest.isascii() and _SPACELESS.search(rest):
            parts = rest.split()
    else:
        parts = []
        for j in range(i + 1, min(len(scene.page.blocks), i + 14)):
            line = scene.page.blocks[j]
            if (
                len(line.text) > _SHORT_LINE
                or (line.blank_before and parts)
                or starts_with_cue(line.text, "related_cues")
            ):
                break
            parts.extend(split([line.text]))
            blocks.append(j)
    if rest.endswith((".", "!", "?")) or any(len(part) > _SHORT_LINE for part in parts):
        return (), ()
    return tuple(blocks), clean(scene, parts)
