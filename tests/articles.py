"""Articles for the tests of the writers: one made by hand, and arbitrary ones."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

from hypothesis import strategies as st

from articlex.article import (
    STATUSES,
    Article,
    Block,
    BlockKind,
    Byline,
    BylineKind,
    Dateline,
    Evidence,
    Image,
    Removal,
    Role,
    Source,
)

STORY = Article(
    status="article",
    confidence=0.93,
    title="Harbour reopens after storm",
    kicker="Special",
    standfirst="Ferries are back, the fish market is not",
    bylines=(Byline("Ada Rees", role="Coast correspondent", raw="By Ada Rees"), Byline("Coast Wire", "agency")),
    dateline=Dateline("PORT ELLIS", raw="PORT ELLIS - "),
    published=datetime(2024, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    modified=date(2024, 3, 5),
    section="World",
    tags=("harbours", "storms"),
    language="en",
    description="The harbour is open again.",
    site_name="The Ellis Post",
    canonical_url="https://post.example/harbour",
    images=(
        Image("https://post.example/small.jpg"),
        Image("https://post.example/a_(1).jpg?x=1&copy;=2", "A quay", "The quay on Monday", "Ada Rees", lead=True),
    ),
    body=(
        Block("paragraph", "PORT ELLIS - The harbour reopened on Monday.", score=0.98, place="(//p)[3]"),
        Block("heading", "What is open", level=1),
        Block("list_item", "Ferries", level=1),
        Block("list_item", "to the island", level=2, ordered=True),
        Block("list_item", "to the cape", level=2, ordered=True),
        Block("list_item", "Slips", level=1),
        Block("quotation", "We waited.\nThen we sailed."),
        Block("quotation", "That was all."),
        Block("table_row", "Quay\tDepth", cells=("Quay", "Depth")),
        Block("table_row", "North\t4 m", cells=("North", "4 m")),
        Block("code", "tide = 4\nif tide:\n    sail()"),
        Block("paragraph", "The market stays shut."),
    ),
    credits=("Editing by Bo Lind",),
    evidence={"title": Evidence("json-ld", "Harbour reopens after storm", "(//script)[2]", ("meta", "markup"))},
    removed=(
        Removal("Sign in", "chrome", "low_score", "(//a)[1]", 0.02, (("link_share", -2.5), ("words", -0.25))),
        Removal("Read more: tides", "related", "link_line", "(//p)[9]", 0.4, index=12),
    ),
    version="articlex test",
)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Any text that UTF-8 can hold."""
MARKUP = r"""
<script>alert(1)</script> <img/src=x/onerror=y> </p> </article> <!-- --> <![CDATA[ <?x &lt; &copy &copy; &#60; " ' > < `
``` ~~~ ~ * ** _ __ [a](javascript:x) [a]:x ![ ]( [^1] [ ] # ### - + 1. 2) = === --- - : :-: | \ \| .  ! a b C# é
漢字 سلام $x$ www.a.example http://a.example/_b_
"""
markup = st.lists(
    st.sampled_from([*MARKUP.split(), *" \n\t\r\0\x0b\x1c\x85\u00a0\u2028\ufeff\u200b\ufffe\ud800", "\r\n", "    "]),
    max_size=8,
).map("".join)
"""Text that wants to be HTML or Markdown."""
moments = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))),
    st.just(datetime(2024, 1, 1, tzinfo=UTC)),
)
scores = st.floats(0, 1)
urls = st.one_of(
    text, st.sampled_from(["https://a.example/x?a=1&lt;=2", "javascript:alert(1)", "data:text/html,x", "//a.example/x"])
)


def choice(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


def blocks(words: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(
        st.builds(
            Block,
            choice(BlockKind),
            words,
            st.integers(-1, 12),
            st.booleans(),
            st.lists(words, max_size=3).map(tuple),
            scores,
            words,
        ),
        max_size=6,
    ).map(tuple)


def articles(words: st.SearchStrategy[str]) -> st.SearchStrategy[Article]:
    """Articles whose every string is drawn from ``words``."""
    maybe = st.none() | words
    several = st.lists(words, max_size=3).map(tuple)
    facts = st.lists(st.tuples(words, st.floats(-9, 9)), max_size=2).map(tuple)
    removal = st.builds(Removal, words, choice(Role), words, words, scores, facts, st.integers(0, 6))
    image = st.builds(Image, urls, maybe, maybe, maybe, st.booleans())
    return st.builds(
        Article,
        status=st.sampled_from(STATUSES),
        confidence=scores,
        reasons=several,
        title=maybe,
        kicker=maybe,
        standfirst=maybe,
        bylines=st.lists(st.builds(Byline, words, choice(BylineKind), maybe, words), max_size=2).map(tuple),
        dateline=st.none() | st.builds(Dateline, maybe, maybe, st.none() | st.dates(), words),
        published=moments,
        modified=moments,
        section=maybe,
        tags=several,
        language=maybe,
        description=maybe,
        site_name=maybe,
        canonical_url=maybe,
        images=st.lists(image, max_size=2).map(tuple),
        body=blocks(words),
        credits=several,
        comments=blocks(words),
        evidence=st.dictionaries(words, st.builds(Evidence, choice(Source), words, words, several), max_size=2),
        removed=st.lists(removal, max_size=2).map(tuple),
        version=words,
    )
