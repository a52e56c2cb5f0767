"""Halves that belong together: on whole pages, in either script and every mode, with all that may stand between them."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import cast

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.model import Block, Role, Span
from corpus_tools.options import MODES, Mode, Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair import repair_page
from corpus_tools.stages.repair.breaks import (
    MOST_FAR,
    NEXT_TEXTS,
    THRESHOLDS,
    choose,
    far_pairs,
    find_pairs,
    may_go_on,
    near_pairs,
    starts_of,
)
from corpus_tools.stages.repair.pair_scores import KINDS, Kind, Scored
from corpus_tools.stages.repair.pairing import Pairing

ARTICLES = {  # headline: paragraphs, a | where a column ends
    "河堤步道亮起来": (
        "本报讯（记者 柳文）汀溪河堤步道全长六公里，去年十月动工，沿线补种了垂柳和海棠，还安装了三百多盏太阳能路"
        "|灯，天黑以后到河堤步道散步的人络绎不绝，附近居民都说方便多了。",
        "步道由县住建局负责养护，每天有十二名工人清扫巡查，发现损坏的设施当天修好。",
        "下一步，县里还要把步道向上游延伸两公里，同三座公园连成一线。",
    ),
    "图书馆夜里也开门": (
        "市图书馆新馆今年把闭馆时间推迟到晚上十点，前来看书的人比往年多了一倍，服务台前常常排起长"
        "|队，新馆的工作人员也从八名增加到十二名，周末还请老师来图书馆讲课。",
        "馆长说，新馆藏书三十万册，其中少儿图书占了四成，自助借书机用起来很方便。",
        "读者如果找不到想看的书，可以写在登记本上，图书馆每个月采购一次。",
    ),
    "冬修水利不误春耕": (
        "入冬以来，全县抓住农闲时机，组织力量对主干渠道进行清淤，目前已完成三十八公里，占全年计划的百分之八"
        "|十五，主干渠道的清淤预计春灌前全部结束。",
        "水利局的技术人员分成六个小组，住在工地上，哪里渗漏就在哪里修补，保证渠道通水不出问题。",
        "种粮大户算了一笔账，渠道修好以后，每亩水费可以节省十多元，产量还能提高一成。",
    ),
    "老旧小区装上电梯": (
        "城关街道的十二个老旧小区今年陆续装上了电梯，费用由政府补贴一部分，居民按楼层高低分摊一部"
        "|分，一楼二楼的居民不用出钱装电梯，还可以得到一定的补偿。",
        "家住六楼的老人说，从前买一次菜要歇三回，现在按一下按钮就到家门口了。",
        "社区干部挨家挨户征求意见，前后开了二十多次会，才把方案定下来。",
    ),
}
WHOLE = "县农机站日前对全县旋耕机进行了检修，保证春耕用得上。"
OPEN = "汀溪河堤步道全长六公里，去年十月动工，沿线补种了垂柳和海棠，还安装了三百多盏太阳能路"
REST = "灯，天黑以后散步的人络绎不绝，附近居民都说方便多了。"


def halves(headline: str) -> tuple[str, str]:
    """The two halves of an article's first paragraph."""
    left, _, right = ARTICLES[headline][0].partition("|")
    return left, right


def page_lines(*, moved: str | None = None, to: int = 0, between: Sequence[str] = ()) -> list[str]:
    """The four articles, their halves apart with `between` over the seam; one second half `moved` to be block `to`."""
    lines = []
    for headline, (first, *others) in ARTICLES.items():
        left, right = first.split("|")
        lines += [headline, left, *between]
        lines += [right] if headline != moved else []
        lines += others
    if moved:
        lines.insert(to, halves(moved)[1])
    return lines


def repaired(lines: Sequence[str], mode: Mode = "standard") -> set[str]:
    """The texts that were joined of pieces that a break parted."""
    page = repair_page(page_from_text("\n\n".join(lines), "page", "page.txt"), Options(mode=mode))
    return {block.text for block in page.blocks if "joined" in block.flags}


def blocks_of(*lines: str) -> list[Block]:
    """A block for each line, `role: text` or the text of a body block."""
    blocks, start = [], 0
    for line in lines:
        role, colon, text = line.partition(": ")
        role, text = (role, text) if colon else ("body", line)
        blocks.append(Block(cast(Role, role), (Span(start, start + len(text)),), text))
        start += len(text) + 1
    return blocks


def pairs(*lines: str, mode: Mode = "standard") -> set[tuple[int, int]]:
    """The halves found among the blocks."""
    return {(pair.left, pair.right) for pair in find_pairs(blocks_of(*lines), mode)}


JOINED = {"".join(halves(headline)) for headline in ARTICLES}

# --- pages ---


@pytest.mark.parametrize("mode", MODES)
def test_each_half_finds_its_own(mode: Mode) -> None:
    assert repaired(page_lines(), mode) == JOINED


