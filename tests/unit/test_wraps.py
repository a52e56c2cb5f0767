"""Printed lines: how wide they are, how they stand together, and which of them are one paragraph."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.blocks import line_blocks
from corpus_tools.edits import revise
from corpus_tools.model import Block, Edit, Join, Page, Rewrite, Span
from corpus_tools.options import MODES, Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages.repair.columns import MAX_COLUMN, MIN_COLUMN, column_widths
from corpus_tools.stages.repair.layout import Line, lines_of, printed_width, stanzas
from corpus_tools.stages.repair.line_ends import needed_room
from corpus_tools.stages.repair.wraps import join_wraps


def page_of(*lines: str) -> Page:
    """A page of these lines, with a body block for each that is not blank."""
    page = page_from_text("\n".join(lines), "page", "page.txt")
    return Page(page.id, page.text, page.source, blocks=line_blocks(page))


def line(width: float, *, indent: float = 0.0, block: int = 0, blank_above: int = 0) -> Line:
    """A line of that width that ends a sentence; the rest of its text does not matter."""
    return Line(block, "字" * (int(width) - 1) + "。", width, indent, blank_above)


def fails(reason: str, *values: Any) -> Any:
    """An example that fails today, and why."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True))


# --- widths ---


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0.0),
        ("报", 1.0),
        ("，。：“”…—", 7.0),
        ("a", 0.5),
        (" ", 0.5),
        ("\u3000", 1.0),
        ("增长10％", 4.0),
        ("ZH08标段", 4.0),
        ("１９９８年", 5.0),
        ("188.5米", 3.5),
        ("Éléphant", 4.0),
        ("𠮷野家", 3.0),
        ("〇一二", 3.0),
    ],
)
def test_printed_width(text: str, width: float) -> None:
    assert printed_width(text) == width


@settings(deadline=None)
@given(st.text("报，a1 \u3000é𠮷", max_size=20), st.text("报，a1 \u3000é𠮷", max_size=20))
def test_width_adds_up(left: str, right: str) -> None:
    assert printed_width(left + right) == printed_width(left) + printed_width(right)


@pytest.mark.parametrize(
    "text", ["完。", "好！", "吗？", "了……", "他说，", "如下：", "意见；", "”", "》", "（摄）", "end."[:3] + ","]
)
def test_line_ends_with_mark(text: str) -> None:
    assert Line(0, text, printed_width(text), 0.0, 0).ends_with_mark


@pytest.mark.parametrize("text", ["报", "10", "％", "——", "ZH08", "·", "（", "“"])
def test_line_ends_without_mark(text: str) -> None:
    assert not Line(0, text, printed_width(text), 0.0, 0).ends_with_mark


# --- lines of a page ---


def shape(page: Page) -> list[tuple[str, float, float, int]]:
    """Text, width, indent and blank lines above of each line."""
    return [(each.text, each.width, each.indent, each.blank_above) for each in lines_of(page)]


def test_lines_of_a_page() -> None:
    page = page_of("  本报讯 昨日，", "市区降雨。", "", "", " 气温10℃", "")
    assert shape(page) == [("本报讯 昨日，", 6.5, 2.0, 9), ("市区降雨。", 5.0, 0.0, 0), ("气温10℃", 4.0, 1.0, 2)]
    assert [each.block for each in lines_of(page)] == [0, 1, 2]


def test_lines_of_no_blocks() -> None:
    page = page_of("要闻")
    assert lines_of(Page(page.id, page.text, page.source)) == []


@pytest.mark.parametrize("above", [0, 1, 2, 5])
def test_blank_lines_above(above: int) -> None:
    assert lines_of(page_of("要闻", *[""] * above, "综合"))[1].blank_above == above


def test_blank_lines_of_white_space() -> None:
    assert lines_of(page_of("要闻", "  ", "综合"))[1].blank_above == 1


def test_indent_of_a_full_width_space_and_a_tab() -> None:
    page = page_of("\u3000\u3000本报讯", "  本报讯", "\u3000本报讯")
    assert [each.indent for each in lines_of(page)] == [2.0, 2.0, 1.0]


def test_blocks_of_several_lines_are_passed_over() -> None:
    page = page_of("要闻", "春风又绿", "江南岸。", "综合")
    verse = Block("verse", (Span(3, 12),), "春风又绿\n江南岸。")
    joined = Block("body", (Span(0, 2), Span(13, 15)), "要闻综合")
    first, _, _, last = page.blocks
    assert [each.block for each in lines_of(Page(page.id, page.text, page.source, blocks=(first, verse, last)))] == [
        0,
        2,
    ]
    assert lines_of(Page(page.id, page.text, page.source, blocks=(joined, verse))) == []


