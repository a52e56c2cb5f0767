"""Loops: the same run three or more times in a row, as vision-language models print when they lose their place.

Blocks enter, Rewrites leave that keep the first copy. One linear pass finds where a text repeats itself at a constant
distance; nothing is compared pair by pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.model import Decision, Page, Rewrite, Span
from corpus_tools.options import Options

GRAM = 4
"""Characters that must recur at the same distance for a loop to be seen; shorter units recur inside it as well."""

LINE_COPIES = 3
LINE_LENGTH = 4
"""A whole line of four characters or more, three times in a row, is a loop; shorter ones are lists of values."""

_MARKS = frozenset("。！？；，、：…”’）")
_EXEMPT = frozenset("0123456789０１２３４５６７８９.…·。、-—―－＿_=*~～ \t\n|○●□■◇◆△▲☆★×哈呵啊嘻")
"""Digits, dot leaders, rules, tables, laughter: they repeat in print. A loop has something else in its unit."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A stretch `start`-`end` of a text that repeats its first `period` characters; the last copy may be cut off."""

    start: int
    end: int
    period: int

    @property
    def n_copies(self) -> int:
        """Whole copies."""
        return (self.end - self.start) // self.period


def copies_needed(period: int) -> int:
    """How many copies make a loop of a unit of `period` characters.

    Source: breaks and repeats, section 3: 3 from 4 characters, 4 for 2-3, 6 for 1 gave recall 1.00 with no wrong removal;
    one more for 2-3, as print calls out (加油！) and imitates sounds (叮咚) four times.
    """
    return 3 if period >= 4 else 5 if period >= 2 else 6


def find_loops(text: str) -> list[Loop]:
    """The loops of a text, in order, disjoint. Linear in its length.

    >>> find_loops("要抓好落实，" * 4 + "完。")
    [Loop(start=0, end=24, period=6)]
    >>> find_loops("哈哈哈哈哈哈哈哈"), find_loops("………………………………")
    ([], [])
    """
    found: list[Loop] = []
    last: dict[str, int] = {}
    distance, run_start, done = 0, 0, 0
    for at in range(len(text) - GRAM + 2):
        gram = text[at : at + GRAM]
        here = at - last[gram] if len(gram) == GRAM and gram in last else 0
        last[gram] = at
        if here == distance:
            continue
        if distance:
            loop = Loop(max(done, run_start - distance), at - 1 + GRAM, distance)
            if (
                loop.n_copies >= copies_needed(distance)
                and not set(text[loop.start : loop.start + distance]) <= _EXEMPT
            ):
                found.append(loop)
                done = loop.end
        distance, run_start = here, at
    return found


def collapse_loops(page: Page, options: Options) -> Iterator[Decision]:
    """A run that repeats three times or more on the spot keeps its first copy; a cut-off last copy goes with the rest.

    Left alone: digits, dot leaders, rules and laughter, and what stands only twice.
    """
    for index, block in enumerate(page.blocks):
        if block.role != "body":
            continue
        for loop in find_loops(block.text):
            reason = f"{loop.n_copies} copies of {loop.period} characters in a row"
            yield Rewrite(index, _superfluous(block.text, loop), "", reason, flag="repeat_removed")


def _superfluous(text: str, loop: Loop) -> Span:
    """What of a loop goes: whole copies, so that the text before and behind it fits; at the block's end the cut one too.

    The copy that stays begins behind a mark, where there is one: a loop is seen from the mark before it on.
    """
    start = loop.start
    for at in range(loop.start, loop.start + loop.period):
        if at == 0 or text[at - 1] in _MARKS:
            start = at
            break
    n_whole = (loop.end - start) // loop.period
    if loop.end == len(text):
        return Span(start + loop.period, loop.end)
    return Span(start + loop.period, start + n_whole * loop.period)


def collapse_line_loops(page: Page, options: Options) -> Iterator[Decision]:
    """A whole block that stands three times or more in a row keeps its first copy.

    Left alone: jump lines, furniture, blocks of fewer than four characters, two of a kind.
    """
    start = 0
    blocks = page.blocks
    while start < len(blocks):
        end = start + 1
        while end < len(blocks) and blocks[end].text == blocks[start].text:
            end += 1
        text = blocks[start].text
        if (
            end - start >= LINE_COPIES
            and len(text) >= LINE_LENGTH
            and blocks[start].role in ("body", "heading", "caption")
            and not set(text) <= _EXEMPT
        ):
            for index in range(start + 1, end):
                reason = f"copy {index - start + 1} of {end - start} in a row"
                yield Rewrite(index, Span(0, len(text)), "", reason, flag="repeat_removed")
        start = end