BETWEEN = [
    ("图为新修的一段。",),
    ("图为新修的一段。", "本报记者 柳文 摄"),
    ("▲工人正在干活。", "（柳 文 摄）"),
    ("图片由县融媒体中心提供",),
    ("遗失声明 本人遗失驾驶证一本，声明作废。",),
    ("转让 石臼路临街门面，价面议。", "求租 城关附近仓库一间。"),
    ("第3版",),
    ("广告",),
    ("图为新修的一段。", "本报记者 柳文 摄", "第3版", "转让 石臼路临街门面，价面议。"),
    ("运动会下周开幕",),  # another article's headline
    (WHOLE,),
    ("运动会下周开幕", "本报讯 全县职工运动会下周开幕，三十支队伍报名参加。"),
    ("![](images/3.jpg)",),
]


@pytest.mark.parametrize("between", BETWEEN, ids=" ".join)
def test_what_stands_between_is_looked_past(between: tuple[str, ...]) -> None:
    assert repaired(page_lines(between=between)) == JOINED


@pytest.mark.parametrize("moved", ARTICLES)
@pytest.mark.parametrize("to", [0, 4, 9, 13])
def test_a_second_half_far_away_is_found(moved: str, to: int) -> None:
    found = repaired(page_lines(moved=moved, to=to))
    assert found <= JOINED  # none false; the one that was moved may stay alone
    assert found >= JOINED - {"".join(halves(moved))}


def test_most_second_halves_far_away_are_found() -> None:
    there = [(moved, to) for moved in ARTICLES for to in (0, 4, 9, 13)]
    n_found = sum("".join(halves(moved)) in repaired(page_lines(moved=moved, to=to)) for moved, to in there)
    assert n_found >= len(there) * 3 // 4


def lone_halves() -> list[tuple[list[str], set[str]]]:
    """Pages that have lost one half, and what may be joined on them."""
    return [
        ([line for line in page_lines() if line != lost], JOINED - {"".join(halves(headline))})
        for headline in ARTICLES
        for lost in halves(headline)
    ]


def test_halves_without_their_partner_mostly_stay_alone() -> None:
    n_false = 0
    for lines, there in lone_halves():
        found = repaired(lines)
        assert found >= there
        n_false += len(found - there)
        assert repaired(lines, "safe") <= there
    assert n_false <= 2


def test_all_second_halves_below_all_first_ones() -> None:
    """Greedy choice takes the next block; the one pair that is sure takes no other's half."""
    lefts, rights = zip(*map(halves, ARTICLES), strict=True)
    for seed in range(6):
        order = list(rights)
        random.Random(seed).shuffle(order)
        found = repaired([*lefts, *order])
        assert len(found - JOINED) == 0, found - JOINED
        assert len(found) >= 3


def test_the_whole_page_is_weighed_not_the_first_open_end() -> None:
    """The first open end would take 路灯 too, and does where nobody else wants it."""
    first = "记者看到，老街的石板重新铺过，两旁种了树，店铺门前都挂上了新的招牌，还装了"
    second = "汀溪河堤去年十月动工，沿线补种了垂柳和海棠，还安装了三百多盏太阳能路"
    rest = "灯，天黑以后散步的人络绎不绝，附近居民都说方便多了。"
    assert (1, 2) in pairs(first, second, rest)
    assert (0, 2) not in pairs(first, second, rest)


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_traditional_pages_give_the_same_joins(config: str) -> None:
    converter = opencc.OpenCC(config)
    for lines in (page_lines(), page_lines(between=BETWEEN[1]), page_lines(moved="图书馆夜里也开门", to=0)):
        found = repaired([converter.convert(line) for line in lines])
        assert found == set(map(converter.convert, repaired(lines)))


@cache
def made_page(seed: int) -> tuple[str, ...]:
    """The four articles with blocks taken away and put elsewhere."""
    rng = random.Random(seed)
    lines = page_lines(between=rng.choice(BETWEEN))
    for _ in range(rng.randint(1, 6)):
        line = lines.pop(rng.randrange(len(lines)))
        if rng.random() < 0.7:
            lines.insert(rng.randint(0, len(lines)), line)
    return tuple(lines)


def test_safe_joins_are_standard_joins_and_those_are_eager_ones() -> None:
    numbers = dict.fromkeys(MODES, 0)
    for seed in range(40):
        likely = [
            {frozenset((pair.left, pair.right)) for pair in find_pairs(blocks_of(*made_page(seed)), mode)}
            for mode in MODES
        ]
        assert likely[0] <= likely[1] <= likely[2], made_page(seed)
        for mode, found in zip(MODES, likely, strict=True):
            numbers[mode] += len(found)
    assert numbers["safe"] < numbers["standard"] <= numbers["eager"]


