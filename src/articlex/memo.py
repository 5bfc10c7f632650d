"""A cache for functions of texts that pages write."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Result = TypeVar("Result")
_LONGEST = 500
"""Characters of a text that is kept: what is longer hardly comes again, and a few thousand of it would fill memory."""


def memo(entries: int) -> Callable[[Callable[[str], Result]], Callable[[str], Result]]:
    """As ``functools.lru_cache``, but long texts are neither kept nor looked up."""

    def decorate(function: Callable[[str], Result]) -> Callable[[str], Result]:
        cached = lru_cache(entries)(function)

        @wraps(function)
        def call(text: str) -> Result:
            return cached(text) if len(text) <= _LONGEST else function(text)

        return call

    return decorate
