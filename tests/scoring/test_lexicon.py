"""The lexicon: what it knows it finds, and long class lists cost no more than short ones."""

import struct

import numpy as np

from articlex.scoring.lexicon import Lexicon, Table


def test_a_table_gives_the_odds_of_the_numbers_it_has() -> None:
    numbers = np.array([0, 1, 2, 3, 65_535, 65_536, 65_537, 70_000, 2**32 - 1], np.uint32)
    table = Table(numbers, np.arange(1, 10, dtype=np.float32))
    asked = np.array([2**32 - 1, 4, 65_537, 0, 2**32 - 2, 69_999, 70_000, 3], np.uint32)
    assert table(asked).tolist() == [9, 0, 7, 1, 0, 0, 8, 4]
    assert Table(numbers[:0], np.zeros(0, np.float32))(asked).tolist() == [0] * 8


def test_names_of_class_and_id() -> None:
    empty = Table(np.zeros(0, np.uint32), np.zeros(0, np.float32))
    lexicon = Lexicon(empty, empty, {"share": -2.0, "body": 3.0})
    assert struct.unpack("3d", lexicon.name_odds("postBody share")) == (1.0, -2.0, 3.0)
    assert struct.unpack("3d", lexicon.name_odds((None, "share-1"))) == (-2.0, -2.0, -2.0)
    assert struct.unpack("3d", lexicon.name_odds(None)) == (0.0, 0.0, 0.0)
    long = "body " + "x " * 600
    assert lexicon.name_odds(long + "a") == lexicon.name_odds(long + "b")
    assert all(len(str(names)) < 700 for names in lexicon.memo)
