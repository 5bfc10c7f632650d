"""The parser target: events in, blocks out.

Text goes straight into a list, without a call into Python. Elements are recorded only when they hold text, and white
space between blocks (two thirds of all text nodes) is thrown away unseen, so the cost follows the text of a page and
not its markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articlex.options import Options
from articlex.page import NO_ELEMENT, Block, Page, Picture, Spans
from articlex.reading.frames import ELEMENT, KIND, NO_SPAN, PARENT, SPAN, TAG, UNRECORDED, Frame
from articlex.reading.head import Head
from articlex.reading.kinds import KindOf, merge_row
from articlex.reading.pieces import BR, split_at_breaks, trim
from articlex.reading.recorder import Recorder
from articlex.reading.tags import BLOCK, BREAK, INLINE, KINDS, LINK, MARKED, PHRASING, PICTURES, PRINTED, ROW, SKIP
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
        "blocks", "broken", "cur", "data", "full", "head", "inline_open", "kinds", "linked", "mark", "max_blocks",
        "open_spans", "pictures", "placed", "row_starts", "skip", "span_blocks", "span_frames", "span_texts", "tags",
        "top", "unknown",
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
        self.span_blocks: list[int] = []
        self.span_frames: list[Frame] = []
        self.span_texts: list[str] = []
        self.placed = 0
        """Spans whose block is known."""
        self.linked = 0
        """Characters of links since the last block."""
        self.broken = False
        """Whether ``cur`` holds a line break."""
        self.pictures: list[tuple[int, Frame, Mapping[str, str]]] = []
        self.row_starts: list[int] = []
        self.skip = 0
        self.mark = 0
        """The first piece of text of the element that is skipped."""
        self.inline_open = 0
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
            if kind == ROW:
                self.row_starts.append(len(self.blocks))
        elif kind <= LINK:
            self.inline_open += 1
            known[1] = number = number + 1
            self.top = frame = [tag, attrs or _NO_ATTRS, self.top, UNRECORDED, number, kind, NO_SPAN]
            if (kind == LINK or (attrs and not MARKED.isdisjoint(attrs))) and len(self.open_spans) < _OPEN_SPANS:
                frame[SPAN] = self._here() if self.cur else 0
                self.open_spans.append(frame)
        else:
            self._no_frame(tag, attrs or _NO_ATTRS, kind)

    def end(self, tag: str) -> None:
        """An element ends; libxml2 balances ends with starts."""
        if self.skip:
            self.skip -= 1
            if not self.skip:
                self._end_skipped()
            return
        top = self.top
        if tag != top[TAG]:  # br, img, meta, ...: they never opened a frame
            return
        kind = top[KIND]
        if kind > BLOCK:
            self.inline_open -= 1
            if top[SPAN] >= 0:
                self.open_spans.pop()
                self._add_span(top)
        else:
            if cur := self.cur:
                if len(cur) == 1 and cur[0].isspace():
                    cur.clear()
                else:
                    self.flush()
            if kind == ROW:
                self._end_row()
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
        placed = self.placed
        frames = self.span_frames[:placed]
        owners = [self.record(frame) if frame[ELEMENT] == UNRECORDED else frame[ELEMENT] for frame in frames]
        page.spans = Spans(self.span_blocks[:placed], owners, self.span_texts[:placed])
        page.pictures = [Picture(block, self.record(frame), attrs) for block, frame, attrs in self.pictures]
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
                self.cur.append(BR)
                self.broken = True
        elif kind == SKIP:
            self.skip = 1
            self.mark = len(self.cur)
            self.head.start(tag, attrs)
        elif tag in PICTURES:
            self.pictures.append((len(self.blocks) + (self._here() > 0), self.top, attrs))
        else:
            self.head.note(tag, attrs)

    def _end_skipped(self) -> None:
        cur, mark = self.cur, self.mark
        if self.head.wanted:
            self.head.end("".join(cur[mark:]))
        del cur[mark:]

    def _end_row(self) -> None:
        start = self.row_starts.pop()
        if not merge_row(self.blocks, start, self.elements):
            return
        for at in range(len(self.span_blocks) - 1, -1, -1):
            if self.span_blocks[at] <= start:
                break
            self.span_blocks[at] = start
        for at in range(len(self.pictures) - 1, -1, -1):
            block, frame, attrs = self.pictures[at]
            if block <= start:
                break
            self.pictures[at] = (min(block, start + 1), frame, attrs)

    # -- text --------------------------------------------------------------------------------------------------

    def _here(self) -> int:
        """The number of the next piece of text; 0 where a block begins."""
        cur = self.cur
        if cur and cur[0].isspace():
            trim(cur)
        return len(cur)

    def _add_span(self, frame: Frame) -> None:
        """The text since the beginning of a span is one, with line breaks as spaces."""
        cur, start = self.cur, frame[SPAN]
        text = squash(cur[start] if len(cur) == start + 1 else "".join(cur[start:]))
        if self.broken and BR in text:
            text = squash(text.replace(BR, " "))
        if text:
            self.span_blocks.append(len(self.blocks))
            self.span_frames.append(frame)
            self.span_texts.append(text)
            if frame[KIND] == LINK:
                self.linked += len(text)

    def flush(self) -> None:
        """Turn the text gathered so far into blocks (more than one where ``<br><br>`` parts paragraphs)."""
        cur, blocks = self.cur, self.blocks
        if cur[0].isspace():
            trim(cur)
            if not cur:
                return
        if self.full:
            cur.clear()
            return
        for frame in self.open_spans:  # an <a> around blocks: each block gets its part of it
            self._add_span(frame)
            frame[SPAN] = 0
        joined = cur[0] if len(cur) == 1 else "".join(cur)
        cur.clear()
        owner = self.top
        while owner[KIND] > BLOCK:
            owner = owner[PARENT]
        if self.broken or owner[KIND] == PRINTED:
            self.broken = False
            self._add_blocks(joined, owner)
        else:
            text = joined.strip()  # squash(), without the call
            if not text.isprintable() or "  " in text:
                text = " ".join(text.split())
            element = owner[ELEMENT]
            if element == UNRECORDED:
                element = self.record(owner)
            kind, level, ordered = self.kinds.of(owner)
            blocks.append(Block(text, kind, element, 0, level, ordered, (), self.linked))
            self.placed = len(self.span_texts)
            self.linked = 0
        if len(blocks) >= self.max_blocks:
            self.full = True
            self.page.note("blocks_limited")

    def _add_blocks(self, joined: str, owner: Frame) -> None:
        """The blocks of a text that is printed as it is or has line breaks."""
        if owner[KIND] == PRINTED:
            texts = [joined.replace(BR, "\n").expandtabs(4).strip("\r\n").rstrip()]
        else:
            texts = split_at_breaks(joined)
        if not texts or not texts[0]:
            return
        element = self.record(owner)
        kind, level, ordered = self.kinds.of(owner)
        first = len(self.blocks)
        self.blocks.extend(Block(text, kind, element, 0, level, ordered) for text in texts)
        self._place_spans(first)

    def _place_spans(self, first: int) -> None:
        """Give the spans closed since the last flush to their blocks."""
        blocks, texts = self.blocks, self.span_texts
        at, last = first, len(blocks) - 1
        for i in range(self.placed, len(texts)):
            while at < last and texts[i] not in blocks[at].text:
                at += 1
            if at > first:
                self.span_blocks[i] = at
            if self.span_frames[i][KIND] == LINK:
                blocks[at].link_chars += len(texts[i])
        self.placed = len(texts)
        self.linked = 0
