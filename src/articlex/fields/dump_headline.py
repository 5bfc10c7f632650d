"""The headline in a text dump: no markup tells it, so its place, its repetition and its neighbours do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articlex.article import Evidence
from articlex.fields.byline_markup import dated
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.name_shapes import is_role
from articlex.fields.signals import fold
from articlex.fields.sites import slug_words, squeezed_words
from articlex.patterns import lazy
from articlex.vocabulary import is_cue_line, starts_with_cue

_WINDOW = 60
"""Lines before the body that are looked at."""
_SHORTEST, _LONGEST = 8, 300
_PROSE, _GAP_COST = 80, 40
_DENSE = 0.3
"""A run of prose with this share of the longest one's characters is the beginning of the body."""
_TITLE = 15
"""Shorter first lines are menus, not the page's title."""
_ENOUGH = 0.6
_FAR = 0.7
_GAP = re.compile(r"\s*\u00a0\s*|\s{2,}")
_NUMBERS = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:./]\d\d|\d+\s*/\s*\d+")
_CRUMBS = re.compile(r"\s[>›»]\s|\s/\s.*\s/\s")
_MENU = re.compile(r"\s[|·•]\s[^|·•]*\s[|·•]\s")
_DATED = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_UNSPACED = lazy("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]{4}")
_CHROME = (
    "login_chrome",
    "share_chrome",
    "navigation_chrome",
    "newsletter_cues",
    "related_cues",
    "advertisement_cues",
    "cookie_cues",
)
_LABELS = ("byline_prefixes", "caption_labels", "published_labels", "modified_labels", "related_cues")
_LABEL_CHARS = 30
_AGE = 40
"""Shorter lines with a relative date ("1 day ago") date the article."""
_HINTS = {"heading_data": 0.5, "caption": -0.5, "related": -0.3}
"""What the learned role of a line adds at most."""


def find_in_dump(scene: Scene) -> Found[str] | None:
    """The headline, without the picture's label glued before it and the label behind it (which becomes the kicker)."""
    blocks = scene.page.blocks
    if not blocks:
        return None
    keys = [fold(block.text) for block in blocks]
    end = _body_start(scene)
    scored = [(_score(scene, i, keys, end), -i) for i in range(max(0, end - _WINDOW), min(end + 1, len(blocks)))]
    best, at = max(scored, default=(0.0, 0))
    titled = _by_title_line(keys, end)
    if titled is not None and keys[titled] not in keys[-at] and best > _FAR + _score(scene, titled, keys, end):
        titled = None  # the first line was a menu's, or an advertisement's
    if titled is None:
        titled = _first_of_two(scene, scored, best, -at) if best >= _ENOUGH else None
    if titled is None:
        return _first_line(scene)
    titled = _fuller(keys, titled, end)
    text, _ = split_line(blocks[titled].raw or blocks[titled].text)
    key = fold(text)
    claims = [Claim(titled, "headline", "headline")]
    claims.extend(
        Claim(i, "headline", "headline_again")
        for i in range(end)
        if i != titled and (keys[i] == key or (i == 0 and key in keys[0]))
    )
    return Found(
        text, Evidence("text", blocks[titled].raw or blocks[titled].text, scene.page.place(titled)), tuple(claims)
    )


def _first_of_two(scene: Scene, scored: Sequence[tuple[float, int]], best: float, at: int) -> int:
    """Of two adjoining lines that both look like a headline the first is it, the second the standfirst."""
    above = next((score for score, negative in scored if negative == 1 - at), -9.0)
    block = scene.page.blocks[at - 1] if at else None
    adjoining = block is not None and scene.page.blocks[at].blank_before == 0 and len(block.text.split()) > 3
    return at - 1 if adjoining and above > max(_ENOUGH, best - 0.5) else at


def _body_start(scene: Scene) -> int:
    """The first line of the first dense run of prose within what was taken for body, which may begin in the menu."""
    blocks = scene.page.blocks
    if scene.first > scene.last:
        return len(blocks)
    best = total = 0
    at = scene.first
    peaks: list[tuple[int, int]] = []  # (where a run begins, its characters), each time it grows beyond all before
    for i in range(scene.first, scene.last + 1):
        text = blocks[i].text
        size = len(text) * 3 if _UNSPACED.search(text) else len(text)
        total += size if size >= _PROSE else -_GAP_COST
        if total <= 0:
            total, at = 0, i + 1
        elif total > best:
            best = total
            peaks.append((at, best))
    return next((start for start, size in peaks if size >= best * _DENSE), scene.first)


def _fuller(keys: Sequence[str], at: int, end: int) -> int:
    """A line before the body that prints the same headline behind its topic: "Topic: headline"."""
    key = keys[at]
    for i in range(end):
        topic, colon, rest = keys[i].partition(": ")
        if colon and rest == key and len(topic) < len(key):
            return i
    return at


