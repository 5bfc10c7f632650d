"""Facts of a whole scored page: what the verdict (is this an article?) and the confidence are read from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from articlex.page import Page
from articlex.patterns import lazy

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
    "in_article_share": "share of body characters inside <article> or <main>",
    "paragraph_share": "share of body characters in <p>",
    "question_rate": "question marks per body block",
    "digit_share": "share of digits in the body",
    "is_dump": "a text dump, not HTML",
    "code_share": "share of body characters in code",
    "form_share": "share of the page's blocks in forms, labels and buttons",
    "price_rate": "currency signs per block of the page",
}
_ARTICLE = lazy(r"article|posting|report", re.IGNORECASE)
_PRICE = lazy(r"[$€£¥₹]\s?\d|\d\s?[$€£¥₹]")


def page_facts(page: Page, matrix_rows: dict[str, Floats], body: Floats, threshold: float) -> Floats:
    """The facts of a page, shape (len(PAGE_FEATURES), 1). ``matrix_rows`` holds the block features by name."""
    taken = body >= threshold
    chars = matrix_rows["chars"]
    facts = _body_facts(page, matrix_rows, body, taken)
    facts.update(_layout_facts(page, matrix_rows, taken))
    facts.update(_meta_facts(page))
    facts.update(_url_facts(page.url))
    joined = " ".join(block.text[:200] for block in page.blocks[:3_000])
    facts["price_rate"] = len(_PRICE.findall(joined)) / max(len(page.blocks), 1)
    facts["page_links"] = float((matrix_rows["link_share"] * chars).sum() / max(chars.sum(), 1))
    return np.array([[facts[name]] for name in PAGE_FEATURES], np.float32)


def _body_facts(page: Page, rows: dict[str, Floats], body: Floats, taken: NDArray[np.bool_]) -> dict[str, float]:
    chars = rows["chars"]
    size = max(float(chars[taken].sum()), 1.0)
    count = max(int(taken.sum()), 1)
    mass = float((body * chars).sum())
    kept = float((body * chars)[taken].sum())
    ends = rows["sentence_ends"]
    return {
        "body_blocks": np.log1p(taken.sum()),
        "body_chars": np.log1p(chars[taken].sum()),
        "body_text_share": size / max(float(chars.sum()), 1.0),
        "body_mean": kept / size,
        "body_lowest": float(np.quantile(body[taken], 0.1)) if taken.any() else 0.0,
        "top_mean": float(np.sort(body)[-3:].mean()) if len(body) else 0.0,
        "doubt": min(float((body * (1 - body) * chars).sum()) / size, 9.0),
        "expected_f1": 2 * kept / max(size + mass, 1.0),
        "missed_mass": min((mass - kept) / size, 9.0),
        "prose_share": float(chars[taken & (ends >= 2)].sum()) / size,
        "block_chars": size / count,
        "long_blocks": np.log1p((taken & (chars >= 150)).sum()),
        "body_links": float((rows["link_share"] * chars)[taken].sum()) / size,
        "list_share": float(rows["kind_list_item"][taken].sum()) / count,
        "row_share": float(rows["kind_table_row"][taken].sum()) / count,
        "heading_share": float(rows["kind_heading"][taken].sum()) / count,
        "in_article_share": float((chars * np.maximum(rows["in_article"], rows["in_main"]))[taken].sum()) / size,
        "paragraph_share": float((chars * rows["tag_p"])[taken].sum()) / size,
        "code_share": float((chars * rows["kind_code"])[taken].sum()) / size,
        "digit_share": float((chars * rows["digit_share"])[taken].sum()) / size,
        "question_rate": sum(page.blocks[i].text.count("?") for i in np.flatnonzero(taken)[:500]) / count,
    }


def _layout_facts(page: Page, rows: dict[str, Floats], taken: NDArray[np.bool_]) -> dict[str, float]:
    where = np.flatnonzero(taken)
    heading = rows["kind_heading"]
    blocks = max(len(page.blocks), 1)
    return {
        "body_spread": min((where[-1] - where[0] + 1) / len(where), 50.0) if len(where) else 0.0,
        "longest_gap": np.log1p(np.diff(where).max()) if len(where) > 1 else 0.0,
        "page_blocks": np.log1p(len(page.blocks)),
        "h1_count": min(float((heading * (rows["level"] == 1)).sum()), 9.0),
        "heading_count": np.log1p(heading.sum()),
        "teaser_share": float((heading * (rows["link_share"] > 0.5)).sum()) / blocks,
        "form_share": float(np.maximum(rows["in_form"], rows["in_button"]).sum()) / blocks,
        "is_dump": float(page.source == "text"),
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
