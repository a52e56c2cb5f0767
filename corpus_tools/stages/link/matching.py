"""Who is whose half, and how sure that is: log-odds of pairs in, the pairs of the best assignment with probabilities out.

The probability of a pair is its share of all ways to pair the halves up, each half at most once: two likely partners make
each other doubtful, unless the other one has a better partner itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from corpus_tools.assignment import best_pairs

HOPELESS = -7.0
"""Nats: pairs below it are told from no pair at all by less than one in a thousand."""

MOST_SECONDS = 10
"""Second halves that are weighed together: 2**10 sets of them. Of more, the least likely pairs are left out."""

Gains = Mapping[int, Mapping[int, float]]


def probabilities(gains: Gains) -> dict[tuple[int, int], float]:
    """`{(first, second): probability}` (4 places) of every pair that is not hopeless.

    >>> probabilities({0: {0: 9.0}, 1: {0: 9.0}})
    {(0, 0): 0.5, (1, 0): 0.5}
    >>> probabilities({0: {0: 9.0, 1: 8.0}, 1: {1: 9.0}})
    {(0, 0): 0.9998, (0, 1): 0.0, (1, 1): 0.9998}
    """
    found: dict[tuple[int, int], float] = {}
    for part in _parts(
        {first: {b: gain for b, gain in row.items() if gain > HOPELESS} for first, row in gains.items()}
    ):
        found |= _shares(_small(part))
    return dict(sorted(found.items()))


def assigned(gains: Gains) -> dict[int, int]:
    """`{first: second}`: the pairs that gain most together, whatever else they may be."""
    return best_pairs(gains)


def _parts(gains: Mapping[int, dict[int, float]]) -> Iterable[dict[int, dict[int, float]]]:
    """The gains in parts that share no half."""
    by_second: dict[int, set[int]] = defaultdict(set)
    for first, row in gains.items():
        for second in row:
            by_second[second].add(first)
    seen: set[int] = set()
    for start in gains:
        if start in seen or not gains[start]:
            continue
        part, waiting = {start}, [start]
        while waiting:
            for second in gains[waiting.pop()]:
                new = by_second[second] - part
                part |= new
                waiting += new
        seen |= part
        yield {first: gains[first] for first in sorted(part)}


def _small(part: dict[int, dict[int, float]]) -> dict[int, dict[int, float]]:
    """The part with at most `MOST_SECONDS` second halves a first one shares: each first half keeps its best."""
    seconds = {second for row in part.values() for second in row}
    if len(seconds) <= MOST_SECONDS:
        return part
    best = {second: max(row.get(second, -math.inf) for row in part.values()) for second in seconds}
    kept = set(sorted(seconds, key=lambda second: (-best[second], second))[:MOST_SECONDS])
    return {first: {second: gain for second, gain in row.items() if second in kept} for first, row in part.items()}


def _shares(part: dict[int, dict[int, float]]) -> dict[tuple[int, int], float]:
    """Exactly, by sets of second halves: what the rows above a pair and those below it can do without its second half."""
    firsts = list(part)
    names = sorted({second for row in part.values() for second in row})
    bit = {second: 1 << place for place, second in enumerate(names)}
    odds = [{bit[second]: math.exp(min(30.0, gain)) for second, gain in part[first].items()} for first in firsts]
    above = [{0: 1.0}]
    for row in odds:
        above.append(_added(above[-1], row))
    below = [{0: 1.0}]
    for row in reversed(odds):
        below.append(_added(below[-1], row))
    below.reverse()
    whole = math.fsum(above[-1].values())
    found: dict[tuple[int, int], float] = {}
    for place, first in enumerate(firsts):
        for second in part[first]:
            mine = bit[second]
            ways = math.fsum(
                up * down
                for taken, up in above[place].items()
                if not taken & mine
                for left, down in below[place + 1].items()
                if not left & (taken | mine)
            )
            found[first, second] = round(odds[place][mine] * ways / whole, 4)
    return found


def _added(ways: Mapping[int, float], row: Mapping[int, float]) -> dict[int, float]:
    """The ways to take sets of second halves, after one more row, which may take one or none."""
    found: dict[int, float] = defaultdict(float, ways)
    for taken, weight in ways.items():
        for mine, odds in row.items():
            if not taken & mine:
                found[taken | mine] += weight * odds
    return dict(found)
