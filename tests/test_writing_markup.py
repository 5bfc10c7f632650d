"""Markdown and HTML: the right shape, and no text of the page that turns into markup."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles import STORY, articles, blocks, markup
from articlex.article import Article, Block, BlockKind, Image
from articlex.writing.outline import cells, legible, lines, one_line, web_url

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAGS = {
    *("article", "header", "footer", "section", "address", "time", "h1", "h2", "h3", "h4", "h5", "h6", "p", "br"),
    *("ul", "ol", "li", "blockquote", "pre", "code", "table", "tr", "td", "figure", "img", "figcaption"),
}
ATTRIBUTES = {"lang", "dir", "class", "datetime", "src", "alt"}


def body_of(*body: Block) -> Article:
    return Article("article", body=body)


def written(body: tuple[Block, ...]) -> list[Block]:
    return [block for block in body if block.text.strip() or any(cell.strip() for cell in block.cells)]


def inline_text(token: Token) -> str:
    """The text of an inline token, which must hold nothing but text and line breaks."""
    kinds = {"text": None, "text_special": None, "hardbreak": "\n"}
    return "".join(child.content if kinds[child.type] is None else "\n" for child in token.children or ())


def parsed(markdown: str) -> Iterator[tuple[str, str]]:
    """Each text of a Markdown document with the innermost block tag around it."""
    open_tags = ["document"]
    for token in PARSER.parse(markdown):
        if token.nesting > 0:
            open_tags.append(token.tag)
        elif token.nesting < 0:
            open_tags.pop()
        elif token.type == "inline":
            paragraph = open_tags[-1] == "p" and open_tags[-2] in {"li", "blockquote"}
            yield open_tags[-2 if paragraph else -1], inline_text(token)
        else:
            yield token.type, token.content


def expected(body: list[Block]) -> Iterator[tuple[str, str]]:
    """What ``parsed`` must give for the blocks of a body, tables without rows' missing cells."""
    tags = {"list_item": "li", "quotation": "blockquote"}
    previous = None
    for block in body:
        if block.kind == "table_row":
            tag = "td" if previous == "table_row" else "th"
            yield from ((tag, cell) for cell in cells(block) if cell)
        elif block.kind == "code":
            yield "fence", legible(block.text).strip("\n") + "\n"
        elif block.kind == "heading":
            yield f"h{min(max(block.level, 2), 6)}", one_line(block.text)
        elif lines(block.text):
            yield tags.get(block.kind, "p"), "\n".join(lines(block.text))
        previous = block.kind


TRAPS = [
    *("a\n===", "a\n---", "a\n--- ---", "---", "- - -", "~~gone~~", "~~~\nx\n~~~", "```\nx\n```", "`x`", "````"),
    *("a | b\n:-- | --", "a | b\n-|-", "a | b\n-:|-", "a | b\n|---|---|", "a\\|b", "a\\", "\\", "\\\n\\", "a  \nb"),
    *("# a", "C #", "a \\#", "#", "1. a", "1)", "12345678. a", "- a", "+", "* a", "> a", ">", "\ta", "    a"),
    *("<b>a</b>", "<!-- a", "<https://a.example>", "[a](b)", "[a]: b", "[^1]", "![a](b)", "a\r\nb\rc"),
    *("*a*", "_a_", "**a**", "&amp;", "&#42;", "&#x2a;"),
]


@pytest.mark.parametrize("text", TRAPS)
@pytest.mark.parametrize("kind", get_args(BlockKind))
def test_markdown_traps(kind: BlockKind, text: str) -> None:
    body = [Block(kind, "before"), Block(kind, text, cells=(text, text)), Block(kind, "after")]
    assert [found for found in parsed(body_of(*body).to_markdown()) if found[1]] == list(expected(body))


def test_markdown_of_a_nested_item_without_text_is_no_heading() -> None:
    body = [Block("list_item", "a"), Block("list_item", "", level=1), Block("list_item", "", level=2, cells=("b",))]
    assert list(parsed(body_of(*body).to_markdown())) == [("li", "a")]


@given(blocks(markup))
def test_markdown_parses_back_to_the_texts_of_the_blocks(body: tuple[Block, ...]) -> None:
    found = [(tag, text) for tag, text in parsed(body_of(*body).to_markdown()) if text]
    assert found == [(tag, text) for tag, text in expected(written(body)) if text]


