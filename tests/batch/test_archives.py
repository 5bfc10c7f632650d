"""Each kind of archive is told by its content and read whole."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articlex.archives import Columns, RawPage, Reader, files_of, take_inventory, unwrap
from articlex.archives.sniff import sniff

from . import makers

fastwarc = pytest.importorskip("fastwarc")
zstandard = pytest.importorskip("zstandard")
LIMIT = 2**20


def read(data: bytes, name: str = "x", **options: object) -> list[RawPage]:
    pages = Reader(LIMIT, **options).read(io.BytesIO(data), name)  # type: ignore[arg-type]
    return [unwrap(page, LIMIT) if page.http else page for page in pages]


def zstd(data: bytes) -> bytes:
    return bytes(zstandard.ZstdCompressor().compress(data))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd], ids=["plain", "gzip", "zstd"])
def test_warc(pack):
    others = makers.warc_record(9, b"software: none\r\n", "warcinfo")
    reader = Reader(LIMIT)
    data = makers.warc([others, makers.response(1), makers.wet_record(2)], pack)
    first, second = [unwrap(page, LIMIT) if page.http else page for page in reader.read(io.BytesIO(data), "crawl")]
    assert first.data == makers.html_page(1).encode()
    assert first.url == "https://quillon.example/story-1"
    assert first.fetched == datetime(2024, 3, 1, 8, 1, tzinfo=UTC)
    assert (first.record, first.encoding, first.input) == ("<urn:uuid:00000001>", "utf-8", "auto")
    assert first.position == len(pack(others))
    assert (second.data, second.input) == (makers.text_page(2).encode(), "text")
    assert reader.skipped == {"warcinfo": 1}


def test_warc_compressed_as_a_whole_is_read_record_by_record():
    pages = read(gzip.compress(b"".join(makers.response(n) for n in range(5))))
    assert [page.record for page in pages] == [f"<urn:uuid:{n:08d}>" for n in range(5)]


def brotli(data: bytes) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(data))


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli, "zstd": zstd, "x-gzip": gzip.compress}


@pytest.mark.parametrize("coding", CODINGS)
def test_content_encoding(coding):
    body = CODINGS[coding](makers.html_page(3).encode())
    payload = makers.http_response(body, "Content-Type: text/html; Charset='ISO-8859-1'", f"Content-Encoding: {coding}")
    (page,) = read(makers.warc_record(3, payload))
    assert page.data == makers.html_page(3).encode()
    assert page.encoding == "ISO-8859-1"


def test_deflate_without_its_header_and_chunks():
    body = raw_deflate(makers.html_page(3).encode())
    chunks = b"".join(
        b"%x;ext=1\r\n%s\r\n" % (len(body[i : i + 50]), body[i : i + 50]) for i in range(0, len(body), 50)
    )
    headers = ("Content-Type: text/html", "Transfer-Encoding: chunked", "Content-Encoding: deflate")
    (page,) = read(makers.warc_record(3, makers.http_response(chunks + b"0\r\n\r\n", *headers)))
    assert page.data == makers.html_page(3).encode()


def test_headers_kept_from_a_body_stored_decoded():
    headers = ("Content-Type: text/html", "Transfer-Encoding: chunked", "Content-Encoding: gzip")
    (page,) = read(makers.warc_record(3, makers.http_response(makers.html_page(3).encode(), *headers)))
    assert page.data == makers.html_page(3).encode()


def test_a_bomb_in_a_response_is_cut():
    body = gzip.compress(b"<p>" + b"a" * 30_000_000)
    payload = makers.http_response(body, "Content-Type: text/html", "Content-Encoding: gzip")
    (page,) = read(makers.warc_record(3, payload))
    assert len(page.data) == LIMIT


@pytest.mark.parametrize(
    ("status", "media", "body", "reason"),
    [
        ("404 Not Found", "text/html", b"<p>no", "http_status"),
        ("301 Moved", "text/html", b"", "http_status"),
        ("200 OK", "image/png", b"\x89PNG", "not_a_page"),
        ("200 OK", "application/octet-stream", b"\x00\x01\x02" * 99, "not_a_page"),
        ("200 OK", "application/xml", b"<rss><item/></rss>", "not_a_page"),
        ("200 OK", "text/html", b" \n", "empty_input"),
    ],
)
def test_responses_that_are_no_pages(status, media, body, reason):
    payload = makers.http_response(body, f"Content-Type: {media}", status=status)
    (page,) = read(makers.warc_record(3, payload))
    assert page.rejected is not None
    assert page.rejected[0] == reason
    assert page.url == "https://quillon.example/story-3"


def test_resource_records():
    html = makers.warc_record(1, makers.html_page(1).encode(), "resource", media="text/html; charset=koi8-r")
    image = makers.warc_record(2, b"\x89PNG", "resource", media="image/png")
    page, other = read(html + image)
    assert (page.encoding, page.rejected) == ("koi8-r", None)
    assert other.rejected == ("not_a_page", "image/png")


def test_zip_tar_and_archives_within_archives():
    inner = makers.tar({"a.html": makers.html_page(1).encode(), "b.txt": makers.text_page(2).encode()})
    crawl = makers.warc([makers.response(4)])
    members = {"dir/in.tgz": gzip.compress(inner), "c.htm": makers.html_page(3).encode(), "d.warc.gz": crawl}
    pages = read(makers.zipped(members), "all")
    assert [page.source for page in pages] == [
        "all!dir/in.tgz!a.html",
        "all!dir/in.tgz!b.txt",
        "all!c.htm",
        "all!d.warc.gz",
    ]
    assert not any(page.rejected for page in pages)


def test_nesting_has_an_end():
    data = makers.html_page(1).encode()
    for _ in range(6):
        data = makers.zipped({"x": data})
    assert [page.rejected and page.rejected[0] for page in read(data)] == ["too_deep"]


def test_wacz_gives_the_pages_of_its_warc_files_only():
    members = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b'{"format":"json-pages-1.0","text":"x"}\n',
        "archive/data.warc.gz": makers.warc([makers.response(1)]),
    }
    pages = read(makers.zipped(members), "x.wacz")
    assert [page.record for page in pages] == ["<urn:uuid:00000001>"]


def test_mhtml_mail_and_mbox():
    (page,) = read(makers.mhtml(5))
    assert b"Tuesday" in page.data
    assert page.url == "https://quillon.example/story-5"
    assert (page.fetched, page.input) == (datetime(2024, 3, 1, 8, tzinfo=UTC), "html")
    head = b"Message-ID: <%d@x>\nDate: Fri, 1 Mar 2024 08:00:00 +0100\nSubject: s\n"
    letter = head + b"Content-Type: text/plain; charset=latin-1\n\nH\xe9llo %d\n"
    box = b"".join(b"From x@y Fri Mar  1 08:00:00 2024\n" + letter % (n, n) + b">From here\n\n" for n in range(3))
    pages = read(box)
    assert [page.record for page in pages] == ["<0@x>", "<1@x>", "<2@x>"]
    assert [page.position for page in pages] == [0, len(box) // 3, 2 * len(box) // 3]
    assert pages[1].encoding == "latin-1"
    assert b"\nFrom here" in bytes(pages[1].data)  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd], ids=["plain", "gzip", "zstd"])
def test_jsonl(pack):
    data = makers.jsonl(range(3)) + b'\n{"broken\n{"id": 7}\n[1]\n'
    pages = read(pack(data))
    assert [page.record for page in pages] == ["row-0", "row-1", "row-2", None, "7", None]
    assert [page.position for page in pages] == [0, 1, 2, 3, 4, 5]
    assert pages[1].data == makers.html_page(1)
    assert [page.rejected and page.rejected[0] for page in pages[3:]] == ["corrupt", "no_content", "corrupt"]


def test_columns_can_be_chosen():
    line = json.dumps(
        {"text": "wrong", "story": "right", "where": "https://a.example/", "when": "2024-05-06T07:08:09+02:00"}
    )
    (page,) = read(line.encode(), columns=Columns(content="story", url="where", fetched="when"))
    assert (page.data, page.url) == ("right", "https://a.example/")
    assert page.fetched == datetime.fromisoformat("2024-05-06T07:08:09+02:00")


def test_parquet(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table(
        {"id": [1, 2], "text": [makers.text_page(1), None], "url": ["https://a.example/1", None], "noise": [0, 0]}
    )
    pq.write_table(table, tmp_path / "x")
    first, second = read((tmp_path / "x").read_bytes())
    assert (first.data, first.url, first.record, first.position) == (makers.text_page(1), "https://a.example/1", "1", 0)
    assert second.rejected == ("no_content", "text is empty")
    (page,) = read((tmp_path / "x").read_bytes(), columns=Columns(content="body"))
    assert page.rejected is not None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (bytes(range(32)) * 40, "binary"),
        ("<p>Grüße".encode("utf-16"), "page"),
        ("<p>plain words".encode("utf-16-le"), "page"),
        (b"\x00" * 5000, "binary"),
        (b"<!doctype html><p>x", "page"),
        (b"Date: Tuesday\nPlace: Port Quillon\n\nA story.", "page"),
        (b"From the harbour came a letter.\nDear all", "page"),
        (b'{"@context": "x"\n, "a": 1}', "page"),
        (b"{ not json", "page"),
    ],
)
def test_sniffing(data, kind):
    assert sniff(data) == kind


def test_folders_globs_and_what_is_no_page(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b/2.html").write_text(makers.html_page(2))
    (tmp_path / "a.warc").write_bytes(makers.response(1))
    (tmp_path / "c.css").write_text("p { color: red }")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    names = [Path(file.name).name for file in files_of([str(tmp_path)])]
    assert names == ["a.warc", "2.html", "c.css", "gone"]
    assert [Path(file.name).name for file in files_of([str(tmp_path / "**/*.html")])] == ["2.html"]
    with pytest.raises(FileNotFoundError, match="no such file"):
        list(files_of([str(tmp_path / "*.zip")]))
    with pytest.raises(OSError, match="gone"):
        next(file for file in files_of([str(tmp_path)]) if file.name.endswith("gone")).open()
    (page,) = read((tmp_path / "c.css").read_bytes(), "c.css")
    assert page.rejected == ("not_a_page", "text/css, by its name")


def test_inventory_changes_with_the_files(tmp_path):
    (tmp_path / "1.html").write_text("x")
    before = take_inventory([str(tmp_path)])
    assert take_inventory([str(tmp_path)]) == before
    (tmp_path / "2.html").write_text("yy")
    after = take_inventory([str(tmp_path)])
    assert (before.files, before.size, after.files, after.size) == (1, 1, 2, 3)
    assert before.digest != after.digest


def test_remote_paths_by_fsspec():
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    store.pipe("/crawl/a.html", makers.html_page(1).encode())
    store.pipe("/crawl/b.warc.gz", makers.warc([makers.response(2), makers.response(3)]))
    files = list(files_of(["memory://crawl"]))
    assert [file.size > 0 for file in files] == [True, True]
    reader = Reader(LIMIT)
    pages = []
    for file in files:
        with file.open() as stream:
            pages += list(reader.read(stream, file.name))
    assert [page.record for page in pages] == [None, "<urn:uuid:00000002>", "<urn:uuid:00000003>"]
    assert [file.name for file in files_of(["memory://crawl/*.html"])] == [files[0].name]
