"""A short, stable name for a text, the same in every process and on every machine."""

from __future__ import annotations

from hashlib import blake2b

_DIGITS = str.maketrans("123456789", "000000000")


def fingerprint(text: str) -> int:
    """64 bits of BLAKE2b over the text folded: case, white space and digits ("3 comments", "12 comments") are alike."""
    folded = " ".join(text.casefold().split()).translate(_DIGITS)
    return int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "big")