def test_lines_are_read_in_the_text_as_it_now_is() -> None:
    page = revise(
        page_from_text("\u200b  要 闻\n综合", "page", "page.txt"), "normalise", "rule", [Edit(Span(0, 1), "\u200b", "")]
    )
    page = Page(page.id, page.text, page.source, history=page.history, blocks=line_blocks(page))
    assert shape(page) == [("要 闻", 2.5, 2.0, 9), ("综合", 2.0, 0.0, 0)]


# --- stanzas ---


def test_stanzas() -> None:
    lines = [
        line(5, block=0, blank_above=9),
        line(5, block=1),
        line(5, block=2, blank_above=1),
        line(5, block=4),
        line(5, block=5),
    ]
    assert [[each.block for each in run] for run in stanzas(lines)] == [[0, 1], [2], [4, 5]]
    assert list(stanzas([])) == []


# --- column widths ---


def widths_of(widths: list[float], indent: float = 0.0) -> list[float | None]:
    return column_widths([line(each, indent=indent, block=at) for at, each in enumerate(widths)])


@pytest.mark.parametrize(
    ("widths", "width"),
    [
        ([17, 17, 17, 9], 17),
        ([17, 18, 17.5, 9, 17, 17, 4], 17),
        ([12, 12], 12),
        ([18, 9, 18, 9, 18, 9], 18),  # paragraphs of two lines
        ([16, 18, 18, 9, 16, 18, 7, 16, 18, 18, 3], 18),  # stripped indents
        ([MIN_COLUMN, MIN_COLUMN], MIN_COLUMN),
        ([MAX_COLUMN, MAX_COLUMN], MAX_COLUMN),
    ],
)
def test_one_column(widths: list[float], width: float) -> None:
    assert widths_of(widths) == [width] * len(widths)


@pytest.mark.parametrize(
    "widths",
    [
        [],
        [18],
        [18, 9],
        [40, 12, 90, 33, 27, 61],  # paragraphs on one line each
        [4, 4, 4, 4],  # narrower than any column: names, values
        [60, 60, 60],  # wider than any column
        [5, 9, 12, 15, 19, 22],
        [MIN_COLUMN - 0.5] * 3,
        [MAX_COLUMN + 0.5] * 3,
    ],
)
def test_no_column(widths: list[float]) -> None:
    assert widths_of(widths) == [None] * len(widths)


def test_the_width_changes_between_columns() -> None:
    wide, narrow = [22.0, 22, 22, 8, 22, 22, 15], [12.0, 12, 12, 12, 5, 12, 12, 7]
    assert widths_of(wide + narrow) == [22] * 7 + [12] * 8
    assert widths_of(narrow + wide) == [12] * 8 + [22] * 7


def test_a_wide_headline_is_of_no_column() -> None:
    assert widths_of([26.0, *[18.0, 18, 18, 18, 9] * 2]) == [None] + [18] * 10


def test_widths_count_the_indent_as_printed() -> None:
    lines = [line(16, indent=4), line(18), line(18), line(7), line(16, indent=2), line(18)]
    assert column_widths(lines) == [18] * 6


# --- joins ---

FULL = "市区各校的第一课主题不一，防溺水和交"  # 18 wide, no mark at its end
NEXT = "通安全是其中的重头戏，家长也参与进来"
MORE = "了解到，这样的课今后每个学期开设两次"
LAST = "，效果不错。"


def joins(*lines: str) -> list[tuple[int, int]]:
    """The pairs of lines that are joined, counted without blank lines."""
    found = list(join_wraps(page_of(*lines), Options()))
    assert all(isinstance(each, Join | Rewrite) for each in found)
    return [(each.left, each.right) for each in found if isinstance(each, Join)]


def test_full_lines_go_on_up_to_a_short_one() -> None:
    assert joins(FULL, NEXT, MORE, LAST, FULL, NEXT, MORE, LAST) == [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]


def test_joins_say_that_they_are_wraps() -> None:
    found = list(join_wraps(page_of(FULL, NEXT, MORE, LAST), Options()))
    assert [(each.over, each.space) for each in found if isinstance(each, Join)] == [("wrap", False)] * 3


def test_indents_begin_paragraphs() -> None:
    full = FULL[:-2] + "。"  # a full line that ends a sentence goes on where the next has no indent
    assert joins("  " + FULL[:-2], NEXT, full + "又", MORE, "  " + FULL[:-2], NEXT) == [(0, 1), (1, 2), (2, 3), (4, 5)]
    assert joins("  " + FULL[:-2], NEXT, "  " + FULL[:-2], NEXT) == [(0, 1), (2, 3)]


