"""Invented pages and archives of them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

NAMES = ["harbour", "council", "bakery", "orchestra", "ferry", "lighthouse", "museum", "library", "stadium", "cannery"]
START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


def story(number: int) -> list[str]:
    """The paragraphs of an invented story, different for every number."""
    place = NAMES[number % len(NAMES)]
    return [
        f"The {place} of Port Quillon counted {number + 3} visitors before noon on Tuesday, said keeper Ida Marrow, "
        f"who has looked after the doors for {number % 40 + 2} years and does not expect the number to fall.",
        f"Visitors number {number} to {number + 9} were given a paper lantern each, a custom which the town has kept "
        f"since the flood of {1800 + number % 150}, when lamps were the only sign of life on the quay.",
        f"A second count in the evening found {number * 2} people on the stairs. The mayor, Tomas Ilvane, called it "
        f"a good day for the {place} and promised that the {number % 7 + 1} benches would be painted again.",
    ]


def html_page(number: int, site: str = "quillon.example") -> str:
    """A page with navigation, a story and a footer."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in story(number))
    day = (START + timedelta(days=number % 300)).date().isoformat()
    return (
        f'<!doctype html><html lang="en"><head><title>The {NAMES[number % len(NAMES)]} counts {number} | Quillon Post'
        f'</title><link rel="canonical" href="https://{site}/story-{number}">'
        f'<meta property="article:published_time" content="{day}T09:30:00+00:00"></head><body>'
        f'<nav><a href="/">Home</a> <a href="/town">Town</a></nav><article><h1>The {NAMES[number % len(NAMES)]} counts '
        f"{number}</h1>{body}</article><footer><p>Quillon Post, Quay Street. All rights reserved.</p></footer>"
    )


def text_page(number: int) -> str:
    """The same page, flattened."""
    lines = [f"The {NAMES[number % len(NAMES)]} counts {number} | Quillon Post", "Home", "Town", *story(number)]
    return "\n".join([*lines, "Quillon Post, Quay Street. All rights reserved."])


def http_response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",)), "", ""]
    return "\r\n".join(lines).encode() + body


def warc_record(
    number: int, payload: bytes, kind: str = "response", *, media: str | None = None, **headers: str
) -> bytes:
    """One record; ``headers`` replace the usual ones (``content_length="7"``)."""
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{number:08d}>",
        "WARC-Target-URI": f"https://quillon.example/story-{number}",
        "WARC-Date": (START + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Content-Type": media or ("application/http; msgtype=response" if kind == "response" else "text/plain"),
        "Content-Length": str(len(payload)),
    }
    fields.update({name.replace("_", "-").title().replace("Warc", "WARC"): value for name, value in headers.items()})
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return head.encode() + payload + b"\r\n\r\n"


def response(number: int) -> bytes:
    return warc_record(number, http_response(html_page(number).encode()))


def wet_record(number: int) -> bytes:
    return warc_record(number, text_page(number).encode(), "conversion")


def warc(records: Iterable[bytes], pack: Callable[[bytes], bytes] = gzip.compress) -> bytes:
    return b"".join(map(pack, records))


def jsonl(numbers: Iterable[int]) -> bytes:
    rows = ({"id": f"row-{n}", "url": f"https://quillon.example/story-{n}", "html": html_page(n)} for n in numbers)
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def tar(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def mhtml(number: int) -> bytes:
    place = f"https://quillon.example/story-{number}"
    return (
        f"From: <Saved by a browser>\r\nSnapshot-Content-Location: {place}\r\n"
        "Subject: Story\r\nDate: Fri, 1 Mar 2024 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="----x"\r\n\r\n'
        "------x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: {place}\r\n\r\n{html_page(number)}\r\n"
        "------x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n------x--\r\n"
    ).encode()
