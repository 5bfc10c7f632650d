"""Each rule on a page that it is for, and on one that looks like it and is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from articlex.article import Byline, Evidence, Role
from articlex.fields import Claim, Found, Scene
from articlex.page import Block, Element, Elements, Page
from articlex.rules import Part, Story
from articlex.rules.another import another_article
from articlex.rules.apart import above_headline, far_apart
from articlex.rules.comments import comment_section
from articlex.rules.consent import cookie_list
from articlex.rules.front_page import teasers
from articlex.rules.headings import orphan_heading, table_head
from articlex.rules.lines import related_heading, scraps, separator, share_line
from articlex.rules.lists import link_list
from articlex.rules.pictures import credit_in_brackets, source_at_end
from articlex.rules.points import summary_points
from articlex.rules.signature import signature
from articlex.scoring import Scored
from articlex.sentences import ends_sentence

PROSE = "The council met on Monday and decided, after three hours, that the bridge should stay where it is. " * 2


def story(blocks: Sequence[Block | str], roles: str, *, source: str = "html", article: float = 0.9) -> Story:
    """A story of these blocks; a letter of ``roles`` for each: b body, h headline, y byline, anything else chrome."""
    made = [Block(item) if isinstance(item, str) else item for item in blocks]
    page = Page(
        source="html" if source == "html" else "text", blocks=made, elements=Elements.of([Element("div", {}, -1, 1)])
    )
    names: dict[str, Role] = {"b": "body", "h": "headline", "y": "byline"}
    parts = [Part(names.get(letter, "chrome"), "score" if letter == "b" else "low_score") for letter in roles]
    scores = [0.9 if letter == "b" else 0.1 for letter in roles]
    odds = [0.0] * len(made)
    scored = Scored(scores, 0.5, ["chrome"] * len(made), odds, article, 0.9, np.zeros((0, len(made)), np.float32))
    scene = Scene(page, scores, *scored.bounds())
    if "h" in roles:
        at = roles.index("h")
        scene.found["title"] = Found(made[at].text, Evidence("text", "", ""), (Claim(at, "headline"),))
    return Story(page, scored, scene, parts)


def taken(rule: object, given: Story) -> list[int]:
    assert callable(rule)
    return [i for i, _ in rule(given)]


@pytest.mark.parametrize("heading", ["Comments (4)", "2 thoughts on “The bridge stays”", "Leave a Reply"])
def test_everything_behind_the_heading_of_the_comments_is_a_comment(heading: str) -> None:
    blocks = [PROSE, PROSE, heading, "I never liked that bridge, and I said so in 1974."]
    assert taken(comment_section, story(blocks, "bb.b")) == [3]


def test_a_link_to_the_comments_above_the_story_does_not_end_it() -> None:
    assert taken(comment_section, story(["A lead of one line.", "Comments (4)", PROSE, PROSE], "b.bb")) == []


SECOND = ["Bridge stays", "By Ann Lee", PROSE, PROSE, PROSE, "Swarm stops the bus", "By Rod Fay", "2 May 2017", PROSE]


def dump(texts: Sequence[str]) -> list[Block]:
    return [Block(text, line=i, blank_before=1) for i, text in enumerate(texts, 1)]


def test_a_second_headline_with_byline_and_date_begins_another_article() -> None:
    assert taken(another_article, story(dump(SECOND), "hybbb...b", source="text")) == [8]


def test_a_related_headline_without_a_date_does_not() -> None:
    texts = [*SECOND[:7], "Drivers waited for an hour", PROSE]
    assert taken(another_article, story(dump(texts), "hybbb...b", source="text")) == []


def test_separators_have_neither_letter_nor_digit() -> None:
    given = story([PROSE, "* * *", "1", "Ω", Block("{", kind="code")], "bbbbb")
    assert taken(separator, given) == [1]


def test_buttons_are_phrases_or_stand_beside_one() -> None:
    assert taken(share_line, story(["Email this story | Print version", "Email", PROSE, "YouTube"], "bbbb")) == [0, 1]


def test_a_heading_of_link_lists_is_no_body() -> None:
    assert taken(related_heading, story([PROSE, "Related stories", "Related trades suffer too."], "bbb")) == [1]


def test_scraps_stand_behind_the_last_sentence_and_a_button() -> None:
    blocks = [PROSE, "Email this story", "More farming stories", "Milk price falls"]
    assert taken(scraps, story(blocks, "b.bb", source="text")) == [2, 3]
    assert taken(scraps, story([PROSE, "A subhead", "Milk price falls"], "bbb", source="text")) == []
    assert taken(scraps, story([*blocks, PROSE], "b.bbb", source="text")) == []


def test_what_stands_above_the_headline_of_a_dump_is_not_its_text() -> None:
    blocks = ["We use cookies to tell you more about bridges.", "Bridge stays", PROSE, PROSE]
    given = story(blocks, "bhbb", source="text")
    assert taken(above_headline, given) == []  # as sure as the rest
    given.scored.body[0] = 0.7
    assert taken(above_headline, given) == [0]
    given = story([PROSE, "Bridge stays", PROSE], "bhb", source="text")
    given.scored.body[0] = 0.7
    assert taken(above_headline, given) == []  # that line is a subhead
    given = story(
        [PROSE, "Another bridge", *["A teaser of another story, and of one more."] * 10], "bh" + "b" * 10, source="text"
    )
    given.scored.body[:] = [0.7, 0.1] + [0.6] * 10
    assert taken(above_headline, given) == []  # the headline is another story's


def test_a_doubtful_run_far_from_the_text_is_not_of_it() -> None:
    blocks = [PROSE, PROSE, PROSE, PROSE, *["Menu"] * 15, "You can opt out of the sale of your data at any time."]
    given = story(blocks, "bbbb" + "." * 15 + "b", source="text")
    assert taken(far_apart, given) == []
    given.scored.body[19] = 0.6
    assert taken(far_apart, given) == [19]
    near = story([*blocks[:18], blocks[19]], "bbbb" + "." * 14 + "b", source="text")
    near.scored.body[18] = 0.6
    assert taken(far_apart, near) == []


def test_a_caption_ends_with_its_source() -> None:
    assert taken(source_at_end, story(["A tick on a blade of grass.Getty/Ann Lee", PROSE], "bb")) == [0]
    assert taken(source_at_end, story(["Lunch is at noon with Ann Lee, Ph.D", PROSE], "bb")) == []
    assert taken(credit_in_brackets, story([PROSE, "Ruby makes change. (Record photo by Sid Karlow)"], "bb")) == [1]
    assert taken(credit_in_brackets, story([PROSE, "The crowd by the bridge (Picture: PA)"], "bb")) == [1]
    assert taken(credit_in_brackets, story([PROSE, "Bring two copies (one photo by your doctor)"], "bb")) == []
    assert taken(credit_in_brackets, story([PROSE, "Bring two copies (one photo Tuesday)"], "bb")) == []


def test_a_heading_goes_with_the_text_of_its_box() -> None:
    heading, line = Block("The Docket", kind="heading", element=2, level=3), Block("Courts and crime.", element=3)
    given = story([Block(PROSE, element=4), heading, line, Block(PROSE, element=4)], "bb.b")
    boxes = [Element("div", {}, 0, 2), Element("h3", {}, 1, 1), Element("p", {}, 1, 1), Element("p", {}, 0, 2)]
    given.page.elements = Elements.of([*given.page.elements, *boxes])
    assert taken(orphan_heading, given) == [1]
    given.parts[2] = Part("body", "score")
    assert taken(orphan_heading, given) == []


def test_the_head_of_a_table_goes_with_its_rows() -> None:
    rows = [
        Block(text, kind="table_row", cells=tuple(text.split("\t"))) for text in ("Club\tPts", "Fell\t50", "Arden\t4")
    ]
    assert taken(table_head, story([PROSE, *rows], "b.bb", source="text")) == [1]
    assert taken(table_head, story([PROSE, *rows], "..bb", source="text")) == []


def test_points_before_the_story_are_no_part_of_it() -> None:
    points = [Block("Third increase since May", kind="list_item"), Block("More possible", kind="list_item")]
    assert taken(summary_points, story([*points, PROSE], "bbb")) == [0, 1]
    assert taken(summary_points, story([PROSE, *points], "bbb")) == []


def test_a_last_list_of_links_goes_whole() -> None:
    items = [Block(text, kind="list_item", element=1, link_chars=len(text)) for text in ("Gas bills", "Water bills")]
    given = story([PROSE, *items], "bb.")
    given.page.elements = Elements.of([*given.page.elements, Element("ul", {}, 0, 1)])
    assert taken(link_list, given) == [1]
    given.parts[2] = Part("body", "score")
    assert taken(link_list, given) == []


def test_a_page_of_teasers_has_no_body() -> None:
    title = Block("Lifts to be replaced", kind="heading", level=3, link_chars=20)
    blocks: list[Block | str] = [title, "Trust finds three million."] * 3
    assert taken(teasers, story(blocks, "bbbbbb", article=0.2)) == [0, 1, 2, 3, 4, 5]
    assert taken(teasers, story(blocks, "bbbbbb", article=0.8)) == []
    assert taken(teasers, story([*blocks, PROSE], "bbbbbbb", article=0.2)) == []


def test_sentences_end_in_many_scripts() -> None:
    assert all(map(ends_sentence, ("So it was.", "“Was it?”", "橋は残る。", "هل بقي؟", "(It stays.)")))
    assert not any(map(ends_sentence, ("", "What she said:", "“A bridge”", "Getty")))


COOKIES = [f"_h{i}\t1 year\tThis cookie is set by the harbour's counter of visits." for i in range(6)]


@pytest.mark.parametrize("source", ["html", "text"])
def test_a_list_of_cookies_behind_or_before_the_story_is_none_of_it(source: str) -> None:
    behind = ["The bridge stays", *[PROSE] * 5, *COOKIES[:3], "Analytics", *COOKIES[3:], "Debug\tnever"]
    assert taken(cookie_list, story(behind, "h" + "b" * 13, source=source)) == [*range(6, 14)]
    before = ["Choose!", *COOKIES, "The bridge stays", *[PROSE] * 5]
    assert taken(cookie_list, story(before, "bbbbbbbh" + "b" * 5, source=source)) == [*range(7)]


def test_a_story_of_cookies_is_no_list_of_them() -> None:
    recipe = [f"Put cookie {i} on the sheet and wait for it to rise." for i in range(9)]
    assert taken(cookie_list, story(["Ten cookies for a Monday", PROSE, *recipe], "h" + "b" * 10)) == []
    assert taken(cookie_list, story(recipe, "b" * 9)) == []
    few = [PROSE, PROSE, *COOKIES[:4]]
    assert taken(cookie_list, story(few, "b" * 6)) == []


@pytest.mark.parametrize(
    ("line", "dropped"),
    [
        ("Ann Able and Bob Baker", True),
        ("By Ann Able, Bob Baker", True),
        ("Ann Able et Bob Baker (envoyés spéciaux à Brévannes)", True),
        ("Ann Able", False),
        ("Ann Able and Bob Baker went home.", False),
    ],
)
def test_the_names_of_the_byline_under_the_text_are_none_of_it(line: str, dropped: bool) -> None:
    given = story([PROSE, PROSE, line], "bbb")
    names = tuple(Byline(name, "person", None, name) for name in ("Ann Able", "Bob Baker"))
    given.scene.found["bylines"] = Found(names, Evidence("text", "", ""))
    assert taken(signature, given) == [2] * dropped
