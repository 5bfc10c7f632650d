"""Letters: the filter lets through every text that may be in there."""

from hypothesis import given
from hypothesis import strategies as st

from articlex.scoring.letters import letters, may_begin_in

TEXTS = st.text(alphabet="abcÄß -.1İΣ😀中", max_size=14)


@given(st.lists(TEXTS, min_size=1, max_size=6), TEXTS)
def test_no_text_that_begins_in_there_is_left_out(texts: list[str], page: str) -> None:
    known = letters([page + texts[0]])[0]
    begun = may_begin_in(texts, known)
    for i, key in enumerate(letters(texts)):
        assert key[:-1] not in known or i in begun


def test_most_others_are() -> None:
    texts = ["The harbour reopened", "Read more about it", "Subscribe to our letter"]
    assert may_begin_in(texts, letters(["Four days on, the harbour reopened"])[0]) == [0]
