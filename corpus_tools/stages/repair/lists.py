"""Lines that stay lines: poems, name lists, programmes, price lists.

Blocks that are still single lines enter, Retags and joins over the line leave; the block keeps its newlines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from corpus_tools.model import Decision, Join, Page, Retag
from corpus_tools.options import Options
from corpus_tools.roles import lead_of, role_by_words
from corpus_tools.stages.repair.layout import Line, lines_of, stanzas

VERSE_LINES = 4
VERSE_WIDTH = 20.0
VERSE_MARKED = 0.7
"""A poem has four lines or more, none wide, and most end with a mark; stacked crossheads and name lists have no marks."""

ITEM_WIDTH = 24.0
PLAIN_ITEMS, BULLETED_ITEMS = 4, 3
"""Full-width characters of an item; items that make a list. A headline group has three lines at the most in the gold
and in People's Daily 1998, and no bullets."""

_INNER_MARK = re.compile(r"[，。；！？]")
_BULLET = re.compile(
    r"(?P<sign>[●■◆★▲※·•○□◇☆→])"
    r"|(?P<time>[0-9]{1,2}[:：][0-9]{2})"
    r"|(?P<digit>[0-9]{1,3}[.、．)）])"
    r"|(?P<hanzi>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<ring>[①-⑳㈠-㈩]|[（(][0-9一二三四五六七八九十]{1,2}[）)])"
)


def tag_verse(page: Page, options: Options) -> Iterator[Decision]:
    """Four and more short lines in a row that nearly all end with a mark become one verse block with its newlines."""
    lines = [line for line in lines_of(page) if page.blocks[line.block].role == "body"]
    for run in stanzas(lines):
        if run[0].text[-1] in "：:" or not run[0].ends_with_mark:
            run = run[1:]  # the poem's title, or the words that announce it
        if not _is_verse(run):
            continue
        for line in run:
            yield Retag(line.block, "verse", "short lines that end with marks")
        for line, following in itertools.pairwise(run):
            yield Join(line.block, following.block, "line", "lines of one poem")


def _is_verse(run: Sequence[Line]) -> bool:
    if len(run) < VERSE_LINES or any(line.width > VERSE_WIDTH for line in run):
        return False
    if any(lead_of(line.text) or _bullet(line) for line in run):
        return False
    if sum(line.text[0] in "“「" for line in run) * 2 > len(run):  # people talking, a line each
        return False
    return sum(line.ends_with_mark for line in run) >= VERSE_MARKED * len(run)


def tag_lists(page: Page, options: Options) -> Iterator[Decision]:
    """Short lines in a row without end marks become one list block with its newlines: names, programmes, prices.

    Four of them with no blank line between, or three that begin with the same kind of bullet or number. Left alone:
    two or three stacked headlines, printed lines of prose, bylines and other lines that a pattern knows.
    """
    lines = [line for line in lines_of(page) if page.blocks[line.block].role == "body"]
    for run in _list_runs(lines):
        for line in run:
            yield Retag(line.block, "list", "short lines in a row, no end marks")
        for line, following in itertools.pairwise(run):
            yield Join(line.block, following.block, "line", "lines of one list")


def _list_runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in [*lines, None]:
        if run and (line is None or not _same_list(run[-1], line)):
            runs_on = line is not None and not line.blank_above and line.block == run[-1].block + 1
            if _is_list(run) and not (runs_on and not _bullet(run[0])):  # prose runs on into its last line
                yield run
            run = []
        if line is not None and _may_be_item(line):
            run.append(line)


def _may_be_item(line: Line) -> bool:
    if line.width > ITEM_WIDTH or line.ends_with_mark or lead_of(line.text):
        return False
    return role_by_words(line.text) is None


def _same_list(above: Line, line: Line) -> bool:
    if not _may_be_item(line) or line.block != above.block + 1:
        return False
    return not line.blank_above or _bullet(line) == _bullet(above) != ""


def _bullet(line: Line) -> str:
    """The kind of bullet or number an item begins with; empty where it has none."""
    found = _BULLET.match(line.text)
    return "" if found is None else found.lastgroup or ""


def _is_list(run: Sequence[Line]) -> bool:
    if len({_bullet(line) for line in run}) == 1 and _bullet(run[0]):
        return len(run) >= BULLETED_ITEMS
    n_marks = sum(len(_INNER_MARK.findall(line.text)) for line in run)
    return len(run) >= PLAIN_ITEMS and n_marks * 2 <= len(run)