@given(articles(markup))
def test_markdown_of_the_front_parses_back(article: Article) -> None:
    article = replace(article, body=(), comments=(), credits=(), kicker=None, standfirst=None)
    found = list(parsed(article.to_markdown(images=False)))
    title = one_line(article.title or "")
    assert found[: bool(title)] == ([("h1", title)] if title else [])
    assert {tag for tag, _ in found[bool(title) :]} <= {"p"}


@given(markup)
def test_emphasis_of_kicker_and_standfirst_holds(text: str) -> None:
    tokens = PARSER.parse(Article("article", kicker=text, standfirst=text).to_markdown())
    inlines = [token.children or [] for token in tokens if token.type == "inline"]
    line = one_line(text)
    assert len(inlines) == (2 if line else 0)
    for children, mark in zip(inlines, ("strong", "em"), strict=False):
        kinds = [child.type for child in children if child.content or child.nesting]
        assert (kinds[0], kinds[-1]) == (f"{mark}_open", f"{mark}_close")
        assert "".join(child.content for child in children) == line


def test_markdown_of_a_full_article() -> None:
    assert STORY.to_markdown() == (
        "# Harbour reopens after storm\n\n**Special**\n\n*Ferries are back, the fish market is not*\n\n"
        "Ada Rees, Coast Wire · World · 2024-03-04T09:30:00+02:00\n\n"
        "![A quay](https://post.example/a_%281%29.jpg?x=1\\&copy;=2)\n\n*The quay on Monday · Ada Rees*\n\n"
        "PORT ELLIS - The harbour reopened on Monday.\n\n## What is open\n\n"
        "- Ferries\n  1. to the island\n  2. to the cape\n- Slips\n\n"
        "> We waited.\\\n> Then we sailed.\n>\n> That was all.\n\n"
        "| Quay | Depth |\n| --- | --- |\n| North | 4 m |\n\n"
        "```\ntide = 4\nif tide:\n    sail()\n```\n\nThe market stays shut.\n\nEditing by Bo Lind\n"
    )
    assert "](" not in STORY.to_markdown(images=False)
    assert Article("empty").to_markdown() == ""


def test_markdown_escapes_only_what_could_be_markup() -> None:
    plain = 'It rose 3.5% (to $5) - AT&T said: "no!" C# isn\'t #1, 2 > 1, a=b, e-mail me@a.example: https://a.example/?x=1&y=2'
    assert body_of(Block("paragraph", plain)).to_markdown() == plain + "\n"
    assert body_of(Block("paragraph", "2015. A year\n- a dash\n-5 degrees\n+1")).to_markdown() == (
        "2015\\. A year\\\n\\- a dash\\\n-5 degrees\\\n+1\n"
    )


def test_markdown_image_keeps_its_url_and_drops_an_unsafe_one() -> None:
    image = PARSER.parse(STORY.to_markdown())
    sources = [child.attrs["src"] for token in image for child in token.children or () if child.type == "image"]
    assert sources == ["https://post.example/a_%281%29.jpg?x=1&copy;=2"]
    bad = replace(STORY, images=(Image("javascript:alert(1)", lead=True), Image("data:image/png,x", lead=True)))
    assert "](" not in bad.to_markdown()


def test_lists_nest_in_markdown_and_html() -> None:
    levels = [(1, True)] * 10 + [(2, False), (4, True), (4, True), (3, False), (1, True), (1, False)]
    article = body_of(*(Block("list_item", f"i{n}", *level) for n, level in enumerate(levels)))
    outline = (
        *("ol:i0", "ol:i1", "ol:i2", "ol:i3", "ol:i4", "ol:i5", "ol:i6", "ol:i7", "ol:i8", "ol:i9", "ol/ul:i10"),
        *("ol/ul/ol:i11", "ol/ul/ol:i12", "ol/ul/ul:i13", "ol:i14", "ul:i15"),
    )
    for fragment in (article.to_html(), PARSER.render(article.to_markdown())):
        found = []
        for item in lxml_html.fromstring(f"<div>{fragment}</div>").iter("li"):
            path = [parent.tag for parent in item.iterancestors("ol", "ul")]
            found.append("/".join(reversed(path)) + ":" + (item.text or "").strip())
        assert tuple(found) == outline


