"""The elements of a page that hold text, recorded while it is parsed."""

from __future__ import annotations

from articlex.page import Elements, Page
from articlex.reading.frames import ATTRS, ELEMENT, NUMBER, PARENT, TAG, UNRECORDED, Frame


class Recorder:
    """Gives elements their places. Parents stand before their children."""

    __slots__ = ("depths", "max_depth", "page", "recorded")

    def __init__(self, page: Page, max_depth: int) -> None:
        self.page = page
        self.max_depth = max_depth
        self.recorded: list[Frame] = []
        self.depths: list[int] = []

    def record(self, frame: Frame) -> int:
        """Give a frame that has none a place among the elements, and its ancestors before it; returns its place."""
        recorded = self.recorded
        index = len(recorded)
        parent = frame[PARENT]
        if parent[ELEMENT] != UNRECORDED and index < self.max_depth:  # mostly
            frame[ELEMENT] = index
            recorded.append(frame)
            return index
        chain = [frame]
        while parent[ELEMENT] == UNRECORDED:
            chain.append(parent)
            parent = parent[PARENT]
        if index + len(chain) > self.max_depth:
            return self._record_deep(chain, parent[ELEMENT])
        chain.reverse()
        recorded += chain
        for place, above in enumerate(chain, index):
            above[ELEMENT] = place
        return place

    def _record_deep(self, chain: list[Frame], above: int) -> int:
        """The same where an element may be nested too deep: it gets the place of the last ancestor that is not."""
        recorded, depths = self.recorded, self.depths
        for frame in recorded[len(depths) :]:
            parent = frame[PARENT][ELEMENT]
            depths.append(depths[parent] + 1 if parent >= 0 else 1)
        for frame in reversed(chain):
            depth = depths[above] + 1 if above >= 0 else 1
            if depth <= self.max_depth:
                above = len(recorded)
                recorded.append(frame)
                depths.append(depth)
            else:
                self.page.note("depth_limited")
            frame[ELEMENT] = above
        return above

    def as_elements(self) -> Elements:
        """What was recorded."""
        if not self.recorded:
            return Elements()
        facts = list(zip(*self.recorded, strict=True))
        parents = [frame[ELEMENT] for frame in facts[PARENT]]
        return Elements(list(facts[TAG]), list(facts[ATTRS]), parents, list(facts[NUMBER]))
