"""Tables of pages: JSON Lines and Parquet, with chosen or guessed columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Literal

from articlex.archives.page import RawPage, parse_time
from articlex.archives.streams import need

_CONTENT = ("html", "text", "content", "raw_html", "raw_content", "raw_text", "body", "document", "page", "markup")
_URL = ("url", "uri", "link", "source_url", "page_url", "target_uri", "warc_target_uri", "WARC-Target-URI")
_ID = ("id", "_id", "doc_id", "docid", "record_id", "warc_record_id", "WARC-Record-ID", "uuid")
_FETCHED = ("fetched", "fetched_at", "fetch_time", "crawled", "crawl_date", "crawl_timestamp", "warc_date", "WARC-Date")
_INPUTS: dict[str, Literal["auto", "html", "text"]] = {"html": "html", "raw_html": "html", "markup": "html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that hold the page, its URL, its id and when it was fetched; ``None``: guessed by their names."""

    content: str | None = None
    url: str | None = None
    id: str | None = None
    fetched: str | None = None

    def choose(self, names: Iterable[str]) -> Columns:
        """The columns to read, of those that are there: the chosen one, else the first of the usual names."""
        names = list(names)

        def pick(chosen: str | None, usual: tuple[str, ...]) -> str | None:
            return chosen or next((name for name in usual if name in names), None)

        return Columns(
            content=pick(self.content, _CONTENT),
            url=pick(self.url, _URL),
            id=pick(self.id, _ID),
            fetched=pick(self.fetched, _FETCHED),
        )


def jsonl_pages(file: IO[bytes], source: str, limit: int, columns: Columns) -> Iterator[RawPage]:
    """A page for each line; ``position`` is the line's number from 0. A line that is no JSON object is rejected."""
    longest = 8 * limit  # escapes may make six characters of one
    number = -1
    while line := file.readline(longest):
        if not line.strip():
            continue
        number += 1
        if len(line) >= longest:
            _skip_line(file)
            yield RawPage(b"", source, number, rejected=("too_large", f"a line of over {longest} bytes"))
            continue
        try:
            row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError) as error:
            yield RawPage(b"", source, number, rejected=("corrupt", f"no JSON: {error}"[:300]))
            continue
        if isinstance(row, dict):
            yield row_page(row, columns.choose(row), source, number)
        else:
            yield RawPage(b"", source, number, rejected=("corrupt", "the line is no JSON object"))


def parquet_pages(file: IO[bytes], source: str, columns: Columns) -> Iterator[RawPage]:
    """A page for each row; only the columns that matter are read."""
    parquet = need("pyarrow.parquet", "reading Parquet")
    table = parquet.ParquetFile(file, pre_buffer=False)  # else it keeps all row groups it has read
    chosen = columns.choose(table.schema_arrow.names)
    if chosen.content not in table.schema_arrow.names:
        detail = f"none of the columns {', '.join(table.schema_arrow.names)} is known to hold a page: name it"
        yield RawPage(b"", source, 0, rejected=("no_content", detail[:300]))
        return
    wanted = [name for name in (chosen.content, chosen.url, chosen.id, chosen.fetched) if name]
    number = 0
    for batch in table.iter_batches(batch_size=64, columns=wanted, use_threads=False):
        for row in batch.to_pylist():
            yield row_page(row, chosen, source, number)
            number += 1


def row_page(row: Mapping[str, Any], columns: Columns, source: str, number: int) -> RawPage:
    """One row as a page."""
    content = row.get(columns.content) if columns.content else None
    page = RawPage(
        content if isinstance(content, bytes | str) else b"",
        source,
        number,
        record=_text(row.get(columns.id)) if columns.id else None,
        url=_text(row.get(columns.url)) if columns.url else None,
        fetched=parse_time(row.get(columns.fetched)) if columns.fetched else None,
        input=_INPUTS.get(columns.content or "", "auto"),
    )
    if page.data:
        return page
    detail = f"{columns.content} is empty" if columns.content else "none of the usual columns is there: name it"
    return page._replace(data=b"", rejected=("no_content", detail))


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "") else None


def _skip_line(file: IO[bytes]) -> None:
    while (part := file.readline(2**20)) and not part.endswith(b"\n"):
        pass