def test_a_page_cannot_make_a_form_grow_with_the_square_of_its_size() -> None:
    def sizes(count: int) -> tuple[int, int]:
        deep = [Block("list_item", "x", level) for level in range(1, count)]
        wide = [Block("table_row", "x", cells=("x",) * count)] + [Block("table_row", "x", cells=("x",))] * count
        return len(body_of(*deep, *wide).to_markdown()), len(body_of(*deep, *wide).to_html())

    small, large = sizes(500), sizes(2000)
    assert large[0] < 5 * small[0]
    assert large[1] < 5 * small[1]


@given(articles(markup))
def test_html_holds_allowed_tags_and_attributes_only(article: Article) -> None:
    (root,) = lxml_html.fragments_fromstring(article.to_html())
    for element in root.iter():
        assert element.tag in TAGS  # a comment's tag is a function
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get("src", "http://").startswith(("http://", "https://"))
        assert element.get("class") in {None, "kicker", "standfirst", "section"}
    assert not root.tail


@given(blocks(markup))
def test_html_parses_back_to_the_texts_of_the_blocks(body: tuple[Block, ...]) -> None:
    root = lxml_html.fromstring(body_of(*body).to_html())
    for line_break in list(root.iter("br")):
        line_break.tail = "\n" + (line_break.tail or "")
    found = []
    for element in root.iter("p", "h2", "h3", "h4", "h5", "h6", "li", "code", "td"):
        own = (element.text or "") + "".join(child.tail or "" for child in element if child.tag == "br")
        found.append(own.strip("\n"))
    wanted: list[str] = []
    for block in written(body):
        if block.kind == "table_row":
            wanted += cells(block)
        else:
            wanted.append(legible(block.text).strip("\n") if block.kind == "code" else "\n".join(lines(block.text)))
    assert [text for text in found if text] == [text for text in wanted if text]


def test_html_of_a_full_article() -> None:
    assert STORY.to_html() == "\n".join(
        [
            '<article lang="en" dir="auto">',
            "<header>",
            '<p class="kicker">Special</p>',
            "<h1>Harbour reopens after storm</h1>",
            '<p class="standfirst">Ferries are back, the fish market is not</p>',
            "<address>Ada Rees, Coast correspondent<br>Coast Wire</address>",
            '<p class="section">World</p>',
            '<p><time datetime="2024-03-04T09:30:00+02:00">2024-03-04T09:30:00+02:00</time></p>',
            '<figure><img src="https://post.example/a_(1).jpg?x=1&amp;copy;=2" alt="A quay">'
            "<figcaption>The quay on Monday<br>Ada Rees</figcaption></figure>",
            "</header>",
            "<p>PORT ELLIS - The harbour reopened on Monday.</p>",
            "<h2>What is open</h2>",
            "<ul>\n<li>Ferries\n<ol>\n<li>to the island</li>\n<li>to the cape</li>\n</ol></li>\n<li>Slips</li>\n</ul>",
            "<blockquote>\n<p>We waited.<br>Then we sailed.</p>\n<p>That was all.</p>\n</blockquote>",
            "<table>\n<tr><td>Quay</td><td>Depth</td></tr>\n<tr><td>North</td><td>4 m</td></tr>\n</table>",
            "<pre><code>tide = 4\nif tide:\n    sail()</code></pre>",
            "<p>The market stays shut.</p>",
            "<footer>",
            "<p>Editing by Bo Lind</p>",
            "</footer>",
            "</article>",
        ]
    )


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "java\nscript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x"),
        *("//a.example/x", "/x.png", "", "http://", "http://[", "http://a.example/a b", "http://a.example/\x00"),
        *("file:///etc/passwd", "http:a.example", "ftp://a.example/x"),
    ],
)
def test_only_absolute_web_urls_are_written(url: str) -> None:
    assert web_url(url) is None
    article = replace(STORY, images=(Image(url, lead=True),))
    assert "<img" not in article.to_html()
    assert "image" not in article.to_schema_org()


def test_an_attribute_cannot_be_left() -> None:
    image = Image('https://a.example/"onerror="x', alt='" onload="x', lead=True)
    (element,) = lxml_html.fromstring(replace(STORY, images=(image,), language='en" x="').to_html()).iter("img")
    assert set(element.attrib) == {"src", "alt"}
    assert (element.get("src"), element.get("alt")) == ('https://a.example/"onerror="x', '" onload="x')
