"""JSON-LD, however broken: one bad script loses one candidate, never the record."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from articlex.options import Options
from articlex.page import Page
from articlex.patterns import lazy

_NODES = 2_000
"""Objects taken from a page's JSON-LD at most; the main ones come first."""
_WRAPPERS = ("<!--", "-->", "<![CDATA[", "]]>", "//", "/*", "*/", ";")
"""What publishers put around the JSON of a script, in any order and depth."""
_TRAILING_COMMA = lazy(r",(\s*[}\]])")
_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def add_structured(page: Page, scripts: list[str], options: Options) -> None:
    """Parse the JSON-LD of a page into ``page.json_ld``; resolve the base URL."""
    if page.base and page.url and page.base != page.url:
        page.base = _join(page.url, page.base)
    budget = options.max_structured
    for script in scripts:
        if len(script) > budget:
            page.reasons.append("structured_limited")
            break
        budget -= len(script)
        for value in parse_json(script):
            _flatten(value, page.json_ld)
    root = page.elements[0] if page.elements else None
    page.html_lang = (root.attrs.get("lang") or root.attrs.get("xml:lang") or "") if root and root.tag == "html" else ""


def parse_json(text: str) -> list[Any]:
    """The values of a script: usually one; several where a publisher wrote one after the other; none if hopeless."""
    text = text.strip()
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        pass
    text = _unwrapped(text)
    text = _CONTROL.sub(" ", text)
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        if values := _run_of_values(candidate):
            return values
    return []


def _unwrapped(text: str) -> str:
    """The text without comment and CDATA marks at its ends, however many there are."""
    while True:
        bare = text
        for mark in _WRAPPERS:
            bare = bare.removeprefix(mark).removesuffix(mark).strip()
        if bare == text:
            return text
        text = bare


def _run_of_values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _flatten(value: Any, nodes: list[dict[str, Any]]) -> None:
    """Every object with a type, outer before inner, without recursion."""
    stack = [value]
    while stack and len(nodes) < _NODES:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item[:_NODES]))
        elif isinstance(item, dict):
            if "@type" in item or "@id" in item:
                nodes.append(item)
            inner = [
                item[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "liveBlogUpdate")
                if key in item
            ]
            stack.extend(part for part in reversed(inner) if isinstance(part, (list, dict)))


def _join(url: str, part: str) -> str | None:
    try:
        return urljoin(url, part)
    except ValueError:
        return url
