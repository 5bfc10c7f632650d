"""The standfirst (dek, lead): the summary set apart between the headline and the running text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from articlex.article import Evidence
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.marks import ASIDE, AUTHOR, BREADCRUMB, CAPTION, CREDIT, KICKER, PICTURE, STANDFIRST, TAGS, chain
from articlex.fields.signals import fold, metas, text_of
from articlex.page import NO_ELEMENT, Block, Page

_SHORTEST, _LONGEST = 18, 900
_WINDOW = 25
"""Blocks after the headline that are looked at."""
_AGAINST = ASIDE | AUTHOR | BREADCRUMB | CAPTION | CREDIT | TAGS
_ENOUGH = 1.06
_ROLE, _ROLE_LEAST = 0.6, 0.3
"""What the scorer's opinion that a block is a standfirst weighs, and the probability from which it does."""
_RUNNING = 0.75
"""Probability of body from which a block is running text, wherever it stands (``docs/scoring.md``: leads as body)."""
_APART, _SAID_SO, _SUBHEAD, _IN_HEADER = 0.3, 0.7, 0.9, 0.8
"""What it weighs to stand apart, to be what the metadata say, to be a heading with text behind it, to stand in the
article's header: the most that each can add."""
_CLOSE = 3
"""Blocks behind the headline that may be a heading that counts."""
_SLACK = 0.1
"""Sums in another order differ in their last bits."""
_SAID = 2_000
"""Characters of a description that are compared: some sites give the whole story there."""
_ENDS = (".", "!", "?", "…", "”", '"', "。", "»", "“")


_NEAR, _PARTED = 5, 4
"""In a dump: lines between headline and standfirst, and to the byline or date below it, at most."""


class Candidate(NamedTuple):
    """A block that may be the standfirst, and how much speaks for it."""

    block: int
    score: float


def find_standfirst(scene: Scene) -> Found[str] | None:
    """The block, or run of blocks in one element, that is marked as, placed as, or repeated as the summary.

    A first paragraph that looks like those after it is body, whatever the metadata say.
    """
    if scene.page.source == "text":
        return _printed(scene)
    if below := _same_block(scene):
        return below
    described = _said(scene)
    best = max(_candidates(scene, described), key=lambda candidate: candidate.score, default=None)
    if best is None or best.score < _ENOUGH or _runs_on(scene, best.block, described):
        return None
    page = scene.page
    run = list(_run(scene, best.block))
    text = " ".join(page.blocks[i].text.replace("\n", " ") for i in run)
    agree = tuple(dict.fromkeys(source for source, said in described if _same(fold(text), said)))
    return Found(
        text,
        Evidence("markup", text, page.place(run[0]), agree),
        tuple(Claim(i, "standfirst", "standfirst") for i in run),
    )


def _runs_on(scene: Scene, i: int, described: list[tuple[str, str]]) -> bool:
    """Whether the scorer is sure that a block is running text; a heading and what the metadata repeat are not."""
    block = scene.page.blocks[i]
    if scene.scores[i] < _RUNNING or block.kind == "heading":
        return False
    text = fold(block.text)
    return not any(_same(text, said) for _, said in described)


def _same_block(scene: Scene) -> Found[str] | None:
    """What follows the headline behind a line break in its own block, where neither is a heading."""
    head = scene.headline
    block = scene.page.blocks[head] if head is not None else None
    if head is None or block is None or block.kind == "heading":
        return None
    first, _, rest = block.text.partition("\n")
    text = rest.replace("\n", " ")
    if fold(first) != fold(scene.value("title")) or not _SHORTEST <= len(text) <= _LONGEST:
        return None
    return Found(text, Evidence("markup", text, scene.page.place(head)))


