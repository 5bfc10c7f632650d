"""Many pages: archives in, records out, nothing lost. See ``docs/batch.md``."""

from articlex.archives import Columns
from articlex.batch.job import JobError, Summary, run
from articlex.batch.settings import Filters, Settings

__all__ = ["Columns", "Filters", "JobError", "Settings", "Summary", "run"]
