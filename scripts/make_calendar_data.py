"""Write ``src/articlex/data/calendar.json``: how each language names months, weekdays and halves of the day.

The names are those of Unicode CLDR as the ``babel`` package carries them (a tool for this script only, no dependency
of the library), with the spellings that news pages use beyond CLDR from ``calendar_extras.json``. The same babel
version writes the same bytes. Run: ``python scripts/make_calendar_data.py``
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import babel
from babel import Locale

ROOT = Path(__file__).resolve().parent
TARGET = ROOT.parent / "src" / "articlex" / "data" / "calendar.json"

# In the order of preference for a name that two languages give to different months ("listopada").
LOCALES = {
    "en": ("en", "en_GB", "en_AU", "en_CA"), "de": ("de", "de_AT", "de_CH"), "fr": ("fr", "fr_CA", "fr_CH"),
    "es": ("es", "es_MX", "es_US"), "pt": ("pt", "pt_PT"), "it": ("it",), "nl": ("nl",), "ru": ("ru",),
    "pl": ("pl",), "uk": ("uk",), "tr": ("tr",), "ar": ("ar", "ar_SY", "ar_DZ", "ar_MA"), "fa": ("fa", "fa_AF"),
    "he": ("he",), "hi": ("hi",), "bn": ("bn",), "ta": ("ta",), "te": ("te",), "mr": ("mr",), "gu": ("gu",),
    "ur": ("ur",), "th": ("th",), "vi": ("vi",), "id": ("id",), "ms": ("ms",), "fil": ("fil",), "sw": ("sw",),
    "ko": ("ko",), "ja": ("ja",), "zh": ("zh", "zh_Hant"), "sv": ("sv",), "da": ("da",), "nb": ("nb",), "nn": ("nn",),
    "fi": ("fi",), "cs": ("cs",), "sk": ("sk",), "hu": ("hu",), "ro": ("ro",), "bg": ("bg",), "el": ("el",),
    "ca": ("ca",), "hr": ("hr",), "sr": ("sr", "sr_Latn"), "sl": ("sl",), "lt": ("lt",), "lv": ("lv",), "et": ("et",),
}  # fmt: skip

# Regions that write the numbers of a date in another order than their language's file says.
REGIONS = ("en_GB", "en_AU", "en_NZ", "en_IE", "en_IN", "en_ZA", "en_CA", "en_SG", "en_NG", "en_KE", "en_PK", "en_HK",
           "en_MY", "en_MT", "en_JM", "es_US", "es_PR", "es_PA", "fr_CA")  # fmt: skip

_LITERAL = re.compile(r"'([^']*)'|[A-Za-z]+")


def main() -> None:
    """Collect, merge and write."""
    extras = json.loads((ROOT / "calendar_extras.json").read_text(encoding="utf-8"))
    lines = {
        "source": f"Unicode CLDR, as in babel {babel.__version__}, and scripts/calendar_extras.json",
        "order": order_by_region(),
        "links": sorted({*pattern_words(), *extras["links"]}),
        "marks": extras["marks"],
        "eras": extras["eras"],
        "am": sorted({*half_days("am"), *extras["am"]}),
        "pm": sorted({*half_days("pm"), *extras["pm"]}),
        "months": {code: months(code, extras["months"].get(code, {})) for code in LOCALES},
        "weekdays": {code: sorted(set().union(*weekdays(code))) for code in LOCALES},
    }
    TARGET.write_text(as_text(lines), encoding="utf-8")
    print(f"{TARGET.name}: {len(LOCALES)} languages, {TARGET.stat().st_size} bytes")


def months(code: str, extra: dict[str, list[str]]) -> list[list[str]]:
    """Twelve lists of names, in lower case, without a full stop at the end."""
    collected: list[set[str]] = [set() for _ in range(12)]
    for locale in map(Locale.parse, LOCALES[code]):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    collected[number - 1].add(plain(name))
    for number, names in extra.items():
        collected[int(number) - 1].update(map(plain, names))
    if code == "he":  # the preposition is written together with the name
        collected = [names | {"ב" + name for name in names} for names in collected]
    return [sorted(name for name in names if is_name(name)) for names in collected]


def weekdays(code: str) -> Iterable[set[str]]:
    """The names of the days of the week, however written, except single letters; a Chinese character is a name."""
    for locale in map(Locale.parse, LOCALES[code]):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = map(plain, locale.days[context][width].values())
                yield {name for name in names if len(name) > 1 or name > "\u2e80"}


def half_days(period: str) -> Iterable[str]:
    """Every language's words for before and after noon."""
    for codes in LOCALES.values():
        for locale in map(Locale.parse, codes):
            for context in ("format", "stand-alone"):
                for names in locale.day_periods.get(context, {}).values():
                    if period in names and len(names[period]) > 1:
                        yield names[period].replace("\u00a0", " ").replace("\u202f", " ").lower()


def pattern_words() -> Iterable[str]:
    """The words that CLDR's date layouts put between day, month and year ("de", "gada")."""
    for codes in LOCALES.values():
        for width in ("medium", "long", "full"):
            pattern = Locale.parse(codes[0]).date_formats[width].pattern
            for word in re.split(r"\W+", " ".join(_LITERAL.findall(pattern))):
                if len(word) < 6 and not word.isdigit():
                    yield word.lower()


def order_by_region() -> dict[str, str]:
    """The order of day, month and year in short dates, by BCP 47 tag."""
    return {tag.replace("_", "-").lower(): number_order(tag) for tag in REGIONS}


def number_order(tag: str) -> str:
    """For instance ``DMY``, from the short date pattern of a locale."""
    letters = [letter.upper() for letter in Locale.parse(tag).date_formats["short"].pattern if letter in "dMy"]
    return "".join(dict.fromkeys(letters))


def plain(name: str) -> str:
    """A name as the library looks it up."""
    return name.lower().replace("\u00a0", " ").replace("\u200f", "").strip(" .")


def is_name(name: str) -> bool:
    """False for a bare number ("3月", "3"): those are read as numbers; true for "tháng 3"."""
    return len(name) > 1 and not name[0].isdigit()


def as_text(record: dict[str, Any]) -> str:
    """JSON with a line for each key, and for each language within a key."""
    rows = []
    for key, value in record.items():
        if key in ("months", "weekdays"):
            inner = ",\n".join(f'  "{code}": {compact(names)}' for code, names in value.items())
            rows.append(f' "{key}": {{\n{inner}\n }}')
        else:
            rows.append(f' "{key}": {compact(value)}')
    return "{\n" + ",\n".join(rows) + "\n}\n"


def compact(value: Any) -> str:
    """JSON on one line, characters kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
