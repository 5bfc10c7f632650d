"""Patterns that are compiled when first used: those over whole scripts take milliseconds, and an import should not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, AnyStr, cast


class LazyPattern:
    """Stands in for a compiled pattern until it is one."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._arguments = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self.compiled(), name)
        setattr(self, name, value)  # the next use finds the method itself
        return value

    def compiled(self) -> re.Pattern[Any]:
        """The pattern itself (``re`` keeps it)."""
        return re.compile(*self._arguments)


def by(plain: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    """For ``sub`` of a pattern for single characters: what each stands for."""
    return lambda variant: plain[variant[0]]


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile`` put off to the first use."""
    return cast("re.Pattern[AnyStr]", LazyPattern(source, flags))
