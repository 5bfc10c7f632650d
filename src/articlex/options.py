"""What a caller may ask for. Few options, each with the reason to change it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal, get_args

Input = Literal["auto", "html", "text"]
Focus = Literal["balanced", "precision", "recall"]

_LIMITS = ("max_bytes", "max_blocks", "max_depth", "max_structured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to extract. All limits truncate with a reason in ``Article.reasons``; none of them raises.

    Raises ``ValueError`` on construction for a value that is not one of the choices.
    """

    input: Input = "auto"
    """What the source is. Set "html" or "text" when you know it and the page is too odd to be told by content."""
    focus: Focus = "balanced"
    """Where the doubtful blocks go: "precision" drops them, "recall" keeps them."""
    comments: bool = False
    """Fill ``Article.comments`` with the readers' comments, which never are in ``body``."""
    explain: bool = False
    """Fill ``Article.removed`` with every dropped block, its reason and the facts that moved its score."""
    strip_dateline: bool = False
    """Cut the dateline ("BAGHDAD (AP) - ") off the first paragraph; it stays in ``Article.dateline``."""
    encoding: str | None = None
    """The charset of the HTTP header, for ``bytes``. It outranks the page's own declaration, as in browsers."""
    languages: tuple[str, ...] = ()
    """Likely languages (BCP 47), best first. They break ties where the page does not say, e.g. in 3/4/2024."""
    max_bytes: int = 32 * 2**20
    """Longer sources are cut here ("input_truncated"); for a ``str`` it counts characters."""
    max_blocks: int = 200_000
    """Blocks after these are not read ("blocks_limited")."""
    max_depth: int = 20_000
    """Elements nested deeper are read as if they were not nested further ("depth_limited")."""
    max_structured: int = 4 * 2**20
    """JSON-LD and state JSON beyond this many characters in all are not parsed ("structured_limited")."""
    deadline: float | None = None
    """Seconds this call may take, checked between and inside the stages; past it the record is what was found so
    far ("deadline"). For callers in threads; a process pool has better means."""

    def __post_init__(self) -> None:
        for name, choices in (("input", get_args(Input)), ("focus", get_args(Focus))):
            if getattr(self, name) not in choices:
                raise ValueError(f"Options.{name} must be one of {', '.join(choices)}, not {getattr(self, name)!r}")
        for name in _LIMITS:
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"Options.{name} must be a whole number of at least 1, not {value!r}")
        if self.deadline is not None and not self.deadline > 0:
            raise ValueError(f"Options.deadline must be a positive number of seconds or None, not {self.deadline!r}")
        if isinstance(self.languages, str) or not all(isinstance(tag, str) for tag in self.languages):
            raise ValueError("Options.languages must be a tuple of BCP 47 tags, such as ('en', 'de')")
        if self.encoding is not None:
            _check_encoding(self.encoding)


def _check_encoding(name: str) -> None:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        raise ValueError(f"Options.encoding must be a charset Python knows, such as 'utf-8', not {name!r}") from None
