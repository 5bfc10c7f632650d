"""The fault drill, small: pages that kill, hang or fill workers; disks, power and people that stop a job."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from articlex.batch import JobError, Settings, run
from articlex.batch.journal import Journal, Log
from articlex.batch.pool import StartError

from . import makers
from .conftest import lines

FAULTY = "batch.standins:faulty"
SLOW = "batch.standins:slow"


def outcome(tmp_path: Path, count: int) -> list[str]:
    """For each page in order: "record", or the reason."""
    found = {Path(record["source"]).stem: "record" for record in lines(tmp_path / "out.jsonl")}
    found |= {Path(reject["source"]).stem: reject["reason"] for reject in lines(tmp_path / "out.jsonl.rejects.jsonl")}
    return [found[f"{number:05d}"] for number in range(count)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_that_kill_hang_fill_and_raise(folder, job, tmp_path, jobs):
    special = {
        "p3": "!SEGFAULT!",
        "p7": "!HANG!",
        "p8": "!SLEEP!",
        "p11": "!MEMORY!",
        "p12": "!RAISE!",
        "p20": "!EXIT!",
    }
    path = folder(40, p21="!PRINT! " + makers.text_page(21), **special)
    summary = job(path, jobs=jobs, extractor=FAULTY, deadline=0.6, memory=2**28)
    expected = ["record"] * 40
    for number, reason in {3: "crash", 7: "timeout", 8: "timeout", 11: "memory", 12: "error", 20: "crash"}.items():
        expected[number] = reason
    assert outcome(tmp_path, 40) == expected
    details = {reject["source"][-9:-4]: reject["detail"] for reject in lines(tmp_path / "out.jsonl.rejects.jsonl")}
    assert details["00003"] == "the worker was killed by SIGSEGV, twice"
    assert details["00007"] == "over 0.6 seconds, twice"
    assert details["00011"] == "over 256 MB, twice"
    assert details["00012"] == "RuntimeError: the page did this"
    assert details["00020"] == "the worker exited with code 3, twice"
    assert summary.manifest["workers_started_again"] == 10


def test_a_page_gets_a_second_chance_alone(folder, job, tmp_path):
    path = folder(6, p2=f"!ONCE!{tmp_path / 'flag'}! " + makers.text_page(2))
    assert job(path, extractor=FAULTY).rejects == 0


def test_a_worker_that_is_killed_from_outside_loses_nothing(folder, job, tmp_path):
    import threading

    def assassin() -> None:
        for _ in range(4):
            time.sleep(0.35)
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            if children:
                os.kill(int(random.choice(children)), signal.SIGKILL)

    if not Path("/proc/self/task").exists():
        pytest.skip("needs /proc")
    path = folder(300)
    thread = threading.Thread(target=assassin)
    thread.start()
    summary = job(path, jobs=2, extractor=SLOW)
    thread.join()
    assert summary.manifest["workers_started_again"] >= 1
    assert summary.records + summary.rejects == 300
    # on a busy machine the same page may be hit again; then that is what its reject says
    rejects = tmp_path / "out.jsonl.rejects.jsonl"
    details = [reject["detail"] for reject in lines(rejects)] if summary.rejects else []
    assert details == ["the worker was killed by SIGKILL, twice"] * summary.rejects
    assert summary.rejects <= 2


def test_workers_that_cannot_start(folder, job, tmp_path):
    path = folder(3)
    with pytest.raises(StartError, match="could work"):
        job(path, extractor="batch.standins:broken_at_start")
    with pytest.raises(StartError, match="no nowhere:extract"):
        job(path, "other.jsonl", extractor="nowhere:extract")


def test_unreadable_and_empty_files_are_accounted_for(folder, job, tmp_path):
    path = folder(3, p1="")
    (path / "00002.txt").unlink()
    (path / "00002.txt").symlink_to("nowhere")
    os.mkfifo(path / "00003.txt")
    job(path)
    assert outcome(tmp_path, 4) == ["record", "empty_input", "unreadable", "unreadable"]


def test_a_full_disk_stops_the_job_and_space_lets_it_go_on(folder, job, tmp_path, monkeypatch):
    monkeypatch.setattr("articlex.batch.job.SEGMENT", 20)
    path = folder(100)
    job(path, "whole.jsonl")
    whole, budget = Log.append, [90_000]

    def full(log: Log, data: bytes) -> None:
        budget[0] -= len(data)
        if budget[0] < 0:
            whole(log, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(log, data)

    monkeypatch.setattr(Log, "append", full)
    with pytest.raises(OSError, match="No space"):
        job(path)
    assert not (tmp_path / "out.jsonl").exists()
    monkeypatch.setattr(Log, "append", whole)
    with pytest.raises(JobError, match="go on with --resume"):
        job(path)
    summary = job(path, existing="resume")
    assert 0 < summary.manifest["resumed_at_page"] < 100
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_a_small_tmpfs_fills_up(folder, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False).returncode
    ):
        pytest.skip("needs to mount a tmpfs")
    try:
        path = folder(100)
        command = [sys.executable, "-m", "articlex", "batch", str(path), "-o", str(disk / "out.jsonl"), "-j", "1"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
        assert done.returncode == 3
        assert "the disk is full; nothing is lost: run the same command with --resume" in done.stderr
        subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
        done = subprocess.run([*command, "--resume"], capture_output=True, text=True, env=environment(), check=False)
        assert done.returncode == 0
        assert len(lines(disk / "out.jsonl")) == 100
    finally:
        subprocess.run(["umount", disk], check=True)


def test_the_output_folder_vanishes(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("articlex.batch.job.SEGMENT", 20)
    path = folder(100)
    (tmp_path / "there").mkdir()
    commit, calls = Journal.commit, []

    def vanish(journal: Journal, pages: int, *, ended: bool = False) -> None:
        calls.append(pages)
        if len(calls) == 2:
            shutil.rmtree(tmp_path / "there")
        commit(journal, pages, ended=ended)

    monkeypatch.setattr(Journal, "commit", vanish)
    out = tmp_path / "there/out.jsonl"
    with pytest.raises(OSError, match="deleted or replaced"):
        run([path], out, Settings(jobs=1, learn_sites=False))
    (tmp_path / "there").mkdir()
    summary = run([path], out, Settings(jobs=1, learn_sites=False), existing="resume")
    assert (summary.pages, summary.records) == (100, 100)


SCRIPT = """
    import sys
    import articlex.batch.job
    from articlex.batch import Filters, Settings, run
    articlex.batch.job.SEGMENT = 25
    settings = Settings(jobs=int(sys.argv[3]), extractor="batch.standins:slow", filters=Filters(duplicates="exact"))
    run([sys.argv[1]], sys.argv[2], settings, existing="resume")
