"""The pictures of the article with their captions and credits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from articlex.article import Evidence, Image, Source
from articlex.fields.canonical import absolute
from articlex.fields.captions import Line, bare_credit, caption_lines, pictures_end, split_caption
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.marks import ASIDE, AUTHOR, CREDIT, chain
from articlex.fields.signals import metas, text_of
from articlex.page import NO_ELEMENT, Picture
from articlex.patterns import lazy

_BEFORE, _AFTER = 10, 1
_SMALLEST = 100
"""Pictures declared narrower or lower than this many pixels are icons, portraits and trackers."""
_MOST = 60
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset", "data-lazy-srcset")
_CHROME = lazy(r"\.(?:svg|gif|cgi)(?:$|\?)|/[^/]*(?:logo|icon|avatar|spacer|pixel|counter|sprite)[^/]*$")
_SIZE = lazy(r"[-_]?\d{2,4}x\d{2,4}|[-_](?:scaled|large|medium|small|thumb)|@\dx")


def find_images(scene: Scene) -> Found[tuple[Image, ...]] | None:
    """The lead picture that the metadata name, then the pictures of the article's range in page order."""
    lines = {line.block: line for line in caption_lines(scene)}
    stated = list(_stated(scene))
    shown: dict[str, Image] = {}
    for picture in _pictures(scene):
        image = _image(scene, picture, lines)
        if image:
            key = _key(image.url)
            kept = shown.get(key)
            shown[key] = image if kept is None or (image.caption and not kept.caption) else kept
    images = _with_lead(list(shown.values()), stated)
    claims = tuple(Claim(line.block, line.role, line.reason) for line in lines.values())
    if not images and not claims:
        return None
    source: Source = stated[0][0] if stated else "markup"
    return Found(tuple(images[:_MOST]), Evidence(source, stated[0][1] if stated else "", ""), claims)


def _stated(scene: Scene) -> Iterator[tuple[Source, str, str]]:
    """(source, raw, absolute URL) of the lead picture by og:image, JSON-LD and their like."""
    page = scene.page
    raws: list[tuple[Source, str]] = [
        ("meta", raw)
        for _, raw in metas(
            page, "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"
        )
    ]
    raws.extend(("json-ld", _url_of(node.get("image"))) for node in scene.articles[:2])
    raws.extend(("markup", link.get("href", "")) for link in page.links if link.get("rel") == "image_src")
    for source, raw in raws:
        if raw and (url := absolute(raw, page.base)):
            yield source, raw, url


def _url_of(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("url") or value.get("contentUrl") or value.get("@id")
    return text_of(value)


def _pictures(scene: Scene) -> Iterator[Picture]:
    """Pictures between a little above the headline and the body's end."""
    if scene.first > scene.last:
        return
    top = scene.headline if scene.headline is not None else scene.first
    low, high = min(top, scene.first) - _BEFORE, pictures_end(scene) + _AFTER
    tags, near = scene.page.elements.tags, scene.marks.two
    pictures = [picture for picture in scene.page.pictures if low <= picture.block <= high]
    for picture, after in zip_longest(pictures, pictures[1:]):
        element = picture.element
        if after is not None and after.element == element != NO_ELEMENT and tags[element] == "picture":
            continue  # one picture an element: the <img> of a <picture> stands after its <source> elements
        if not near(element) & (ASIDE | AUTHOR):
            yield picture


def _image(scene: Scene, picture: Picture, lines: Mapping[int, Line]) -> Image | None:
    attrs = picture.attrs
    if _is_small(attrs.get("width", "")) or _is_small(attrs.get("height", "")):
        return None
    url = _source_of(attrs, scene.page.base)
    if not url or _CHROME.search(url.lower()):
        return None
    alt = text_of(attrs.get("alt"))
    if alt and scene.sites.named(alt):
        return None
    caption, credit = _words(scene, picture, lines)
    return Image(url, alt or None, caption, credit)


def _is_small(side: str) -> bool:
    return side.isdecimal() and int(side[:6]) < _SMALLEST


def _source_of(attrs: Mapping[str, str], base: str | None) -> str:
    """The absolute URL of the first attribute that gives one."""
    for name in _SOURCES:
        if (raw := attrs.get(name)) and (url := absolute(_first_url(raw, name), base)):
            return url
    return ""


def _first_url(raw: str, name: str) -> str:
    """The picture of a ``srcset`` (its last candidate is usually the largest), or the URL itself."""
    if "srcset" not in name:
        return raw.strip()
    candidates = [part.split() for part in raw.split(", ") if part.strip()]
    return candidates[-1][0].rstrip(",") if candidates else ""


def _words(scene: Scene, picture: Picture, lines: Mapping[int, Line]) -> tuple[str | None, str | None]:
    """Caption and credit: the lines right after the picture, in the same figure or a few elements above it."""
    page = scene.page
    below = [line for block in range(picture.block, picture.block + 3) if (line := lines.get(block))]
    around = _around(scene, picture.element) if below else set()
    caption = credit = None
    for line in below:
        if around.isdisjoint(_around(scene, page.blocks[line.block].element)):
            continue
        text = page.blocks[line.block].text.replace("\n", " ")
        if line.role == "credit":
            credit = credit or bare_credit(text)
        elif caption is None:
            caption, said = _marked_credit(scene, line.block, text) or split_caption(text)
            credit = credit or said
    return caption, credit


def _marked_credit(scene: Scene, block: int, text: str) -> tuple[str | None, str | None] | None:
    """Caption and credit where an inline element's class sets the credit apart."""
    for span in scene.spans(block):
        if scene.marks.own(span.element) & CREDIT and span.text in text:
            return text.replace(span.text, " ").strip(" |–—(),") or None, bare_credit(span.text) or None
    return None


def _around(scene: Scene, element: int) -> set[int]:
    """An element and what it stands in, up to the story itself."""
    tags = scene.page.elements.tags
    return {at for at in chain(scene.page, element, 4) if tags[at] not in ("body", "article", "main")}


def _key(url: str) -> str:
    """The file's name without its size, by which two renditions of one picture are known."""
    name = url.partition("?")[0].rpartition("/")[2]
    return _SIZE.sub("", name.rpartition(".")[0] or name).lower() or url


def _with_lead(images: list[Image], stated: Sequence[tuple[Source, str, str]]) -> list[Image]:
    """The images with exactly one lead, first: the stated one (with what the page shows of it), else the first."""
    if stated:
        url = stated[0][2]
        key = _key(url)
        twin = next((image for image in images if _key(image.url) == key), None)
        rest = [image for image in images if image is not twin]
        if twin:
            return [Image(url, twin.alt, twin.caption, twin.credit, lead=True), *rest]
        return [Image(url, lead=True), *rest]
    return [Image(image.url, image.alt, image.caption, image.credit, lead=not i) for i, image in enumerate(images)]
