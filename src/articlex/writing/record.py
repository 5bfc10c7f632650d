"""The record as JSON-safe values and back: ``from_dict(to_dict(article)) == article``, also through JSON text.

Both directions follow the dataclasses of ``articlex.article``: a field that is added there is written and read here
without a change.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from articlex.article import Article

Record = TypeVar("Record")
Reader = Callable[[object, str], Any]

DERIVED = ("authors", "paragraphs", "text")
"""Keys that ``to_dict`` adds for the reader's comfort; ``from_dict`` ignores them, as any key it does not know."""


def to_dict(article: Article) -> dict[str, Any]:
    """The fields in the order of the dataclass, then ``DERIVED``: only dict, list, str, float, int, bool and None.

    Numbers are written exactly as they are, so that the way back is exact. A lone surrogate, which no UTF-8 file can
    hold, becomes U+FFFD.
    """
    record: dict[str, Any] = _plain(article)
    record["authors"] = [byline["name"] for byline in record["bylines"]]
    record["paragraphs"] = [block["text"] for block in record["body"]]
    record["text"] = "\n\n".join(record["paragraphs"])
    return record


def to_json(article: Article, *, indent: int | None = None) -> str:
    """``to_dict`` as JSON text, not escaped to ASCII."""
    return json.dumps(to_dict(article), ensure_ascii=False, indent=indent)


def from_dict(cls: type[Record], record: Mapping[str, Any]) -> Record:
    """An object of dataclass ``cls`` from what ``to_dict`` made of one.

    A missing key takes the field's default. Raises ``ValueError`` that names the key, such as ``body[3].level``, for
    a value of the wrong shape and for a missing key without a default.
    """
    kind: Any = cls
    value: Record = _reader(kind)(record, "")
    return value


def encodable(text: str) -> str:
    """``text`` with its surrogates paired, and those without a partner replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {encodable(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    return value.isoformat() if isinstance(value, date) else value


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


@cache
def _reader(hint: Any) -> Reader:
    """The function that reads a value of the type ``hint``; the types are those that ``articlex.article`` uses."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if is_dataclass(hint):
        return _part_reader(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _choice_reader(arguments)
    if origin is tuple:
        return _list_reader(arguments[0]) if arguments[-1] is Ellipsis else _fixed_reader(arguments)
    if origin is Mapping:
        return _mapping_reader(arguments[1])
    if origin is types.UnionType and arguments[-1] is types.NoneType:
        return _optional_reader(arguments[0])
    raise TypeError(f"articlex.writing.record cannot read values of type {hint!r}")


def _part_reader(cls: Any) -> Reader:
    hints = get_type_hints(cls)
    readers = {field.name: _reader(hints[field.name]) for field in fields(cls)}
    required = [field.name for field in fields(cls) if not _has_default(field)]

    def read(value: object, key: str) -> Any:
        if not isinstance(value, Mapping):
            _refuse(key, "an object", value)
        for name in required:
            if name not in value:
                raise ValueError(f"{_join(key, name)}: missing")
        return cls(**{name: read_(value[name], _join(key, name)) for name, read_ in readers.items() if name in value})

    return read


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _choice_reader(choices: tuple[str, ...]) -> Reader:
    def read(value: object, key: str) -> object:
        return (
            value
            if isinstance(value, str) and value in choices
            else _refuse(key, "one of " + ", ".join(choices), value)
        )

    return read


def _list_reader(item: Any) -> Reader:
    read_item = _reader(item)

    def read(value: object, key: str) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            _refuse(key, "a list", value)
        return tuple(read_item(each, f"{key}[{number}]") for number, each in enumerate(value))

    return read


def _fixed_reader(items: tuple[Any, ...]) -> Reader:
    readers = [_reader(item) for item in items]

    def read(value: object, key: str) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != len(readers):
            _refuse(key, f"a list of {len(readers)}", value)
        return tuple(
            read_item(each, f"{key}[{number}]")
            for number, (read_item, each) in enumerate(zip(readers, value, strict=True))
        )

    return read


def _mapping_reader(item: Any) -> Reader:
    read_item = _reader(item)

    def read(value: object, key: str) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            _refuse(key, "an object", value)
        return {name: read_item(each, _join(key, name)) for name, each in value.items()}

    return read


def _optional_reader(hint: Any) -> Reader:
    read_some = _reader(hint)

    def read(value: object, key: str) -> Any:
        return None if value is None else read_some(value, key)

    return read


def _read_text(value: object, key: str) -> str:
    return value if isinstance(value, str) else _refuse(key, "a string", value)


def _read_whole(value: object, key: str) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else _refuse(key, "a whole number", value)


def _read_number(value: object, key: str) -> float:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if number else _refuse(key, "a number", value)  # type: ignore[arg-type]


def _read_truth(value: object, key: str) -> bool:
    return value if isinstance(value, bool) else _refuse(key, "true or false", value)


def _read_moment(value: object, key: str) -> date:
    """A day where the string has only the day ("2015-10-29"), else a datetime, with its zone where it has one."""
    if not isinstance(value, str):
        _refuse(key, "an ISO 8601 string", value)
    try:
        return date.fromisoformat(value) if len(value) == len("2015-10-29") else datetime.fromisoformat(value)
    except ValueError:
        _refuse(key, "an ISO 8601 date or time", value)


_SIMPLE: Mapping[Any, Reader] = {
    str: _read_text,
    bool: _read_truth,
    int: _read_whole,
    float: _read_number,
    date | None: lambda value, key: None if value is None else _read_moment(value, key),
    datetime | date | None: lambda value, key: None if value is None else _read_moment(value, key),
}


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _refuse(key: str, expected: str, value: object) -> NoReturn:
    shown = repr(value)
    raise ValueError(f"{key or 'record'}: expected {expected}, not {shown if len(shown) <= 60 else shown[:57] + '...'}")
