"""Rows of the matrix that are filled together stand in the order that the code fills them in."""

import pytest

from articlex.scoring import containers, context, features
from articlex.scoring.catalogue import FEATURES
from articlex.scoring.structure import ANCESTORS, OWN_TAGS

ELEMENTS = ("element", "parent", "grandparent")


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (containers._INSIDE, [*(f"in_{tag}" for tag in ANCESTORS), "hidden"]),
        (containers._TAGS, [f"tag_{tag}" for tag in OWN_TAGS]),
        (containers._KIND_ROWS, [f"kind_{kind}" for kind in containers._KINDS]),
        (containers._ODDS, [f"{reach}_odds_{fact}" for fact in ("sum", "min", "max") for reach in ("near", "far")]),
        (containers._MASSES, [f"{element}_mass" for element in ELEMENTS[1:]]),
        (containers._SHARES, [f"{element}_share" for element in ELEMENTS[1:]]),
        (containers._LINKS, [f"{element}_links" for element in ELEMENTS]),
        (containers._ALIKE, ["class_blocks", "siblings", "cousins"]),
        (features._ENDS, [f"ends_in_{kind}" for kind in ("stop", "quote", "mark")]),
        (features._STARTS, [f"starts_{kind}" for kind in ("upper", "lower", "quote", "digit")]),
        *(
            (rows, [f"{name}_around_{size}" for name in (
                "chars", "links", "prose", "odds", "stops", "commas", "digits", "capitals", "topic", "core_topic",
            )])
            for size, rows in context._AROUND
        ),
    ],
)  # fmt: skip
def test_rows_that_are_filled_together(rows: slice, names: list[str]) -> None:
    assert list(FEATURES)[rows] == names
