"""Rules that correct the scores, one story a file: each takes a ``Story`` and yields blocks with their new roles.

Counts in a rule's docstring are blocks of body it takes away that are none : that are body (for those that add, added
rightly : wrongly), on the news pages and articles of the development corpora read as HTML (725 pages) and as dumps
(725). A rule stays at 5 : 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from articlex.rules.another import another_article
from articlex.rules.apart import above_headline, far_apart
from articlex.rules.comments import comment_section
from articlex.rules.consent import cookie_list
from articlex.rules.front_page import teasers
from articlex.rules.headings import orphan_heading, table_head
from articlex.rules.lines import related_heading, scraps, separator, share_line
from articlex.rules.lists import introduced, link_list
from articlex.rules.pictures import credit_in_brackets, source_at_end
from articlex.rules.points import summary_points
from articlex.rules.signature import signature
from articlex.rules.story import Part, Story

__all__ = ["RULES", "Part", "Story"]

Rule = Callable[[Story], Iterator[tuple[int, Part]]]

RULES: tuple[Rule, ...] = (
    comment_section, another_article, cookie_list, separator, share_line, related_heading, scraps, source_at_end,
    credit_in_brackets, signature, orphan_heading, table_head, summary_points, link_list, introduced, teasers,
    above_headline, far_apart,
)  # fmt: skip
