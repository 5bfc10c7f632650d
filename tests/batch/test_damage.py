"""Damaged archives: every page that can be read is read, and every damage is told."""

from __future__ import annotations

import gzip
import io
import random

import pytest

from articlex.archives import RawPage, Reader

from . import makers

fastwarc = pytest.importorskip("fastwarc")
zstandard = pytest.importorskip("zstandard")
LIMIT = 2**20
PACKS = {"plain": bytes, "gzip": gzip.compress, "zstd": lambda data: bytes(zstandard.ZstdCompressor().compress(data))}


def outcome(data: bytes) -> list[str]:
    """What came of each page: its record number, or its reason."""

    def of(page: RawPage) -> str:
        return page.rejected[0] if page.rejected else str(int((page.record or "0").strip("<>")[-8:]))

    return [of(page) for page in Reader(LIMIT).read(io.BytesIO(data), "x")]


def payload_of(data: bytes, number: int) -> bytes:
    pages = Reader(LIMIT).read(io.BytesIO(data), "x")
    return bytes(next(page.data for page in pages if page.record == f"<urn:uuid:{number:08d}>"))  # type: ignore[arg-type]


@pytest.fixture(params=PACKS)
def pack(request):
    return PACKS[request.param]


def records() -> list[bytes]:
    return [makers.response(number) for number in range(8)]


def test_broken_header(pack):
    parts = records()
    parts[4] = b"WXRC" + parts[4][4:]
    assert outcome(makers.warc(parts, pack)) == ["0", "1", "2", "3", "corrupt", "5", "6", "7"]


def test_header_without_its_lines(pack):
    parts = records()
    parts[4] = b"WARC/1.0\r\n\r\n" + parts[4]
    result = outcome(makers.warc(parts, pack))
    assert result[:4] + result[-3:] == ["0", "1", "2", "3", "5", "6", "7"]


@pytest.mark.parametrize("length", ["7", "20000", "999999999", "-5", "many"])
def test_wrong_content_length(pack, length):
    parts = records()
    whole = makers.http_response(makers.html_page(4).encode())
    parts[4] = makers.warc_record(4, whole, content_length=length)
    data = makers.warc(parts, pack)
    assert outcome(data) == [str(n) for n in range(8)]
    assert payload_of(data, 4) == whole


def test_garbage_between_records():
    parts = records()
    parts.insert(5, b"????? what is this\r\n\r\n")
    assert outcome(makers.warc(parts, bytes)) == ["0", "1", "2", "3", "4", "corrupt", "5", "6", "7"]


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_truncated_member_in_the_middle(kind):
    parts = [PACKS[kind](record) for record in records()]
    parts[4] = parts[4][: len(parts[4]) // 2]
    result = outcome(b"".join(parts))
    assert result[:4] == ["0", "1", "2", "3"]
    assert result[4] in ("corrupt", "truncated")
    assert result[5:] == ["5", "6", "7"]


def test_flipped_bits_and_wrong_checksum():
    for place in (60, -6):
        parts = [gzip.compress(record) for record in records()]
        member = bytearray(parts[4])
        member[place] ^= 0xFF
        parts[4] = bytes(member)
        assert outcome(b"".join(parts)) == ["0", "1", "2", "3", "corrupt", "5", "6", "7"]


def test_truncated_at_the_end(pack):
    parts = [pack(record) for record in records()]
    data = b"".join(parts)
    assert outcome(data[: -len(parts[7]) // 2]) == [*map(str, range(7)), "truncated"]


def test_truncated_file_that_was_compressed_as_a_whole():
    data = gzip.compress(b"".join(records()))
    result = outcome(data[: len(data) - 200])
    assert result[-1] == "truncated"
    assert result[:-1] == [str(n) for n in range(len(result) - 1)]


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.6])
def test_other_archives_cut_short(cut):
    pages = {f"{n}.html": makers.html_page(n).encode() for n in range(8)}
    archives = (
        makers.tar(pages),
        gzip.compress(makers.tar(pages)),
        makers.zipped(pages),
        gzip.compress(makers.jsonl(range(8))),
    )
    for data in archives:
        got = list(Reader(LIMIT).read(io.BytesIO(data[: int(len(data) * cut)]), "x"))
        reasons = [page.rejected and page.rejected[0] for page in got]
        assert reasons[-1] in ("truncated", "corrupt"), data[:4]
        assert len(set(reasons)) < 3
        assert reasons == sorted(reasons, key=bool)  # no page behind the damage, none lost before it


def test_what_stands_before_the_damage_is_read():
    for data in (makers.tar({f"{n}.html": makers.html_page(n).encode() for n in range(200)}), makers.jsonl(range(200))):
        packed = gzip.compress(data)
        got = list(Reader(LIMIT).read(io.BytesIO(packed[: len(packed) // 2]), "x"))
        assert len(got) > 80
        assert got[-1].rejected == ("truncated", "EOFError: the compressed file ends too early")


def test_a_broken_member_of_a_zip_is_one_reject():
    data = bytearray(makers.zipped({f"{n}.html": makers.html_page(n).encode() for n in range(4)}))
    at = data.index(b"2.html") + 40
    data[at] ^= 0xFF
    result = [page.rejected and page.rejected[0] for page in Reader(LIMIT).read(io.BytesIO(bytes(data)), "x")]
    assert result == [None, None, "corrupt", None]


def test_broken_tar_header():
    data = bytearray(makers.tar({f"{n}.html": makers.html_page(n).encode() for n in range(4)}))
    at = data.index(b"2.html")
    data[at : at + 512] = b"\xff" * 512
    result = [page.rejected and page.rejected[0] for page in Reader(LIMIT).read(io.BytesIO(bytes(data)), "x")]
    assert result == [None, None, "corrupt"]


@pytest.mark.parametrize("seed", range(30))
def test_any_flipped_byte_is_survived(seed, pack):
    choose = random.Random(seed)
    data = bytearray(makers.warc(records(), pack))
    for _ in range(3):
        data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    result = outcome(bytes(data))
    assert 6 <= len(result) <= 12
    assert len([x for x in result if x.isdigit()]) >= 4


def test_zero_bytes_and_white_space():
    assert outcome(b"") == ["empty_input"]
    assert outcome(b"  \n ") == ["empty_input"]
