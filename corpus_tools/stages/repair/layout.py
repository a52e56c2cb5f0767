"""How the lines of a page stand: width, indent, blank lines above. What `wraps` and `provisional` look at.

Blocks that are still single lines enter, a Line for each leaves. Widths count a full-width character as 1, an ASCII one
as a half, as they are printed.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus_tools.characters import CLOSING_MARKS, SENTENCE_MARKS
from corpus_tools.edits import Offsets
from corpus_tools.model import Page

_NARROW = re.compile(r"[\x00-\u1fff]")
_PUNCTUATION = frozenset(SENTENCE_MARKS + CLOSING_MARKS + "，、；：,;:")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the index of its block, its text, its width and indent in full-width characters, blank lines above."""

    block: int
    text: str
    width: float
    indent: float
    blank_above: int

    @property
    def ends_with_mark(self) -> bool:
        """Whether the line ends with any punctuation."""
        return self.text[-1] in _PUNCTUATION


def printed_width(text: str) -> float:
    """Width in full-width characters.

    >>> printed_width("增长10％"), printed_width("ZH08标段")
    (4.0, 4.0)
    """
    return len(text) - 0.5 * len(_NARROW.findall(text))


def lines_of(page: Page) -> list[Line]:
    """A Line for each block of the page, in the order of the blocks; blocks of several lines are passed over."""
    offsets = Offsets(page.history)
    found: list[Line] = []
    last_end = 0
    for index, block in enumerate(page.blocks):
        now = offsets.to_current(block.spans[0])
        line_start = page.text.rfind("\n", 0, now.start) + 1
        blank_above = max(0, page.text.count("\n", last_end, now.start) - 1) if found else 9
        if "\n" not in block.text and len(block.spans) == 1:
            indent = printed_width(page.text[line_start : now.start].replace(" ", "\u3000"))
            found.append(Line(index, block.text, printed_width(block.text), indent, blank_above))
        last_end = offsets.to_current(block.spans[-1]).end
    return found


def stanzas(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines with no blank line and no other block between."""
    run: list[Line] = []
    for line in lines:
        if run and (line.blank_above or line.block != run[-1].block + 1):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def column_width(lines: Sequence[Line]) -> float | None:
    """The width that most lines of a wrapped column share, or None where lines are not wrapped.

    It is the widest width that at least 45 % of the lines come within 1.5 of; paragraphs on one line each, and lists,
    share none.
    """
    if len(lines) < 2:
        return None
    widths = sorted(line.width + line.indent for line in lines)
    width = statistics.median_high(widths[len(widths) // 2 :])
    near = sum(abs(each - width) <= WIDTH_TOLERANCE for each in widths)
    if MIN_COLUMN <= width <= MAX_COLUMN and near >= SHARED_WIDTH * len(lines) and near >= 2:
        return width
    return None


MIN_COLUMN, MAX_COLUMN = 8.0, 45.0
"""Full-width characters in a printed column line: newspapers set 9-28, a little more with ASCII in it."""

WIDTH_TOLERANCE = 1.5
"""A mark that may not begin a line is squeezed in or moves down with its neighbour: one character, and a half for ASCII."""

SHARED_WIDTH = 0.45
"""Share of lines that are full in wrapped text: paragraphs of two lines and more give 0.5 and up."""
