"""The kicker: a label beside the headline, not a section, a date, a menu or an advertisement."""

from __future__ import annotations

import pytest
from field_scenes import STORY, page, scene_of

from articlex.fields.headline import find_headline
from articlex.fields.kicker import find_kicker
from articlex.fields.section import find_section


def kicker(source: str) -> str | None:
    scene = scene_of(source)
    for name, find in (("title", find_headline), ("section", find_section)):
        found = find(scene)
        if found:
            scene.found[name] = found
    found_kicker = find_kicker(scene)
    return found_kicker.value if found_kicker else None


def above(line: str) -> str:
    """A page whose headline stands in a header, with this line above it."""
    return page(above="<nav>Menu</nav>").replace("<h1>", f"<header>{line}<h1>").replace("</h1>", "</h1></header>")


@pytest.mark.parametrize(
    "line",
    [
        '<p class="kicker">Bridges</p>',
        '<div class="dachzeile">Bridges</div>',
        "<p>Bridges</p>",
        '<span class="articleOverline">Bridges</span><br>',
    ],
)
def test_a_line_above_the_headline(line: str) -> None:
    assert kicker(above(line)) == "Bridges"


def test_a_known_label_without_any_mark() -> None:
    assert kicker(page(above="<div><div>Exclusive</div></div>")) == "Exclusive"


@pytest.mark.parametrize(
    "line",
    [
        '<p class="category"><a href="/bridges">Bridges</a></p>',
        '<nav class="breadcrumb"><a href="/">Home</a> <a href="/bridges">Bridges</a></nav>',
        "<p>Advertisement</p>",
        "<p>21.01.2022</p>",
        "<p>Share on Facebook</p>",
        "<p>By Ada Brand, who has covered the harbour for eleven years.</p>",
    ],
)
def test_what_is_no_kicker(line: str) -> None:
    assert kicker(above(line)) is None


def test_the_label_behind_the_headline_of_a_dump() -> None:
    text = "\n".join(f"{line}." for line in STORY)
    assert (
        kicker(f"Log in\n\nStorm hits coast, hundreds flee\u00a0Special\n\nBy Ada Brand, May 3, 2017\n{text}")
        == "Special"
    )


def test_a_menu_of_a_dump_is_no_kicker() -> None:
    text = "\n".join(f"{line}." for line in STORY)
    assert (
        kicker(f"News\nSport\nWeather\nStorm hits coast and hundreds flee\nBy Ada Brand, May 3, 2017\n{text}") is None
    )
