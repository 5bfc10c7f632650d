"""Coverage-guided fuzzing: bytes -> extract -> every writer, and back from the record.

    python -m pip install atheris
    python fuzz/fuzz_extract.py fuzz/corpus fixtures -runs=100000 -max_len=20000 -timeout=10

The first byte chooses the options. Exit status and the file ``crash-...`` or ``timeout-...`` are libFuzzer's. Seeds are
the invented fixtures; what a campaign finds becomes a test in ``tests/robust``.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import get_args

import atheris

with atheris.instrument_imports(include=["articlex"]):
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
        explain=bool(choice & 64),
        strip_dateline=bool(choice & 128),
    )


def test_one_input(data: bytes) -> None:
    """One execution; anything raised is a finding."""
    choice = data[0] if data else 0
    article = extract(data[1:], URL if choice & 16 else None, fetched=FETCHED, options=options_of(choice))
    for write in (article.to_json, article.to_markdown, article.to_html, article.to_schema_org):
        write()
    again = Article.from_dict(article.to_dict())
    if again.to_dict() != article.to_dict():
        raise AssertionError("the record does not survive the way through its dictionary")


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()
