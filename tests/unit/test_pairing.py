"""What speaks for two halves: each feature on a small page, and the probabilities made of them."""

from __future__ import annotations

import math
from itertools import chain, pairwise
from typing import cast

import pytest

from corpus_tools.model import Block, Role, Span
from corpus_tools.options import Mode
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair.breaks import THRESHOLDS
from corpus_tools.stages.repair.pair_scores import (
    CLIP,
    HOPELESS,
    KINDS,
    RIVALRY,
    Candidate,
    _topic,
    kind_of,
    pair_weights,
    rivalries,
    scored,
    weighed,
)
from corpus_tools.stages.repair.pairing import (
    ALIKE_BOUNDS,
    FEATURES,
    GROUPS,
    LEAST_TEXTS,
    MOST_BETWEEN,
    OF_BOTH,
    OF_FIRST,
    OF_SECOND,
    OF_WORD,
    USUALLY_ALIKE,
    Pairing,
)
from corpus_tools.weights import log_odds_of

LEFT = "今年以来，全市各级部门认真落实各项任务，群众的生活水平不断提"
RIGHT = "高，农民收入比去年同期增加12%，村里的路也修好了。"
OTHER = "汀溪县图书馆昨日开馆，首批读者领到了借书证。"
OPEN = "码头改造二期工程上月动工，老街一带的居民都说，等路面重新铺"
CAPTION = "图为村民在晾晒新收的稻谷。"


def blocks_of(*lines: str) -> list[Block]:
    """A block for each line, `role: text` or the text of a body block."""
    blocks, start = [], 0
    for line in lines:
        role, colon, text = line.partition(": ")
        role, text = (role, text) if colon else ("body", line)
        blocks.append(Block(cast(Role, role), (Span(start, start + len(text)),), text))
        start += len(text) + 1
    return blocks


def value(name: str, left: int, right: int, *lines: str) -> float:
    """The feature of that name for two blocks of a page."""
    return Pairing(blocks_of(*lines), seam_model()).features(left, right)[FEATURES.index(name)]


# --- the table ---


def test_every_feature_has_a_name_and_a_value() -> None:
    features = Pairing(blocks_of(LEFT, RIGHT), seam_model()).features(0, 1)
    assert len(features) == len(FEATURES) == len(set(FEATURES))
    assert all(isinstance(feature, float) and math.isfinite(feature) for feature in features)
    assert len(RIVALRY) == len(set(RIVALRY))


def test_the_groups_tell_of_everything_but_what_is_always_so() -> None:
    ranges = sorted(chain.from_iterable(GROUPS.values()))
    assert (ranges[0][0], ranges[-1][1]) == (1, len(FEATURES))
    assert all(left[1] == right[0] for left, right in pairwise(ranges))
    assert set(GROUPS) == {"words", "place", "form"}


# --- words ---


def test_words_speak_for_the_half_that_belongs() -> None:
    page = (LEFT, RIGHT, OTHER)
    for name in ("join", "pull", "word"):
        assert value(name, 0, 1, *page) > 1 > value(name, 0, 2, *page), name
    assert value("begins", 0, 1, *page) < 0
    assert value("begins", 0, 1, LEFT, "记者从市水务局获悉，渠道已通水。") > 0
    assert value("stops", 0, 1, *page) < value("stops", 2, 1, *page)


def test_what_speaks_against_counts_once_more() -> None:
    page = (LEFT, RIGHT, OTHER)
    for right in (1, 2):
        join, pull, begins = (value(name, 0, right, *page) for name in ("join", "pull", "begins"))
        word, stops = (value(name, 0, right, *page) for name in ("word", "stops"))
        assert value("no_join", 0, right, *page) == min(join, 0)
        assert value("no_pull", 0, right, *page) == min(pull, 0)
        assert value("strong_pull", 0, right, *page) == max(pull - 4, 0)
        assert value("no_opening", 0, right, *page) == min(begins, 0)
        assert value("much_opening", 0, right, *page) == begins * begins / 10
        assert value("no_word", 0, right, *page) == min(word, 0)
        assert value("never_stops", 0, right, *page) == min(stops + 4, 0)


def test_one_seam_never_says_more_than_so_much() -> None:
    for right in ("\U00020000\U00020001\U00020002", "¶§\ue000", "aaaa"):
        features = Pairing(blocks_of(LEFT, right), seam_model()).features(0, 1)
        assert all(abs(feature) <= 12 for feature in features[1:6])


# --- place ---

