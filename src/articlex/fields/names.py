"""Names out of a byline's text: people, agencies and organisations in printed order, with their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from articlex.article import Byline, BylineKind
from articlex.fields.dateline_parts import before_a_place
from articlex.fields.name_shapes import Context, acceptable, holds, kind_of, person_like, split_prefix, words
from articlex.fields.signals import fold
from articlex.patterns import lazy
from articlex.vocabulary import agencies

_MARKS = lazy(r"[|•·●▪⋅/–—\n\t-]")
_PARTS = lazy(r"\s+[|•·●▪⋅/–—-]+\s+|\s*[|•●▪⋅\n\t]\s*|\s[–—-](?=\s|$)")
_LIST = lazy(r"\s*([,;&、，／+])\s*|\s+(\w{1,6})(?=\s)")
_SLASH = lazy(r"\s*/\s*")
_ADDRESS = lazy(r"\(?[^\s@]{1,100}@[^\s@]{1,200}\.\w+\)?|https?://\S+|(?<!\w)@[\w.]+")
_BRACKETS = lazy(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)")
_CASED = lazy(r"[A-Za-zÀ-ɏͰ-ϿЀ-ԯ]")
_SUFFIX = lazy(
    r"(?:jr|sr|ii|iii|iv|md|m\.d|phd|ph\.\s?d|esq|[a-z]{1,3}n|mba|m\.?sc|b\.?sc|cf[ap]|cpa|dds|dvm|vmd|mph|r\.?d|ma|m\.a|ms|jd|psp)\.?",
    re.IGNORECASE,
)
_ABBREVIATED = lazy(r"(?:^|[\s.])[^\W\d_]{1,3}\.$")
_GLUE = lazy(r"(?<=[a-zà-ÿ.])(?=[A-ZÀ-Þ])|\s+")
_DOMAIN = lazy(r"[\w-]+(?:\.[a-z]{2,4}){1,2}")
_LONGEST_LINK = 6
_LONGEST_ROLE = 60
_WIDE = lazy(r"[：／]")
_LABELLED = lazy(r"\s+(?=[^\s：／]{1,8}[：／])")
_EDGES = " ,;:|/-–—·•⋅_~\u200b\xa0"


def people(text: str, context: Context) -> list[Byline]:
    """The names in a byline without its prefix.

    Of parts set off by bars and dashes the first that names a person counts, else the first name: the others are
    affiliations, dates and sections. A part may bring its own prefix ("4 May • words by Jane Doe").
    """
    if text not in context.read:
        context.read[text] = _people(text, context)
    return list(context.read[text])


def _people(text: str, context: Context) -> list[Byline]:
    raw = text
    text = _ADDRESS.sub(" ", text) if "@" in text or "://" in text else text
    brackets = _BRACKETS.findall(text) if "(" in text or "[" in text or "（" in text else ()
    role = next((role for match in brackets if (role := _role_in(match))), None)
    text = (_BRACKETS.sub("", text) if brackets else text).strip(_EDGES) or text
    best: list[Byline] = []
    for i, part in enumerate(parts_of(text)):
        prefix, rest = split_prefix(part) if i else ("", part)
        found = _with_titles(rest, context, raw) or _names_in(rest, context, raw)
        if found and (prefix or (found[0].kind == "person" and person_like(found[0].name))):
            best = found
            break
        best = best or found
    return [replace(name, role=name.role or role) for name in best] if role else best


def without_prefix(text: str) -> str:
    """The text behind a byline prefix; a prefix that is a title in Chinese or Japanese ("记者 周启明") stays."""
    prefix, rest = split_prefix(text)
    return text if prefix[:1] > "\u2fff" and prefix in words("role_words") and " " in text else rest


def _role_in(bracket: str) -> str | None:
    """The role in brackets behind names: "(envoyés spéciaux à Brévannes)"."""
    text = bracket.strip(" ()[]（）")
    return text if len(text) < _LONGEST_ROLE and holds(words("role_words"), text) else None


def parts_of(text: str) -> list[str]:
    """The parts that bars and dashes set off, or labels with a full-width colon: "来源：江湾日报 作者：沈一舟"."""
    parts = split_parts(text)
    if not _WIDE.search(text):
        return parts
    return [piece for part in parts for piece in (_LABELLED.split(part) if _WIDE.search(part) else (part,))]


def split_parts(text: str) -> list[str]:
    """The parts that bars and dashes set off."""
    return _PARTS.split(text) if _MARKS.search(text) else [text]


def _with_titles(text: str, context: Context, raw: str) -> list[Byline]:
    """The names of "记者 周启明 实习生 白雨桐" and "정다운 기자", with the roles before or behind them."""
    tokens = text.split()
    roles = [token in words("role_words") for token in tokens]
    if text[:1] <= "\u2fff" or len(tokens) < 2 or not any(roles) or all(roles):
        return []
    if roles[-1]:  # only what stands right before a title is a name: "순천, 광양 구현모 기자"
        pairs = [(tokens[i], tokens[i + 1]) for i in range(len(tokens) - 1) if roles[i + 1] and not roles[i]]
    elif roles[0]:
        title = tokens[0]
        pairs = []
        for token, is_title in zip(tokens, roles, strict=True):
            title = token if is_title else title
            pairs += [] if is_title else [(token, title)]
    else:
        return []
    names = [Byline(name.strip(_EDGES), kind_of(name, context), role, raw) for name, role in pairs]
    return names if all(person_like(name.name) for name in names) else []


def _names_in(text: str, context: Context, raw: str) -> list[Byline]:
    names: list[Byline] = []
    in_role = False
    parts = list(_listed(text, context))
    for i, (delimiter, untrimmed) in enumerate(parts):
        part = _trim(untrimmed)
        comma = delimiter in (",", "、", "，") and bool(names)
        if not part:
            continue
        if comma and _SUFFIX.fullmatch(part):
            names[-1] = replace(names[-1], name=f"{names[-1].name}, {part}")
            continue
        kind = kind_of(part, context)
        if (
            names
            and kind != "agency"
            and names[-1].kind != "agency"
            and _no_name(parts[i : i + 2], names[-1], kind, in_role, comma)
        ):
            in_role = True
            if not names[-1].role and holds(words("role_words"), part):
                names[-1] = replace(names[-1], role=part)
        elif acceptable(part):
            in_role = False
            names.append(_with_role(part, kind, context, raw))
    return names


def _no_name(parts: list[tuple[str, str]], before: Byline, kind: BylineKind, in_role: bool, comma: bool) -> bool:
    """What stands behind a name and is no further one: a role, a place, an employer, a credit."""
    part = _trim(parts[0][1])
    if split_label(part) or holds(words("role_words"), part) == len(part):
        return True
    if not comma:
        return in_role and not person_like(part)
    if kind == "organization" or holds(words("role_words"), part):
        return True
    if in_role:  # a second name would bring its own role
        return not person_like(part) or len(parts) < 2 or not holds(words("role_words"), parts[1][1])
    return (" " in before.name or before.kind == "organization") and not person_like(part) and bool(_CASED.search(part))


def split_label(text: str) -> bool:
    """Whether a text begins with a label of other work ("edited by", "illustration:")."""
    tokens = text.casefold().split(None, 4)[:4]
    labels = _work_labels()
    return any(" ".join(tokens[:count]) in labels for count in range(len(tokens), 0, -1))


@cache
def _work_labels() -> frozenset[str]:
    return words("credit_labels") | words("caption_labels")


def _listed(text: str, context: Context) -> Iterator[tuple[str, str]]:
    """(delimiter before, part) of a list of names."""
    joiners = words("name_joiners")
    delimiter, at = "", 0
    for match in _LIST.finditer(text):
        word = match[2]
        if match.start() < at or (word and word.casefold() not in joiners):
            continue
        left, right = text[at : match.start()], text[match.end() :]
        if (
            word
            and len(word) == 1
            and " " in left.strip()
            and " " not in re.split(r"[,;&]", right, maxsplit=1)[0].strip()
        ):
            continue  # "José Ortega y Gasset"
        if word and word.casefold() in before_a_place() and left.strip() and not context.joins(word):
            yield from _slashed(delimiter, left)
            yield from _behind_a_place(right, context)
            return
        yield from _slashed(delimiter, left)
        delimiter, at = match[1] or "&", match.end()
        first, _, rest = text[at:].partition(" ")
        if match[1] and rest and first.casefold() in joiners:  # ", and"
            delimiter, at = "&", at + len(first) + 1
    yield from _slashed(delimiter, text[at:])


def _behind_a_place(text: str, context: Context) -> Iterator[tuple[str, str]]:
    """The full names behind the place or section of the first: "Oslo, Bob Baker in London", but "Art, Music"."""
    _, _, rest = text.partition(",")
    if rest and all(" " in part.strip() for part in rest.split(",")):
        for delimiter, part in _listed(rest, context):
            yield delimiter or ",", part


def _slashed(delimiter: str, part: str) -> Iterator[tuple[str, str]]:
    """Two people with a slash between are two names; "AFP/Getty" and the like stay one."""
    halves = _SLASH.split(part) if "/" in part else [part]
    if len(halves) > 1 and not (person_like(_trim(halves[0])) and all(map(acceptable, map(_trim, halves)))):
        halves = [part]
    for half in halves:
        yield delimiter, half
        delimiter = ";"


def _trim(part: str) -> str:
    """A part without punctuation around it and without the title that Korean or Japanese put behind a name."""
    part = part.strip(_EDGES).lstrip(". ")
    if part.endswith(".") and not _ABBREVIATED.search(part):
        part = part.rstrip(". ")
    return _once(_without_title(part))


def _once(part: str) -> str:
    """A name without its copy, which an alternative text or a hidden twin puts behind it; "Lang Lang" is one name."""
    half = len(part) // 2
    first, second = part[:half], part[-half:]
    return first if first == second and " " in first and part[half:-half] in ("", " ") else part


def _without_title(part: str) -> str:
    if part[-1:] > "\u2fff":
        for suffix in words("byline_suffixes"):
            if len(part) > len(suffix) and part.endswith(suffix):
                return part[: -len(suffix)].strip()
    elif " " in part and (last := part.rsplit(None, 1))[1].casefold() in words("byline_suffixes"):
        return last[0].strip(_EDGES)
    return part


def _with_role(part: str, kind: BylineKind, context: Context, raw: str) -> Byline:
    """A name with its role or affiliation cut off: "Jane DoeStaff Writer", "Jane Doe The Associated Press"."""
    for match in _GLUE.finditer(part):
        name, rest = part[: match.start()], part[match.end() :].strip()
        if person_like(name):
            if _is_whole(rest, context):
                return Byline(name, "person", rest, raw)
            if " " in rest and split_label(rest):  # what somebody else did: "Illustration by Carl Camera"
                return Byline(name, "person", None, raw)
    return Byline(part, kind, None, raw)


def _is_whole(rest: str, context: Context) -> bool:
    """Whether a text behind a name is nothing but a role, an agency or the site."""
    key = fold(rest)
    if key in agencies() or context.is_site(rest) or _DOMAIN.fullmatch(key):
        return True
    link, _, employer = rest.partition(" ")  # "Jane Doe for Reuters", "Jean Dupont pour Le Monde"
    if 1 < len(link) < _LONGEST_LINK and employer and link.casefold() in words("stopwords"):
        article = employer.partition(" ")[0]  # "for The Harbour Herald", but "Maarten van der Berg"
        titled = article.istitle() and article.casefold() in words("stopwords")
        named = titled and link.casefold() not in words("name_particles")
        return (
            named
            or fold(employer) in agencies()
            or context.is_site(employer)
            or bool(_DOMAIN.fullmatch(fold(employer)))
        )
    return len(rest.split()) <= 5 and holds(words("role_words"), rest) == len(rest) and rest[:1].isupper()
