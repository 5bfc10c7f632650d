"""Bylines as people: names intact, in order, typed; never what merely stands near."""

from __future__ import annotations

import pytest
from field_scenes import STORY, json_ld, page, scene_of

from articlex.fields.bylines import find_bylines
from articlex.fields.name_shapes import Context, split_prefix
from articlex.fields.names import people


def authors(source: str) -> list[str]:
    found = find_bylines(scene_of(source))
    return [byline.name for byline in found.value] if found else []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Q. Doe", ["Jane Q. Doe"]),
        ("By Maarten van der Berg Jr.", ["Maarten van der Berg Jr."]),
        ("Por José García", ["José García"]),
        ("By José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("By Ann Able and Bob Baker", ["Ann Able", "Bob Baker"]),
        ("Von Änne Abel, Bodo Bäcker und Cora Dörr", ["Änne Abel", "Bodo Bäcker", "Cora Dörr"]),
        ("Par Anne Abel et Benoît Bec", ["Anne Abel", "Benoît Bec"]),
        ("Por Ana Abril y Benito Borja", ["Ana Abril", "Benito Borja"]),
        ("Ann Able/Bob Baker", ["Ann Able", "Bob Baker"]),
        ("By Ann Able, Senior Reporter, and Bob Baker, Political Editor", ["Ann Able", "Bob Baker"]),
        ("By Ann AbleStaff Writer", ["Ann Able"]),
        ("ByAnn Able", ["Ann Able"]),
        ("By Ann Able The Associated Press", ["Ann Able"]),
        ("Ann Able | The Harbour Herald", ["Ann Able"]),
        ("By Dr. Ann Able, MD, PhD", ["Dr. Ann Able, MD, PhD"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("Eingestellt von Änne Abel", ["Änne Abel"]),
        ("文／王小明", ["王小明"]),
        ("By Ann Able (@annable)", ["Ann Able"]),
        ("By Ann Able ann@herald.example", ["Ann Able"]),
        ("Von Änne Abel, dpa", ["Änne Abel", "dpa"]),
        ("AFP/Getty", ["AFP/Getty"]),
        ("Maria & Katerina", ["Maria", "Katerina"]),
        (". Maria", ["Maria"]),
        ("By Ann AbleAnn Able", ["Ann Able"]),
        ("Ann Able Ann Able", ["Ann Able"]),
        ("Lang Lang", ["Lang Lang"]),
        ("By Ann Able and Bob Baker For The Harbour On Sunday", ["Ann Able", "Bob Baker"]),
        ("Maarten van der Berg", ["Maarten van der Berg"]),
        ("Änne Abel Illustration von Bodo Bäcker", ["Änne Abel"]),
        ("By Ann Able Photos by Carl Camera", ["Ann Able"]),
        ("By AnnAble in HarboursFerries", ["AnnAble"]),
        ("von Änne in Häfen, Fähren", ["Änne"]),
        ("3 May 2021 • Ann Able in Project Management", ["Ann Able"]),
        ("By Ann Able, Home and Digital Security Expert & Bob Baker, Home Security Expert", ["Ann Able", "Bob Baker"]),
        ("Ann Able, Shipping Expert", ["Ann Able"]),
    ],
)
def test_names_out_of_a_line(line: str, names: list[str]) -> None:
    assert [byline.name for byline in people(split_prefix(line)[1], Context())] == names


def test_a_word_before_places_joins_names_in_its_own_language() -> None:
    assert [byline.name for byline in people("Ana in Marko", Context(tag="sl"))] == ["Ana", "Marko"]
    assert [byline.name for byline in people("Ana in Marko", Context(tag="de"))] == ["Ana"]


def test_kinds_and_roles() -> None:
    bylines = people("Ann Able, Political Editor, and Reuters", Context())
    assert [(b.name, b.kind, b.role) for b in bylines] == [
        ("Ann Able", "person", "Political Editor"),
        ("Reuters", "agency", None),
    ]
    assert people("AFP/Getty", Context())[0].kind == "agency"
    assert people("Newsroom", Context())[0].kind == "organization"


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<p>By <a href=/a>Ann Able</a> and <a href=/b>Bob Baker</a></p>", ["Ann Able", "Bob Baker"]),
        ("<p>By Ann Able &nbsp; 3 May 2021 in <a href=/w>World</a></p>", ["Ann Able"]),
        ("<p>By Ann AbleMay 3, 2021</p>", ["Ann Able"]),
        ("<p>3 May 2021 by Ann Able</p>", ["Ann Able"]),
        ("<p>Ann Able | 03.05.2021</p>", ["Ann Able"]),
        ("<div>By</div><div>Ann Able</div>", ["Ann Able"]),
        ("<div class=post-author>Ann Able</div>", ["Ann Able"]),
        ('<span itemprop="author">Ann Able</span>', ["Ann Able"]),
        ("<p><a rel=author href=/a>Ann Able</a></p>", ["Ann Able"]),
        ("<p>By Ann Able in <a href=/c>Project Management</a></p>", ["Ann Able"]),
        ("<p>By <a href=/a>Ann Able</a> | Reviewed by <a href=/b>Bob Baker</a></p>", ["Ann Able"]),
        ("<p>by <a href=/a>Ann Able</a> | May 3, 2021 | <a href=/c>Indoor Plants</a></p>", ["Ann Able"]),
        ("<p>by <a href=/a>Anna Able</a> and <a href=/c>Julia Baker</a></p>", ["Anna Able", "Julia Baker"]),
        ("<p>Indoor Plants</p>", []),
        ("<p>Published by the council</p>", []),
        ("<p>3 May 2021</p>", []),
        ("<p>Photograph by Carl Camera</p>", []),
        ("<ul><li><a href=/1>Climate Change</a></li><li><a href=/2>Local News</a></li></ul>", []),
        ("<div class=share>Share on Facebook</div>", []),
    ],
)
def test_visible_lines(below: str, names: list[str]) -> None:
    assert authors(page(below=below)) == names


