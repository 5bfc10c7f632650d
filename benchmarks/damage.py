"""What damage costs: pages cut off, with flipped bytes, without some of their tags, written in other charsets.

    python benchmarks/damage.py --corpora ../shared/corpora --pages 200

For each page, all against the body of the whole page: cut at 20 points, the F1 (of words) of what comes out against the
F1 of what the cut page still holds of the body; 1 % of the bytes flipped; a tenth of the tags dropped;
written in 12 charsets, where the page's characters allow it, with the charset declared (the body must be the same) and
not declared. Nothing may raise. Without ``--pages`` all pages are taken; the order is random, the same each time.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sys
import traceback
from collections import Counter, defaultdict
from pathlib import Path

from articlex import Options, extract
from articlex.reading import read
from articlex.reading.decode import to_utf8

HTML = Options(input="html")
CUTS = 20
CHARSETS = (
    "utf-8-sig", "utf-16", "utf-32", "gb18030", "cp1252", "iso-8859-2", "cp1251", "koi8-r", "cp932", "cp949", "big5",
    "euc_jp",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]{1,300}>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?[\w-]+|<\?xml[^>]{0,200}>", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(_WORD.findall(text.lower()))


def f1(found: Counter[str], expected: Counter[str]) -> float:
    """Of the words of two texts."""
    return 2 * (found & expected).total() / max(found.total() + expected.total(), 1)


def _left(part: str, paragraphs: tuple[str, ...]) -> Counter[str]:
    """The words of those paragraphs that the part of the page still holds, the last of them perhaps cut off."""
    texts = [block.text for block in read(part, None, None, HTML).blocks]
    there = set(texts)
    left: Counter[str] = Counter()
    for paragraph in paragraphs:
        if paragraph in there:
            left += words(paragraph)
        elif texts and paragraph.startswith(texts[-1]):
            left += words(texts[-1])
    return left


class Damage:
    """Damages pages and keeps account of what came of it."""

    def __init__(self) -> None:
        self.runs = 0
        self.raised: list[str] = []
        self.scores: defaultdict[str, list[float]] = defaultdict(list)
        self._choose = random.Random(11)

    def page(self, name: str, data: bytes) -> None:
        """All the damage to one page."""
        text = _CHARSET.sub("", to_utf8(data)[0].decode("utf-8", "replace").replace("\x00", ""))
        whole = extract(text, options=HTML)
        body = words(whole.text)
        if body.total() >= 100:
            self._cut(name, text, body, whole.paragraphs)
            self._shake(name, text.encode("utf-8", "replace"), body)
        self._recode(name, text)

    def _cut(self, name: str, text: str, body: Counter[str], paragraphs: tuple[str, ...]) -> None:
        for number in range(CUTS):
            cut = len(text) * number // CUTS
            expected = f1(_left(text[:cut], paragraphs), body)
            loss = expected - f1(words(self._text(f"{name} cut {cut}", text[:cut])), body)
            self.scores["cut: loss beyond what was cut off"].append(loss)

    def _shake(self, name: str, data: bytes, body: Counter[str]) -> None:
        flipped = bytearray(data)
        for at in self._choose.sample(range(len(data)), len(data) // 100):
            flipped[at] ^= 1 << self._choose.randrange(8)
        self.scores["1 % of bytes flipped: F1"].append(f1(words(self._text(f"{name} flipped", bytes(flipped))), body))
        fewer = _TAG.sub(lambda tag: b"" if self._choose.random() < 0.1 else tag[0], data)
        self.scores["a tenth of tags dropped: F1"].append(f1(words(self._text(f"{name} tags", fewer)), body))

    def _recode(self, name: str, text: str) -> None:
        expected = self._text(f"{name} utf-8", f'<meta charset="utf-8">{text}'.encode("utf-8", "replace"))
        bare = self._text(f"{name} undeclared utf-8", text.encode("utf-8", "replace"))
        for charset in CHARSETS:
            try:
                declared, plain = f'<meta charset="{charset}">{text}'.encode(charset), text.encode(charset)
            except UnicodeEncodeError:
                continue
            kind = "by BOM" if charset.startswith("utf") else "by meta"
            same = self._text(f"{name} {charset}", declared) == expected
            self.scores[f"charset named {kind}: same body"].append(float(same))
            if not same:
                print(f"{name}: another body in {charset}", flush=True)
            if kind == "by meta":
                same = self._text(f"{name} undeclared {charset}", plain) == bare
                self.scores["charset not named: same body"].append(float(same))

    def _text(self, what: str, source: bytes | str) -> str:
        self.runs += 1
        try:
            return extract(source, options=HTML).text
        except Exception:
            self.raised.append(f"{what}\n{traceback.format_exc()}")
            return ""

    def show(self) -> None:
        """Print the table."""
        print("| damage | runs | mean | worst |")
        print("|---|---|---|---|")
        for what, values in self.scores.items():
            worst = max(values) if "loss" in what else min(values)
            print(f"| {what} | {len(values):,} | {sum(values) / len(values):.4f} | {worst:.3f} |")
        print(f"{self.runs:,} extractions, {len(self.raised)} raised", *self.raised, sep="\n", flush=True)


def main() -> int:
    """Damage pages and print the table after every 100, and at the end."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--pages", type=int)
    arguments = parser.parse_args()
    paths = sorted(path for name in ("wcxb", "fundus") for path in (arguments.corpora / name / "pages").glob("*.gz"))
    random.Random(7).shuffle(paths)
    damage = Damage()
    for number, path in enumerate(paths[: arguments.pages], 1):
        damage.page(f"{path.parent.parent.name}/{path.name}", gzip.decompress(path.read_bytes()))
        if number % 100 == 0:
            print(f"{number} pages", flush=True)
            damage.show()
    damage.show()
    return 1 if damage.raised else 0


if __name__ == "__main__":
    sys.exit(main())
