"""The public surface: names, signatures, versions, the README's tour."""

import doctest
import subprocess
import sys
from pathlib import Path

import articlex

ROOT = Path(__file__).parent.parent


def test_exported_names_are_pinned() -> None:
    assert articlex.__all__ == [
        "Article", "Block", "Byline", "Dateline", "Evidence", "Image", "Options", "Removal", "__version__", "extract",
        "extract_many",
    ]  # fmt: skip
    assert all(hasattr(articlex, name) for name in articlex.__all__)


def test_the_tour_of_the_readme_is_true(monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=flags)
    assert result.attempted >= 8
    assert result.failed == 0


def test_import_is_light() -> None:
    code = "import sys, articlex; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "bs4" not in loaded
    assert "charset_normalizer" not in loaded
    assert "dateutil" not in loaded


def test_version_of_package_and_records_agree() -> None:
    assert articlex.extract("").version.startswith(f"articlex {articlex.__version__} rules ")
    assert f'version = "{articlex.__version__}"' in (ROOT / "pyproject.toml").read_text()
