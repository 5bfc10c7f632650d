"""Captions and picture credits outside ``<figcaption>``: lines that belong to a picture, not to the story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from articlex.article import Role
from articlex.fields.found import Scene
from articlex.fields.marks import ASIDE, CAPTION, CREDIT, PICTURE
from articlex.page import NO_ELEMENT, Page
from articlex.patterns import lazy
from articlex.vocabulary import ends_with_cue, phrases, starts_with_cue

_LONGEST = 500
_CREDIT = 160
_IN_FIGURE = 300
"""A ``<figure>`` may hold running text, too: from this length it is not taken for a caption."""
_LABELLED_WORDS = 14
_BEFORE, _AFTER = 5, 3
_TAIL = 120
_EDGES = " |.,;:：/／–—-*"
_COUNTER = lazy(r"^\[?\d{1,3}\s*/\s*\d{1,3}\]?\s+")
_BREAK = lazy(r"^|[.!?。！？][\"”»]?\s*|\s*[(\[（|–—]\s*|(?<=[a-z.])(?=[A-Z])|\s(?=©)|\s+")
_BRACKETED = lazy(r"\s*[(（]([^()（）\d]{3,60})[)）]\.?$")
_BARRED = lazy(r"\s+[|–—]\s+([^|–—\d.]{3,60})$")
_SLASHED = lazy(r"(?<=[.!?])\s+([A-Z][^.!?]{1,60}/[^.!?]{2,60})$")
_OPENERS = "([*- "
_SURE = 0.8
"""Longer blocks this likely to be body are not asked whether they are captions."""
_LABEL = 40
"""A credit's label ends within this many characters."""


class Line(NamedTuple):
    """A line that belongs to a picture, and what it is."""

    block: int
    role: Role
    reason: str


def caption_lines(scene: Scene) -> Iterator[Line]:
    """The captions and credits around and inside the body: by element, by class name, by a label such as "Photo:"."""
    page, scores = scene.page, scene.scores
    own, two, in_figure = scene.marks.own, scene.marks.two, scene.marks.in_figure
    top = scene.headline if scene.headline is not None else scene.first
    low = max(0, min(top, scene.first if scene.first <= scene.last else top) - _BEFORE)
    high = max(pictures_end(scene), top) + 1 + _AFTER
    taken = scene.taken
    pictured = {picture.element for picture in page.pictures if low <= picture.block <= high} - {NO_ELEMENT}
    for i, block in enumerate(page.blocks[low:high], low):
        text, element = block.text, block.element
        size = len(text)
        if size > _LONGEST or (size > _CREDIT and scores[i] > _SURE) or i in taken:
            continue
        kind = block.kind
        if kind == "caption":
            marks = own(element)
            credit = is_credit(text) or (marks & CREDIT and not marks & CAPTION)
            yield Line(i, "credit" if credit else "caption", "caption_markup")
            continue
        if 2 * block.link_chars > size or kind == "quotation" or (kind == "list_item" and i < top):
            continue
        near = two(element)
        if near & CREDIT and size <= _CREDIT and not near & CAPTION:
            yield Line(i, "credit", "credit_class")
        elif (
            near & CAPTION
            or (size < _IN_FIGURE and in_figure(element))
            or (size <= _CREDIT and element in pictured and scores[i] < _SURE)
        ):
            yield Line(i, "caption", "caption_class")
        elif size <= _CREDIT and is_credit(text):
            yield Line(i, "credit", "credit_label")


def pictures_end(scene: Scene) -> int:
    """The last block of the article's pictures: the body's last, or that of a gallery which follows the body.

    A gallery's lines are captions and credits by class, and no links: links lead to other stories' pictures.
    """
    blocks, near = scene.page.blocks, scene.marks.two
    end, captions = _next_article(scene) - 1, 0
    for i in range(scene.last + 1, len(blocks)) if end == scene.last else ():
        marks = near(blocks[i].element)
        if not marks & (CAPTION | CREDIT | PICTURE) or marks & ASIDE or blocks[i].link_chars:
            break
        captions += bool(marks & CAPTION)
        if captions > 1:
            end = i
    return end


