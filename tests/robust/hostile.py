"""Hostile pages, each of about the size asked for: what libxml2, a regex or a quadratic loop would choke on."""

from __future__ import annotations

from collections.abc import Callable

STORY = (
    "<article><h1>Harbour reopens after the storm</h1>"
    "<p>The harbour of Port Ellis reopened on Monday, four days after the storm that closed it, officials said.</p>"
    "<p>Ferries to the island left in the morning, and the fish market is expected to follow later this week.</p>"
    "</article>"
)
_LD = '<script type="application/ld+json">'
_BILLION = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{("&" + old + ";") * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><html><body><p>&i;</p>"
)
_EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>&x;</p><xi:include href="file:///etc/passwd" '
    'parse="text"/><object data="file:///etc/passwd"></object>'
)


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece)) + STORY


def _nested(tag: str, closed: bool = True) -> Callable[[int], str]:
    def page(size: int) -> str:
        times = size // (2 * len(tag) + 5) if closed else size // (len(tag) + 2)
        return f"<{tag}>" * times + STORY + (f"</{tag}>" * times if closed else "")

    return page


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested div": _nested("div"),
    "nested div, never closed": _nested("div", closed=False),
    "nested span": _nested("span"),
    "nested list": _nested("ul><li", closed=False),
    "nested table": _nested("table><tr><td", closed=False),
    "nested quotation": _nested("blockquote"),
    "nested unknown": _nested("x-y"),
    "inline never closed": _repeated("<b><i>x</p>"),
    "links never closed": _repeated('<a href="/x">x'),
    "marked spans never closed": _repeated('<span class="a">x'),
    "spans around blocks": lambda size: '<a class="x">' * 500 + "<p>x y</p>" * (size // 10) + STORY,
    "fonts never closed": _repeated('<font color="red"><p>x'),
    "end tags only": _repeated("</div></p></b>"),
    "attributes on one element": lambda size: "<div " + " ".join(f"a{i}=1" for i in range(size // 9)) + ">" + STORY,
    "one huge attribute": lambda size: f'<div class="{"ab-" * (size // 3)}">' + STORY,
    "one huge text": lambda size: "<p>" + "word " * (size // 5) + "</p>" + STORY,
    "one huge word": lambda size: "<p>" + "w" * size + "</p>" + STORY,
    "one huge comment": lambda size: "<!--" + "- " * (size // 2) + STORY,
    "one huge script": lambda size: "<script>var a={" + '"k":[1],' * (size // 8) + "</script>" + STORY,
    "one huge json-ld": lambda size: (
        '<script type="application/ld+json">{"@graph":[' + '{"@type":"Thing"},' * (size // 18) + "</script>" + STORY
    ),
    "nested json-ld": lambda size: (
        '<script type="application/ld+json">' + '{"@graph":[' * (size // 11) + "</script>" + STORY
    ),
    "nested state": lambda size: "<script>window.__STATE__ = " + '{"a":[' * (size // 6) + "</script>",
    "many paragraphs": _repeated("<p>a b</p>"),
    "many empty elements": _repeated("<p></p>"),
    "many breaks": _repeated("a<br>"),
    "many double breaks": _repeated("a<br><br>"),
    "many pictures": _repeated('<img src="a.jpg" alt="x">'),
    "many metas": _repeated('<meta name="author" content="A B">'),
    "many meta names": lambda size: "".join(f'<meta name="n{i}" content="x">' for i in range(size // 30)) + STORY,
    "many class names": lambda size: "".join(f'<p class="k{i} x-y">a b</p>' for i in range(size // 27)) + STORY,
    "many headings": _repeated("<h2>One two three</h2>"),
    "many rows": lambda size: "<table>" + "<tr><td>a</td><td>b</td></tr>" * (size // 29) + "</table>" + STORY,
    "one row": lambda size: "<table><tr>" + "<td>a</td>" * (size // 10) + "</table>" + STORY,
    "many entities": _repeated("&amp;&eacute;&#x41;"),
    "broken entities": _repeated("&&#x;&#99999999;&unknown"),
    "open angles": _repeated("< "),
    "half tags": _repeated("<p <a <"),
    "half comments": _repeated("<!-- x -"),
    "cdata": _repeated("<![CDATA[x]]>"),
    "processing instructions": _repeated("<?php x ?>"),
    "selects": _repeated("<select><option>x"),
    "forms": _repeated("<form><input><button>x"),
    "shadow roots": _repeated("<template shadowrootmode=open>x"),
    "svg": _repeated("<svg><title>x</title><text>y</text>"),
    "titles": _repeated("<title>x</title>"),
    "bylines": _repeated("<p>By Ada Rees, "),
    "dates": _repeated("<p>Monday, 4 March 2024 09:30 GMT "),
    "digits": lambda size: "<p>" + "1" * size + STORY,
    "dates of digits": lambda size: "<p>" + "2024-03-04T" * (size // 11) + STORY,
    "commas": lambda size: "<p>By " + "a, " * (size // 3) + STORY,
    "zero width": _repeated("<p>\u200b\u200d\u2060\ufeff</p>"),
    "bidi": _repeated("<p>\u202e\u2066 By \u202eadA\u202c</p>"),
    "combining": lambda size: "<p>e" + "\u0301" * (size // 2) + STORY,
    "no-break spaces": lambda size: "<p>" + "\u00a0" * (size // 2) + "x" + STORY,
    "emoji": _repeated("<p>\U0001f600\u200d\U0001f600</p>"),
    "homoglyph By": _repeated("<p>\u0412\u0443 Ada Rees</p>"),
    "byline and spaces": lambda size: "<p>By" + " " * size + "x</p>" + STORY,
    "mail addresses": lambda size: "<p>" + "a@" * (size // 2) + STORY,
    "addresses": lambda size: '<a href="' + "/../" * (size // 4) + '">x</a>' + STORY,
    "quotes": lambda size: "<p>" + "\"'“”" * (size // 8) + STORY,
    "billion laughs": lambda _: _BILLION + STORY,
    "external entities": lambda _: _EXTERNAL + STORY,
}
DUMPS: dict[str, Callable[[int], str]] = {
    "lines": lambda size: "a b\n" * (size // 4),
    "blank lines": lambda size: "\n" * size,
    "one line": lambda size: "word " * (size // 5),
    "one word": lambda size: "w" * size,
    "brackets": lambda size: "[" * size,
    "links": lambda size: "[a](b) " * (size // 7),
    "references": lambda size: "[1] " * (size // 4) + "\n[1]: x\n" * 100,
    "bullets": lambda size: "* a\n" * (size // 4),
    "deep bullets": lambda size: "".join(" " * (i % 200) + "- a\n" for i in range(size // 100)),
    "rules": lambda size: "-" * size,
    "tables": lambda size: "| a " * (size // 4),
    "stars": lambda size: "**" * (size // 2) + "a",
    "backticks": lambda size: "`" * size,
    "headings": lambda size: "# a\n" * (size // 4),
    "quotes": lambda size: "> " * (size // 2),
    "wrapped": lambda size: "the harbour of Port Ellis was reopened on\n" * (size // 42),
    "carriage returns": lambda size: "a\r" * (size // 2),
    "tabs": lambda size: "\t" * size + "x",
    "dates": lambda size: "4 March 2024\n" * (size // 13),
    "bylines": lambda size: "By Ada Rees and\n" * (size // 16),
    "datelines": lambda size: "PORT ELLIS (CW) - " * (size // 18),
    "controls": lambda size: "\x01\x1b[0m\x0c" * (size // 6) + "text",
}
