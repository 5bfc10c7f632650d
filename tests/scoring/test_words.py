"""Words as numbers: equal words are equal numbers, whatever stands around them."""

from articlex.scoring.words import end_words, line_numbers


def numbers(text: str) -> list[int]:
    return end_words([text]).numbers.tolist()


def test_case_and_marks_do_not_count() -> None:
    assert numbers("Read MORE, please!") == numbers("read more please")


def test_words_keep_their_texts() -> None:
    words = end_words(["one two", "", "three"])
    assert words.owner.tolist() == [0, 0, 2]


def test_only_the_ends_of_a_long_text_count() -> None:
    text = "first " + "x" * 300 + " last"
    found = set(numbers(text))
    assert set(numbers("first")) < found
    assert set(numbers("last")) < found
    assert not set(numbers("middle")) & set(numbers("a" * 150 + " middle " + "b" * 150))


def test_scripts_without_spaces_are_read_by_pairs() -> None:
    whole, part = set(numbers("相关新闻")), set(numbers("新闻"))
    assert part <= whole
    assert set(numbers("เพิ่มเติม")) & set(numbers("เพิ่ม"))
    assert not set(numbers("related")) & set(numbers("relate"))


def test_lines_are_told_apart_by_the_order_of_their_words() -> None:
    texts = ["read more", "more read", "Read more", "相关新闻", "新闻相关"]
    lines = line_numbers(end_words(texts)).tolist()
    assert lines[0] == lines[2]
    assert len(set(lines)) == 4
