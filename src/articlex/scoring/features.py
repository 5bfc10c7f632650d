"""The facts of every block, one row a feature: the same code for training and inference, HTML and dumps.

A fact that an input lacks (a dump has no tags) stays 0. ``catalogue.FEATURES`` says what each means.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page
from articlex.scoring import characters as ch
from articlex.scoring.catalogue import FEATURES
from articlex.scoring.containers import container_facts, kind_facts
from articlex.scoring.context import context_facts, copy_facts, line_facts, meta_facts, position_facts
from articlex.scoring.lexicon import Lexicon
from articlex.scoring.words import end_words

Floats = NDArray[np.float32]
Columns = dict[str, NDArray[Any]]
_ROW = {name: row for row, name in enumerate(FEATURES)}


def features(page: Page, lexicon: Lexicon) -> Floats:
    """The feature matrix of a page, shape (len(FEATURES), len(page.blocks)), float32."""
    blocks = page.blocks
    matrix = np.zeros((len(FEATURES), len(blocks)), np.float32)
    if not blocks:
        return matrix
    texts = [block.text for block in blocks]
    level = np.array([block.level for block in blocks], np.float32)
    columns = _text_facts(texts, lexicon)
    chars = columns["chars"]
    links = np.array([block.link_chars for block in blocks], np.float32)
    columns["link_share"] = np.minimum(links / np.maximum(chars, 1), 1)
    plain = np.maximum(chars - links, 0)
    # Long text is what tells the article's place: unlinked text of blocks that look like prose.
    prose = (columns["sentence_ends"] + columns["commas"] >= 1) & (chars * (1 + 1.5 * columns["cjk_share"]) >= 80)
    mass = np.where(prose & (columns["link_share"] < 0.5), plain, 0).astype(np.float64)
    columns.update(kind_facts([block.kind for block in blocks], level))
    columns.update(position_facts(mass, chars, columns["kind_heading"], level))
    columns.update(copy_facts(texts))
    columns.update(meta_facts(page, texts, chars))
    if page.source == "text":
        columns.update(line_facts(blocks))
    else:
        columns.update(container_facts(page, [block.element for block in blocks], lexicon, mass, plain, chars))
    columns.update(context_facts(columns, mass))
    for name, values in columns.items():
        matrix[_ROW[name]] = values
    return matrix


def _text_facts(texts: list[str], lexicon: Lexicon) -> Columns:
    counts, capitals, first, last = ch.count_classes(texts)
    chars = counts.sum(0)
    size = np.maximum(chars, 1)
    word_count = counts[ch.SPACE] + counts[ch.BREAK] + 1 + counts[ch.CJK] / 2
    words = end_words(texts)
    mean, lowest, normed = lexicon.word_odds(words, len(texts))
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
        "word_odds_min": lowest,
        "word_odds_sum": normed,
        "line_odds": lexicon.line_odds(words, chars),
        "caseless_share": counts[ch.LETTER] / size,
    }
