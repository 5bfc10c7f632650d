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

    __slots__ = ("json_ld", "page", "wanted")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.json_ld: list[str] = []
        self.wanted = ""
        """What the element is whose text is being gathered: "title", or the type of a script, "ld" for JSON-LD."""

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

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element begins whose text is not shown on the page; a title's or a script's may be ``wanted``."""
        if tag == "script":
            kind = attrs.get("type", "").lower()
            if "json" in kind or not kind or "javascript" in kind:
                self.wanted = "ld" if "ld+json" in kind else kind or "javascript"
        elif tag == "title":
            self.wanted = tag

    def end(self, text: str) -> None:
        """File the wanted text: as title, as JSON-LD, as state, or not at all."""
        wanted, self.wanted = self.wanted, ""
        if wanted == "title":  # the first that is not empty counts
            self.page.title_tag = self.page.title_tag or " ".join(text.split())
        elif wanted == "ld":
            self.json_ld.append(text)
        elif text.startswith(_PIECES) or (
            len(text) > _SHORT_SCRIPT and ("json" in wanted or text.find("{", 0, _SHORT_SCRIPT) >= 0)
        ):
            self.page.scripts.append(text)
