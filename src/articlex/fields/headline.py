"""The headline as printed: the visible one where it is the headline of this page, else what the metadata say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from articlex.article import Evidence, Source
from articlex.fields.datewords import calendar, plain
from articlex.fields.dump_headline import find_in_dump
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.marks import ASIDE, HEADLINE
from articlex.fields.signals import agreeing, fold, metas, text_of, types_of
from articlex.fields.sites import slug_words, squeezed_words, title_parts
from articlex.page import Block
from articlex.patterns import lazy

_LONGEST = 400
_NUMBER = lazy(r"\d+")
_LABEL = 40
_SOME_WORDS = 3
_DATE = 16
_ARTICLE = 3
"""A label is longer than "The"."""
_RELATED = 0.25
"""A visible line that fits the metadata less is not the headline they speak of."""
_ENOUGH, _ENOUGH_ALONE = 1.6, 1.2
"""A visible line with a lower score is not taken for the headline."""


class Said(NamedTuple):
    """A headline that the metadata give, without the site's name; ``key`` is the folded text."""

    source: Source
    text: str
    raw: str
    key: str


class Shown(NamedTuple):
    """A visible candidate and how well it fits."""

    block: int
    text: str
    score: float
    fit: float


def find_headline(scene: Scene) -> Found[str] | None:
    """The headline, its evidence, and the blocks that show it."""
    if scene.page.source == "text":
        return find_in_dump(scene)
    said = said_titles(scene)
    best = max(_shown(scene, said), key=lambda shown: shown.score, default=None)
    told = any(len(item.text.split()) > 2 for item in said)  # a title such as "Home" tells nothing
    if best is None:
        return _from_metadata(scene, said)
    doubtful = best.score < (_ENOUGH if told else _ENOUGH_ALONE) or (best.fit < _RELATED and _agreed(said))
    if doubtful and not _sole(scene, best):
        return _from_metadata(scene, said)
    page = scene.page
    text = _printed(scene, best, said)
    stated = _stated(scene, fold(text), said)
    if stated:
        claims = tuple(_claims(scene, best.block))
        return Found(
            stated.text, Evidence(stated.source, stated.raw, "", agreeing(stated.text, _pairs(said, stated))), claims
        )
    sources = agreeing(text, _pairs(said))
    evidence = Evidence("markup", page.blocks[best.block].text, page.place(best.block), sources)
    return Found(text, evidence, tuple(_claims(scene, best.block)))


def _sole(scene: Scene, best: Shown) -> bool:
    """Whether a line is the page's only top heading, has some words, and stands above the body.

    Then it is the headline also where the metadata put it in quite other words.
    """
    if best.score < _ENOUGH_ALONE or len(best.text.split()) < _SOME_WORDS or not best.block <= scene.first < scene.last:
        return False
    blocks = scene.page.blocks
    return [i for i in scene.headings if blocks[i].level == 1] == [best.block]


def _pairs(said: list[Said], without: Said | None = None) -> Iterable[tuple[str, str]]:
    return ((item.source, item.text) for item in said if item is not without)


def _agreed(said: list[Said]) -> bool:
    """Whether two places of the metadata name the very same headline."""
    return len({item.key for item in said}) < len(said)


def _stated(scene: Scene, shown: str, said: list[Said]) -> Said | None:
    """The headline a news article's JSON-LD states, where the page prints another version of it.

    Publishers rewrite the printed line, or print its first part as a label. The stated one is taken if it holds the
    printed one, or if the URL was made from it; not if it is the search title: that of ``<title>`` while og:title
    gives the printed one.
    """
    node = next(
        (node for node in scene.articles if any("news" in kind or "live" in kind for kind in types_of(node))), None
    )
    raw = text_of(node.get("headline")) if node else ""
    item = next((item for item in said if item.source == "json-ld" and item.raw == raw), None)
    if item is None or item.key == shown or item.key in shown or item.text.endswith(("...", "…")):
        return None
    others = [other for other in said if other.source != "json-ld"]
    titled = any(other.key == item.key for other in others if other.source == "markup")
    if titled and any(other.key == shown for other in others):
        return None
    if shown in item.key and len(shown) > 8:
        return item
    slug = slug_words(scene.page.url)
    return item if len(slug & set(squeezed_words(item.key))) > len(slug & set(squeezed_words(shown))) else None


