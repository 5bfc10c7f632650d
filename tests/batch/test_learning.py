"""Pages of one site teach each other: counting, sampling, and what extraction makes of it."""

from __future__ import annotations

import json
from array import array

import pytest

from articlex import Options
from articlex.archives import RawPage
from articlex.batch import learning
from articlex.extract import extract_page
from articlex.fingerprint import fingerprint
from articlex.reading import read

from . import makers
from .conftest import lines

KNOWN = 0x5C51027923428636  # must never change: lessons outlive a process
LEARNER = "batch.standins:learner"
CHROME = {"Quillon Post, Quay Street. All rights reserved."}


def test_fingerprints_are_stable_and_fold_what_does_not_matter():
    assert fingerprint("Latest News") == KNOWN
    assert fingerprint("3 comments") == fingerprint("12\tCOMMENTS ")
    assert fingerprint("comments") != fingerprint("comment")
    assert fingerprint("The 3rd " + "of many words " * 9) != fingerprint("The 4th " + "of many words " * 9)
    assert 0 <= fingerprint("") < 2**64


def page(number: int, url: str | None) -> RawPage:
    return RawPage(makers.text_page(number), f"folder/{number}.txt", url=url)


def test_sites():
    assert learning.site_of(page(1, "https://WWW.Quillon.example:8080/a")) == "quillon.example"
    assert learning.site_of(page(1, None)) == "folder"
    assert learning.site_of(RawPage(b"", "rows.parquet", 7)) == "rows.parquet"
    assert learning.site_of(page(1, "http://[broken")) == "folder"


def test_only_running_text_recurs():
    line = "one of four words"
    html = f"<h1>{line} a</h1><h2>{line} b</h2><p>{line}</p><p>{line}</p><p>Just a label:</p><ul><li>{line} c</ul>"
    packed = learning.block_fingerprints(read(html, None, None, Options()))
    assert learning.unpack_fingerprints(packed) == {fingerprint(line)}
    assert len(packed) == 8


def test_scripts_without_spaces_have_running_text_too():
    packed = learning.block_fingerprints(read("<p>本网站使用饼干技术</p><p>本网站</p>", None, None, Options()))
    assert learning.unpack_fingerprints(packed) == {fingerprint("本网站使用饼干技术")}


def test_sampling_is_bounded_and_takes_the_first():
    pages = [page(n, f"https://{'big' if n % 10 else f'small{n}'}.example/{n}") for n in range(1000)]
    census = learning.Census()
    for one in pages:
        census.add(one)
    sampled = list(census.sample(iter(pages)))
    assert len(sampled) == learning.SAMPLE
    assert [one.url for one in sampled] == [one.url for one in pages if "big" in (one.url or "")][: learning.SAMPLE]


def test_recurring_blocks_need_times_and_share():
    lessons = learning.Lessons()
    for number in range(20):
        blocks = {0: True, 1: number < 4, 2: number < 6, 100 + number: True}
        lessons.add(page(number, "https://a.example/"), array("Q", [key for key, on in blocks.items() if on]).tobytes())
    for number in range(2):
        lessons.add(page(number, "https://b.example/"), array("Q", [7]).tobytes())
    assert learning.unpack_fingerprints(lessons.recurring()["a.example"]) == {0, 2}
    assert "b.example" not in lessons.recurring()


def test_lessons_are_kept_for_a_resumed_job(tmp_path):
    table = {"a.example": array("Q", [1, 2**63]).tobytes()}
    learning.save(table, tmp_path / "lessons.json")
    assert learning.load(tmp_path / "lessons.json") == table


@pytest.mark.parametrize("jobs", [1, 2])
def test_chrome_of_a_site_is_learned_from_its_dumps(folder, job, tmp_path, jobs):
    summary = job(folder(30), jobs=jobs, learn_sites=True, extractor=LEARNER)
    assert summary.manifest["sites_learned"] == 1
    for number, record in enumerate(lines(tmp_path / "out.jsonl")):
        kept = record["text"].split("\n\n")
        assert not CHROME & set(kept)
        assert set(makers.story(number)) <= set(kept)


def test_learning_can_be_switched_off(folder, job, tmp_path):
    summary = job(folder(30), learn_sites=False, extractor=LEARNER)
    assert summary.manifest["sites_learned"] == 0
    assert set(lines(tmp_path / "out.jsonl")[0]["text"].split("\n\n")) >= CHROME


def test_sites_do_not_teach_each_other(job, tmp_path):
    rows = [{"url": f"https://{n % 10}.example/{n}", "text": makers.text_page(n)} for n in range(30)]  # three a site
    path = tmp_path / "rows"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    summary = job(path, learn_sites=True, extractor=LEARNER)
    assert summary.manifest["sites_learned"] == 0


def test_a_page_that_kills_the_learner_does_not_stop_it(folder, job, tmp_path):
    path = folder(30, p4="!SEGFAULT!")
    summary = job(path, learn_sites=True, extractor=LEARNER, reader="batch.standins:dangerous_reader")
    assert summary.manifest["sites_learned"] == 1
    assert summary.records == 30


@pytest.mark.parametrize(("likely", "kept"), [(0.0, False), (1.1, True)])
def test_what_recurs_is_chrome_on_articles_only(monkeypatch, likely, kept):
    monkeypatch.setattr("articlex.roles.LIKELY_ARTICLE", likely)
    promotion = "Subscribers read this and more than a hundred other stories each week."
    story = [f"The harbour reopened on Monday after a storm, and ferry number {n} left the island." for n in range(9)]
    html = "<h1>Harbour reopens</h1>" + "".join(f"<p>{text}</p>" for text in [*story, promotion])
    assert promotion in extract_page(html, None, None, Options()).text
    assert (promotion in extract_page(html, None, None, Options(), {fingerprint(promotion)}).text) == kept
