"""Who goes with whom, when several want the same partner: the pairs that gain most together.

Gains of pairs enter, pairs leave. A row may stay alone, at no gain. Greedy choice would let the first open end on a page
take the half that belongs to the second.

Source: the Hungarian method by shortest augmenting paths with prices (Jonker and Volgenant, 1987), on sparse gains. scipy
has it too, for ten times the start-up of this whole package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import heappop, heappush

REACH = 64
"""Rows that may have to change partners for one newcomer; beyond that the newcomer stays alone. Keeps long pages linear."""

_SCALE = 10_000  # gains are compared as whole numbers: the same pairs on every machine


def best_pairs(gains: Mapping[int, Mapping[int, float]]) -> dict[int, int]:
    """`{row: column}` with the greatest sum of gains, each row and column at most once, none whose gain is not positive.

    `gains[row][column]` counts to 4 places.

    >>> best_pairs({0: {5: 2.0, 6: 1.9}, 1: {5: 1.0, 6: -1.0}, 2: {7: -0.5}})
    {0: 6, 1: 5}
    """
    worth = {row: {column: round(gain * _SCALE) for column, gain in its.items()} for row, its in gains.items()}
    seats = _Seats(worth)
    for row in sorted(worth):
        seats.seat(row)
    return dict(sorted(seats.taken.items()))


class _Seats:
    """Rows seated so far: `taken` by row, `owner` by column, and what each column has come to cost."""

    def __init__(self, worth: Mapping[int, Mapping[int, int]]) -> None:
        self._worth = worth
        self._price: dict[int, int] = defaultdict(int)
        self._owner: dict[int, int] = {}
        self.taken: dict[int, int] = {}

    def seat(self, row: int) -> None:
        """Seat one more row, at the least loss to those that are seated."""
        loss: dict[int, int] = {}  # by column
        came_from: dict[int, int] = {}
        least, last, free = -1, row, None  # what it costs at the least, and how that chain ends
        waiting, seen = [(0, row)], set[int]()
        while waiting and len(seen) < REACH:
            spent, at = heappop(waiting)
            if spent >= least >= 0:
                break
            if at in seen:
                continue
            seen.add(at)
            offers = {column: worth - self._price[column] for column, worth in self._worth[at].items() if worth > 0}
            best = max(0, *offers.values()) if offers else 0
            if spent + best < least or least < 0:
                least, last, free = spent + best, at, None  # this row stays alone
            for column, offer in offers.items():
                cost = spent + best - offer
                if cost >= min(least, loss.get(column, least)):
                    continue
                loss[column], came_from[column] = cost, at
                if column in self._owner:
                    heappush(waiting, (cost, self._owner[column]))
                else:
                    least, last, free = cost, at, column
        for column, cost in loss.items():
            self._price[column] += max(0, least - cost)
        self._change(row, last, free, came_from)

    def _change(self, row: int, at: int, column: int | None, came_from: Mapping[int, int]) -> None:
        """Everyone on the chain takes the next one's column; the last one gets `column`, or none."""
        while True:
            left = self.taken.pop(at, None)
            if column is not None:
                self.taken[at], self._owner[column] = column, at
            if at == row:
                return
            assert left is not None  # all but the newcomer had one
            if column is None:
                del self._owner[left]
            column, at = left, came_from[left]
