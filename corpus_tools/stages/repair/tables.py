"""Tables that an OCR model printed in Markdown or HTML: the lines of one become one block with its newlines.

Blocks that are still single lines enter, joins over the line leave; the first row tells `tag_lines` the block's role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_tools.model import Block, Decision, Join, Page
from corpus_tools.options import Options
from corpus_tools.roles import is_table_row

CELL_LINES = 20
TABLE_LINES = 400
"""Lines that a cell, a whole HTML table may have; a tag whose end is farther off was never closed."""

_TAG = re.compile(r"(?i:<(?P<end>/?)(?P<name>table|td|th)\b)")


def join_tables(page: Page, options: Options) -> Iterator[Decision]:
    """Rows of a Markdown or HTML table that follow one another become one table block with its newlines.

    Of an HTML table also the lines between its tags. A row alone is left to its words.
    """
    if "|" not in page.text and "<" not in page.text:
        return
    start = 0
    while start < len(page.blocks):
        end = _end_of_table(page.blocks, start)
        for index in range(start, end - 1):
            yield Join(index, index + 1, "line", "rows of one table")
        start = max(end, start + 1)


def _end_of_table(blocks: Sequence[Block], start: int) -> int:
    """The index behind the table that begins with this block; `start` where none does."""
    at = start
    while at < len(blocks) and is_table_row(blocks[at].text):
        at = _end_of_row(blocks, at)
    return at


def _end_of_row(blocks: Sequence[Block], at: int) -> int:
    """The index behind a row: that of the next block, or behind what closes the table or the cell that it leaves open."""
    left_open = ""
    for tag in _TAG.finditer(blocks[at].text) if blocks[at].text[0] == "<" else ():
        name = tag["name"].lower()
        if left_open != "table" or name == "table":
            left_open = "" if tag["end"] else name
    if not left_open:
        return at + 1
    most = TABLE_LINES if left_open == "table" else CELL_LINES
    for end in range(at + 1, min(len(blocks), at + most)):
        text = blocks[end].text
        if f"</{left_open}" in text or f"</{left_open.upper()}" in text:
            return end + 1
        if f"<{left_open}" in text:
            break
    return at + 1
