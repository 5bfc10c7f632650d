"""The command: what it says, what it returns, what it shows."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articlex.archives import Inventory
from articlex.batch.intake import Intake
from articlex.batch.messages import Facts, Outcome
from articlex.batch.progress import Lines, Progress, share, size, span
from articlex.batch.report import report_html
from articlex.batch.settings import Settings
from articlex.batch.tally import Tally, class_start, length_class
from articlex.cli import main

from . import makers
from .conftest import lines
from .test_faults import environment


@pytest.fixture
def pages(folder) -> Path:
    return folder(12)


def test_a_first_batch(pages, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["batch", str(pages), "-o", str(out), "-j", "1"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "12 pages = 12 records + 0 rejects, in " in said.err
    assert re.search(r"^learning the sites: 12 files, \d+\.\d kB$", said.err, re.MULTILINE)
    assert len(lines(out)) == 12
    assert main(["batch", str(pages), "-o", str(out)]) == 2
    assert "replace it with --overwrite" in capsys.readouterr().err
    assert main(["batch", str(pages), "-o", str(out), "--resume"]) == 0


def test_quiet_is_quiet(pages, tmp_path, capsys):
    assert main(["batch", str(pages), "-o", str(tmp_path / "out.jsonl"), "-j", "1", "--quiet"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_arguments_reach_the_job(pages, tmp_path):
    command = ["batch", str(pages), "-o", str(tmp_path / "x"), "-f", "jsonl", "-j", "1", "--fields", "title,text"]
    command += ["--status", "article,partial", "--min-confidence", "0.01", "--duplicates", "exact", "--quiet"]
    command += ["--no-site-learning", "--deadline", "5", "--memory", "512", "--focus", "recall", "--host", "A.example"]
    assert main(command) == 0
    manifest = json.loads((tmp_path / "x.manifest.json").read_text())
    job = manifest["job"]
    assert job["fields"] == ["title", "text"]
    assert job["learn_sites"] is False
    assert job["filters"]["status"] == ["article", "partial"]
    assert job["filters"]["hosts"] == ["a.example"]
    assert job["options"]["focus"] == "recall"
    assert manifest["rejects_by_reason"] == {"filter_host": 12}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "-o", "OUT.jsonl"], "nowhere: no such file or folder"),
        (["PAGES", "-o", "OUT.csv"], "name an output .jsonl"),
        (["PAGES", "-o", "OUT.jsonl", "--status", "good"], "must be some of article"),
        (["PAGES", "-o", "OUT.jsonl", "--since", "yesterday"], "'yesterday' is no day such as 2024-01-31"),
        (["PAGES", "-o", "OUT.jsonl", "--fields", "headline"], "no field headline"),
        (["PAGES", "-o", "OUT.jsonl", "--resume", "--overwrite"], "exclude each other"),
        (["PAGES", "-o", "OUT.jsonl", "-j", "0"], "at least 1"),
        (["PAGES", "-o", "gone/OUT.jsonl"], "gone: no such folder"),
    ],
)
def test_wrong_use_is_one_line_and_code_2(pages, tmp_path, capsys, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    named = [str(pages) if argument == "PAGES" else argument for argument in arguments]
    try:
        code = main(["batch", *named])
    except SystemExit as stop:
        code = int(str(stop.code))
    assert code == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert message in said[0]
    assert not list(tmp_path.glob("OUT*"))


def test_a_damaged_source_is_code_1(tmp_path, capsys):
    pytest.importorskip("fastwarc")
    data = makers.warc(makers.response(n) for n in range(5))
    (tmp_path / "crawl").write_bytes(data[:-40])
    assert main(["batch", str(tmp_path / "crawl"), "-o", str(tmp_path / "out.jsonl"), "-j", "1"]) == 1
    assert re.search(r"truncated +1$", capsys.readouterr().err, re.MULTILINE)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_is_code_130_and_says_how_to_go_on(folder, tmp_path, by):
    path = folder(4000)
    command = [sys.executable, "-m", "articlex", "batch", str(path), "-o", str(tmp_path / "out.jsonl"), "-j", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment())
    journal = tmp_path / "out.jsonl.partial/journal.jsonl"
    until = time.monotonic() + 20
    while time.monotonic() < until and not (journal.exists() and journal.stat().st_size):
        time.sleep(0.02)
    process.send_signal(by)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "articlex batch: interrupted; run the same command with --resume to go on"
    assert main(["batch", str(path), "-o", str(tmp_path / "out.jsonl"), "--resume", "--quiet"]) == 0
    assert [record["source"] for record in lines(tmp_path / "out.jsonl")] == sorted(
        str(file) for file in path.iterdir()
    )


def test_a_terminal_gets_a_live_panel(pages, tmp_path):
    pytest.importorskip("rich")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "articlex", "batch", str(pages), "-o", str(tmp_path / "out.jsonl"), "-j", "1"]
    process = subprocess.Popen(command, stderr=follower, env={**environment(), "TERM": "xterm", "COLUMNS": "100"})
    os.close(follower)
    shown = b""
    while select.select([leader], [], [], 20)[0]:
        try:
            data = os.read(leader, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(leader)
    assert process.wait() == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert "articlex batch: learning the sites" in text
    assert "12 pages = 12 records" in text


def begun(progress: Progress) -> Tally:
    tally = Tally()
    intake = Intake(["x"], Settings(), done=0)
    progress.begin(Inventory(3, 5_000_000, ""), tally, intake)
    progress.phase("extracting")
    return tally


def test_lines_say_how_far_the_job_is():
    stream = io.StringIO()
    progress = Lines(stream)
    tally = begun(progress)
    progress._marks.append((time.monotonic() - 10, 0, 0))
    for number in range(40):
        rejected = ("timeout", "") if number % 4 == 0 else None
        tally.add(Outcome(rejected=rejected), "x", 0)  # type: ignore[arg-type]
    progress.intake.done = 1_000_000
    progress.show()
    assert stream.getvalue().splitlines() == [
        "extracting: 3 files, 5.0 MB",
        "extracting: 20 % of 5.0 MB; 30 records; 10 rejects; 4 pages/s; 40 s left",
    ]


def test_numbers_for_people():
    assert [size(0), size(999), size(1_500), size(2.5e9)] == ["0 B", "999 B", "1.5 kB", "2.5 GB"]
    assert [span(0.4), span(59), span(61), span(3_700)] == ["0 s", "59 s", "1:01 min", "1:01 h"]
    assert [share(1, 3), share(0, 0), share(7, 3)] == ["33 %", "100 %", "100 %"]


def test_classes_of_length():
    assert [length_class(chars) for chars in (0, 1, 9, 10, 100, 101_000)] == [-1, 0, 3, 4, 8, 20]
    assert [class_start(number) for number in (-1, 0, 4, 8)] == [0, 1, 10, 100]


def test_report_holds_all_charts_and_escapes_what_pages_say(tmp_path):
    tally = Tally()
    facts = Facts("article", "en", "2024-05-06", 1200, 0.87, "<b>.example", 4.2)
    for number in range(30):
        tally.add(Outcome(b"x", None, facts._replace(host=f"{number % 20}.example")), "<script>alert(1)</script>", 0)
    tally.add(Outcome(rejected=("timeout", "over 10 seconds"), facts=Facts()), "y", 0)
    tally.add(Outcome(b"x", None, facts), "z", 0)
    manifest = {
        "output": "o<ut>.jsonl", "files": 1, "bytes": 10, "pages": 32, "records": 31, "rejects": 1, "seconds": 61.0,
        "workers": 2, "pages_per_second": 0.5, "resumed_at_page": 10, "sites_learned": 0,
        "sources": [{"source": "<i>", "records": 31, "rejects": 1}], "job": {"version": "articlex 9"},
    }  # fmt: skip
    html = report_html(manifest, tally)
    assert html.count("<svg") == 7
    for words in ("o&lt;ut&gt;.jsonl", "timeout", "2024-05", "6 others", "4.1 ms", "1:01 min", "after page 10"):
        assert words in html, words
    for markup in ("<script", "<b>.example", "<i>", "http://", "https://", "src="):
        assert markup not in html
    from lxml import etree

    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        etree.fromstring(svg)


def test_report_of_an_empty_job_and_of_long_spans(tmp_path):
    from articlex.batch.report import _dates

    (tmp_path / "empty").mkdir()
    command = ["batch", str(tmp_path / "empty"), "-o", str(tmp_path / "o.jsonl"), "--report", str(tmp_path / "r.html")]
    assert main([*command, "--quiet"]) == 1
    assert "pages seen" in (tmp_path / "r.html").read_text()
    tally = Tally()
    tally.months.update({"1801-02": 1, "2019-03": 2, "2020-01": 3, "unknown": 9})
    bars = _dates(tally)
    assert (bars[0], bars[-2], bars[-1]) == (("< 1981", 1), ("2019", 2), ("2020", 3))


def test_the_tally_is_bounded(monkeypatch):
    monkeypatch.setattr("articlex.batch.tally._HOSTS", 3)
    tally = Tally()
    for number in range(10):
        tally.add(Outcome(b"", None, Facts(host=f"{number}.example", milliseconds=number)), "x", 0)
    assert tally.hosts["others"] >= 6
    assert len(tally.hosts) <= 4
    assert [milliseconds for milliseconds, _ in tally.slow_pages()][:2] == [9, 8]


def test_pages_need_none_of_the_extra_packages(pages, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    for name in ("fastwarc", "pyarrow", "rich", "zstandard", "brotli", "fsspec", "rensa"):
        (blocked / f"{name}.py").write_text("raise ImportError")
    variables = {**environment(), "PYTHONPATH": os.pathsep.join([str(blocked), *sys.path])}
    command = [sys.executable, "-m", "articlex", "batch", str(pages), "-j", "1", "-o"]
    done = subprocess.run(
        [*command, str(tmp_path / "o.jsonl")], env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    done = subprocess.run(
        [*command, str(tmp_path / "o.pq")], env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip().endswith("writing Parquet needs the package pyarrow: pip install 'articlex[batch]'")
    (pages / "00000.txt").write_bytes(makers.response(1))
    done = subprocess.run(
        [*command, str(tmp_path / "p.jsonl")], env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "reading WARC files needs the package fastwarc: pip install 'articlex[batch]'" in done.stderr
