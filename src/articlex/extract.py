"""The road of a page, from a source to its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from articlex.article import Article
from articlex.compose import assign_roles, compose
from articlex.fields import find_fields
from articlex.options import Options
from articlex.reading import read
from articlex.scoring import score

DEFAULTS = Options()


def extract(
    source: object,
    url: str | None = None,
    *,
    fetched: datetime | None = None,
    options: Options | None = None,
) -> Article:
    """Turn a news page into an article record.

    ``source`` is the page: ``bytes``, ``str`` (HTML or a text dump, told apart by content), an lxml tree or element,
    or a ``BeautifulSoup`` object; it is not changed. ``url`` resolves links and is evidence for dates and sections.
    ``fetched`` is when the page was captured: it bounds the dates and resolves "3 hours ago"; today's date is never
    used. A pure function: the same arguments give the same record in any process, thread or order.

    Bad *content* never raises: the record's ``status`` and ``reasons`` say what was wrong. Raises ``TypeError`` for a
    source, ``url``, ``fetched`` or ``options`` of another type.
    """
    options = options or DEFAULTS
    page = read(source, url, fetched, options)
    scored = score(page, options)
    scene = find_fields(page, scored.body, *scored.bounds())
    parts = assign_roles(page, scored, scene)
    return compose(page, scored, scene, parts, options)


def extract_many(pages: Iterable[object], *, options: Options | None = None) -> Iterator[Article]:
    """``extract`` over an iterable, lazily and in order.

    Each item is a source, a ``(source, url)`` pair, or a mapping with the key ``source`` (or ``html`` or ``text``)
    and optionally ``url`` and ``fetched``. For files, archives and several processes see ``articlex.batch``.
    """
    for item in pages:
        if isinstance(item, Mapping):
            source = next((item[key] for key in ("source", "html", "text") if key in item), None)
            yield extract(source, item.get("url"), fetched=item.get("fetched"), options=options)
        elif isinstance(item, tuple) and len(item) == 2:
            yield extract(item[0], item[1], options=options)
        else:
            yield extract(item, options=options)
