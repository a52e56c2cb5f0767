"""Doubled runs: eight characters or more that stand twice in a row, where the model lost its place and went back once.

Blocks enter, Rewrites leave that keep the first copy. Shorter ones are stutters (stutters.py), more copies loops (loops.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HANZI
from corpus_tools.model import Decision, Page, Span
from corpus_tools.options import Options
from corpus_tools.stages.dedupe.loops import parted
from corpus_tools.stages.dedupe.running import running_text
from corpus_tools.stages.dedupe.tandems import Tandem, tandems

LEAST = 8
"""Characters. Of 600 natural pages none has as many twice in a row inside a paragraph, but in headings of tables."""

LEAST_HANZI = 5
"""Of them hanzi: numbers, addresses and names in Latin letters repeat in print."""

LONG_CALL = 20
"""Characters that nobody shouts twice."""

LEAST_LISTED = 16
"""Characters of a unit with 、 in it: lists of offices say 省委书记、省长，省委书记、省长."""

LONGEST_ITEM = 5
"""Characters of the titles of such a list."""

_LIST_MARKS = "、，；：\n"
_LIST_MARK = re.compile("[、，；：]")
_HANZI = re.compile(f"[{HANZI}]")
_READ = frozenset(("body", "heading", "caption"))
_CALL = re.compile("[！!？?]")
_HEADING_OF_TABLE = re.compile(rf"[（(][{HANZI}％%℃㎡]{{1,4}}[）)]")


def remove_doubled_runs(page: Page, options: Options) -> Iterator[Decision]:
    """A run of eight characters or more that stands twice in a row in one paragraph loses its second copy.

    Left alone: calls (中国队加油！中国队加油！), units of a table's head (人员（万人）人员（万人）), numbers, lines, lists, poems.
    """
    running = running_text(page.blocks)
    for tandem in tandems(running):
        if tandem.period < LEAST:
            continue
        blocks = running.blocks_in(Span(tandem.start, tandem.end))
        if len(blocks) != 1 or page.blocks[blocks[0]].role not in _READ:
            continue
        unit = running.text[tandem.start : tandem.start + tandem.period]
        if tandem.period < LEAST_LISTED and _is_list(running.text, tandem):
            continue
        if (
            len(_HANZI.findall(unit)) < LEAST_HANZI
            or (tandem.period < LONG_CALL and _CALL.search(unit))
            or _HEADING_OF_TABLE.search(unit)
        ):
            continue
        kept, gone = parted(running.text, tandem)
        reason = f"{tandem.period} characters twice in a row, alike to the letter; the first copy stays, at {{}}"
        yield from running.removal(gone, reason, kept=kept)


def _is_list(text: str, tandem: Tandem) -> bool:
    """Whether a unit is whole items of a list that stand between marks: 省委书记、省长，省委书记、省长."""
    unit = text[tandem.start : tandem.start + tandem.period]
    if "、" not in unit or "。" in unit:
        return False
    is_short = all(len(item) <= LONGEST_ITEM for item in _LIST_MARK.split(unit))
    for start in range(tandem.start, tandem.end - 2 * tandem.period + 1):
        end = start + 2 * tandem.period
        ends_item = text[end - 1] in _LIST_MARKS or text[end : end + 1] in _LIST_MARKS
        begins_item = text[start] not in _LIST_MARKS and text[start - 1 : start] in _LIST_MARKS
        if ends_item and (begins_item or (is_short and text[start - 1 : start] in ("的", ""))):
            return True
    return False
