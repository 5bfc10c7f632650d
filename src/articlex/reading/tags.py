"""What each HTML tag means to the reader: tables only."""

from __future__ import annotations

PRINTED, ROW, LIST, BLOCK, INLINE, LINK, BREAK, SKIP, PICTURE, SPECIAL = range(10)
"""Up to ``BLOCK`` an element is a block, up to ``LINK`` it may hold text of the page."""

_INLINE = (
    "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr picture q rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr mi mo mn mrow mtext msup msub mfrac msqrt semantics "
    "blink center-text map area output meter progress track param embed"
)
_BLOCK = (
    "address article aside blockquote body button caption center col colgroup dd details dialog div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main "
    "marquee nav noframes noscript p search section summary table tbody td tfoot th thead"
)
_SKIP = (
    "title script style svg iframe select option optgroup datalist textarea object applet canvas audio video head-skip "
    "annotation"
)
_SPECIAL = "meta link base input"

KINDS: dict[str, int] = {
    **dict.fromkeys(_INLINE.split(), INLINE),
    **dict.fromkeys(_BLOCK.split(), BLOCK),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), PRINTED),
    **dict.fromkeys(_SKIP.split(), SKIP),
    **dict.fromkeys(_SPECIAL.split(), SPECIAL),
    "br": BREAK,
    "a": LINK,
    "tr": ROW,
    **dict.fromkeys(("ul", "ol", "menu", "dir"), LIST),
    **dict.fromkeys(("img", "amp-img", "source"), PICTURE),
}

HEADINGS: dict[str, int] = {f"h{level}": level for level in range(1, 7)}
PHRASING = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "td", "th", "figcaption", "blockquote"}
)
"""Blocks whose content is a run of text: an unknown element inside their text is taken as inline."""
MARKED = frozenset({"class", "id", "itemprop", "rel", "property", "datetime", "itemtype"})
"""Attributes that make an inline element worth remembering as a span."""
