"""The language the article is written in: what the page declares, checked against its text.

The text speaks by its script and, in shared scripts, by its commonest words (counted, as in Cavnar and Trenkle's
short-word method). It overrules a declaration only where the difference is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from articlex.article import Evidence, Source
from articlex.fields.found import Found, Scene
from articlex.fields.signals import metas, text_of
from articlex.patterns import lazy
from articlex.scripts import letter_runs, without_marks
from articlex.vocabulary import languages, read_data

_SAMPLE = 1_000
_TAG = lazy(r"^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:$|[-_])", re.IGNORECASE)
_WORD = lazy(r"[^\W\d_]+")
_BEYOND_LATIN = lazy("[\u0370-\u1dff\u3040-\ufaff]+")
_FEW_WORDS = 12
"""Fewer common words than this say nothing."""
_DENSE = 0.12
"""The share of common words below which a text is no prose in that language."""
_NONE = frozenset({"und", "mul", "zxx", "xx", "xxx", "aa"})


def find_language(scene: Scene) -> Found[str] | None:
    """The declared language unless the text plainly is in another one; the text's own where none is declared."""
    declared = [(source, tag, raw) for source, raw in _declared(scene) if (tag := well_formed(raw))]
    spoken = guess(sample(scene), primary(declared[0][1]) if declared else "")
    if declared:
        source, tag, raw = next((item for item in declared if _fits(item[1], spoken)), declared[0])
        if _fits(tag, spoken) or not spoken.sure_against(primary(tag)):
            agree = tuple(
                dict.fromkeys(other for other, text, _ in declared if primary(text) == primary(tag) and other != source)
            )
            return Found(tag, Evidence(source, raw, "", agree + (("text",) if spoken.code == primary(tag) else ())))
    if spoken.code:
        return Found(spoken.code, Evidence("text", ""))
    if scene.page.languages and not declared:
        return Found(scene.page.languages[0], Evidence("options", scene.page.languages[0]))
    return None


def _declared(scene: Scene) -> Iterator[tuple[Source, str]]:
    page = scene.page
    yield "markup", page.html_lang
    for node in scene.articles[:1]:
        yield "json-ld", text_of(node.get("inLanguage"))
    for _, text in metas(
        page, "content-language", "language", "dc.language", "dcterms.language", "inlanguage", "og:locale"
    ):
        yield "meta", text


def well_formed(raw: str) -> str:
    """A BCP 47 tag in its usual spelling ("de_de" gives "de-DE"); ``""`` when it is none."""
    match = _TAG.match(raw.strip())
    if not match or match[1].lower() in _NONE:
        return ""
    parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(part for part in parts if part)


def primary(tag: str) -> str:
    """The language without script and region."""
    return tag.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text says: a language (``""`` if none), those its script allows, and how many common words of each."""

    code: str = ""
    allowed: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    words: int = 0

    def sure_against(self, declared: str) -> bool:
        """Whether the text rules the declared language out."""
        if self.allowed:
            return declared not in self.allowed
        ours, theirs = self.counts.get(self.code, 0), self.counts.get(declared, 0)
        if declared not in languages():  # a language without a word list: only a very plain text speaks against it
            return ours > 0.3 * self.words and ours > 2 * _FEW_WORDS
        return ours >= _FEW_WORDS and ours > 2 * theirs and ours > 1.5 * _DENSE * self.words


def _fits(tag: str, spoken: Guess) -> bool:
    return not spoken.code or primary(tag) == spoken.code or (bool(spoken.allowed) and primary(tag) in spoken.allowed)


def sample(scene: Scene) -> str:
    """The beginning of the body, or of the page's long blocks where there is no body."""
    page = scene.page
    pieces: list[str] = []
    size = 0
    start = scene.first if scene.first <= scene.last else 0
    for i in range(start, len(page.blocks)):
        block = page.blocks[i]
        if scene.scores[i] >= 0.5 or scene.first > scene.last:
            pieces.append(block.text[:800])
            size += len(pieces[-1])
            if size > _SAMPLE:
                break
    title = scene.value("title")
    return " ".join([title, *pieces] if title and size < 200 else pieces)


def guess(text: str, expected: str = "") -> Guess:
    """The language of a text by script, telling letters and common words; ``expected`` is tried first."""
    table = _tables()
    lowered = without_marks(text).lower()
    words = letter_runs(lowered)
    if words is None:
        beyond = sum(map(len, _BEYOND_LATIN.findall(text)))
        if beyond > 0.08 * len(text) and (codes := table.script_of(text, beyond)):
            return _of_script(text, codes)
        words = _WORD.findall(lowered)
    least = max(_DENSE * len(words), min(_FEW_WORDS, max(3, len(words) // 8)))
    if expected in table.common:
        count = len(list(filter(table.common[expected].__contains__, words)))
        if count > 1.7 * least:  # plain enough: no other language needs to be counted
            return Guess(expected, (), {expected: count}, len(words))
    counts = table.count(words)
    best, rival = sorted(counts.values())[:-3:-1]
    code = next(code for code, count in counts.items() if count == best)
    return Guess(code if best >= least and best > 1.15 * rival else "", (), counts, len(words))


def _of_script(text: str, codes: tuple[str, ...]) -> Guess:
    """The language within a script: by letters only one of them has, else by common words, else the largest."""
    table = _tables()
    lowered = text.lower()
    for code in codes:
        own = table.letters.get(code)
        if own and sum(map(lowered.count, own)) > len(text) / 300:
            return Guess(code, codes)
    words = _WORD.findall(lowered)
    counts = {code: sum(map(table.common[code].__contains__, words)) for code in codes if code in table.common}
    best = max(counts.values(), default=0)
    return Guess(next((code for code, count in counts.items() if count == best > 0), codes[0]), codes)


class _Tables:
    """Scripts, telling letters and common words, read once."""

    def __init__(self) -> None:
        record: dict[str, Any] = read_data("scripts.json")
        self.letters: dict[str, str] = record["letters"]
        self.common = {code: frozenset(language.cues["stopwords"]) for code, language in languages().items()}
        self._scripts = [(re.compile(f"{pattern}+"), tuple(codes)) for pattern, codes in record["scripts"]]

    def count(self, words: list[str]) -> dict[str, int]:
        """How many of the words are common ones of each language."""
        counts = dict.fromkeys(self.common, 0)
        for codes in filter(None, map(self._codes.get, words)):
            for code in codes:
                counts[code] += 1
        return counts

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        codes: dict[str, tuple[str, ...]] = {}
        for code, common in self.common.items():
            for word in common:
                codes[word] = (*codes.get(word, ()), code)
        return codes

    def script_of(self, text: str, letters: int) -> tuple[str, ...]:
        """The languages of the script that most of the letters beyond Latin are in; kana decide even when few."""
        for pattern, codes in self._scripts:
            share = sum(map(len, pattern.findall(text))) / letters
            if share > (0.08 if codes == ("ja",) else 0.4):
                return codes
        return ()


@cache
def _tables() -> _Tables:
    return _Tables()