def test_false_joins_are_rare_on_pages_in_disorder() -> None:
    found = [repaired(made_page(seed)) for seed in range(40)]
    n_false = sum(len(texts - JOINED) for texts in found)
    assert n_false <= sum(map(len, found)) * 0.03
    found = [repaired(made_page(seed), "safe") for seed in range(40)]
    assert sum(len(texts - JOINED) for texts in found) <= sum(map(len, found)) * 0.02


def test_thresholds_fall_from_mode_to_mode() -> None:
    for kind in KINDS:
        safe, standard, eager = (THRESHOLDS[mode][kind] for mode in MODES)
        assert 1 > safe > standard > eager > 0
    for mode in MODES:
        assert THRESHOLDS[mode]["near"] <= THRESHOLDS[mode]["far"] <= THRESHOLDS[mode]["head"]


# --- the ledger ---


def test_the_ledger_says_how_likely_and_why() -> None:
    lines = page_lines(between=("图为新修的一段。",))
    page = repair_page(page_from_text("\n\n".join(lines), "page", "page.txt"), Options())
    notes = [note for note in page.notes if note.rule == "join_breaks"]
    assert len(notes) == len(ARTICLES)
    for note in notes:
        assert note.flag == "joined"
        assert THRESHOLDS["standard"]["near"] <= note.score <= 1
        assert re.fullmatch(
            r"stops in mid-sentence; 1 blocks between(; (words|place|form|topic|rivals) .+)", note.reason
        ), note.reason
        assert all(f"{name} " in note.reason for name in ("words", "place", "topic"))


def test_a_weak_join_has_a_low_score() -> None:
    strong, weak = blocks_of(OPEN, REST), blocks_of(OPEN, WHOLE, WHOLE, "竹编的灯罩也换了新的。")
    assert find_pairs(strong)[0].probability > 0.95
    assert all(pair.probability < 0.95 for pair in find_pairs(weak, "eager"))


# --- what is never joined ---

NEVER = [
    (OPEN, "本报讯 全县职工运动会昨日开幕。"),
    (OPEN, "新华社北京1月3日电 气象部门预计，周末有雨。"),
    (OPEN, "中央社記者柳文台北三日電 今天上午，新館開館。"),
    (OPEN, "list: 灯具一批，螺丝一盒"),
    (OPEN, "table: | 灯 | 三百盏 |"),
    (OPEN, "verse: 灯影照清溪\n垂柳拂长堤"),
    (OPEN, "deck: ——灯的故事"),
    (OPEN, "byline: 灯 笼"),
    (OPEN, "caption: 灯，天黑以后亮起来。"),
    (OPEN, "●灯，天黑以后亮起来。"),
    (OPEN, "jump: （上接第1版）", REST),
    (OPEN, "jump: （下转第3版）", REST),
    (OPEN, "（灯会筹备组）"),
    ("list: 安装太阳能路", REST),
    ("verse: 河堤上亮起路", REST),
    ("table: | 安装 | 路", REST),
    ("caption: 图为新装的路", REST),
    ("credit: 柳文摄", REST),
    ("advert: 转让 太阳能路", REST),
    ("furniture: 第3版 路", REST),
    (OPEN + "灯。", REST),
    (OPEN + "灯：", REST),
    (OPEN + "灯；", REST),
    (OPEN + "灯。（柳文）", REST),
    (OPEN + "灯。本报记者 柳文", REST),
    (OPEN,),
    (),
]


@pytest.mark.parametrize("lines", NEVER, ids=lambda lines: " ".join(lines)[-24:])
def test_never_joined(lines: tuple[str, ...]) -> None:
    for mode in MODES:
        assert pairs(*lines, mode=mode) == set()


def test_before_a_jump_back_a_paragraph_may_go_on() -> None:
    """上接 below an open end belongs to the next article: it says nothing about the open end."""
    blocks = blocks_of(OPEN, "jump: （上接第1版）", "各县区要抓好落实，确保不误农时。", REST)
    assert may_go_on(blocks, 0)
    assert pairs(*(f"{block.role}: {block.text}" for block in blocks)) == {(0, 3)}


def test_a_lone_line_that_looks_like_a_heading_may_be_a_half() -> None:
    page = (WHOLE, "heading: 为了方便市民夜里散步河堤上安装了三百多盏路", REST)
    assert may_go_on(blocks_of(*page), 1)
    for above, below in (("heading: 老街新貌", REST), (WHOLE, "heading: 老街新貌"), (WHOLE, "本报讯 昨日有雨。")):
        assert not may_go_on(blocks_of(above, page[1], below), 1)
    assert not may_go_on(blocks_of(WHOLE, "heading: 河堤亮起来 市民夸路", REST), 1)


# --- choosing ---


