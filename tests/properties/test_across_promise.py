"""What holds for `dedupe_across` whatever the articles: nothing lost, the same clusters in any order, a second run changes nothing."""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_tools import Article, dedupe_across
from corpus_tools.across.entries import unflagged

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from across_texts import BRIDGE, ORCHARD, WEATHER, article

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A run makes tables, which takes a tenth of a second."""

SENTENCES = [sentence + "。" for text in (*BRIDGE, *ORCHARD, WEATHER) for sentence in text.split("。") if sentence]

paragraphs = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("".join), max_size=4)


@st.composite
def corpora(draw: st.DrawFn) -> list[Article]:
    """Articles put together from few sentences, some misread, cut or reprinted."""
    made = []
    for number, texts in enumerate(draw(st.lists(paragraphs, max_size=9))):
        rng = random.Random(draw(st.integers(0, 99)))
        share = draw(st.sampled_from((0.0, 0.0, 0.05, 0.1)))
        read = ["".join(rng.choice("的一是在不了") if rng.random() < share else c for c in text) for text in texts]
        made.append(
            article(
                f"p{number}/1",
                read,
                newspaper=draw(st.sampled_from((None, "甲报", "乙报"))),
                date=draw(st.sampled_from((None, "2024-01-01", "2024-01-02"))),
            )
        )
    return made


@FEW
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(articles: list[Article], rng: random.Random) -> None:
    shuffled = list(articles)
    rng.shuffle(shuffled)
    expected = {each.id: each for each in dedupe_across(articles)}
    found = list(dedupe_across(shuffled))
    assert [each.id for each in found] == [each.id for each in shuffled]
    assert {each.id: each for each in found} == expected


@FEW
@given(corpora())
def test_a_second_run_changes_nothing(articles: list[Article]) -> None:
    once = list(dedupe_across(articles))
    assert list(dedupe_across(once)) == once
    assert [unflagged(each) for each in once] == articles


@FEW
@given(corpora(), st.sampled_from(("keep", "drop")))
def test_what_is_dropped_and_what_stays_is_everything(articles: list[Article], reprints: str) -> None:
    """And of every cluster the kept record stays, of every newspaper one at least unless asked for."""
    dropped: list[Article] = []
    flagged = {each.id: each for each in dedupe_across(articles)}
    stayed = list(
        dedupe_across(
            articles,
            action="drop",
            reprints=reprints,
            on_found=lambda each, finding: dropped.append(each) if finding.dropped else None,
        )
    )
    assert {each.id: each for each in (*stayed, *dropped)} == flagged
    assert len(stayed) + len(dropped) == len(articles)
    left = {each.id for each in stayed}
    for each in dropped:
        assert each.cluster in left
        assert reprints == "drop" or any(
            other.cluster == each.cluster and other.meta.newspaper == each.meta.newspaper for other in stayed
        )


@FEW
@given(corpora())
def test_every_cluster_has_one_kept_record_and_a_copy(articles: list[Article]) -> None:
    out = list(dedupe_across(articles))
    members = Counter(each.cluster for each in out if each.cluster is not None)
    assert all(count > 1 for count in members.values())
    assert {each.id for each in out if each.cluster == each.id} == set(members)


@FEW
@given(corpora())
def test_the_same_texts_under_other_ids_give_the_same_clusters(articles: list[Article]) -> None:
    """Ids break ties only: with other ids in the same order, the clusters are the same ones."""
    renamed = [replace(each, id=f"x{each.id}") for each in articles]
    plain = [each.cluster for each in dedupe_across(articles)]
    assert [each.cluster for each in dedupe_across(renamed)] == [None if name is None else f"x{name}" for name in plain]
