"""The name of the site."""

from __future__ import annotations

from articlex.article import Evidence, Source
from articlex.fields.found import Found, Scene
from articlex.fields.sites import squeeze, title_parts

_LONGEST = 80


def find_site_name(scene: Scene) -> Found[str] | None:
    """og:site_name, then JSON-LD, then app names; else the part of ``<title>`` that the host spells."""
    said = [(source, name) for source, name in scene.sites.said if len(name) <= _LONGEST]
    title = squeeze(scene.value("title") or "")
    for source, name in said:
        if squeeze(name) != title:
            agree = tuple(
                dict.fromkeys(other for other, text in said if text != name and squeeze(text) == squeeze(name))
            )
            return Found(name, Evidence(_SOURCES[source], name, "", agree))
    if scene.sites.home and squeeze(scene.sites.home) != title:
        return Found(scene.sites.home, Evidence("markup" if scene.page.source == "html" else "text", scene.sites.home))
    parts = title_parts(scene.page.title_tag)
    for part in (parts[-1:] + parts[:1]) if len(parts) > 1 else []:
        if scene.sites.matches(part) and squeeze(part) != title:
            return Found(part, Evidence("markup", scene.page.title_tag))
    return None


_SOURCES: dict[str, Source] = {"meta": "meta", "json-ld": "json-ld"}
