"""The facts of every block, one row a feature: the same code for training and inference, HTML and dumps.

A fact that an input lacks (a dump has no tags) stays 0. ``catalogue.FIRST`` says what each means.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page
from articlex.scoring import characters as ch
from articlex.scoring.catalogue import FIRST, Rows, span
from articlex.scoring.containers import container_facts, kind_facts
from articlex.scoring.context import (
    context_facts,
    copy_facts,
    core_facts,
    line_facts,
    position_facts,
)
from articlex.scoring.lexicon import Lexicon
from articlex.scoring.metadata import meta_facts
from articlex.scoring.topic import topic_facts
from articlex.scoring.words import end_words

Floats = NDArray[np.float32]
_COUNTED = [("sentence_ends", ch.STOP), ("commas", ch.COMMA), ("quotes", ch.QUOTE), ("line_breaks", ch.BREAK)]
_SHARES = [("digit_share", ch.DIGIT), ("cjk_share", ch.CJK), ("caseless_share", ch.LETTER), ("mark_share", ch.MARK)]
_ENDS, _LAST = span("ends_in_stop", "ends_in_mark"), np.array([[ch.STOP], [ch.QUOTE], [ch.MARK]], np.uint8)
_STARTS = span("starts_upper", "starts_digit")
_FIRST = np.array([[ch.UPPER], [ch.LOWER], [ch.QUOTE], [ch.DIGIT]], np.uint8)


def features(page: Page, lexicon: Lexicon) -> Floats:
    """The facts of each block, shape (len(FIRST), len(page.blocks)), float32."""
    return fill(page, lexicon, np.zeros((len(FIRST), len(page.blocks)), np.float32))


def fill(page: Page, lexicon: Lexicon, matrix: Floats) -> Floats:
    """Put the facts into the first rows of a matrix of zeros, group by group: huge pages need little room beside it."""
    blocks = page.blocks
    if not blocks:
        return matrix
    rows: Rows = dict(zip(FIRST, matrix, strict=False))
    texts = [block.text for block in blocks]
    words = end_words(texts)
    odds = lexicon.words(words.numbers)
    _text_facts(matrix, rows, texts)
    lexicon.word_odds(words, odds, rows["word_odds"], rows["word_odds_sum"])
    rows["line_odds"][:] = lexicon.line_odds(words, rows["chars"])
    chars = rows["chars"]
    links = np.array([block.link_chars for block in blocks], np.float32)
    np.minimum(links / np.maximum(chars, 1), 1, out=rows["link_share"])
    plain = np.maximum(chars - links, 0)
    # Long text is what tells the article's place: unlinked text of blocks that look like prose.
    prose = (rows["sentence_ends"] + rows["commas"] >= 1) & (chars * (1 + 1.5 * rows["cjk_share"]) >= 80)
    mass = np.where(prose & (rows["link_share"] < 0.5), plain, 0).astype(np.float64)
    held = mass > 0
    heading = kind_facts(matrix, rows, blocks)
    position_facts(rows, mass, heading, held)
    copy_facts(rows, texts)
    meta_facts(rows, page, texts)
    if page.source == "text":
        line_facts(rows, blocks)
    else:
        container_facts(matrix, rows, page, lexicon, mass, plain)
    middle = core_facts(rows, mass)
    topic = topic_facts(rows, words, odds, held, middle)
    context_facts(matrix, rows, held, topic)
    return matrix


def _text_facts(matrix: Floats, rows: Rows, texts: list[str]) -> None:
    counts, capitals, first, last = ch.count_classes(texts)
    chars = counts.sum(0)
    size = np.maximum(chars, 1)
    word_count = counts[ch.SPACE] + counts[ch.BREAK] + 1 + counts[ch.CJK] / 2
    letters = np.maximum(counts[ch.LOWER] + counts[ch.UPPER] + counts[ch.LETTER] + counts[ch.CJK], 1)
    rows["chars"][:] = chars
    np.log1p(chars, out=rows["log_chars"])
    rows["words"][:] = word_count
    for name, kind in _COUNTED:
        rows[name][:] = counts[kind]
    np.divide(letters, word_count, out=rows["word_chars"])
    np.divide(counts[ch.COMMA], word_count, out=rows["comma_rate"])
    np.divide(counts[ch.STOP], word_count, out=rows["stop_rate"])
    np.divide(capitals, word_count, out=rows["capital_share"])
    np.divide(counts[ch.UPPER], letters, out=rows["upper_share"])
    for name, kind in _SHARES:
        np.divide(counts[kind], size, out=rows[name])
    matrix[_ENDS] = last == _LAST
    matrix[_STARTS] = first == _FIRST
    rows["starts_mark"][:] = (first == ch.MARK) | (first == ch.OTHER) | (first == ch.GAP)
