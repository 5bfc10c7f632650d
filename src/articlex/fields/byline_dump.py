"""Bylines of a dump, where no markup tells names from menus: lines of names between the headline and the text."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.article import Byline
from articlex.fields.around import leading_text
from articlex.fields.byline_dates import cut_dates, dated
from articlex.fields.byline_markup import Candidate, beside_date, names_of
from articlex.fields.found import Scene
from articlex.fields.name_shapes import Context, holds, is_role, person_like, split_prefix, words
from articlex.fields.names import parts_of
from articlex.patterns import lazy

_LONGEST_LINE, _LONGEST_DATED = 100, 160
_REACH = 16
_LEAST_REACH = 8
"""Lines looked at below the headline, where the body begins later or at once."""
_MOST_NAMES = 12
_FOOTNOTE = lazy(r"(?<=[^\W\d_])\d{1,2}(?=[,;&\s]|$)")
_EDGES = " ,;&|/•·\t-–—"
_JOINER = 5
_COVERED = 0.75
"""The share of a line's characters that its names and their roles make up, where the line is nothing but names."""
_BESIDE = 3
_SHORTEST = 3
_PLAIN = 0.5
BARE = 0.4
"""The trust in a line that is a name and nothing else."""
_LONGEST_ROLE = 60
_POINTS = ".,;:!?\"'()«»“”„’"
_NEAR = 8
"""Characters around a word in which the white space around it stands."""
_NOTE = "text of the page"


def names_below_headline(scene: Scene, context: Context) -> Iterator[Candidate]:
    """Names on lines of their own, behind a prefix ("By", "Von") on its own line or the same one, or without any."""
    done = -1
    for i in _region(scene):
        text = scene.page.blocks[i].text
        if i <= done or (len(text) > _LONGEST_LINE and (len(text) > _LONGEST_DATED or not dated(text))):
            continue
        if (candidate := _run(scene, i, context)) is not None:
            done = candidate.blocks[-1]
            yield candidate


def _region(scene: Scene) -> list[int]:
    total = len(scene.page.blocks)
    if scene.headline is None:
        return [*range(max(0, scene.first - _LEAST_REACH), min(total, scene.first + 1))]
    start = scene.headline + 1
    near = range(start, min(total, start + _REACH, max(scene.first + 2, start + _LEAST_REACH)))
    return [*near, *range(max(near.stop, scene.first - _REACH), min(total, scene.first + 2))]


def _run(scene: Scene, start: int, context: Context) -> Candidate | None:
    """The byline that begins in a line and may go on in the lines below it."""
    blocks = scene.page.blocks
    prefix, rest = split_prefix(blocks[start].text)
    listed = not (prefix and rest.strip(_EDGES + ":"))  # each name on a line of its own
    names: dict[str, Byline] = {}
    taken = [start]
    end = start + 1
    if rest.strip(_EDGES + ":"):
        open_ended = rest.rstrip()[-1:] in ",&"
        for name in _names_of_line(rest, context):
            names.setdefault(name.name, name)
        if not names:
            return None
        inner = (split_prefix(part)[0] for part in parts_of(cut_dates(rest)))
        prefix = prefix or next(filter(None, inner), "")  # "4 May • words by Jane Doe"
    else:
        open_ended = bool(prefix)
    if not names and not open_ended:
        return None
    while end < len(blocks) and len(names) < _MOST_NAMES:
        text = blocks[end].text
        more = _names_of_line(text, context) if len(text) <= _LONGEST_LINE else []
        if _joins(text):
            open_ended = True
        elif more and (
            open_ended or (listed and names and (more[0].role or not is_role(text)) and proper(scene, more))
        ):
            open_ended = text.rstrip()[-1:] in ",&"
            taken.append(end)
            for name in more:
                names.setdefault(name.name, name)
        else:
            break
        end += 1
    trust = _trust(scene, taken, prefix, list(names.values()))
    raw = " ".join(blocks[i].text for i in taken)
    place = scene.page.place(start)
    return Candidate("text", tuple(names.values()), raw, place, trust, tuple(taken)) if trust else None


def _joins(text: str) -> bool:
    """A line that holds nothing but what stands between two names."""
    text = text.strip(_EDGES).casefold()
    return not text or text in words("name_joiners")


