"""Scores of records against gold: the gold itself, nothing at all, and small pages counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import orjson
import pytest

from corpus_tools.evaluation import DEFINITIONS, Agreement, Evaluation, Share, evaluate
from corpus_tools.model import Article, Block, Kind, Part, Person, Role, Span
from corpus_tools.records import FIELDS, article_from, load

GOLD = Path(__file__).parents[2] / "seeds" / "gold"

# A page of two articles. Offsets:  0-6 headline, 7-17 body, 18-28 body;  29-35 headline, 36-46 body.
PAGE = "春风吹到山城\n桃花开了，游人也来。\n今年雨水多，麦子好。\n河边修起新桥\n两岸的人，不再绕路。"


def block(role: Role, *spans: tuple[int, int], flags: tuple[str, ...] = (), page: str = PAGE) -> Block:
    return Block(role, tuple(Span(*span) for span in spans), "".join(page[start:end] for start, end in spans), flags)


def article(*blocks: Block, kind: Kind = "article", page_id: str = "甲", flags: tuple[str, ...] = ()) -> Article:
    headline = next((item.text for item in blocks if item.role == "headline"), None)
    text = "\n".join(item.text for item in blocks)
    return Article("甲/1", kind, page_id, text, headline=headline, blocks=blocks, flags=flags)


SPRING = article(block("headline", (0, 6)), block("body", (7, 17)), block("body", (18, 28)))  # 26 characters
BRIDGE = article(block("headline", (29, 35)), block("body", (36, 46)))  # 16 characters
TWO = (SPRING, BRIDGE)
GLUED = article(*SPRING.blocks, *BRIDGE.blocks)


@pytest.fixture(scope="module")
def seeds() -> list[Article]:
    files = sorted(GOLD.glob("*.jsonl"))
    assert len(files) == 2
    return [article_from(load(line)) for file in files for line in file.read_bytes().split(b"\n") if line]


def rates(value: object, key: str = "") -> Iterator[tuple[str, float | None]]:
    """Every rate in a record, with its path."""
    for name, item in value.items() if isinstance(value, dict) else ():
        if name in ("precision", "recall", "f1", "share"):
            yield f"{key}.{name}", item
        else:
            yield from rates(item, f"{key}.{name}")


def prf(figure: Agreement) -> tuple[float | None, float | None, float | None]:
    return figure.precision, figure.recall, figure.f1


# --- the gold against itself, and against nothing ---


def test_gold_against_itself_scores_one_everywhere(seeds: list[Article]) -> None:
    evaluation = evaluate(seeds, seeds)
    overall = evaluation.overall
    assert (overall.articles_gold, overall.articles_output) == (16, 16)
    assert (overall.articles_found, overall.articles_exact) == (16, 16)
    assert {rate for _, rate in rates(overall.to_record())} == {1.0}
    assert {rate for _, rate in rates(evaluation.to_record())} == {1.0, None}
    assert (overall.findings_more, overall.characters_lost, overall.characters_doubled, overall.lost) == (0, 0, 0, ())
    assert (list(evaluation.pages), evaluation.pages_not_in_gold) == (sorted(evaluation.pages), 0)


def test_an_empty_output_scores_zero(seeds: list[Article]) -> None:
    overall = evaluate([], seeds).overall
    assert (overall.articles_gold, overall.articles_output, overall.articles_found) == (16, 0, 0)
    found = dict(rates(overall.to_record()))
    # Flags of structure are compared in pairs only: without a pair there is nothing to compare.
    assert {key for key, rate in found.items() if rate is None} == {".flags.precision", ".flags.recall", ".flags.f1"}
    assert {rate for rate in found.values() if rate is not None} == {0.0}
    assert overall.bcubed.gold > overall.characters_lost > 11_000
    assert len(overall.lost) == 20


def test_an_empty_gold_scores_nothing() -> None:
    evaluation = evaluate(TWO, [])
    assert (evaluation.pages, evaluation.pages_not_in_gold) == ({}, 1)
    assert {rate for _, rate in rates(evaluation.to_record())} == {None}


# --- which text belongs to which article ---


def test_bcubed_by_hand() -> None:
    """Gold a 0-6, b 6-10; output x 0-4, y 4-9, z 12-14. So ax 4, ay 2, by 3, one of b in none, two of z in no gold."""
    gold = [article(block("body", (0, 6))), article(block("body", (6, 10)))]
    output = [article(block("body", (0, 4))), article(block("body", (4, 9))), article(block("body", (12, 14)))]
    figure = evaluate(output, gold).overall.bcubed
    recall = (4 * 4 / 6 + 2 * 2 / 6 + 3 * 3 / 4 + 1 * 0) / 10
    precision = (4 * 4 / 4 + 2 * 2 / 5 + 3 * 3 / 5 + 2 * 0) / 11
    assert (figure.gold, figure.output) == (10, 11)
    assert prf(figure) == pytest.approx((precision, recall, 2 * precision * recall / (precision + recall)))


def test_two_articles_glued_cost_precision() -> None:
    overall = evaluate([GLUED], TWO).overall
    assert overall.bcubed.recall == 1
    assert overall.bcubed.precision == pytest.approx((26 * 26 / 42 + 16 * 16 / 42) / 42)
    # 26 of 42 characters are more than half: the larger article is found, the smaller is not.
    assert (overall.articles_found, overall.articles_exact, overall.articles_output) == (1, 0, 1)
    assert overall.fields == Share(1, 2)
    assert prf(overall.paragraphs) == (1, 1, 1)


def test_an_article_cut_in_two_costs_recall() -> None:
    halves = [article(*BRIDGE.blocks[:1]), article(*BRIDGE.blocks[1:])]
    overall = evaluate(halves, [BRIDGE]).overall
    assert overall.bcubed.precision == 1
    assert overall.bcubed.recall == pytest.approx((6 * 6 / 16 + 10 * 10 / 16) / 16)
    assert (overall.articles_found, overall.articles_output) == (1, 2)


def test_exactly_half_is_not_found_and_the_best_pair_goes_first() -> None:
    gold = [article(block("body", (0, 10)))]
    half = article(block("body", (0, 5)))
    more, most = article(block("body", (0, 6))), article(block("body", (0, 10)))
    assert evaluate([half], gold).overall.articles_found == 0
    assert evaluate([more], gold).overall.articles_found == 1
    assert evaluate([more, most], gold).overall.articles_exact == 1


@pytest.mark.parametrize(
    ("output", "is_exact"),
    [
        pytest.param(replace(BRIDGE, flags=("gap",), text="", id="甲/9"), True, id="flags, text and id apart"),
        pytest.param(replace(BRIDGE, blocks=(block("kicker", (29, 35)), BRIDGE.blocks[1])), False, id="a role"),
        pytest.param(
            replace(BRIDGE, blocks=(BRIDGE.blocks[0], replace(BRIDGE.blocks[1], text="绕路"))), False, id="text"
        ),
        pytest.param(
            replace(BRIDGE, blocks=(BRIDGE.blocks[0], replace(BRIDGE.blocks[1], spans=(Span(36, 40), Span(40, 46))))),
            False,
            id="spans",
        ),
        pytest.param(replace(BRIDGE, blocks=BRIDGE.blocks[::-1]), False, id="order"),
        pytest.param(replace(BRIDGE, byline=(Person("王小河"),)), False, id="a field"),
    ],
)
def test_exact_is_every_block_and_every_field(output: Article, is_exact: bool) -> None:
    overall = evaluate([output], [BRIDGE]).overall
    assert (overall.articles_found, overall.articles_exact) == (1, int(is_exact))


def test_an_output_article_is_found_once() -> None:
    assert evaluate([BRIDGE], [BRIDGE, BRIDGE]).overall.articles_found == 1


def test_an_orphan_is_a_cluster_but_no_article() -> None:
    orphan = replace(BRIDGE, kind="orphan", headline=None)
    overall = evaluate([SPRING, orphan], TWO).overall
    assert prf(overall.bcubed) == (1, 1, 1)
    assert prf(overall.paragraphs) == (1, 1, 1)
    assert (overall.articles_output, overall.articles_found) == (1, 1)
    assert overall.fields == Share(1, 2)
    assert overall.characters_lost == 0


def test_an_orphan_of_the_gold_is_a_cluster_but_no_article() -> None:
    orphan = replace(BRIDGE, kind="orphan", headline=None)
    overall = evaluate(TWO, [SPRING, orphan]).overall
    assert prf(overall.bcubed) == (1, 1, 1)
    assert (overall.articles_gold, overall.articles_found, overall.articles_output) == (1, 1, 2)


def test_furniture_of_the_gold_only_makes_its_page_known() -> None:
    overall = evaluate([BRIDGE], [replace(BRIDGE, kind="furniture")]).overall
    assert (overall.articles_gold, overall.articles_output) == (0, 1)
    assert (overall.bcubed.gold, overall.bcubed.output, overall.bcubed.f1) == (0, 16, 0)


def test_furniture_is_not_scored_but_its_characters_are_not_lost() -> None:
    overall = evaluate([SPRING, replace(BRIDGE, kind="furniture")], TWO).overall
    assert prf(overall.bcubed) == pytest.approx((1, 26 / 42, 2 * 26 / (26 + 42)))
    assert prf(overall.paragraphs) == pytest.approx((1, 2 / 3, 4 / 5))
    assert (overall.articles_output, overall.characters_lost) == (1, 0)


# --- lost and doubled ---


def test_a_lost_character_is_counted_and_located() -> None:
    short = replace(BRIDGE, blocks=(BRIDGE.blocks[0], block("body", (36, 40), (41, 46))))
    overall = evaluate([SPRING, short], TWO).overall
    assert (overall.characters_lost, overall.lost) == (1, (("甲", 40, 41),))
    assert overall.to_record()["lost"] == [["甲", 40, 41]]
    assert overall.bcubed.recall == pytest.approx((26 + 15 * 15 / 16) / 42)


def test_white_space_is_not_lost() -> None:
    page = "一 二\n三四"
    gold = article(block("list", (0, 6), page=page))
    lines = article(block("body", (0, 3), page=page), block("body", (4, 6), page=page))
    overall = evaluate([lines], [gold]).overall
    assert (overall.characters_lost, overall.bcubed.gold, overall.bcubed.output) == (0, 6, 5)
    edited = article(Block("list", (Span(0, 6),), "一二\n三四"))
    assert evaluate([lines], [edited]).overall.lost == (("甲", 3, 4),)


def test_only_the_first_runs_of_lost_characters_are_listed() -> None:
    gold = article(block("body", (0, 46)), kind="orphan")
    every_other = article(*(block("body", (start, start + 1)) for start in range(0, 46, 2)), kind="orphan")
    evaluation = evaluate([every_other], [gold])
    overall = evaluation.overall
    assert evaluation.pages["甲"] == overall
    assert overall.characters_lost == sum(not PAGE[offset].isspace() for offset in range(1, 46, 2))
    assert overall.lost[:2] == (("甲", 1, 2), ("甲", 3, 4))
    assert len(overall.lost) == 20 < overall.characters_lost


def test_text_written_twice_does_not_pay() -> None:
    overall = evaluate([SPRING, BRIDGE, BRIDGE], TWO).overall
    assert (overall.characters_doubled, overall.characters_lost) == (16, 0)
    assert overall.paragraphs.precision == 3 / 4
    assert (overall.articles_found, overall.articles_output) == (2, 3)
    assert overall.fields == Share(2, 3)
    over = evaluate([SPRING, BRIDGE, GLUED], TWO).overall
    assert over.bcubed.precision == pytest.approx((42 + 26 * 26 / 42 + 16 * 16 / 42) / 84)
    assert over.bcubed.recall == 1
    assert over.to_record() == evaluate([GLUED, BRIDGE, SPRING], TWO).overall.to_record()


def test_a_character_twice_in_one_record_is_one_character() -> None:
    twice = replace(BRIDGE, blocks=(*BRIDGE.blocks, BRIDGE.blocks[-1]))
    overall = evaluate([twice], [BRIDGE]).overall
    assert (overall.characters_doubled, overall.bcubed.output, overall.articles_exact) == (10, 16, 0)
    assert prf(overall.bcubed) == (1, 1, 1)


# --- paragraphs and joins ---


def test_one_paragraph_cut_in_two() -> None:
    cut = article(SPRING.blocks[0], block("body", (7, 12)), block("body", (12, 17)), SPRING.blocks[2])
    overall = evaluate([cut, BRIDGE], TWO).overall
    assert prf(overall.paragraphs) == pytest.approx((2 / 4, 2 / 3, 4 / 7))
    assert prf(overall.bcubed) == (1, 1, 1)
    assert (overall.articles_found, overall.articles_exact) == (2, 1)


def test_a_text_counts_as_often_as_it_stands() -> None:
    page = "好好"
    once, again = block("verse", (0, 1), page=page), block("verse", (1, 2), page=page)
    assert prf(evaluate([article(once)], [article(once, again)]).overall.paragraphs) == pytest.approx((1, 1 / 2, 2 / 3))


JOINED = block("body", (7, 17), (18, 28), flags=("joined",))


@pytest.mark.parametrize(
    ("body", "gold_body", "expected"),
    [
        pytest.param(JOINED, JOINED, (1, 1, 1), id="the same join"),
        pytest.param(JOINED, block("body", (7, 17)), (0, 0, 0), id="a wrong join"),
        pytest.param(block("body", (7, 17)), JOINED, (0, 0, 0), id="a missed join"),
        pytest.param(block("body", (7, 17), (36, 46), flags=("joined",)), JOINED, (0, 0, 0), id="the wrong right half"),
        pytest.param(block("body", (7, 17), (18, 28)), JOINED, (0, 0, 0), id="a wrap is no join"),
        pytest.param(block("body", (7, 17), (18, 28)), block("body", (7, 17)), (None, None, None), id="no join at all"),
        pytest.param(
            block("body", (7, 17), (18, 28), (36, 46), flags=("joined",)), JOINED, (1 / 2, 1, 2 / 3), id="one too many"
        ),
    ],
)
def test_joins(body: Block, gold_body: Block, expected: tuple[float | None, ...]) -> None:
    assert prf(evaluate([article(body)], [article(gold_body)]).overall.joins) == expected


# --- fields ---


def test_a_wrong_headline() -> None:
    overall = evaluate([SPRING, replace(BRIDGE, headline="河边修起")], TWO).overall
    assert overall.by_field["headline"] == Share(1, 2)
    assert overall.fields.share == 1 / 2
    assert (overall.articles_found, overall.articles_exact) == (2, 1)


@pytest.mark.parametrize(
    ("byline", "gold_byline", "expected"),
    [
        ([("王小河", "通讯员")], [("王小河", "记者")], Share(1, 1)),
        ([("王小河", None), ("李山", None)], [("王小河", "记者")], Share(1, 2)),
        ([("王小何", "记者")], [("王小河", "记者")], Share(0, 2)),
        ([], [("王小河", "记者"), ("李山", "记者")], Share(0, 2)),
        ([], [], Share(0, 0)),
    ],
)
def test_bylines_count_by_name(
    byline: list[tuple[str, str | None]], gold_byline: list[tuple[str, str | None]], expected: Share
) -> None:
    output = replace(BRIDGE, byline=tuple(Person(*person) for person in byline))
    gold = replace(BRIDGE, byline=tuple(Person(*person) for person in gold_byline))
    assert evaluate([output], [gold]).overall.by_field["byline"] == expected


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "byline"])
def test_fields_count_where_either_side_has_a_value(name: str) -> None:
    bare = replace(BRIDGE, headline=None)
    value, another = cast(dict[str, Any], {name: "3"}), cast(dict[str, Any], {name: "4"})
    with_value, other = replace(bare, **value), replace(bare, **another)
    for output, gold, expected in [
        ([with_value], [with_value], Share(1, 1)),
        ([other], [with_value], Share(0, 1)),
        ([bare], [with_value], Share(0, 1)),
        ([with_value], [bare], Share(0, 1)),
        ([bare], [bare], Share(0, 0)),
        ([], [with_value], Share(0, 1)),
        ([replace(with_value, blocks=SPRING.blocks)], [bare], Share(0, 1)),
    ]:
        overall = evaluate(output, gold).overall
        assert (overall.by_field[name], overall.fields) == (expected, expected)


# --- flags ---


def test_flags_of_structure_are_compared_where_blocks_are_cut_alike() -> None:
    gold = article(
        block("body", (7, 17), flags=("start_missing", "stutter")),
        block("body", (18, 28), flags=("moved",)),
        flags=("start_missing", "gap", "stutter"),
    )
    output = article(
        block("body", (7, 17), flags=("end_missing",)),
        block("body", (18, 27), flags=("repeat_removed",)),
        flags=("start_missing", "end_missing", "reordered"),
    )
    # Gold has 3: start_missing twice (article, block 7-17), gap. Output has 4, end_missing twice. One is the same.
    assert prf(evaluate([output], [gold]).overall.flags) == pytest.approx((1 / 4, 1 / 3, 2 / 7))


def test_findings_must_be_there_and_more_are_allowed() -> None:
    gold = [replace(SPRING, flags=("stutter", "gap")), replace(BRIDGE, flags=("code_switch", "garbled"))]
    overall = evaluate([replace(SPRING, flags=("stutter", "mixed_quotes", "lost_text"))], gold).overall
    assert (overall.findings, overall.findings_more) == (Share(1, 3), 2)
    flagged = article(block("body", (50, 60), page=PAGE * 2), flags=("garbled",))
    assert evaluate([flagged], gold).overall.findings_more == 1


# --- headlines and roles ---


def test_a_headline_counts_where_most_of_its_article_is() -> None:
    whole = evaluate(TWO, TWO).overall
    assert whole.headlines == Share(2, 2)
    # The glued record has the first headline; the second article is in it too, and is told that its headline is wrong.
    glued = evaluate([GLUED], TWO).overall
    assert (glued.headlines, glued.articles_found) == (Share(1, 2), 1)
    # An article in pieces is not found, but the piece that holds most of it has its headline.
    pieces = [article(*SPRING.blocks[:2]), article(SPRING.blocks[2]), BRIDGE]
    assert evaluate(pieces, TWO).overall.headlines == Share(2, 2)
    torn = [article(SPRING.blocks[0]), article(*SPRING.blocks[1:]), BRIDGE]
    assert evaluate(torn, TWO).overall.headlines == Share(1, 2)


def test_a_headline_that_nothing_holds_is_wrong_and_none_is_not_counted() -> None:
    headless = article(*SPRING.blocks[1:])
    assert evaluate([], TWO).overall.headlines == Share(0, 2)
    assert evaluate([headless], [headless]).overall.headlines == Share(0, 0)
    assert evaluate([headless, BRIDGE], TWO).overall.headlines == Share(1, 2)


def test_a_headline_in_two_records_belongs_to_the_smaller() -> None:
    assert evaluate([GLUED, BRIDGE], TWO).overall.headlines == Share(2, 2)
    assert evaluate([BRIDGE, GLUED], TWO).overall.headlines == Share(2, 2)


def test_roles_are_those_of_what_holds_most_of_a_block() -> None:
    output = article(block("kicker", (0, 6)), block("body", (7, 17), (18, 25)), block("caption", (25, 28)))
    scores = evaluate([output], [SPRING]).overall
    assert scores.roles == {("headline", "kicker"): 1, ("body", "body"): 2}
    assert scores.right_roles == Share(2, 3)
    lost = evaluate([article(block("kicker", (0, 6)))], [SPRING]).overall
    assert lost.confused_roles == [("body", None, 2), ("headline", "kicker", 1)]
    assert lost.to_record()["roles"] == {
        "share": 0.0,
        "correct": 0,
        "counted": 3,
        "confused": [["body", None, 2], ["headline", "kicker", 1]],
    }


def test_furniture_records_say_what_became_of_a_block() -> None:
    furniture = article(block("furniture", (0, 6)), kind="furniture")
    scores = evaluate([furniture, article(*SPRING.blocks[1:])], [SPRING]).overall
    assert scores.confused_roles == [("headline", "furniture", 1)]


# --- pages ---


def test_pages_that_the_gold_does_not_know_are_ignored_and_counted() -> None:
    strangers = [replace(SPRING, page_id="乙"), replace(BRIDGE, page_id="乙"), replace(BRIDGE, page_id="丙")]
    evaluation = evaluate([*TWO, *strangers], TWO)
    assert evaluation.pages_not_in_gold == 2
    assert evaluation == replace(evaluate(TWO, TWO), pages_not_in_gold=2)


def test_each_page_has_its_own_scores_and_they_add_up() -> None:
    elsewhere = [replace(item, page_id="乙") for item in TWO]
    evaluation = evaluate([GLUED, *elsewhere], [*TWO, *elsewhere])
    bad, good = evaluation.pages["甲"], evaluation.pages["乙"]
    assert bad == evaluate([GLUED], TWO).overall
    assert (good.bcubed.f1, good.articles_exact) == (1, 2)
    assert evaluation.overall == bad + good
    assert evaluation.overall.bcubed.precision == pytest.approx((42 + 26 * 26 / 42 + 16 * 16 / 42) / 84)


def merged(*parts: tuple[str, Block]) -> Article:
    return replace(article(), parts=tuple(Part(page_id, (item,)) for page_id, item in parts))


def test_a_merged_record_has_the_characters_of_its_parts() -> None:
    left, right = block("body", (7, 17)), block("body", (36, 46))
    whole = merged(("甲", left), ("乙", right))
    gold = [article(left), article(right, page_id="乙")]
    assert evaluate([whole], [whole]).overall.articles_exact == 1
    evaluation = evaluate([whole], gold)
    # Half of the merged record belongs to each gold article, and half is not more than half.
    assert prf(evaluation.overall.bcubed) == pytest.approx((1 / 2, 1, 2 / 3))
    assert prf(evaluation.pages["乙"].bcubed) == pytest.approx((1 / 2, 1, 2 / 3))
    assert (evaluation.overall.articles_found, evaluation.overall.characters_lost) == (0, 0)
    assert [scores.articles_output for scores in evaluation.pages.values()] == [1, 0]
    assert prf(evaluation.overall.paragraphs) == (1, 1, 1)


def test_the_part_of_a_merged_record_on_an_unknown_page_is_ignored() -> None:
    left = block("body", (7, 17))
    whole = merged(("丙", block("body", (36, 46))), ("甲", left))
    evaluation = evaluate([whole], [article(left)])
    assert (evaluation.overall.articles_exact, evaluation.pages_not_in_gold) == (1, 1)


# --- the record and its words ---


def test_the_record_is_plain_rounded_and_in_one_order() -> None:
    record = evaluate([GLUED], TWO).to_record()
    assert list(record) == ["overall", "pages", "pages_not_in_gold"]
    assert list(record["pages"]) == ["甲"]
    assert record["overall"] == record["pages"]["甲"]
    assert record["overall"]["bcubed"] == {"precision": 0.5283, "recall": 1.0, "f1": 0.6914, "gold": 42, "output": 42}
    assert list(record["overall"]["by_field"]) == list(FIELDS)
    assert orjson.loads(orjson.dumps(record)) == record


def test_every_figure_is_defined() -> None:
    evaluation: Evaluation = evaluate([], [])
    defined = {line.split()[0] for line in DEFINITIONS.splitlines() if line[:1] != " " and "  " in line}
    assert {*evaluation.overall.to_record(), "pages_not_in_gold"} <= defined
    assert max(len(line) for line in DEFINITIONS.splitlines()) <= 100
