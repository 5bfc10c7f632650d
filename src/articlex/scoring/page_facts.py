"""Facts of a whole scored page: what the verdict (is this an article?) and the confidence are read from."""

from __future__ import annotations

import math
import re
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page
from articlex.patterns import lazy
from articlex.scoring.catalogue import FEATURES
from articlex.scoring.second import mean_of_best

Floats = NDArray[np.float32]

PAGE_FEATURES: dict[str, str] = {
    "body_blocks": "log of the number of blocks taken as body",
    "body_chars": "log of their characters",
    "body_text_share": "their share of the page's characters",
    "body_mean": "their mean probability, weighted by length",
    "body_lowest": "the tenth percentile of their probabilities",
    "top_mean": "mean of the three highest probabilities",
    "doubt": "sum of p(1-p) over all blocks, weighted by length, per body character",
    "expected_f1": "F1 to expect if the probabilities are right",
    "missed_mass": "probability mass of the blocks not taken, per body character",
    "prose_share": "share of body characters in blocks with at least two sentence ends",
    "block_chars": "mean characters of a body block",
    "long_blocks": "log of the number of body blocks of 150 characters and more",
    "body_links": "share of linked characters in the body",
    "list_share": "share of body blocks that are list items",
    "row_share": "share of body blocks that are table rows",
    "heading_share": "share of body blocks that are headings",
    "body_spread": "blocks from the first to the last body block per body block",
    "longest_gap": "largest run of other blocks inside the body, log",
    "page_blocks": "log of the number of blocks",
    "page_links": "share of linked characters on the page",
    "h1_count": "number of h1 blocks, at most 9",
    "heading_count": "log of the number of heading blocks on the page",
    "teaser_share": "share of blocks that are linked headings",
    "has_date_meta": "a publication date in meta tags or JSON-LD",
    "has_author_meta": "an author in meta tags or JSON-LD",
    "og_article": "og:type: 1 article, -1 something else, 0 not given",
    "ld_article": "JSON-LD: 1 an article type, -1 only others (product, list, ...), 0 none",
    "url_depth": "parts of the URL's path, at most 9",
    "url_words": "hyphens and underscores in the last part of the path, at most 9",
    "url_digits": "digits in the path, at most 15",
    "url_query": "whether the URL has a query",
    "url_known": "whether a URL was given",
    "in_article_share": "share of body characters inside <article>, or inside <main> if that is more",
    "paragraph_share": "share of body characters in <p>",
    "question_rate": "question marks per body block",
    "digit_share": "share of digits in the body",
    "is_dump": "a text dump, not HTML",
    "code_share": "share of body characters in code",
    "form_share": "share of the page's blocks in forms",
    "price_rate": "currency signs per block of the page",
}
_ARTICLE = lazy(r"article|posting|report", re.IGNORECASE)
_CURRENCIES = "$€£¥₹"
_LONG = 150
_BY_CHARS = ("link_share", "in_article", "in_main", "tag_p", "kind_code", "digit_share")
_BY_BLOCKS = ("kind_list_item", "kind_table_row", "kind_heading")
_USED = (*_BY_CHARS, *_BY_BLOCKS, "chars", "sentence_ends", "level", "in_form")
_ROWS = np.array([list(FEATURES).index(name) for name in _USED])
_LINKS, _HEADING, _CHARS, _ENDS, _LEVEL, _FORM = map(
    _USED.index, ("link_share", "kind_heading", "chars", "sentence_ends", "level", "in_form")
)


def page_facts(page: Page, matrix: Floats, body: Floats, threshold: float) -> Floats:
    """The facts of a page, shape (len(PAGE_FEATURES), 1), from its block features and body probabilities."""
    if not len(body):
        return np.zeros((len(PAGE_FEATURES), 1), np.float32)
    rows = matrix.take(_ROWS, axis=0)
    where = (body >= threshold).nonzero()[0]
    facts = _body_facts(page, rows, body, where)
    facts.update(_layout_facts(page, rows, where))
    facts.update(_meta_facts(page))
    facts.update(_url_facts(page.url))
    return np.array([facts[name] for name in PAGE_FEATURES], np.float32)[:, None]