def said_titles(scene: Scene) -> list[Said]:
    """What JSON-LD, meta tags and ``<title>`` call the article, most trusted first."""
    page, strip = scene.page, scene.sites.strip
    raw: list[tuple[Source, str]] = []
    raw.extend(("json-ld", text_of(node.get("headline") or node.get("name"))) for node in scene.articles[:4])
    raw.extend(("meta", text) for _, text in metas(page, "og:title", "twitter:title"))
    raw.extend(("microdata", text) for _, text in metas(page, "headline"))
    raw.extend(
        ("meta", text) for _, text in metas(page, "parsely-title", "sailthru.title", "dc.title", "dcterms.title")
    )
    bare = {text: strip(text) for text in {text for _, text in raw if text}}  # most places say the same
    said = [Said(source, cut, text, fold(cut)) for source, text in raw if text and (cut := bare[text])]
    title = text_of(page.title_tag)
    if title:
        cut = strip(title, guess=True)
        said.append(Said("markup", cut, title, fold(cut)))
    return [item for item in said if item.key and len(item.text) <= _LONGEST]


def _shown(scene: Scene, said: list[Said]) -> Iterable[Shown]:
    page = scene.page
    keys = {item.key: frozenset(item.key.split()) for item in said}
    if said and not any(
        page.blocks[i].level == 1 for i in scene.headings
    ):  # then the headline may be any line of <title>
        part = fold(max(title_parts(page.title_tag), key=len, default=""))
        keys.setdefault(part, frozenset(part.split()))
    whole = " ".join(fold(item.raw) for item in said)
    lengths = [len(key) for key in keys if key]
    low, high = (min(lengths) * 0.9, max(lengths) * 1.2) if lengths else (0.0, 0.0)
    before = scene.first + 3 if scene.first <= scene.last else len(page.blocks)
    for i in scene.headings:
        block = page.blocks[i]
        if (block.level == 1 or i < before) and len(block.text) <= _LONGEST:
            yield _judge(scene, i, block, keys, whole)
    for i, block in enumerate(page.blocks[:before]):
        if len(block.text) >= low and block.kind != "heading":
            line = _first_line(block.text)
            if len(line) <= high and fold(line) in keys:
                yield _judge(scene, i, block, keys, whole)


def _first_line(text: str) -> str:
    """The first of two or three lines that share a block without markup; else the whole text."""
    return text.partition("\n")[0] if "\n" in text and text.count("\n") < 3 else text


def _judge(scene: Scene, i: int, block: Block, keys: Mapping[str, frozenset[str]], whole: str) -> Shown:
    """How well a visible line fits: agreement with the metadata first, then level, place and class names."""
    text = (block.text if block.kind == "heading" else _first_line(block.text)).replace("\n", " ")
    key = fold(text)
    fit = _fit(key, keys, whole)
    score = 2.5 * fit + (1.4, 0.5, 0.2)[min(block.level, 3) - 1] if block.kind == "heading" else 2.5 * fit
    near = scene.marks.two(block.element)
    if near & HEADLINE:
        score += 0.3
    if near & ASIDE and not near & HEADLINE:
        score -= 0.6
    if scene.first <= scene.last:
        if i > scene.last:
            score -= 1.5
        elif i > scene.first:
            score -= 0.8 if i > scene.first + 2 else 0.2
        elif i < scene.first - 40:
            score -= 0.3
    if block.link_chars > 0.9 * len(block.text):
        score -= 0.5
    if len(text) < 60 and scene.sites.matches(text):
        score -= 3
    if len(text) < 3:
        score -= 2
    return Shown(i, text, score - 0.0001 * i, fit)


