"""Tandems: stretches of a text that say the same two times or more in a row, whatever is then made of them.

A running text enters, stretches with their period leave. Nothing is compared pair by pair: short periods are seen by one
exclusive-or of the whole text with itself, long ones where a clause begins or ends like one before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus_tools.stages.dedupe.running import AROUND, GRAM, KEPT_TEXTS, Running, shared_before, shared_behind

SHORT_PERIOD = 16
"""The longest period that is looked for at every place of the text."""

LEAST_SINGLE = 6
"""Copies of one character that make a tandem."""

LONG_CLAUSE = 2 * SHORT_PERIOD + 2
"""Characters of the shortest clause that can hold a longer unit twice without a mark."""

LONGEST_UNMARKED = 1_500
"""The longest period that is looked for in a clause without a mark."""

PROBE = 8
"""Characters of a long clause that are looked for in the rest of it, every eight characters: of any unit of 17 one is whole."""


@dataclass(frozen=True, slots=True, order=True)
class Tandem:
    """A stretch `start`-`end` of a text in which every character equals the one `period` before it, but for the first
    `period`; the last copy may be cut off."""

    start: int
    end: int
    period: int

    @property
    def n_copies(self) -> int:
        """Whole copies."""
        return (self.end - self.start) // self.period


@lru_cache(KEPT_TEXTS)
def short_tandems(text: str) -> tuple[Tandem, ...]:
    """The tandems of periods up to 16 of a text, in order of their starts; those inside one of a shorter period are left out.

    Of one character, six copies are needed; `doubled_characters` tells fewer.

    >>> short_tandems("作业人员人员进行，哈哈哈哈哈哈")
    (Tandem(start=2, end=6, period=2), Tandem(start=9, end=15, period=1))
    """
    found: list[Tandem] = []
    # The lowest byte of each character is compared for all characters at once; where as many in a row agree as the period is
    # long, which chance does once in ten pages for a period of 2, the characters themselves are.
    number, n, differing = _lowest_bytes(text)
    for period in range(1, SHORT_PERIOD + 1):
        least = period if period > 1 else LEAST_SINGLE - 1
        if period > 1:
            differing = (number ^ (number >> 8 * period)).to_bytes(n, "little")
        equal = bytes(least)
        at = differing.find(equal)
        while 0 <= at < n - period:
            length = shared_behind(text, at, at + period, n - period - at)
            if length >= least:
                found.append(Tandem(at, at + length + period, period))
            at = differing.find(equal, at + max(length, 1))
    return tuple(_outermost(found))


def doubled_characters(text: str) -> Iterator[int]:
    """The places of a text whose character stands once more behind it."""
    _, n, differing = _lowest_bytes(text)
    at = differing.find(0)
    while 0 <= at < n - 1:
        if text[at] == text[at + 1]:
            yield at
        at = differing.find(0, at + 1)


@lru_cache(KEPT_TEXTS)
def _lowest_bytes(text: str) -> tuple[int, int, bytes]:
    """The lowest byte of each character as one number, the first one lowest, how many there are, and for each what it differs
    in from the next one."""
    lowest = text.encode("utf-32-le", "surrogatepass")[::4]
    number = int.from_bytes(lowest, "little")
    return number, len(lowest), (number ^ (number >> 8)).to_bytes(len(lowest), "little")


def _outermost(found: list[Tandem]) -> list[Tandem]:
    """The tandems in order of their starts, without those that lie inside another one; of equals the shortest period stays."""
    outermost: list[Tandem] = []
    for tandem in sorted(found, key=lambda tandem: (tandem.start, -tandem.end, tandem.period)):
        if not outermost or tandem.end > outermost[-1].end:
            outermost.append(tandem)
    return outermost


def long_tandems(running: Running) -> list[Tandem]:
    """The tandems of longer periods, in order of their starts, none inside another one."""
    text, found, done = running.text, [], dict[int, int]()
    for left, right in _neighbours(running):
        period = right - left
        if period <= SHORT_PERIOD or left < done.get(period, 0):
            continue
        half = min(period // 2 - GRAM, AROUND)  # as many are equal on one side, or it is no tandem
        if text[left + GRAM : left + GRAM + half] != text[right + GRAM : right + GRAM + half] and (
            text[left - half : left] != text[right - half : right]
        ):
            continue
        behind = shared_behind(text, left, right, period)
        if behind + shared_before(text, left, right, min(left, period)) < period:
            continue
        behind = shared_behind(text, left, right, len(text) - right)
        done[period] = left + behind
        found.append(Tandem(left - shared_before(text, left, right, left), right + behind, period))
    return _outermost(found)


def _neighbours(running: Running) -> Iterator[tuple[int, int]]:
    """Pairs of places where a tandem may be seen: clauses that begin or end alike, long ones that repeat their own words."""
    yield from running.pairs
    yield from running.near_heads
    yield from running.near_tails
    yield from running.near_short
    text = running.text
    for start, end in running.long_clauses(LONG_CLAUSE):
        if len(set(text[start:end])) > end - start - SHORT_PERIOD - 1:
            continue  # a unit that stands twice in it would leave fewer characters that stand once
        for at in range(start, end - SHORT_PERIOD - PROBE, PROBE):
            again = text.find(text[at : at + PROBE], at + SHORT_PERIOD + 1, min(end, at + LONGEST_UNMARKED + PROBE))
            if again >= 0:
                yield at, again


@lru_cache(KEPT_TEXTS)
def tandems(running: Running) -> tuple[Tandem, ...]:
    """All tandems of a running text, in order of their starts; of one character those with six copies and more."""
    return tuple(_outermost([*short_tandems(running.text), *long_tandems(running)]))
