"""The words of the trade in many languages, and fast ways to find them in a text.

The words live in ``data/languages/<code>.json``, one file a language; adding a language is adding a file. A *cue* is a
phrase that says what a line is ("von", "leave a reply", "责任编辑："); a *category* is the key of the file that lists
it. Matching ignores case, accents that capitals lose, and the kind of apostrophe, colon and space. No matcher uses
a pattern built from the words: each is a dictionary lookup per word of the text, so all are linear in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from articlex.patterns import lazy
from articlex.scripts import UNSPACED, fold, is_unspaced

DateOrder = Literal["DMY", "MDY", "YMD"]

CATEGORIES = (
    "byline_prefixes", "byline_suffixes", "name_joiners", "name_particles", "role_words", "organization_words",
    "published_labels", "modified_labels", "date_links", "time_words", "section_links", "tag_labels", "caption_labels",
    "picture_labels", "credit_labels", "correction_labels", "kicker_labels", "author_note_cues", "related_cues",
    "newsletter_cues", "comment_cues", "paywall_cues", "advertisement_cues", "copyright_cues", "cookie_cues",
    "login_chrome", "share_chrome", "navigation_chrome", "stopwords",
)  # fmt: skip
"""Every key of a language file that holds a list of phrases."""

LINE_CUES = tuple(name for name in CATEGORIES if name.endswith(("_cues", "_chrome", "_labels")))
"""The categories that tell what a line of a page is; ``cue_categories`` looks for all of them at once."""

_DATA = Path(__file__).with_name("data")
# Other codes of a language that has a file, or of one that reads like it.
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "bs": "hr", "sh": "sr", "mo": "ro"}
_HEAD = 4
_SHORT_LINE = 60
# Vowel signs and points are part of a word, though Python's \w leaves them out.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0981-\u09e3\u0a01-\u0d63\u200c\u200d"
_WORD_CHAR = lazy(rf"[\w{_MARKS}]")
_WORD = lazy(rf"(?:(?![{UNSPACED}])[\w{_MARKS}])+")
_TOKEN = lazy(rf"(?:(?![{UNSPACED}])[\w{_MARKS}])+|[^\w\s]")
_ASCII_TOKEN = lazy(r"\w+|[^\w\s]", re.ASCII)
_PLAIN_TOKEN = lazy(r"\w+|[^\w\s]")
_SPECIAL = lazy(f"[{UNSPACED}{_MARKS}]")
"""Characters for which ``_TOKEN`` differs from the plain pattern, which is several times as fast."""
_BIGRAM = lazy(f"(?=([{UNSPACED}]{{2}}))")
_FILLER = lazy(rf"(?:\d|[^\w{_MARKS}])+")


@dataclass(frozen=True, slots=True)
class Language:
    """One language file: ``code`` is BCP 47; ``cues`` maps a category to its phrases, ``relative`` a unit to words."""

    code: str
    name: str
    date_order: DateOrder
    cues: Mapping[str, tuple[str, ...]]
    relative: Mapping[str, tuple[str, ...]]


@cache
def languages() -> Mapping[str, Language]:
    """Every language of the data folder by code, in the order of the codes."""
    return {path.stem: _read_language(path) for path in sorted((_DATA / "languages").glob("*.json"))}


def language(tag: str) -> Language | None:
    """The language of a BCP 47 tag ("pt", "pt-BR", "zh_Hant"), or ``None`` where there is no file for it."""
    code = tag.replace("_", "-").lower()
    short = code.partition("-")[0]
    return languages().get(code) or languages().get(_SAME.get(short, short))


@cache
def phrases(category: str) -> Mapping[str, tuple[str, ...]]:
    """Every phrase of a category (folded) with the codes of the languages that have it. ``KeyError`` if unknown."""
    found: dict[str, tuple[str, ...]] = {}
    for code, item in languages().items():
        for phrase in item.cues[category]:
            folded = fold(phrase)
            found[folded] = (*found.get(folded, ()), code)
    return found


def starts_with_cue(text: str, category: str) -> str | None:
    """The longest phrase that the text begins with, up to a word's end; ``text[len(phrase):]`` is what follows."""
    among = _phrases_at(text[:_HEAD], category)
    return _first_at(among, fold(text[:_LONGEST]), text, 0) if among else None


