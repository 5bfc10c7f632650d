"""Text dumps: what each repair does, and what it must leave alone."""

from __future__ import annotations

import string
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlex.options import Options
from articlex.page import Block, Page
from articlex.reading import read


def page_of(text: str, **options: int) -> Page:
    return read(text, None, None, Options(input="text", **options))


def blocks_of(text: str) -> list[Block]:
    return page_of(text).blocks


def texts_of(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


def kinds_of(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_of(text)]


# -- lines --------------------------------------------------------------------------------------------------------


def test_a_clean_dump_is_a_block_a_line() -> None:
    text = "Home\nNews\nHarbour seal learns to ring the ferry bell\nby Ada Quill\n\n  It rang twice.  \nThe ferry left."
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert texts_of(text) == lines
    assert [block.line for block in blocks_of(text)] == [1, 2, 3, 4, 6, 7]
    assert [(block.blank_before, block.indent) for block in blocks_of(text)][4] == (1, 2)


def test_glued_words_stay_one_line() -> None:
    assert texts_of("Remember meForgot password?\nBy Ada QuillMay 4, 2018") == [
        "Remember meForgot password?",
        "By Ada QuillMay 4, 2018",
    ]


def test_the_printed_line_is_kept_where_white_space_told_something() -> None:
    headline, plain = blocks_of("Seal rings bell\u00a0Exclusive\nNothing here\n")
    assert (headline.text, headline.raw) == ("Seal rings bell Exclusive", "Seal rings bell\u00a0Exclusive")
    assert plain.raw == ""


def test_line_ends_of_every_system() -> None:
    assert texts_of("one\r\ntwo\rthree\n\x0cfour") == ["one", "two", "three", "four"]


def test_invisible_characters_go_and_joiners_of_spelling_stay() -> None:
    assert texts_of("\ufeffhar\u00adbour\u200b and\u200e \u202bquay\u202c\u2060") == ["harbour and quay"]
    assert texts_of("می\u200cخواهم") == ["می\u200cخواهم"]


def test_entities_are_resolved_where_none_was() -> None:
    assert texts_of("&ldquo;Ring it&rdquo; he said &amp; rang&nbsp;&#8211; twice") == [
        "“Ring it” he said & rang – twice"
    ]
    assert texts_of("Write &amp; for an ampersand") == ["Write &amp; for an ampersand"]


WARC = """\
WARC/1.0
WARC-Type: conversion
WARC-Target-URI: http://a.example/x
WARC-Date: 2014-06-21T03:12:44Z

""".replace("\n", "\r\n")


def test_a_warc_header_gives_url_and_date_and_is_no_text() -> None:
    page = page_of(f"{WARC}Seal rings bell | Quay Post\r\nSeal rings bell\r\n")
    assert [(block.line, block.text) for block in page.blocks] == [
        (6, "Seal rings bell | Quay Post"),
        (7, "Seal rings bell"),
    ]
    assert page.url == page.base == "http://a.example/x"
    assert page.fetched == datetime(2014, 6, 21, 3, 12, 44, tzinfo=UTC)


def test_the_caller_knows_better_than_the_warc_header() -> None:
    page = read(f"{WARC}Text", "http://b.example/", datetime(2020, 1, 1), Options(input="text"))
    assert (page.url, page.fetched) == ("http://b.example/", datetime(2020, 1, 1))


def test_a_broken_warc_header_is_harmless() -> None:
    page = page_of("WARC/1.0\nWARC-Date: yesterday\nno colon\n\nText")
    assert (page.fetched, [block.text for block in page.blocks]) == (None, ["Text"])


def test_too_many_lines_are_told() -> None:
    page = page_of("line\n" * 50, max_blocks=10)
    assert (len(page.blocks), page.reasons) == (10, ["blocks_limited"])


# -- wrapped at a column ------------------------------------------------------------------------------------------

WRAPPED = """\
                    SEAL RINGS FERRY BELL
                  Harbour master unamused

By ADA QUILL

   The seal that has lived below the quay since the spring has learned to
ring the bell of the ferry, and the ferry has left early on four mornings
in May. Nobody was on board at the time, the harbour master has said, be-
fore he asked for a longer rope.
   A second bell has been ordered from the foundry in Ostwick, where the
first was cast before the war. It will hang higher.

* A bell weighs forty kilograms and is polished on the last Friday of
  every month.
"""


def test_wrapped_paragraphs_are_joined() -> None:
    assert kinds_of(WRAPPED)[:3] == [
        ("paragraph", "SEAL RINGS FERRY BELL"),
        ("paragraph", "Harbour master unamused"),
        ("paragraph", "By ADA QUILL"),
    ]
    first, second = texts_of(WRAPPED)[3:5]
    assert (first[:13], first[-19:]) == ("The seal that", " for a longer rope.")
    assert (second[:13], second[-20:]) == ("A second bell", "It will hang higher.")


def test_a_hyphen_goes_only_where_the_page_has_the_word() -> None:
    assert "said, before he asked" in texts_of(WRAPPED)[3]
    assert "said, be-fore he asked" in texts_of(WRAPPED.replace("cast before", "cast during"))[3]


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    lines = [
        "渡口的海豹学会了敲钟，于是渡船在五月里有四个早晨提前离开了码头",
        "船上没有人，港务长说，他已经订了一根更长的绳子，还有一口新的铜",
        "钟，那口钟将挂在更高的地方，谁也够不着，只有海鸥可以停在上面歇",
        "脚。",
    ]
    assert texts_of("\n".join(lines)) == ["".join(lines)]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"Council approves plan number {n} for the harbour" for n in "abcdefghij"),
        "\n".join(["A seal has learned to ring the bell of the ferry at Ostwick quay this week."] * 8),
        "\n".join(["Weather", "Tides", "Ferries", "Fish prices of the day in Ostwick", "Contact"] * 3),
    ],
)
def test_lists_of_lines_are_not_wrapped_paragraphs(text: str) -> None:
    assert texts_of(text) == text.split("\n")


