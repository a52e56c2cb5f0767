"""Tables that an OCR model printed in Markdown or HTML: the rows of one become one block with its newlines.

Blocks that are still single lines enter, joins over the line leave; `tag_lines` gives the block its role by its words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from corpus_tools.model import Decision, Join, Page
from corpus_tools.options import Options
from corpus_tools.roles import is_table_row
from corpus_tools.stages.repair.layout import lines_of


def join_tables(page: Page, options: Options) -> Iterator[Decision]:
    """Rows of a Markdown or HTML table that follow one another become one table block with its newlines."""
    rows = [line for line in lines_of(page) if is_table_row(line.text)]
    for line, following in itertools.pairwise(rows):
        if following.block == line.block + 1:
            yield Join(line.block, following.block, "line", "rows of one table")
