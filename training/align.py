"""Which blocks of a page are in the gold text: labels by position, not by bag of words.

Long blocks first take their gold tokens, along the diagonals that share the most runs of three tokens; a gold token
can be taken once, so a second copy of a text and a menu word that also stands in a sentence become negatives. Short
blocks need a contiguous run of untaken gold tokens between the places of their neighbours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

TOKEN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc]|[^\W\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc]+"
)
_SHORT = 6
_RUN = 3


def tokens(text: str) -> list[str]:
    """Lower-cased word tokens; CJK characters are tokens of their own."""
    return TOKEN.findall(text.lower())


def align(blocks: list[str], gold: str) -> list[float]:
    """The share of each block's tokens that the gold text holds in its place (0..1)."""
    gold_tokens = tokens(gold)
    block_tokens = [tokens(text) for text in blocks]
    taken = [False] * len(gold_tokens)
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(gold_tokens) - _RUN + 1):
        index[tuple(gold_tokens[i : i + _RUN])].append(i)
    shares = [0.0] * len(blocks)
    places: list[tuple[int, int] | None] = [None] * len(blocks)
    order = sorted((i for i, t in enumerate(block_tokens) if len(t) >= _SHORT), key=lambda i: -len(block_tokens[i]))
    for i in order:
        shares[i], places[i] = _take_long(block_tokens[i], gold_tokens, taken, index)
    _take_short(block_tokens, gold_tokens, taken, shares, places)
    return shares


def _take_long(
    words: list[str], gold: list[str], taken: list[bool], index: dict[tuple[str, ...], list[int]]
) -> tuple[float, tuple[int, int] | None]:
    diagonals: Counter[int] = Counter()
    for j in range(len(words) - _RUN + 1):
        for g in index.get(tuple(words[j : j + _RUN]), ())[:50]:
            if not taken[g]:
                diagonals[g - j] += 1
    used = [False] * len(words)
    low, high = len(gold), -1
    for diagonal, count in diagonals.most_common(12):
        if count < 2 and len(words) > 8:
            break
        for j, word in enumerate(words):
            g = j + diagonal
            if 0 <= g < len(gold) and not taken[g] and not used[j] and gold[g] == word:
                taken[g] = used[j] = True
                low, high = min(low, g), max(high, g)
    return sum(used) / len(words), (low, high) if high >= 0 else None


def _take_short(
    blocks: list[list[str]],
    gold: list[str],
    taken: list[bool],
    shares: list[float],
    places: list[tuple[int, int] | None],
) -> None:
    after = len(gold)
    following: list[int] = [0] * len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        following[i] = after
        place = places[i]
        if place and shares[i] > 0.5:
            after = place[0]
    before = -1
    for i, words in enumerate(blocks):
        place = places[i]
        if place and shares[i] > 0.5:
            before = max(before, place[1])
        if not words or len(words) >= _SHORT:
            continue
        start = _find(words, gold, taken, before + 1, following[i])
        if start is not None:
            taken[start : start + len(words)] = [True] * len(words)
            shares[i], before = 1.0, start + len(words) - 1


def _find(words: list[str], gold: list[str], taken: list[bool], low: int, high: int) -> int | None:
    """Where the words stand untaken between two places; one or two words only right at the first untaken place."""
    reach = high if len(words) > 2 else min(high, low + len(words) + 6)
    for g in range(max(low, 0), min(reach, low + 400) - len(words) + 1):
        if gold[g : g + len(words)] == words and not any(taken[g : g + len(words)]):
            return g
    return None
