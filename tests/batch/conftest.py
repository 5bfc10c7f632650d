"""What the tests of batch jobs share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articlex.batch import Settings, Summary, run

from . import makers


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl"
    path.write_bytes(makers.warc(makers.response(number) for number in range(60)))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of text pages, some replaced by ``number=text``."""

    def make(count: int, **special: str) -> Path:
        path = tmp_path / "pages"
        path.mkdir()
        for number in range(count):
            text = special.get(f"p{number}", makers.text_page(number))
            (path / f"{number:05d}.txt").write_text(text)
        return path

    return make


@pytest.fixture
def job(tmp_path: Path) -> Callable[..., Summary]:
    """Runs a job into ``tmp_path/name``, quick settings first."""

    def start(source: Path | str, name: str = "out.jsonl", **options: Any) -> Summary:
        arguments = {key: options.pop(key) for key in ("existing", "report", "progress") if key in options}
        settings = Settings(**{"jobs": 1, "learn_sites": False, **options})
        summary = run([source], tmp_path / name, settings, **arguments)
        assert summary.pages == summary.records + summary.rejects
        rejects = lines(tmp_path / f"{name}.rejects.jsonl")
        assert len(rejects) == summary.rejects
        assert not (tmp_path / f"{name}.partial").exists()
        return summary

    return start


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]
