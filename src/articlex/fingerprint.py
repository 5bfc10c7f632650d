"""A short, stable name for a text, the same in every process and on every machine."""

from __future__ import annotations

from hashlib import blake2b

from articlex.patterns import lazy

_NUMBERS = lazy(r"[0-9]+")
_SHORT = 60


def fingerprint(text: str) -> int:
    """64 bits of BLAKE2b over the text without regard to case and white space.

    In short texts digits are alike, too ("3 comments", "12 comments"); a long one that differs in a number is another
    sentence.
    """
    folded = " ".join(text.casefold().split())
    if len(folded) <= _SHORT:
        folded = _NUMBERS.sub("0", folded)
    return int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "big")
