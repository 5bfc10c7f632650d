"""Small archives that unpack to very much."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
import zlib

from articlex.archives import RawPage, Reader

from . import makers

LIMIT = 2**20


def read(data: bytes) -> list[RawPage]:
    return list(Reader(LIMIT).read(io.BytesIO(data), "x"))


def bomb(head: bytes, size: int = 200_000_000) -> bytes:
    """A gzip file of a thousandth of its content's size."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    parts = [packer.compress(head), *(packer.compress(b"a" * 2**20) for _ in range(size // 2**20)), packer.flush()]
    return b"".join(parts)


def labelled() -> bytes:
    """A tar file whose second member has 200 MB of extended header before it."""
    member = tarfile.TarInfo("pax")
    member.type, member.size = tarfile.XHDTYPE, 200_000_000
    return bytes(makers.tar({"a.html": b"<p>a"})[:1024] + member.tobuf(tarfile.USTAR_FORMAT))


def test_bombs_in_archives_are_cut_and_never_in_memory_as_a_whole(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("page.html.gz", bomb(b"<p>"))
        archive.writestr("rows.jsonl.gz", bomb(b'{"html": "'))
        archive.writestr("label.tar.gz", bomb(labelled()))
        archive.writestr("after.html", makers.html_page(1))
    code = (
        "import resource, sys; from articlex.archives import Reader\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"pages = list(Reader({LIMIT}).read(open(sys.argv[1], 'rb'), 'x'))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, *(len(page.data) for page in pages))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    grown, *sizes = map(int, run.stdout.split())
    assert sizes == [LIMIT, 0, 4, 0, len(makers.html_page(1).encode())]
    assert grown < 40_000, "kB"


def test_an_archive_in_an_archive_has_a_limit_on_the_disk(monkeypatch):
    inner = makers.zipped({"x.html": b"<p>" + b"a" * 3_000_000})
    packed = makers.tar({"in.zip.gz": gzip.compress(inner + bytes(3_000_000)), "b.html": b"<p>b"})
    monkeypatch.setattr("articlex.archives.reader.NESTED", 2_000_000)
    assert [page.rejected and page.rejected[0] for page in read(packed)] == ["too_large", None]