PLACES = [  # name, value, left, right, page
    ("over_head", 1, 0, 2, (LEFT, "heading: 老街新貌", RIGHT)),
    ("over_head", 1, 0, 2, (LEFT, "deck: ——记汀溪县图书馆", RIGHT)),
    ("over_head", 0, 0, 2, (LEFT, "credit: 刘涛摄", RIGHT)),
    ("over_head", 0, 0, 3, (LEFT, "heading: 老街新貌", OTHER, RIGHT)),
    ("over_whole", 1, 0, 2, (LEFT, OTHER, RIGHT)),
    ("over_whole", 1, 0, 3, (LEFT, OTHER, OTHER, RIGHT)),
    ("over_whole", 0, 0, 4, (LEFT, OTHER, OTHER, OTHER, RIGHT)),
    ("over_whole", 0, 0, 1, (LEFT, RIGHT)),
    ("over_whole", 0, 0, 2, (LEFT, OPEN, RIGHT)),
    ("over_whole", 0, 0, 3, (LEFT, f"caption: {CAPTION}", "credit: 刘涛摄", RIGHT)),
    ("over_text", 1, 0, 2, (LEFT, OPEN, RIGHT)),
    ("over_text", 1, 0, 3, (LEFT, OTHER, OPEN, RIGHT)),
    ("over_text", 0, 0, 2, (LEFT, OTHER, RIGHT)),
    ("far", 0, 0, 3, (LEFT, OTHER, OTHER, RIGHT)),
    ("far", 1, 0, 4, (LEFT, OTHER, OTHER, OTHER, RIGHT)),
    ("far", 0, 0, 4, (LEFT, "advert: 转让 门面", "advert: 求租 仓库", "notice: 停水通知", RIGHT)),
    ("far", 1, 0, 4, (LEFT, "list: 一批", "table: | 甲 |", "verse: 春\n夏", RIGHT)),
    ("far", 1, 1, 0, (RIGHT, LEFT)),
    ("backward", 1, 1, 0, (RIGHT, LEFT)),
    ("backward", 0, 0, 1, (LEFT, RIGHT)),
    ("distance", 0, 0, 2, (LEFT, OTHER, RIGHT)),
    ("distance", math.log1p(9) - 2, 0, 10, (LEFT, *[OTHER] * 9, RIGHT)),
    ("distance", math.log1p(1) - 2, 2, 0, (RIGHT, OTHER, LEFT)),
    ("head_above", 1, 0, 2, (LEFT, "heading: 老街新貌", RIGHT)),
    ("head_above", 1, 0, 3, (LEFT, "headline: 老街新貌", f"caption: {CAPTION}", RIGHT)),
    ("head_above", 0, 0, 2, (LEFT, "byline: 本报记者 刘涛", RIGHT)),
    ("head_above", 0, 1, 0, (RIGHT, LEFT)),
    ("open_above", 1, 0, 2, (LEFT, OPEN, RIGHT)),
    ("open_above", 1, 0, 3, (LEFT, OPEN, "furniture: 第7版", RIGHT)),
    ("open_above", 0, 0, 1, (LEFT, RIGHT)),  # its own left half is no rival
    ("open_above", 0, 0, 2, (LEFT, OTHER, RIGHT)),
    ("below_open", 1, 1, 2, (OPEN, LEFT, RIGHT)),
    ("below_open", 0, 1, 2, (OTHER, LEFT, RIGHT)),
    ("below_open", 0, 0, 1, (LEFT, RIGHT)),
    ("above_credit", 1, 0, 1, (LEFT, OTHER, "credit: 刘涛摄")),
    ("above_credit", 0, 0, 1, (LEFT, OTHER, "credit: 刘涛摄", f"caption: {CAPTION}")),
    ("above_credit", 0, 0, 1, (LEFT, OTHER * 8, "credit: 刘涛摄")),
    ("above_credit", 0, 0, 2, (LEFT, "credit: 刘涛摄", OTHER)),
]


@pytest.mark.parametrize(("name", "expected", "left", "right", "page"), PLACES)
def test_place(name: str, expected: float, left: int, right: int, page: tuple[str, ...]) -> None:
    assert value(name, left, right, *page) == pytest.approx(expected)


OPENINGS = [
    ("近年来，我市持续深化改革。", 1),
    ("與此同時，各地積極備耕。", 1),
    ("自专项行动开展以来，各街道各有做法。", 1),
    ("一、加强组织领导。", 1),
    ("（二）压实责任。", 1),
    ("第四十五条 违反本条例的，责令改正。", 1),
    ("第四十五條，違反本條例的，責令改正。", 1),
    ("老街改造带动周边，商户都说好。", 1),  # the words of the heading below
    ("老街改造好了。", 0),
    ("近年来他常回村里。", 0),
    ("三、第四小学的校长。", 0),
    ("五楼逐层搜救。", 0),
    ("同时进行。", 0),
]


@pytest.mark.parametrize(("text", "expected"), OPENINGS)
def test_known_openings(text: str, expected: float) -> None:
    assert value("known_opening", 0, 1, LEFT, text, "heading: 老街改造带动周边") == expected


