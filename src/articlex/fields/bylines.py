"""Who wrote it, in printed order, out of JSON-LD, microdata, meta tags, markup and the visible byline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from articlex.article import Byline, BylineKind, Evidence
from articlex.fields.byline_dump import lines_of_dump, names_below_headline, unlikely
from articlex.fields.byline_markup import Candidate, author_links, visible_bylines, with_role
from articlex.fields.found import Claim, Found, Scene
from articlex.fields.name_shapes import Context, acceptable, is_placeholder, is_role, kind_of, person_like, split_prefix
from articlex.fields.names import people
from articlex.fields.signals import ARTICLE_TYPES, fold, text_of, types_of
from articlex.memo import memo
from articlex.page import Page
from articlex.patterns import lazy
from articlex.scripts import letters_of

_PAGE_TYPES = frozenset({"webpage", "medicalwebpage", "itempage", "creativework"})
_MOST = 30
_SURE, _LIKELY = 0.7, 0.75
_LONGEST_ROLE, _ROLE_WORDS = 60, 6
_FULL_NAME = 3
_MORE_LINES = 3
"""Visible bylines looked at; those of other stories follow."""
_META = lazy(r"author|\bcreator\b|^byl$|\bbyline\b")
_META_AGAINST = lazy(
    r"twitter|fediverse|url|id$|image|thumb|role|mail|institution|org\b|desc|type|smartbanner|facebook|bio|link|slug|page"
)


def find_bylines(scene: Scene) -> Found[tuple[Byline, ...]] | None:
    """The names of the byline; ``None`` where nobody is named."""
    context = Context(scene.sites, scene.value("language"))
    candidates = _gather(scene, context)
    if not candidates:
        return None
    best = _choose(candidates, context)
    if best is None:
        return None
    best = _with_roles(scene, _as_printed(best, candidates), candidates)
    keys = {fold(name.name) for name in best.names}
    agreeing = tuple(dict.fromkeys(c.source for c in candidates if c.source != best.source and keys & _keys(c)))
    claims = {i: Claim(i, "byline") for c in candidates for i in c.blocks if c is best or keys & _keys(c)}
    evidence = Evidence(best.source, best.raw, best.place, agreeing)
    return Found(best.names, evidence, tuple(claims[i] for i in sorted(claims)))


def _as_printed(best: Candidate, candidates: list[Candidate]) -> Candidate:
    """Account names by the full names that another source gives them: "janedoe", "jane_doe" is Jane Doe."""
    full = {letters_of(name.name): name.name for c in reversed(candidates) for name in c.names if " " in name.name}
    return best._replace(
        names=tuple(
            name if " " in name.name else replace(name, name=full.get(letters_of(name.name), name.name))
            for name in best.names
        )
    )


def _with_roles(scene: Scene, best: Candidate, candidates: list[Candidate]) -> Candidate:
    """The candidate with the roles that others give its names, or that stand in a line below the only name."""
    roles = {fold(name.name): name.role for c in reversed(candidates) for name in c.names if name.role}
    names = [with_role(name, roles.get(fold(name.name))) for name in best.names]
    blocks = best.blocks
    if len(names) == 1 and names[0].kind == "person" and not names[0].role:
        keys = _keys(best)
        last = max((max(c.blocks) for c in candidates if c.blocks and _keys(c) == keys), default=None)
        below = scene.page.blocks[last + 1] if last is not None and last + 1 < len(scene.page.blocks) else None
        if last is not None and below and below.kind != "heading" and _is_title(below.text):
            names, blocks = [replace(names[0], role=below.text)], (*blocks, last + 1)
    return best._replace(names=tuple(names), blocks=blocks)


def _is_title(text: str) -> bool:
    """Whether a line is a role and nothing else: "Gazette Staff Writer"."""
    return len(text) < _LONGEST_ROLE and len(text.split()) <= _ROLE_WORDS and is_role(text)


def _gather(scene: Scene, context: Context) -> list[Candidate]:
    """Candidates from all sources; a visible byline that agrees with the structured data ends the search."""
    candidates = [_pruned(c, context) for c in _structured(scene, context)]
    said = {key for c in candidates if c.source == "json-ld" for key in _keys(c)}
    if scene.page.source == "text":
        candidates.extend(_pruned(c, context) for c in islice(names_below_headline(scene, context), _MORE_LINES))
    more = _MORE_LINES
    sure = any(c.source == "json-ld" and any(name.kind == "person" for name in c.names) for c in candidates)
    for shown in visible_bylines(scene, context, below_only=sure):
        if scene.page.source == "text" and unlikely(scene, shown):
            continue
        candidates.append(_pruned(shown, context))
        if shown.trust >= _SURE and said and _keys(candidates[-1]) >= said:
            return candidates
        more -= shown.trust >= _LIKELY
        if not more:
            break
    if scene.page.source == "text" and not candidates:
        candidates.extend(islice(lines_of_dump(scene, context), _MORE_LINES))
    if not any(candidate.trust > _LIKELY for candidate in candidates):
        candidates.extend(_pruned(c, context) for c in author_links(scene, context))
    return candidates


def _pruned(candidate: Candidate, context: Context) -> Candidate:
    """Without account names and the site's own name where somebody else is named."""
    names = tuple(n for n in candidate.names if not is_placeholder(n.name) and not context.is_site(n.name))
    named = any(name.kind == "person" for name in names)
    return candidate._replace(names=names) if named and len(names) < len(candidate.names) else candidate


