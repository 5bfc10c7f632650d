"""A page that somebody flattened to text: its lines, repaired, are the blocks.

What was done to the page is told once, from a few counts over all lines; only the repairs for that run. Each repair is
linear in the text and leaves a dump of another shape alone.
"""

from __future__ import annotations

from articlex.deadline import NEVER, Deadline
from articlex.options import Options
from articlex.page import Block, Page
from articlex.reading import fragments, links_dump, markdown_dump, marks, one_line, wrapped
from articlex.reading.lines import lines_of


def read_dump(text: str, page: Page, options: Options, deadline: Deadline = NEVER) -> None:
    """Fill ``page`` from a text dump. Past the deadline its lines stay as they are."""
    lines, open_ends = lines_of(text, page, options, deadline)
    if not deadline.passed:
        lines = _repaired(lines, open_ends, page)
    page.blocks.extend(lines[: options.max_blocks])
    if deadline.passed:
        page.note("deadline")


def _repaired(lines: list[Block], open_ends: set[int], page: Page) -> list[Block]:
    if one_line.is_one_line(lines):
        lines = one_line.split_line(lines)
    text = "\n".join([block.text for block in lines])  # most pages have none of the signs below
    has_links = "[" in text and links_dump.has_link_marks(lines)
    if has_links:
        lines = links_dump.drop_references(lines)
    is_markdown = not has_links and ("](" in text or "#" in text) and markdown_dump.is_markdown(lines)
    if is_markdown:
        lines = marks.mark_bullets(markdown_dump.mark_blocks(lines), "*-+")
    else:
        lines = marks.mark_bullets(lines)
        lines = marks.mark_rows(marks.mark_quotes(lines) if ">" in text else lines)
    if fragments.is_fragmented(lines, open_ends):
        lines = fragments.join_fragments(lines, open_ends)
    elif width := wrapped.wrap_width(lines):
        lines = wrapped.join_wrapped(lines, width)
    if is_markdown:
        return markdown_dump.resolve_inline(lines, page)
    return links_dump.take_marks_off(lines) if has_links else lines