def test_a_byline_block_is_claimed_and_its_evidence_names_what_agrees() -> None:
    head = json_ld('{"@type": "NewsArticle", "headline": "x", "author": {"@type": "Person", "name": "Ann Able"}}')
    scene = scene_of(page(head=head, below="<p class=byline>By Ann Able</p>"))
    found = find_bylines(scene)
    assert found
    assert {found.evidence.source, *found.evidence.agreeing} >= {"json-ld", "markup"}
    assert [scene.page.blocks[claim.block].text for claim in found.claims] == ["By Ann Able"]


def test_ids_in_the_graph_are_followed() -> None:
    head = json_ld(
        '{"@graph": [{"@type": "NewsArticle", "headline": "x", "author": [{"@id": "#a"}, {"@id": "#b"}]},'
        ' {"@type": "Person", "@id": "#a", "name": "Ann Able", "jobTitle": "Editor"},'
        ' {"@type": "Person", "@id": "#b", "name": "Bob Baker"}]}'
    )
    found = find_bylines(scene_of(page(head=head)))
    assert found
    assert [(b.name, b.role) for b in found.value] == [("Ann Able", "Editor"), ("Bob Baker", None)]


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph": 7}',
        '{"@type": "NewsArticle", "headline": "x", "author": 7}',
        '{"@type": "NewsArticle", "headline": "x", "author": [[[[[[["Eve"]]]]]]]}',
        '{"@type": "NewsArticle", "headline": "x", "author": {"name": {"name": {"name": 3}}}}',
        '{"@type": "NewsArticle", "headline": "x", "author": {"@id": "#loop"}}',
        '{"@type": "NewsArticle", "headline": "x", "author": "https://social.example/annable"}',
        '{"@type": "NewsArticle", "headline": "x", "author": {"name": "a@b.example"}}',
        '{"@type": "NewsArticle", "author": ',
        "[" * 50_000,
    ],
)
def test_hostile_json_loses_one_candidate_not_the_byline(script: str) -> None:
    assert authors(page(head=json_ld(script), below="<p>By Ann Able</p>")) == ["Ann Able"]


def test_broken_json_is_still_read() -> None:
    script = '<!-- {"@type": "NewsArticle", "headline": "x", "author": ["Ann Able", "Bob Baker",],} -->'
    assert authors(page(head=json_ld(script))) == ["Ann Able", "Bob Baker"]


