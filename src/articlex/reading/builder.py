"""The parser target: events in, blocks out.

White-space text is dropped while a block is still empty (two thirds of all text nodes), and elements are recorded
only when they hold text, so the cost follows the text of a page and not its markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from articlex.options import Options
from articlex.page import NO_ELEMENT, Block, Element, Page, Picture, Span
from articlex.reading.frames import ATTRS, DEPTH, ELEMENT, KIND, NUMBER, PARENT, TAG, Frame
from articlex.reading.head import Head
from articlex.reading.kinds import KindOf, merge_row
from articlex.reading.tags import BLOCK, BREAK, INLINE, KINDS, LINK, MARKED, PHRASING, PICTURES, SKIP
from articlex.squash import squash

_BR = "\x00"  # cannot occur in a text: the reader takes NULs out
_NO_ATTRS: Mapping[str, str] = {}
_AS_PRINTED = frozenset({"pre", "listing", "xmp", "plaintext"})
_OPEN_SPANS = 32
"""Spans inside so many others are not recorded: each block inside gets a part of all of them, and a page of spans that
are never closed would take the square of its size. None of 2,738 pages has more than 10."""
_NONE_YET = dict.fromkeys(KINDS, 0)


class Builder:
    """Collects the blocks of a page from the events of an HTML parser.

    A block's element is recorded with the block. Those of spans and pictures follow at the end, behind the
    ``page.holders`` elements that hold blocks, because scoring walks over these only.
    """

    __slots__ = (
        "counts", "cur", "depth_limit", "full", "head", "held", "inline_open", "kind_of", "limit",
        "open_spans", "page", "pictures", "placed", "row_starts", "skip", "spans", "title", "top",
    )  # fmt: skip

    def __init__(self, page: Page, options: Options) -> None:
        self.page = page
        self.head = Head(page)
        self.kind_of = KindOf()
        self.limit = options.max_blocks
        self.depth_limit = options.max_depth
        self.top: Frame = ["", {}, None, NO_ELEMENT, 0, BLOCK, 0]
        self.cur: list[str] = []
        self.counts = _NONE_YET.copy()
        self.held: list[Frame] = []
        self.open_spans: list[tuple[Frame, int]] = []
        self.placed = 0
        self.spans: list[tuple[int, Frame, str]] = []
        self.pictures: list[tuple[int, Frame, Mapping[str, str]]] = []
        self.row_starts: list[int] = []
        self.skip = 0
        self.title = False
        self.inline_open = 0
        self.full = False

    # -- events ------------------------------------------------------------------------------------------------

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element begins."""
        if self.skip:
            self.skip += 1
            return
        kind = KINDS.get(tag)
        if kind is None:
            kind = self._kind_of_unknown(tag, attrs)
        if kind > LINK:
            self._no_frame(tag, attrs or _NO_ATTRS, kind)
            return
        if kind == BLOCK and self.cur:
            self.flush()
        number = self.counts[tag] = self.counts[tag] + 1
        top = self.top
        # lxml hands out a fresh dict for each element with attributes, so it can be kept as it is; without, its own
        # empty mapping, which cannot be pickled
        self.top = frame = [tag, attrs or _NO_ATTRS, top, NO_ELEMENT, number, kind, top[DEPTH] + 1]
        if kind != BLOCK:
            self.inline_open += 1
            if (kind == LINK or (attrs and not MARKED.isdisjoint(attrs))) and len(self.open_spans) < _OPEN_SPANS:
                self.open_spans.append((frame, len(self.cur)))
        elif tag == "tr":
            self.row_starts.append(len(self.page.blocks))

    def end(self, tag: str) -> None:
        """An element ends; libxml2 balances ends with starts."""
        if self.skip:
            self.skip -= 1
            if not self.skip and self.head.script:
                self.head.end_script()
            return
        top = self.top
        if tag != top[TAG]:  # br, img, meta, ...: they never opened a frame
            if self.title and tag == "title":
                self.title = False
                self.head.end_title()
            return
        if top[KIND] == BLOCK:
            if self.cur:
                self.flush()
            if tag == "tr" and self.row_starts:
                self._end_row()
        else:
            self.inline_open -= 1
            if self.open_spans and self.open_spans[-1][0] is top:
                self._close_span()
        self.top = top[PARENT]

    def data(self, text: str) -> None:
        """A piece of text, of any length."""
        if self.skip:
            if self.head.script:
                self.head.script[1].append(text)
        elif self.title:
            self.head.title.append(text)
        elif self.cur or not text.isspace():
            self.cur.append(text)

    def close(self) -> None:
        """The end of the document; libxml2 calls it, ``finish`` does the work."""

    def finish(self) -> None:
        """Flush what is left. Once only; also right after a parse that libxml2 gave up."""
        self.head.finish()
        if self.cur:
            self.flush()
        page = self.page
        del self.spans[self.placed :]
        page.holders = len(self.held)
        for _, frame, _ in (*self.spans, *self.pictures):
            if frame[ELEMENT] == NO_ELEMENT:
                self._record(frame)
        new = tuple.__new__  # half the time of calling the class
        page.spans = [new(Span, (block, frame[ELEMENT], text)) for block, frame, text in self.spans]
        page.pictures = [new(Picture, (block, frame[ELEMENT], attrs)) for block, frame, attrs in self.pictures]
        page.elements = [new(Element, (f[TAG], f[ATTRS], f[PARENT][ELEMENT], f[NUMBER])) for f in self.held]

    # -- elements ----------------------------------------------------------------------------------------------

    def _kind_of_unknown(self, tag: str, attrs: Mapping[str, str]) -> int:
        """Custom and unknown elements: inline within a running text, else a block as most of them are used."""
        self.counts.setdefault(tag, 0)
        if tag == "template":
            return BLOCK if "shadowrootmode" in attrs or "shadowroot" in attrs else SKIP
        if self.cur and (self.top[KIND] != BLOCK or self.top[TAG] in PHRASING):
            return INLINE
        return BLOCK

    def _no_frame(self, tag: str, attrs: Mapping[str, str], kind: int) -> None:
        """Elements that hold no text of the page."""
        if kind == BREAK:
            if self.cur:
                self.cur.append(_BR)
        elif kind == SKIP:
            self.skip = 1
            if tag == "script":
                self.head.start_script(attrs)
        elif tag == "title":
            self.title = True
            self.head.title.clear()
        elif tag in PICTURES:
            self.pictures.append((len(self.page.blocks) + bool(self.cur), self.top, attrs))
        else:
            self.head.note(tag, attrs)

    def _record(self, frame: Frame) -> int:
        """Give a frame and its ancestors their places among the elements, parents first."""
        chain = []
        while frame[ELEMENT] == NO_ELEMENT and frame[PARENT] is not None:
            chain.append(frame)
            frame = frame[PARENT]
        index: int = frame[ELEMENT]
        held = self.held
        while chain:
            frame = chain.pop()
            if frame[DEPTH] <= self.depth_limit:
                index = len(held)
                held.append(frame)
            else:
                self.page.note("depth_limited")
            frame[ELEMENT] = index
        return index

    def _end_row(self) -> None:
        start = self.row_starts.pop()
        if not merge_row(self.page.blocks, start, self.held):
            return
        for at in range(len(self.spans) - 1, -1, -1):
            block, frame, text = self.spans[at]
            if block <= start:
                break
            self.spans[at] = (start, frame, text)
        for at in range(len(self.pictures) - 1, -1, -1):
            block, frame, attrs = self.pictures[at]
            if block <= start:
                break
            self.pictures[at] = (min(block, start + 1), frame, attrs)

    # -- text --------------------------------------------------------------------------------------------------

    def _close_span(self) -> None:
        frame, start = self.open_spans.pop()
        if text := self._run(start):
            self.spans.append((len(self.page.blocks), frame, text))

    def _run(self, start: int) -> str:
        """The text since piece ``start``, with line breaks as spaces."""
        cur = self.cur
        text = squash(cur[start] if len(cur) == start + 1 else "".join(cur[start:]))
        return squash(text.replace(_BR, " ")) if _BR in text else text

    def flush(self) -> None:
        """Turn the text gathered so far into blocks (more than one where ``<br><br>`` parts paragraphs)."""
        cur, blocks = self.cur, self.page.blocks
        if self.full:
            cur.clear()
            return
        if self.open_spans:
            self._part_spans()
        joined = "".join(cur)
        cur.clear()
        owner = self.top
        while owner[KIND] != BLOCK:
            owner = owner[PARENT]
        if owner[TAG] in _AS_PRINTED:
            texts = [joined.replace(_BR, "\n").expandtabs(4).strip("\r\n").rstrip()]
        else:
            texts = _split_at_breaks(joined) if _BR in joined else [squash(joined)]
        if not texts or not texts[0]:  # nothing but invisible characters
            return
        element = owner[ELEMENT]
        if element == NO_ELEMENT:
            element = self._record(owner)
        kind, level, ordered = self.kind_of(owner)
        for text in texts:
            blocks.append(Block(text, kind, element, 0, level, ordered))
        if len(self.spans) > self.placed:
            self._place_spans(len(blocks) - len(texts))
        if len(blocks) >= self.limit:
            self.full = True
            self.page.note("blocks_limited")

    def _part_spans(self) -> None:
        """An ``<a>`` around blocks: each block gets its part of it."""
        for i, (frame, start) in enumerate(self.open_spans):
            if text := self._run(start):
                self.spans.append((len(self.page.blocks), frame, text))
            self.open_spans[i] = (frame, 0)

    def _place_spans(self, first: int) -> None:
        """Give the spans closed since the last flush to their blocks."""
        blocks, spans = self.page.blocks, self.spans
        at, last = first, len(blocks) - 1
        for i in range(self.placed, len(spans)):
            _, frame, text = spans[i]
            while at < last and text not in blocks[at].text:
                at += 1
            if at > first:
                spans[i] = (at, frame, text)
            if frame[KIND] == LINK:
                blocks[at].link_chars += len(text)
        self.placed = len(spans)


def _split_at_breaks(joined: str) -> list[str]:
    """Parts at two or more ``<br>``; a single one is a line end inside its part."""
    texts: list[str] = []
    lines: list[str] = []
    for line in joined.split(_BR):
        folded = squash(line)
        if folded:
            lines.append(folded)
        elif lines:
            texts.append("\n".join(lines))
            lines = []
    if lines:
        texts.append("\n".join(lines))
    return texts
