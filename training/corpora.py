"""The labelled pages: read by the product's reader, with a target and a weight for each block."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import numpy as np

from align import align, tokens
from articlex.options import Options
from articlex.page import Page
from articlex.reading import read
from articlex.scripts import letters_of
from label import ROOT, page_data, roles_of, stored

TEXT_CORPORA = ("wcxb", "fundus", "magichtml", "readability", "goose3", "newspaper4k")
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gob"})
FOLDS = 4


@dataclass
class Sample:
    """A page with what is known of its blocks.

    ``target[i]`` is the share of block ``i`` that is body (0..1), NaN where nothing is known. ``roles[i]`` is the
    hand-given role, ``""`` for chrome, ``None`` where no hand labelled the page.
    """

    corpus: str
    gold: dict
    page: Page
    target: np.ndarray
    roles: list[str | None] | None = None
    fold: int = 0
    sizes: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def id(self) -> str:
        """The page's name in its corpus."""
        return str(self.gold["id"])

    @property
    def text_gold(self) -> bool:
        """Whether the whole body text is known."""
        return "text" in self.gold["has"] and bool(self.gold.get("text"))


def domain(url: str | None, fallback: str = "") -> str:
    """The registered domain of a URL, near enough for folds."""
    host = (urlsplit(url or "").hostname or fallback).removeprefix("www.")
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def fold_of(url: str | None, fallback: str) -> int:
    """The fold of a page: all pages of a domain, in whatever corpus, are in the same one."""
    return hashlib.blake2b(domain(url, fallback).encode(), digest_size=4).digest()[0] % FOLDS


def samples(corpora: tuple[str, ...] = (*TEXT_CORPORA, "strict", "trafilatura", "htmldate")) -> Iterator[Sample]:
    """Every page with labels of any kind. Hand labels replace what another corpus says of the same page."""
    by_hand = {(record["corpus"], record["id"]): record for record in stored()}
    strict = {record["id"] for record in _gold("strict")}
    for corpus in corpora:
        for gold in _gold(corpus):
            record = by_hand.get((corpus, gold["id"]))
            if f"{corpus}.{gold['id']}" in strict or (corpus == "htmldate" and not record):
                continue
            page = _page(corpus, gold)
            if not page.blocks:
                continue
            sample = Sample(corpus, gold, page, np.full(len(page.blocks), np.nan))
            sample.fold = fold_of(gold.get("url"), gold["id"])
            sample.sizes = np.array([len(tokens(block.text)) for block in page.blocks])
            if record:
                sample.roles = ["" if role is None else role for role in roles_of(record, page)]
                sample.target = np.array([float(role == "body") for role in sample.roles])
            elif corpus == "strict":
                _strict(sample)
            elif corpus == "trafilatura":
                _snippets(sample)
            else:
                sample.target = np.array(align([block.text for block in page.blocks], gold.get("text") or ""))
            yield sample


def _gold(corpus: str) -> Iterator[dict]:
    with (ROOT / corpus / "gold.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _page(corpus: str, gold: dict) -> Page:
    return read(page_data(corpus, gold), gold.get("url"), None, Options(input="html"))


def _strict(sample: Sample) -> None:
    """Body by alignment, the other roles by their texts."""
    texts = [block.text for block in sample.page.blocks]
    sample.target = np.array(align(texts, sample.gold["text"]))
    wanted: dict[str, list[str]] = {}
    for role, lines in sample.gold["roles"].items():
        for line in lines:
            wanted.setdefault(letters_of(line), []).append("promotion" if role == "promo" else role)
    sample.roles = ["body" if share > 0.5 else "" for share in sample.target]
    for i, text in enumerate(texts):
        roles = wanted.get(letters_of(text))
        if roles and sample.roles[i] != "body":
            sample.roles[i] = roles[0] if len(roles) == 1 else roles.pop(0)


def _snippets(sample: Sample) -> None:
    texts = [" ".join(block.text.split()) for block in sample.page.blocks]
    for snippet in map(_squash, sample.gold.get("with") or ()):
        holders = [i for i, text in enumerate(texts) if snippet and snippet in text]
        if holders:
            sample.target[max(holders, key=lambda i: len(texts[i]))] = 1.0
    for snippet in map(_squash, sample.gold.get("without") or ()):
        for i, text in enumerate(texts):
            if snippet and snippet in text and not sample.target[i] > 0 and len(snippet) > 0.3 * len(text):
                sample.target[i] = 0.0


def _squash(text: str) -> str:
    return " ".join(text.split())
