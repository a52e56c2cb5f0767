"""Loops: the same run three or more times in a row, as vision-language models print when they lose their place.

Blocks enter, Rewrites leave that keep the first copy. What repeats at a constant distance is found in linear time
(tandems.py); asked here is whether print does that: digits, dot leaders, rules, laughter and tables repeat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus_tools.drafts import PICTURE_ROLES
from corpus_tools.model import Block, Decision, Page, Rewrite, Role, Span
from corpus_tools.options import Options
from corpus_tools.stages.dedupe.running import Running, running_text
from corpus_tools.stages.dedupe.tandems import Tandem, tandems

FEWEST_COPIES = 3

COPIES_OF_PRINT = 8
"""Copies in a row that no newspaper prints of anything: from here on headings, jump lines, bylines and poems loop as well."""

COPIES_IN_HEADINGS, LEAST_IN_HEADINGS = 5, 4
"""Copies in a row, of as many characters, inside one heading: a broken-off line reads like one. Headlines cry out three times."""

MARGIN_COPIES = 2
"""Copies by which a cheer between quotes or ending with ！ may exceed what makes a loop of other words."""

LONGEST_CHEER = 12
"""Characters of what is called out several times in a row: of 800 natural pages no longer line with ！ stands three times."""

LEAST_TAIL, MOST_BETWEEN = 8, 3
"""Characters of a line that may be the end of the paragraph before its loop, and captions and credits between the two."""

_MARKS = frozenset("。！？；，、：…”’）\n")
_EXEMPT = frozenset("0123456789０１２３４５６７８９.…·。、-—―－＿_=*~～ \t\n|○●□■◇◆△▲☆★×哈呵啊嘻")
"""Digits, dot leaders, rules, tables, laughter: they repeat in print. A loop has something else in its unit."""

_READ: frozenset[Role] = frozenset(("body", "heading", "caption"))
_NEVER: frozenset[Role] = frozenset(("table",))


def copies_needed(period: int) -> int:
    """How many copies make a loop of a unit of `period` characters.

    Source: breaks and repeats, section 3: 3 from 4 characters, 4 for 2-3, 6 for 1 gave recall 1.00 with no wrong removal;
    one more for 2-3, as print calls out (加油！) and imitates sounds (叮咚) four times.
    """
    return FEWEST_COPIES if period >= 4 else 5 if period >= 2 else 6


def is_loop(unit: str, n_copies: int) -> bool:
    """Whether no newspaper prints a unit so many times in a row.

    >>> is_loop("要抓好落实，", 3), is_loop("要抓好落实，", 2), is_loop("哈", 8), is_loop("…", 16), is_loop("加油！", 6)
    (True, False, False, False, False)
    """
    if n_copies < copies_needed(len(unit)) or set(unit) <= _EXEMPT:
        return False
    is_call = len(unit) <= LONGEST_CHEER and ("！" in unit or "!" in unit)
    return not is_call or n_copies >= copies_needed(len(unit)) + MARGIN_COPIES


def find_loops(page: Page) -> list[Tandem]:
    """The loops of a page's running text, in order, disjoint; print's own repetitions and tables are none."""
    running = running_text(page.blocks)
    found: list[Tandem] = []
    for tandem in tandems(running):
        if found and tandem.start < found[-1].end:
            tandem = Tandem(found[-1].end, tandem.end, tandem.period)
        unit = running.text[tandem.start : tandem.start + tandem.period]
        if not is_loop(unit, tandem.n_copies):
            continue
        blocks = [page.blocks[each] for each in running.blocks_in(Span(tandem.start, tandem.end))]
        if tandem.n_copies >= _copies_for(blocks, unit):
            found.append(tandem)
    return found


def _copies_for(blocks: Sequence[Block], unit: str) -> float:
    """The copies of a unit that make a loop of what stands in such blocks."""
    roles = {block.role for block in blocks}
    if roles & _NEVER:
        return float("inf")
    if roles <= (_READ if "\n" in unit else frozenset(("body",))):
        return FEWEST_COPIES
    return COPIES_IN_HEADINGS if roles == {"heading"} and len(unit) >= LEAST_IN_HEADINGS else COPIES_OF_PRINT


def collapse_loops(page: Page, options: Options) -> Iterator[Decision]:
    """A run that repeats three times or more on the spot keeps its first copy; a cut-off last copy goes with the rest.

    Left alone: digits, dot leaders, rules and laughter, cheers, and what stands only twice.
    """
    running = running_text(page.blocks)
    for loop in find_loops(page):
        if len(running.blocks_in(Span(loop.start, loop.end))) == 1:
            yield from _collapsed(running, loop)


def collapse_line_loops(page: Page, options: Options) -> Iterator[Decision]:
    """Lines that stand three times or more in a row, one or several in turn (A B A B A B), keep their first copy.

    Left alone: jump lines, bylines, furniture and poems below eight copies, tables, lines of fewer than four characters.
    """
    running = running_text(page.blocks)
    for loop in find_loops(page):
        if len(running.blocks_in(Span(loop.start, loop.end))) > 1:
            yield from _collapsed(running, loop, _tail_before(page, running, loop))


def _tail_before(page: Page, running: Running, loop: Tandem) -> Span | None:
    """The end of the paragraph before a loop of one line that says that line: `repair` joined one copy to what it belongs to."""
    kept, _ = parted(running.text, loop)
    line = running.text[kept.start : kept.end].rstrip("\n")
    if len(line) < LEAST_TAIL or "\n" in line:
        return None
    before = running.block_at(kept.start) - 1
    for block in range(before, max(-1, before - 1 - MOST_BETWEEN), -1):
        if page.blocks[block].role == "body":
            end = running.block_span(block).end
            return Span(end - len(line), end) if page.blocks[block].text.endswith(line) else None
        if page.blocks[block].role not in PICTURE_ROLES:
            return None
    return None


def _collapsed(running: Running, loop: Tandem, tail: Span | None = None) -> Iterator[Rewrite]:
    kept, gone = parted(running.text, loop)
    if tail is not None:
        kept, gone = tail, Span(kept.start, gone.end)
    reason = f"{loop.n_copies} copies of {loop.period} characters in a row, alike to the letter; the first one stays, at {{}}"
    yield from running.removal(gone, reason, kept=kept)


def parted(text: str, loop: Tandem) -> tuple[Span, Span]:
    """The copy of a loop that stays, and what goes: whole copies, so that the text before and behind fits; the cut-off last
    one too where its line ends with it.

    The copy that stays ends the line before the loop where that says all of it, else it begins a line or stands behind a mark,
    where it can: a loop is seen from the mark before it on, and 转向“精度”，把… begins behind the comma, not behind the quote.
    """
    first = range(loop.start, loop.end - loop.n_copies * loop.period + 1)  # later ones would have fewer whole copies
    start = next((at for at in first if at == 0 or text[at - 1] == "\n" or text[at + loop.period - 1] == "\n"), None)
    if start is None:
        start = next((at for at in first if text[at - 1] in _MARKS and text[at] not in _MARKS), loop.start)
    end = start + loop.n_copies * loop.period
    if text[loop.end : loop.end + 1] in ("\n", ""):
        end = loop.end
    return Span(start, start + loop.period), Span(start + loop.period, end)
