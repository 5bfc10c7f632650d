"""The last stage: a plain walk over the roles."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from articlex.article import Article, Block, Evidence, Removal, Role, Source
from articlex.fields import Scene
from articlex.options import Options
from articlex.page import Page
from articlex.rules import Part
from articlex.scoring import Scored, explain_all
from articlex.verdict import judge
from articlex.version import VERSION

_OF_A_STORY = frozenset(
    {"title", "kicker", "standfirst", "bylines", "dateline", "published", "modified", "images", "credits"}
)
"""Fields that a page of teasers has not: they would be those of one of its stories."""

_NAMED_BY: dict[str, Source] = {"http": "http", "meta": "meta"}


def compose(page: Page, scored: Scored, scene: Scene, parts: list[Part], options: Options) -> Article:
    """The record."""
    body = _with_role(parts, "body")
    verdict = judge(page, scored, scene, parts, body)
    if "teasers" in verdict.reasons:
        scene = replace(scene, found={name: found for name, found in scene.found.items() if name not in _OF_A_STORY})
    article = Article(
        status=verdict.status,
        confidence=verdict.confidence,
        reasons=verdict.reasons,
        title=scene.value("title"),
        kicker=scene.value("kicker"),
        standfirst=scene.value("standfirst"),
        bylines=scene.value("bylines") or (),
        dateline=scene.value("dateline"),
        published=scene.value("published"),
        modified=scene.value("modified"),
        section=scene.value("section"),
        tags=scene.value("tags") or (),
        language=scene.value("language"),
        description=scene.value("description"),
        site_name=scene.value("site_name"),
        canonical_url=scene.value("canonical_url"),
        images=scene.value("images") or (),
        body=_blocks(page, scored, body),
        credits=scene.value("credits") or (),
        comments=_blocks(page, scored, _with_role(parts, "comment")) if options.comments else (),
        evidence=_evidence(page, scene),
        removed=_removed(page, scored, parts) if options.explain else (),
        version=VERSION,
    )
    return _without_dateline(article) if options.strip_dateline else article


def _evidence(page: Page, scene: Scene) -> dict[str, Evidence]:
    """Where each field comes from, and the charset that bytes were decoded by ("encoding", what named it as place)."""
    evidence = {name: found.evidence for name, found in scene.found.items()}
    if page.encoding_source:
        source = _NAMED_BY.get(page.encoding_source, "text")
        evidence["encoding"] = Evidence(source, page.encoding, page.encoding_source)
    return evidence


def _with_role(parts: list[Part], role: Role) -> list[int]:
    return [i for i, part in enumerate(parts) if part.role == role]


def _blocks(page: Page, scored: Scored, numbers: list[int]) -> tuple[Block, ...]:
    blocks, scores = page.blocks, scored.body
    return tuple(
        [
            Block(b.kind, b.text, b.level, b.ordered, b.cells, round(score, 4), page.place(i))
            for i, b, score in [(i, blocks[i], scores[i]) for i in numbers]
        ]
    )


def _removed(page: Page, scored: Scored, parts: list[Part]) -> tuple[Removal, ...]:
    """Every block that is not body, with the features that moved its score and the body block it stood before."""
    before = list(accumulate((part.role == "body" for part in parts), initial=0))
    out = [i for i, part in enumerate(parts) if part.role != "body"]
    return tuple(
        Removal(
            page.blocks[i].text,
            parts[i].role,
            parts[i].reason,
            page.place(i),
            round(scored.body[i], 4),
            facts,
            before[i],
        )
        for i, facts in zip(out, explain_all(page, scored, out), strict=True)
    )


def _without_dateline(article: Article) -> Article:
    """The record with its dateline cut off the first paragraph."""
    raw = article.dateline.raw if article.dateline else ""
    for i, block in enumerate(article.body):
        if raw and block.text.startswith(raw):
            body = (*article.body[:i], replace(block, text=block.text[len(raw) :]), *article.body[i + 1 :])
            return replace(article, body=body)
    return article
