"""Letters of all scripts: the form they are compared in, and scripts written without spaces."""

from __future__ import annotations

from functools import cache

from articlex.patterns import by, lazy

SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""For a character class: Thai, Lao, Burmese, Khmer, kana and ideographs, written without spaces between words."""
UNSPACED = f"{SPACELESS}\uac00-\ud7af"
"""These and Hangul, whose particles stick to the word."""
_LETTER, _BEYOND_LATIN = lazy(r"[^\W\d_]"), lazy(r"[^\x00-\xff]")
_UNSPACED_CHAR = lazy(f"[{UNSPACED}]")

_FOLDED = {
    " ": "\u00a0\u202f\u2007\u3000\t\n", "'": "’‘ʼ＇´`", ":": "：︰﹕", "/": "／", "|": "｜丨", "=": "＝",
    "i": "ı", "е": "ё", "ș": "ş", "ț": "ţ",
    "α": "ά", "ε": "έ", "η": "ή", "ι": "ίϊΐ", "ο": "ό", "υ": "ύϋΰ", "ω": "ώ", "σ": "ς",
    "ا": "أإآٱ", "ي": "یى", "ك": "ک", "ه": "ۀ",
}  # fmt: skip
_FOLDS = {variant: plain for plain, variants in _FOLDED.items() for variant in variants}
_FOLDABLE, _PLAIN = lazy(f"[{''.join(_FOLDS)}]"), by(_FOLDS)


_ENGLISH_MARKS = "’‘“”–—…•\u00a0"


def without_marks(text: str) -> str:
    """The text with the commonest typographic marks as spaces: most English text is ASCII then.

    Where only words count, patterns for ASCII are several times as fast as those for the letters of all scripts.
    """
    if not text.isascii():
        for mark in _ENGLISH_MARKS:
            text = text.replace(mark, " ")
    return text


def is_unspaced(text: str) -> bool:
    """Whether the text holds a character of ``UNSPACED``: one of them says as much as several letters."""
    return not text.isascii() and _UNSPACED_CHAR.search(text) is not None


def letter_runs(text: str) -> list[str] | None:
    """The runs of letters in a text, several times as fast as a pattern finds them; ``None`` beyond Latin-1."""
    if not text.isascii():
        if any(character[0].isalnum() for character in _BEYOND_LATIN.finditer(text)):
            return None
        text = _BEYOND_LATIN.sub(" ", text)
    return text.encode("latin-1").translate(_latin_letters()[0]).decode("latin-1").split()


def count_letters(text: str) -> int:
    """How many characters of a text are letters."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return sum(map(str.isalpha, text))
    return len(raw) - len(raw.translate(None, _latin_letters()[1]))


@cache
def _latin_letters() -> tuple[bytes, bytes]:
    """Each character of Latin-1, with a space for what is no letter to a pattern; and all that are letters."""
    characters = [chr(code) for code in range(256)]
    table = "".join(character if _LETTER.match(character) else " " for character in characters)
    return table.encode("latin-1"), "".join(filter(str.isalpha, characters)).encode("latin-1")


def letters_of(text: str) -> str:
    """The letters and digits alone, in lower case."""
    return "".join(filter(str.isalnum, text)).lower()


def fold(text: str) -> str:
    """The text in the form that phrases are compared in. It has the length of ``text``, character for character."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered.replace("`", "'")
    if len(lowered) != len(text):  # İ becomes two characters; keep the first
        lowered = "".join(character.lower()[0] for character in text)
    return _FOLDABLE.sub(_PLAIN, lowered)
