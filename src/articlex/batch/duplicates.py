"""Exact and near duplicates of body texts, judged in the order of the input: the first is kept.

Near duplicates by MinHash and banded locality-sensitive hashing (Broder 1997; Leskovec et al., Mining of Massive
Datasets, ch. 3) of the rensa library, each candidate then compared signature against signature. Memory per kept
record: about 150 bytes for exact, 2.5 kB for near duplicates.
"""

from __future__ import annotations

from base64 import b64decode
from typing import Any

from articlex.archives import Reason
from articlex.archives.streams import need
from articlex.batch.messages import Facts
from articlex.batch.settings import Filters

Rejection = tuple[Reason, str]
PERMUTATIONS = 128
BANDS = 16
"""Bands of eight: a pair at 0.8 is found with probability 0.95, one at 0.9 practically always."""
_SEED = 42
_RUN = 4
_CHARACTERS = 8


def signature(text: str) -> bytes:
    """The MinHash of the four-word runs of a folded text, as rensa packs it.

    Where spaces are rare, as in Chinese or Thai, of its runs of eight characters.
    """
    words = text.split()
    if len(words) * 12 < len(text):
        runs = [text[i : i + _CHARACTERS] for i in range(max(1, len(text) - _CHARACTERS + 1))]
    else:
        runs = [" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))]
    minhash = need("rensa", "finding near duplicates").RMinHash(PERMUTATIONS, _SEED)
    minhash.update(runs)
    state: bytes = minhash.__getstate__()
    return state


class Seen:
    """The texts of the records kept so far, each with the name of its page."""

    def __init__(self, filters: Filters) -> None:
        self._similarity = filters.similarity
        self._names: list[str] = []
        self._digests: dict[bytes, int] = {}
        self._minhashes: list[Any] = []
        self._index: Any = None

    def first(self, facts: Facts) -> Rejection | None:
        """Why a page is a duplicate, with the name of the first page that was kept."""
        if not facts.digest:
            return None
        number = self._digests.get(bytes.fromhex(facts.digest))
        if number is not None:
            return "duplicate", f"same text as {self._names[number]}"
        if not facts.signature or self._index is None:
            return None
        minhash = _unpack(facts.signature)
        for number in sorted(self._index.query(minhash)):
            alike = self._minhashes[number].jaccard(minhash)
            if alike >= self._similarity:
                return "near_duplicate", f"{alike:.2f} alike: {self._names[number]}"
        return None

    def add(self, facts: Facts, name: str) -> None:
        """Remember a record that is kept."""
        if not facts.digest:
            return
        number = len(self._names)
        self._names.append(name)
        self._digests[bytes.fromhex(facts.digest)] = number
        if facts.signature:
            if self._index is None:
                self._index = need("rensa", "finding near duplicates").RMinHashLSH(0.5, PERMUTATIONS, BANDS)
            minhash = _unpack(facts.signature)
            self._minhashes.append(minhash)
            self._index.insert(number, minhash)


def _unpack(packed: str) -> Any:
    minhash = need("rensa", "finding near duplicates").RMinHash(PERMUTATIONS, _SEED)
    minhash.__setstate__(b64decode(packed))
    return minhash