# --- form ---

FORMS = [
    ("comma", 1, "他说，", RIGHT),
    ("comma", 0, "他说", RIGHT),
    ("comma", 0, "一楼、", RIGHT),
    ("quote", 1, "他说：“路修通了", "日子就有奔头。”"),
    ("quote", 1, "他說：「路修通了", "日子就有奔頭。」"),
    ("quote", -1, "他说：“路修通了", "日子就有奔头。"),
    ("quote", -1, "他说，路修通了", "日子就有奔头。”"),
    ("quote", 0, "他说，路修通了", "日子就有奔头。"),
    ("quote", 0, "他说“好”，路", "修通了。"),
    ("left_length", 0, "字" * 59, RIGHT),
    ("left_length", math.log(2), "字" * 119, RIGHT),
    ("left_length", 2, "字" * 2000, RIGHT),
    ("left_length", -3, "字", RIGHT),
    ("right_length", 0, LEFT, "字" * 59),
    ("left_clause", 0, "好，" + "字" * 7, RIGHT),
    ("left_clause", math.log(4 / 8), "修路。修桥，三里桥", RIGHT),
    ("left_clause", math.log(41 / 8), "字" * 300, RIGHT),
    ("right_clause", 0, LEFT, "字" * 7 + "，好。"),
    ("right_clause", math.log(1 / 8), LEFT, "，好。"),
    ("right_clause", math.log(41 / 8), LEFT, "字" * 300),
    ("clause", 0, "好，" + "字" * 7, "字" * 8 + "，好。"),
    ("odd_left", math.log(2) ** 2, "字" * 119, RIGHT),
    ("odd_right", math.log(2) ** 2, LEFT, "字" * 119),
]


@pytest.mark.parametrize(("name", "expected", "left", "right"), FORMS)
def test_form(name: str, expected: float, left: str, right: str) -> None:
    assert value(name, 0, 1, left, right) == pytest.approx(expected)


def test_one_character_and_marks_have_features() -> None:
    texts = ["字", "，", "。", "”", "…", "x", "7", " ", "\ue000", "\U00020000", "“", "（）", "，，，，"]
    pairing = Pairing(blocks_of(*texts), seam_model())
    for left in range(len(texts)):
        for right in range(len(texts)):
            if left != right:
                assert all(map(math.isfinite, pairing.features(left, right)))


# --- what halves have in common ---


def test_halves_of_one_topic_are_alike() -> None:
    filler = [f"第{number}届灯会在{place}开幕。" for number, place in enumerate("东南西北上下左右")]
    page = blocks_of("汀溪渠道今年修了三十公里，渠道两岸的稻", "田全部灌上了渠道的水，汀溪人高兴。", OTHER, *filler)
    pairing = Pairing(page, seam_model())
    assert pairing.alike(0, 1)[0] > 1 > pairing.alike(0, 2)[0]
    assert pairing.alike(0, 1) == pairing.alike(0, 1)


def test_halves_with_nothing_in_common() -> None:
    page = blocks_of("甲乙丙丁" * 60, "春夏秋冬" * 60, *[OTHER] * LEAST_TEXTS)
    assert Pairing(page, seam_model()).alike(0, 1)[0] == pytest.approx(math.log(0.01) + 4)


def test_few_paragraphs_tell_nothing_of_topics() -> None:
    page = blocks_of(LEFT, RIGHT, *[OTHER] * (LEAST_TEXTS - 3))
    assert Pairing(page, seam_model()).alike(0, 1) == USUALLY_ALIKE


# --- weighing ---


def test_kinds() -> None:
    page = blocks_of(LEFT, "heading: 老街新貌", RIGHT, *[OTHER] * (MOST_BETWEEN + 1), RIGHT)
    pairing = Pairing(page, seam_model())
    assert kind_of(page, pairing, 0, 1) == "head"
    assert kind_of(page, pairing, 0, 2) == "near"
    assert kind_of(page, pairing, 0, len(page) - 1) == "far"
    assert kind_of(page, pairing, 2, 0) == "far"


def test_the_shipped_weights_fit_the_features() -> None:
    weights = pair_weights()
    assert set(weights.first) == set(weights.second) == set(KINDS)
    assert all(len(weights.first[kind]) == len(FEATURES) for kind in KINDS)
    assert all(len(weights.second[kind]) == len(RIVALRY) for kind in KINDS)


