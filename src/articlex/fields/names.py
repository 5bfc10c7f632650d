"""Names out of a byline's text: people, agencies and organisations in printed order, with their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from articlex.article import Byline, BylineKind
from articlex.fields.name_shapes import Context, acceptable, holds, kind_of, person_like, split_prefix, words
from articlex.fields.signals import fold
from articlex.vocabulary import agencies

PARTS = re.compile(r"\s+[|•·●▪⋅/–—-]+\s+|\s*[|•●▪⋅\n\t]\s*|\s[–—-](?=\s|$)")
_LIST = re.compile(r"\s*([,;&、，／+])\s*|\s+(\w{1,6})(?=\s)")
_SLASH = re.compile(r"\s*/\s*")
_ADDRESS = re.compile(r"\(?\S+@\S+\.\w+\)?|https?://\S+|(?<!\w)@[\w.]+")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)")
_CASED = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ԯ]")
_SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|md|m\.d|phd|ph\.\s?d|esq|[a-z]{1,3}n|mba|m\.?sc|b\.?sc|cf[ap]|cpa|dds|dvm|vmd|mph|r\.?d|ma|m\.a|ms|jd|psp)\.?",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:^|[\s.])[^\W\d_]{1,3}\.$")
_GLUE = re.compile(r"(?<=[a-zà-ÿ.])(?=[A-ZÀ-Þ])|\s+")
_DOMAIN = re.compile(r"[\w-]+(?:\.[a-z]{2,4}){1,2}")
_LONGEST_LINK = 6
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
    text = _BRACKETS.sub("", _ADDRESS.sub(" ", text)).strip(_EDGES) or text
    best: list[Byline] = []
    for i, part in enumerate(PARTS.split(text)):
        prefix, rest = split_prefix(part) if i else ("", part)
        found = _names_in(rest, context, raw)
        if found and (prefix or person_like(found[0].name)):
            return found
        best = best or found
    return best


def _names_in(text: str, context: Context, raw: str) -> list[Byline]:
    names: list[Byline] = []
    in_role = False
    parts = list(_listed(text))
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
    tokens = text.split(None, 4)[:4]
    labels = words("credit_labels") | words("caption_labels")
    return any(" ".join(tokens[:count]).casefold() in labels for count in range(len(tokens), 0, -1))


def _listed(text: str) -> Iterator[tuple[str, str]]:
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
        yield from _slashed(delimiter, left)
        delimiter, at = match[1] or "&", match.end()
        first, _, rest = text[at:].partition(" ")
        if match[1] and rest and first.casefold() in joiners:  # ", and"
            delimiter, at = "&", at + len(first) + 1
    yield from _slashed(delimiter, text[at:])


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
    part = part.strip(_EDGES).lstrip(".")
    if part.endswith(".") and not _ABBREVIATED.search(part):
        part = part.rstrip(". ")
    return _without_title(part)


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
        if person_like(name) and _is_whole(rest, context):
            return Byline(name, "person", rest, raw)
    return Byline(part, kind, None, raw)


def _is_whole(rest: str, context: Context) -> bool:
    """Whether a text behind a name is nothing but a role, an agency or the site."""
    key = fold(rest)
    if key in agencies() or context.is_site(rest) or _DOMAIN.fullmatch(key):
        return True
    link, _, employer = rest.partition(" ")  # "Jane Doe for Reuters", "Jean Dupont pour Le Monde"
    if 1 < len(link) < _LONGEST_LINK and employer and link.casefold() in words("stopwords"):
        return fold(employer) in agencies() or context.is_site(employer) or bool(_DOMAIN.fullmatch(fold(employer)))
    return len(rest.split()) <= 5 and holds(words("role_words"), rest) == len(rest) and rest[:1].isupper()