"""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_kill_9_and_resume_give_the_undisturbed_output(tmp_path, monkeypatch, name):
    pytest.importorskip("fastwarc")
    monkeypatch.setattr("articlex.batch.job.SEGMENT", 25)
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    numbers = [number % 280 for number in range(300)]  # the last twenty are duplicates
    (tmp_path / "crawl").write_bytes(makers.warc(makers.response(number) for number in numbers))
    choose = random.Random(name)
    kills = 0
    while True:
        command = [sys.executable, "-c", textwrap.dedent(SCRIPT), tmp_path / "crawl", tmp_path / name, "2"]
        process = subprocess.Popen(command, env=environment())
        try:
            code = process.wait(choose.uniform(0.6, 1.5) if kills < 4 else None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            continue
        assert code == 0
        break
    assert kills >= 2
    whole = tmp_path / "whole" / name
    whole.parent.mkdir()
    summary = run([tmp_path / "crawl"], whole, _settings())
    assert (summary.pages, summary.records, summary.rejects) == (300, 280, 20)
    for suffix in ("", ".rejects.jsonl"):
        assert (tmp_path / (name + suffix)).read_bytes() == whole.with_name(name + suffix).read_bytes()


def _settings() -> Settings:
    from articlex.batch import Filters

    return Settings(jobs=1, extractor=SLOW, filters=Filters(duplicates="exact"))


def test_a_crash_between_the_renames_is_mended(folder, job, tmp_path, monkeypatch):
    from articlex.batch import workspace

    path = folder(10)
    move, calls = workspace.move, []

    def stop(made: Path, name: Path) -> None:
        calls.append(name)
        if len(calls) == 2:
            raise KeyboardInterrupt
        move(made, name)

    monkeypatch.setattr(workspace, "move", stop)
    with pytest.raises(KeyboardInterrupt):
        job(path)
    assert (tmp_path / "out.jsonl.rejects.jsonl").exists()
    assert not (tmp_path / "out.jsonl").exists()
    monkeypatch.setattr(workspace, "move", move)
    assert job(path, existing="resume").records == 10
    assert len(lines(tmp_path / "out.jsonl")) == 10


def test_a_job_is_not_resumed_with_other_sources(folder, job, tmp_path, monkeypatch):
    path = folder(10)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "commit", stop)
    with pytest.raises(KeyboardInterrupt):
        job(path)
    monkeypatch.undo()
    (path / "00001.txt").write_text("changed")
    with pytest.raises(JobError, match=r"another job \(files changed\)"):
        job(path, existing="resume")
    assert job(path, existing="overwrite").pages == 10


def test_a_torn_journal_line_does_not_count(tmp_path):
    journal = Journal(tmp_path, ("a.log",))
    with journal:
        journal.logs["a.log"].append(b"first")
        journal.commit(5)
        journal.logs["a.log"].append(b"second")
    with (tmp_path / "journal.jsonl").open("ab") as file:
        file.write(b'{"pages": 10, "sizes": {"a.log"')
    with Journal(tmp_path, ("a.log",)) as again:
        assert again.pages == 5
        again.commit(6)
    assert (tmp_path / "a.log").read_bytes() == b"first"
    with Journal(tmp_path, ("a.log",)) as once_more:
        assert once_more.pages == 6
