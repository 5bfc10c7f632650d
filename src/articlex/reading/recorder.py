"""The elements of a page that hold text, recorded while it is parsed."""

from __future__ import annotations

from typing import Any

from articlex.page import Elements, Page
from articlex.reading.frames import ATTRS, ELEMENT, NUMBER, PARENT, TAG, UNRECORDED, Frame


class Recorder:
    """Gives elements their places. Parents stand before their children."""

    __slots__ = ("depths", "elements", "max_depth", "page", "recorded")

    def __init__(self, page: Page, max_depth: int) -> None:
        self.page = page
        self.max_depth = max_depth
        self.elements: list[Any] = []
        """Tag, attributes, parent and number of each element recorded, one after the other."""
        self.recorded = 0
        self.depths: list[int] = []

    def record(self, frame: Frame) -> int:
        """Give a frame that has none a place among the elements, and its ancestors before it; returns its place."""
        parent = frame[PARENT]
        above: int = parent[ELEMENT]
        place = self.recorded
        if above == UNRECORDED or place >= self.max_depth:
            return self._record_all(frame)
        frame[ELEMENT] = place
        self.recorded = place + 1
        self.elements += frame[TAG], frame[ATTRS], above, frame[NUMBER]
        return place

    def _record_all(self, frame: Frame) -> int:
        chain = []
        while frame[ELEMENT] == UNRECORDED:
            chain.append(frame)
            frame = frame[PARENT]
        above: int = frame[ELEMENT]
        index = self.recorded
        if index + len(chain) > self.max_depth:
            return self._record_deep(chain, above)
        elements = self.elements
        for frame in reversed(chain):
            elements += frame[TAG], frame[ATTRS], above, frame[NUMBER]
            frame[ELEMENT] = above = index
            index += 1
        self.recorded = index
        return above

    def _record_deep(self, chain: list[Frame], above: int) -> int:
        """The same where an element may be nested too deep: it gets the place of the last ancestor that is not."""
        elements, depths = self.elements, self.depths
        for parent in elements[2 + 4 * len(depths) :: 4]:
            depths.append(depths[parent] + 1 if parent >= 0 else 1)
        for frame in reversed(chain):
            depth = depths[above] + 1 if above >= 0 else 1
            if depth <= self.max_depth:
                elements += frame[TAG], frame[ATTRS], above, frame[NUMBER]
                depths.append(depth)
                above = self.recorded
                self.recorded += 1
            else:
                self.page.note("depth_limited")
            frame[ELEMENT] = above
        return above

    def as_elements(self) -> Elements:
        """What was recorded."""
        return Elements(*(self.elements[fact::4] for fact in range(4)))
