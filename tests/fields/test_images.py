"""Pictures with caption and credit; lines that belong to a picture are no body."""

from __future__ import annotations

import json

import pytest
from field_scenes import STORY, json_ld, page, scene_of

from articlex.article import Image
from articlex.fields.captions import bare_credit, is_credit, split_caption
from articlex.fields.images import find_images

URL = "https://post.example/i/bridge.jpg"
LEAD = f'<meta property="og:image" content="{URL}">'


def images(source: str, url: str | None = None) -> tuple[Image, ...]:
    found = find_images(scene_of(source, url=url))
    return found.value if found else ()


def figure(inner: str, src: str = URL) -> str:
    return f'<figure><img src="{src}" alt="The bridge">{inner}</figure>'


@pytest.mark.parametrize(
    ("inner", "caption", "credit"),
    [
        ("<figcaption>The bridge on Monday.</figcaption>", "The bridge on Monday.", None),
        (
            "<figcaption>The bridge on Monday. (Photo: Ada Brand / AP)</figcaption>",
            "The bridge on Monday.",
            "Ada Brand / AP",
        ),
        ("<figcaption>The bridge on Monday. Foto: Ada Brand</figcaption>", "The bridge on Monday.", "Ada Brand"),
        (
            '<figcaption>The bridge on Monday.<span class="credit">Credit: Ada Brand</span></figcaption>',
            "The bridge on Monday.",
            "Ada Brand",
        ),
        ('<p class="legende">The bridge on Monday. | AFP/ADA BRAND</p>', "The bridge on Monday.", "AFP/ADA BRAND"),
        ('<figcaption>The bridge.</figcaption><div class="photo-credit">Ada Brand</div>', "The bridge.", "Ada Brand"),
        ("<figcaption>Photo by Ada Brand</figcaption>", None, "Ada Brand"),
    ],
)
def test_caption_and_credit(inner: str, caption: str | None, credit: str | None) -> None:
    assert images(page(below=figure(inner))) == (Image(URL, "The bridge", caption, credit, lead=True),)


def test_the_stated_picture_leads_and_takes_what_the_page_shows_of_it() -> None:
    other = figure("<figcaption>The quay.</figcaption>", "https://post.example/i/quay.jpg")
    shown = figure("<figcaption>The bridge.</figcaption>", "https://post.example/i/bridge-800x600.jpg")
    found = images(page(head=LEAD, below=other + shown))
    assert found == (
        Image(URL, "The bridge", "The bridge.", None, lead=True),
        Image("https://post.example/i/quay.jpg", "The bridge", "The quay.", None, lead=False),
    )


@pytest.mark.parametrize("value", [URL, [URL], {"@type": "ImageObject", "url": URL}, [{"url": URL}]])
def test_the_picture_of_json_ld(value: object) -> None:
    head = json_ld(json.dumps({"@type": "NewsArticle", "headline": "x", "image": value}))
    assert images(page(head=head)) == (Image(URL, lead=True),)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://post.example/logo.png">',
        '<img src="https://post.example/pixel.gif">',
        '<img src="https://post.example/a.jpg" width="40" height="40">',
        '<img src="data:image/png;base64,AAAA">',
        '<div class="author-box"><img src="https://post.example/ada.jpg"></div>',
    ],
)
def test_what_is_no_picture_of_the_article(markup: str) -> None:
    assert images(page(below=markup)) == ()


def test_lazy_pictures_and_relative_addresses() -> None:
    markup = '<img src="data:image/gif;base64,AAAA" data-src="/i/bridge.jpg">'
    assert [image.url for image in images(page(below=markup), "https://post.example/x")] == [URL]
    assert images(page(below=markup)) == (), "a relative address without a base is no URL"


def test_one_picture_of_several_renditions() -> None:
    markup = f'<picture><source srcset="https://post.example/i/b-640.webp 640w"><img src="{URL}"></picture>'
    assert [image.url for image in images(page(below=markup))] == [URL]


def test_caption_lines_are_claimed() -> None:
    below = (
        '<div class="image"><img src="x.jpg"><div class="image-caption">The bridge.</div><p>Foto: Ada Brand</p></div>'
    )
    found = find_images(scene_of(page(below=below)))
    assert found
    assert [(claim.role, claim.reason) for claim in found.claims] == [
        ("caption", "caption_class"),
        ("credit", "credit_label"),
    ]


def test_a_paragraph_that_speaks_of_a_photo_is_no_caption() -> None:
    source = page().replace(f"<p>{STORY[1]}", "<p>Photo editors were not amused.</p><p>" + STORY[1])
    found = find_images(scene_of(source))
    assert found is None or not found.claims


@pytest.mark.parametrize(
    "text", ["(Photo: Ada Brand)", "Foto: dpa", "© Ada Brand", "[Image: Ada Brand]", "写真：小山徹"]
)
def test_credit_lines(text: str) -> None:
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Photo editors were not amused.",
        "Photo:",
        "The bridge",
        "© 2020 The Daily Post Company Limited. All rights reserved.",
    ],
)
def test_what_is_no_credit(text: str) -> None:
    assert not is_credit(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[1/2] The bank in July 2023. MERIDIAN/Ada Brand/File Photo",
            ("The bank in July 2023.", "MERIDIAN/Ada Brand/File Photo"),
        ),
        ("深夜的阅览室。本报记者 周启明 摄", ("深夜的阅览室。", "本报记者 周启明")),
        ("The bridge (built in 1961)", ("The bridge (built in 1961)", None)),
        ("", (None, None)),
    ],
)
def test_splitting_a_caption(text: str, expected: tuple[str | None, str | None]) -> None:
    assert split_caption(text) == expected


def test_a_bare_credit_keeps_its_own_brackets() -> None:
    assert bare_credit("Foto: Nieves Tardón (EFE)") == "Nieves Tardón (EFE)"
    assert bare_credit("(Photo: Ada Brand)") == "Ada Brand"


def test_a_gallery_below_the_story() -> None:
    item = '<li><span class="count">{0} of 2</span><img src="/i/{0}.jpg"><div class="caption">Bearing {0}.</div></li>'
    gallery = f'<ol class="gallery">{item.format(1)}{item.format(2)}</ol>'
    found = images(page(after=gallery), "https://post.example/a")
    assert [(image.url, image.caption) for image in found] == [
        ("https://post.example/i/1.jpg", "Bearing 1."),
        ("https://post.example/i/2.jpg", "Bearing 2."),
    ]
    linked = gallery.replace("<div", "<a href=/b><div").replace("</div>", "</div></a>")
    assert images(page(after=linked), "https://post.example/a") == ()


def test_the_pictures_of_an_article_that_an_endless_page_appends() -> None:
    first = f"<article><h1>Harbour bridge stays closed for a month</h1><p>{STORY[0]}.</p><p>{STORY[1]}.</p></article>"
    second = f"<article><h1>Goat escapes, wins anyway</h1>{figure('')}<p>{STORY[2]}.</p></article>"
    assert images(f"<title>x</title>{first}{second}") == ()
    assert len(images(f"<title>x</title>{first}{second.replace('h1>', 'h2>')}")) == 1