def _body_facts(page: Page, rows: Floats, body: Floats, where: NDArray[np.int64]) -> dict[str, float]:
    chars = rows[_CHARS]
    series = np.empty((4, len(body)), np.float32)
    series[0] = chars
    sure = np.multiply(body, chars, out=series[1])
    np.multiply(body, sure, out=series[2])
    np.multiply(rows[_LINKS], chars, out=series[3])
    # sums of products without BLAS: its kernels differ from one processor to the next in the last bits, and on some
    # they raise floating point warnings over finite numbers
    total, mass, surest, page_links = np.add.reduce(series, axis=1).tolist()
    taken = rows.take(where, axis=1)
    own = taken[_CHARS]
    own_total, kept = float(np.add.reduce(own)), float(np.add.reduce(sure.take(where)))
    count, size = max(len(where), 1), max(own_total, 1.0)
    # what share of the body's characters, or of its blocks, has each fact
    shares = len(_BY_CHARS)
    by_chars = np.add.reduce(taken[:shares] * own, axis=1) / size
    by_blocks = np.add.reduce(taken[shares : shares + len(_BY_BLOCKS)], axis=1) / count
    linked, in_article, in_main, paragraph, code, digits = by_chars.tolist()
    items, table_rows, headings = by_blocks.tolist()
    ordered = np.sort(body.take(where))
    text = "".join([page.blocks[i].text for i in where[:500].tolist()])
    return {
        "body_blocks": math.log1p(len(where)),
        "body_chars": math.log1p(own_total),
        "body_text_share": size / max(total, 1.0),
        "body_mean": kept / size,
        "body_lowest": float(ordered[(len(ordered) - 1) // 10]) if len(ordered) else 0.0,
        "top_mean": float(mean_of_best(body)),
        "doubt": min((mass - surest) / size, 9.0),
        "expected_f1": 2 * kept / max(size + mass, 1.0),
        "missed_mass": min((mass - kept) / size, 9.0),
        "prose_share": float(np.add.reduce(own[taken[_ENDS] >= 2])) / size,
        "block_chars": size / count,
        "long_blocks": math.log1p(np.count_nonzero(own >= _LONG)),
        "body_links": linked,
        "list_share": items,
        "row_share": table_rows,
        "heading_share": headings,
        "in_article_share": max(in_article, in_main),
        "paragraph_share": paragraph,
        "code_share": code,
        "digit_share": digits,
        "question_rate": text.count("?") / count,
        "page_links": page_links / max(total, 1.0),
    }


def _layout_facts(page: Page, rows: Floats, where: NDArray[np.int64]) -> dict[str, float]:
    blocks = len(page.blocks)
    heading = rows[_HEADING] > 0
    seen = [block.text for block in page.blocks[:3_000]]
    joined = "".join(seen)
    signs = [sign for sign in _CURRENCIES if sign in joined]
    prices = sum([text.count(sign, 0, 200) for sign in signs for text in seen])
    return {
        "body_spread": min(int(where[-1] - where[0] + 1) / len(where), 50.0) if len(where) else 0.0,
        "longest_gap": math.log1p(np.maximum.reduce(where[1:] - where[:-1])) if len(where) > 1 else 0.0,
        "page_blocks": math.log1p(blocks),
        "h1_count": min(float(np.count_nonzero(heading & (rows[_LEVEL] == 1))), 9.0),
        "heading_count": math.log1p(np.count_nonzero(heading)),
        "teaser_share": np.count_nonzero(heading & (rows[_LINKS] > 0.5)) / blocks,
        "form_share": np.count_nonzero(rows[_FORM]) / blocks,
        "is_dump": float(page.source == "text"),
        "price_rate": prices / blocks,
    }


def _meta_facts(page: Page) -> dict[str, float]:
    kinds = [str(node.get("@type")) for node in page.json_ld]
    og_type = next(iter(page.metas.get("og:type", ())), "")
    is_article = any(_ARTICLE.search(kind) for kind in kinds)
    dated = any("datePublished" in node for node in page.json_ld)
    signed = any("author" in node for node in page.json_ld)
    date_names = ("article:published_time", "datepublished", "date", "pubdate", "dc.date", "parsely-pub-date")
    return {
        "has_date_meta": float(dated or any(name in page.metas for name in date_names)),
        "has_author_meta": float(signed or "author" in page.metas or "article:author" in page.metas),
        "og_article": 0.0 if not og_type else 1.0 if "article" in og_type.lower() else -1.0,
        "ld_article": 1.0 if is_article else -1.0 if kinds else 0.0,
    }


def _url_facts(url: str | None) -> dict[str, float]:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        parts = urlsplit("")
    path = [part for part in parts.path.split("/") if part]
    last = path[-1] if path else ""
    return {
        "url_known": float(bool(url)),
        "url_depth": float(min(len(path), 9)),
        "url_words": float(min(last.count("-") + last.count("_"), 9)),
        "url_digits": float(min(sum(map(str.isdigit, parts.path)), 15)),
        "url_query": float(bool(parts.query)),
    }