def split_line(raw: str) -> tuple[str, str]:
    """(headline, label) of a printed line: without a picture's label before it, parted at a no-break space."""
    label = ""
    parts = [part for part in _GAP.split(raw.strip()) if part]
    if (
        len(parts) > 1
        and len(parts[-1]) <= _LABEL_CHARS
        and len(" ".join(parts[:-1])) > 2 * len(parts[-1])
        and _is_label(parts[-1])
    ):
        label = parts.pop()
    text = " ".join(parts)
    cue = starts_with_cue(text, "picture_labels")
    rest = text[len(cue) :] if cue else ""
    if rest and rest[0].isupper() and len(rest) > _SHORTEST:  # glued: no space between the label and the headline
        text = rest
    return text, label


def _is_label(text: str) -> bool:
    return is_cue_line(text, "kicker_labels") or (
        len(text.split()) <= 2 and text[:1].isupper() and text.replace(" ", "").isalpha()
    )


def _by_title_line(keys: Sequence[str], end: int) -> int | None:
    """The last line before the body that repeats the first line (a crawler's title) without the site's name."""
    title = keys[0]
    if len(title) < _TITLE or end == 0:
        return None
    best, size = None, 0
    for i in range(1, min(end + 1, len(keys))):
        key = keys[i]
        same = (key in title or title in key) and max(_TITLE, len(title) // 3) <= len(key) < 2 * len(title) + 20
        if same and (len(key) >= size or key == keys[best or 0]):
            best, size = i, len(key)
    return best


def _score(scene: Scene, i: int, keys: Sequence[str], end: int) -> float:
    """How like a headline a line is."""
    block, key = scene.page.blocks[i], keys[i]
    text, _ = split_line(block.raw or block.text)
    if not _SHORTEST <= len(text) <= _LONGEST or (i == end and len(text) > 120):
        return -9.0
    score = _shape(scene, text) - 0.012 * (end - i)
    if scene.roles and not _UNSPACED.search(text):  # it learned from few pages in those scripts
        score += _HINTS.get(scene.roles[i], 0.0) * scene.role_odds[i]
    score += _repeated(i, key, keys)
    score += _introduces(scene, i, end)
    slug = slug_words(scene.page.url)
    if slug:
        score += 2 * len(slug & set(squeezed_words(text))) / len(slug)
    return score


def _shape(scene: Scene, text: str) -> float:
    """How like a headline a line is by itself: long enough, no sentence, no date, no label, no button."""
    words = text.split()
    size = len(words) if text.isascii() or not _UNSPACED.search(text) else len(text) // 3
    score = min(size, 7) / 7
    if len(text) > 160:
        score -= 0.5
    if text.endswith((".", ":", ";", ",", "。")) and not text.endswith("..."):
        score -= 0.8
    if text.endswith(")") and len(text) > _PROSE:  # a caption with its credit
        score -= 0.5
    if _DATED.search(text) or (_NUMBERS.search(text) and size < 7):
        score -= 0.8
    if any(is_cue_line(text, cues) for cues in _CHROME) or any(starts_with_cue(text, cues) for cues in _LABELS):
        score -= 1.5
    if scene.sites.named(text):
        score -= 2
    if _CRUMBS.search(text) or _MENU.search(text) or "©" in text or (size < 7 and is_role(text)):
        score -= 1
    return score


def _repeated(i: int, key: str, keys: Sequence[str]) -> float:
    """Headlines stand in breadcrumbs and sharing links too."""
    if len(key) < 15:
        return 0.0
    again = sum(key in other for j, other in enumerate(keys) if j != i and len(other) < len(key) + 120)
    return 0.5 if again == 1 else 0.3 if again else 0.0


def _introduces(scene: Scene, i: int, end: int) -> float:
    """A byline, a date, or the body follows."""
    blocks = scene.page.blocks
    if i + 1 >= end:
        return 0.4
    for j in range(i + 1, min(i + 4, end)):
        text = blocks[j].text
        if len(text) < 120 and (
            starts_with_cue(text, "byline_prefixes")
            or _NUMBERS.search(text)
            or (len(text) < _AGE and dated(text))
            or starts_with_cue(text, "published_labels")
        ):
            return 0.7
    return 0.3 if end - i <= 4 else 0.0


def _first_line(scene: Scene) -> Found[str] | None:
    """The first line of a dump that begins with the title and goes right on to the text."""
    block = scene.page.blocks[0]
    text = scene.sites.strip(block.text, guess=True)
    if not _SHORTEST <= len(text) <= _LONGEST or scene.first == 0 or any(is_cue_line(text, cues) for cues in _CHROME):
        return None
    return Found(text, Evidence("text", block.text, scene.page.place(0)), (Claim(0, "headline", "headline"),))
