"""How like the headline each line of a dump is: a weighted sum of facts about the line, its neighbours and the body.

The weights are those of a logistic choice among the lines of a page, fitted to the pages of the development corpora
whose headline is known (``training/headline.py`` prints them and what they reach on pages of other sites).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from math import log1p
from operator import mul

from articlex.fields.byline_dates import dated
from articlex.fields.found import Scene
from articlex.fields.name_shapes import is_role
from articlex.fields.sites import slug_words, squeezed_words
from articlex.patterns import lazy
from articlex.scripts import SPACELESS, count_letters, letter_runs, without_marks
from articlex.vocabulary import is_cue_line, starts_with_any, starts_with_cue

WEIGHTS: dict[str, float] = {
    # told by the line and its neighbours
    "body": -9.8, "standfirst": -9.8, "heading": 1.0, "words": 3.0, "stop": -3.7, "long": -2.1, "item": -1.0,
    "punctuation_first": -6.7, "blank_before": 1.8, "blank_after": 1.6, "short_before": 0.7, "short_after": -0.3,
    "longer_after": 0.6, "title_before": -0.1, "nearness": 0.6, "within_body": -2.1, "first_line": 1.7,
    "outside": -7.3,
    # told by other texts
    "body_words": 3.7, "opening_words": 2.3, "address_words": 5.6, "first_line_words": 1.9,
    # looked up for likely lines only
    "chrome": -4.4, "label": -1.6, "crumbs": -9.6, "role": -5.3, "site": -1.2, "caption": -0.3, "dated_after": 1.9,
    "again_once": 1.3,
    # set by hand: no dump of the corpora is Markdown
    "heading_mark": 2.0, "top_heading": 4.0,
}  # fmt: skip
"""What each fact adds; ``Lines`` says what it means."""
OWN = (
    "body", "standfirst", "heading", "words", "stop", "long", "item", "heading_mark", "top_heading",
    "punctuation_first", "blank_before", "blank_after", "short_before", "short_after", "longer_after", "title_before",
    "nearness", "within_body", "first_line", "outside",
)  # fmt: skip
"""The names of ``Lines.own_facts``."""
_OWN_WEIGHTS = tuple(WEIGHTS[name] for name in OWN)
_MOST_MORE = sum(weight for name in ("dated_after", "again_once") if (weight := WEIGHTS[name]) > 0)
"""The most that the facts looked up last can add."""

SHORTEST, _LONGEST = 8, 300
_LONG = 100
_PROSE = 80
_SHORT_BEFORE, _SHORT_AFTER = 30, 40
_ENOUGH_WORDS = 7
_BODY, _OPENING = 5_000, 600
"""Characters of the body whose words are compared."""
_FAIR = 0.3
"""Lines with a lower score are not compared with."""
_TITLE = 15
"""Shorter lines are not looked for in others; a shorter first line is a menu's."""
_STEM = 6
_AGE, _DATE_LINE = 40, 120
"""A relative date ("1 day ago") dates the article only in a line as short as that."""
_BEHIND = 3
_STOPS = (".", ":", ";", ",", "。")
_PUNCTUATION = ":;,.)|/"
_NUMBERS = lazy(r"\b(?:19|20)\d\d\b|\d{1,2}[:./]\d\d|\d+\s*/\s*\d+")
_CRUMBS = lazy(r"\s[>›»]\s|\s/\s.*\s/\s|\s[|·•]\s[^|·•]*\s[|·•]\s")
_TAKEN = lazy(r"＝\d")
"""Before the day a picture was taken, in Japanese captions."""
_STEMS = lazy(r"[^\W\d_]{4,}|\d{2,}")
_ASCII_STEMS = lazy(r"[a-z]{4,}|[0-9]{2,}")
"""The same for ASCII, several times as fast."""
_LONG_TEXT = 200
"""Longer texts are rather split at all that is no letter."""
_DIGITS = lazy(r"[0-9]{2,}")
_LONG_WORD = 4
UNSPACED = lazy(f"[{SPACELESS}]{{4}}")
_WIDE = "\u2fff"
_CHROME = (
    "login_chrome", "share_chrome", "navigation_chrome", "newsletter_cues", "related_cues", "advertisement_cues",
    "cookie_cues",
)  # fmt: skip
_LABELS = ("byline_prefixes", "caption_labels", "published_labels", "modified_labels", "related_cues")


