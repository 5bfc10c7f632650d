"""Bylines of dumps: names on lines of their own, and no buttons that look like names."""

from __future__ import annotations

import pytest

from articlex import extract


def dump_bylines(text: str) -> list[tuple[str, str | None]]:
    return [(b.name, b.role) for b in extract(text).bylines]


BODY = "\n\n".join(
    f"The council of Harrow Bay said on Tuesday that the old pier, part {i}, will be rebuilt by the spring, after a "
    "winter in which two storms took most of its boards and one of its lamps."
    for i in range(5)
)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("By\nMarta Quill\nPhoebe Tarn", ["Marta Quill", "Phoebe Tarn"]),
        ("By\nMarta Quill,\nPhoebe Tarn &\nIdo Lask\nShare article", ["Marta Quill", "Phoebe Tarn", "Ido Lask"]),
        ("Marta Quill and Phoebe Tarn\nShare article\n4 May 2021", ["Marta Quill", "Phoebe Tarn"]),
        ("Marta QuillPublished 4 May 2021, 11:21am", ["Marta Quill"]),
        ("By Marta Quill for Reuters\n4 May 2021", ["Marta Quill"]),
        ("Share Article\nBoards Of The Pier\n4 May 2021", []),
    ],
)
def test_names_on_lines_of_their_own(lines: str, names: list[str]) -> None:
    text = f"Harrow Bay rebuilds its pier after two storms\n\n{lines}\n\n{BODY}\n\nShare this article\n"
    assert [name for name, _ in dump_bylines(text)] == names