# -- parted at inline elements ------------------------------------------------------------------------------------

FRAGMENTS = """\
Menu
login
register
By
Ada Quill
and
Per Holm
The seal below the
Ostwick Quay
has learned to
ring
the bell, the
harbour master
, said.
Nobody was on board
.
It will hang higher, says
Per Holm
.
"""


def test_sentences_parted_at_inline_elements_are_joined() -> None:
    assert texts_of(FRAGMENTS) == [
        "Menu",
        "login",
        "register",
        "By Ada Quill and Per Holm",
        "The seal below the Ostwick Quay has learned to ring the bell, the harbour master, said.",
        "Nobody was on board.",
        "It will hang higher, says Per Holm.",
    ]


def test_spaces_around_the_pieces_tell_what_belongs_together() -> None:
    text = "\n".join([
        "Ferries",
        " Tides",
        "Ostwick Quay News",
        "The letters of the harbour master were opened by the ",
        "Ostwick Seal Society",
        " (OSS), which keeps the bell.",
        "Nobody knew that before",
        " they rang it, and the letters went to the ",
        "ministry",
        " of ferries.",
    ])  # fmt: skip
    assert texts_of(text) == [
        "Ferries",
        "Tides",
        "Ostwick Quay News",
        "The letters of the harbour master were opened by the Ostwick Seal Society (OSS), which keeps the bell.",
        "Nobody knew that before they rang it, and the letters went to the ministry of ferries.",
    ]


def test_lower_case_lines_alone_are_no_fragments() -> None:
    lines = ["Most read stories of this week", "seal bell ferry", "Seal rings the bell of the ferry again", "rope quay"]
    assert texts_of("\n".join(lines)) == lines


def test_quotation_marks_that_open_in_danish_do_not_join() -> None:
    text = "Sælen ringer med klokken.\n»Den er klog,« siger havnefogeden.\n»Den får et længere reb,« siger han.\n»Ja.«"
    assert texts_of(text) == text.split("\n")


# -- one line -----------------------------------------------------------------------------------------------------

SENTENCES = [f"The seal rang the bell of the ferry for the {n} time, and Dr. Holm wrote it down." for n in range(30)]


def test_one_line_is_split_at_gaps() -> None:
    text = "Home  News  " + "  ".join(SENTENCES)
    assert texts_of(text) == ["Home", "News", *SENTENCES]


