"""The parser target: events in, blocks out.

White-space text is dropped while a block is still empty (two thirds of all text nodes), and elements are recorded
only when they hold text, so the cost follows the text of a page and not its markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articlex.options import Options
from articlex.page import NO_ELEMENT, Block, Element, Page, Picture, Span
from articlex.reading.kinds import block_kind, merge_row
from articlex.reading.tags import BLOCK, BREAK, INLINE, KINDS, LINK, MARKED, PHRASING, SKIP

# A frame is a list [tag, attrs, parent frame, element index, number, depth, inline]: the fastest mutable record.
_TAG, _ATTRS, _PARENT, _ELEMENT, _NUMBER, _DEPTH, _KIND = range(7)
_BR = "\x00"  # cannot occur in a text: the reader takes NULs out
_NO_ATTRS: Mapping[str, str] = {}
Frame = list[Any]


class Builder:
    """Collects the blocks of a page from the events of an HTML parser."""

    __slots__ = (
        "counts", "cur", "depth_limit", "done_spans", "full", "inline_open", "json_ld", "limit", "open_spans", "page",
        "row_starts", "script", "skip", "title", "top",
    )  # fmt: skip

    def __init__(self, page: Page, options: Options) -> None:
        self.page = page
        self.limit = options.max_blocks
        self.depth_limit = options.max_depth
        self.top: Frame = ["", {}, None, NO_ELEMENT, 0, 0, BLOCK]
        self.cur: list[str] = []
        self.counts: dict[str, int] = {}
        self.open_spans: list[tuple[Frame, int]] = []
        self.done_spans: list[tuple[Frame, str]] = []
        self.row_starts: list[int] = []
        self.json_ld: list[str] = []
        self.skip = 0
        self.script: tuple[str, list[str]] | None = None
        self.title: list[str] | None = None
        self.inline_open = 0
        self.full = False

    # -- events ------------------------------------------------------------------------------------------------

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        if self.skip:
            self.skip += 1
            return
        kind = KINDS.get(tag)
        if kind is None:
            kind = self._kind_of_unknown(tag)
        if kind == BLOCK:
            if self.cur:
                self.flush()
            self._open(tag, attrs, BLOCK)
            if tag == "tr":
                self.row_starts.append(len(self.page.blocks))
        elif kind == INLINE or kind == LINK:
            self.inline_open += 1
            frame = self._open(tag, attrs, kind)
            if kind == LINK or not MARKED.isdisjoint(attrs):
                self.open_spans.append((frame, len(self.cur)))
        elif kind == BREAK:
            if self.cur:
                self.cur.append(_BR)
        elif kind == SKIP:
            self._skip(tag, attrs)
        else:
            self._special(tag, attrs)

    def end(self, tag: str) -> None:
        if self.skip:
            self.skip -= 1
            if not self.skip and self.script:
                self._end_script()
            return
        if self.title is not None and tag == "title":
            self._end_title()
            return
        top = self.top
        if tag != top[_TAG]:  # br, img, meta, ...: they never opened a frame
            return
        kind = top[_KIND]
        if kind == BLOCK:
            if self.cur:
                self.flush()
            if tag == "tr" and self.row_starts:
                merge_row(self.page, self.row_starts.pop())
        else:
            self.inline_open -= 1
            if self.open_spans and self.open_spans[-1][0] is top:
                self._close_span()
        self.top = top[_PARENT]

    def data(self, text: str) -> None:
        if self.skip:
            if self.script:
                self.script[1].append(text)
        elif self.title is not None:
            self.title.append(text)
        elif self.cur or not text.isspace():
            self.cur.append(text)

    def close(self) -> None:
        """The end of the document; libxml2 calls it, ``finish`` does the work."""

    def finish(self) -> None:
        """Flush what is left. Idempotent; also right after a parse that libxml2 gave up."""
        if self.script and self.skip:
            self._end_script()
        if self.title is not None:
            self._end_title()
        if self.cur:
            self.flush()

    # -- elements ----------------------------------------------------------------------------------------------

    def _open(self, tag: str, attrs: Mapping[str, str], kind: int) -> Frame:
        number = self.counts[tag] = self.counts.get(tag, 0) + 1
        top = self.top
        # lxml hands out a fresh dict for each element with attributes, so it can be kept as it is; without, its own
        # empty mapping, which cannot be pickled
        frame: Frame = [tag, attrs or _NO_ATTRS, top, NO_ELEMENT, number, top[_DEPTH] + 1, kind]
        self.top = frame
        return frame

    def _kind_of_unknown(self, tag: str) -> int:
        """Custom and unknown elements: inline within a running text, else a block as most of them are used."""
        if self.cur and (self.top[_KIND] != BLOCK or self.top[_TAG] in PHRASING):
            return INLINE
        return BLOCK

    def _element(self, frame: Frame) -> int:
        """The index of a frame in ``page.elements``; its chain of ancestors is recorded on first use."""
        if frame[_ELEMENT] != NO_ELEMENT or frame[_PARENT] is None:
            return int(frame[_ELEMENT])
        chain = []
        while frame[_PARENT] is not None and frame[_ELEMENT] == NO_ELEMENT:
            chain.append(frame)
            frame = frame[_PARENT]
        elements, parent = self.page.elements, frame[_ELEMENT]
        for frame in reversed(chain):
            if frame[_DEPTH] > self.depth_limit:
                if "depth_limited" not in self.page.reasons:
                    self.page.reasons.append("depth_limited")
            else:
                elements.append(Element(frame[_TAG], frame[_ATTRS], parent, frame[_NUMBER]))
                parent = len(elements) - 1
            frame[_ELEMENT] = parent
        return int(parent)

    def _skip(self, tag: str, attrs: Mapping[str, str]) -> None:
        self.skip = 1
        if tag == "script":
            kind = attrs.get("type", "").lower()
            if "json" in kind or not kind or "javascript" in kind:
                self.script = ("ld" if "ld+json" in kind else kind, [])

    def _end_script(self) -> None:
        kind, pieces = self.script or ("", [])
        self.script = None
        text = "".join(pieces)
        if kind == "ld":
            self.json_ld.append(text)
        elif len(text) > 400 and ("json" in kind or text.find("{", 0, 400) >= 0):
            self.page.scripts.append(text)

    def _special(self, tag: str, attrs: Mapping[str, str]) -> None:
        page = self.page
        attrs = attrs or _NO_ATTRS
        if tag in ("img", "amp-img", "source"):
            page.pictures.append(Picture(len(page.blocks) + bool(self.cur), self._element(self.top), attrs))
        elif tag == "meta":
            content = attrs.get("content")
            if content is not None:
                for key in ("name", "property", "itemprop", "http-equiv"):
                    if name := attrs.get(key):
                        page.metas.setdefault(name.strip().lower(), []).append(content.strip())
        elif tag == "link":
            page.links.append(attrs)
        elif tag == "title":
            self.title = []
        elif tag == "base":
            page.base = page.base if page.links and not attrs.get("href") else attrs.get("href") or page.base
        elif tag == "template":
            if "shadowrootmode" in attrs or "shadowroot" in attrs:
                self._open(tag, attrs, BLOCK)
            else:
                self.skip = 1

    def _end_title(self) -> None:
        text = " ".join("".join(self.title or ()).split())
        self.page.title_tag = self.page.title_tag or text
        self.title = None

    # -- text --------------------------------------------------------------------------------------------------

    def _close_span(self) -> None:
        frame, start = self.open_spans.pop()
        text = " ".join("".join(self.cur[start:]).replace(_BR, " ").split())
        if text:
            self.done_spans.append((frame, text))

    def flush(self) -> None:
        """Turn the text gathered so far into blocks (more than one where ``<br><br>`` parts paragraphs)."""
        cur = self.cur
        if self.open_spans:  # an <a> around blocks: each block gets its part of it
            for i, (frame, start) in enumerate(self.open_spans):
                text = " ".join("".join(cur[start:]).replace(_BR, " ").split())
                if text:
                    self.done_spans.append((frame, text))
                self.open_spans[i] = (frame, 0)
        joined = "".join(cur)
        cur.clear()
        owner = self.top
        while owner[_KIND] != BLOCK:
            owner = owner[_PARENT]
        if owner[_TAG] in ("pre", "listing", "xmp", "plaintext"):
            texts = [joined.replace(_BR, "\n").expandtabs(4).strip("\r\n").rstrip()]
        elif _BR in joined:
            texts = _split_at_breaks(joined)
        else:
            texts = [" ".join(joined.split())]
        if any(texts) and not self.full:
            self._emit([text for text in texts if text], owner)
        self.done_spans.clear()

    def _emit(self, texts: list[str], owner: Frame) -> None:
        page = self.page
        first = len(page.blocks)
        element = self._element(owner)
        kind, level, ordered = block_kind(page, element)
        for text in texts:
            page.blocks.append(Block(text, kind, element, 0, level, ordered))
        if len(page.blocks) >= self.limit:
            self.full = True
            page.reasons.append("blocks_limited")
        self._emit_spans(first)

    def _emit_spans(self, first: int) -> None:
        page, at = self.page, first
        blocks = page.blocks
        last = len(blocks) - 1
        for frame, text in self.done_spans:
            while at < last and text not in blocks[at].text and first < last:
                at += 1
            page.spans.append(Span(at, self._element(frame), text))
            if frame[_KIND] == LINK:
                blocks[at].link_chars += len(text)


def _split_at_breaks(joined: str) -> list[str]:
    """Parts at two or more ``<br>``; a single one is a line end inside its part."""
    texts: list[str] = []
    lines: list[str] = []
    for line in joined.split(_BR):
        folded = " ".join(line.split())
        if folded:
            lines.append(folded)
        elif lines:
            texts.append("\n".join(lines))
            lines = []
    if lines:
        texts.append("\n".join(lines))
    return texts
