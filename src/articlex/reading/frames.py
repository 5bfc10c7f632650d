"""An open element while a page is parsed: a plain list, the fastest mutable record Python has."""

from __future__ import annotations

from typing import Any

TAG, ATTRS, PARENT, ELEMENT, NUMBER, KIND, DEPTH = range(7)
"""``PARENT`` is a frame (``None`` above the root); ``ELEMENT`` the index in ``Page.elements``, once it has one."""
Frame = list[Any]
