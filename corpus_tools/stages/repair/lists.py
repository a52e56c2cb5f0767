"""Lines that stay lines: poems, name lists, programmes, price lists.

Blocks that are still single lines enter, Retags and joins over the line leave; the block keeps its newlines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from corpus_tools.characters import BULLETS, HANZI
from corpus_tools.model import Decision, Join, Page, Retag, Role
from corpus_tools.options import Options
from corpus_tools.roles import lead_of
from corpus_tools.stages.repair.entries import LEAST_ENTRIES, LEAST_ROWS, LONGEST_CONTENTS, kind_of_entry
from corpus_tools.stages.repair.layout import Line, role_of_line, short_lines, stanzas

VERSE_LINES = 4
VERSE_WIDTH = 20.0
VERSE_MARKED = 0.7
"""A poem has four lines or more, none wide, and most end with a mark; stacked crossheads and name lists have no marks."""

FREE_LINES, FREE_WIDTH, FREE_SPREAD = 5, 15, 2
FREE_ONE_WIDTH, MARKED_ONE_WIDTH = 0.5, 0.75
"""Lines of a free poem, characters of one, by how many they differ, and the share that may be of one width, where lines have no
marks at their ends and where most have. Five lines of prose without a mark inside are of
one width, and three headlines in four have none of the words."""

_FREE_LINE = re.compile(rf"[{HANZI}]{{2,14}}[，。；！？]?")
_SPOKEN = re.compile(r"[的了着著我你他她像把又还還在没沒也不]")

LONGEST_METRE = 16
_METRE = re.compile(rf"([{HANZI}]{{5}}|[{HANZI}]{{7}})[，。；？！](?:([{HANZI}]{{5}}|[{HANZI}]{{7}})[。；？！])?")
_COUPLET = re.compile(rf"([{HANZI}]{{5}}[，；？][{HANZI}]{{5}}|[{HANZI}]{{7}}[，；？][{HANZI}]{{7}})[。；？！]")

ITEM_WIDTH, BULLETED_WIDTH = 24.0, 40.0
PLAIN_ITEMS, BULLETED_ITEMS = 4, 3
"""Full-width characters of an item, without and with a bullet; items that make a list. A headline group has three lines at the most in the gold
and in People's Daily 1998, and no bullets."""

LEAST_HEADS = 4
"""Cells of a row of heads that need not be as many as those below: an empty corner is not printed."""

FULL_TOLERANCE, FULL_SHARE = 1.0, 0.6
"""Lines of a column are full to a character; the items of a list are of many widths, or have no marks."""

_INNER_MARK = re.compile(r"[，。；！？]")
_BULLET = re.compile(
    rf"(?P<sign>[{BULLETS}·])"
    r"|(?P<time>[0-9]{1,2}[:：][0-9]{2})"
    r"|(?P<digit>[0-9]{1,3}[.、．)）])"
    r"|(?P<hanzi>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<ring>[①-⑳㈠-㈩]|[（(][0-9一二三四五六七八九十]{1,2}[）)])"
)


def tag_verse(page: Page, options: Options) -> Iterator[Decision]:
    """Four and more short lines in a row that nearly all end with a mark become one verse block with its newlines.

    Between blank lines; wherever they stand, lines of five or seven characters a clause, and short lines of many widths,
    hanzi only, that speak as poems do (的 了 我 像), with or without marks.
    """
    lines = short_lines(page)
    runs = itertools.chain(_metres(lines), _stanzas_of_verse(lines), _free_verse(lines))
    yield from _kept(runs, "verse", "short lines that end with marks")


def _kept(runs: Iterable[Sequence[Line]], role: Role, reason: str) -> Iterator[Decision]:
    """Each run as one block with its newlines; of two runs that share a line only the first."""
    taken: set[int] = set()
    for run in runs:
        if any(line.block in taken for line in run):
            continue
        taken.update(line.block for line in run)
        for line in run:
            yield Retag(line.block, role, reason)
        for line, following in itertools.pairwise(run):
            yield Join(line.block, following.block, "line", f"lines of one {role}")


