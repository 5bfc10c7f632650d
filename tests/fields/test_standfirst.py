"""The standfirst: set apart between headline and text; a first paragraph like the others is body."""

from __future__ import annotations

from dataclasses import replace

import pytest
from field_scenes import STORY, page, scene_of

from articlex.article import Evidence
from articlex.fields.found import Claim, Found
from articlex.fields.standfirst import find_standfirst

DEK = "Two bearings have worn out three years early, and the ferries are filling up"


def standfirst(source: str) -> str | None:
    found = find_standfirst(scene_of(source))
    return found.value if found else None


@pytest.mark.parametrize(
    "below",
    [
        f'<p class="standfirst">{DEK}</p>',
        f'<div class="article-intro"><p>{DEK}.</p></div>',
        f'<h2 class="subtitle">{DEK}</h2>',
        f'<div class="x"><h2>{DEK}, says the port</h2></div>',
        f'<p itemprop="description">{DEK}.</p>',
    ],
)
def test_a_marked_or_separate_line(below: str) -> None:
    value = standfirst(page(below=below))
    assert value is not None
    assert value.startswith(DEK)


def test_a_repeated_description_set_apart() -> None:
    head = f'<meta name="description" content="{DEK}, say those who use them every single day.">'
    below = f"<div class=intro><p>{DEK}, say those who use them every single day.</p></div>"
    found = find_standfirst(scene_of(page(below=below, head=head)))
    assert found
    assert found.evidence.agreeing == ("meta",)
    assert [claim.role for claim in found.claims] == ["standfirst"]


def test_several_items_of_one_list_are_one_standfirst() -> None:
    below = '<ul class="teaser-text"><li>Two bearings have worn out.</li><li>The ferries are filling up.</li></ul>'
    assert standfirst(page(below=below)) == "Two bearings have worn out. The ferries are filling up."


def test_the_first_paragraph_is_body_even_if_it_is_the_description() -> None:
    assert standfirst(page(head=f'<meta name="description" content="{STORY[0]}.">')) is None


@pytest.mark.parametrize(
    "below",
    [
        f'<figure><figcaption class="lead-caption">{DEK}.</figcaption></figure>',
        f'<div class="related-links"><p>{DEK}.</p></div>',
        "<p>3 May 2017</p>",
        '<h2 class="subtitle">Harbour bridge stays closed for a whole month</h2>',
        f'<p class="lead"><a href="/x">{DEK}</a></p>',
    ],
)
def test_what_is_no_standfirst(below: str) -> None:
    assert standfirst(page(below=below)) is None


@pytest.mark.parametrize(("sure", "expected"), [(0.5, f"{DEK}."), (0.9, None)])
def test_a_paragraph_that_is_sure_to_be_running_text_is_no_standfirst(sure: float, expected: str | None) -> None:
    scene = scene_of(page(below=f'<div class="article-intro"><p>{DEK}.</p></div>'))
    at = next(i for i, block in enumerate(scene.page.blocks) if block.text.startswith(DEK))
    scores = [*scene.scores]
    scores[at] = sure
    found = find_standfirst(replace(scene, scores=scores))
    assert (found.value if found else None) == expected


def test_a_subheading_of_the_text_is_no_standfirst() -> None:
    source = page().replace(f"<p>{STORY[1]}", f"<h2>What the engineers had expected in spring</h2><p>{STORY[1]}")
    assert standfirst(source) is None


def test_in_a_dump_a_byline_sets_it_apart() -> None:
    story = "\n".join(f"{line}." for line in STORY)
    scene = scene_of(f"Harbour bridge stays closed for a month\n{DEK}\nBy Ada Brand\n{story}")
    assert find_standfirst(scene) is None, "nothing parts it from the text yet"
    scene.found["bylines"] = Found((), Evidence("text"), (Claim(2, "byline"),))
    found = find_standfirst(scene)
    assert found
    assert found.value == DEK