def test_hanging_indents_go_on() -> None:
    """Every line indented, as OCR of a boxed column prints it: the indent says nothing."""
    assert joins("  " + FULL, "  " + NEXT, "  " + MORE, "  " + LAST) == [(0, 1), (1, 2), (2, 3)]


def test_blank_lines_begin_paragraphs() -> None:
    assert joins(FULL, NEXT, MORE, LAST, "", FULL, NEXT, MORE, LAST) == [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]
    assert joins(FULL, NEXT, MORE, "", FULL, NEXT, MORE) == [(0, 1), (1, 2), (3, 4), (4, 5)]


def test_blank_lines_after_every_line_are_its_spacing() -> None:
    lines = [FULL, NEXT, MORE, LAST] * 2
    spaced = [part for each in lines for part in (each, "")]
    assert joins(*spaced) == [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]


def test_number_that_moved_down_whole() -> None:
    short = FULL[:-4]  # 14 wide: 12,345.67亿 does not fit behind it
    assert (0, 1) in joins(short, "12345.6789亿元，同比增长，家长也参与", NEXT, MORE, LAST)


def test_short_line_with_room_for_what_follows_is_a_last_one() -> None:
    assert (0, 1) not in joins("市区各校开课。", FULL, NEXT, MORE, LAST)
    assert (0, 1) not in joins("市区各校的开课", FULL, NEXT, MORE, LAST)


@pytest.mark.parametrize(
    "mark",
    [
        "本报记者 苑捷",
        "（下转第三版）",
        "图为建设中的阎家山大桥的合龙现场",
        "刘涛摄",
        "第3版",
    ],
)
def test_lines_that_a_pattern_knows_are_not_joined(mark: str) -> None:
    assert joins(FULL, NEXT, MORE, mark, FULL, NEXT, MORE) == [(0, 1), (1, 2), (4, 5), (5, 6)]


def test_lead_begins_a_paragraph() -> None:
    lead = "本报讯 昨日，全市各校开学，第一课各有重"
    assert joins(FULL, NEXT, MORE, lead, FULL, NEXT, MORE) == [(0, 1), (1, 2), (3, 4), (4, 5), (5, 6)]


@pytest.mark.parametrize(
    "lines",
    [
        ["云开北岳万峰青，", "石径盘空入杳冥。", "欲问悬空多少事，", "松风一夜到山亭。"],
        ["那一年的麦子熟得早", "父亲把镰刀磨了又磨", "月光落在刀刃的上面"],
        ["陈晓琳 徐玉成 任翔宇", "李 鹏 王 伟 刘 涛 苑 捷", "郝 雨 纪元元 李俊华"],
        ["大白菜 每公斤1.20元", "西红柿 每公斤6.40元", "鸡蛋 每公斤9.60元"],
        ["市委召开党员干部警示教育大会", "强调以案为鉴筑牢廉洁从政防线"],
        [FULL + NEXT + MORE, FULL + NEXT, FULL + NEXT + MORE + FULL],
        ["春回大地，万象更新", "福满人间，百业兴旺"],
        ["18:30 少儿节目，动画城", "19:00 新闻联播，天气预报", "19:40 电视剧，大河儿女"],
        ["城区 1,204 3,588 12,440", "矿区 1,097 2,913 11,052"],
        ["1.白菜，每斤八角，保供", "2.萝卜，每斤六角，保供", "3.鸡蛋，每斤五元，限购"],
    ],
)
def test_lines_that_keep_to_themselves(lines: list[str]) -> None:
    assert joins(*lines) == []


def test_two_lines_whose_second_is_short() -> None:
    assert joins(FULL, NEXT, MORE, LAST, "", FULL, "通安全都讲到了。") == [(0, 1), (1, 2), (2, 3), (4, 5)]


# --- Latin words over a line end ---

COLUMN = 24
FILLER = "会展期间，市民可以领取导览听讲解看演出尝小吃还能合影留念"


def latin(left: str, right: str) -> tuple[list[bool], list[str]]:
    """For the join of a line that ends `left` with one that begins `right`: `([space], [what is removed])`."""
    above = FILLER[: int(COLUMN - printed_width(left))] + left
    below = right + FILLER[: int(COLUMN - printed_width(right))]
    page = page_of(above, below, FILLER[:COLUMN], "凭证入场。")
    found = list(join_wraps(page, Options()))
    spaces = [each.space for each in found if isinstance(each, Join) and each.left == 0]
    removed = [page.blocks[0].text[each.span.start : each.span.end] for each in found if isinstance(each, Rewrite)]
    assert all(not each.after for each in found if isinstance(each, Rewrite))
    return spaces, removed


