"""Whether a line is a sentence."""

from __future__ import annotations

_STOPS = frozenset(".!?…。！？؟۔।")
_CLOSING = "\"'”’»“)]」』）】* "


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop of some script, apart from closing quotes and brackets.

    A colon or a quotation mark alone is none: headings end like that. (``reading.joining`` asks another question,
    whether the next line may go on with this one.)
    """
    return text.rstrip(_CLOSING)[-1:] in _STOPS
