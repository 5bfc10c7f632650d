"""A deadline that the stages look at themselves: for callers in threads, where nothing can stop them from outside."""

from __future__ import annotations

from time import monotonic


class Deadline:
    """Counts from its making. ``seconds`` is ``None`` for no deadline."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else monotonic() + seconds

    @property
    def is_set(self) -> bool:
        """Whether there is a deadline at all."""
        return self._end is not None

    @property
    def passed(self) -> bool:
        """Whether the time is up; without a deadline never."""
        return self._end is not None and monotonic() >= self._end


NEVER = Deadline(None)
