"""Where in a JSON value the story stands: the object or list with the most prose.

Prose strings are grouped by the article object they belong to (an object with a headline and an address, date or
author) and by their path below it, list positions left out. So the paragraphs of one story are one group, and the
summaries of a list of other stories are one group each, too small to count. Everything is linear and nothing recurs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from articlex.memo import memo
from articlex.patterns import lazy
from articlex.reading.state import nested
from articlex.reading.state_words import named, split, squeeze

STORY = 400
"""Mass of prose that makes a story."""
_PROSE, _PROSE_UNSPACED = 60, 25
_HOLDERS = 100_000
"""Objects and lists of a state that are looked at, those nearest to its root first."""
TAG = lazy(r"<[^<>]*>")
"""A tag in a string."""
_UNSPACED = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1780-\u17ff]")
_STOP = lazy(r"[.!?…。！？।؟۔։](?:[\s'\"”’»›)\]」』]|$)|[。！？]|[\u0e00-\u0eff\u1780-\u17ff]{12}")
_NO_PROSE = ("http", "{", "[", "/", "data:", "#", ".", "@", "function", "var ", "!function", "import ")
_DIGITS = str.maketrans("", "", "0123456789")
_HEADLINE, _ANCHOR, _HOLDER = 1, 2, 4
_TITLE = 8
"""A headline has at least so many characters."""
_NEAR = 6
_ATTRIBUTES = 200
_FEW = 0.8
"""How much less a single string counts than a list of paragraphs."""


class Story(NamedTuple):
    """A story found in data: the part of the data that holds it, and what else is known of it."""

    content: Any
    """A string, or the innermost list or object that holds all the prose."""
    key: str
    """The key that the prose stands under."""
    article: dict[str, Any]
    """The object that describes the article."""
    root: int
    """Which of the values it was found in."""
    mass: int
    """Its ``prose_mass``."""
    parts: int
    """Strings of prose."""


class _Place(NamedTuple):
    """Where prose stands: the article object (or -1), the path below it, and the key."""

    owner: int
    path: int
    key: str


class _Prose(NamedTuple):
    """A string of prose, the container that holds it, and its characters without tags."""

    holder: int
    text: str
    mass: int


class _Tree:
    """The containers of a JSON value in columns; a parent comes before its children."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.values: list[Any] = []
        self.roots: list[int] = []
        self.parents: list[int] = []
        self.keys: list[str] = []
        self.owners: list[int] = []
        self.paths: list[int] = []
        self.path_ids: dict[tuple[int, str], int] = {}
        self.headed: dict[int, bool] = {}
        self.groups: defaultdict[_Place, list[_Prose]] = defaultdict(list)

    def add(self, value: Any, parent: int, key: str, root: int = 0) -> None:
        """Note a container, once: in revived data several places may hold the same, even in a circle."""
        if id(value) in self.seen:
            return
        self.seen.add(id(value))
        at = len(self.values)
        owner = path = -1
        if parent >= 0:
            root, owner, path = self.roots[parent], self.owners[parent], self.paths[parent]
        if type(value) is dict and describes_article(value):
            owner, path = at, -1
        else:
            path = self.path_ids.setdefault((path, key), len(self.path_ids))
        self.values.append(value)
        self.roots.append(root)
        self.parents.append(parent)
        self.keys.append(key)
        self.owners.append(owner)
        self.paths.append(path)

    def has_headline(self, at: int) -> bool:
        if at not in self.headed:
            value = self.values[at]
            self.headed[at] = type(value) is dict and any(
                item and _flag(key) == _HEADLINE for key, item in value.items()
            )
        return self.headed[at]


def find_story(values: list[Any], titles: list[str], *, is_article: bool = False) -> Story | None:
    """The longest story in these values whose headline agrees with one of the page's titles.

    State is full of other texts: descriptions of products, terms of use, reviews, messages of the program. A page that
    carries its story carries a title of its own, too. Unless the page says that it ``is_article``, the story must have
    a date or an author, and no price.
    """
    wanted = [found for title in titles if (found := set(_words(title)))]
    tree = _grow(values)
    agreed: dict[int, bool] = {-1: False}
    best: _Place | None = None
    most = 0.0
    for place, prose in tree.groups.items():
        mass = sum(text.mass for text in prose)
        weight = mass * (1 if len(prose) > 1 else _FEW)
        if mass < STORY or weight <= most:
            continue
        article = _article(tree, place, prose)
        if article not in agreed:
            said = tree.values[article]
            agreed[article] = _agrees(said, wanted) and (is_article or _is_written(said))
        if agreed[article]:
            best, most = place, weight
    return _story(tree, best) if best else None


def describes_article(value: dict[str, Any]) -> bool:
    """Whether an object says what article it is: a headline, and an address, a date or an author."""
    seen = 0
    for key, item in value.items():
        if not item:
            continue
        flag = _flag(key)
        if flag == _HOLDER:
            if type(item) is dict:
                for inner, part in islice(item.items(), _ATTRIBUTES):
                    seen |= _said(_flag(inner), part)
        elif flag:
            seen |= _said(flag, item)
    return seen == _HEADLINE | _ANCHOR


