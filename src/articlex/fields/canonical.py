"""The URL under which the page wants to be known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from articlex.article import Evidence, Source
from articlex.fields.found import Found, Scene
from articlex.fields.signals import metas, text_of
from articlex.patterns import lazy

_WHOLE = lazy(r"https?://[^\s/?#\[\]]+(?:[/?#]\S*)?", re.IGNORECASE)


def find_canonical_url(scene: Scene) -> Found[str] | None:
    """``<link rel=canonical>``, then og:url, then JSON-LD; a canonical that is only the front page is passed over."""
    said = [(source, raw, url) for source, raw in _said(scene) if (url := absolute(raw, scene.page.base))]
    if not said:
        return None
    best = next((item for item in said if not _is_front(item[2])), said[0])
    if _is_front(best[2]) and scene.page.url and not _is_front(scene.page.url):
        return None
    agree = tuple(dict.fromkeys(source for source, _, url in said if url == best[2] and source != best[0]))
    return Found(best[2], Evidence(best[0], best[1], "", agree))


def _said(scene: Scene) -> Iterator[tuple[Source, str]]:
    page = scene.page
    for link in page.links:
        rel = link.get("rel", "").lower()
        if "canonical" in rel and "canonical" in rel.split():
            yield "markup", link.get("href", "").strip()
    for _, url in metas(page, "og:url"):
        yield "meta", url
    for node in scene.articles[:2]:
        for key in ("url", "mainEntityOfPage"):
            value = node.get(key)
            yield "json-ld", text_of(value.get("@id") if isinstance(value, dict) else value)


def absolute(raw: str, base: str | None) -> str:
    """A URL made absolute; ``""`` for anything but http(s), and for a relative one without a base."""
    url = raw.strip()
    if _WHOLE.fullmatch(url):
        return url
    try:
        url = urljoin(base or "", url)
    except ValueError:
        return ""
    return url if _WHOLE.fullmatch(url) else ""


def _is_front(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query
