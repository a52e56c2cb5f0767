"""Cohesion: what two texts have in common, the same whatever was asked before."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from corpus_tools import cohesion
from corpus_tools.cohesion import Cohesion, bigrams

WORDS = ("供暖", "河堤", "公园", "市民", "代表", "会议", "改造", "工程", "稻谷", "渠道", "，", "。", " ", "12")


def paragraph(rng: random.Random, n_words: int = 30) -> str:
    return "".join(rng.choice(WORDS) for _ in range(n_words))


def forget() -> None:
    for kept in (cohesion._weights, cohesion._last_weighed, cohesion.bigrams, cohesion._listed):
        kept.cache_clear()


def expected(pieces: list[str], left: str, right: str) -> float:
    """The cosine as the module's docstring has it, without any short cut."""
    spread = Counter(gram for piece in pieces for gram in set(bigrams(piece)))

    def weight(gram: str, count: int) -> float:
        return (1 + math.log(count)) * math.log((len(pieces) + 1) / max(spread[gram], 1))

    one, other = ({gram: weight(gram, count) for gram, count in bigrams(text).items()} for text in (left, right))
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return math.fsum(value * other.get(gram, 0.0) for gram, value in one.items()) / lengths if lengths else 0.0


@pytest.mark.parametrize("seed", range(6))
def test_similarity_is_the_weighed_cosine(seed: int) -> None:
    rng = random.Random(seed)
    pieces = [paragraph(rng) for _ in range(12)]
    left, right = pieces[0], "\n".join(pieces[3:6])
    assert Cohesion(pieces).similarity(left, right) == pytest.approx(expected(pieces, left, right), abs=6e-5)


@pytest.mark.parametrize("seed", range(12))
def test_what_was_weighed_before_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    before = [paragraph(rng) for _ in range(14)]
    before += rng.sample(before, 2)  # pieces that stand there twice
    texts = [*before, "\n".join(before[2:5]), "从未见过的一段话，河堤公园"]
    after = list(before)
    for _ in range(rng.randint(1, 3)):  # halves joined
        left, right = (after.pop(rng.randrange(len(after))) for _ in range(2))
        after.append(left + right)
    if seed % 3 == 0:
        after.pop()
    if seed % 2 == 0:
        after += [paragraph(rng, 5), "学思想 强党性"]
    pairs = [(rng.choice(texts + after), rng.choice(texts + after)) for _ in range(30)]
    forget()
    fresh = [Cohesion(after).similarity(*pair) for pair in pairs]
    forget()
    for pair in pairs:
        Cohesion(before).similarity(*pair)
    assert [Cohesion(after).similarity(*pair) for pair in pairs] == fresh
    assert any(fresh)


def test_a_page_without_anything_in_common_is_not_weighed() -> None:
    forget()
    assert Cohesion(["市民夸路", "稻谷入仓"]).similarity("市民夸路", "稻谷入仓") == 0
    assert cohesion._last_weighed() == []


def test_texts_without_bigrams_cohere_with_nothing() -> None:
    assert Cohesion(["，。", ""]).similarity("，。", "") == 0
    assert Cohesion([]).similarity("市民", "市民") == 0
    assert Cohesion(["市民"]).similarity("市民", "市民") == 1
