"""The page this library was asked for comes out exactly."""

import json
from pathlib import Path

import pytest

from articlex import Options, extract

SEED = Path(__file__).parents[2] / "shared" / "seed"


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed page (../shared/seed) is not beside this checkout")
def test_the_seed_page_is_exact() -> None:
    dump = (SEED / "digital-journal-dump.txt").read_text("utf-8")
    expected = json.loads((SEED / "expected.json").read_text("utf-8"))
    article = extract(dump, options=Options(explain=True))
    record = article.to_dict()
    removed = [" ".join(removal.text.split()) for removal in article.removed]
    for text in expected.pop("removed"):
        assert " ".join(text.split()) in removed
    dateline = expected.pop("dateline")
    assert {key: record["dateline"][key] for key in dateline} == dateline
    assert {key: record[key] for key in expected} == expected