def test_a_person_in_print_outranks_an_account_or_the_site_in_the_metadata() -> None:
    account = '<meta name=author content="admin">'
    site = '<meta property=og:site_name content="Harbour Herald"><meta name=author content="Harbour Herald">'
    for head in (account, site):
        assert authors(page(head=head, below="<p>By Ann Able</p>")) == ["Ann Able"]


def test_a_profile_link_is_no_name() -> None:
    assert authors(page(head='<meta property=article:author content="https://www.facebook.example/herald">')) == []


def test_comment_authors_and_other_stories_are_not_bylines() -> None:
    comments = "<div class=comments><p class=comment-author>Carl Comment says</p><p>By Dora Distant</p></div>"
    teasers = "<aside class=related><p><a rel=author href=/d>Dora Distant</a></p></aside>"
    assert authors(page(after=comments + teasers)) == []


def test_a_signature_ends_the_story() -> None:
    assert authors(page(after="<p>Ann Able</p>")) == ["Ann Able"]


def test_a_dump_line_with_byline_date_and_section() -> None:
    dump = "Home\nHarbour bridge stays closed for a month\nBy Ann Able     May 3, 2021 in World\n" + ".\n".join(STORY)
    assert authors(dump) == ["Ann Able"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("记者 周启明 实习生 白雨桐", [("周启明", "记者"), ("白雨桐", "实习生")]),
        ("정다운 기자", [("정다운", "기자")]),
        ("순천, 광양 정다운 기자", [("정다운", "기자")]),
        ("江湾日报 作者：沈一舟", [("沈一舟", None)]),
        ("Ana Abel et Bo Bec (envoyés à Metz)", [("Ana Abel", None), ("Bo Bec", None)]),
        ("Ana Abel et Bo Bec (envoyés spéciaux)", [("Ana Abel", "envoyés spéciaux"), ("Bo Bec", "envoyés spéciaux")]),
        ("Ann Able in Oslo", [("Ann Able", None)]),
        ("Ann Able for Reuters", [("Ann Able", "for Reuters")]),
    ],
)
def test_roles_in_the_line(line: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(b.name, b.role) for b in people(line, Context())] == expected


def test_an_element_a_name_without_commas() -> None:
    below = '<div class="byline"><span class=a>Jane Doe</span> <span class=a>Ann Able</span></div>'
    assert authors(page(below=below)) == ["Jane Doe", "Ann Able"]
    role = '<div class="byline"><span class=a>Jane Doe</span> <span class=a>Chief Reporter</span></div>'
    assert authors(page(below=role)) == ["Jane Doe"]


def test_author_markup_in_a_long_line_of_facts() -> None:
    facts = "<a href=/h>Harbour and Ferries</a> 20 January 2020 <a href=/b>bearings, hauliers, bridge engineers</a> 14"
    below = f'<div class="entry-meta"><span class="x">Ann Able</span> {facts} and a line of many words</div>'
    assert authors(page(below=below)) == []
    assert authors(page(below=below.replace('"x"', '"author vcard"'))) == ["Ann Able"]


def test_a_person_signs_what_the_system_signs_with_the_site() -> None:
    head = json_ld(
        '{"@type": "NewsArticle", "headline": "x", "author": {"@type": "Person", "name": "HarbourPost"},'
        ' "publisher": {"@type": "Organization", "name": "HarbourPost"}}'
    )
    assert authors(page(head=head)) == ["HarbourPost"]
    assert authors(page(head=head, after="<p>Jane Doe</p>")) == ["Jane Doe"]


def test_a_name_in_a_caption_is_no_byline() -> None:
    figure = "<figure><img src=a.jpg><figcaption>Audio, 3 minutes | 3 May 2021 | Bob Baker</figcaption></figure>"
    assert authors(page(below=figure)) == []
    assert authors(page(below=f"{figure}<p>By Ann Able</p>")) == ["Ann Able"]


def test_a_signature_in_the_element_of_the_story_whatever_that_is_called() -> None:
    head = json_ld('{"@type": "NewsArticle", "headline": "x", "author": {"@type": "Organization", "name": "Herald"}}')
    site = '<meta property="og:site_name" content="Herald">'
    story = page(head=head + site).replace("<article>", "<div class=sidebar-1>").replace("</article>", "%s</div>")
    assert authors(story % "<p>Ann Able</p>") == ["Ann Able"]
    assert authors(story % "<div class=comment>Ann Able</div>") == ["Herald"]
