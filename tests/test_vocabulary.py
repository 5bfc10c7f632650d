"""The language files are sound, and the matchers find what they should, at word boundaries, in linear time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articlex import vocabulary
from articlex.scripts import fold
from articlex.vocabulary import (
    CATEGORIES,
    contains_cue,
    cue_categories,
    ends_with_cue,
    is_cue_line,
    language,
    languages,
    phrases,
    starts_with_cue,
)

FOLDER = Path(vocabulary.__file__).with_name("data") / "languages"
FILES = sorted(FOLDER.glob("*.json"))
UNITS = {"second", "minute", "hour", "day", "week", "month", "year"}
OTHER_RELATIVE = {"ago", "before", "one", "today", "yesterday", "now"}
MAY_BE_EMPTY = {"byline_suffixes", "name_particles"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_file_is_sound(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    assert set(record) == {"name", "date_order", "relative", *CATEGORIES}
    assert record["date_order"] in ("DMY", "MDY", "YMD")
    assert record["name"]
    assert set(record["relative"]) <= UNITS | OTHER_RELATIVE
    assert set(record["relative"]) >= {"minute", "hour", "day", "today", "yesterday"}
    assert {"ago", "before"} & set(record["relative"])
    for key, listed in [*record.items(), *record["relative"].items()]:
        if key in ("name", "date_order", "relative"):
            continue
        assert listed or key in MAY_BE_EMPTY, f"{key} is empty"
        assert len(listed) == len(set(listed)), f"{key} repeats {sorted({x for x in listed if listed.count(x) > 1})}"
        for phrase in listed:
            assert isinstance(phrase, str)
            assert 0 < len(phrase) <= vocabulary._LONGEST
            assert phrase == " ".join(phrase.split()) == phrase.lower(), f"{key}: {phrase!r}"


def test_languages_are_found_by_tag() -> None:
    for tag, code in (("en", "en"), ("pt-BR", "pt"), ("zh_Hant", "zh"), ("DE-at", "de"), ("no", "nb")):
        found = language(tag)
        assert found is not None
        assert found.code == code
    assert language("tlh") is None


def test_a_shared_phrase_names_its_languages() -> None:
    assert {"es", "pt"} <= set(phrases("byline_prefixes")["por"])
    with pytest.raises(KeyError):
        phrases("no_such_category")


@pytest.mark.parametrize(
    ("text", "category", "phrase"),
    [
        ("By Jane Q. Doe", "byline_prefixes", "by"),
        ("BY JANE Q. DOE", "byline_prefixes", "by"),
        ("Bystanders saw it", "byline_prefixes", None),
        ("Written by Jane Doe", "byline_prefixes", "written by"),
        ("Von Ada Beispiel", "byline_prefixes", "von"),
        ("Vonovia steigt", "byline_prefixes", None),
        ("Propos recueillis par Zoé Exemple", "byline_prefixes", "propos recueillis par"),
        ("Автор: Иван Примеров", "byline_prefixes", "автор:"),
        ("文／王小明", "byline_prefixes", "文/"),
        ("本报记者 王小明", "byline_prefixes", "本报记者"),
        ("بقلم: سارة مثال", "byline_prefixes", "بقلم:"),
        ("Updated\u00a0on 3 May", "modified_labels", "updated on"),
        ("Published2 hours ago", "published_labels", "published"),
        ("Aujourd’hui", "published_labels", None),
        ("", "byline_prefixes", None),
    ],
)
def test_a_text_starts_with_a_cue(text: str, category: str, phrase: str | None) -> None:
    assert starts_with_cue(text, category) == phrase
    if phrase:
        assert fold(text[: len(phrase)]) == phrase


@pytest.mark.parametrize(
    ("text", "category", "phrase"),
    [
        ("Rockets fall on the harbour, many hurt Special", "kicker_labels", "special"),
        ("Nothing here is unspecial", "kicker_labels", None),
        ("王小明報導", "byline_suffixes", "報導"),
        ("", "kicker_labels", None),
    ],
)
def test_a_text_ends_with_a_cue(text: str, category: str, phrase: str | None) -> None:
    assert ends_with_cue(text, category) == phrase


@pytest.mark.parametrize(
    ("text", "category", "phrase"),
    [
        ("Please sign up for our newsletter today", "newsletter_cues", "sign up for our newsletter"),
        ("(Reporting by A. Example; Editing by B. Sample)", "credit_labels", "reporting by"),
        ("© 2024 Example Media. All rights reserved.", "copyright_cues", "all rights reserved"),
        ("Das könnte Sie auch interessieren:", "related_cues", "das könnte sie auch interessieren"),
        ("本网站所有内容未经授权不得转载", "copyright_cues", "本网站所有内容"),
        ("The unsubscribed reader", "newsletter_cues", None),
        ("He has retweeted it", "share_chrome", None),
        ("A popular place", "related_cues", "popular"),
        ("The popular minister of trade resigned on Friday after a long vote.", "related_cues", None),
    ],
)
def test_a_text_contains_a_cue(text: str, category: str, phrase: str | None) -> None:
    assert contains_cue(text, category) == phrase


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("Comments (12)", "comment_cues", True),
        ("12 Kommentare", "comment_cues", True),
        ("Remember meForgot password?", "login_chrome", True),
        ("Facebook Twitter WhatsApp", "share_chrome", True),
        ("Partager sur Facebook", "share_chrome", True),
        ("Comments from the minister", "comment_cues", False),
        ("Top News", "related_cues", True),
        ("责任编辑：", "credit_labels", True),
        ("12:30", "comment_cues", False),
        ("", "comment_cues", False),
    ],
)
def test_a_line_is_nothing_but_cues(text: str, category: str, expected: bool) -> None:
    assert is_cue_line(text, category) is expected


def test_all_categories_of_a_line_at_once() -> None:
    found = cue_categories("Share this article on Facebook | Leave a comment")
    assert {"share_chrome", "comment_cues"} <= found
    assert cue_categories("Zzz qqq.") == frozenset()


@pytest.mark.parametrize("text", ["İstanbul’da ÇOK", "ΔΗΜΟΣΙΕΥΣΗ", "ß\u00a0ﬁ", "ʼN ǰ ΐ", "\ud800 x", "ÀÉ"])
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_every_phrase_is_found_where_it_stands() -> None:
    for category in CATEGORIES:
        for phrase in phrases(category):
            assert starts_with_cue(phrase, category) == phrase
            assert ends_with_cue(phrase, category) == phrase
            assert len(contains_cue(phrase, category) or "") >= len(phrase)


def test_loading_every_language_is_cheap() -> None:
    code = (
        "import time\nfrom articlex import vocabulary\n"
        "start = time.thread_time()\nvocabulary.languages()\nprint(time.thread_time() - start)"
    )
    seconds = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))
    assert seconds < 0.03  # measured 0.004 to 0.007
    assert len(languages()) == len(FILES)


def test_matching_is_linear_in_the_text() -> None:
    text = "read more about the news in comments and share "

    def seconds(times: int) -> float:
        long = text * times
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            cue_categories(long)
            is_cue_line(long, "share_chrome")
            contains_cue(long, "related_cues")
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    assert seconds(4_000) < 40 * seconds(400)


def test_other_data_is_sound() -> None:
    assert vocabulary.agencies()[fold("dpa")] == "dpa"
    assert vocabulary.agencies()[fold("新华社")] == "Xinhua"
    assert vocabulary.zones()["CEST"] == 120
    assert "byline" in vocabulary.markup("byline")
    assert vocabulary.given_names() & phrases("stopwords").keys()
    for kind in json.loads((FOLDER.parent / "markup.json").read_text(encoding="utf-8")):
        assert all(token == token.lower().strip() != "" for token in vocabulary.markup(kind)), kind
