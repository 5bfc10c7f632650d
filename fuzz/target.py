"""What is fuzzed: bytes -> ``extract`` -> every writer, and back from the record."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import get_args

from articlex import Article, Options, extract
from articlex.options import Focus, Input

URL = "https://post.example/2024/03/04/harbour"
FETCHED = datetime(2024, 3, 5, tzinfo=UTC)


def options_of(choice: int) -> Options:
    """Options by the bits of one byte."""
    return Options(
        input=get_args(Input)[choice % 3],
        focus=get_args(Focus)[choice // 3 % 3],
        comments=bool(choice & 32),
        explain=choice & 72 == 72,
        strip_dateline=bool(choice & 128),
    )


def execute(data: bytes) -> None:
    """One execution; anything raised is a finding. The first byte chooses the options."""
    choice = data[0] if data else 0
    article = extract(data[1:], URL if choice & 16 else None, fetched=FETCHED, options=options_of(choice))
    for write in (article.to_text, article.to_markdown, article.to_html, article.to_schema_org):
        write()
    record = article.to_json()
    if Article.from_dict(json.loads(record.encode())).to_json() != record:
        raise AssertionError("the record does not survive the way through JSON")
