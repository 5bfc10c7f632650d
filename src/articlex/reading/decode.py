"""Bytes to text in the order of the WHATWG encoding standard.

BOM, the charset of the HTTP header, the page's own declaration, then (as browsers guess) well-formed UTF-8 and
charset-normalizer. https://html.spec.whatwg.org/#determining-the-character-encoding
"""

from __future__ import annotations

import codecs
import re

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels whose WHATWG meaning is wider than the Python codec of that name (https://encoding.spec.whatwg.org/#names-and-labels)
_LABELS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso_8859-1": "cp1252", "l1": "cp1252", "ansi": "cp1252", "x-cp1252": "cp1252",
    "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "gb18030",
    "chinese": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "ksc5601": "cp949", "windows-949": "cp949",
    "x-euc-jp": "euc_jp", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-mac-cyrillic": "mac-cyrillic",
    "iso-8859-8-i": "iso-8859-8", "logical": "iso-8859-8", "x-windows-1251": "cp1251", "win-1251": "cp1251", "koi8": "koi8-r",
}  # fmt: skip
_DECLARED = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.+-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})", re.I)
_PRESCAN = 4_096
"""Browsers look at 1,024 bytes; pages that put scripts first declare later, and nothing is lost by looking on."""
_SAMPLE = 20_000
_BAD_SHARE = 0.001


def decode(data: bytes, http_charset: str | None = None) -> tuple[str, str, str]:
    """The text, the charset used, and what named it: "bom", "http", "meta", "utf-8" or "detected"."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace"), name, "bom"
    if name := _codec(http_charset):
        return data.decode(name, "replace"), name, "http"
    if name := _declared(data):
        return data.decode(name, "replace"), name, "meta"
    if name := _wide(data):
        return data.decode(name, "replace"), name, "detected"
    return _guess(data)


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return None
    # codecs such as "hex" or "rot13" are no charsets
    return name.name if getattr(name, "_is_text_encoding", True) else None


def _declared(data: bytes) -> str | None:
    found = _XML.search(data[:300]) or _DECLARED.search(data, 0, _PRESCAN) or _DECLARED.search(data, 0, 16 * _PRESCAN)
    name = _codec(found[1].decode("ascii")) if found else None
    if name and name.startswith(("utf-16", "utf-32")):
        # a declaration that can be read as ASCII cannot be in UTF-16: the standard says UTF-8
        return "utf-8"
    if name == "utf-8":
        return name if _nearly_utf8(data) else None
    return name


def _nearly_utf8(data: bytes) -> bool:
    """Whether at most one byte in a thousand is not well-formed: some pages are UTF-8 but for a pasted quote."""
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") <= max(3, len(data) * _BAD_SHARE)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a BOM, told by where the NULs of its ASCII characters stand."""
    sample = data[:_PRESCAN]
    if len(sample) < 2 or sample.count(0) < len(sample) // 5:
        return None
    by_place = [sample[place::4].count(0) for place in range(4)]
    quarter = max(1, len(sample) // 4)
    if sum(count > quarter * 0.8 for count in by_place) >= 3:
        return "utf-32-le" if by_place[0] < by_place[3] else "utf-32-be"
    return "utf-16-le" if by_place[1] + by_place[3] > by_place[0] + by_place[2] else "utf-16-be"


def _guess(data: bytes) -> tuple[str, str, str]:
    try:
        return data.decode("utf-8"), "utf-8", "utf-8"
    except UnicodeDecodeError:
        if _nearly_utf8(data):
            return data.decode("utf-8", "replace"), "utf-8", "utf-8"
    from charset_normalizer import from_bytes

    # what tells the charset is the non-ASCII text, wherever it stands: sample around its first bytes
    start = max(0, next((i for i, byte in enumerate(data[: 10 * _SAMPLE]) if byte > 127), 0) - 1_000)
    best = from_bytes(data[start : start + _SAMPLE]).best()
    name = _codec(best.encoding) if best else None
    return data.decode(name or "cp1252", "replace"), name or "cp1252", "detected"
