"""The running text of a page: its blocks in reading order as one string, cut into clauses, with the way back to the blocks.

Blocks enter, places leave. All rules of `dedupe` look at the same text, which is made once for each state of a page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, combinations, compress, pairwise
from operator import eq

from rapidfuzz.distance import Indel

from corpus_tools.model import Block, Rewrite, Span

GRAM = 5
"""Characters at a clause's start by which clauses are compared. Of four, 50 stand twice on a page that repeats nothing, of
five 20; with 15 % misreadings .44 of them survive, so .97 of the copies of 60 characters have one that does."""

FEW = 4
"""Places that are all compared with each other; where the same characters stand more often, each with the next."""

AROUND, ALIKE = 16, 0.5
"""Characters beside a clause's head or tail that are looked at, and the share of them that agree in a copy: .7-1 in copies
with 15 % misreadings, .1-.3 where two clauses only begin alike."""

NEAR = 64
"""Characters between clauses that begin alike, up to which a doubled run may be too short for AROUND."""

LONGEST_SHORT = 250
"""Characters of a doubled run all of whose clauses may be shorter than GRAM."""

KEPT_TEXTS = 2
"""States of a page whose running text is kept: those before and after a removal."""

_MARKS = "，。\n"
"""What parts the clauses that are compared; a seventh of them end with another mark, and are compared with the next one."""

SECOND_NEXT = 2
"""Clauses behind a clause in which its end is looked for: a unit that two marks part has its end there again."""


class Running:
    """The text, where its blocks and clauses start, and the clauses. A line end stands behind each block."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.text = "\n".join((*texts, ""))
        self.starts = [start + number for number, start in enumerate(accumulate(map(len, texts), initial=0))]

    @cached_property
    def _parts(self) -> list[tuple[list[str], list[int]]]:
        """For each mark the text parted at it, and how many characters of the parts, marks not counted, stand before each."""
        parted = [self.text.split(mark) for mark in _MARKS]
        return [(parts, list(accumulate(map(len, parts), initial=0))) for parts in parted]

    def long_clauses(self, least: int) -> Iterator[tuple[int, int]]:
        """Start and end of each stretch of that many characters without a comma, a full stop or a line end."""
        parts, before = self._parts[0]
        for each in [each for each, part in enumerate(parts) if len(part) >= least]:
            start = before[each] + each
            for stretch in parts[each].replace("。", "\n").split("\n"):
                if len(stretch) >= least:
                    yield start, start + len(stretch)
                start += len(stretch) + 1

    @cached_property
    def _heads(self) -> list[list[int]]:
        """Places, in order, where the same characters begin a clause, for all that begin more than one."""
        grams = [part[:GRAM] for parts, _ in self._parts for part in parts]
        seen: set[str] = set()
        repeated = {gram for gram in grams if gram in seen or seen.add(gram)}  # type: ignore[func-returns-value]
        groups: dict[str, set[int]] = {gram: set() for gram in sorted(repeated) if len(gram) == GRAM}
        first = 0
        for parts, before in self._parts:
            for each in compress(range(len(parts)), map(groups.__contains__, grams[first : first + len(parts)])):
                groups[grams[first + each]].add(before[each] + each)
            first += len(parts)
        return [sorted(places) for places in groups.values() if len(places) > 1]

    @property
    def near_heads(self) -> Iterator[tuple[int, int]]:
        """Places close to each other where the same characters begin a clause: too close for `pairs` to compare what follows."""
        return (pair for places in self._heads for pair in pairwise(places) if pair[1] - pair[0] <= NEAR)

    @property
    def near_short(self) -> Iterator[tuple[int, int]]:
        """Places near each other where the same characters stand from a clause on that is shorter than them: 投资不大，设备简单，."""
        parts, before = self._parts[0]
        last: dict[str, int] = {}
        for each in [each for each, part in enumerate(parts) if 0 < len(part) < GRAM]:
            place = before[each] + each
            gram = self.text[place : place + GRAM]
            if place - last.get(gram, -LONGEST_SHORT) < LONGEST_SHORT:
                yield last[gram], place
            last[gram] = place

    @cached_property
    def near_tails(self) -> list[tuple[int, int]]:
        """Places where the same characters begin that end a clause and one of the two behind it."""
        found: list[tuple[int, int]] = []
        for parts, before in self._parts:
            tails = [part[-GRAM:] for part in parts]
            for ahead in range(1, SECOND_NEXT + 1):
                for each in compress(range(len(tails)), map(eq, tails, tails[ahead:])):
                    if len(tails[each]) == GRAM:
                        left, right = (before[at + 1] + at - GRAM for at in (each, each + ahead))
                        found.append((left, right))
        return found

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Places where the text begins to say, perhaps, what it said before: the earlier one, the later one."""
        text = self.text
        return [
            (left, right)
            for places in self._heads
            for left, right in (combinations(places, 2) if len(places) <= FEW else pairwise(places))
            if go_on_alike(text, left + GRAM, right + GRAM) or go_on_alike(text, left - AROUND, right - AROUND)
        ]

    def block_at(self, place: int) -> int:
        """The index of the block that a place of the text is in; the line end behind a block belongs to it."""
        return min(bisect_right(self.starts, place), len(self.starts) - 1) - 1

    def block_span(self, block: int) -> Span:
        """Where a block stands in the text, without its line end."""
        return Span(self.starts[block], self.starts[block + 1] - 1)

    def blocks_in(self, span: Span) -> range:
        """The indices of the blocks that have characters in a span of the text."""
        first = self.block_at(span.start)
        if self.block_span(first).end <= span.start:
            first += 1
        return range(first, self.block_at(span.end - 1) + 1)

    def in_blocks(self, span: Span) -> Iterator[tuple[int, Span]]:
        """The parts of a span of the text: each block, and the characters of it, counted in the block."""
        for block in self.blocks_in(span):
            first, last = self.starts[block], self.starts[block + 1] - 1
            start, end = max(span.start, first), min(span.end, last)
            if start < end:
                yield block, Span(start - first, end - first)

    def removal(self, gone: Span, reason: str, *, kept: Span, score: float = 1.0) -> Iterator[Rewrite]:
        """The decisions that remove a span of the text; `{}` of the reason is where the copy stands that stays."""
        said = reason.format(self.place(kept))
        for block, its in self.in_blocks(gone):
            yield Rewrite(block, its, "", said, score, flag="repeat_removed")

    def place(self, span: Span) -> str:
        """Where a span of the text stands, for people: its block, counted from 1, and its characters in that block.

        >>> Running(("本报讯", "昨日降雪。")).place(Span(4, 6))
        'block 2, characters 0-2'
        """
        return " and ".join(
            f"block {block + 1}, characters {its.start}-{its.end}" for block, its in self.in_blocks(span)
        )


def go_on_alike(text: str, left: int, right: int) -> bool:
    """Whether the few characters from two places on are half the same."""
    here, there = text[max(0, left) : left + AROUND], text[max(0, right) : right + AROUND]
    return here == there or Indel.normalized_similarity(here, there, score_cutoff=ALIKE) > 0


def running_text(blocks: Sequence[Block]) -> Running:
    """The running text of blocks; the same one for blocks of the same texts."""
    return _running(tuple([block.text for block in blocks]))


_running = lru_cache(KEPT_TEXTS)(Running)


def shared_behind(text: str, left: int, right: int, most: int) -> int:
    """How many characters from `left` on equal those from `right` on, `most` at the most. Compares in growing steps."""
    if text[left : left + 1] != text[right : right + 1]:
        return 0  # seen at once for most
    n, step, grows = 0, 16, True
    while n < most and step:
        step = min(step, most - n)
        if text.startswith(text[left + n : left + n + step], right + n):
            n += step
            step = step * 2 if grows else step
        else:
            grows = False
            step //= 2
    return n


def shared_before(text: str, left: int, right: int, most: int) -> int:
    """How many characters before `left` equal those before `right`, `most` at the most."""
    if most <= 0 or text[left - 1] != text[right - 1]:
        return 0
    n, step, grows = 0, 16, True
    while n < most and step:
        step = min(step, most - n)
        if text[left - n - step : left - n] == text[right - n - step : right - n]:
            n += step
            step = step * 2 if grows else step
        else:
            grows = False
            step //= 2
    return n