def _names_of_line(text: str, context: Context) -> list[Byline]:
    """The names of a line that holds nothing else but dates; it is asked for as a first line and as a further one."""
    if text not in context.lines:
        context.lines[text] = _read_names(text, context)
    return context.lines[text]


def _read_names(text: str, context: Context) -> list[Byline]:
    cut = _FOOTNOTE.sub("", cut_dates(text)).strip(_EDGES)
    found = names_of(cut, context) if cut else []
    covered = sum(len(name.name) + len(name.role or "") + _JOINER for name in found) - _JOINER
    if not found:
        return []
    piece = next((part for part in parts_of(cut) if found[0].name in part), cut)
    if covered < _COVERED * len(split_prefix(piece)[1].strip(_EDGES)):
        return []
    return found if all(name.kind != "person" or person_like(name.name) for name in found) else []


def proper(scene: Scene, names: list[Byline]) -> bool:
    """Whether each name is an agency's, or none of its words stands in small letters anywhere on the page.

    Menus and buttons are capitalised as names are ("Share Article"), but their words are common ones.
    """
    particles, common = words("name_particles"), words("stopwords")
    return all(
        name.kind == "agency"
        or (
            name.kind == "person"
            and name.name != name.name.lower()  # scripts without capitals have no such sign
            and not any(
                (word := token.casefold()) in common or _is_common(scene, word)
                for token in name.name.split()
                if token not in particles
            )
        )
        for name in names
    )


def _is_common(scene: Scene, word: str) -> bool:
    """Whether the page has a word in small letters."""
    if _NOTE not in scene.notes:
        scene.notes[_NOTE] = " ".join(block.text for block in scene.page.blocks).replace("\t", " ")
    text: str = scene.notes[_NOTE]
    at = text.find(word) if word[:1].islower() else -1
    while at >= 0:
        end = at + len(word)
        before, after = text[max(0, at - _NEAR) : at].split(" "), text[end : end + _NEAR].split(" ")
        if not before[-1].strip(_POINTS) and not after[0].strip(_POINTS):
            return True
        at = text.find(word, end)
    return False


def unlikely(scene: Scene, candidate: Candidate) -> bool:
    """Whether a candidate is a bare line whose words are common ones: a button, a subhead, the name of a menu."""
    bare = candidate.trust < _PLAIN and not split_prefix(candidate.raw)[0] and not dated(candidate.raw)
    return bare and not proper(scene, list(candidate.names))


def _trust(scene: Scene, taken: list[int], prefix: str, names: list[Byline]) -> float:
    if not names or scene.page.blocks[taken[0]].kind == "heading":
        return 0.0
    if prefix:
        return 0.8
    if not proper(scene, names) or len(names[0].name) < _SHORTEST:
        return 0.0
    blocks = scene.page.blocks
    first, last = taken[0], taken[-1]
    around = [blocks[i].text for i in range(max(0, first - _BESIDE), min(len(blocks), last + _BESIDE + 1))]
    by_date = any(len(text) < _LONGEST_LINE and dated(text) for text in around)
    below = blocks[last + 1].text if last + 1 < len(blocks) else ""
    by_role = len(below) < _LONGEST_ROLE and holds(words("role_words"), below) > 0
    near = scene.headline is not None and first <= scene.headline + _BESIDE + 1
    evidence = 2 * by_date + 2 * by_role + 2 * dated(blocks[first].text) + near + (first >= scene.first - 1)
    return min(0.6, 0.35 + 0.05 * evidence) if evidence else 0.0


def lines_of_dump(scene: Scene, context: Context) -> Iterator[Candidate]:
    """Byline-like lines anywhere in a dump: "By Jane Doe", or a name beside a date, with running text below."""
    page = scene.page
    for i in leading_text(page):
        text = page.blocks[i].text
        if len(text) > _LONGEST_LINE:
            continue
        prefix, rest = split_prefix(text)
        trust = 0.6
        if not prefix:
            rest, trust = text, 0.45 if any(map(str.isdigit, text)) else BARE
            if not (dated(text) if trust > BARE else person_like(text) and beside_date(scene, i)):
                continue
        names = names_of(rest, context)
        if not names or not person_like(names[0].name) or not rest.startswith(names[0].name[:4]):
            continue
        if trust > BARE or proper(scene, names):
            yield Candidate("text", tuple(names), text, page.place(i), trust, (i,))
