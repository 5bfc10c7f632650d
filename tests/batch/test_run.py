"""Whole jobs: every page is a record or a reject, in order, whatever the number of workers."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from articlex import Article
from articlex.batch import Columns, Filters, JobError, Settings, run

from . import makers
from .conftest import lines


def test_records_in_order_with_what_the_archive_knows(crawl, job, tmp_path):
    summary = job(crawl)
    records = lines(tmp_path / "out.jsonl")
    assert (summary.pages, summary.records) == (60, 60)
    assert [record["url"] for record in records] == [f"https://quillon.example/story-{n}" for n in range(60)]
    first = records[0]
    assert list(first)[:6] == ["url", "source", "position", "record", "fetched", "status"]
    assert first["source"] == str(crawl)
    assert first["fetched"] == "2024-03-01T08:00:00+00:00"
    assert "paragraphs" not in first
    assert makers.story(0)[0] in first["text"]
    assert Article.from_dict(first).body[0].text == makers.story(0)[0]


def test_the_number_of_workers_changes_nothing(crawl, job, tmp_path):
    job(crawl, "one.jsonl", jobs=1, learn_sites=True)
    job(crawl, "three.jsonl", jobs=3, learn_sites=True)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "three.jsonl").read_bytes()


def test_the_same_records_from_every_kind_of_archive(job, tmp_path):
    pytest.importorskip("fastwarc")
    pages = {f"{n:03d}.html": makers.html_page(n).encode() for n in range(9)}
    sources = {
        "warc": makers.warc(makers.response(n) for n in range(9)),
        "zip": makers.zipped(pages),
        "tgz": gzip.compress(makers.tar(pages)),
        "jsonl": makers.jsonl(range(9)),
        "mhtml": makers.zipped({f"{n}": makers.mhtml(n) for n in range(9)}),
    }
    texts = {}
    for name, data in sources.items():
        (tmp_path / name).write_bytes(data)
        job(tmp_path / name, f"{name}.jsonl")
        texts[name] = [(record["title"], record["text"]) for record in lines(tmp_path / f"{name}.jsonl")]
    assert all(text == texts["warc"] for text in texts.values())


@pytest.mark.parametrize("form", ["jsonl.gz", "jsonl.zst"])
def test_compressed_lines(crawl, job, tmp_path, form):
    job(crawl, "plain.jsonl")
    job(crawl, f"out.{form}")
    packed = (tmp_path / f"out.{form}").read_bytes()
    if form == "jsonl.gz":
        plain = gzip.decompress(packed)
    else:
        reader = pytest.importorskip("zstandard").ZstdDecompressor().stream_reader(packed, read_across_frames=True)
        plain = reader.read()
    assert plain == (tmp_path / "plain.jsonl").read_bytes()


def test_parquet(crawl, job, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    job(crawl, "plain.jsonl")
    job(crawl, "out.parquet", jobs=2)
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema.metadata[b"articlex.schema_version"] == b"1"
    for row, record in zip(table.to_pylist(), lines(tmp_path / "plain.jsonl"), strict=True):
        assert {key: row[key] for key in ("url", "title", "text", "body", "bylines", "position", "tags")} == {
            key: record[key] for key in ("url", "title", "text", "body", "bylines", "position", "tags")
        }
        assert row["fetched_at"].isoformat() == record["fetched"]
        assert {entry["field"] for entry in row["evidence"]} == set(record["evidence"])


def test_parquet_with_chosen_columns(crawl, job, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    job(crawl, "out.parquet", fields=("title", "published_at"))
    assert pq.read_table(tmp_path / "out.parquet").column_names == ["title", "published_at"]
    with pytest.raises(ValueError, match="no column publisher"):
        job(crawl, "other.parquet", fields=("publisher",))


def test_arrow_times_keep_instant_and_precision():
    from datetime import datetime

    from articlex.batch.schema import arrow_row

    article = Article(
        "article", published=datetime.fromisoformat("2024-05-06T01:00:00+02:00"), modified=date(2024, 5, 7)
    )
    row = arrow_row({"fetched": None, "evidence": {}, "removed": []}, article)
    assert (row["published_at"], row["published_precision"]) == ("2024-05-05T23:00:00", "zone")
    assert (row["modified_at"], row["modified_precision"]) == ("2024-05-07T00:00:00", "day")


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("text", "txt")])
def test_folder_of_files(crawl, job, tmp_path, form, suffix):
    name = f"0000000-the-harbour-counts-0.{suffix}"
    job(crawl, "texts", form=form)
    files = sorted(path.name for path in (tmp_path / "texts/0000").iterdir())
    assert (len(files), files[0]) == (60, name)
    text = (tmp_path / "texts/0000" / name).read_text()
    assert makers.story(0)[1] in text
    if form == "markdown":
        assert text.startswith('---\ntitle: "The harbour counts 0"\n')


def test_fields_in_the_order_asked_for(crawl, job, tmp_path):
    job(crawl, fields=("text", "url"))
    assert list(lines(tmp_path / "out.jsonl")[0]) == ["text", "url"]
    with pytest.raises(ValueError, match="no field headline: there are url, source"):
        job(crawl, "other.jsonl", fields=("headline",))
    assert not list(tmp_path.glob("other*"))


def test_standard_input_and_columns(job, tmp_path, monkeypatch):
    class Stdin:
        buffer = __import__("io").BytesIO(b'{"story": "%s"}\n' % makers.text_page(1).replace("\n", "\\n").encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    job("-", columns=Columns(content="story"))
    (record,) = lines(tmp_path / "out.jsonl")
    assert (record["source"], record["position"]) == ("-", 0)
    assert makers.story(1)[0] in record["text"]


FILTERS = {
    "status": (Filters(status=("paywalled",)), "filter_status"),
    "confidence": (Filters(min_confidence=1.0), "filter_confidence"),
    "language": (Filters(languages=("xx",)), "filter_language"),
    "since": (Filters(since=date(2050, 1, 1)), "filter_date"),
    "host": (Filters(hosts=("other.example",)), "filter_host"),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_reject_with_their_reason(crawl, job, tmp_path, name):
    filters, reason = FILTERS[name]
    job(crawl, filters=filters)
    assert lines(tmp_path / "out.jsonl") == []
    assert {reject["reason"] for reject in lines(tmp_path / "out.jsonl.rejects.jsonl")} == {reason}


def test_filters_that_fit_keep_all(crawl, job):
    assert job(crawl, filters=Filters(hosts=("example",), status=("article", "partial"))).rejects == 0


def test_filter_rules():
    from datetime import datetime

    from articlex.batch.records import refuse

    article = Article("article", 0.8, language="en-GB", published=datetime.fromisoformat("2024-05-06T23:30:00-08:00"))
    assert refuse(article, Filters(languages=("de", "EN"), since=date(2024, 5, 6), until=date(2024, 5, 6))) is None
    assert refuse(article, Filters(languages=("e",))) == ("filter_language", "en-GB")
    assert refuse(article, Filters(until=date(2024, 5, 5))) == ("filter_date", "2024-05-06")
    assert refuse(Article("article"), Filters(since=date(2024, 5, 5))) == ("filter_date", "no date of publication")


def duplicates(tmp_path: Path) -> Path:
    first, second = makers.text_page(1), makers.text_page(2)
    near = first.replace("painted again", "painted anew")
    rows = [first, second, first.replace(" ", "  "), near, second]
    path = tmp_path / "rows"
    path.write_text(
        "".join(json.dumps({"url": f"https://a.example/{n}", "text": row}) + "\n" for n, row in enumerate(rows))
    )
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_exact_duplicates(job, tmp_path, jobs):
    job(duplicates(tmp_path), jobs=jobs, filters=Filters(duplicates="exact"))
    assert [record["url"][-1] for record in lines(tmp_path / "out.jsonl")] == ["0", "1", "3"]
    rejects = lines(tmp_path / "out.jsonl.rejects.jsonl")
    assert [(reject["reason"], reject["detail"]) for reject in rejects] == [
        ("duplicate", "same text as https://a.example/0"),
        ("duplicate", "same text as https://a.example/1"),
    ]


def test_near_duplicates(job, tmp_path):
    pytest.importorskip("rensa")
    job(duplicates(tmp_path), filters=Filters(duplicates="near"))
    assert [record["url"][-1] for record in lines(tmp_path / "out.jsonl")] == ["0", "1"]
    reject = lines(tmp_path / "out.jsonl.rejects.jsonl")[1]
    assert reject["reason"] == "near_duplicate"
    assert reject["detail"].endswith("alike: https://a.example/0")


def test_rejects_say_where_and_why(job, tmp_path):
    pytest.importorskip("fastwarc")
    records = [makers.response(0), makers.warc_record(1, makers.http_response(b"", status="404 Not Found"))]
    (tmp_path / "crawl").write_bytes(makers.warc([*records, makers.warc_record(2, b"x", "request")]))
    summary = job(tmp_path / "crawl")
    (reject,) = lines(tmp_path / "out.jsonl.rejects.jsonl")
    assert reject == {
        "source": str(tmp_path / "crawl"),
        "position": len(gzip.compress(records[0])),
        "record": "<urn:uuid:00000001>",
        "url": "https://quillon.example/story-1",
        "reason": "http_status",
        "detail": "404",
    }
    assert summary.manifest["not_pages"] == {"request": 1}
    manifest = json.loads((tmp_path / "out.jsonl.manifest.json").read_text())
    assert manifest == summary.manifest
    assert (manifest["pages"], manifest["records"], manifest["rejects"]) == (2, 1, 1)
    assert manifest["sources"] == [{"source": str(tmp_path / "crawl"), "records": 1, "rejects": 1}]


def test_an_output_is_not_replaced_unasked(crawl, job, tmp_path):
    job(crawl)
    with pytest.raises(JobError, match="exists: replace it with --overwrite"):
        job(crawl)
    assert job(crawl, existing="resume").records == 60
    crawl.write_bytes(makers.warc(makers.response(number) for number in range(3)))
    assert job(crawl, existing="overwrite").records == 3
    with pytest.raises(JobError, match="another job"):
        job(crawl, existing="resume", fields=("url",))


def test_nothing_is_left_of_a_job_that_cannot_begin(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere: no such file"):
        run([tmp_path / "nowhere"], tmp_path / "out.jsonl")
    with pytest.raises(JobError, match="no such folder"):
        run([tmp_path], tmp_path / "gone/out.jsonl")
    with pytest.raises(ValueError, match=r"name an output \.jsonl"):
        run([tmp_path], tmp_path / "out.csv")
    with pytest.raises(ValueError, match="between 0 and 1"):
        Filters(min_confidence=7)
    with pytest.raises(ValueError, match="at least 1"):
        Settings(jobs=0)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_an_empty_job(job, tmp_path):
    (tmp_path / "empty").mkdir()
    assert job(tmp_path / "empty").pages == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    pytest.importorskip("pyarrow")
    assert job(tmp_path / "empty", "out.parquet").pages == 0
