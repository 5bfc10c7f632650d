"""The headline in a text dump: no markup tells it, so its place, its neighbours and the words of the body do."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.article import Evidence
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.headline_lines import SHORTEST, UNSPACED, Lines
from articlex.fields.signals import fold
from articlex.patterns import lazy
from articlex.vocabulary import is_cue_line, starts_with_cue

_ABOVE, _WITHIN = 90, 4
"""Lines before the body's beginning and behind it that are looked at, beside the very first one."""
_ENOUGH = 2.0
"""Of the lines with a lower score hardly one is a headline."""
_PROSE, _GAP_COST = 80, 40
_DENSE = 0.3
"""A run of prose with this share of the longest one's characters is the beginning of the body."""
_GAP = lazy(r"\s*\u00a0\s*|\s{2,}")
_WIDE_GAP = lazy(r"\s(?:(?<=\u00a0)|\s)")
"""Whether there is any such gap."""
_LABEL_CHARS = 30


def find_in_dump(scene: Scene) -> Found[str] | None:
    """The headline, without the picture's label glued before it and the label behind it (which becomes the kicker)."""
    blocks = scene.page.blocks
    if not blocks:
        return None
    end = _body_start(scene)
    score, at = Lines(scene, end).best(_candidates(scene, end))
    if score < _ENOUGH:
        return None
    if at:
        at = _fuller(scene, at)
    raw = blocks[at].raw or blocks[at].text
    text = _printed(scene, at, end)
    evidence = Evidence("text", raw, scene.page.place(at))
    return Found(text, evidence, (Claim(at, "headline", "headline"), *_again(scene, at, text, end)))


def _candidates(scene: Scene, end: int) -> Iterator[tuple[int, str]]:
    """(line, what it would print as headline)."""
    start = max(0, end - _ABOVE)
    lines = range(start, min(end + _WITHIN, len(scene.page.blocks)))
    blocks = scene.page.blocks
    for i in (*((0,) if start else ()), *lines):
        if len(blocks[i].raw or blocks[i].text) >= SHORTEST:
            yield i, _printed(scene, i, end)


def _printed(scene: Scene, i: int, end: int) -> str:
    """A line as a headline: without labels; the first line, which may be a crawler's title, without the site's name."""
    block = scene.page.blocks[i]
    text, _ = split_line(block.raw or block.text)
    return scene.sites.strip(text, guess=True) if i == 0 and end > 0 else text


def _again(scene: Scene, at: int, text: str, end: int) -> Iterator[Claim]:
    """The lines before the body that repeat the headline, and the page's title if it is the first line."""
    key = fold(text)
    for i, block in enumerate(scene.page.blocks[:end]):
        near = abs(len(block.text) - len(text)) < 4 and fold(block.text) == key
        if i != at and (near or (i == 0 and key in fold(block.text))):
            yield Claim(i, "headline", "headline_again")


def _fuller(scene: Scene, at: int) -> int:
    """A line that prints the same headline behind its topic: "Topic: headline"."""
    text = scene.page.blocks[at].text
    size, whole = len(text), ": " + text
    for i, block in enumerate(scene.page.blocks):
        if size < len(block.text) < 2 * size and block.text.endswith(whole):
            return i
    return at


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
        size = len(text) if text.isascii() or not UNSPACED.search(text) else len(text) * 3
        total += size if size >= _PROSE else -_GAP_COST
        if total <= 0:
            total, at = 0, i + 1
        elif total > best:
            best = total
            peaks.append((at, best))
    return next((start for start, size in peaks if size >= best * _DENSE), scene.first)


def split_line(raw: str) -> tuple[str, str]:
    """(headline, label) of a printed line: without a picture's label before it, parted at a no-break space."""
    text, label = raw.strip(), ""
    if ("  " in text or not text.isascii() or "\t" in text) and _WIDE_GAP.search(text):
        parts = [part for part in _GAP.split(text) if part]
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
    if rest and rest[0].isupper() and len(rest) > SHORTEST:  # glued: no space between the label and the headline
        text = rest
    return text, label


def _is_label(text: str) -> bool:
    return is_cue_line(text, "kicker_labels") or (
        len(text.split()) <= 2 and text[:1].isupper() and text.replace(" ", "").isalpha()
    )
