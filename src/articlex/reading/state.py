"""The JSON values that scripts hold: data blocks, assignments, ``JSON.parse("...")``, Nuxt's and Next's own formats.

Nothing is evaluated. What is no JSON is passed over; a broken script loses itself and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from articlex.patterns import lazy

_START = lazy(r"""[=(]\s{0,40}(?:(?=[{\[]\s{0,40}["{\[\]}\d])|(?="[{\[]\s{0,40}\\")|(?='[{\[]\s{0,40}"))""")
"""Where JSON may begin in JavaScript: an object or array, or a string that holds one."""
_TRIES = 200
"""Places of a script that are looked at: each failure costs a walk over the script so far."""
_QUOTED = lazy(r"'((?:[^'\\]|\\.)*+)'", re.DOTALL)
_ESCAPED = lazy(r"\\(x[0-9a-fA-F]{2}|.)", re.DOTALL)
_NO_JSON = lazy(r'(?<=[:,\[])(?:undefined|void 0|!0|!1|new Date\(("[^"\\]{0,40}")\))(?=[,}\]])')
"""What serializers of JavaScript leave in."""
_JSON_ESCAPES = frozenset('"\\/bfnrtu')
_ROW = lazy(r"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_MOST_ROWS = 50_000
_FLIGHT = "__next_f.push("
_REVIVED = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef"})
_ROOT = "ROOT_QUERY"
_decoder = json.JSONDecoder(strict=False)


class State(NamedTuple):
    """The JSON values that scripts hold."""

    values: list[Any]
    scripts: list[str]
    """For each value the script it is from (the first, where several make up one)."""
    limited: bool
    """Whether something was left out because it exceeds the limit."""


def read_state(scripts: Iterable[str], budget: int) -> State:
    """The values of scripts of ``budget`` characters in all."""
    state = State([], [], False)
    flight: list[str] = []
    flown = ""
    for script in scripts:
        if len(script) > budget:
            state = state._replace(limited=True)
            continue
        budget -= len(script)
        found = list(_values_of(script))
        if _FLIGHT in script:
            flown = flown or script
            flight.extend(
                item[1] for item in found if isinstance(item, list) and len(item) == 2 and isinstance(item[1], str)
            )
        else:
            state.values.extend(_joined(_hydrated(value)) for value in found)
            state.scripts.extend([script] * len(found))
    if flight:
        state.values.append(_rows("".join(flight)))
        state.scripts.append(flown)
    return state


def nested(text: str) -> Any:
    """The value of a string that is JSON itself, else ``None``."""
    try:
        value = _decoder.decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) else None


def _values_of(script: str) -> Iterator[Any]:
    value = nested(script)
    if value is not None:
        yield value
        return
    script = _NO_JSON.sub(lambda match: match[1] or "null", script)
    at = 0
    for _ in range(_TRIES):
        match = _START.search(script, at)
        if match is None:
            break
        try:
            value, at = _decode(script, match.end())
        except (ValueError, RecursionError):
            at = match.end()
            continue
        if isinstance(value, str):
            value = nested(value)
        if value:
            yield value


def _decode(script: str, at: int) -> tuple[Any, int]:
    if script[at] != "'":
        return _decoder.raw_decode(script, at)
    match = _QUOTED.match(script, at)
    if match is None:
        raise ValueError("a string without an end")
    return _decoder.raw_decode('"' + _ESCAPED.sub(_as_json, match[1].replace('"', '\\"')) + '"')[0], match.end()


def _as_json(match: re.Match[str]) -> str:
    """A JavaScript escape as JSON has it."""
    escaped = match[1]
    if len(escaped) == 3:
        return f"\\u00{escaped[1:]}"
    return f"\\{escaped}" if escaped in _JSON_ESCAPES else escaped


def _hydrated(value: Any) -> Any:
    """Nuxt 3 writes one flat array in which objects and arrays hold the positions of their members."""
    if not _is_flat(value):
        return value
    made: list[Any] = [{} if type(item) is dict else [] if type(item) is list else item for item in value]
    size = len(value)
    for item, into in zip(value, made, strict=True):
        if type(item) is dict:
            into.update((key, made[at]) for key, at in item.items() if type(at) is int and 0 <= at < size)
        elif type(item) is list:
            members = item[1:2] if item and type(item[0]) is str else item
            into.extend(made[at] for at in members if type(at) is int and 0 <= at < size)
    return made[0]


def _is_flat(value: Any) -> bool:
    if type(value) is not list or len(value) < 4:
        return False
    root = value[0]
    if type(root) is list:
        return len(root) == 2 and type(root[0]) is str and root[0] in _REVIVED and type(root[1]) is int
    return type(root) is dict and bool(root) and all(type(at) is int for at in root.values())


def _joined(value: Any) -> Any:
    """Apollo keeps every object under its key in one cache, and references where it belongs: put it back there."""
    if type(value) is not dict:
        return value
    caches = [cache for cache in (value, *value.values()) if type(cache) is dict and type(cache.get(_ROOT)) is dict]
    for cache in caches:
        _dereference(cache)
    return [cache[_ROOT] for cache in caches] or value


def _dereference(cache: dict[str, Any]) -> None:
    def entry_of(item: Any) -> Any:
        if type(item) is not dict:
            return None
        key = item.get("__ref", item.get("id") if item.get("type") == "id" else None)
        return cache.get(key) if type(key) is str else None

    _put_back(cache, entry_of)


def _rows(stream: str) -> list[Any]:
    """The rows of a React flight stream: ``id:JSON`` lines, and ``id:T<bytes in hex>,`` texts others point to."""
    data = stream.encode("utf-8", "replace")
    values: list[Any] = []
    texts: dict[str, str] = {}
    at = 0
    for _ in range(_MOST_ROWS):
        if at >= len(data):
            break
        match = _ROW.match(data[at : at + 24].decode("latin-1"))
        if match and match[2]:
            start = at + match.end()
            at = start + int(match[2], 16)
            texts["$" + match[1]] = data[start:at].decode("utf-8", "replace")
            continue
        stop = data.find(b"\n", at)
        stop = len(data) if stop < 0 else stop
        if match and data[at + match.end() : at + match.end() + 1] in (b"[", b"{"):
            value = nested(data[at + match.end() : stop].decode("utf-8", "replace"))
            if value is not None:
                values.append(value)
        at = stop + 1
    if texts:
        _put_back(values, lambda item: texts.get(item) if type(item) is str else None)
    return values


def _put_back(values: Any, referred: Callable[[Any], Any]) -> None:
    """Put what references refer to in their place."""
    stack: list[Any] = [values]
    while stack:
        holder = stack.pop()
        for key, item in holder.items() if type(holder) is dict else enumerate(holder):
            target = referred(item)
            if target is not None:
                holder[key] = target
            elif type(item) is dict or type(item) is list:
                stack.append(item)
