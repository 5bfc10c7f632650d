"""The command ``articlex``: one page (``extract``) or many (``batch``, see ``articlex.batch``).

Exit codes: 0 an article, 1 no article on the page, 2 the command or a file name is wrong, 141 the reader of the
output went away, 130 interrupted. Whatever is wrong is said in one line on standard error, with a way out.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from articlex.options import Focus, Input, Options
from articlex.version import LIBRARY_VERSION

if TYPE_CHECKING:
    from articlex.article import Article

    Subparsers = argparse._SubParsersAction["_Parser"]

FOUND, NO_ARTICLE, USAGE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
STDIN = "-"
_FORMS: dict[str, Callable[[Article], str | dict[str, Any]]] = {
    "json": lambda article: article.to_dict(),
    "text": lambda article: article.to_text(),
    "markdown": lambda article: article.to_markdown(),
    "html": lambda article: article.to_html() + "\n",
    "schema": lambda article: article.to_schema_org(),
}
_ADVICE = {
    "pdf": "save its text first: pdftotext {page} - | articlex extract -",
    "gzip": "unpack it first: gunzip -c {page} | articlex extract -",
    "zip": "unpack it first: unzip -p {page} NAME | articlex extract -",
    "binary_input": "give the HTML or the text of a page",
}
"""What helps with a source that is no text, by the code in ``Article.reasons``; the first that fits."""


class _Refusal(Exception):
    """A command that cannot be run; the message is for its user."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (by default the process's own) and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        parsed = _parser(with_batch=arguments[:1] == ["batch"]).parse_args(arguments)
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except _Refusal as refusal:
        print(f"articlex: {refusal}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at exit
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser(with_batch: bool) -> argparse.ArgumentParser:
    parser = _Parser(prog="articlex", description="From a news page, HTML or flattened text, to an article record.")
    parser.add_argument("--version", action="version", version=f"articlex {LIBRARY_VERSION}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_extract(commands)
    if with_batch:
        _add_batch(commands)
    else:
        commands.add_parser("batch", help="the articles of many pages: files, folders, web archives")
    return parser


def _add_extract(commands: Subparsers) -> None:
    parser = commands.add_parser(
        "extract",
        help="the article of one page",
        description="Print the article of one page. Exit code 0: an article; 1: none on this page; 2: wrong usage.",
    )
    parser.add_argument("page", metavar="PAGE", help="an HTML or text file, or - for standard input")
    parser.add_argument("-f", "--format", choices=_FORMS, default="json", help="default: json; schema is schema.org")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write here instead of standard output")
    parser.add_argument("--url", help="where the page came from: resolves its links and is evidence for its fields")
    parser.add_argument("--explain", metavar="REPORT.html", type=Path, help="show what was kept and dropped, and why")
    parser.add_argument("--focus", choices=get_args(Focus), default="balanced", help="where doubtful blocks go")
    parser.add_argument("--input", choices=get_args(Input), default="auto", help="what the page is; default: auto")
    parser.add_argument("--comments", action="store_true", help="keep the readers' comments, apart from the body")
    parser.add_argument("--encoding", help="the charset of the HTTP header, where there was one")
    parser.set_defaults(run=_extract)


def _add_batch(commands: Subparsers) -> None:
    """``batch`` brings its own parser; it is imported only when asked for, as its libraries are extras."""
    try:
        batch = import_module("articlex.batch.command")
        batch.add_parser(commands)
    except ModuleNotFoundError as error:
        _refuse_missing(error)

    def run(parsed: argparse.Namespace) -> int:
        try:
            code: int = batch.run(parsed)
        except ModuleNotFoundError as error:
            _refuse_missing(error)
        return code

    commands.choices["batch"].set_defaults(run=run)


def _refuse_missing(error: ModuleNotFoundError) -> NoReturn:
    if (error.name or "").startswith("articlex"):
        raise error
    raise _Refusal(f"batch needs {error.name}: pip install 'articlex[batch]'") from error


def _extract(parsed: argparse.Namespace) -> int:
    from articlex.extract import extract

    options = _options(parsed)
    source = _read(parsed.page, options.max_bytes)
    article = extract(source, parsed.url, options=options)
    if parsed.explain:
        from articlex.writing.explain import explain_html

        _write(parsed.explain, explain_html(article, Path(_name(parsed.page)).name), parsed.page)
    found = article.status in {"article", "partial", "paywalled"}
    if found or parsed.format == "json":
        _print(_FORMS[parsed.format](article), parsed)
    if not found:
        print(f"articlex: {_no_article(article, parsed, source)}", file=sys.stderr)
    return FOUND if found else NO_ARTICLE


def _options(parsed: argparse.Namespace) -> Options:
    try:
        return Options(
            input=parsed.input,
            focus=parsed.focus,
            comments=parsed.comments,
            explain=parsed.explain is not None,
            encoding=parsed.encoding,
        )
    except ValueError as error:
        raise _Refusal(str(error).replace("Options.", "--")) from error


def _read(page: str, limit: int) -> bytes:
    """The bytes of the page, one more than ``limit`` at most, so that ``extract`` can say it was cut."""
    if page == STDIN:
        return sys.stdin.buffer.read(limit + 1)
    try:
        with Path(page).open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        if page.startswith(("http://", "https://")):
            url = shlex.quote(page)
            raise _Refusal(f"nothing is fetched; try: curl -sL {url} | articlex extract - --url {url}") from None
        raise _Refusal(f"{page}: no such file; name an HTML or text file, or - for standard input") from None
    except IsADirectoryError:
        raise _Refusal(
            f"{page} is a directory; for all its pages: articlex batch {shlex.quote(page)} -o OUT.jsonl"
        ) from None
    except OSError as error:
        raise _Refusal(f"{page}: {error.strerror}; name a readable file, or - for standard input") from None


def _write(path: Path, text: str, page: str) -> None:
    try:
        if page != STDIN and path.exists() and path.samefile(page):
            raise _Refusal(f"{path} is the page itself; name another file to write to")
        path.write_bytes(text.encode())
    except OSError as error:
        raise _Refusal(f"{path}: {error.strerror}; name a file that can be written") from None


def _print(written: str | dict[str, Any], parsed: argparse.Namespace) -> None:
    """UTF-8 wherever it goes, whatever the locale; JSON is indented for people and on one line for programs."""
    if isinstance(written, dict):
        indent = 2 if parsed.output is None and sys.stdout.isatty() else None
        written = json.dumps(written, ensure_ascii=False, indent=indent) + "\n"
    if parsed.output:
        _write(parsed.output, written, parsed.page)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(written.encode())
        sys.stdout.buffer.flush()


def _no_article(article: Article, parsed: argparse.Namespace, source: bytes) -> str:
    """What the page is instead of an article, and what helps."""
    advice = next((advice for code, advice in _ADVICE.items() if code in article.reasons), "")
    if advice:
        advice = advice.format(page=shlex.quote(parsed.page))
    elif not source.strip():
        advice = "there is nothing in it; was it saved completely?"
    else:
        advice = f"{parsed.explain} shows what is on the page" if parsed.explain else "see why: --explain REPORT.html"
    codes = f" ({', '.join(article.reasons)})" if article.reasons else ""
    return f"{_name(parsed.page)}: {article.status}{codes}; {advice}"


def _name(page: str) -> str:
    return "standard input" if page == STDIN else page
