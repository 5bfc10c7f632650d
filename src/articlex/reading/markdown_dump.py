"""Dumps in Markdown, as html2text and its like write them: signs become kinds, links text, pictures pictures."""

from __future__ import annotations

from articlex.page import NO_ELEMENT, Block, Page, Picture
from articlex.patterns import lazy
from articlex.reading.marks import unquote

_HEADING = lazy(r"(#{1,6})\s+(?=\S)")
_TAIL_HASHES = lazy(r"\s#{1,6}$")
_UNDERLINE = lazy(r"(?:={3,}|-{3,})$")
_RULE = lazy(r"(?:[*_-]\s?){3,}$")
_COLUMNS = lazy(r"[\s|:-]{3,}$")
_DEFINITION = lazy(r"\[[^\[\]]{1,80}\]:\s+\S+")
_LINK = lazy(r"\[([^\[\]]{0,1000})\](?:\(\s?(?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\s?\)|\[[^\[\]]{0,80}\])")
_IMAGE = lazy(r"!\[([^\[\]]{0,1000})\]\(\s?<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+\"[^\"]*\")?\s?\)")
_BARE_ADDRESS = lazy(r"<(https?://[^<>\s]{1,2000})>")
_STRONG = lazy(r"(\*\*|__)([^*_]+)\1")
_EMPHASIS = lazy(r"(?<![\w*_])([*_])([^*_\s](?:[^*_]*[^*_\s])?)\1(?!\w)")
_CODE = lazy(r"`+([^`]+)`+")
_ESCAPE = lazy(r"\\([\\`*_{}\[\]()#+.!<>|~-])")


def is_markdown(lines: list[Block]) -> bool:
    """Whether the page has Markdown's links and headings: several of one sort, or both."""
    headings = links = 0
    for block in lines:
        text = block.text
        headings += text[0] == "#" and bool(_HEADING.match(text))
        links += text.count("](") if "](" in text else 0
    return links >= 3 or headings >= 2 or (headings > 0 and links > 0)


def mark_blocks(lines: list[Block]) -> list[Block]:
    """Headings, quotations, code and table rows by the signs at the beginning of lines; rules are taken out."""
    kept: list[Block] = []
    code: list[str] | None = None
    blank = 0
    for block in lines:
        text = block.text
        block.blank_before += blank
        blank = 0
        if text.startswith("```"):
            if code:
                kept.append(Block("\n".join(code), "code", line=block.line, blank_before=block.blank_before))
            code = [] if code is None else None
        elif code is not None:
            code.append(" " * block.indent + (block.raw or text))
        elif not _takes_line_before(kept, block):
            if _RULE.match(text) or _DEFINITION.match(text):
                blank = 1
            else:
                kept.extend(_marked(block, kept))
    if code:
        kept.append(Block("\n".join(code), "code", line=lines[-1].line))
    return kept


def _takes_line_before(kept: list[Block], block: Block) -> bool:
    """Underlines make the line before a heading; dashes with bars make it the head of a table."""
    text = block.text
    if not kept or block.blank_before or kept[-1].kind != "paragraph" or text[0] not in "=-|:":
        return False
    if _UNDERLINE.match(text):
        kept[-1].kind, kept[-1].level = "heading", 1 if text[0] == "=" else 2
        return True
    if "|" in text and "--" in text and _COLUMNS.match(text):
        _make_row(kept[-1])
        return True
    return False


def _marked(block: Block, kept: list[Block]) -> list[Block]:
    text = block.text
    if heading := _HEADING.match(text):
        block.kind, block.level = "heading", len(heading[1])
        block.text, block.raw = _TAIL_HASHES.sub("", text[heading.end() :]), ""
    elif text[0] == ">":
        return unquote([block])
    elif "|" in text and kept and not block.blank_before and kept[-1].kind == "table_row":
        _make_row(block)
    return [block]


def _make_row(block: Block) -> None:
    block.cells = tuple(cell.strip() for cell in block.text.strip("|").split("|"))
    block.kind, block.text, block.raw = "table_row", "\t".join(block.cells), ""


def resolve_inline(lines: list[Block], page: Page) -> list[Block]:
    """Links, emphasis and escapes of every block as plain text; pictures go to ``page.pictures``."""
    kept: list[Block] = []
    for block in lines:
        if block.kind != "code":
            text, pictures, block.link_chars = _plain(block.text)
            page.pictures.extend(Picture(len(kept), NO_ELEMENT, attrs) for attrs in pictures)
            if text != block.text:
                block.text, block.raw = text, ""
                block.cells = tuple(cell.strip() for cell in text.split("\t")) if block.cells else ()
        if block.text:
            kept.append(block)
    return kept


def _plain(text: str) -> tuple[str, list[dict[str, str]], int]:
    """The text without signs, the pictures in it, and how many characters stood in links."""
    pictures: list[dict[str, str]] = []
    if "![" in text:
        pictures = [{"src": image[2], "alt": image[1]} for image in _IMAGE.finditer(text) if image[2]]
        text = _IMAGE.sub("", text)
    linked = 0
    if "](" in text or "][" in text:
        linked = sum(len(_plain_words(link[1])) for link in _LINK.finditer(text))
        text = _LINK.sub(lambda link: link[1].strip(), text)
    if "<http" in text:
        text = _BARE_ADDRESS.sub(r"\1", text)
    return _plain_words(text), pictures, linked


def _plain_words(text: str) -> str:
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return "\t".join(" ".join(part.split()) for part in text.split("\t"))
