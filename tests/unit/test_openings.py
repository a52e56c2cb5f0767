"""The features of a lone heading, and what they say of it."""

from __future__ import annotations

from dataclasses import replace

from corpus_tools.cohesion import Cohesion
from corpus_tools.openings import FEATURES, Situation, evidence_of, features, opens_article

ABOVE = (
    "全市春灌工作全面展开，各灌区提前检修渠道，清淤二百六十公里。水利部门统一调度水量，确保小麦适时浇上返青水。\n" * 2
)
SAME = "灌区管理所的工人沿渠道巡查，水量按时送到田头。水利部门说，今年春灌比去年早了十天，渠道清淤是关键。\n" * 2
OTHER = "市图书馆昨日举办绘本朗读会，三十多组家庭参加。志愿者扮成书中人物，孩子们听得入神，不时举手提问。\n" * 2


def situation(heading: str = "渠道早清淤", below: str = SAME) -> Situation:
    return Situation(
        heading,
        ABOVE,
        below,
        below.split("\n", 1)[0],
        has_picture_below=False,
        has_kept_lines_below=False,
        has_lead_above=True,
        has_head_above=True,
        is_jumped_above=False,
        has_closing_byline=False,
        crossheads=[],
        following=[],
        leads=0.5,
    )


def probability(at: Situation) -> float:
    return opens_article(features(at, Cohesion([ABOVE, SAME, OTHER])))


def test_a_value_for_each_feature() -> None:
    assert len(features(situation(), Cohesion([ABOVE]))) == len(FEATURES)


def test_text_about_something_else_speaks_for_a_headline() -> None:
    heading = "绘本朗读走进图书馆"
    assert probability(situation(heading, OTHER)) > probability(situation(heading, SAME))


def test_crossheads_of_one_length_speak_for_a_crosshead() -> None:
    alone = situation()
    assert probability(replace(alone, crossheads=["田头送好水"], following=["群众得实惠"])) < probability(alone)


def test_a_number_speaks_for_a_crosshead() -> None:
    assert probability(situation("一、渠道早清淤")) < probability(situation("今年渠道早清淤"))


def test_a_list_below_speaks_for_a_headline() -> None:
    assert probability(replace(situation(), has_kept_lines_below=True)) > probability(situation())


def test_evidence_names_what_weighs_most() -> None:
    said = evidence_of(features(situation(), Cohesion([ABOVE, SAME, OTHER])))
    assert 1 <= len(said.split(", ")) <= 4
    assert all(part.split(" ")[0] in FEATURES for part in said.split(", "))


def test_empty_texts_are_weighed_too() -> None:
    assert 0 <= probability(replace(situation("春"), above="", below="", opening="")) <= 1