def _next_article(scene: Scene) -> int:
    """The headline of a further article that an endless page appends; behind the body where there is none."""
    page, head = scene.page, scene.headline
    own = _article_of(page, head) if head is not None else NO_ELEMENT
    if head is not None and own != NO_ELEMENT:
        for i in range(max(scene.first, head) + 1, scene.last):
            block = page.blocks[i]
            if block.level == 1 and block.kind == "heading" and _article_of(page, i) not in (own, NO_ELEMENT):
                return i
    return scene.last + 1


def _article_of(page: Page, block: int) -> int:
    """The ``<article>`` that a block stands in."""
    element = page.blocks[block].element
    while element != NO_ELEMENT and page.elements.tags[element] != "article":
        element = page.elements.parents[element]
    return element


def is_credit(text: str) -> bool:
    """Whether a short line is a picture credit: "(Photo: Jane Doe)", "Foto: dpa", "© Agency"."""
    if len(text) > _CREDIT:
        return False
    head = text[:_LABEL]
    if head[:1] not in _OPENERS and ":" not in head and "©" not in head and "：" not in head:
        return False
    bare = text.lstrip(_OPENERS)
    if bare.startswith("©"):
        return len(bare.split()) <= 6
    cue = starts_with_cue(bare, "caption_labels")
    if not cue or len(bare) <= len(cue) or len(bare.split()) > _LABELLED_WORDS:
        return False
    return (
        cue.endswith(":")
        or bare[len(cue) :].lstrip().startswith((":", "©"))
        or (text != bare and text.endswith((")", "]")))
    )


def split_caption(text: str) -> tuple[str | None, str | None]:
    """(caption, credit) of a caption line: "A street. (Photo: Jane Doe)" gives "A street." and "Jane Doe"."""
    text = _COUNTER.sub("", text).strip()
    start = max(0, len(text) - _TAIL)
    match = _BRACKETED.search(text, start)
    at = None if match else _label_at(text, start)
    if at is not None:
        caption, credit = text[:at], text[at:]
    elif match := match or _BARRED.search(text, start) or _SLASHED.search(text, start):
        caption, credit = text[: match.start()], match[1]
    elif text[-1:] > "\u2fff" and (
        cue := ends_with_cue(text[start:], "caption_labels") or ends_with_cue(text[start:], "byline_suffixes")
    ):
        return _before_suffix(text, cue)
    else:
        return text or None, None
    return caption.strip(" ([|*–—/、，·,") or None, bare_credit(credit) or None


def _before_suffix(text: str, cue: str) -> tuple[str | None, str | None]:
    """A caption that ends in "..., NAME took it", as in Japanese, Chinese and Korean."""
    body = text[: -len(cue)].rstrip()
    at = max(body.rfind(mark) for mark in "、。，,.＝=")
    if at < 1 or len(body) - at > 30:
        return text, None
    kept = text[at + 1 :] if cue in phrases("byline_suffixes") else body[at + 1 :]
    return text[: at + 1].rstrip("、，,＝= "), kept.strip() or None


def bare_credit(text: str) -> str:
    """A credit without its label and brackets: "(Photo by: Jane Doe / AP)" gives "Jane Doe / AP"."""
    text = _unbracketed(text.strip(_EDGES))
    for _ in range(2):  # "Image source, Photo: Jane Doe"
        cue = starts_with_cue(text, "caption_labels")
        if not cue or not text[len(cue) :].strip(_EDGES):
            break
        text = _unbracketed(text[len(cue) :].strip(_EDGES))
    return text


def _unbracketed(text: str) -> str:
    """Without brackets around it, or one whose partner is missing."""
    text = text.strip("()[]（）【】") if text[:1] in "([（【" else text
    return text.rstrip(")]）】") if text.count("(") + text.count("（") < text.count(")") + text.count("）") else text


def _label_at(text: str, start: int) -> int | None:
    """Where a credit's label stands: a cue followed by a colon, or behind a bracket, a bar or the end of a sentence."""
    tail = text[start:]
    if not tail:
        return None
    for match in _BREAK.finditer(tail):
        rest = tail[match.end() :]
        if rest.startswith("©"):
            return start + match.end()
        cue = starts_with_cue(rest, "caption_labels")
        if (
            cue
            and rest[len(cue) :].strip(_EDGES)
            and (cue.endswith((":", "：", " by")) or match[0].strip() or start + match.end() == 0)
        ):
            return start + match.end()
        if cue and rest[len(cue) :].lstrip()[:1] in (":", "：", "/", "／"):
            return start + match.end()
    return None
