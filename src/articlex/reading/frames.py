"""An open element while a page is parsed: a plain list, the fastest mutable record Python has."""

from __future__ import annotations

from typing import Any

TAG, ATTRS, PARENT, ELEMENT, NUMBER, KIND, SPAN = range(7)
"""``PARENT`` is a frame (``None`` above the root); ``ELEMENT`` the index in ``Page.elements``, ``UNRECORDED`` until it
has one; ``SPAN`` the first piece of text of an element that is remembered as a span, else ``NO_SPAN``."""
UNRECORDED = -2
NO_SPAN = -1
Frame = list[Any]
