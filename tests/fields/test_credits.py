"""Lines about the report: credits, corrections and notes on the author, off the body."""

from __future__ import annotations

import pytest
from field_scenes import STORY, page, scene_of

from articlex.article import Byline, Evidence
from articlex.fields.credits import find_credits
from articlex.fields.found import Found


def roles(source: str) -> list[tuple[str, str]]:
    found = find_credits(scene_of(source))
    if not found:
        return []
    return [(claim.role, text) for claim, text in zip(found.claims, found.value, strict=True)]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Reporting by Ada Brand; Editing by Bo Holm", "credit"),
        ("(Reporting by Ada Brand in Port Alder; editing by Bo Holm)", "credit"),
        ("Ada Brand contributed to this report.", "credit"),
        ("Correction: An earlier version of this story misstated the year. It was 1961.", "correction"),
        ("Editor's note: This story was updated on Monday with the port's answer.", "correction"),
        ("Ada Brand is a reporter at The Harbour Post and covers the port.", "note"),
    ],
)
def test_notes_at_the_end(line: str, role: str) -> None:
    assert roles(page(after=f"<p>{line}</p>")) == [(role, line)]


def test_a_correction_at_the_beginning() -> None:
    line = "Correction: An earlier version of this story named another bridge."
    assert roles(page().replace("<article>", f"<article><p>{line} {STORY[1]}</p>"))[0][0] == "correction"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2009 Harbour Newspapers.",
        "<a href='/x'>Reporting by the sea: our summer series</a>",
        "Correction fluid is no cure.",
        "More trains run.",
    ],
)
def test_what_is_no_note(line: str) -> None:
    assert roles(page(after=f"<p>{line}</p>")) == []


def test_the_story_itself_is_no_note() -> None:
    assert roles(page()) == []


def test_a_line_under_the_name_of_who_wrote_it() -> None:
    line = "Engineering lead. I write about doing less."
    scene = scene_of(page(after=f"<h2>Written by Ada Brand</h2><p>Staff</p><p>{line}</p>"))
    assert find_credits(scene) is None
    scene.found["bylines"] = Found((Byline("Ada Brand"),), Evidence("text", "Ada Brand"))
    found = find_credits(scene)
    assert found
    assert found.value == (line,)
