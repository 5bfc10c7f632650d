"""From an article to a line of output: filters, the keys that were asked for, the form that was asked for.

Runs in the workers. A line is JSON in UTF-8 whatever the final form is; ``batch.outputs`` makes the rest of it.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from articlex.archives import RawPage, Reason
from articlex.article import Article
from articlex.batch import duplicates
from articlex.batch.learning import host_of
from articlex.batch.messages import Facts, Outcome
from articlex.batch.schema import arrow_row
from articlex.batch.settings import CONTEXT, Filters, Settings
from articlex.writing.record import DERIVED, to_dict

Rejection = tuple[Reason, str]
_SLUG = re.compile(r"[\W_]+")


class Recorder:
    """Makes the output of pages. ``settings`` tell which, and in which form."""

    def __init__(self, settings: Settings) -> None:
        self._filters = settings.filters
        self._fields = settings.fields
        self._form = settings.form or "jsonl"

    def warm_up(self) -> None:
        """Import what the first page would."""
        self.record(RawPage(b"", "x"), Article("article"), 0.0)
        if self._filters.duplicates == "near":
            duplicates.signature("a b c d e f")

    def refuse(self, page: RawPage) -> Rejection | None:
        """Why a page need not be extracted at all."""
        hosts = self._filters.hosts
        if not hosts:
            return None
        host = host_of(page.url)
        if any(host == wanted or host.endswith("." + wanted) for wanted in hosts):
            return None
        return "filter_host", host or "no URL"

    def record(self, page: RawPage, article: Article, seconds: float) -> Outcome:
        """The line of an article, or why it is filtered away."""
        text = article.text
        facts = Facts(
            status=article.status,
            language=article.language,
            published=article.published.isoformat()[:10] if article.published else None,
            chars=len(text),
            confidence=round(article.confidence, 4),
            host=host_of(page.url),
            milliseconds=round(seconds * 1000, 2),
        )
        if refused := refuse(article, self._filters):
            return Outcome(rejected=refused, facts=facts)
        if self._filters.duplicates != "keep" and (words := text.split()):
            folded = " ".join(words).casefold()
            facts = facts._replace(digest=blake2b(folded.encode("utf-8", "replace"), digest_size=16).hexdigest())
            if self._filters.duplicates == "near":
                facts = facts._replace(signature=b64encode(duplicates.signature(folded)).decode())
        return Outcome(encode(self._line(page, article)), facts=facts)

    def _line(self, page: RawPage, article: Article) -> dict[str, Any]:
        if self._form in ("markdown", "text"):
            return {"name": slug(page, article), "content": document(page, article, self._form)}
        record = {**context(page), **to_dict(article)}
        if self._form == "parquet":
            record = arrow_row(record, article)
        if self._fields:
            return {name: record.get(name) for name in self._fields}
        record.pop("paragraphs", None)
        return record


def check_fields(names: tuple[str, ...], form: str) -> None:
    """Raises ``ValueError`` for a key that no record has, and where a form has no keys to choose from."""
    if names and form in ("markdown", "text"):
        raise ValueError(f"fields cannot be chosen for {form}")
    known = [*CONTEXT, *(field.name for field in dataclass_fields(Article)), *DERIVED]
    for name in names:
        if form != "parquet" and name not in known:
            raise ValueError(f"no field {name}: there are {', '.join(known)}")


def context(page: RawPage) -> dict[str, Any]:
    """What the archive knows of a page, under the keys ``CONTEXT``."""
    fetched = page.fetched.isoformat() if page.fetched else None
    return dict(zip(CONTEXT, (page.url, page.source, page.position, page.record, fetched), strict=True))


def refuse(article: Article, filters: Filters) -> Rejection | None:
    """The first filter that an article does not pass."""
    if filters.status and article.status not in filters.status:
        return "filter_status", article.status
    if article.confidence < filters.min_confidence:
        return "filter_confidence", f"{article.confidence:.3f}"
    if filters.languages and not _speaks(article.language, filters.languages):
        return "filter_language", article.language or "unknown"
    if filters.since or filters.until:
        day = _day(article.published)
        if day is None:
            return "filter_date", "no date of publication"
        if (filters.since and day < filters.since) or (filters.until and day > filters.until):
            return "filter_date", day.isoformat()
    return None


def _speaks(language: str | None, wanted: tuple[str, ...]) -> bool:
    tag = (language or "").lower().replace("_", "-")
    return any(tag == one.lower() or tag.startswith(one.lower() + "-") for one in wanted)


def _day(published: datetime | date | None) -> date | None:
    """The day in the page's own zone."""
    return published.date() if isinstance(published, datetime) else published


def document(page: RawPage, article: Article, form: str) -> str:
    """A Markdown or text file; Markdown begins with a block of YAML that says where it comes from."""
    if form == "text":
        return article.to_text()
    facts = {
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "url": page.url,
        "source": page.source,
        "status": article.status,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value]
    return "\n".join(["---", *lines, "---", "", article.to_markdown()])


def slug(page: RawPage, article: Article) -> str:
    """A short name for a file, of the letters and digits of the headline, else of the URL."""
    words = _SLUG.sub("-", (article.title or page.url or page.source).casefold()).strip("-")
    return words.encode()[:60].decode(errors="ignore").strip("-") or "page"


def encode(record: dict[str, Any]) -> bytes:
    """One line of JSON in UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode() + b"\n"