def starts_with_any(text: str, categories: tuple[str, ...]) -> bool:
    """Whether the text begins with a phrase of one of these categories."""
    return any(starts_with_cue(text, category) for category in possible_starts(text, categories))


def possible_starts(text: str, categories: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the categories that ``starts_with_cue`` need be asked for: by the first characters of the text."""
    return _categories_at(text[:_HEAD], categories)


def ends_with_cue(text: str, category: str) -> str | None:
    """The longest phrase that the text ends with, from a word's beginning; ``text[:-len(phrase)]`` is what precedes."""
    text = text[-_LONGEST:]
    folded = fold(text)
    tails = _tails(category)
    for size in range(_HEAD, 0, -1):
        for phrase in tails.get(folded[-size:], ()):
            if folded.endswith(phrase) and _begins(folded, text, len(folded) - len(phrase)):
                return phrase
    return None


def contains_cue(text: str, category: str) -> str | None:
    """The longest phrase that stands anywhere in the text as whole words.

    A phrase of one word ("forum", "popular") tells something in a short line only; in prose it does not count.
    """
    return max(_found_in(_words(category), fold(text), text), key=len, default=None)


def is_cue_line(text: str, category: str) -> bool:
    """True if the text is nothing but phrases of the category, digits and punctuation.

    "Comments (12)" is such a line, and so is a glued one: "Remember meForgot password?".
    """
    if not _may_be_cue_line(text[:_HEAD], category):
        return False
    folded = fold(text)
    position, found = 0, False
    while position < len(folded):
        phrase = _first_at(_phrases_at(folded[position : position + _HEAD], category), folded, text, position)
        if phrase:
            position, found = position + len(phrase), True
        elif filler := _FILLER.match(folded, position):
            position = filler.end()
        else:
            return False
    return found


def cue_categories(text: str) -> frozenset[str]:
    """Every category of ``LINE_CUES`` of which ``contains_cue`` finds a phrase: one pass, for features and scoring."""
    words, categories = _line_cues()
    return frozenset().union(*(categories[phrase] for phrase in _found_in(words, fold(text), text)))


@cache
def agencies() -> Mapping[str, str]:
    """News agencies: every name and alias (folded) with the agency's usual name."""
    named: dict[str, list[str]] = _read_json(_DATA / "agencies.json")
    return {fold(alias): name for name, aliases in named.items() for alias in (name, *aliases)}


@cache
def given_names() -> frozenset[str]:
    """Names of people that are also function words of some language: "Ali", "Ole", "Per", "Sam"."""
    return frozenset(_read_json(_DATA / "given_names.json"))


@cache
def markup(kind: str) -> frozenset[str]:
    """Lower-case class, id, itemprop and meta-name tokens that mark ``kind`` in pages. ``KeyError`` if unknown."""
    return frozenset(_read_json(_DATA / "markup.json")[kind])


@cache
def zones() -> Mapping[str, int | str]:
    """Named time zones, upper case as printed: minutes from UTC, or the tz database key of one with two offsets."""
    return dict(_read_json(_DATA / "zones.json"))


def read_data(name: str) -> Any:
    """The content of a JSON file of ``data/``."""
    return _read_json(_DATA / name)


def _read_json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _read_language(path: Path) -> Language:
    record = _read_json(path)
    return Language(
        code=path.stem,
        name=record["name"],
        date_order=record["date_order"],
        cues={category: tuple(record[category]) for category in CATEGORIES},
        relative={unit: tuple(words) for unit, words in record["relative"].items()},
    )


_LONGEST = 120
"""No phrase is longer than this; the integrity test sees to it."""


@cache
def _heads(category: str) -> Mapping[str, tuple[str, ...]]:
    return _grouped((phrase[:_HEAD], phrase) for phrase in phrases(category))


@cache
def _heads_of_all(categories: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """The categories that have a phrase with each head."""
    heads: dict[str, set[str]] = {}
    for category in categories:
        for head in _heads(category):
            heads.setdefault(head, set()).add(category)
    return {head: frozenset(names) for head, names in heads.items()}


@cache
def _tails(category: str) -> Mapping[str, tuple[str, ...]]:
    return _grouped((phrase[-_HEAD:], phrase) for phrase in phrases(category))


@cache
def _words(category: str) -> Mapping[str, tuple[str, ...]]:
    return _grouped((_key_word(phrase), phrase) for phrase in phrases(category))


@cache
def _line_cues() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, frozenset[str]]]:
    categories: dict[str, set[str]] = {}
    for category in LINE_CUES:
        for phrase in phrases(category):
            categories.setdefault(phrase, set()).add(category)
    words = _grouped((_key_word(phrase), phrase) for phrase in categories)
    return words, {phrase: frozenset(names) for phrase, names in categories.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Phrases by key, the longest first."""
    groups: dict[str, list[str]] = {}
    for key, phrase in pairs:
        groups.setdefault(key, []).append(phrase)
    return {key: tuple(sorted(members, key=len, reverse=True)) for key, members in groups.items()}


def _key_word(phrase: str) -> str:
    """The token to find a phrase by: its longest word is the rarest, so few texts need a closer look."""
    return max(_WORD.findall(phrase) or _BIGRAM.findall(phrase) or phrase[0], key=len)


def _tokens(folded: str) -> set[str]:
    if folded.isascii():
        return set(_ASCII_TOKEN.findall(folded))
    if not _SPECIAL.search(folded):
        return set(_PLAIN_TOKEN.findall(folded))
    tokens = set(_TOKEN.findall(folded))
    if is_unspaced(folded):
        tokens.update(_BIGRAM.findall(folded), folded)
    return tokens


def _found_in(words: Mapping[str, tuple[str, ...]], folded: str, text: str) -> Iterator[str]:
    short = len(text) <= _SHORT_LINE
    for token in _tokens(folded) & words.keys():
        for phrase in words[token]:
            if (short or " " in phrase or is_unspaced(phrase)) and _stands_in(phrase, folded, text):
                yield phrase


def _stands_in(phrase: str, folded: str, text: str) -> bool:
    position = folded.find(phrase)
    while position >= 0:
        if _begins(folded, text, position) and _ends(folded, text, position + len(phrase)):
            return True
        position = folded.find(phrase, position + 1)
    return False


@lru_cache(16_384)
def _phrases_at(head: str, category: str) -> tuple[str, ...]:
    """The phrases that a text may begin with whose first characters are ``head``, the longest first."""
    folded, heads = fold(head), _heads(category)
    among: tuple[str, ...] = ()
    for size in range(len(folded), 0, -1):
        among += heads.get(folded[:size], ())
    return among


@lru_cache(16_384)
def _categories_at(head: str, categories: tuple[str, ...]) -> tuple[str, ...]:
    folded, heads = fold(head), _heads_of_all(categories)
    found: set[str] = set()
    for size in range(len(folded), 0, -1):
        found.update(heads.get(folded[:size], ()))
    return tuple(filter(found.__contains__, categories)) if found else ()


@lru_cache(16_384)
def _may_be_cue_line(head: str, category: str) -> bool:
    return bool(_phrases_at(head, category)) or _FILLER.match(fold(head)) is not None


def _first_at(among: tuple[str, ...], folded: str, text: str, position: int) -> str | None:
    """The first of some phrases that stands at a position as whole words."""
    for phrase in among:
        if folded.startswith(phrase, position) and _ends(folded, text, position + len(phrase)):
            return phrase
    return None


def _begins(folded: str, text: str, position: int) -> bool:
    return position == 0 or _apart(folded, text, position)


def _ends(folded: str, text: str, position: int) -> bool:
    return position >= len(folded) or _apart(folded, text, position)


def _apart(folded: str, text: str, position: int) -> bool:
    """True if no word runs across ``position``; "meForgot" and "Comments12" are two words that a page has glued."""
    before, after = folded[position - 1], folded[position]
    if not (_WORD_CHAR.match(before) and _WORD_CHAR.match(after)):
        return True
    if is_unspaced(before) or is_unspaced(after):
        return True
    return before.isdigit() != after.isdigit() or (text[position - 1].islower() and text[position].isupper())
