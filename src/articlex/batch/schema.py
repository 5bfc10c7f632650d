"""The Arrow schema of Parquet output. ``docs/batch.md`` documents it; within a version columns are only added.

Differences to the JSON record: instants beside the printed times, so that rows can be sorted and compared; evidence
as a list, since Parquet has no free keys.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from articlex.archives.streams import need
from articlex.article import Article
from articlex.version import VERSION

SCHEMA_VERSION = "1"
"""Raised when a column is renamed, retyped or dropped."""
_INSTANTS = ("published", "modified")


def arrow_row(record: dict[str, Any], article: Article) -> dict[str, Any]:
    """A record as a row of ``schema()``."""
    row = dict(record)
    row["fetched_at"] = _utc(datetime.fromisoformat(row["fetched"])) if row["fetched"] else None
    for name in _INSTANTS:
        value = getattr(article, name)
        row[f"{name}_at"] = _utc(value)
        row[f"{name}_precision"] = _precision(value)
    evidence = record["evidence"]
    row["evidence"] = [{"field": name, **evidence[name]} for name in evidence]
    row["removed"] = [
        {**removal, "facts": [{"name": name, "value": value} for name, value in removal["facts"]]}
        for removal in record["removed"]
    ]
    return row


def schema(fields: tuple[str, ...] = ()) -> Any:
    """The ``pyarrow.Schema`` of the columns ``fields``, by default of all. Raises ``ValueError`` for an unknown one."""
    pa = need("pyarrow", "writing Parquet")
    columns = dict(_columns(pa))
    for name in fields:
        if name not in columns:
            raise ValueError(f"no column {name}: there are {', '.join(columns)}")
    chosen = [(name, columns[name]) for name in fields or columns]
    metadata = {"articlex.schema_version": SCHEMA_VERSION, "articlex.version": VERSION}
    return pa.schema(chosen, metadata=metadata)


def table(lines: bytes, fields: tuple[str, ...] = ()) -> Any:
    """Lines of JSON, one a row, as a ``pyarrow.Table``."""
    pa, json = need("pyarrow", "writing Parquet"), need("pyarrow.json", "writing Parquet")
    wanted = schema(fields)
    if not lines:
        return wanted.empty_table()
    return json.read_json(
        pa.BufferReader(lines),
        read_options=json.ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=json.ParseOptions(explicit_schema=wanted, unexpected_field_behavior="ignore"),
    ).cast(wanted)


def _columns(pa: Any) -> list[tuple[str, Any]]:
    text, texts, number, flag = pa.string(), pa.list_(pa.string()), pa.float64(), pa.bool_()
    instant = pa.timestamp("us", "UTC")

    def records(**fields: Any) -> Any:
        return pa.list_(pa.struct(list(fields.items())))

    blocks = records(kind=text, text=text, level=pa.int32(), ordered=flag, cells=texts, score=number, place=text)
    return [
        ("url", text), ("source", text), ("position", pa.int64()), ("record", text),
        ("fetched", text), ("fetched_at", instant),
        ("status", text), ("confidence", number), ("reasons", texts),
        ("title", text), ("kicker", text), ("standfirst", text),
        ("bylines", records(name=text, kind=text, role=text, raw=text)), ("authors", texts),
        ("dateline", pa.struct([("place", text), ("agency", text), ("date", text), ("raw", text)])),
        ("published", text), ("published_at", instant), ("published_precision", text),
        ("modified", text), ("modified_at", instant), ("modified_precision", text),
        ("section", text), ("tags", texts), ("language", text), ("description", text),
        ("site_name", text), ("canonical_url", text),
        ("images", records(url=text, alt=text, caption=text, credit=text, lead=flag)),
        ("text", text), ("body", blocks), ("credits", texts), ("comments", blocks),
        ("evidence", records(field=text, source=text, raw=text, place=text, agreeing=texts)),
        ("removed", records(text=text, role=text, reason=text, place=text, score=number,
                            facts=records(name=text, value=number))),
        ("version", text),
    ]  # fmt: skip


def _utc(value: datetime | date | None) -> str | None:
    """The instant in UTC as Arrow reads it; a time without a zone, or a day, is taken as UTC (see the precision)."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        return f"{value.isoformat()}T00:00:00"
    if value.tzinfo:
        try:
            value = value.astimezone(UTC)
        except OverflowError:  # the first and the last day of the calendar
            return None
    return value.replace(tzinfo=None).isoformat()


def _precision(value: datetime | date | None) -> str | None:
    """How exact a time is: "zone" for an instant, "time" where its zone is unknown, "day" for a day."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        return "day"
    return "zone" if value.tzinfo else "time"
