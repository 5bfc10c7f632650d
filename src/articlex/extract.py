"""The road of a page, from a source to its record."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime

from articlex.article import Article
from articlex.compose import compose
from articlex.deadline import Deadline
from articlex.fields import find_fields
from articlex.options import Options
from articlex.reading import read
from articlex.roles import assign_roles
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
    return extract_page(source, url, fetched, options or DEFAULTS)


def extract_page(
    source: object,
    url: str | None,
    fetched: datetime | None,
    options: Options,
    recurring: Container[int] = (),
) -> Article:
    """``extract`` for callers who know more of the site: ``recurring`` holds the fingerprints of blocks that stand on
    many of its pages (``articlex.fingerprint``); such blocks are chrome.
    """
    _check_types(url, fetched, options)
    deadline = Deadline(options.deadline)
    page = read(source, url, fetched, options, deadline)
    scored = score(page, options)
    scene = find_fields(page, scored, deadline)
    parts = assign_roles(page, scored, scene, recurring)
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


def _check_types(url: object, fetched: object, options: object) -> None:
    for name, value, kind in (("url", url, str), ("fetched", fetched, datetime), ("options", options, Options)):
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"extract() takes {name} as {kind.__name__} or None, not {type(value).__name__}")
