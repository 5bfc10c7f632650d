"""What data say of the article whose story they hold, in the terms of schema.org."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

from articlex.reading.state_words import named, squeeze, words
from articlex.reading.story_find import TAG

_MOST = 30
"""Authors and tags taken at most."""
_LONGEST = 2_000
_EPOCH = range(2 * 10**8, 10**10)
"""Numbers taken as seconds since 1970; a thousand times larger, as milliseconds."""
_DEEPEST = 4


def facts_of(article: dict[str, Any]) -> dict[str, Any]:
    """A schema.org ``NewsArticle`` of what an object of a publisher's own shape says; absent keys are not said."""
    fields = _fields(article)
    image = first_image(fields)
    facts: dict[str, Any] = {
        "headline": _first_text(fields, "headline"),
        "description": _first_text(fields, "standfirst") or _first_text(fields, "description"),
        "author": _authors(fields),
        "datePublished": _moment(fields, "published"),
        "dateModified": _moment(fields, "modified"),
        "articleSection": _first_text(fields, "section"),
        "keywords": _texts(fields, "tags"),
        "image": image,
    }
    return {"@type": "NewsArticle", **{key: value for key, value in facts.items() if value}}


def lead_in(article: dict[str, Any]) -> str:
    """What a page would show above the story: kicker, standfirst and the lead picture, as HTML."""
    fields = _fields(article)
    shown = [
        f'<p class="{kind}">{escape(text)}</p>'
        for kind in ("kicker", "standfirst")
        if (text := _first_text(fields, kind))
    ]
    if image := first_image(fields):
        shown.append(_figure(image))
    return "".join(shown)


def figure(item: dict[str, Any]) -> str:
    """A picture object as HTML; ``""`` when it has no address."""
    image = _image(item)
    return _figure(image) if image else ""


def _figure(image: dict[str, str]) -> str:
    alternative = f' alt="{escape(image["name"])}"' if "name" in image else ""
    caption = f"<figcaption>{escape(image['caption'])}</figcaption>" if "caption" in image else ""
    credit = f'<p class="credit">{escape(image["creditText"])}</p>' if "creditText" in image else ""
    return f'<figure><img src="{escape(image["url"])}"{alternative}>{caption}{credit}</figure>'


def first_image(fields: dict[str, list[Any]]) -> dict[str, str] | None:
    """The article's own picture: url, caption, creditText, name (its alternative text)."""
    for value in _values(fields, "image"):
        if image := _image(value):
            return image
    return None


def _image(value: Any) -> dict[str, str] | None:
    """A picture by its object, a list of objects, or an object a few levels around it."""
    if isinstance(value, str):
        return {"url": value} if _is_address(value) else None
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for item in level[:_MOST]:
            if isinstance(item, dict):
                if image := _described(item):
                    return image
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item[:_MOST])
        level = [item for item in below if isinstance(item, (dict, list))]
    return None


def _described(item: dict[str, Any]) -> dict[str, str] | None:
    fields = _fields(item)
    url = next((text for text in map(_text, _values(fields, "image_url")) if _is_address(text)), "")
    if not url:
        return None
    said = {"url": url, "caption": _first_text(fields, "caption"), "creditText": _credit(fields)}
    said["name"] = _first_text(fields, "alternative")
    return {key: value for key, value in said.items() if value}


def _credit(fields: dict[str, list[Any]]) -> str:
    for value in _values(fields, "credit"):
        names = [author["name"] for author in _people(value)]
        if names:
            return ", ".join(names)
    return ""


def _is_address(text: str) -> bool:
    return 6 < len(text) < _LONGEST and "/" in text and " " not in text.strip() and not text.startswith("data:")


def _fields(article: dict[str, Any]) -> dict[str, list[Any]]:
    """The values of an object by squeezed key, then those of the holders in it ("metadata", "taxonomy")."""
    fields: dict[str, list[Any]] = {}
    holders = [value for key, value in article.items() if squeeze(key) in named("holder") and isinstance(value, dict)]
    for holder in (article, *holders):
        for key, value in holder.items():
            if value is not None and value not in ("", []):
                fields.setdefault(squeeze(key), []).append(value)
    return fields


def _values(fields: dict[str, list[Any]], kind: str) -> Iterator[Any]:
    for name in words(kind):
        yield from fields.get(name, ())


def _first_text(fields: dict[str, list[Any]], kind: str) -> str:
    return next((text for text in map(_text, _values(fields, kind)) if text), "")


def _text(value: Any) -> str:
    """A string, or the plainest string of an object: ``{"basic": ...}``, ``{"rendered": ...}``, ``{"name": ...}``."""
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            by_name = {squeeze(key): part for key, part in value.items()}
            value = next((by_name[name] for name in words("plain") if by_name.get(name)), None)
        else:
            break
    if not isinstance(value, str) or len(value) >= _LONGEST:
        return ""
    text = TAG.sub(" ", unescape(value)) if "<" in value or "&" in value else value
    return " ".join(text.split()).encode("utf-8", "ignore").decode()


def _authors(fields: dict[str, list[Any]]) -> list[dict[str, str]]:
    for value in _values(fields, "authors"):
        if people := list(_people(value)):
            return people
    return []


def _people(value: Any) -> Iterator[dict[str, str]]:
    """The people (or bodies) that a string, an object or a list names."""
    level = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for item in level[:_MOST]:
            if isinstance(item, str):
                if text := _text(item):
                    yield {"@type": "Person", "name": text}
            elif isinstance(item, list):
                below.extend(item)
            elif isinstance(item, dict):
                if person := _person(item):
                    yield person
                else:
                    below.extend(part for part in item.values() if isinstance(part, (dict, list)))
        level = below


def _person(item: dict[str, Any]) -> dict[str, str] | None:
    fields = _fields(item)
    name = _first_text(fields, "name")
    if not name:
        parts = [_first_text(fields, kind) for kind in ("first_name", "last_name")]
        name = " ".join(part for part in parts if part)
    role = _first_text(fields, "role")
    person = {"@type": "Person", "name": name, "jobTitle": role}
    return {key: text for key, text in person.items() if text} if name else None


def _texts(fields: dict[str, list[Any]], kind: str) -> list[str]:
    for value in _values(fields, kind):
        items = value if isinstance(value, list) else [value]
        if texts := [text for text in map(_text, items[:_MOST]) if text]:
            return texts
    return []


def _moment(fields: dict[str, list[Any]], kind: str) -> str:
    """A date as printed, or ISO 8601 in UTC for seconds or milliseconds since 1970."""
    for value in _values(fields, kind):
        text = _text(value)
        number = float(text) if text.isdecimal() and len(text) < 20 else value
        if isinstance(number, (int, float)) and 0 < number < 10**15:
            seconds = int(number) if number in _EPOCH else int(number / 1000)
            if seconds in _EPOCH:
                return datetime.fromtimestamp(seconds, UTC).isoformat()
        elif any(character.isdigit() for character in text):
            return text
    return ""
