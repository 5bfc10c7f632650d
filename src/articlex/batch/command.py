"""``articlex batch``: the arguments of a job, and what is said at its end.

Exit codes: 0 all sources were read to their end; 1 the job is done, but a source was damaged or unreadable, or no page
was found (the rejects file says which); 2 the command or a name is wrong; 3 the job was stopped by the system, a full
disk for example; 130 interrupted. After 3 and 130 ``--resume`` goes on.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import signal
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from articlex.archives import Columns, Missing
from articlex.article import STATUSES
from articlex.batch.job import Summary
from articlex.batch.job import run as run_job
from articlex.batch.pool import StartError
from articlex.batch.progress import Progress, choose, span
from articlex.batch.settings import Duplicates, Filters, Form, Settings
from articlex.batch.workspace import Existing, JobError
from articlex.options import Focus, Input, Options

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[Any]

DONE, FLAWED, USAGE, STOPPED, INTERRUPTED = 0, 1, 2, 3, 130
SOURCE_FAULTS = ("unreadable", "truncated", "corrupt", "too_deep", "too_large")


def add_parser(commands: Subparsers) -> None:
    """Add ``batch`` to the subcommands of ``articlex``."""
    parser = commands.add_parser(
        "batch",
        help="the articles of many pages: files, folders, web archives",
        description="Extract the articles of all pages in files, folders and archives. Every page becomes a record in "
        "OUT or a line in OUT.rejects.jsonl; OUT.manifest.json holds the sums.",
        epilog="Exit code 0: done; 1: done, but a source was damaged; 2: wrong usage; 3: stopped by the system; 130: "
        "interrupted. After 3 and 130 the same command with --resume goes on.",
    )
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="files or folders of pages, zip, tar, WARC, WET, WACZ, MHTML, mail, JSON Lines, Parquet: told by their "
        "content; globs; remote paths (s3://..., with fsspec); - for standard input",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUT",
        help="OUT.jsonl, OUT.jsonl.gz, OUT.jsonl.zst, OUT.parquet, or a folder for Markdown files",
    )
    parser.add_argument("-f", "--format", choices=get_args(Form), help="default: by the name of OUT")
    parser.add_argument("-j", "--jobs", type=int, metavar="N", help="worker processes; default: one a processor")
    parser.add_argument("--resume", action="store_true", help="go on with an unfinished job, or begin it")
    parser.add_argument("--overwrite", action="store_true", help="replace an earlier output or unfinished job")
    parser.add_argument("--quiet", action="store_true", help="show no progress and no summary")
    parser.add_argument("--report", metavar="REPORT.html", help="write a page with charts about the job")
    _add_extraction(parser.add_argument_group("extraction"))
    _add_filters(parser.add_argument_group("filters"))
    _add_columns(parser.add_argument_group("columns of JSON Lines and Parquet sources (guessed by their names)"))
    parser.set_defaults(run=run)


def _add_extraction(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--deadline", type=float, default=10.0, metavar="S", help="seconds a page may take; default: 10")
    group.add_argument("--memory", type=int, default=1024, metavar="MB", help="ceiling of a worker; default: 1024")
    group.add_argument(
        "--no-site-learning", action="store_true", help="do not count the blocks that recur across pages of a site"
    )
    group.add_argument("--input", choices=get_args(Input), default="auto", help="what the pages are; default: auto")
    group.add_argument("--focus", choices=get_args(Focus), default="balanced", help="where doubtful blocks go")
    group.add_argument("--comments", action="store_true", help="keep the readers' comments, apart from the body")
    group.add_argument("--explain", action="store_true", help="keep every removed block with the reason")
    group.add_argument("--fields", type=_words, default=(), metavar="A,B,...", help="keys to write, in this order")


def _add_filters(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--status", type=_words, default=(), metavar="A,B", help=f"of {', '.join(STATUSES)}")
    group.add_argument("--min-confidence", type=float, default=0.0, metavar="P", help="between 0 and 1")
    group.add_argument("--language", type=_words, default=(), metavar="A,B", help="en also takes en-GB")
    group.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="published on that day or later")
    group.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="published on that day or before")
    group.add_argument("--host", type=_words, default=(), metavar="A,B", help="with their subdomains")
    group.add_argument("--duplicates", choices=get_args(Duplicates), default="keep", help="default: keep all")
    group.add_argument("--similarity", type=float, default=0.8, metavar="J", help="of near duplicates; default: 0.8")


def _add_columns(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--content-column", metavar="NAME", help="the page: html, text, content, ...")
    group.add_argument("--url-column", metavar="NAME")
    group.add_argument("--id-column", metavar="NAME")
    group.add_argument("--fetched-column", metavar="NAME", help="when the page was captured")


def run(parsed: argparse.Namespace) -> int:
    """Run the job that the arguments describe, and say how it ended."""
    try:
        settings = _settings(parsed)
    except ValueError as error:
        return _say(USAGE, f"{error}")
    if parsed.resume and parsed.overwrite:
        return _say(USAGE, "--resume and --overwrite exclude each other")
    existing: Existing = "resume" if parsed.resume else "overwrite" if parsed.overwrite else "refuse"
    progress = choose(quiet=parsed.quiet)
    try:
        with _stoppable(progress):
            summary = run_job(
                parsed.sources, parsed.output, settings, existing=existing, report=parsed.report, progress=progress
            )
    except (JobError, Missing, ValueError, FileNotFoundError) as error:
        return _say(USAGE, str(error))
    except (OSError, StartError) as error:
        return _say(STOPPED, f"{_what(error)}; nothing is lost: run the same command with --resume")
    except KeyboardInterrupt:
        return _say(INTERRUPTED, "interrupted; run the same command with --resume to go on")
    if not parsed.quiet:
        print(describe(summary), file=sys.stderr)
    flawed = not summary.pages or any(name in summary.manifest["rejects_by_reason"] for name in SOURCE_FAULTS)
    return FLAWED if flawed else DONE


def describe(summary: Summary) -> str:
    """The account of a job for people."""
    manifest = summary.manifest
    pages, seconds = manifest["pages"], manifest["seconds"]
    lines = [
        f"{pages:,} pages = {manifest['records']:,} records + {manifest['rejects']:,} rejects, in {span(seconds)}"
        f" ({manifest['pages_per_second']:,.0f} pages/s)"
    ]
    width = max((len(name) for part in _PARTS for name in manifest[part]), default=0)
    for part, title in _PARTS.items():
        if manifest[part]:
            lines.append(f"{title}:")
            lines += [f"  {name:<{width}}  {count:>9,}" for name, count in manifest[part].items()]
    output = manifest["output"]
    lines.append(f"written: {output}, {output}.manifest.json, {output}.rejects.jsonl")
    return "\n".join(lines)


_PARTS = {
    "records_by_status": "records",
    "rejects_by_reason": "rejects",
    "not_pages": "archive records that are no pages",
}


def _settings(parsed: argparse.Namespace) -> Settings:
    options = Options(input=parsed.input, focus=parsed.focus, comments=parsed.comments, explain=parsed.explain)
    filters = Filters(
        status=parsed.status,
        min_confidence=parsed.min_confidence,
        languages=parsed.language,
        since=parsed.since,
        until=parsed.until,
        hosts=tuple(host.lower() for host in parsed.host),
        duplicates=parsed.duplicates,
        similarity=parsed.similarity,
    )
    columns = Columns(
        content=parsed.content_column, url=parsed.url_column, id=parsed.id_column, fetched=parsed.fetched_column
    )
    jobs = {} if parsed.jobs is None else {"jobs": parsed.jobs}
    return Settings(
        form=parsed.format,
        deadline=parsed.deadline,
        memory=parsed.memory * 2**20,
        learn_sites=not parsed.no_site_learning,
        filters=filters,
        fields=parsed.fields,
        columns=columns,
        options=options,
        **jobs,
    )


@contextlib.contextmanager
def _stoppable(progress: Progress) -> Iterator[None]:
    """A polite ``kill`` is an interruption, too; and the panel is taken away however the job ends."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        progress.close()


def _what(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _say(code: int, message: str) -> int:
    print(f"articlex batch: {message}", file=sys.stderr)
    return code


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no day such as 2024-01-31") from None