def _said(flag: int, value: Any) -> int:
    """The flag of a key, if its value can be what the key promises."""
    if flag == _HOLDER or not value:
        return 0
    return 0 if flag == _HEADLINE and isinstance(value, str) and len(value) < _TITLE else flag


def strip_digits(key: str) -> str:
    """A key without its digits: "Paragraph:12" and "Paragraph:13" are one."""
    return key.translate(_DIGITS)


def prose_mass(text: str) -> int:
    """The characters of a text without tags if it is running text, else 0; in scripts without spaces, each twice."""
    if len(text) < _PROSE_UNSPACED or text.startswith(_NO_PROSE):
        return 0
    plain = TAG.sub(" ", text) if "<" in text else text
    size = len(plain.strip())
    unspaced = _UNSPACED.search(plain) is not None
    if unspaced:
        if size < _PROSE_UNSPACED:
            return 0
    elif size < _PROSE or not size < 14 * plain.count(" ") < 14 * size:
        return 0
    code = plain.count("{") + plain.count("}") + plain.count(";") - plain.count("&")
    if 40 * code > size or not _STOP.search(plain):
        return 0
    return 2 * size if unspaced else size


@memo(4_096)
def _flag(key: str) -> int:
    name = squeeze(key)
    if name in named("headline"):
        return _HEADLINE
    if name in named("holder"):
        return _HOLDER
    anchors = (named("address"), named("published"), named("authors"))
    return _ANCHOR if any(name in names for names in anchors) else 0


def _grow(values: list[Any]) -> _Tree:
    tree = _Tree()
    for root, value in enumerate(values):
        tree.add(value, -1, "", root)
    at = 0
    while at < len(tree.values) and at < _HOLDERS:
        value = tree.values[at]
        plain = tree.keys[at]
        for key, item in value.items() if type(value) is dict else ((plain, item) for item in value):
            kind = type(item)
            if kind is str and len(item) >= _PROSE_UNSPACED:
                if item[0] in "[{" and (inner := nested(item)) is not None:
                    tree.add(inner, at, strip_digits(key))
                elif mass := prose_mass(item):
                    place = _Place(tree.owners[at], tree.paths[at], strip_digits(key))
                    tree.groups[place].append(_Prose(at, item, mass))
            elif (kind is dict or kind is list) and item and not split(key) & named("drop_key"):
                tree.add(item, at, strip_digits(key))
        at += 1
    return tree


def _story(tree: _Tree, place: _Place) -> Story:
    prose = tree.groups[place]
    first = prose[0]
    content = first.text if len(prose) == 1 else tree.values[_holder(tree, [text.holder for text in prose])]
    mass = sum(text.mass for text in prose)
    article: dict[str, Any] = tree.values[_article(tree, place, prose)]
    return Story(content, place.key, article, tree.roots[first.holder], mass, len(prose))


def _article(tree: _Tree, place: _Place, prose: list[_Prose]) -> int:
    """The object that describes the article, or else the nearest around the prose that has a headline; -1 if none."""
    if place.owner >= 0:
        return place.owner
    at = prose[0].holder
    for _ in range(_NEAR):
        if at < 0 or tree.has_headline(at):
            break
        at = tree.parents[at]
    else:
        return -1
    return at


def _holder(tree: _Tree, members: list[int]) -> int:
    """The innermost container that holds all of these."""
    counts = [0] * (max(members) + 1)
    for at in members:
        counts[at] += 1
    at = len(counts) - 1
    while counts[at] < len(members):
        counts[tree.parents[at]] += counts[at]
        at -= 1
    return at


def _agrees(article: dict[str, Any], wanted: list[set[str]]) -> bool:
    """Whether a headline of the article shares half its words with a title of the page."""
    return any(
        theirs == ours or (len(theirs & ours) > 2 and 2 * len(theirs & ours) >= min(len(theirs), len(ours)))
        for ours in map(set, map(_words, _headlines(article)))
        for theirs in wanted
    )


def _is_written(article: dict[str, Any]) -> bool:
    """Whether somebody wrote this, at some time, and it is not for sale."""
    keys = {squeeze(key) for key, value in article.items() if value}
    for holder in article.values():
        if type(holder) is dict:
            keys.update(squeeze(key) for key, value in islice(holder.items(), _ATTRIBUTES) if value)
    written = named("published") | named("modified") | named("authors")
    return not keys.isdisjoint(written) and keys.isdisjoint(named("goods"))


def _headlines(article: dict[str, Any]) -> Iterator[str]:
    for key, value in article.items():
        if squeeze(key) in named("headline") or squeeze(key) in named("other_headline"):
            for item in value.values() if isinstance(value, dict) else (value,):
                if isinstance(item, str):
                    yield item[:500]


def _words(text: str) -> list[str]:
    return re.findall(r"[\u3040-\u9fff\uac00-\ud7af]|[^\W_]+", text.lower())
