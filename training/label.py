"""Show pages for labelling by hand, and check what was labelled.

    python training/label.py show CORPUS ID...        the blocks of pages, numbered
    python training/label.py add FILE < labels        labels as text, checked and appended to training/labels/FILE.jsonl
    python training/label.py check                    how the stored labels fit today's segmentation

A label line reads ``CORPUS ID | type: article | body: 12-20 22 | standfirst: 11 | caption: 13``; blocks that are not
named are chrome. Stored are block numbers and short digests of the blocks' texts, never text: the pages are other
people's.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from pathlib import Path

from articlex.options import Options
from articlex.page import Page
from articlex.reading import read

ROOT = Path(__file__).resolve().parents[2] / "shared" / "corpora"
LABELS = Path(__file__).resolve().parent / "labels"
ROLES = (
    "headline", "kicker", "standfirst", "byline", "date", "section", "tags", "body", "caption", "credit",
    "correction", "note", "promotion", "related", "comment", "paywall",
)  # fmt: skip
TYPES = ("article", "not_article", "paywalled", "empty")


def load(corpus: str, page_id: str) -> Page:
    """A page of a corpus, read by the product's own reader."""
    record = gold(corpus)[page_id]
    return read(page_data(corpus, record), record.get("url"), None, Options(input="html"))


def page_data(corpus: str, record: dict) -> bytes | str:
    """The page of a gold record: bytes, or a string where the gold names the capture's encoding."""
    data = gzip.decompress((ROOT / corpus / "pages" / f"{record['id']}.html.gz").read_bytes())
    encoding = record.get("encoding")
    return data.decode(encoding, "replace") if encoding else data


def gold(corpus: str) -> dict[str, dict]:
    """The gold records of a corpus by id."""
    with (ROOT / corpus / "gold.jsonl").open(encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def digest(text: str) -> str:
    """Eight hex digits that tell whether a block is still the one that was labelled."""
    return hashlib.blake2b(" ".join(text.split()).encode("utf-8", "replace"), digest_size=4).hexdigest()


def show(corpus: str, page_id: str) -> None:
    page = load(corpus, page_id)
    record = gold(corpus)[page_id]
    print(f"=== {corpus} {page_id} | {record.get('url')} | <title> {page.title_tag[:120]}")
    for name in ("og:description", "description", "og:title"):
        if page.metas.get(name):
            print(f"    {name}: {page.metas[name][0][:160]}")
    for i, block in enumerate(page.blocks):
        element = page.elements[block.element]
        names = " ".join((element.attrs.get("class") or "").split())[:24]
        share = block.link_chars / max(len(block.text), 1)
        link = "L" if share > 0.8 else "l" if share > 0.3 else ""
        text = block.text.replace("\n", "⏎")
        room = 46 if link == "L" else 130
        text = text if len(text) <= room + 30 else f"{text[:room]} … {text[-24:]} ({len(text)})"
        print(f"{i} {element.tag}{'.' + names if names else ''} {link}| {text}")


def parse(line: str) -> dict:
    """One label line as a record; ``ValueError`` says what is wrong."""
    head, *parts = (part.strip() for part in line.split("|"))
    corpus, page_id = head.split(None, 1)
    page = load(corpus, page_id)
    record: dict = {"corpus": corpus, "id": page_id, "type": "article", "blocks": len(page.blocks), "roles": {}}
    for part in parts:
        key, _, value = part.partition(":")
        key = key.strip()
        if key == "type":
            record["type"] = value.strip()
        elif key in ROLES:
            record["roles"][key] = [[i, digest(page.blocks[i].text)] for i in _numbers(value, len(page.blocks))]
        else:
            raise ValueError(f"{page_id}: unknown role {key!r}, choose from {', '.join(ROLES)}")
    if record["type"] not in TYPES:
        raise ValueError(f"{page_id}: unknown type {record['type']!r}, choose from {', '.join(TYPES)}")
    seen = [i for pairs in record["roles"].values() for i, _ in pairs]
    if len(seen) != len(set(seen)):
        raise ValueError(f"{page_id}: a block has two roles: {sorted(i for i in set(seen) if seen.count(i) > 1)}")
    return record


def _numbers(value: str, count: int) -> list[int]:
    numbers: list[int] = []
    for word in value.replace(",", " ").split():
        start, _, end = word.partition("-")
        numbers.extend(range(int(start), int(end or start) + 1))
    if numbers and max(numbers) >= count:
        raise ValueError(f"block {max(numbers)} does not exist; there are {count}")
    return numbers


def stored(name: str = "*") -> list[dict]:
    """Every stored label record."""
    return [json.loads(line) for path in sorted(LABELS.glob(f"{name}.jsonl")) for line in path.read_text().splitlines()]


def add(name: str) -> None:
    done = {(record["corpus"], record["id"]) for record in stored()}
    with (LABELS / f"{name}.jsonl").open("a", encoding="utf-8") as out:
        for line in filter(None, map(str.strip, sys.stdin)):
            try:
                record = parse(line)
            except (ValueError, KeyError, OSError) as error:
                print(f"refused: {error!r} in: {line[:100]}")
                continue
            if (record["corpus"], record["id"]) in done:
                print(f"already labelled: {record['id']}")
                continue
            done.add((record["corpus"], record["id"]))
            out.write(json.dumps(record, separators=(",", ":")) + "\n")
            print(f"ok {record['id']}: " + " ".join(f"{role}={len(pairs)}" for role, pairs in record["roles"].items()))


def roles_of(record: dict, page: Page) -> list[str | None]:
    """The role of each block of ``page`` under a stored record; ``None`` = chrome. Moved blocks are found by digest."""
    where: dict[str, list[int]] = {}
    for i, block in enumerate(page.blocks):
        where.setdefault(digest(block.text), []).append(i)
    roles: list[str | None] = [None] * len(page.blocks)
    for role, pairs in record["roles"].items():
        for number, mark in pairs:
            if mark in where:
                roles[min(where[mark], key=lambda i: abs(i - number))] = role
    return roles


def check() -> None:
    for record in stored():
        page = load(record["corpus"], record["id"])
        wanted = sum(map(len, record["roles"].values()))
        found = sum(role is not None for role in roles_of(record, page))
        if found < wanted:
            print(f"{record['corpus']} {record['id']}: {wanted - found} of {wanted} labelled blocks are gone")


def main() -> None:
    command, *arguments = sys.argv[1:] or ["help"]
    if command == "show":
        for page_id in arguments[1:]:
            show(arguments[0], page_id)
    elif command == "add":
        add(arguments[0])
    elif command == "check":
        check()
    else:
        print(__doc__)


if __name__ == "__main__":
    main()
