"""Archives of pages: files, folders, zip, tar, WARC, WET, WACZ, MHTML, mail, JSON Lines, Parquet.

``Reader`` turns any open file into raw pages; ``files_of`` finds the files that a source names; ``unwrap`` takes the
HTTP headers off a page. Nothing here extracts.
"""

from articlex.archives.http import unwrap
from articlex.archives.page import RawPage, Reason
from articlex.archives.reader import Reader
from articlex.archives.rows import Columns
from articlex.archives.sources import STDIN, File, Inventory, copy_stdin, files_of, take_inventory
from articlex.archives.streams import Missing

__all__ = [
    "STDIN",
    "Columns",
    "File",
    "Inventory",
    "Missing",
    "RawPage",
    "Reader",
    "Reason",
    "copy_stdin",
    "files_of",
    "take_inventory",
    "unwrap",
]
