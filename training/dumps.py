"""The development pages flattened to text, read by the product's dump reader, and labelled by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from align import align, tokens
from articlex.options import Options
from articlex.reading import read
from articlex.scripts import letters_of
from corpora import Sample, samples
from label import page_data
from renderers import RENDERERS

PER_PAGE = 2
"""Renderings of an article with known text; other pages are seen in one. More of the same pages teach little, and the
five are spread evenly over the pages.
"""


def dump_samples() -> Iterator[Sample]:
    """Each labelled page in one or two of the five renderings, chosen by its name."""
    for source in samples():
        if source.corpus == "trafilatura" and source.roles is None and not (source.target > 0.5).any():
            continue
        data = page_data(source.corpus, source.gold)
        for name in renderings(source):
            try:
                text = RENDERERS[name](data)
            except (ValueError, AssertionError, RecursionError, TypeError):
                continue  # a renderer that cannot read the page makes no dump of it
            sample = flatten(source, text)
            if sample is not None:
                yield sample


def renderings(source: Sample) -> list[str]:
    """The renderings a page is seen in, by a digest of its name."""
    start = hashlib.blake2b(f"{source.corpus}/{source.id}".encode(), digest_size=2).digest()[0]
    names = list(RENDERERS)
    known = source.roles is not None or (source.text_gold and source.gold.get("page_type") == "article")
    return [names[(start + 2 * i) % len(names)] for i in range(PER_PAGE if known else 1)]


def flatten(source: Sample, text: str) -> Sample | None:
    """A dump of a labelled page as a sample of its own; ``None`` when it has no lines."""
    page = read(text, source.gold.get("url"), None, Options(input="text"))
    if not page.blocks:
        return None
    page.url = None  # as in most dumps
    texts = [block.text for block in page.blocks]
    sample = Sample(source.corpus, source.gold, page, np.full(len(texts), np.nan), None, source.fold)
    sample.sizes = np.array([len(tokens(text)) for text in texts])
    if source.roles is not None:
        _roles(source, sample, texts)
    elif source.corpus == "trafilatura":
        _snippets(source, sample, texts)
    else:
        sample.target = np.array(align(texts, source.gold.get("text") or ""))
    return sample


def _roles(source: Sample, sample: Sample, texts: list[str]) -> None:
    """Body by alignment with the blocks labelled body; other roles where a line is a labelled block."""
    pairs = list(zip(source.page.blocks, source.roles or (), strict=True))
    body = "\n\n".join(block.text for block, role in pairs if role == "body")
    sample.target = np.array(align(texts, body))
    others: dict[str, str] = {}
    for block, role in pairs:
        if role not in ("body", ""):
            others.setdefault(letters_of(block.text), str(role))
    sample.roles = []
    for i, text in enumerate(texts):
        role = "body" if sample.target[i] > 0.5 else others.get(letters_of(text), "")
        sample.roles.append(role)


def _snippets(source: Sample, sample: Sample, texts: list[str]) -> None:
    """A line takes the label of the block that it repeats."""
    known = {
        letters_of(block.text): share
        for block, share in zip(source.page.blocks, source.target, strict=True)
        if not np.isnan(share)
    }
    for i, text in enumerate(texts):
        sample.target[i] = known.get(letters_of(text), np.nan)
