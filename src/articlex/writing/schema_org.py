"""The article as a schema.org ``NewsArticle``: the vocabulary of https://schema.org/NewsArticle as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articlex.writing.outline import web_url
from articlex.writing.record import to_dict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articlex.article import Article


def to_schema_org(article: Article) -> dict[str, Any]:
    r"""A dict ready for ``json.dumps``; a property that the page says nothing about is left out.

    The standfirst is ``alternativeHeadline`` where the page also has a description, else it is the description. Put
    into a ``<script>``, the JSON text still needs ``<`` written as ``\u003c``, as any JSON there.
    """
    record = to_dict(article)
    properties = {
        "headline": record["title"],
        "alternativeHeadline": record["standfirst"] if record["description"] else None,
        "description": record["description"] or record["standfirst"],
        "articleSection": record["section"],
        "keywords": record["tags"],
        "author": [_author(byline) for byline in record["bylines"]],
        "datePublished": record["published"],
        "dateModified": record["modified"],
        "dateline": _dateline(record["dateline"]),
        "image": [_image(image) for image in record["images"] if web_url(image["url"])],
        "articleBody": record["text"],
        "inLanguage": record["language"],
        "publisher": record["site_name"] and {"@type": "Organization", "name": record["site_name"]},
        "url": record["canonical_url"],
        "mainEntityOfPage": record["canonical_url"],
        "isAccessibleForFree": False if article.status == "paywalled" else None,
    }
    return {"@context": "https://schema.org", "@type": "NewsArticle", **_stated(properties)}


def _stated(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _author(byline: Mapping[str, Any]) -> dict[str, Any]:
    kind = "Person" if byline["kind"] == "person" else "Organization"
    return _stated({"@type": kind, "name": byline["name"], "jobTitle": byline["role"] if kind == "Person" else None})


def _dateline(dateline: Mapping[str, Any] | None) -> str | None:
    """The place, which is what the property's examples hold; else the printed prefix."""
    return (dateline["place"] or dateline["raw"].strip()) if dateline else None


def _image(image: Mapping[str, Any]) -> dict[str, Any]:
    return _stated(
        {
            "@type": "ImageObject",
            "url": image["url"],
            "caption": image["caption"],
            "description": image["alt"],
            "creditText": image["credit"],
            "representativeOfPage": True if image["lead"] else None,
        }
    )
