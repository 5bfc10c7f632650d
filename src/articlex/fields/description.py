"""The page's description of itself."""

from __future__ import annotations

from articlex.article import Evidence, Source
from articlex.fields.found import Found, Scene
from articlex.fields.signals import agreeing, metas, text_of

_SHORTEST = 10
_META = (
    "description",
    "og:description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)


def find_description(scene: Scene) -> Found[str] | None:
    """The meta description, then og:description and its like, then JSON-LD; the site's own slogan does not count."""
    said: list[tuple[Source, str]] = [("meta", text) for _, text in metas(scene.page, *_META)]
    said.extend(("json-ld", text) for node in scene.articles[:2] if (text := text_of(node.get("description"))))
    for source, text in said:
        if len(text) >= _SHORTEST and not scene.sites.named(text):
            others = [pair for pair in said if pair != (source, text)]
            return Found(text, Evidence(source, text, "", agreeing(text, others)))
    return None