def _stanzas_of_verse(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for run in stanzas(lines):
        if run[0].text[-1] in "：:" or not run[0].ends_with_mark:
            run = run[1:]  # the poem's title, or the words that announce it
        if _is_verse(run):
            yield run


def _free_verse(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Short lines of many widths without any mark inside: a column's lines are of one width, headlines lack the words."""
    run: list[Line] = []
    for line in [*lines, None]:
        is_next = line is not None and run and line.blank_above <= 1 and line.block == run[-1].block + 1
        fits = line is not None and len(line.text) <= FREE_WIDTH and _FREE_LINE.fullmatch(line.text) is not None
        if run and not (is_next and fits):
            poem = _without_heads(run)
            parts = list(stanzas(poem))
            if len(parts) * 2 <= len(poem) and _is_free_verse(poem):
                yield from (part for part in parts if len(part) > 1)
            run = []
        if fits and line is not None:
            run.append(line)


def _without_heads(run: list[Line]) -> list[Line]:
    """The run without the title and author above it, and without a headline below."""
    start = next((at for at, line in enumerate(run) if _SPOKEN.search(line.text) or line.ends_with_mark), len(run))
    end = len(run)
    while end > start and not (_SPOKEN.search(run[end - 1].text) or run[end - 1].ends_with_mark):
        end -= 1
    return run[min(start, 2) : end]


def _is_free_verse(run: Sequence[Line]) -> bool:
    if len(run) < FREE_LINES:
        return False
    widths = [line.width for line in run]
    commonest = max(map(widths.count, set(widths)))
    is_marked = sum(line.ends_with_mark for line in run) >= VERSE_MARKED * len(run)
    most = MARKED_ONE_WIDTH if is_marked else FREE_ONE_WIDTH
    if (
        commonest > most * len(run)
        or widths.count(max(widths)) * 2 > len(run)
        or max(widths) - min(widths) < FREE_SPREAD
    ):
        return False
    return sum(_SPOKEN.search(line.text) is not None for line in run) * (3 if is_marked else 2) >= len(run)


def _metres(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of one metre, one below another, in regular verse: so many lines of prose never have it by chance."""
    run: list[Line] = []
    metre = 0
    for line in [*lines, None]:
        found = _METRE.fullmatch(line.text) if line is not None and len(line.text) <= LONGEST_METRE else None
        its = len(found[1]) * (2 if found[2] else 1) if found else 0
        if run and (line is None or its != metre or line.blank_above or line.block != run[-1].block + 1):
            is_couplets = bool(_COUPLET.fullmatch(run[0].text))
            if len(run) >= (2 if is_couplets else VERSE_LINES):
                yield run
            run = []
        if line is not None and its:
            metre = its
            run.append(line)


def _is_verse(run: Sequence[Line]) -> bool:
    if len(run) < VERSE_LINES or any(line.width > VERSE_WIDTH for line in run):
        return False
    if any(lead_of(line.text) or _bullet(line) for line in run):
        return False
    if sum(line.text[0] in "“「" for line in run) * 2 > len(run):  # people talking, a line each
        return False
    n_inner = sum(_INNER_MARK.search(line.text, 0, len(line.text) - 1) is not None for line in run)
    if n_inner and _is_full(run) and not all(line.ends_with_mark for line in run):
        return False  # printed lines of prose, of which some end with a mark by chance
    if n_inner * 2 > len(run):
        return all(_COUPLET.fullmatch(line.text) for line in run)  # sentences with commas in them, a line each
    return sum(line.ends_with_mark for line in run) >= VERSE_MARKED * len(run)


def tag_lists(page: Page, options: Options) -> Iterator[Decision]:
    """Short lines in a row without end marks become one list block with its newlines: names, programmes, prices.

    Four of them with no blank line between, or three that begin with the same kind of bullet or number, or have one form
    (`entries`). Left alone: two or three stacked headlines, printed lines of prose, bylines and other lines that a pattern
    knows.
    """
    lines = short_lines(page)
    rows = list(_entry_runs(lines))
    tables = [run for kind, run in rows if kind == "table"]
    yield from _kept(tables, "table", "rows of cells one below another")
    taken = {line.block for run in tables for line in run}
    lists = [*(run for kind, run in rows if kind != "table"), *_list_runs(lines)]
    untaken = [run for run in lists if not any(line.block in taken for line in run)]
    yield from _kept(untaken, "list", "short lines in a row, no end marks")


def _entry_runs(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Entries of one kind, and the kind, one below another, whatever stands above and below them; a row of heads above a table's rows."""
    run: list[Line] = []
    run_kind = ""
    above: Line | None = None
    for line in [*lines, None]:
        kind = kind_of_entry(line.text) if line is not None and len(line.text) <= LONGEST_CONTENTS else ""
        goes_on = run and line is not None and kind == run_kind and _is_below(run[-1], line)
        if run and not goes_on:
            if len(run) >= LEAST_ROWS.get(run_kind, LEAST_ENTRIES):
                yield run_kind, run
            run = []
        if line is not None and kind:
            is_head = kind == "table" and not run and above is not None and _is_row_of_heads(above, line)
            run += [above, line] if is_head and above is not None else [line]
            run_kind = kind
        above = line


def _is_below(above: Line, line: Line) -> bool:
    return line.block == above.block + 1 and line.blank_above <= 1


def _is_row_of_heads(above: Line, line: Line) -> bool:
    n_heads, n_cells = len(above.text.split()), len(line.text.split())
    is_wide = n_heads >= LEAST_HEADS and abs(n_heads - n_cells) <= 1
    return _is_below(above, line) and (n_heads == n_cells or is_wide) and above.text[-1] not in "。！？；，"


def _list_runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in [*lines, None]:
        is_item = line is not None and _may_be_item(line)
        if run and not (is_item and line is not None and _same_list(run[-1], line)):
            runs_on = line is not None and not line.blank_above and line.block == run[-1].block + 1
            if _is_list(run) and not (runs_on and not _same_bullets(run)):  # prose runs on into its last line
                yield run
            run = []
        if is_item and line is not None:
            run.append(line)


def _may_be_item(line: Line) -> bool:
    widest = BULLETED_WIDTH if _BULLET.match(line.text) else ITEM_WIDTH
    if line.width > widest or line.ends_with_mark or lead_of(line.text):
        return False
    return role_of_line(line.text) is None


def _same_list(above: Line, line: Line) -> bool:
    """Whether an item may belong to the list that the item above belongs to."""
    if line.block != above.block + 1:
        return False
    return not line.blank_above or _bullet(line) == _bullet(above) != ""


def _bullet(line: Line) -> str:
    """The kind of bullet or number an item begins with; empty where it has none."""
    found = _BULLET.match(line.text)
    return "" if found is None else found.lastgroup or ""


def _is_full(run: Sequence[Line]) -> bool:
    """Whether most lines are of one width, as those of a column are."""
    widest = max(line.width for line in run)
    return sum(widest - line.width <= FULL_TOLERANCE for line in run) >= FULL_SHARE * len(run)


def _same_bullets(run: Sequence[Line]) -> bool:
    return len({_bullet(line) for line in run}) == 1 and _bullet(run[0]) != ""


def _is_list(run: Sequence[Line]) -> bool:
    if _same_bullets(run):
        return len(run) >= BULLETED_ITEMS
    n_marks = sum(len(_INNER_MARK.findall(line.text)) for line in run)
    if _is_full(run) and any("、" in line.text or _INNER_MARK.search(line.text) for line in run):
        return False  # the lines of a column, cut off before their end
    return len(run) >= PLAIN_ITEMS and n_marks * 2 <= len(run)
