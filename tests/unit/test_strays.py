"""Pieces that may stand in the wrong article: which runs are found, what is asked about each, and where it may belong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from corpus_tools.model import Block, Role, Span
from corpus_tools.stages.repair.drafted import HOMES, MOST_ARTICLES, Layout, Run, layout_of, links_of, with_ending
from corpus_tools.stages.repair.kinship import OWN, Kinship
from corpus_tools.stages.repair.stray_features import FEATURES
from corpus_tools.stages.repair.strays import (
    HOPELESS,
    MOST_BLOCKS,
    Place,
    Weights,
    best_of,
    move_weights,
    needy_pairs,
    places,
)

ROAD = "本报讯 汀溪河堤步道全长六公里，去年十月动工，河堤沿线补种了垂柳和海棠，还安装了三百多盏路灯。"
ROAD_TWO = "据了解，河堤步道由县住建局负责养护，每天有十二名工人清扫巡查，发现路灯损坏当天就修好。"
ROAD_THREE = "下一步，县里还要把河堤步道向上游延伸两公里，河堤沿线再装路灯，同三座公园连成一线。"
ROAD_OPEN = "去年冬天，步道旁又新修了一座凉亭，老人们走累了就在亭子里坐一坐，看看路"
BOOKS = "本报讯 市图书馆新馆今年把闭馆时间推迟到晚上十点，前来看书的读者比往年多了一倍。"
BOOKS_TWO = "据介绍，图书馆，新馆藏书三十万册，其中少儿图书占了四成，读者用自助借书机很方便。"
BOOKS_THREE = "此外，读者如果找不到想看的图书，可以写在登记本上，图书馆每个月采购一次。"
BOOKS_OPEN = "为了方便读者，图书馆还在新馆门口装了还书箱，读者夜里也能来还图"
LIFTS = "本报讯 城关街道的十二个老旧小区今年陆续装上了电梯，费用由政府补贴，居民按楼层分摊。"
LIFTS_TWO = "社区干部为装电梯挨家挨户征求居民意见，前后开了二十多次会，才把小区的分摊方案定下来。"
ROADS, LIBRARY, LIFT = "heading: 河堤步道亮起来", "heading: 图书馆夜里也开门", "heading: 老旧小区装上电梯"


def blocks_of(*lines: str | tuple[str, int, int]) -> list[Block]:
    """A block for each line, `role: text` or the text of a body block. `(text, first, second)` is a joined block whose
    halves stand at these numbers of lines in the file; the other blocks stand
    where they are in the list, ten times as far apart."""
    blocks: list[Block] = []
    for number, line in enumerate(lines):
        if isinstance(line, tuple):
            text, *places = line
            spans = tuple(Span(place * 1000, place * 1000 + 20) for place in places)
            blocks.append(Block("body", spans, text, ("joined",)))
            continue
        role, colon, text = line.partition(": ")
        role, text = (role, text) if colon else ("body", line)
        blocks.append(Block(cast(Role, role), (Span(number * 10_000, number * 10_000 + len(text)),), text))
    return blocks


def laid_out(*lines: str | tuple[str, int, int]) -> Layout:
    layout = layout_of(blocks_of(*lines))
    assert layout is not None
    return layout


ZEROS = dict.fromkeys(HOMES, (0.0,) * len(FEATURES))
NOTHING = Weights(ZEROS, ZEROS)


def found(layout: Layout, weights: Weights = NOTHING) -> list[Place]:
    return list(places(layout, weights))


def named(layout: Layout, blocks: Sequence[int], goal: int) -> dict[str, float]:
    """The features of a run of these blocks and that article."""
    (place,) = [each for each in found(layout) if each.run.blocks == list(blocks) and each.draft == goal]
    return dict(zip(FEATURES, place.values, strict=True))


# --- the layout ---


def test_whole_articles_have_no_layout() -> None:
    assert layout_of([]) is None
    assert layout_of(blocks_of(ROADS, ROAD, ROAD_TWO, LIBRARY, BOOKS, BOOKS_TWO, LIFT, LIFTS, LIFTS_TWO)) is None
    assert layout_of(blocks_of(ROAD, ROAD_TWO, BOOKS, BOOKS_TWO)) is None  # leads open articles of their own


@pytest.mark.parametrize("closing", ["byline: （记者 柳文）", "jump: （下转第三版）"])
def test_a_page_with_text_behind_what_ends_an_article_has_one(closing: str) -> None:
    layout = laid_out(ROADS, ROAD, closing, BOOKS_TWO, LIBRARY, BOOKS)
    assert [draft.opened_by for draft in layout.drafts] == ["head", "stray", "head"]


def test_a_caption_between_does_not_hide_a_stray_start() -> None:
    laid_out(ROADS, ROAD, "byline: （柳文）", "furniture: 第三版", BOOKS_TWO, LIBRARY, BOOKS)


def test_a_page_of_too_many_articles_or_of_one_is_left_alone() -> None:
    articles = [line for _ in range(MOST_ARTICLES) for line in (ROADS, ROAD)]
    assert layout_of(blocks_of(BOOKS_TWO, *articles)) is None
    assert layout_of(blocks_of(BOOKS_TWO, *articles[2:])) is not None
    assert found(laid_out(ROADS, ROAD, ROAD_OPEN, ROAD_TWO)) == []


def test_furniture_is_in_no_draft() -> None:
    layout = laid_out("furniture: 第三版", BOOKS_TWO, ROADS, ROAD)
    assert 0 not in layout.home_of and layout.home_of == {1: 0, 2: 1, 3: 1}


JOINED = (ROAD_OPEN + "灯的，人来人往。", 15, 52)
"""Its first half stands behind block 1, its second behind block 5."""


def test_what_stood_beside_a_joined_half_is_linked_to_it() -> None:
    links = links_of(blocks_of(ROADS, ROAD, JOINED, LIBRARY, BOOKS, BOOKS_TWO, ROAD_TWO, ROAD_THREE, LIFT, LIFTS))
    assert (links.before[6], links.behind[2]) == (2, 6)
    assert links.before_elsewhere == {6} and links.n_far == 1
    assert links.before[2] == 1 and links.behind[6] == 7
    assert links.torn_behind == {5: 2} and links.torn_before == {}  # a column ended below block 5
    assert links.beside([6, 7]) == [2, 7, 6]


def test_nothing_is_linked_over_a_head_a_byline_or_a_jump() -> None:
    links = links_of(blocks_of(ROADS, ROAD, "byline: （柳文）", BOOKS_TWO, LIBRARY, BOOKS))
    assert not links.before and not links.behind
    links = links_of(blocks_of(ROADS, ROAD, "caption: 图为河堤。", ROAD_TWO))
    assert links.before == {3: 1}  # a picture is passed over


def test_what_stood_between_halves_is_torn_on_both_sides() -> None:
    links = links_of(blocks_of(ROADS, ROAD, (JOINED[0], 15, 42), BOOKS_TWO, BOOKS_THREE, ROAD_TWO, LIBRARY, BOOKS))
    assert links.torn_before == {3: 2} and links.torn_behind == {4: 2}
    assert links.before[5] == 2


def test_a_byline_behind_a_run_goes_along() -> None:
    layout = laid_out(BOOKS_TWO, BOOKS_THREE, "byline: （柳文）", ROADS, ROAD)
    assert with_ending(layout, Run([1], 0, 1)) == [1, 2]
    assert with_ending(layout, Run([0], 0)) == [0]


# --- what articles say ---


def test_kinship_adds_up_and_leaves_out_what_is_judged() -> None:
    blocks = blocks_of(ROADS, ROAD, ROAD_TWO, LIBRARY, BOOKS, BOOKS_TWO, BOOKS_THREE)
    kinship = Kinship(blocks, [[0, 1, 2, 5], [3, 4, 6]])
    assert kinship.toward(5, 0)[1] > kinship.alone(5, 0) >= 0  # about books, among roads
    assert kinship.alone(2, 0) > kinship.toward(2, 0)[1]
    assert kinship.toward(5, 0)[0] == 0.0
    (one,) = kinship.at_home([5], 0)
    both = list(kinship.at_home([5, 2], 0))
    assert both[0] == one == kinship.alone(5, 0)
    assert list(kinship.at_home([0, 1, 2, 5], 0))[-1] == pytest.approx(0.0)  # nothing is left that could say anything
    assert kinship.size(1) == sum(kinship.sizes[index] for index in (3, 4, 6))


def test_words_of_one_block_say_nothing() -> None:
    blocks = blocks_of("甲乙丙丁。", "戊己庚辛。", "壬癸子丑。")
    assert Kinship(blocks, [[0, 1], [2]]).toward(0, 0) == [0.0, 0.0]


def test_kinship_says_the_same_after_blocks_have_moved_as_if_it_were_new() -> None:
    blocks = blocks_of(ROADS, ROAD, ROAD_TWO, LIBRARY, BOOKS, BOOKS_TWO, LIFT, LIFTS, LIFTS_TWO)
    kinship = Kinship(blocks, [[0, 1, 2, 5], [3, 4], [6, 7, 8]])
    for block, home in ((1, 0), (5, 0), (4, 1), (7, 2)):
        kinship.toward(block, home)
    members = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    kinship.deal(members)
    anew = Kinship(blocks, members)
    for home, its in enumerate(members):
        for block in its:
            assert kinship.toward(block, home) == anew.toward(block, home)
            assert kinship.alone(block, home) == anew.alone(block, home)
        assert list(kinship.at_home(its, home)) == list(anew.at_home(its, home))
        assert kinship.size(home) == anew.size(home)
    assert any(kinship.toward(7, 2))


# --- runs and places ---


PAGE = (ROADS, ROAD, ROAD_TWO, BOOKS_TWO, BOOKS_THREE, ROAD_THREE, LIBRARY, BOOKS, LIFT, LIFTS, ROAD_OPEN)


def test_any_blocks_in_a_row_may_be_a_run() -> None:
    runs = [(place.run.blocks, place.draft) for place in found(laid_out(*PAGE))]
    assert ([3, 4], 1) in runs and ([3], 1) in runs and ([4], 1) in runs
    assert all(len(blocks) <= MOST_BLOCKS["headed"] for blocks, _ in runs)
    assert not any(index in blocks for blocks, _ in runs for index in (0, 1, 6, 7, 8, 9))  # heads and leads stay


def test_the_shipped_weights_like_best_what_is_astray() -> None:
    best = best_of(found(laid_out(*PAGE), move_weights()))
    assert set(best[0].run.blocks) <= {3, 4} and best[0].draft == 1


def test_of_runs_that_overlap_the_first_weighing_takes_the_best() -> None:
    def place(blocks: list[int], first: float, second: float) -> Place:
        return Place(Run(blocks, 0), 1, (), first, second)

    one, two, three = place([1, 2], 2.0, 0.5), place([2, 3], 1.0, 4.0), place([4], 0.0, 1.0)
    assert best_of([one, two, three, place([9], HOPELESS - 0.1, 9.0)]) == [three, one]


def test_marked_briefs_stay() -> None:
    layout = laid_out(f"●{BOOKS_TWO}", f"●{BOOKS_THREE}", LIBRARY, BOOKS, ROADS, ROAD)
    assert found(layout) == []


def test_text_without_a_head_moves_as_a_whole_and_is_compared_with_what_has_its_words() -> None:
    layout = laid_out(BOOKS_TWO, BOOKS_THREE, ROADS, ROAD, LIBRARY, BOOKS, LIFT, LIFTS)
    assert [(place.run.blocks, place.draft) for place in found(layout)] == [([0, 1], 2)]


def test_text_without_a_head_is_parted_where_a_column_may_have_ended() -> None:
    layout = laid_out(BOOKS_OPEN, ROAD_TWO, ROADS, ROAD, LIBRARY, BOOKS, LIFT, LIFTS)
    runs = {tuple(place.run.blocks) for place in found(layout)}
    assert {(0,), (1,)} < runs


def test_a_head_and_a_text_that_lost_each_other_are_matched_by_words_one_to_one() -> None:
    text = "县里的河堤步道亮起来以后，散步的人多了。"
    layout = laid_out(text, ROAD_TWO, LIBRARY, BOOKS, "byline: （柳文）", ROADS)
    (pair,) = needy_pairs(layout)
    assert (pair.run.blocks, layout.drafts[pair.draft].head) == ([0, 1], [5])
    assert list(needy_pairs(laid_out(BOOKS_TWO, LIBRARY, BOOKS, "byline: （柳文）", ROADS))) == []  # other words
    twice = laid_out(text, ROADS, "byline: （柳文）", LIBRARY, BOOKS, "byline: （柳文）", ROADS)
    assert list(needy_pairs(twice)) == []  # two heads that it would fit as well


def test_places_are_neither_home_nor_pictures_nor_strays() -> None:
    photo = ("caption: 图为市民在读书。", "credit: 柳文 摄")
    layout = laid_out(*photo, ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, "byline: （柳文）", BOOKS_THREE, LIBRARY, BOOKS)
    assert [draft.opened_by for draft in layout.drafts] == ["photo", "head", "stray", "head"]
    assert {place.draft for place in found(layout) if place.run.home == 1} == {3}
    assert {place.draft for place in found(layout) if place.run.home == 2} == {3}


def test_probabilities_are_rounded_and_odds_beyond_measure_stay_probabilities() -> None:
    for weight, probability in ((1e6, 1.0), (-1e6, 0.0)):
        second = dict.fromkeys(HOMES, (weight, *(0.0,) * (len(FEATURES) - 1)))
        assert {each.probability for each in found(laid_out(*PAGE), Weights(ZEROS, second))} == {probability}
    assert all(each.probability == round(each.probability, 4) for each in found(laid_out(*PAGE), move_weights()))


# --- features ---


def test_features_of_what_the_articles_say() -> None:
    layout = laid_out(*PAGE)
    value = named(layout, [3, 4], 1)
    kinship = layout.kinship
    says = kinship.toward(3, 0)[1] + kinship.toward(4, 0)[1]
    n = kinship.sizes[3] + kinship.sizes[4]
    home = list(kinship.at_home([3, 4], 0))[-1]
    assert value["over_home"] == pytest.approx(math.sqrt(says - home))
    assert value["over_home_rate"] == pytest.approx(min(2.0, 20 * (says - home) / (n + 100)))
    floor = says + n * math.log(1 - OWN)
    assert value["over_page"] == pytest.approx(math.copysign(math.sqrt(abs(floor)), floor))
    assert value["size"] == pytest.approx(math.log(n / 100 + 0.05))
    assert (value["always"], value["best"], value["n_blocks"]) == (1, 1, math.log(2))
    assert value["short"] == pytest.approx(max(0.0, 1 - n / 100))


def test_features_of_what_stood_beside_it() -> None:
    layout = laid_out(ROADS, ROAD, JOINED, LIBRARY, BOOKS, BOOKS_TWO, ROAD_TWO, ROAD_THREE, LIFT, LIFTS)
    value = named(layout, [6, 7], 0)
    assert (value["follows"], value["leads"], value["follows_other"], value["follows_home"]) == (1, 0, 0, 0)
    assert (value["disorder"], value["tail"], value["takes_all"]) == (1, 1, 0)
    within = laid_out(ROADS, ROAD, (JOINED[0], 15, 42), BOOKS_TWO, BOOKS_THREE, ROAD_TWO, LIBRARY, BOOKS)
    value = named(within, [3, 4], 1)
    assert (value["torn_above"], value["torn_below"], value["between_halves"]) == (1, 1, 1)
    value = named(within, [3], 1)
    assert (value["torn_above"], value["torn_below"], value["between_halves"], value["leads_home"]) == (1, 0, 0, 1)


def test_features_of_where_it_stands() -> None:
    layout = laid_out(ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, LIBRARY, BOOKS)
    value = named(layout, [3], 1)
    assert (value["open_above"], value["tail"], value["next"], value["near"], value["open_ends"]) == (1, 1, 1, 1, 1)
    assert (value["below_head"], value["no_text"], value["whole_stray"]) == (0, 0, 0)
    stray = laid_out(BOOKS_TWO, BOOKS_THREE, ROADS, ROAD, LIBRARY, BOOKS)
    value = named(stray, [0, 1], 2)
    assert (value["whole_stray"], value["tail"], value["next"], value["below_head"]) == (1, 1, 0, 0)
    needy = laid_out(BOOKS_TWO, ROADS, ROAD, LIBRARY)
    assert named(needy, [0], 2)["no_text"] == 1


def test_a_flagged_start_is_a_feature() -> None:
    blocks = blocks_of(ROADS, ROAD, BOOKS_TWO, BOOKS_THREE, LIBRARY, BOOKS, ROAD_OPEN)
    blocks[2] = replace(blocks[2], flags=("start_missing",))
    layout = layout_of(blocks)
    assert layout is not None
    value = named(layout, [2, 3], 1)
    assert (value["flagged"], value["lost_starts"], value["below_head"]) == (1, 1, 1)


def test_weights_are_read_by_name(tmp_path: Path) -> None:
    file = tmp_path / "weights.tsv"
    rows = [
        f"{weighing}\t{home}\t{name}\t{number}.5"
        for weighing in ("first", "second")
        for home in HOMES
        for number, name in enumerate(FEATURES)
    ]
    file.write_text("# a comment\n" + "\n".join(reversed(rows)) + "\n", "utf-8")
    read = move_weights(file)
    assert set(read.first.values()) == set(read.second.values()) == {tuple(n + 0.5 for n in range(len(FEATURES)))}