@pytest.mark.parametrize(
    ("left", "right", "space", "removed"),
    [
        ("Belt and", "Road Forum", True, []),
        ("Museo", "Ñandú", True, []),
        ("news-", "paper论坛", False, ["-"]),
        ("news\u2010", "paper论坛", False, ["\u2010"]),
        ("news\u00ad", "paper论坛", False, ["\u00ad"]),
        ("Sino-", "American", False, []),
        ("COVID-", "19疫情", False, []),
        ("A-", "shares论坛", False, []),
        ("Road", "论坛与展览", False, []),
        ("二〇二四", "Forum论坛", False, []),
        ("ZH08", "Forum论坛", False, []),
        ("13", "28.67万人次", False, []),
        ("G7", "国家的代表", False, []),
    ],
)
def test_latin_over_a_line_end(left: str, right: str, space: bool, removed: list[str]) -> None:
    assert latin(left, right) == ([space], removed)


# --- what stands at a line end ---


def test_a_full_line_that_ends_a_sentence_goes_on_where_the_next_is_no_first_line() -> None:
    """Stripped indents: first lines are two short, so a full line below a full one begins nothing."""
    first, full = FULL[:-2], FULL[:-1] + "。"
    lines = [first, NEXT, full, MORE, LAST, first, NEXT, MORE, LAST, first, NEXT, MORE, LAST]
    assert (2, 3) in joins(*lines)
    assert (4, 5) not in joins(*lines)


def test_the_columns_of_a_paragraph_differ_in_width() -> None:
    wide = ["  " + FULL + "通安全", NEXT + MORE[:5], MORE + NEXT[:5], FULL + NEXT[:5]]
    narrow = ["了解到，这样的课今后每", "个学期开设两次，各校的", "第一课主题不一，防溺水", "和交通安全。"]
    assert joins(*wide, *narrow) == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)]


@pytest.mark.parametrize("head", ["南岭新貌", "权威发布", "家长怎么看"])
def test_heads_between_the_halves_of_a_paragraph_stay_alone(head: str) -> None:
    lines = ["  " + FULL[:-2], NEXT, MORE, NEXT, head, MORE, NEXT, LAST]
    assert not {(3, 4), (4, 5)} & set(joins(*lines))


def test_a_dateline_and_its_reporter_on_two_lines() -> None:
    lines = [
        "新华社南岭二月七日电",
        "（记者 郝雨）昨日，全市各",
        "校的第一课主题不一，防溺",
        "水和交通安全是其中的重头",
        "戏，效果不错。",
    ]
    assert joins(*lines) == [(0, 1), (1, 2), (2, 3), (3, 4)]


def test_scores_are_probabilities_of_four_places() -> None:
    found = [each for each in join_wraps(page_of(FULL, NEXT, MORE, LAST), Options()) if isinstance(each, Join)]
    assert all(0.5 <= each.score <= 1 and each.score == round(each.score, 4) for each in found)


def test_modes_move_the_threshold() -> None:
    lines = [FULL, NEXT, FULL[:-1] + "。", MORE, NEXT, LAST, FULL, NEXT]
    safe, standard, eager = (
        {(each.left, each.right) for each in join_wraps(page_of(*lines), Options(mode=mode)) if isinstance(each, Join)}
        for mode in MODES
    )
    assert safe <= standard <= eager


@pytest.mark.parametrize(
    ("text", "alone", "whole"),
    [
        ("市民", 1, 1),
        ("12,345.67亿元", 4.5, 4.5),
        ("１９９８年", 4, 4),
        ("９０％，比上年", 3, 4),
        ("“好，”他说", 2, 4),
        ("www.example.cn网站", 7, 7),
        ("学、考古", 1, 2),
        ("，家长", 1, 1),
    ],
)
def test_needed_room(text: str, alone: float, whole: float) -> None:
    assert needed_room(text) == (alone, whole)


def test_twenty_thousand_lines_take_linear_time() -> None:
    """Ten times the lines take ten times the time; a quadratic corner would take a hundred."""

    def seconds(n_paragraphs: int) -> float:
        page = page_of(*[FULL, NEXT, MORE, LAST] * n_paragraphs)
        start = time.process_time()
        assert len(list(join_wraps(page, Options()))) == 3 * n_paragraphs
        return time.process_time() - start

    seconds(50)
    assert seconds(5000) < 30 * max(seconds(500), 0.005)
