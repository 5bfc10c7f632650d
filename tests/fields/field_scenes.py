"""A scene for one finder: an invented page, read for real, with plain scores (long unlinked text is body)."""

from __future__ import annotations

from datetime import datetime

from articlex.article import Evidence
from articlex.fields.found import Claim, Found, Scene
from articlex.options import Options
from articlex.reading import read

STORY = (
    "The harbour bridge will stay closed until the end of the month because two of its bearings have worn out",
    "Engineers who looked at the bearings in spring had expected them to last for another three years at least",
    "Ferries will run every ten minutes instead, and hauliers have been asked to use the tunnel in the night",
)
HEADLINE = "Harbour bridge stays closed for a month"


def scene_of(
    source: str, *, url: str | None = None, fetched: datetime | None = None, options: Options | None = None
) -> Scene:
    """The scene of an HTML page or a dump, with the headline found where its text is ``HEADLINE``."""
    page = read(source, url, fetched, options or Options())
    scores = [0.9 if len(block.text) > 80 and block.link_chars < 40 else 0.1 for block in page.blocks]
    taken = [i for i, score in enumerate(scores) if score > 0.5]
    scene = Scene(page, scores, *((taken[0], taken[-1]) if taken else (0, -1)))
    for i, block in enumerate(page.blocks):
        if block.text == HEADLINE:
            scene.found["title"] = Found(HEADLINE, Evidence("markup", HEADLINE), (Claim(i, "headline"),))
            break
    return scene


def page(
    above: str = "", below: str = "", *, head: str = "", after: str = "", first: str = "", lang: str = "en"
) -> str:
    """A page: ``head`` elements, what stands around the headline, the story (``first`` begins it), ``after``."""
    paragraphs = "".join(f"<p>{first if not i else ''}{text}.</p>" for i, text in enumerate(STORY))
    return (
        f"<html lang={lang}><head><title>x</title>{head}</head><body>{above}<h1>{HEADLINE}</h1>{below}"
        f"<article>{paragraphs}</article>{after}</body></html>"
    )


def json_ld(text: str) -> str:
    """A JSON-LD script with this text, broken or not."""
    return f'<script type="application/ld+json">{text}</script>'
