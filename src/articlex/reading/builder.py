"""The parser target: events in, blocks out.

Text goes straight into a list, without a call into Python. Elements are recorded only when they hold text, and white
space between blocks (two thirds of all text nodes) is thrown away unseen, so the cost follows the text of a page and
not its markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from articlex.options import Options
from articlex.page import NO_ELEMENT, Block, Page, Picture, Spans
from articlex.reading.frames import ELEMENT, KIND, NO_SPAN, PARENT, SPAN, TAG, UNRECORDED, Frame
from articlex.reading.head import Head
from articlex.reading.kinds import KindOf, merge_row
from articlex.reading.pieces import BR, as_printed, split_at_breaks, trim
from articlex.reading.recorder import Recorder
from articlex.reading.tags import BLOCK, BREAK, INLINE, KINDS, LINK, LIST, MARKED, PHRASING, PICTURE, PRINTED, ROW, SKIP
from articlex.squash import squash

_Known = list[Any]
_NO_ATTRS: Mapping[str, str] = {}
_OPEN_SPANS = 32
"""Spans inside so many others are not recorded: each block inside gets a part of all of them, and a page of spans that
are never closed would take the square of its size. None of 2,738 pages has more than 10."""


class Builder(Recorder):
    """Collects the blocks of a page from the events of an HTML parser.

    A block's element is recorded with the block. Those of spans and pictures follow at the end, behind the
    ``page.holders`` elements that hold blocks, because scoring walks over these only.
    """

    __slots__ = (
        "blocks", "broken", "cur", "data", "full", "head", "kinds", "mark", "marked", "max_blocks", "open_spans",
        "pictures", "row_starts", "skip", "spans", "tags", "top", "unknown",
    )  # fmt: skip

    def __init__(self, page: Page, options: Options) -> None:
        super().__init__(page, options.max_depth)
        self.max_blocks = options.max_blocks
        self.head = Head(page)
        self.kinds = KindOf()
        self.blocks = page.blocks
        self.top: Frame = ["", {}, None, NO_ELEMENT, 0, BLOCK, NO_SPAN]
        self.cur: list[str] = []
        """The pieces of text since the last flush; what is white space before the first other one counts as none."""
        self.data = self.cur.append
        """The event of a piece of text, of any length."""
        self.tags: dict[str, _Known] = {}
        self.unknown: dict[str, _Known] = {}
        """Kind, count and name of each tag so far; that of an unknown tag depends on its place."""
        self.open_spans: list[Frame] = []
        self.marked: list[tuple[Frame, int, int]] = []
        """The spans closed since the last flush, and which pieces of text they hold: from, up to."""
        self.spans: list[Any] = []
        """Block, frame and text of each span, one after the other: few objects for the garbage collector."""
        self.broken = False  # whether ``cur`` holds a line break
        self.pictures: list[list[Any]] = []
        """Block behind it, frame and attributes of each."""
        self.row_starts: list[int] = []
        self.skip = 0
        self.mark = 0  # the first piece of text of the element that is skipped
        self.full = False

    # -- events ------------------------------------------------------------------------------------------------

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element begins."""
        if self.skip:
            self.skip += 1
            return
        try:
            known = self.tags[tag]
        except KeyError:
            known = self._meet(tag, attrs)
        kind, number, tag = known  # the tag from there: lxml makes a new string of each
        if kind <= BLOCK:
            if cur := self.cur:
                if len(cur) == 1 and cur[0].isspace():
                    cur.clear()
                else:
                    self.flush()
            known[1] = number = number + 1
            # lxml hands out a fresh dict for each element with attributes, so it can be kept as it is; without, its
            # own empty mapping, which cannot be pickled
            self.top = [tag, attrs or _NO_ATTRS, self.top, UNRECORDED, number, kind, NO_SPAN]
            if kind < BLOCK:
                self._open(kind, tag)
        elif kind <= LINK:
            known[1] = number = number + 1
            self.top = frame = [tag, attrs or _NO_ATTRS, self.top, UNRECORDED, number, kind, NO_SPAN]
            if (kind == LINK or (attrs and not MARKED.isdisjoint(attrs))) and len(self.open_spans) < _OPEN_SPANS:
                frame[SPAN] = self._here() if self.cur else 0
                self.open_spans.append(frame)
        else:
            self._no_frame(tag, attrs or _NO_ATTRS, kind)

    def end(self, tag: str) -> None:
        """An element ends; libxml2 balances ends with starts."""
        top = self.top
        if tag != top[TAG]:  # br, img, meta, ...: they never opened a frame
            if self.skip:
                self.skip -= 1
                if not self.skip:
                    self._end_skipped()
            return
        kind = top[KIND]
        if kind <= BLOCK:
            if cur := self.cur:
                if len(cur) == 1 and cur[0].isspace():
                    cur.clear()
                else:
                    self.flush()
            if kind < BLOCK:
                self._shut(kind)
        elif top[SPAN] >= 0:
            self.open_spans.pop()
            if cur := self.cur:
                here = self._here() if cur[0].isspace() else len(cur)
                self.marked.append((top, top[SPAN], here))
        self.top = top[PARENT]

    def close(self) -> None:
        """The end of the document; libxml2 calls it, ``finish`` does the work."""

    def finish(self) -> None:
        """Flush what is left. Once only; also right after a parse that libxml2 gave up."""
        if self.skip:
            self._end_skipped()
        if self.cur:
            self.flush()
        page = self.page
        page.holders = self.recorded
        frames, pictures = self.spans[1::3], self.pictures
        for frame in chain(frames, [picture[1] for picture in pictures]):
            if frame[ELEMENT] == UNRECORDED:
                self.record(frame)
        page.spans = Spans(self.spans[::3], [frame[ELEMENT] for frame in frames], self.spans[2::3])
        page.pictures = [Picture(block, frame[ELEMENT], attrs) for block, frame, attrs in pictures]
        page.elements = self.as_elements()

    def let_go(self) -> None:
        """Forget everything: lxml's parser and its context hold each other, and with them this and the whole page.

        It would stay until a run of the garbage collector (whose runs took a seventh of the time of an extraction).
        """
        for owner in type(self).__mro__:
            for name in getattr(owner, "__slots__", ()):
                delattr(self, name)

    # -- elements ----------------------------------------------------------------------------------------------

    def _meet(self, tag: str, attrs: Mapping[str, str]) -> _Known:
        """Kind, count and name of a tag that was not met before, or that is not known.

        Custom and unknown elements are inline within a running text, else a block as most of them are used.
        """
        if tag in KINDS:
            known = self.tags[tag] = [KINDS[tag], 0, tag]
            return known
        known = self.unknown.setdefault(tag, [BLOCK, 0, tag])
        if tag == "template":
            known[0] = BLOCK if "shadowrootmode" in attrs or "shadowroot" in attrs else SKIP
        elif self._here() and (self.top[KIND] > BLOCK or self.top[TAG] in PHRASING):
            known[0] = INLINE
        else:
            known[0] = BLOCK
        return known

    def _no_frame(self, tag: str, attrs: Mapping[str, str], kind: int) -> None:
        """Elements that hold no text of the page."""
        if kind == BREAK:
            if self._here():
                self.broken = True
                self.cur.append(BR)
        elif kind == SKIP:
            self.skip = 1
            self.mark = len(self.cur)
            self.top = ["", attrs, self.top, UNRECORDED, 0, kind, NO_SPAN]  # no end is that of this one
            self.head.start(tag, attrs)
        elif kind == PICTURE:
            self.pictures.append([len(self.blocks) + (self._here() > 0), self.top, attrs])
        else:
            self.head.note(tag, attrs)

    def _end_skipped(self) -> None:
        cur, mark = self.cur, self.mark
        self.top = self.top[PARENT]
        if self.head.wanted:
            self.head.end("".join(cur[mark:]))
        del cur[mark:]

    def _open(self, kind: int, tag: str) -> None:
        """A block begins whose kind matters to what is in it."""
        if kind == ROW:
            self.row_starts.append(len(self.blocks))
        elif kind == LIST:
            self.kinds.open_list(tag)

    def _shut(self, kind: int) -> None:
        if kind == ROW:
            self._end_row(self.row_starts.pop())
        elif kind == LIST:
            self.kinds.close_list()

    def _end_row(self, start: int) -> None:
        if not merge_row(self.blocks, start, self.elements):
            return
        spans = self.spans
        for at in range(len(spans) - 3, -1, -3):
            if spans[at] <= start:
                break
            spans[at] = start
        for picture in reversed(self.pictures):
            if picture[0] <= start:
                break
            picture[0] = start + 1

    # -- text --------------------------------------------------------------------------------------------------

    def _here(self) -> int:
        """The number of the next piece of text; 0 where a block begins."""
        cur = self.cur
        if cur and cur[0].isspace():
            trim(cur)
        return len(cur)

    def flush(self) -> None:
        """Turn the text gathered so far into blocks (more than one where ``<br><br>`` parts paragraphs)."""
        cur, marked = self.cur, self.marked
        if cur[0].isspace():
            trim(cur)
            if not cur:
                return
        if self.full:
            cur.clear()
            marked.clear()
            return
        for frame in self.open_spans:  # an <a> around blocks: each block gets its part of it
            marked.append((frame, frame[SPAN], len(cur)))
            frame[SPAN] = 0
        owner = self.top
        while owner[KIND] > BLOCK:
            owner = owner[PARENT]
        element = owner[ELEMENT]
        if element == UNRECORDED:
            element = self.record(owner)
        if self.broken or owner[KIND] == PRINTED:
            self._add_blocks(owner, element)
        else:
            text = cur[0] if len(cur) == 1 else "".join(cur)
            text = text.strip()  # squash(), without the call
            if not text.isprintable() or "  " in text:
                text = " ".join(text.split())
            kind, level, ordered = self.kinds.of(owner)
            linked = self._add_spans(text) if marked else 0
            self.blocks.append(Block(text, kind, element, 0, level, ordered, (), linked))
        cur.clear()
        if len(self.blocks) >= self.max_blocks:
            self.full = True
            self.page.note("blocks_limited")

    def _add_spans(self, text: str) -> int:
        """The spans of a block with this text; returns how many characters of it are in links."""
        cur, marked, spans, block = self.cur, self.marked, self.spans, len(self.blocks)
        whole, linked = len(cur), 0
        for frame, start, end in marked:
            part = text if end - start == whole else squash("".join(cur[start:end]))
            if part:
                spans += block, frame, part
                if frame[KIND] == LINK:
                    linked += len(part)
        marked.clear()
        return linked

    def _add_blocks(self, owner: Frame, element: int) -> None:
        """The blocks of a text that is printed as it is or has line breaks."""
        cur, marked, blocks = self.cur, self.marked, self.blocks
        joined = "".join(cur)
        texts = [as_printed(joined)] if owner[KIND] == PRINTED else split_at_breaks(joined)
        self.broken = False
        kind, level, ordered = self.kinds.of(owner)
        at, last = len(blocks), len(blocks) + len(texts) - 1
        blocks += [Block(text, kind, element, 0, level, ordered) for text in texts]
        for frame, start, end in marked:
            text = squash("".join(cur[start:end]).replace(BR, " "))
            while at < last and text not in blocks[at].text:
                at += 1
            if text:
                self.spans += at, frame, text
                if frame[KIND] == LINK:
                    blocks[at].link_chars += len(text)
        marked.clear()
