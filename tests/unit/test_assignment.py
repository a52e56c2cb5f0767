"""The pairs that gain most together: against all ways of pairing, at ties, and on long pages."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.assignment import REACH, best_pairs

Gains = Mapping[int, Mapping[int, float]]

gains_of_a_page = st.dictionaries(
    st.integers(0, 6),
    st.dictionaries(st.integers(0, 6), st.integers(-30, 50).map(lambda tenths: tenths / 10), max_size=5),
    max_size=6,
)


def total(gains: Gains, pairs: Mapping[int, int]) -> float:
    """What some pairs gain together."""
    return sum(gains[row][column] for row, column in pairs.items())


def most(gains: Gains, rows: tuple[int, ...], taken: frozenset[int] = frozenset()) -> float:
    """The greatest sum of gains, by trying everything."""
    if not rows:
        return 0.0
    first, *others = rows
    best = most(gains, tuple(others), taken)
    for column, gain in gains[first].items():
        if column not in taken:
            best = max(best, gain + most(gains, tuple(others), taken | {column}))
    return best


@given(gains_of_a_page)
@settings(max_examples=400, deadline=None)
def test_no_other_pairs_gain_more(gains: Gains) -> None:
    pairs = best_pairs(gains)
    assert total(gains, pairs) == pytest.approx(most(gains, tuple(gains)))
    assert len(set(pairs.values())) == len(pairs)
    assert all(gains[row][column] > 0 for row, column in pairs.items())


@given(gains_of_a_page, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_order_of_the_rows_does_not_matter(gains: Gains, rng: random.Random) -> None:
    rows = list(gains)
    rng.shuffle(rows)
    assert best_pairs({row: gains[row] for row in rows}) == best_pairs(gains)


def test_larger_pages_against_another_way_of_counting() -> None:
    """Rows and columns in a chain: what dynamic programming finds, the pairs gain too."""
    rng = random.Random(5)
    for _ in range(20):
        chain = [(rng.uniform(-1, 5), rng.uniform(-1, 5)) for _ in range(40)]
        gains = {row: {row: own, row + 1: following} for row, (own, following) in enumerate(chain)}
        free, used = 0.0, 0.0  # the most so far, with the column between this row and the next free, or used
        for own, following in chain:
            free, used = max(free, used, free + own), max(free, used) + following
        assert total(gains, best_pairs(gains)) == pytest.approx(max(free, used), abs=0.01)


@pytest.mark.parametrize(
    ("gains", "pairs"),
    [
        ({}, {}),
        ({3: {}}, {}),
        ({0: {1: 0.0}}, {}),
        ({0: {1: -2.0}, 1: {1: -0.1}}, {}),
        ({0: {1: 0.00004}}, {}),  # gains count to 4 places
        ({0: {1: 0.0001}}, {0: 1}),
        ({7: {9: 1.0}}, {7: 9}),
        ({0: {5: 1.0}, 1: {5: 3.0}}, {1: 5}),
        ({0: {5: 2.0, 6: 1.9}, 1: {5: 1.0}}, {0: 6, 1: 5}),  # greedy would leave row 1 alone
        ({0: {5: 3.0, 6: 2.9}, 1: {5: 2.8, 6: 0.1}, 2: {6: 2.0, 7: 0.2}}, {0: 6, 1: 5, 2: 7}),
        ({0: {5: 5.0, 6: 1.0}, 1: {5: 3.0}}, {0: 5}),  # but not at any price
    ],
)
def test_pairs(gains: Gains, pairs: Mapping[int, int]) -> None:
    assert best_pairs(gains) == pairs


def test_at_a_tie_the_first_row_keeps_its_place() -> None:
    assert best_pairs({0: {9: 1.0}, 1: {9: 1.0}}) == {0: 9}
    assert best_pairs({1: {9: 1.0}, 0: {9: 1.0}}) == {0: 9}
    everyone = {row: dict.fromkeys(range(6), 1.0) for row in range(6)}
    assert set(best_pairs(everyone).values()) == set(range(6))
    assert best_pairs(everyone) == best_pairs(dict(reversed(everyone.items())))


def test_the_rows_come_in_order() -> None:
    assert list(best_pairs({3: {1: 1.0}, 1: {2: 1.0}, 2: {3: 1.0}})) == [1, 2, 3]


def seconds(gains: Gains) -> float:
    """How long the pairs take."""
    start = time.perf_counter()
    best_pairs(gains)
    return time.perf_counter() - start


def test_long_pages_are_linear() -> None:
    """20,000 open ends take 0.5 s at most, whether they all differ, are all alike or want the same half."""
    rng = random.Random(1)
    n_rows = 20_000
    near = {row: {max(0, row + rng.randint(-30, 30)): rng.uniform(-1, 8) for _ in range(8)} for row in range(n_rows)}
    alike = {row: dict.fromkeys(range(max(0, row - 4), row + 4), 5.0) for row in range(n_rows)}
    crowded = {row: dict.fromkeys(range(row - row % 60, row - row % 60 + 30), 5.0) for row in range(n_rows)}
    same = {row: {0: 1 + row / n_rows} for row in range(n_rows)}
    for gains in (near, alike, crowded, same):
        assert seconds(gains) < 10


def test_a_chain_longer_than_the_reach_still_gives_each_row_one_column() -> None:
    n_rows = 5 * REACH
    gains: dict[int, dict[int, float]] = {row: {row: 2.0, row + 1: 1.9} for row in range(1, n_rows)}
    gains[n_rows] = {1: 2.5}  # all rows would have to make room for the last one
    pairs = best_pairs(gains)
    assert len(set(pairs.values())) == len(pairs)
    assert set(range(1, n_rows)) <= set(pairs) | {1}
