"""Bytes of any charset to UTF-8, in the order of the WHATWG encoding standard.

BOM, the charset of the HTTP header, the page's own declaration, then (as browsers guess) well-formed UTF-8 and
charset-normalizer. Pages that are well-formed UTF-8, nearly all, pass through unchanged. https://html.spec.whatwg.org/#determining-the-character-encoding
"""

from __future__ import annotations

import codecs
import re

from articlex.patterns import lazy

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels whose WHATWG meaning is wider than the Python codec of that name, by the codec that is meant
# (https://encoding.spec.whatwg.org/#names-and-labels)
_WIDER = {
    "cp1252": "ascii us-ascii iso-8859-1 iso8859-1 latin1 latin-1 iso_8859-1 l1 ansi x-cp1252",
    "cp1254": "iso-8859-9 iso8859-9 latin5",
    "cp874": "iso-8859-11 tis-620",
    "gb18030": "gb2312 gbk gb_2312-80 x-gbk hz-gb-2312 chinese",
    "big5hkscs": "big5 big5-hkscs x-x-big5 cn-big5",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
    "cp949": "euc-kr ks_c_5601-1987 korean ksc5601 windows-949",
    "euc_jp": "x-euc-jp",
    "utf-8": "utf8 unicode-1-1-utf-8",
    "mac-cyrillic": "x-mac-cyrillic",
    "iso-8859-8": "iso-8859-8-i logical",
    "cp1251": "x-windows-1251 win-1251",
    "koi8-r": "koi8",
}
_LABELS = {label: codec for codec, labels in _WIDER.items() for label in labels.split()}
_NO_CHARSETS = frozenset(
    {
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "raw_unicode_escape",
        "unicode-escape",
        "raw-unicode-escape",
        "utf-7",
    }
)
"""Python codecs that are no charsets of pages; the standard leaves UTF-7 out because it hides markup."""
_DECLARED = lazy(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.+-]{2,40})", re.IGNORECASE)
_XML = lazy(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})", re.IGNORECASE)
_PRESCAN = 4_096
"""Browsers look at 1,024 bytes; pages that put scripts first declare later, and nothing is lost by looking on."""
_SAMPLE = 20_000
_PIECE = 16_384
_BAD_SHARE = 0.001
_FEW = 0.005
_HIGH = bytes(range(128, 256))
_MULTIBYTE = lazy(rb"[\xc3-\xf4][\x80-\xbf]")


def to_utf8(data: bytes, http_charset: str | None = None) -> tuple[bytes, str, str]:
    """The page in UTF-8, the charset it was in, and what named that: "bom", "http", "meta", "utf-8" or "detected"."""
    bom, name = next((known for known in _BOMS if data.startswith(known[0])), (b"", ""))
    data = data[len(bom) :]
    valid = _is_utf8(data)
    name, origin = (name, "bom") if name else _named(data, http_charset, valid)
    if valid and name == "utf-8":
        return data, name, origin
    return encode(data.decode(name, "replace")), name, origin


def _named(data: bytes, http_charset: str | None, valid: bool) -> tuple[str, str]:
    if name := _codec(http_charset):
        return name, "http"
    name = _declared(data)
    if name and (name != "utf-8" or valid or _nearly_utf8(data)):
        return name, "meta"
    if name := _wide(data):
        return name, "detected"
    if valid or (_nearly_utf8(data) and _MULTIBYTE.search(data)):
        return "utf-8", "utf-8"
    return _guess(data), "detected"


def encode(text: str) -> bytes:
    """Text as UTF-8. Pairs of surrogates, as JavaScript writes them, become their character; lone ones U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return None
    # codecs such as "hex" or "rot13" turn no bytes into text
    return name.name if getattr(name, "_is_text_encoding", True) and name.name not in _NO_CHARSETS else None


def _declared(data: bytes) -> str | None:
    found = _XML.search(data[:300]) or _DECLARED.search(data, 0, _PRESCAN) or _DECLARED.search(data, 0, 16 * _PRESCAN)
    name = _codec(found[1].decode("ascii")) if found else None
    if name and name.startswith(("utf-16", "utf-32")):
        # a declaration that can be read as ASCII cannot be in UTF-16: the standard says UTF-8
        return "utf-8"
    return name


def _is_utf8(data: bytes) -> bool:
    view, at, end = memoryview(data), 0, len(data)
    try:
        while at < end:  # in pieces that stay in the cache: half the time of all at once, and no memory
            stop = at + _PIECE
            at += codecs.utf_8_decode(view[at:stop], "strict", stop >= end)[1]
    except UnicodeDecodeError:
        return False
    return True


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


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # what tells the charset is the non-ASCII text, wherever it stands: sample around its first bytes
    start = max(0, next((i for i, byte in enumerate(data[: 10 * _SAMPLE]) if byte > 127), 0) - 1_000)
    sample = data[start : start + _SAMPLE]
    if len(sample) - len(sample.translate(None, _HIGH)) < len(sample) * _FEW:
        return "cp1252"  # a few quotes or dashes tell no charset from another: this is what browsers fall back on
    best = from_bytes(sample).best()
    return (_codec(best.encoding) if best else None) or "cp1252"
