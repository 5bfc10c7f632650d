"""What a page says of itself beside its text: title, meta tags, links, base address, scripts that hold data."""

from __future__ import annotations

from collections.abc import Mapping

from articlex.page import Page

_KEYS = ("name", "property", "itemprop", "http-equiv")
_SHORT_SCRIPT = 400
"""Characters: a script that is shorter, or has no brace so early, holds no state worth keeping."""
_PIECES = "self.__next_f.push("
"""Next.js cuts its state into pieces, short ones and such without braces among them."""


class Head:
    """Gathers the metadata elements of one page while it is parsed."""

    __slots__ = ("json_ld", "page", "script", "title")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.json_ld: list[str] = []
        self.script: tuple[str, list[str]] | None = None
        self.title: list[str] = []

    def note(self, tag: str, attrs: Mapping[str, str]) -> None:
        """A ``<meta>``, ``<link>`` or ``<base>``."""
        page = self.page
        if tag == "meta":
            content = attrs.get("content")
            if content is not None:
                for key in _KEYS:
                    if name := attrs.get(key):
                        page.metas.setdefault(name.strip().lower(), []).append(content.strip())
        elif tag == "link":
            page.links.append(attrs)
        elif tag == "base":
            page.base = page.base if page.links and not attrs.get("href") else attrs.get("href") or page.base

    def end_title(self) -> None:
        """The first title that is not empty counts; those of pictures (SVG) come later."""
        self.page.title_tag = self.page.title_tag or " ".join("".join(self.title).split())
        self.title.clear()

    def start_script(self, attrs: Mapping[str, str]) -> None:
        """Keep a script's text when it may be data."""
        kind = attrs.get("type", "").lower()
        if "json" in kind or not kind or "javascript" in kind:
            self.script = ("ld" if "ld+json" in kind else kind, [])

    def end_script(self) -> None:
        """File a script's text as JSON-LD, as state, or not at all."""
        kind, pieces = self.script or ("", [])
        self.script = None
        text = "".join(pieces)
        if kind == "ld":
            self.json_ld.append(text)
        elif text.startswith(_PIECES) or (
            len(text) > _SHORT_SCRIPT and ("json" in kind or text.find("{", 0, _SHORT_SCRIPT) >= 0)
        ):
            self.page.scripts.append(text)

    def finish(self) -> None:
        """The document has ended, maybe in the middle of a title or script."""
        if self.script:
            self.end_script()
        if self.title:
            self.end_title()
