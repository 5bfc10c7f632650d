"""articlex: from a raw news page, HTML or flattened text, to a clean article record that says why."""

from articlex.article import Article, Block, Byline, Dateline, Evidence, Image, Removal
from articlex.extract import extract, extract_many
from articlex.options import Options
from articlex.version import LIBRARY_VERSION as __version__

__all__ = [
    "Article",
    "Block",
    "Byline",
    "Dateline",
    "Evidence",
    "Image",
    "Options",
    "Removal",
    "__version__",
    "extract",
    "extract_many",
]
