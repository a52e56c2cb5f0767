"""Pairs of halves: probabilities against counting all ways to pair them up; titles, page numbers, evidence in words."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.cohesion import Cohesion
from corpus_tools.model import Article, Block, PageMeta, Role, Span
from corpus_tools.stages.link.evidence import (
    FEATURES,
    half_of,
    likeness_of_titles,
    link_weights,
    same_page,
    weigh,
)
from corpus_tools.stages.link.matching import HOPELESS, MOST_SECONDS, probabilities
from corpus_tools.stages.split.fields import fields_of, text_of_article

Gains = dict[int, dict[int, float]]


def counted(gains: Gains) -> dict[tuple[int, int], float]:
    """The same by trying every way."""
    choices = [[None, *(second for second, gain in row.items() if gain > HOPELESS)] for row in gains.values()]
    whole, shares = (
        0.0,
        dict.fromkeys(((a, b) for a, row in gains.items() for b, gain in row.items() if gain > HOPELESS), 0.0),
    )
    for way in itertools.product(*choices):
        taken = [(first, second) for first, second in zip(gains, way, strict=True) if second is not None]
        if len({second for _, second in taken}) < len(taken):
            continue
        weight = math.prod(math.exp(gains[first][second]) for first, second in taken)
        whole += weight
        for pair in taken:
            shares[pair] += weight
    return {pair: share / whole for pair, share in shares.items()}


@given(
    st.dictionaries(
        st.integers(0, 3), st.dictionaries(st.integers(0, 3), st.floats(-9, 9, allow_nan=False), max_size=4), max_size=4
    )
)
def test_probabilities_are_those_of_all_ways(gains: Gains) -> None:
    expected, found = counted(gains), probabilities(gains)
    assert found.keys() == expected.keys()
    for pair, chance in found.items():
        assert chance == pytest.approx(expected[pair], abs=1e-4)


def test_a_better_partner_elsewhere_is_no_rival() -> None:
    alone = probabilities({0: {0: 5.0}})[0, 0]
    rivals = probabilities({0: {0: 5.0}, 1: {0: 5.0}})
    both_placed = probabilities({0: {0: 5.0, 1: 3.0}, 1: {1: 9.0}})
    assert rivals[0, 0] == rivals[1, 0] < 0.5
    assert both_placed[0, 0] > 0.95 * alone


def test_many_halves_are_done_in_time() -> None:
    gains = {a: {b: 8.0 if a == b else -2.0 for b in range(4 * MOST_SECONDS)} for a in range(4 * MOST_SECONDS)}
    found = probabilities(gains)
    assert len({b for _, b in found}) <= MOST_SECONDS


@pytest.mark.parametrize(
    ("named", "printed", "expected"),
    [
        ("3", "3", True),
        ("3", "4", False),
        ("3", "A3", True),
        ("A3", "3", True),
        ("A3", "B3", False),
        (None, "3", None),
        ("3", None, None),
    ],
)
def test_same_page(named: str | None, printed: str | None, expected: bool | None) -> None:
    assert same_page(named, printed) is expected


def record(page: str, *blocks: tuple[Role, str]) -> Article:
    made = tuple(Block(role, (Span(at, at + 1),), text) for at, (role, text) in enumerate(blocks))
    fields = fields_of(made)
    return Article(
        f"{page}/1",
        "article",
        page,
        text_of_article(made, captions=False),
        column=fields.column,
        kicker=fields.kicker,
        headline=fields.headline,
        deck=fields.deck,
        jump_from=fields.jump_from,
        jump_to=fields.jump_to,
        blocks=made,
        meta=PageMeta(page_number=page),
    )


FIRST = record(
    "1",
    ("kicker", "入秋以来捷报频传"),
    ("headline", "沙棘沟村的果园丰收了"),
    ("body", "合作社的冷库已经存下十二万斤沙棘果，还有三成果子挂在枝"),
    ("jump", "（下转第二版）"),
)
SECOND = record(
    "2", ("headline", "果园丰收了"), ("jump", "（上接第一版）"), ("body", "头，合作社正组织果农抢摘沙棘果，送进冷库。")
)


@pytest.mark.parametrize(
    ("title", "share"),
    [
        ("沙棘沟村的果园丰收了", 1.0),
        ("果园丰收了", 1.0),
        ("沙棘沟村果园丰收", 1.0),
        ("沙棘沟付的果园丰收", 8 / 9),
        ("白鹭江大桥合龙", 0.0),
    ],
)
def test_titles(title: str, share: float) -> None:
    second = half_of(replace(SECOND, headline=title), is_second=True)
    assert likeness_of_titles(half_of(FIRST), second) == pytest.approx(share, abs=1e-3)


def test_a_title_in_the_jump_line_counts() -> None:
    second = record("2", ("jump", "（上接第一版《果园丰收》）"), ("body", "头，合作社正组织果农抢摘。"))
    assert likeness_of_titles(half_of(FIRST), half_of(second, is_second=True)) == 1.0


def test_a_label_that_many_have_is_no_title_of_a_first_half() -> None:
    assert likeness_of_titles(half_of(replace(FIRST, headline="相关新闻", kicker=None)), half_of(SECOND)) is None


def test_no_title_is_no_title() -> None:
    assert likeness_of_titles(half_of(FIRST), half_of(record("2", ("body", "头，合作社正组织。")))) is None


def evidence(first: Article, second: Article) -> dict[str, float]:
    pair = weigh(half_of(first), half_of(second, is_second=True), Cohesion([first.text, second.text]))
    return dict(zip(FEATURES, pair.values, strict=True))


def test_what_speaks_for_a_pair() -> None:
    found = evidence(FIRST, SECOND)
    assert {name for name in ("both", "to_fits", "from_fits", "both_fit", "same_title") if found[name]} == {
        "both",
        "to_fits",
        "from_fits",
        "both_fit",
        "same_title",
    }
    assert found["seam"] > 3  # 枝|头
    other = evidence(FIRST, replace(SECOND, headline="白鹭江大桥合龙", meta=PageMeta(page_number="3")))
    assert (other["to_differs"], other["other_title"], other["both_fit"]) == (1, 1, 0)


def test_going_back_is_noted() -> None:
    assert evidence(replace(FIRST, meta=PageMeta(page_number="3")), SECOND)["backward"] == 1
    assert evidence(FIRST, SECOND)["backward"] == 0


def test_every_weight_is_there_and_says_what_it_should() -> None:
    weights = dict(zip(FEATURES, link_weights(), strict=True))
    assert all(weights[name] > 0 for name in ("both", "to_fits", "from_fits", "same_title", "topic", "seam"))
    assert all(
        weights[name] < 0 for name in ("no_jump_to", "no_jump_from", "to_differs", "from_differs", "other_title")
    )
