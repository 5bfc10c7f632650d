"""The command line: what it prints where, its exit codes, and one clear line for whatever is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from articlex import Article, Options, __version__, cli, extract

PAGE = """<!doctype html><html lang="en"><head><title>Harbour reopens</title></head><body>
<nav><a href="/">Home</a> <a href="/login">Sign in</a></nav><main><article><h1>Harbour reopens</h1>
<p>The harbour of Port Ellis reopened on Monday after a storm that had kept its ferries in for nine days – the longest
closure in the memory of the people who work there.</p>
<p>“We waited, then we sailed,” said the master of the first boat, who had spent the week mending nets and listening to
the wind in the rigging of the boats along the northern quay.</p>
<p>The fish market stays shut until its roof is mended, which the town expects to take until the end of the month, and
the slipways will be inspected on Thursday by the engineers of the port authority.</p>
</article></main></body></html>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "harbour.html"
    file.write_text(PAGE, "utf-8")
    return file


def run(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "articlex", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **environment})


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line that a command is refused with."""
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stopped:  # argparse's way
        code = stopped.code if isinstance(stopped.code, int) else -1
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.startswith("articlex")
    assert err.count("\n") == 1
    return err


def test_json_is_the_record_on_one_line(page: Path) -> None:
    done = run("extract", page, "--url", "https://post.example/harbour")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1
    expected = extract(PAGE.encode(), "https://post.example/harbour")
    assert expected.status == "article"
    assert Article.from_dict(json.loads(done.stdout)) == expected


@pytest.mark.parametrize("form", ["text", "markdown", "html", "schema"])
def test_other_forms(page: Path, form: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    article = extract(PAGE.encode())
    wanted = {
        "text": article.to_text(),
        "markdown": article.to_markdown(),
        "html": article.to_html() + "\n",
        "schema": json.dumps(article.to_schema_org(), ensure_ascii=False) + "\n",
    }
    assert cli.main(["extract", str(page), "-f", form]) == 0
    assert capsysbinary.readouterr() == (wanted[form].encode(), b"")


def test_standard_input_and_utf_8_whatever_the_locale() -> None:
    done = run("extract", "-", "-f", "text", stdin=PAGE.encode(), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "nine days – the longest" in done.stdout.decode()


def test_json_is_indented_on_a_terminal(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    cli.main(["extract", str(page)])
    assert capsysbinary.readouterr().out.startswith(b'{\n  "status": "article",\n')


def test_options_reach_the_extraction(monkeypatch: pytest.MonkeyPatch, page: Path) -> None:
    seen = []

    def spy(source: object, url: str | None, *, options: Options) -> Article:
        seen.append((url, options))
        return extract(source, url, options=options)

    monkeypatch.setattr(sys.modules["articlex.extract"], "extract", spy)  # the name articlex.extract is the function
    out, report = page.with_suffix(".txt"), page.with_name("report.html")
    arguments = ["-f", "text", "-o", out, "--explain", report, "--focus", "recall", "--input", "html", "--comments"]
    arguments += ["--encoding", "latin-1", "--url", "https://a.example"]
    cli.main(["extract", str(page), *map(str, arguments)])
    options = Options(focus="recall", input="html", comments=True, encoding="latin-1", explain=True)
    assert seen == [("https://a.example", options)]


def test_output_and_report_go_to_files(page: Path) -> None:
    out, report = page.with_suffix(".json"), page.with_name("report.html")
    done = run("extract", page, "-o", out, "--explain", report)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    article = Article.from_dict(json.loads(out.read_bytes()))
    assert [removal.text for removal in article.removed if "Sign in" in removal.text]
    written = report.read_text("utf-8")
    assert "harbour.html · articlex" in written
    assert "Sign in" in written
    assert article.body[-1].text[:40] in written


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "there is nothing in it"),
        (b" \n", "there is nothing in it"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdftotext"),
        (b"\x1f\x8b\x08\x00abc", "gunzip"),
        (b"PK\x03\x04\x14\x00", "unzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "give the HTML or the text"),
        (b"<html></html>", "--explain REPORT.html"),
    ],
)
def test_no_article_is_code_1_one_line_and_still_a_record(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "it's {a} page.html"
    file.write_bytes(content)
    done = run("extract", file)
    assert done.returncode == 1
    record = json.loads(done.stdout)
    assert record["status"] in {"empty", "not_article"}
    line = done.stderr.decode()
    assert line.startswith(f"articlex: {file}: {record['status']}")
    assert line.count("\n") == 1
    assert says in line
    assert all(reason in line for reason in record["reasons"])


def test_no_article_prints_nothing_in_other_forms_and_names_the_report(tmp_path: Path) -> None:
    report = tmp_path / "{report}.html"
    done = run("extract", "-", "-f", "html", "--explain", report, stdin=b"<html></html>")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"articlex: standard input: empty (no_text); {report} shows what is on the page\n"
    assert report.exists()


def test_files_that_cannot_be_read_are_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in refused(capsys, "extract", tmp_path / "none.html")
    assert "articlex batch" in refused(capsys, "extract", tmp_path)
    assert "articlex extract - --url" in refused(capsys, "extract", "https://post.example/harbour")
    assert "name a readable file" in refused(capsys, "extract", tmp_path / ("x" * 300))


def test_files_that_cannot_be_written_are_code_2(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "can be written" in refused(capsys, "extract", page, "-o", page.parent / "none" / "x.json")
    assert "can be written" in refused(capsys, "extract", page, "--explain", page.parent)
    assert "is the page itself" in refused(capsys, "extract", page, "--explain", page)
    assert "is the page itself" in refused(capsys, "extract", page, "-o", page)
    assert page.read_text("utf-8") == PAGE


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "COMMAND"),
        (["extract"], "PAGE"),
        (["extract", "x", "-f", "yaml"], "'markdown'"),
        (["extract", "x", "--focus", "both"], "'precision'"),
        (["extract", "x", "--encoding", "klingon"], "--encoding must be a charset"),
        (["extract", "x", "y"], "y"),
        (["publish"], "publish"),
    ],
)
def test_wrong_usage_is_one_line_that_names_the_choices(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused(capsys, *arguments)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--version"], ["--help"], ["extract", "--help"]):
        with pytest.raises(SystemExit) as stopped:
            cli.main(arguments)
        assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith(f"articlex {__version__}\n")
    assert "batch" in out
    assert "--explain REPORT.html" in out


def test_a_reader_that_goes_away_is_no_traceback(page: Path) -> None:
    page.write_text(PAGE.replace("</article>", "<p>" + "The tide came in and went out again. " * 9000 + "</article>"))
    command = [sys.executable, "-m", "articlex", "extract", str(page)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_batch_without_its_extras_names_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named 'pyarrow' (wanted by {name})", name="pyarrow")

    monkeypatch.setattr(cli, "import_module", missing)
    line = refused(capsys, "batch", "pages", "-o", "out.jsonl")
    assert line == "articlex: batch needs pyarrow: pip install 'articlex[batch]'\n"


def test_a_fault_of_our_own_is_not_blamed_on_the_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise ModuleNotFoundError("No module named 'articlex.oops'", name="articlex.oops")

    monkeypatch.setattr(cli, "import_module", broken)
    with pytest.raises(ModuleNotFoundError):
        cli.main(["batch", "pages"])


def test_extract_does_not_load_batch() -> None:
    code = "import sys; from articlex import cli; cli.main(['extract', '-']); print('articlex.batch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], input=PAGE.encode(), capture_output=True, check=True)
    assert done.stdout.endswith(b"False\n")
