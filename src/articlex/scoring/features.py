"""The facts of every block, one row a feature: the same code for training and inference, HTML and dumps.

A fact that an input lacks (a dump has no tags) stays 0. ``catalogue.FIRST`` says what each means.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page
from articlex.scoring import characters as ch
from articlex.scoring.catalogue import FIRST
from articlex.scoring.containers import container_facts, kind_facts
from articlex.scoring.context import (
    context_facts,
    copy_facts,
    core_facts,
    line_facts,
    meta_facts,
    position_facts,
)
from articlex.scoring.lexicon import Lexicon
from articlex.scoring.topic import topic_facts
from articlex.scoring.words import Words, end_words

Floats = NDArray[np.float32]
Columns = dict[str, NDArray[Any]]


def features(page: Page, lexicon: Lexicon) -> Floats:
    """The facts of each block, shape (len(FIRST), len(page.blocks)), float32."""
    return fill(page, lexicon, np.zeros((len(FIRST), len(page.blocks)), np.float32))


def fill(page: Page, lexicon: Lexicon, matrix: Floats) -> Floats:
    """Put the facts into the first rows of a matrix of zeros, group by group: huge pages need little room beside it."""
    blocks = page.blocks
    if not blocks:
        return matrix
    columns: Columns = dict(zip(FIRST, matrix, strict=False))
    texts = [block.text for block in blocks]
    words = end_words(texts)
    odds = lexicon.words(words.numbers)
    _put(columns, _text_facts(texts, words, odds, lexicon))
    chars, level = columns["chars"], np.array([block.level for block in blocks], np.float32)
    links = np.array([block.link_chars for block in blocks], np.float32)
    columns["link_share"][:] = np.minimum(links / np.maximum(chars, 1), 1)
    plain = np.maximum(chars - links, 0)
    # Long text is what tells the article's place: unlinked text of blocks that look like prose.
    prose = (columns["sentence_ends"] + columns["commas"] >= 1) & (chars * (1 + 1.5 * columns["cjk_share"]) >= 80)
    mass = np.where(prose & (columns["link_share"] < 0.5), plain, 0).astype(np.float64)
    kinds = kind_facts([block.kind for block in blocks], level)
    _put(columns, kinds)
    _put(columns, position_facts(mass, chars, kinds["kind_heading"], level))
    _put(columns, copy_facts(texts))
    _put(columns, meta_facts(page, texts, chars))
    if page.source == "text":
        _put(columns, line_facts(blocks))
    else:
        _put(columns, container_facts(page, [block.element for block in blocks], lexicon, mass, plain, chars))
    core, middle = core_facts(mass, columns["log_chars"])
    _put(columns, core)
    topic = topic_facts(words, odds, mass > 0, middle)
    _put(columns, topic)
    # windows add up the topic facts as they are, not as the matrix rounds them: so the weights were trained
    _put(columns, context_facts(columns | topic, mass))
    return matrix


def _put(columns: Columns, facts: Columns) -> None:
    for name, values in facts.items():
        columns[name][:] = values


def _text_facts(texts: list[str], words: Words, odds: Floats, lexicon: Lexicon) -> Columns:
    counts, capitals, first, last = ch.count_classes(texts)
    chars = counts.sum(0)
    size = np.maximum(chars, 1)
    word_count = counts[ch.SPACE] + counts[ch.BREAK] + 1 + counts[ch.CJK] / 2
    mean, normed = lexicon.word_odds(words, odds, len(texts))
    letters = np.maximum(counts[ch.LOWER] + counts[ch.UPPER] + counts[ch.LETTER] + counts[ch.CJK], 1)
    return {
        "chars": chars,
        "log_chars": np.log1p(chars),
        "words": word_count,
        "word_chars": letters / word_count,
        "sentence_ends": counts[ch.STOP],
        "commas": counts[ch.COMMA],
        "comma_rate": counts[ch.COMMA] / word_count,
        "stop_rate": counts[ch.STOP] / word_count,
        "digit_share": counts[ch.DIGIT] / size,
        "upper_share": counts[ch.UPPER] / letters,
        "capital_share": capitals / word_count,
        "cjk_share": counts[ch.CJK] / size,
        "quotes": counts[ch.QUOTE],
        "mark_share": counts[ch.MARK] / size,
        "line_breaks": counts[ch.BREAK],
        "ends_in_stop": (last == ch.STOP).astype(np.float32),
        "ends_in_quote": last == ch.QUOTE,
        "ends_in_mark": last == ch.MARK,
        "starts_upper": first == ch.UPPER,
        "starts_lower": first == ch.LOWER,
        "starts_quote": first == ch.QUOTE,
        "starts_digit": first == ch.DIGIT,
        "starts_mark": (first == ch.MARK) | (first == ch.OTHER),
        "word_odds": mean,
        "word_odds_sum": normed,
        "line_odds": lexicon.line_odds(words, chars),
        "caseless_share": counts[ch.LETTER] / size,
    }
