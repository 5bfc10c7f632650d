"""Damaged pages: cut off, bytes flipped, tags lost, written again in other charsets."""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from articlex import Options, extract

ROOT = Path(__file__).parent.parent.parent
FIXTURES = sorted((ROOT / "fixtures").glob("*/page.*"))
CORPORA = ROOT.parent / "shared" / "corpora"
_TAG = re.compile(rb"<[^<>]{1,300}>")
_CUTS = 20
SAMPLE = 60
"""Pages of the development corpora that are tried, the same each time."""

_TABLE = ROOT / "tests" / "tables" / "charsets.tsv"
_ROWS = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:]]
TEXTS = {charset: (headline, paragraph) for charset, headline, paragraph in _ROWS}


def page_in(charset: str, declared: bool) -> str:
    headline, paragraph = TEXTS[charset]
    meta = f'<meta charset="{charset}">' if declared else ""
    story = "".join(f"<p>{paragraph} {number}.</p>" for number in range(6))
    head = f"<head>{meta}<title>{headline}</title></head>"
    return f"<html>{head}<body><article><h1>{headline}</h1>{story}</article></body></html>"


@pytest.mark.parametrize("charset", TEXTS)
@pytest.mark.parametrize("named_by", ["meta", "header", "nothing"])
def test_other_charsets_give_the_same_body(charset: str, named_by: str) -> None:
    page = page_in(charset, named_by == "meta")
    expected = extract(page).text
    assert TEXTS[charset][1][:20] in expected
    header = Options(encoding=charset) if named_by == "header" else Options()
    found = extract(page.encode(charset), options=header).text
    if named_by != "nothing":  # undeclared, a short page may be taken for a neighbouring charset; it must not raise
        assert found == expected


def test_a_few_quotes_of_windows_are_told_without_a_declaration() -> None:
    page = "<article><h1>Harbour</h1>" + "<p>“The harbour’s open” – after four days of storm, officials said.</p>" * 3
    assert "“The harbour’s open” –" in extract((page + "<p>The ferry left on Monday.</p>" * 99).encode("cp1252")).text
    mixed = (page + "<p>é</p>").encode() + b"<p>a pasted quote \x92</p>"
    assert "“The harbour’s open” –" in extract(mixed).text, "UTF-8 but for a byte"


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(found: Counter[str], expected: Counter[str]) -> float:
    common = (found & expected).total()
    return 2 * common / max(found.total() + expected.total(), 1) if expected else float(not found)


def sample() -> list[bytes]:
    pages = sorted(CORPORA.glob("wcxb/pages/*.gz")) + sorted(CORPORA.glob("fundus/pages/*.gz"))
    return [gzip.decompress(page.read_bytes()) for page in random.Random(7).sample(pages, SAMPLE)] if pages else []


def fixtures() -> list[bytes]:
    return [page.read_bytes() for page in FIXTURES]


def test_fixtures_cut_off_anywhere() -> None:
    for page in fixtures():
        for cut in range(_CUTS):
            assert extract(page[: len(page) * cut // _CUTS]).status


@pytest.mark.parametrize("seed", range(3))
def test_fixtures_with_flipped_bytes_and_lost_tags(seed: int) -> None:
    chance = random.Random(seed)
    for page in fixtures():
        flipped = bytearray(page)
        for at in chance.sample(range(len(page)), len(page) // 100):
            flipped[at] ^= 1 << chance.randrange(8)
        assert extract(bytes(flipped)).status
        assert extract(_TAG.sub(lambda tag: b"" if chance.random() < 0.1 else tag[0], page)).status


@pytest.mark.timeout(600)
@pytest.mark.skipif(not CORPORA.exists(), reason="../shared/corpora is not here")
def test_a_cut_loses_no_more_than_what_it_cut_off() -> None:
    """Mean F1 against the whole page's body >= that of the body's own first part, less two points."""
    lost: list[float] = []
    for page in sample():
        text = page.decode("utf-8", "replace")
        whole = extract(text, options=Options(input="html"))
        body = words(whole.text)
        if body.total() < 100:
            continue
        for cut in (5, 10, 15):
            part = text[: len(text) * cut // _CUTS]
            left = Counter()
            for paragraph in whole.paragraphs:
                if paragraph[:40] in part:
                    left += words(paragraph)
            lost.append(f1(left, body) - f1(words(extract(part, options=Options(input="html")).text), body))
    assert sum(lost) / len(lost) <= 0.02, f"{sum(lost) / len(lost):.3f} over {len(lost)} cuts"


@pytest.mark.timeout(600)
@pytest.mark.skipif(not CORPORA.exists(), reason="../shared/corpora is not here")
def test_real_pages_survive_damage_and_other_charsets() -> None:
    chance = random.Random(11)
    for page in sample():
        flipped = bytearray(page)
        for at in chance.sample(range(len(page)), len(page) // 100):
            flipped[at] ^= 1 << chance.randrange(8)
        assert extract(bytes(flipped)).status
        assert extract(page[: chance.randrange(len(page))]).status
        text = re.sub(r"(?i)charset\s*=\s*[\"']?[\w-]+", "", page.decode("utf-8", "replace")).replace("\x00", "")
        expected = extract(text, options=Options(input="html")).text
        wide = text.encode("utf-16", "replace")
        assert extract(wide, options=Options(input="html")).text == expected
        narrow = text.encode("gb18030", "replace")
        assert extract(narrow, options=Options(input="html", encoding="gb18030")).text == expected
