"""``extract`` depends on nothing but its arguments, changes nothing, and opens nothing."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree, html
from tests.robust.hostile import STORY

from articlex import Options, extract
from articlex.page import NO_ELEMENT
from articlex.reading import read

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
PAGES = sorted(FIXTURES.glob("*/page.*"))


def digest(page: Path) -> str:
    """What the page gives, to the last score."""
    article = extract(page.read_bytes(), "https://post.example/a", options=Options(explain=True))
    return hashlib.sha256(article.to_json().encode("utf-8", "surrogatepass")).hexdigest()


@pytest.fixture(scope="module")
def expected() -> list[str]:
    return [digest(page) for page in PAGES]


def test_eight_threads_give_what_one_gives(expected: list[str]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(digest, PAGES * 2)) == expected * 2


@pytest.mark.parametrize(
    "method", [name for name in ("spawn", "fork") if name in multiprocessing.get_all_start_methods()]
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # forking beside threads; the pool's own
def test_other_processes_give_the_same(method: str, expected: list[str]) -> None:
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.map(digest, PAGES) == expected


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_the_hash_seed_does_not_matter(seed: str, expected: list[str]) -> None:
    code = "import sys; from tests.robust.test_pure import PAGES, digest\nprint(*map(digest, PAGES), sep='\\n')"
    root = Path(__file__).parent.parent.parent
    path = os.pathsep.join([str(root), *filter(None, sys.path)])
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        capture_output=True,
        check=True,
        text=True,
    )
    assert run.stdout.split() == expected


def test_the_order_of_pages_does_not_matter(expected: list[str]) -> None:
    assert [digest(page) for page in reversed(PAGES)] == expected[::-1]


def test_nothing_is_opened() -> None:
    """No socket, no process, and no file but those of Python and of the package itself."""
    code = """
import sys
from pathlib import Path
pages = [page.read_bytes() for page in sorted(Path(sys.argv[1]).glob("*/page.*"))]
pages.append(b'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd"><base href="file:///etc/"><img src="passwd"><p>x')
import articlex
home = str(Path(articlex.__file__).parent)
allowed = (home, sys.prefix, sys.base_prefix, sys.exec_prefix, *(path for path in sys.path if "site-packages" in path))
def hook(event, args):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "urllib.")):
        raise SystemExit(f"{event} {args}")
    if event == "open" and isinstance(args[0], str) and not args[0].startswith(allowed):
        raise SystemExit(f"open {args[0]}")
sys.addaudithook(hook)
for page in pages:
    articlex.extract(page, "http://127.0.0.1:9/a", options=articlex.Options(explain=True)).to_html()
"""
    run = subprocess.run([sys.executable, "-c", code, str(FIXTURES)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-500:]


def test_importing_is_light_and_leaves_bs4_alone(tmp_path: Path) -> None:
    """What articlex adds to numpy and lxml takes no longer than these. By the clock of the thread: that of the process
    counts what numpy's idle BLAS threads spin.
    """
    code = (
        "import sys, time; clock = time.thread_time; a = clock(); import numpy, lxml.etree; b = clock()\n"
        "import articlex; c = clock(); articlex.extract('<p>x</p>')\n"
        "print((c - b) / (b - a), 'bs4' in sys.modules, 'charset_normalizer' in sys.modules)"
    )
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ["PYTHONPYCACHEPREFIX"] = str(tmp_path)  # the first run compiles, the others do not
    command = [sys.executable, "-c", code]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True, env=environ).stdout.split()
        for _ in range(6)
    ]
    assert {(bs4, charset) for _, bs4, charset in runs} == {("False", "False")}
    assert min(float(ratio) for ratio, _, _ in runs[1:]) < 1


@pytest.mark.parametrize(
    "parse",
    [
        html.fromstring,
        lambda text: etree.ElementTree(html.fromstring(text)),
        lambda text: BeautifulSoup(text, "lxml"),
        lambda text: BeautifulSoup(text, "html.parser"),
    ],
    ids=["element", "tree", "soup of lxml", "soup of html.parser"],
)
def test_the_tree_of_the_caller_is_not_changed(parse: Callable[[str], object]) -> None:
    def written(tree: object) -> str | bytes:
        return str(tree) if isinstance(tree, BeautifulSoup) else etree.tostring(tree)

    tree = parse(f"<html><body>{STORY}<br><!-- note --><script>a < b</script></body></html>")
    before = written(tree)
    assert "Ferries to the island" in extract(tree).text
    assert written(tree) == before


def test_a_page_can_be_pickled_and_its_holders_come_first() -> None:
    for path in PAGES:
        page = read(path.read_bytes(), None, None, Options())
        assert pickle.loads(pickle.dumps(page)) == page
        assert all(block.element < page.holders for block in page.blocks)
        for i, element in enumerate(page.elements):
            assert element.parent < i
        for i, element in enumerate(list(page.elements)[1 : page.holders], 1):
            around = [NO_ELEMENT, i - 1]
            while around[-1] != NO_ELEMENT:
                around.append(page.elements[around[-1]].parent)
            assert element.parent in around, "what an element holds does not stand right behind it"


def test_deep_pages_can_be_pickled() -> None:
    page = read("<div>" * 30_000 + STORY, None, None, Options())
    assert pickle.loads(pickle.dumps(page)) == page


def test_a_record_leaves_nothing_for_the_garbage_collector() -> None:
    """lxml's parser and its context hold each other; what they keep of a page costs its runs a seventh of the time."""
    sources = [path.read_bytes() for path in PAGES[:5]]
    sources.append(b"<p class='a'>One of many lines.</p>" * 30_000)  # from a megabyte on, attributes are shared
    for source in sources:
        extract(source)
    gc.collect()
    gc.disable()
    try:
        for source in sources:
            extract(source)
        assert gc.collect() < 40 * len(sources)
    finally:
        gc.enable()