class Lines:
    """The lines of a dump as candidates for the headline; ``end`` is the line where the body begins."""

    def __init__(self, scene: Scene, end: int) -> None:
        self.scene, self.end = scene, end
        self.blocks = scene.page.blocks
        last = scene.last + 1 if scene.last >= end else end + 15
        body = " ".join(
            block.text
            for block, score in zip(self.blocks[end:last], scene.scores[end:last], strict=True)
            if score >= _FAIR
        )[:_BODY]
        self.body, self.opening = _stems(body), _stems(body[:_OPENING])
        self.address = slug_words(scene.page.url)
        first = self.blocks[0].text
        self.first = _stems(first) if len(first) >= _TITLE else frozenset()

    def best(self, among: Iterator[tuple[int, str]]) -> tuple[float, int]:
        """(score, line) of the line most like a headline, given as (line, text); (-inf, -1) where none can be one."""
        seen = sorted(((self.at_sight(i, text), -i, text) for i, text in among if is_possible(text)), reverse=True)
        best, at = float("-inf"), -1
        for sight, i, text in seen:
            if sight + _MOST_MORE <= best:
                break
            score = sight + self.looked_up(-i, text)
            if score > best:
                best, at = score, -i
        return best, at

    def at_sight(self, i: int, text: str) -> float:
        """The part of the score that needs no look into the vocabulary."""
        total: float = sum(map(mul, _OWN_WEIGHTS, self.own_facts(i, text)))
        for name, value in self.shared_words(i, text):
            total += WEIGHTS[name] * value
        return total

    def looked_up(self, i: int, text: str) -> float:
        """The rest of the score."""
        return sum(WEIGHTS[name] * value for name, value in self.vocabulary_facts(i, text))

    def own_facts(self, i: int, text: str) -> tuple[float, ...]:
        """Length and punctuation of a line, what the model takes it for, and the size of the lines beside it: ``OWN``.

        There are a hundred lines, so the facts go without their names.
        """
        scene, blocks, block = self.scene, self.blocks, self.blocks[i]
        before = blocks[i - 1].text if i else ""
        after = blocks[i + 1].text if i + 1 < len(blocks) else ""
        role, odds = (scene.roles[i], scene.role_odds[i]) if scene.roles else ("", 0.0)
        is_heading = block.kind == "heading"
        size, size_before, size_after = len(text), len(before), len(after)
        return (
            scene.scores[i],
            odds * (role == "standfirst"),
            odds * (role == "heading_data"),
            min(_size(text), _ENOUGH_WORDS) / _ENOUGH_WORDS,
            text.endswith(_STOPS) and not text.endswith("..."),
            size > _LONG,
            block.kind == "list_item",
            is_heading,
            is_heading and block.level == 1,
            text[0] in _PUNCTUATION,
            block.blank_before > 0,
            i + 1 < len(blocks) and blocks[i + 1].blank_before > 0,
            0 < size_before < _SHORT_BEFORE,
            0 < size_after < _SHORT_AFTER,
            size_after > max(_PROSE, size),
            _is_titular(before),
            -log1p(max(self.end - i, 0)),
            i > self.end,
            i == 0,
            "©" in text or "://" in text or "www." in text,
        )

    def shared_words(self, i: int, text: str) -> Iterator[tuple[str, float]]:
        """Words (their first letters) that the body, its opening, the page's address and the first line have too."""
        stems = _stems(text)
        size = max(1, len(stems))
        yield "body_words", min(len(stems & self.body), 5) / 5
        yield "opening_words", len(stems & self.opening) / size
        if i and len(stems) > 1:  # the first line is a crawler's title, where it is one
            yield "first_line_words", len(stems & self.first) / size
        if self.address:
            yield "address_words", len(self.address.intersection(squeezed_words(text))) / len(self.address)

    def vocabulary_facts(self, i: int, text: str) -> Iterator[tuple[str, float]]:
        """What the vocabulary knows of the line, whether a date follows, and whether other lines have the text too."""
        few = _size(text) < _ENOUGH_WORDS
        yield "chrome", any(is_cue_line(text, cues) for cues in _CHROME)
        yield "label", starts_with_any(text, _LABELS)
        yield "crumbs", bool(_CRUMBS.search(text))
        yield "role", few and is_role(text)
        yield "site", self.scene.sites.named(text)
        yield "caption", (text[-1] == ")" and len(text) > _PROSE) or bool(_TAKEN.search(text))
        yield "dated_after", any(self._dates(j) for j in range(i + 1, min(i + 1 + _BEHIND, self.end)))
        if len(text) >= _TITLE:
            again = self._joined.count(text.casefold()) - self._lines.count(text.casefold())
            yield "again_once", again == 1

    def _dates(self, i: int) -> bool:
        """Whether a line dates the article."""
        text = self.blocks[i].text
        if len(text) >= _DATE_LINE:
            return False
        if _NUMBERS.search(text) or (len(text) < _AGE and dated(text)):
            return True
        return bool(starts_with_cue(text, "published_labels"))

    @cached_property
    def _joined(self) -> str:
        return "\n".join([block.text for block in self.blocks]).casefold()

    @cached_property
    def _lines(self) -> list[str]:
        return self._joined.split("\n")


def is_possible(text: str) -> bool:
    """Whether a line can be a headline at all: neither too short nor too long, and mostly letters."""
    if not SHORTEST <= len(text) <= _LONGEST:
        return False
    return 2 * count_letters(text) >= len(text)


def _size(text: str) -> int:
    """Words of a line, or what is as long in a script without spaces."""
    return text.count(" ") + 1 if text.isascii() or not UNSPACED.search(text) else len(text) // 3


def _is_titular(text: str) -> bool:
    """Whether a line looks like a headline, as those of other stories do."""
    if not text.isascii() and UNSPACED.search(text):
        return 10 <= len(text) < 80
    return 25 <= len(text) <= 160 and text.count(" ") >= 3 and not text.endswith(_STOPS)


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words; pairs of characters in a script without spaces."""
    text = text.casefold()
    bare = without_marks(text)
    if len(bare) < _LONG_TEXT and bare.isascii():
        return frozenset([word[:_STEM] for word in _ASCII_STEMS.findall(bare)])
    if (runs := letter_runs(bare)) is not None:
        words = {run for run in runs if len(run) >= _LONG_WORD}.union(_DIGITS.findall(bare))
        return frozenset([word[:_STEM] for word in words])
    stems = {word[:_STEM] for word in _STEMS.findall(text)}
    if not text.isascii() and UNSPACED.search(text):
        stems.update([one + two for one, two in pairwise(text) if one > _WIDE and two > _WIDE])
    return frozenset(stems)