def test_one_line_without_gaps_is_split_after_sentences() -> None:
    texts = texts_of(" ".join(SENTENCES))
    assert " ".join(texts) == " ".join(SENTENCES)
    assert len(texts) > 8
    assert all(text.endswith("wrote it down.") for text in texts)


def test_glued_sentences_on_one_line_are_paragraphs() -> None:
    assert texts_of("".join(SENTENCES)) == SENTENCES


def test_one_line_of_a_script_without_full_stops_is_cut_at_spaces() -> None:
    text = " ".join(["ระฆังเรือข้ามฟาก"] * 300)
    texts = texts_of(text)
    assert " ".join(texts) == text
    assert max(map(len, texts)) <= 1_000


def test_a_long_paragraph_among_others_is_not_split() -> None:
    long = " ".join(SENTENCES)
    assert long in texts_of(f"{long}\n{long}\n{long}")


# -- bullets, numbers, quotations, rows ---------------------------------------------------------------------------


def test_bullets_make_list_items_with_depth() -> None:
    text = "The bell:\n  * of bronze\n      + cast in Ostwick\n      + tuned in G\n  * of forty kilograms\nThe end."
    assert [(block.kind, block.level, block.text) for block in blocks_of(text)] == [
        ("paragraph", 0, "The bell:"),
        ("list_item", 1, "of bronze"),
        ("list_item", 2, "cast in Ostwick"),
        ("list_item", 2, "tuned in G"),
        ("list_item", 1, "of forty kilograms"),
        ("paragraph", 0, "The end."),
    ]


@pytest.mark.parametrize("line", ["- 12 °C at the quay", "* Prices of May", "-5", "1. FC Ostwick", "*note", "o mar"])
def test_one_line_alone_is_no_list(line: str) -> None:
    assert kinds_of(f"A paragraph.\n{line}\nAnother one.")[1] == ("paragraph", line)


def test_a_sure_bullet_needs_no_neighbour() -> None:
    assert kinds_of("• Tickets are on sale")[0] == ("list_item", "Tickets are on sale")


def test_numbers_in_sequence_make_ordered_items() -> None:
    blocks = blocks_of("What to do:\n  1. Ring.\n  2. Wait.\n  3. Sail.\n  2019. A year.")
    assert [(block.kind, block.ordered, block.text) for block in blocks[1:]] == [
        ("list_item", True, "Ring."),
        ("list_item", True, "Wait."),
        ("list_item", True, "Sail."),
        ("paragraph", False, "2019. A year."),
    ]


def test_quoted_mail_is_a_quotation_and_an_arrow_is_not() -> None:
    mail = (
        "> The seal has rung the bell again, and the ferry has left.\n>\n> I would like to be told beforehand, please."
    )
    assert [block.kind for block in blocks_of(mail)] == ["quotation", "quotation"]
    assert [block.blank_before for block in blocks_of(mail)] == [0, 1]
    assert kinds_of("> Read more\n> Tides")[0] == ("paragraph", "> Read more")


def test_tabs_part_the_cells_of_rows() -> None:
    blocks = blocks_of("Club\tPts\nOstwick\t50\n\t\tIndented line\nOne\ttab alone")
    assert [(block.kind, block.cells) for block in blocks[:2]] == [
        ("table_row", ("Club", "Pts")),
        ("table_row", ("Ostwick", "50")),
    ]
    assert [block.text for block in blocks] == ["Club\tPts", "Ostwick\t50", "Indented line", "One tab alone"]


# -- text browsers ------------------------------------------------------------------------------------------------

LYNX = """\
   #[1]Feed [2]Index

   [3]Quay Post [logo.gif]

   [INLINE] The bell.

   The seal of [4]Ostwick (both of them, in fact) rang it.

   [BUTTON] [5]Print

   (c) Quay Post

References

   Visible links
   1. http://a.example/1
   2. http://a.example/2
   3. http://a.example/3
   4. http://a.example/4
   5. mailto:x@a.example
"""


def test_link_marks_and_their_list_are_taken_out() -> None:
    assert kinds_of(LYNX) == [
        ("paragraph", "Quay Post"),
        ("caption", "The bell."),
        ("paragraph", "The seal of Ostwick (both of them, in fact) rang it."),
        ("paragraph", "Print"),
        ("paragraph", "(c) Quay Post"),
    ]