def scored_pairs(*given: tuple[int, int, float], kind: Kind = "near") -> list[Scored]:
    """Pairs with these probabilities."""
    return [Scored(left, right, kind, probability, "") for left, right, probability in given]


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ([], {}),
        ([(0, 1, 0.59)], {}),
        ([(0, 1, 0.6)], {0: 1}),
        ([(0, 5, 0.99), (0, 6, 0.98), (1, 5, 0.95)], {0: 6, 1: 5}),
        ([(0, 5, 0.99), (0, 6, 0.61), (1, 5, 0.7)], {0: 5}),
        ([(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.9)], {0: 1, 1: 2, 2: 3}),
    ],
)
def test_choice(given: list[tuple[int, int, float]], chosen: dict[int, int]) -> None:
    assert choose(scored_pairs(*given), THRESHOLDS["standard"]) == chosen


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ([(0, 1, 0.9), (1, 0, 0.8)], {0: 1}),
        ([(0, 1, 0.9), (1, 2, 0.7), (2, 0, 0.8)], {0: 1, 2: 0}),
        ([(0, 1, 0.9), (1, 0, 0.9)], {1: 0}),
        ([(0, 1, 0.9), (1, 0, 0.8), (2, 3, 0.9), (3, 2, 0.7), (4, 5, 0.9)], {0: 1, 2: 3, 4: 5}),
        ([(5, 0, 0.9), (0, 1, 0.9), (1, 2, 0.9)], {0: 1, 1: 2, 5: 0}),
    ],
)
def test_a_ring_loses_its_weakest_pair(given: list[tuple[int, int, float]], chosen: dict[int, int]) -> None:
    assert choose(scored_pairs(*given), THRESHOLDS["standard"]) == chosen


# --- any page, and long ones ---

ODD_TEXTS = st.one_of(
    st.text("字路灯，。”“（）；：！？…●— 7x\ue000\U00020000\ufffd", min_size=1, max_size=12),
    st.sampled_from([OPEN, REST, WHOLE, "本报讯 有雨。", "（上接第1版）", "灯" * 500]),
)
ROLES: tuple[Role, ...] = ("body", "heading", "caption", "credit", "jump", "list", "verse", "furniture", "deck")
ODD_PAGES = st.lists(st.tuples(st.sampled_from((*(["body"] * 8), *ROLES)), ODD_TEXTS), max_size=24)


@given(ODD_PAGES, st.sampled_from(MODES))
@settings(max_examples=250, deadline=None)
def test_any_blocks_give_pairs_that_can_be_joined(page: list[tuple[Role, str]], mode: Mode) -> None:
    blocks, start = [], 0
    for role, text in page:
        blocks.append(Block(role, (Span(start, start + len(text)),), text))
        start += len(text) + 1
    found = find_pairs(blocks, mode)
    assert found == find_pairs([replace(block, flags=("stutter",)) for block in blocks], mode)
    rights = [pair.right for pair in found]
    assert len(set(rights)) == len(rights)
    assert [pair.left for pair in found] == sorted({pair.left for pair in found})
    follows = {pair.left: pair.right for pair in found}
    for left in follows:
        at = follows[left]
        while at in follows:
            assert at != left
            at = follows[at]
    for pair in found:
        assert {blocks[pair.left].role, blocks[pair.right].role} <= {"body", "heading"}
        assert pair.probability >= THRESHOLDS[mode][pair.kind]


def long_page(n_open: int) -> list[Block]:
    """Open ends, every other one with a second half below it."""
    rng = random.Random(n_open)
    endings = [halves(headline) for headline in ARTICLES]
    lines = []
    for number in range(n_open):
        own = "".join(rng.sample("春夏秋冬山水田园路桥车船工农学商城乡", 14))
        left, right = endings[number % len(endings)]
        lines.append(own + left[-20:])
        if number % 2:
            lines.append(right[:8] + own + "。")
    return blocks_of(*lines)


def test_the_number_of_pairs_weighed_is_linear() -> None:
    for n_open in (100, 1_000, 3_000):
        blocks = long_page(n_open)
        opens = [index for index in range(len(blocks)) if may_go_on(blocks, index)]
        pairing = Pairing(blocks, seam_model())
        near = list(near_pairs(blocks, opens, starts_of(blocks), pairing))
        far = list(far_pairs(blocks, opens, starts_of(blocks), pairing, set(near)))
        assert len(opens) // 2 <= len(near) <= len(opens) * NEXT_TEXTS
        assert len(opens) < len(far) <= len(opens) * MOST_FAR
        assert len({*near, *far}) == len(near) + len(far)


def test_twenty_thousand_open_ends() -> None:
    """20 s; quadratic time would be an hour."""
    blocks = long_page(20_000)
    start = time.perf_counter()
    found = find_pairs(blocks)
    assert time.perf_counter() - start < 90
    assert len(found) > 5_000
