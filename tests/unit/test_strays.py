"""Pieces that may stand in the wrong article: which runs are found, what is asked about each, and where it may belong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from corpus_tools.model import Block, Role, Span
from corpus_tools.seam_model import SeamModel, seam_model
from corpus_tools.stages.repair import strays
from corpus_tools.stages.repair.strays import (
    FEATURES,
    LEAST_LIKENESS,
    MOST_ARTICLES,
    Layout,
    Run,
    cut_to,
    features,
    layout_of,
    move_weights,
    places_of,
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


def runs(*lines: str | tuple[str, int, int]) -> list[tuple[list[int], int, int | None]]:
    """Blocks, draft and what they stand behind, of every run."""
    layout = layout_of(blocks_of(*lines))
    return [(run.blocks, run.home, run.behind) for run in layout.runs] if layout else []


def named(layout: Layout, run: Run, draft: int, likeness: dict[int, float]) -> dict[str, float]:
    return dict(zip(FEATURES, features(layout, run, draft, likeness), strict=True))


def log(cohesion: float) -> float:
    return math.log(cohesion + LEAST_LIKENESS)


# --- runs ---


def test_whole_articles_have_no_runs() -> None:
    assert runs() == []
    assert runs(ROADS, ROAD, ROAD_TWO, LIBRARY, BOOKS, BOOKS_TWO, LIFT, LIFTS, LIFTS_TWO) == []
    assert runs(ROAD, ROAD_TWO, BOOKS, BOOKS_TWO) == []  # leads open articles of their own


def test_text_above_the_first_head_is_one_run() -> None:
    assert runs(BOOKS_TWO, BOOKS_THREE, ROADS, ROAD, LIBRARY, BOOKS) == [([0, 1], 0, None)]


@pytest.mark.parametrize("closing", ["byline: （记者 柳文）", "jump: （下转第三版）"])
def test_text_behind_what_ends_an_article_is_a_run(closing: str) -> None:
    assert runs(ROADS, ROAD, closing, BOOKS_TWO, BOOKS_THREE, LIBRARY, BOOKS) == [([3, 4], 1, None)]


def test_a_caption_between_does_not_hide_a_stray_start() -> None:
    assert runs(ROADS, ROAD, "byline: （柳文）", "furniture: 第三版", BOOKS_TWO, LIBRARY, BOOKS) == [([4], 1, None)]


def test_what_stands_behind_an_open_end_is_a_run_to_the_articles_end() -> None:
    assert runs(ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, BOOKS_THREE, LIBRARY, BOOKS) == [([3, 4], 0, None)]


def test_each_open_end_begins_another_run() -> None:
    assert runs(ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, BOOKS_OPEN, LIFTS_TWO, LIBRARY, BOOKS, LIFT, LIFTS) == [
        ([3, 4], 0, None),
        ([5], 0, None),
    ]


def test_an_open_end_is_no_run_itself_and_a_lead_is_none() -> None:
    assert runs(ROADS, ROAD, ROAD_OPEN, LIBRARY, BOOKS, BOOKS_TWO) == []
    assert runs(ROADS, ROAD, ROAD_OPEN, BOOKS, BOOKS_TWO) == []


HALF = "了四成，读者用自助借书机很方便，图书馆门口还装了还书箱。"
"""Begins in mid-sentence, as far as its words tell: `begins` lies between the two thresholds."""


def test_a_start_in_mid_sentence_begins_a_run_where_halves_stood_far_apart() -> None:
    assert strays.LOST_START_OF_STRAY < seam_model().begins(HALF) < strays.LOST_START
    assert seam_model().begins(BOOKS_THREE) > strays.LOST_START
    page = (ROADS, ROAD, HALF, BOOKS_THREE, LIBRARY, BOOKS)
    assert runs(*page, ROAD_OPEN) == []
    far = (ROAD_OPEN + "灯的，人来人往。", 65, 92)
    assert runs(*page, far, LIFT, LIFTS, LIFTS_TWO, ROAD_THREE) == [([2, 3], 0, None), ([10], 2, 6)]


def test_a_start_that_is_surely_in_mid_sentence_begins_a_run_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SeamModel, "begins", lambda model, right: -5.0 if right == HALF else 1.0)
    assert runs(ROADS, ROAD, HALF, BOOKS_THREE, LIBRARY, BOOKS, ROAD_OPEN) == [([2, 3], 0, None)]
    assert runs(BOOKS_TWO, HALF, LIFTS_TWO, ROADS, ROAD) == [([0], 0, None), ([1, 2], 0, None)]


def test_a_flagged_start_begins_a_run_whatever_it_is_like() -> None:
    blocks = blocks_of(ROADS, ROAD, BOOKS_TWO, BOOKS_THREE, LIBRARY, BOOKS, ROAD_OPEN)
    assert layout_of(blocks) is None
    blocks[2] = replace(blocks[2], flags=("start_missing",))
    layout = layout_of(blocks)
    assert layout is not None
    assert [run.blocks for run in layout.runs] == [[2, 3]]


JOINED = (ROAD_OPEN + "灯的，人来人往。", 15, 52)
"""Its first half stands behind block 1, its second behind block 5."""


def test_what_follows_a_joined_half_in_the_file_is_a_run_behind_it() -> None:
    found = runs(ROADS, ROAD, JOINED, LIBRARY, BOOKS, BOOKS_TWO, ROAD_TWO, ROAD_THREE, LIFT, LIFTS)
    assert found == [([6, 7], 1, 2)]


def test_what_stood_between_the_halves_is_a_run_of_its_own() -> None:
    """Below the first half stands now what stood between: the article goes on below it, where the second half stood."""
    joined = (JOINED[0], 15, 42)
    found = runs(ROADS, ROAD, joined, BOOKS_TWO, BOOKS_THREE, ROAD_TWO, LIBRARY, BOOKS)
    assert found == [([3, 4], 0, None)]


def test_what_follows_from_so_near_stays() -> None:
    """Halves with a picture or so between: the follower stands in its article already."""
    joined = (ROAD_OPEN + "灯的，人来人往。", 15, 35)
    assert runs(ROADS, ROAD, joined, "caption: 图为河堤夜景。", ROAD_TWO, ROAD_THREE, LIBRARY, BOOKS) == []
    far = runs(ROADS, ROAD, (joined[0], 15, 65), *["caption: 图为河堤夜景。"] * 4, ROAD_TWO, LIBRARY, BOOKS)
    assert all(behind is None for _, _, behind in far)


def test_a_lead_or_a_heading_behind_a_joined_half_stays() -> None:
    assert all(run[2] is None for run in runs(ROADS, ROAD, JOINED, LIBRARY, BOOKS, BOOKS_TWO, LIFTS, LIFTS_TWO))
    assert all(run[2] is None for run in runs(ROADS, ROAD, JOINED, LIBRARY, BOOKS, BOOKS_TWO, LIFT, LIFTS))


def test_a_page_of_too_many_articles_is_left_alone() -> None:
    articles = [line for _ in range(MOST_ARTICLES) for line in (ROADS, ROAD)]
    assert layout_of(blocks_of(BOOKS_TWO, *articles)) is None
    assert layout_of(blocks_of(BOOKS_TWO, *articles[2:])) is not None


# --- the layout ---


def test_texts_and_sizes_are_without_what_is_in_doubt() -> None:
    layout = laid_out(ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, LIBRARY, BOOKS)
    assert layout.texts == ["\n".join((ROADS[9:], ROAD, ROAD_OPEN)), f"{LIBRARY[9:]}\n{BOOKS}"]
    assert layout.sizes == [len(text) for text in layout.texts]
    assert layout.text([1, 3]) == f"{ROAD}\n{BOOKS_TWO}"
    assert [layout.draft_of(index) for index in range(6)] == [0, 0, 0, 0, 1, 1]


def test_furniture_is_in_no_draft() -> None:
    layout = laid_out("furniture: 第三版", BOOKS_TWO, ROADS, ROAD)
    assert all(0 not in draft.blocks for draft in layout.drafts)


# --- features ---


LIKENESS = {0: 0.19, 1: 0.39, 2: 0.09}


def test_features_of_a_run_in_an_article_with_a_head() -> None:
    layout = laid_out(ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, LIBRARY, BOOKS, LIFT, LIFTS)
    (run,) = layout.runs
    value = named(layout, run, 1, LIKENESS)
    size = math.log(len(BOOKS_TWO) / 100 + 0.05)
    assert (
        value
        == pytest.approx(
            {
                "always": 1,
                "like": math.log(0.4),
                "over_second": math.log(0.4 / 0.1),  # the second is not the article it stands in
                "under_second": 0,
                "over_home": math.log(0.4 / 0.2),
                "over_home_headed": math.log(0.4 / 0.2),
                "size": size,
                "size_over_second": size * math.log(4),
                "lost": max(0.0, min(6.0, -seam_model().begins(layout.blocks[3].text))),
                "open_above": 1,
                "stray": 0,
                "far_joins": 0,
                "behind": 0,
                "behind_over_best": 0,
                "no_text": 0,
                "article_size": math.log((len(BOOKS) + len(LIBRARY[9:]) + 1) / 100 + 0.05),
            }
        )
    )
    worse = named(layout, run, 2, LIKENESS)
    assert worse["over_second"] == worse["under_second"] == pytest.approx(math.log(0.1 / 0.4))


def test_features_of_a_run_without_a_head() -> None:
    layout = laid_out(BOOKS_TWO, BOOKS_THREE, ROADS, ROAD, LIBRARY, LIFTS_TWO)
    (run,) = layout.runs
    value = named(layout, run, 1, {1: 0.29, 2: 0.09})
    assert value["stray"] == 1
    assert value["open_above"] == 0
    assert value["over_home_headed"] == 0
    assert value["over_home"] == pytest.approx(log(0.29) - log(0))
    assert value["size"] == pytest.approx(math.log((len(BOOKS_TWO) + len(BOOKS_THREE)) / 100 + 0.05))


def test_features_of_a_run_behind_a_joined_half() -> None:
    layout = laid_out(ROADS, ROAD, JOINED, LIBRARY, BOOKS, BOOKS_TWO, ROAD_TWO, ROAD_THREE, LIFT, LIFTS)
    (run,) = layout.runs
    own = named(layout, run, 0, {0: 0.29, 1: 0.19, 2: 0.09})
    assert (own["behind"], own["far_joins"]) == (1, 1)
    assert own["behind_over_best"] == pytest.approx(math.log(0.3 / 0.2))  # against the one it stands in, too
    other = named(layout, run, 2, {0: 0.29, 1: 0.19, 2: 0.09})
    assert (other["behind"], other["behind_over_best"]) == (0, 0)


def test_an_article_without_text() -> None:
    layout = laid_out(BOOKS_TWO, LIBRARY, ROADS, ROAD)
    (run,) = layout.runs
    assert layout.drafts[1].has_text  # two headings in a row are one head
    layout = laid_out(BOOKS_TWO, ROADS, ROAD, LIBRARY)
    (run,) = layout.runs
    assert named(layout, run, 2, {1: 0.1, 2: 0.3})["no_text"] == 1
    assert named(layout, run, 1, {1: 0.1, 2: 0.3})["no_text"] == 0


def test_far_joins_count_to_three() -> None:
    layout = laid_out(BOOKS_TWO, ROADS, ROAD)
    for n_far, shown in ((0, 0), (2, 2), (3, 3), (9, 3)):
        layout.n_far = n_far
        assert named(layout, layout.runs[0], 1, {1: 0.1})["far_joins"] == shown


def test_lost_is_between_nothing_and_six_nats(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = laid_out(BOOKS_TWO, ROADS, ROAD)
    for opening, shown in ((3.0, 0.0), (-2.5, 2.5), (-40.0, 6.0)):
        monkeypatch.setattr(SeamModel, "begins", lambda model, right, opening=opening: opening)
        assert named(layout, layout.runs[0], 1, {1: 0.1})["lost"] == shown


# --- places ---


PAGE = (BOOKS_TWO, BOOKS_THREE, ROADS, ROAD, ROAD_TWO, LIBRARY, BOOKS, LIFT, LIFTS, LIFTS_TWO)


def test_places_come_the_likeliest_first() -> None:
    layout = laid_out(*PAGE)
    places = places_of(layout, layout.runs[0], move_weights())
    assert [place.probability for place in places] == sorted((place.probability for place in places), reverse=True)
    assert places[0].draft == 2
    assert {place.draft for place in places} == {1, 2, 3}
    assert all(0 <= place.probability <= 1 and place.probability == round(place.probability, 4) for place in places)
    assert places[0].cohesion == max(place.cohesion for place in places)


def test_places_of_one_probability_come_in_page_order() -> None:
    layout = laid_out(*PAGE)
    places = places_of(layout, layout.runs[0], (0.0,) * len(FEATURES))
    assert [(place.draft, place.probability) for place in places] == [(1, 0.5), (2, 0.5), (3, 0.5)]


def test_places_are_neither_home_nor_pictures_nor_strays() -> None:
    photo = ("caption: 图为市民在读书。", "credit: 柳文 摄")
    layout = laid_out(*photo, ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, "byline: （柳文）", BOOKS_THREE, LIBRARY, BOOKS)
    opened = [draft.opened_by for draft in layout.drafts]
    assert opened == ["photo", "head", "stray", "head"]
    found = [{place.draft for place in places_of(layout, run, move_weights())} for run in layout.runs]
    assert found == [{3}, {1, 3}]


def test_a_page_of_one_article_has_no_other_place() -> None:
    layout = laid_out(ROADS, ROAD, ROAD_OPEN, ROAD_TWO)
    assert places_of(layout, layout.runs[0], move_weights()) == []


def test_odds_beyond_measure_stay_probabilities() -> None:
    layout = laid_out(*PAGE)
    for weight, probability in ((1e6, 1.0), (-1e6, 0.0)):
        weights = (weight, *(0.0,) * (len(FEATURES) - 1))
        assert {place.probability for place in places_of(layout, layout.runs[0], weights)} == {probability}


def test_weights_are_read_by_name(tmp_path: Path) -> None:
    file = tmp_path / "weights.tsv"
    rows = [f"{name}\t{number}.5" for number, name in enumerate(FEATURES)]
    file.write_text("# a comment\n" + "\n".join(reversed(rows)) + "\n", "utf-8")
    assert move_weights(file) == tuple(number + 0.5 for number in range(len(FEATURES)))


# --- what goes along ---


def cut(layout: Layout, run: Run, draft: int) -> Sequence[int]:
    return cut_to(layout, run, draft).blocks


def test_a_run_ends_where_the_article_it_stands_in_goes_on() -> None:
    layout = laid_out(ROADS, ROAD, ROAD_OPEN, BOOKS_TWO, BOOKS_THREE, ROAD_TWO, ROAD_THREE, LIBRARY, BOOKS, LIFT, LIFTS)
    (run,) = layout.runs
    assert run.blocks == [3, 4, 5, 6]
    assert cut(layout, run, 1) == [3, 4]
    assert cut(layout, run, run.home) == run.blocks
    assert cut(layout, run, 2) == [3]  # the first goes along in any case


def test_a_stray_run_goes_as_a_whole() -> None:
    layout = laid_out(BOOKS_TWO, ROAD_TWO, LIFTS_TWO, ROADS, ROAD, LIBRARY, BOOKS, LIFT, LIFTS)
    (run,) = layout.runs
    assert cut(layout, run, 2) == run.blocks == [0, 1, 2]


def test_a_stray_run_behind_a_joined_half_is_cut() -> None:
    layout = laid_out(ROADS, ROAD, JOINED, LIBRARY, BOOKS, "byline: （柳文）", ROAD_TWO, ROAD_THREE, BOOKS_THREE)
    (run,) = layout.runs
    assert run == Run([6, 7, 8], 2, 2)
    assert layout.drafts[run.home].opened_by == "stray"
    assert cut_to(layout, run, 0) == Run([6, 7], 2, 2)