def test_footnotes_are_no_link_marks() -> None:
    text = "The seal rang.[1] It rang again.[2] And then once more.[3]\n1. A book\n2. A map\n3. A bell"
    assert texts_of(text)[0].startswith("The seal rang.[1]")


# -- Markdown -----------------------------------------------------------------------------------------------------

MARKDOWN = """\
[Home](/) | [Tides](/tides)

Seal rings bell
===============

_It has **no** ticket._ By [Ada](/ada) \\[sic\\]

![A bell](https://i.example/bell_(1).jpg "Bell")
[![logo](/logo.png)](/)

> It is clever.

## Bells ##

Town | Bells
---|---
Ostwick | [2](/bells)

```
ring  twice
  wait
```

* * *

snake_case and 2*3*4 stay.
"""


def test_markdown_signs_become_kinds() -> None:
    page = page_of(MARKDOWN)
    assert [(block.kind, block.level, block.text) for block in page.blocks] == [
        ("paragraph", 0, "Home | Tides"),
        ("heading", 1, "Seal rings bell"),
        ("paragraph", 0, "It has no ticket. By Ada [sic]"),
        ("quotation", 0, "It is clever."),
        ("heading", 2, "Bells"),
        ("table_row", 0, "Town\tBells"),
        ("table_row", 0, "Ostwick\t2"),
        ("code", 0, "ring  twice\n  wait"),
        ("paragraph", 0, "snake_case and 2*3*4 stay."),
    ]
    assert [block.link_chars for block in page.blocks][:3] == [9, 0, 3]
    assert page.blocks[6].cells == ("Ostwick", "2")
    assert [(picture.block, picture.attrs["src"]) for picture in page.pictures] == [
        (3, "https://i.example/bell_(1).jpg"),
        (3, "/logo.png"),
    ]


def test_a_hash_tag_is_no_markdown() -> None:
    assert kinds_of("#seal rings the bell\n# 1 in the charts\nText *with* stars")[2] == (
        "paragraph",
        "Text *with* stars",
    )


# -- any text -----------------------------------------------------------------------------------------------------

CHARACTERS = st.sampled_from([*string.printable, *"•»«“”…。、é한字م\u00a0\u00ad\u200b\u2028\x85\u3000"])
PIECES = st.sampled_from([
    "\n", "\n> ", "\n* ", "\n1. ", "\n  2. ", "[1]", "](x)", "![", "**", "\n```\n", "\n---|---\n", "\t", "  ",
    "\n# ", ", ", ". The", "word ", "WARC/1.0\n", "&amp;", "References\n", "\n   1. http://x\n",
])  # fmt: skip


@given(st.lists(CHARACTERS | PIECES, max_size=120).map("".join))
def test_any_text_is_read(text: str) -> None:
    page = page_of(text)
    assert all(block.text.strip() for block in page.blocks)
    lines = [block.line for block in page.blocks]
    assert lines == sorted(lines)
    assert all(0 <= block.link_chars <= len(block.text) for block in page.blocks)


@given(st.text(alphabet="abcABC ,.;é字。\n\u00a0", max_size=400))
def test_plain_text_is_all_kept(text: str) -> None:
    assert "".join("".join(texts_of(text)).split()) == "".join(text.split())


LONG = {
    "one line": "The seal rang it. ",
    "no sentence": "seal bell ",
    "stops": ".”",
    "wrapped": "the seal that has lived below the quay since the early spring has\n",
    "fragments": "the man\n, who said\nthat he would\n",
    "bullets": "* one\n* two\n",
    "mail": "> The seal has rung the bell again, and the ferry has left.\n",
    "rows": "a\tb\n",
    "markdown": "# x\n[a](b **c _d ![e](f `g \\_ [h](i)\n",
    "brackets": "[1]a [2]b [3]c\n](((",
    "code": "# x\n# y\n```\nring\n",
    "blank": " \n",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_the_time_is_linear(piece: str) -> None:
    begin = time.process_time()
    page_of(piece * (2_000_000 // len(piece)))
    assert time.process_time() - begin < 12  # a fifth of that on an old machine; quadratic code would take minutes
