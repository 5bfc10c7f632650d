"""Every page of ``fixtures/`` gives the record that a person wrote down for it."""

from __future__ import annotations

import difflib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from articlex import Article, Options, extract

FIXTURES = Path(__file__).parent.parent / "fixtures"
KNOWN: dict[str, Any] = json.loads((FIXTURES / "known-failures.json").read_text("utf-8"))
"""By slug: the keys that are not right yet, and why."""
CASES = sorted(folder.parent for folder in FIXTURES.glob("*/expected.json"))
KEPT = ("status", "title", "kicker", "standfirst", "published", "modified", "section", "tags", "language")
KEPT_TOO = ("description", "site_name", "canonical_url", "credits")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fixture(case: Path, request: pytest.FixtureRequest) -> None:
    article = extract_case(case)
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    found = projection(article)
    known = KNOWN.get(case.name, {}).get("keys", ())
    if request.config.getoption("--update-expected"):
        record = found | {key: expected[key] for key in ("removed", *known)}
        (case / "expected.json").write_text(to_lines(record), "utf-8")
        return
    assert set(expected) == set(found) | {"removed"}, "expected.json does not have the fixed keys"
    wrong = [
        difference(key, expected[key], found[key]) for key in found if key not in known and expected[key] != found[key]
    ]
    dropped = [folded(removal.text) for removal in article.removed]
    # what is known to stay in the body wrongly cannot be among the removed
    asked = () if "body" in known else expected["removed"]
    kept = [text for text in asked if not any(folded(text) in line for line in dropped)]
    wrong += [f"removed: {text!r} stands in no removed block" for text in kept]
    if wrong:
        pytest.fail(f"fixtures/{case.name} ({len(wrong)} wrong)\n" + "\n".join(wrong), pytrace=False)


@pytest.mark.parametrize(
    ("slug", "key"),
    [
        pytest.param(slug, key, marks=pytest.mark.xfail(strict=True, reason=entry["why"]))
        for slug, entry in KNOWN.items()
        for key in entry["keys"]
    ],
)
def test_known_failure(slug: str, key: str) -> None:
    """What is not right yet, and why: once it is, it must be taken off the list."""
    expected = json.loads((FIXTURES / slug / "expected.json").read_text("utf-8"))
    assert projection(extract_case(FIXTURES / slug))[key] == expected[key]


def extract_case(case: Path) -> Article:
    source: bytes | str
    if (case / "page.html").exists():
        source = (case / "page.html").read_bytes()
    else:
        source = (case / "page.txt").read_bytes().decode("utf-8")
    call = json.loads((case / "call.json").read_text("utf-8")) if (case / "call.json").exists() else {}
    fetched = datetime.fromisoformat(call["fetched"]) if "fetched" in call else None
    return extract(source, call.get("url"), fetched=fetched, options=Options(explain=True))


def projection(article: Article) -> dict[str, Any]:
    """The part of the record that expected.json holds: what a reader of the page can say, no scores or places."""
    record = article.to_dict()
    short = {key: record[key] for key in KEPT + KEPT_TOO}
    short["bylines"] = [{key: byline[key] for key in ("name", "kind", "role")} for byline in record["bylines"]]
    dateline = record["dateline"]
    short["dateline"] = dateline and {key: dateline[key] for key in ("place", "agency", "date", "raw")}
    short["images"] = [{key: image[key] for key in ("url", "caption", "credit", "lead")} for image in record["images"]]
    short["body"] = [
        [block["kind"], block["text"], *([block["level"]] if block["level"] else [])] for block in record["body"]
    ]
    return {key: short[key] for key in ORDER}


ORDER = (
    "status", "title", "kicker", "standfirst", "bylines", "dateline", "published", "modified", "section", "tags",
    "language", "description", "site_name", "canonical_url", "images", "body", "credits",
)  # fmt: skip


def to_lines(record: dict[str, Any]) -> str:
    """JSON with one field a line and one item of a list a line, so that a diff shows what changed."""
    fields = []
    for key in (*ORDER, "removed"):
        value = record[key]
        if isinstance(value, list) and value:
            items = ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in value)
            fields.append(f" {json.dumps(key)}: [\n{items}\n ]")
        else:
            fields.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(fields) + "\n}\n"


def difference(key: str, expected: Any, found: Any) -> str:
    if not isinstance(expected, list):
        return f"{key}:\n  - {expected!r}\n  + {found!r}"
    wanted, got = ([json.dumps(item, ensure_ascii=False) for item in items] for items in (expected, found))
    lines = difflib.unified_diff(wanted, got, "expected", "found", lineterm="", n=1)
    return f"{key}:\n" + "\n".join("  " + line for line in list(lines)[2:])


def folded(text: str) -> str:
    return " ".join(text.split())


def test_fixtures_are_whole() -> None:
    """A folder without a page, or without an expectation, would silently guard nothing."""
    folders = [folder for folder in FIXTURES.iterdir() if folder.is_dir()]
    pages = [[name for name in ("page.html", "page.txt") if (folder / name).exists()] for folder in folders]
    assert [folder.name for folder, names in zip(folders, pages, strict=True) if len(names) != 1] == []
    assert sorted(folders) == CASES
    index = (FIXTURES / "README.md").read_text("utf-8")
    assert [folder.name for folder in folders if f"| `{folder.name}` |" not in index] == []