def _fit(key: str, keys: Mapping[str, frozenset[str]], whole: str) -> float:
    """1 for the very text of some metadata, less for a part of it or many words in common."""
    if key in keys:
        return 1.0
    best = 0.3 if len(key) > 8 and key in whole else 0.0
    words = set(key.split())
    for other, theirs in keys.items():
        if len(key) > 3 and key in other:
            best = max(best, 0.3 + 0.6 * len(key) / len(other))
        elif len(other) > 12 and other in key:
            best = max(best, 0.5 + 0.4 * len(other) / len(key))
        elif len(words) > 2:
            best = max(best, 0.8 * len(words & theirs) / max(3, min(len(words), len(theirs))))
    return best


def _printed(scene: Scene, best: Shown, said: list[Said]) -> str:
    """The visible text without a label, a label's line, or the site's name."""
    block = scene.page.blocks[best.block]
    keys = {item.key: item for item in said}
    text = best.text
    if best.fit < 1:
        lines = block.text.split("\n")
        for parts in (lines[1:], lines[:-1]):
            joined = " ".join(parts)
            if joined and fold(joined) in keys:
                return joined
        for span in scene.spans(best.block):
            label = text[: -len(span.text)].rstrip() if text.endswith(span.text) else ""
            if (
                label
                and len(label) <= _LABEL
                and not label.endswith((":", "-", "–"))
                and _named_apart(label, span.text, keys)
            ):
                return span.text
        for item in said:
            if _labelled(text, item, said):
                return item.text
        undated = (item.text for item in said if _dated(text, item.text))
        stripped = next(undated, None) or scene.sites.strip(text)
        if fold(stripped) in keys:
            return stripped
        if text.endswith(("...", "…")):
            stem = fold(text)
            return next(
                (item.text for item in said if item.key.startswith(stem) and not item.text.endswith(("...", "…"))), text
            )
    return text


def _labelled(shown: str, stated: Said, said: list[Said]) -> bool:
    """Whether a visible line is a headline that two places state, behind a label: "Avoiding debts Title: a tale"."""
    label = shown[: -len(stated.text)].rstrip() if shown.endswith(stated.text) and " " in stated.text else ""
    if not _ARTICLE < len(label) <= _LABEL or label.endswith((":", "-", "–")):
        return False
    return sum(other.key == stated.key for other in said) > 1


def _dated(shown: str, stated: str) -> bool:
    """Whether a visible line is the stated headline behind a date: "23.01.2022 - Bridge closed", "Jan 23 ..."."""
    lead = shown[: -len(stated)]
    if not 0 < len(lead) <= _DATE or not shown.endswith(stated) or " " not in stated:
        return False
    numbers = _NUMBER.findall(lead)
    return len(numbers) > 1 or (bool(numbers) and any(word in calendar().months for word in plain(lead).split()))


def _named_apart(label: str, rest: str, keys: Mapping[str, Said]) -> bool:
    """Whether the metadata name the headline without the label, or with a colon after it."""
    return fold(rest) in keys or fold(f"{label}: {rest}") in keys


def _claims(scene: Scene, best: int) -> Iterable[Claim]:
    """The headline's block, and blocks before the body that repeat it."""
    page = scene.page
    yield Claim(best, "headline", "headline")
    text = page.blocks[best].text
    key, size = fold(text), len(text)
    start, stop = max(0, best - 30), scene.first + 2 if scene.first <= scene.last else best + 3
    for i, block in enumerate(page.blocks[start:stop], start):
        if -4 < len(block.text) - size < 4 and i != best and fold(block.text) == key:
            yield Claim(i, "headline", "headline_again")


def _from_metadata(scene: Scene, said: list[Said]) -> Found[str] | None:
    if not said:
        return None
    best = said[0]
    if scene.sites.named(best.text):
        return None
    if best.text.endswith(("...", "…")):
        stem = best.key.rstrip(" .…")
        best = next((item for item in said if item.key.startswith(stem) and not item.text.endswith(("...", "…"))), best)
    sources = agreeing(best.text, _pairs(said, best))
    return Found(best.text, Evidence(best.source, best.raw, "", sources))
