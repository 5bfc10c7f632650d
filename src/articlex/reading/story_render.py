"""The body of a story found in data, as HTML.

Publishers' rich text is a tree of objects that name their type ("paragraph", "ParagraphBlock", "core/heading",
"h2") under one key and hold their text, their parts or ready HTML under others. Objects whose type is no part of the
running text (promotion, newsletter, embedded posts) are left out, and so are other stories inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from itertools import islice
from typing import Any, Literal, NamedTuple

from articlex.patterns import lazy
from articlex.reading.state_words import named, split, squeeze, words
from articlex.reading.story_facts import figure
from articlex.reading.story_find import TAG, Story, describes_article, strip_digits

_MARKUP = lazy(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_BLOCK = lazy(r"\s*<(?:p|div|h[1-6]|[uo]l|blockquote|figure|table|section|article|aside|pre)\b", re.IGNORECASE)
_HEADING = lazy(r"\s*<h[1-6]\b", re.IGNORECASE)
_ESCAPED_TAG = lazy(r"&lt;(?:p|br|div|h[1-6])\b", re.IGNORECASE)
_BLANK_LINES = lazy(r"\n[ \t\r]*\n\s*")
_LEVEL = lazy(r"(?:h|heading|header)?([1-6])(?:block)?")
_ATTRIBUTES = 50
_MOST = 50_000
"""Objects and lists of a story that are looked at."""

Mode = Literal["blocks", "run", "list", "done"]
"""What a string becomes: paragraphs, a run of text, a list item; or it is HTML already."""
Role = Literal["drop", "figure", "heading", "item", "list", "quote", "inline", "paragraph", "text", ""]
_ROLES: tuple[tuple[str, Role], ...] = (
    ("drop_type", "drop"), ("image_type", "figure"), ("heading_type", "heading"), ("item_type", "item"),
    ("list_type", "list"), ("quote_type", "quote"), ("inline_type", "inline"), ("paragraph_type", "paragraph"),
    ("block_type", "text"),
)  # fmt: skip
_TAGS: dict[Role, str] = {"item": "li", "quote": "blockquote", "paragraph": "p"}


class Task(NamedTuple):
    """Something to render, and the key it stands under."""

    value: Any
    key: str
    mode: Mode


def render(story: Story) -> str:
    """The story as HTML: paragraphs, headings, lists, quotations and figures in the order of the data."""
    out: list[str] = []
    tasks = [Task(story.content, story.key, "blocks")]
    seen: dict[int, Any] = {}
    while tasks:
        value, key, mode = tasks.pop()
        if isinstance(value, str):
            out.append(_STRINGS[mode](value))
        elif len(seen) < _MOST and id(value) not in seen:  # data may be shared, even hold themselves
            seen[id(value)] = value  # keeps it alive, and so its id its own
            parts = _of_object(value, mode, story) if isinstance(value, dict) else _of_list(value, key, mode, story)
            tasks.extend(reversed(list(parts)))
    return "".join(out)


def blocks_of(text: str) -> str:
    """A string as paragraphs: HTML as it is, plain text by its blank lines or, if it has none, its line ends."""
    if "<" not in text and _ESCAPED_TAG.search(text):
        text = unescape(text)
    if _BLOCK.match(text):
        return text
    if not _MARKUP.search(text):
        text = escape(text, quote=False)
    parts = _BLANK_LINES.split(text.strip())
    if len(parts) == 1 and "<" not in text:
        parts = text.splitlines()
    return "".join(f"<p>{part}</p>" for part in parts if part.strip())


def run_of(text: str) -> str:
    """A string within running text."""
    return text if _MARKUP.search(text) else escape(text, quote=False)


def item_of(text: str) -> str:
    """A string as an item of a list."""
    return f"<li>{run_of(text)}</li>"


_STRINGS: dict[Mode, Callable[[str], str]] = {"blocks": blocks_of, "run": run_of, "list": item_of, "done": str}


def kinds_of(item: dict[str, Any]) -> frozenset[str]:
    """The words of all that an object says of its type."""
    kinds: frozenset[str] = frozenset()
    for key, value in item.items():
        if isinstance(value, str):
            name = squeeze(key)
            if name in named("item_type"):
                kinds |= split(value) | {name}
            elif name in named("type") and (name != "name" or "/" in value):
                kinds |= split(value)
    return kinds


def _role_of(kinds: frozenset[str], mode: Mode) -> Role:
    role: Role = next((role for name, role in _ROLES if not kinds.isdisjoint(named(name))), "")
    if mode == "list" and role in ("text", "paragraph", "inline"):
        return "item"
    if role == "text":
        return "inline" if mode == "run" else "paragraph"
    return role


def _of_list(items: list[Any], key: str, mode: Mode, story: Story) -> Iterator[Task]:
    if len(items) > 3 and items[0] == "$" and isinstance(items[1], str) and isinstance(items[3], dict):
        element = {"type": items[1], "children": items[3].get("children")}  # React, serialized
        yield Task(element, key, mode)
        return
    texts = key == story.key or squeeze(key) in named("text")
    for item in items:
        if isinstance(item, (dict, list)) or (texts and isinstance(item, str)):
            yield Task(item, key, mode)


def _of_object(item: dict[str, Any], mode: Mode, story: Story) -> Iterable[Task]:
    kinds = kinds_of(item)
    role = _role_of(kinds, mode)
    if item is not story.content and (role == "drop" or describes_article(item)):
        return ()
    if role == "figure":
        return (Task(figure(item), "", "done"),)
    parts = list(_members(item, story, typed=bool(role)))
    if role == "heading":
        return _heading(_level(item, kinds), parts)
    if role == "list" or (role == "item" and mode != "list"):
        return _listed("ol" if _is_ordered(item, kinds) else "ul", role, parts)
    return _running(role, mode, parts)


def _running(role: Role, mode: Mode, parts: list[tuple[str, Any]]) -> Iterable[Task]:
    text = _only(parts)
    if role == "paragraph" and text is not None and mode != "run":
        return (Task(text, "", "blocks"),)
    if role in _TAGS or (mode == "list" and text is not None):
        return _wrapped(_TAGS.get(role, "li"), parts, "run")
    return [Task(part, key, "run" if role == "inline" else mode) for key, part in parts]


def _wrapped(tag: str, parts: list[tuple[str, Any]], mode: Mode) -> Iterator[Task]:
    yield Task(f"<{tag}>", "", "done")
    for key, part in parts:
        yield Task(part, key, mode)
    yield Task(f"</{tag}>", "", "done")


def _only(parts: list[tuple[str, Any]]) -> str | None:
    """The text of an object that has nothing else."""
    return parts[0][1] if len(parts) == 1 and isinstance(parts[0][1], str) else None


def _listed(tag: str, role: Role, parts: list[tuple[str, Any]]) -> Iterator[Task]:
    """A list, or an item of a flat format that has no lists around its items."""
    if role == "list":
        yield from _wrapped(tag, parts, "list")
        return
    yield Task(f"<{tag}>", "", "done")
    yield from _wrapped("li", parts, "run")
    yield Task(f"</{tag}>", "", "done")


def _heading(level: int, parts: list[tuple[str, Any]]) -> Iterable[Task]:
    text = _only(parts)
    if text is None:
        return _wrapped(f"h{level}", parts, "run")
    markup = text if _HEADING.match(text) else f"<h{level}>{run_of(TAG.sub('', text))}</h{level}>"
    return (Task(markup, "", "done"),)


def _members(item: dict[str, Any], story: Story, *, typed: bool) -> Iterator[tuple[str, Any]]:
    """What of an object is to be rendered: its text and lists of items, or else every object and list in it.

    Where a text stands beside its own parts (links, bold runs), these would only repeat it. An object of no type
    speaks only through the key that the story's prose has.
    """
    own = next((key for key in _text_keys(item, story, typed=typed) if item[key] and isinstance(item[key], str)), None)
    if own is not None:
        yield own, item[own]
    for key, value in item.items():
        if not isinstance(value, (dict, list)) or split(key) & named("drop_key"):
            continue
        if own is None or squeeze(key) in named("items"):
            yield key, value


def _text_keys(item: dict[str, Any], story: Story, *, typed: bool) -> list[str]:
    """The keys of an object that may hold its text, the best first."""
    keys = [key for key in item if strip_digits(key) == story.key]
    if typed:
        ranks = {name: rank for rank, name in enumerate(words("text"))}
        keys.extend(sorted((key for key in item if squeeze(key) in ranks), key=lambda key: ranks[squeeze(key)]))
    return keys


def _level(item: dict[str, Any], kinds: frozenset[str]) -> int:
    """The level of a heading, 2 where nothing is said."""
    for kind in kinds:
        if match := _LEVEL.fullmatch(kind):
            return int(match[1])
    for number, word in enumerate(words("numbers"), start=1):
        if word in kinds:
            return number
    for key, value in _near(item):
        if squeeze(key) in named("level") and (match := _LEVEL.fullmatch(str(value))):
            return int(match[1])
    return 2


def _is_ordered(item: dict[str, Any], kinds: frozenset[str]) -> bool:
    return bool(kinds & named("ordered")) or any(
        value is True if squeeze(key) in named("ordered") else isinstance(value, str) and value in named("ordered")
        for key, value in _near(item)
    )


def _near(item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The members of an object and of the objects right in it, where some formats keep attributes."""
    for holder in (item, *(value for value in item.values() if isinstance(value, dict))):
        yield from islice(holder.items(), _ATTRIBUTES)