def _keys(candidate: Candidate) -> set[str]:
    return {fold(name.name) for name in candidate.names}


def _choose(candidates: list[Candidate], context: Context) -> Candidate | None:
    """Trust, plus what agreement adds, less what a bare site name or an account name loses."""

    def worth(candidate: Candidate) -> float:
        keys = _keys(candidate)
        agree = {other.source for other in candidates if other is not candidate and keys & _keys(other)}
        value = candidate.trust + 0.2 * len(agree)
        if all(is_placeholder(name.name) for name in candidate.names):
            value -= 0.6
        elif all(context.is_site(name.name) for name in candidate.names):
            value -= 0.4
        elif all(name.kind == "organization" for name in candidate.names):
            value -= 0.2
        return value

    best = max(candidates, key=worth)
    for other in candidates:  # the same people and more
        if other.trust >= 0.7 and _keys(other) > _keys(best) and all(name.kind == "person" for name in other.names):
            best = other
    if not any(person_like(name.name) for name in best.names):
        site = all(context.is_site(name.name) for name in best.names)
        shown = (c for c in candidates if c.source in ("markup", "text") and (site or c.trust >= _SURE))
        people = (c for c in shown if all(map(_is_full, c.names)))
        best = max(people, key=worth, default=best)  # publishing systems sign with the site what a person signs below
    return best


def _is_full(name: Byline) -> bool:
    """Whether a name is a person's first and last name, and not four words of a button."""
    return name.kind == "person" and 1 < len(name.name.split()) <= _FULL_NAME and person_like(name.name)


def _structured(scene: Scene, context: Context) -> Iterator[Candidate]:
    by_id = {node["@id"]: node for node in scene.page.json_ld if isinstance(node.get("@id"), str) and len(node) > 1}
    page = scene.page
    for rank, node in enumerate(scene.articles[:3]):
        if names := _of_node(node, by_id, context):
            yield Candidate(
                "json-ld", tuple(names), text_of(node.get("author"), 300), "json-ld:author", 0.95 - 0.1 * rank
            )
            break
    for node in page.json_ld[:200]:
        kinds = types_of(node)
        if kinds & _PAGE_TYPES and not kinds & ARTICLE_TYPES and (names := _of_node(node, by_id, context)):
            yield Candidate("json-ld", tuple(names), text_of(node.get("author"), 300), "json-ld:author", 0.8)
            break
    yield from _metas(page, context)


def _of_node(node: Mapping[str, Any], by_id: Mapping[str, Any], context: Context) -> list[Byline]:
    value = node.get("author")
    if value is None:
        value = node.get("creator")
    items = value if isinstance(value, list) else [value]
    names: dict[str, Byline] = {}
    for item in items[:_MOST]:
        for name in _of_item(item, by_id, context):
            names.setdefault(fold(name.name), name)
    return list(names.values())


def _of_item(item: Any, by_id: Mapping[str, Any], context: Context, depth: int = 0) -> list[Byline]:
    kind: BylineKind | None = None
    role = None
    if isinstance(item, list) and depth < 3:
        return [name for part in item[:_MOST] for name in _of_item(part, by_id, context, depth + 1)]
    if isinstance(item, dict):
        if "name" not in item and isinstance(item.get("@id"), str):
            item = by_id.get(item["@id"], item)
        if isinstance(item.get("name"), list):
            return _of_item(item["name"], by_id, context, depth + 1)
        kinds = types_of(item)
        kind = (
            "organization"
            if any(k.endswith("organization") for k in kinds)
            else "person"
            if "person" in kinds
            else None
        )
        role = text_of(item.get("jobTitle"), 200) or None
        item = item.get("name")
        if isinstance(item, dict):
            return _of_item(item, by_id, context, depth + 1) if depth < 3 else []
    if not isinstance(item, str):
        return []
    return _read(text_of(item, 600), context, kind, role)


def _read(text: str, context: Context, kind: BylineKind | None = None, role: str | None = None) -> list[Byline]:
    """Names of one structured string. A typed organisation is one name, whatever it holds."""
    text = split_prefix(text)[1] if kind != "organization" else text
    if kind == "organization" and kind_of(text, context) != "agency":
        return [Byline(text, kind, role, text)] if acceptable(text) else []
    found = [name for name in people(text, context) if acceptable(name.name)]
    if len(found) == 1 and role:
        return [Byline(found[0].name, found[0].kind, role, found[0].raw)]
    return found


@memo(2_048)
def _names_author(key: str) -> bool:
    return bool(_META.search(key)) and not _META_AGAINST.search(key)


def _metas(page: Page, context: Context) -> Iterator[Candidate]:
    for key, contents in page.metas.items():
        if not _names_author(key):
            continue
        names: dict[str, Byline] = {}
        for content in contents[:_MOST]:
            for name in _read(text_of(content, 600), context):
                names.setdefault(fold(name.name), name)
        if names:
            trust = 0.7 if key != "author" else 0.72
            yield Candidate("meta", tuple(names.values()), contents[0], f"meta[{key}]", trust)