def test_rivalries_have_a_value_for_each_name() -> None:
    page = blocks_of(LEFT, RIGHT, OTHER)
    pairing = Pairing(page, seam_model())
    candidates = [Candidate(0, right, "near", pairing.features(0, right), 2.0 - right) for right in (1, 2)]
    best, other = rivalries(candidates)
    assert len(best) == len(other) == len(RIVALRY)
    named = dict(zip(RIVALRY, best, strict=True))
    assert (named["first"], named["left_rival"], named["right_rival"]) == (1.0, 0.0, -CLIP)
    assert (named["best_left"], named["best_right"], named["best"], named["behind_left"]) == (1, 1, 1, 0)
    named = dict(zip(RIVALRY, other, strict=True))
    assert (named["first"], named["left_rival"], named["behind_left"], named["left_doubt"]) == (0.0, 1.0, -1.0, 1.0)
    assert (named["best_left"], named["best_right"], named["best"]) == (0, 1, 0)
    assert named["again join"] == candidates[1].features[FEATURES.index("join")]


def test_probabilities_say_what_is_likely_and_why() -> None:
    page = blocks_of(OTHER, LEFT, RIGHT, OTHER)
    pairing, weights = Pairing(page, seam_model()), pair_weights()
    found = weighed(page, pairing, [(1, 2), (1, 3)], weights)
    assert all(each.first > HOPELESS for each in found)
    probability = {each.right: each.probability for each in scored(found, pairing, weights)}
    assert 0.9 < probability[2] <= 1
    assert probability.get(3, 0.0) < 0.1
    evidence = next(iter(scored(found, pairing, weights))).evidence
    told = [part.rsplit(" ", 1) for part in evidence.split(", ")]
    assert {name for name, _ in told} == {"words", "place", "form", "topic", "rivals"}
    sizes = [abs(float(nats)) for _, nats in told]
    assert sizes == sorted(sizes, reverse=True)


def test_nothing_to_weigh_is_nothing_weighed() -> None:
    page = blocks_of(OTHER)
    pairing, weights = Pairing(page, seam_model()), pair_weights()
    assert list(scored(weighed(page, pairing, [], weights), pairing, weights)) == []


# --- weighing by halves ---


def test_each_feature_is_of_one_half_of_both_or_of_the_lexicon() -> None:
    assert sorted((*OF_FIRST, *OF_SECOND, *OF_WORD, *OF_BOTH)) == sorted(FEATURES)


PAGE = (LEFT, OTHER, RIGHT, OPEN, "heading: 老街新貌", OTHER, "credit: 刘涛摄", RIGHT, OPEN)
PAIRS = [(left, right) for left in (0, 3, 8) for right in (1, 2, 5, 7) if left != right]


def test_halves_weighed_by_their_share_say_what_all_features_say() -> None:
    pairing, weights = Pairing(blocks_of(*PAGE), seam_model()), pair_weights()
    for kind, of_kind in weights.first.items():
        for left, right in PAIRS:
            found = pairing.weighed(left, right, weights.shares[kind], -math.inf)
            assert found is not None
            assert found[0] == pytest.approx(log_odds_of(found[1], of_kind), abs=1e-9)
            assert found[1] == Pairing(blocks_of(*PAGE), seam_model()).features(left, right)


def test_only_pairs_that_say_too_little_are_given_up() -> None:
    pairing, weights = Pairing(blocks_of(*PAGE), seam_model()), pair_weights()
    given_up = 0
    for kind in KINDS:
        for left, right in PAIRS:
            found = pairing.weighed(left, right, weights.shares[kind], HOPELESS)
            said = log_odds_of(pairing.features(left, right), weights.first[kind])
            assert (found is None) == (said <= HOPELESS)
            given_up += found is None
    assert 0 < given_up < len(KINDS) * len(PAIRS)


@pytest.mark.parametrize("mode", list(THRESHOLDS))
def test_asking_only_about_likely_pairs_changes_none_of_them(mode: Mode) -> None:
    page = blocks_of(*PAGE)
    pairing, weights, needed = Pairing(page, seam_model()), pair_weights(), THRESHOLDS[mode]
    candidates = weighed(page, pairing, PAIRS, weights)
    everything = list(scored(candidates, pairing, weights))
    asked = list(scored(candidates, pairing, weights, needed))
    for each, same in zip(everything, asked, strict=True):
        assert (each.probability >= needed[each.kind]) == (same.probability >= needed[same.kind])
        assert each == same or same.probability < needed[same.kind]
    assert any(each.probability >= needed[each.kind] for each in everything)


def test_the_topic_never_says_more_than_its_most() -> None:
    weights = pair_weights()
    at = RIVALRY.index("alike")
    lowest, highest = ALIKE_BOUNDS
    steps = [lowest + (highest - lowest) * step / 40 for step in range(41)]
    for kind in KINDS:
        its = weights.second[kind][at : at + 4]
        usual = log_odds_of(_topic(USUALLY_ALIKE), its)
        said = max(log_odds_of(_topic((halves, about)), its) for halves in steps for about in steps)
        assert usual + weights.most_of_topic[kind] <= said + 0.05  # and not much less
        assert said <= usual + weights.most_of_topic[kind] + 1e-9