def _printed(scene: Scene) -> Found[str] | None:
    """In a dump: the first line of words below the headline, when byline or date part it from the text."""
    blocks, head = scene.page.blocks, scene.headline
    if head is None:
        return None
    taken = scene.taken
    for i in range(head + 1, min(len(blocks) - 1, head + 1 + _NEAR)):
        text = blocks[i].text
        if i in taken or not _SHORTEST + 7 <= len(text) <= _LONGEST or text.count(" ") < 3:
            continue
        if any(j in taken for j in range(i + 1, min(len(blocks), i + 1 + _PARTED))):
            return Found(text, Evidence("text", text, scene.page.place(i)), (Claim(i, "standfirst", "standfirst"),))
        break
    return None


def _said(scene: Scene) -> list[tuple[str, str]]:
    """Folded descriptions of the article, by source."""
    said = [
        ("meta", fold(text[:_SAID]))
        for _, text in metas(scene.page, "description", "og:description", "twitter:description")
    ]
    said.extend(("json-ld", fold(text_of(node.get("description"), _SAID))) for node in scene.articles[:2])
    return [(source, text) for source, text in said if len(text) > 20]


def _same(text: str, said: str) -> bool:
    """Whether a text is the description, or one of them is the beginning of the other (descriptions are often cut)."""
    stem = said.rstrip(" .…")
    return (
        text == said or (len(stem) > 50 and text.startswith(stem[:150])) or (len(text) > 50 and said.startswith(text))
    )


def _candidates(scene: Scene, said: list[tuple[str, str]]) -> Iterator[Candidate]:
    page, head = scene.page, scene.headline
    if head is None:
        return
    taken, title, two = scene.taken, fold(scene.value("title")), scene.marks.two
    prose = 0
    for i, block in enumerate(page.blocks[head + 1 : head + _WINDOW], head + 1):
        if i in taken:
            continue
        if (
            _SHORTEST <= len(block.text) <= _LONGEST
            and _hope(scene, i, head, said) > _ENOUGH
            and _fits(scene, block)
            and not _repeats(fold(block.text), title)
        ):
            yield Candidate(i, _score(scene, i, block, head, said))
        prose += _is_prose(block) and not two(block.element) & (STANDFIRST | CAPTION | CREDIT)
        if prose > 2:
            break


def _repeats(text: str, title: str) -> bool:
    """Whether a line is the headline again, perhaps with its kicker or in other words."""
    if title in text or text in title:
        return len(text) < 2 * len(title) + 20
    theirs = set(title.split())
    return len(theirs) > 3 and len(theirs & set(text.split())) > 0.7 * len(theirs) and len(text) < 2 * len(title)


def _fits(scene: Scene, block: Block) -> bool:
    if block.kind in ("caption", "table_row", "code") or block.link_chars > 0.5 * len(block.text):
        return False
    far = scene.marks.three(block.element)
    if not far & _AGAINST:
        return True
    near = scene.marks.two(block.element)
    return not far & (CAPTION | CREDIT) and bool(near & STANDFIRST or not near & _AGAINST)


def _hope(scene: Scene, i: int, head: int, said: list[tuple[str, str]]) -> float:
    """The most that ``_score`` can give a block, in a few steps: most lines cannot win."""
    most = _marked(scene, i, apart=True) + _APART + (_SAID_SO if said else 0.0) + _SLACK
    if i - head <= _CLOSE:
        most += _SUBHEAD + _IN_HEADER
    return most - _distance(scene, i, head)


def _score(scene: Scene, i: int, block: Block, head: int, said: list[tuple[str, str]]) -> float:
    apart = _apart(scene, i)
    score = _marked(scene, i, apart=apart) + (_APART if apart else -0.6)
    text = fold(block.text)
    if any(_same(text, other) for _, other in said):
        score += _SAID_SO if apart else 0.2
    if block.kind == "heading":
        score += (_SUBHEAD if _followed(scene, i) else 0.2) if i - head <= _CLOSE and len(text) > 30 else 0.0
    elif len(text) < 60 and not block.text.endswith(_ENDS):
        score -= 0.5
    if apart and i - head <= 2 and len(text) > 50 and _in_header(scene, i, head):
        score += _IN_HEADER
    return score - _distance(scene, i, head)


def _marked(scene: Scene, i: int, *, apart: bool) -> float:
    """What class names and the scorer say."""
    element = scene.page.blocks[i].element
    own, near = scene.marks.own(element), scene.marks.three(element)
    score = 0.0
    if own & STANDFIRST:
        score += 1.3
    elif near & STANDFIRST:
        score += 0.9 if apart else 0.3
    if near & (PICTURE | KICKER) and not own & STANDFIRST:
        score -= 0.3
    if scene.roles and scene.roles[i] == "standfirst":
        score += _ROLE * max(0.0, scene.role_odds[i] - _ROLE_LEAST)
    return score


def _distance(scene: Scene, i: int, head: int) -> float:
    """The cost of standing far from the headline, or in the running text."""
    inside = scene.first <= scene.last and i > max(scene.first, head + 2)
    return 0.03 * (i - head - 1) + (1.0 if inside else 0.0)


def _in_header(scene: Scene, i: int, head: int) -> bool:
    """Whether a block shares an element with the headline that holds no prose: the article's header."""
    page = scene.page
    theirs = set(islice(chain(page, page.blocks[head].element, 3), 1, 3))
    shared = next((e for e in chain(page, page.blocks[i].element, 4) if e in theirs), NO_ELEMENT)
    if shared == NO_ELEMENT or page.elements.tags[shared] in ("article", "main", "body"):
        return False
    prose = next((j for j in range(i + 1, min(len(page.blocks), i + 30)) if _is_prose(page.blocks[j])), None)
    return prose is not None and shared not in chain(page, page.blocks[prose].element, 8)


def _followed(scene: Scene, i: int) -> bool:
    """Whether a heading is followed by something else than the text it would be the subheading of."""
    blocks = scene.page.blocks
    return i + 1 < len(blocks) and (len(blocks[i].text) > 70 or not _is_prose(blocks[i + 1]))


def _is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) > 80 and block.link_chars < 0.4 * len(block.text)


def _apart(scene: Scene, i: int) -> bool:
    """Whether a block's markup differs from that of the prose after it: another place, tag, class or hint."""
    page, three = scene.page, scene.marks.three
    element = page.blocks[i].element
    mine, hints = _looks(page, element), three(element)
    seen = 0
    for block in page.blocks[i + 1 : i + 30]:
        if not _is_prose(block):
            continue
        if _looks(page, block.element) == mine and not (hints ^ three(block.element)) & STANDFIRST:
            return False
        seen += 1
        if seen == 3:
            break
    return True


def _looks(page: Page, element: int) -> tuple[str, ...]:
    """Tag and class of an element and of its parent."""
    if element == NO_ELEMENT:
        return ()
    tags, attrs, parent = page.elements.tags, page.elements.attrs, page.elements.parents[element]
    own = tags[element], attrs[element].get("class", "")
    return own if parent == NO_ELEMENT else (*own, tags[parent], attrs[parent].get("class", ""))


def _run(scene: Scene, i: int) -> Iterator[int]:
    """The block and its like right beside it in the same element: a standfirst of several items or paragraphs."""
    page = scene.page
    blocks, parents = page.blocks, page.elements.parents
    kind = blocks[i].kind

    def alike(j: int) -> bool:
        if not (scene.headline or 0) < j < len(blocks) or blocks[j].kind != kind:
            return False
        same = parents[blocks[i].element] == parents[blocks[j].element]
        return same and _looks(page, blocks[i].element) == _looks(page, blocks[j].element) and _apart(scene, j)

    start = stop = i
    if kind in ("list_item", "paragraph") and scene.marks.three(blocks[i].element) & STANDFIRST:
        while alike(start - 1):
            start -= 1
        while stop - start < 5 and alike(stop + 1):
            stop += 1
    yield from range(start, stop + 1)
