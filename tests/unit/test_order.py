"""Displaced pieces back to their article: what goes where, in which order, what only is noted, and at what cost."""

from __future__ import annotations

import math
import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import opencc
import pytest

from corpus_tools.blocks import decide
from corpus_tools.model import Block, Move, Note, Page, Role, Span
from corpus_tools.options import MODES, Mode, Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import RULES, order, repair_page
from corpus_tools.stages.repair.drafted import Layout, Run, layout_of
from corpus_tools.stages.repair.order import MOST_CANDIDATES, OF_LINKED, THRESHOLDS, move_displaced_text
from corpus_tools.stages.repair.strays import Place, Weights
from corpus_tools.stages.rules import run_block_rules

GOLDEN = Path(__file__).parent.parent / "golden/pages"
DISPLACED = {"07_damaged", "09_front_city", "12_theory", "16_wreck"}  # whose gold has moved blocks
ARTICLES = {  # headline: paragraphs, a | where a column ends
    "河堤步道亮起来": (
        "本报讯（记者 柳文）汀溪河堤步道全长六公里，去年十月动工，沿线补种了垂柳和海棠，还安装了三百多盏太阳能路"
        "|灯，天黑以后到河堤步道散步的人络绎不绝，附近居民都说方便多了。",
        "据了解，河堤步道由县住建局负责养护，每天有十二名工人清扫巡查，发现路灯损坏当天就修好。",
        "下一步，县里还要把河堤步道向上游延伸两公里，沿线再装路灯，同三座公园连成一线。",
    ),
    "图书馆夜里也开门": (
        "本报讯 市图书馆新馆今年把闭馆时间推迟到晚上十点，前来看书的读者比往年多了一倍，服务台前常常排起长队。",
        "据介绍，图书馆新馆藏书三十万册，其中少儿图书占了四成，读者用自助借书机很方便。",
        "此外，读者如果找不到想看的图书，可以写在登记本上，图书馆每个月采购一次。",
    ),
    "冬修水利不误春耕": (
        "本报讯 入冬以来，全县抓住农闲时机，组织力量对主干渠道进行清淤，目前已完成三十八公里，占全年清淤计划的八成。",
        "目前，水利局的技术人员分成六个小组，住在渠道工地上，哪里渗漏就在哪里修补，保证渠道通水不出问题。",
        "种粮大户算了一笔账，渠道清淤以后，每亩水费可以节省十多元，水利带来的产量还能提高一成。",
    ),
    "老旧小区装上电梯": (
        "本报讯 城关街道的十二个老旧小区今年陆续装上了电梯，费用由政府补贴一部分，居民按楼层高低分摊一部分。",
        "家住小区六楼的老人说，从前买一次菜要歇三回，现在按一下电梯按钮就到家门口了。",
        "社区干部为装电梯挨家挨户征求居民意见，前后开了二十多次会，才把小区的分摊方案定下来。",
    ),
}
ROADS, LIBRARY, CANALS, LIFTS = ARTICLES


def article(headline: str, *paragraphs: int) -> list[str]:
    """The headline and the paragraphs of these numbers, all where none is given."""
    its = ARTICLES[headline]
    return [headline, *(its[number].replace("|", "") for number in paragraphs or range(len(its)))]


def torn() -> list[str]:
    """The path by the river, a whole article between the halves of its first paragraph."""
    left, right = ARTICLES[ROADS][0].split("|")
    return [ROADS, left, *article(LIBRARY), right, *article(ROADS)[2:]]


def page_of(lines: Sequence[str]) -> Page:
    return page_from_text("\n\n".join(lines), "page", "page.txt")


def repaired(lines: Sequence[str], mode: Mode = "standard") -> Page:
    return repair_page(page_of(lines), Options(mode=mode))


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks]


def notes(page: Page, flag: str) -> list[Note]:
    return [note for note in page.notes if note.flag == flag]


def moved(page: Page) -> set[Span]:
    return {span for note in notes(page, "moved") for span in note.spans}


# --- whole pages ---


def test_what_follows_a_joined_half_goes_along() -> None:
    page = repaired([*torn(), *article(CANALS), *article(LIFTS)])
    assert texts(page) == [*article(ROADS), *article(LIBRARY), *article(CANALS), *article(LIFTS)]
    reasons = {note.reason for note in notes(page, "moved")}
    assert all(
        re.fullmatch(r"follows its joined half in the file; follows \+\d\.\d(, \w+ [+-]\d+\.\d){3}", each)
        for each in reasons
    )
    assert all(note.score >= OF_LINKED["standard"] for note in notes(page, "moved"))


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_traditional_pages_are_put_in_order_too(config: str) -> None:
    convert = opencc.OpenCC(config).convert
    page = repaired([convert(line) for line in (*torn(), *article(CANALS), *article(LIFTS))])
    assert texts(page) == [
        convert(line) for line in (*article(ROADS), *article(LIBRARY), *article(CANALS), *article(LIFTS))
    ]


@pytest.mark.parametrize("mode", ["standard", "eager"])
def test_a_head_without_text_gets_it_back(mode: Mode) -> None:
    lost = article(CANALS, 1, 2)
    page = repaired([*lost[1:], *article(ROADS), *article(LIBRARY), *article(LIFTS), lost[0]], mode)
    assert texts(page) == [*article(ROADS), *article(LIBRARY), *article(LIFTS), *lost]
    assert len(moved(page)) == 2
    assert {note.score >= THRESHOLDS[mode] for note in notes(page, "moved")} == {mode == "eager"}


def test_safe_asks_as_much_of_a_head_without_text() -> None:
    lost = article(CANALS, 1, 2)
    assert not moved(repaired([*lost[1:], *article(ROADS), *article(LIBRARY), *article(LIFTS), lost[0]], "safe"))


@pytest.mark.parametrize("mode", MODES)
def test_a_head_and_a_text_that_share_words_are_told_so_and_left_alone_in_safe(mode: Mode) -> None:
    """The second seed page: the words that they share are no probability, and `safe` asks for one."""
    path = Path(__file__).parents[2] / "seeds" / "004_ffc907128c1d5369.txt"
    by_words = [
        note
        for note in notes(repaired(path.read_text("utf-8").split("\n"), mode), "moved")
        if "of its head's words" in note.reason
    ]
    assert bool(by_words) == (mode != "safe")
    assert all(note.score < THRESHOLDS["standard"] for note in by_words)


def _in_order(name: str) -> Any:
    """A golden page's name, marked where something moves on it that should not."""
    reason = "a paragraph behind a service box follows the joined half above the box"
    known = pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True)
    return pytest.param(name, marks=known) if name == "26_evening_service" else name


@pytest.mark.parametrize("mode", MODES)
def test_nothing_moves_where_every_article_is_whole(mode: Mode) -> None:
    headlines = list(ARTICLES)
    rng = random.Random("whole")
    for _ in range(10):
        rng.shuffle(headlines)
        lines = [line for headline in headlines for line in article(headline)]
        page = repaired(lines, mode)
        assert texts(page) == lines
        assert not page.notes


@pytest.mark.parametrize("name", [_in_order(path.stem) for path in sorted(GOLDEN.glob("*.txt"))])
@pytest.mark.parametrize("mode", ["safe", "standard"])
def test_nothing_moves_on_golden_pages_in_order(name: str, mode: Mode) -> None:
    encoding = {"04_taiwan": "cp950", "05_wrapped": "gb18030"}.get(name, "utf-8")
    text = (GOLDEN / f"{name}.txt").read_bytes().decode(encoding).replace("\r", "")
    page = repair_page(normalise_page(page_from_text(text, name, name), Options()), Options(mode=mode))
    if name not in DISPLACED:
        assert not notes(page, "moved")
        starts = [block.start for block in page.blocks if "joined" not in block.flags]
        assert all(one < other for one, other in pairwise(starts))


def test_an_orphan_names_its_best_places_and_how_likely_they_are() -> None:
    stray = ARTICLES[CANALS][2]
    page = repaired([stray, *article(ROADS), *article(LIBRARY), *article(CANALS, 0, 1), *article(LIFTS)], "safe")
    assert page.blocks[0].text == stray
    (note,) = [note for note in notes(page, "orphan") if note.spans == page.blocks[0].spans]
    assert note.rule == "move_displaced_text"
    assert 0 < len(note.candidates) <= MOST_CANDIDATES
    names, scores = zip(*(candidate.rsplit(" ", 1) for candidate in note.candidates), strict=True)
    assert names[0] == CANALS
    assert set(names) < set(ARTICLES)
    assert all(score == f"{float(score):.4f}" for score in scores)
    assert list(scores) == sorted(scores, reverse=True)
    assert float(scores[0]) == note.score < THRESHOLDS["safe"]


def test_an_orphan_on_a_page_without_articles_has_no_candidates() -> None:
    page = repaired([ARTICLES[CANALS][1], ARTICLES[CANALS][2]])
    assert [(note.candidates, note.score) for note in notes(page, "orphan")] == [((), 0.0)]


def test_a_bolder_mode_moves_what_a_safer_one_does_and_more() -> None:
    """The rule alone, on the same blocks: joins differ between modes as well."""
    n_moves = dict.fromkeys(MODES, 0)
    options = Options()
    for lines in damaged():
        page = run_block_rules(repaired_to_moves(lines), "repair", (), options)
        found = {mode: moves(page, mode) for mode in MODES}
        assert found["safe"] <= found["standard"] <= found["eager"]
        for mode in MODES:
            n_moves[mode] += len(found[mode])
    assert n_moves["safe"] <= n_moves["standard"] <= n_moves["eager"]
    assert n_moves["standard"]


def damaged() -> list[list[str]]:
    """Pages on which the end of an article stands in another place."""
    pages = [[*torn(), *article(CANALS), *article(LIFTS)]]
    for headline in (LIBRARY, CANALS, LIFTS):
        others = [line for other in ARTICLES if other != headline for line in article(other)]
        tail = article(headline)[2:]
        pages.append([*tail, *others, *article(headline, 0)])
        pages.append([*article(headline, 0), *others, "（记者 柳文）", *tail])
        pages.append([*tail, *others, headline])
        pages.append([*others, article(headline, 0)[1][:-9], *article(headline)[2:], headline])
    return pages


def repaired_to_moves(lines: Sequence[str]) -> Page:
    options = Options(disable=frozenset(rule.__name__ for rule in RULES[RULES.index(move_displaced_text) :]))
    return repair_page(page_of(lines), options)


def moves(page: Page, mode: Mode) -> set[int]:
    return {found.block for found in move_displaced_text(page, Options(mode=mode)) if isinstance(found, Move)}


# --- thresholds and places, with probabilities of our own ---


def block(role: Role, text: str, number: int) -> Block:
    return Block(role, (Span(number * 1000, number * 1000 + len(text)),), text)


def blocks_of(*lines: str) -> tuple[Block, ...]:
    """A block for each line: `= ` headlines (never crossheads), `@ ` bylines, `> ` jumps, else body."""
    roles: dict[str, Role] = {"= ": "headline", "@ ": "byline", "> ": "jump"}
    return tuple(
        block(roles.get(line[:2], "body"), line[2:] if line[:2] in roles else line, number)
        for number, line in enumerate(lines)
    )


def decided(
    monkeypatch: pytest.MonkeyPatch,
    blocks: Sequence[Block],
    wanted: Mapping[str, tuple[int, float]],
    mode: Mode = "standard",
) -> list[str]:
    """The texts after the rule where a run that begins with this text belongs to that draft with that probability."""

    def places(layout: Layout, weights: Weights) -> Iterator[Place]:
        for index, home in layout.home_of.items():
            if layout.blocks[index].text in wanted and layout.drafts[home].opened_by in ("stray", "head"):
                goal, probability = wanted[layout.blocks[index].text]
                odds = math.log(probability / (1 - probability)) if 0 < probability < 1 else 30.0
                yield Place(Run([index], home), goal, (), odds, odds)

    monkeypatch.setattr(order, "places", places)
    page = replace(page_of(["甲"]), blocks=tuple(blocks))
    page = decide(page, "repair", "move_displaced_text", list(move_displaced_text(page, Options(mode=mode))))
    return [block.text for block in page.blocks]


STRAY, NEXT = "这一段话没有标题。", "这一段话也没有。"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("over", [0.0, -0.0001])
def test_a_run_moves_from_its_threshold_on(monkeypatch: pytest.MonkeyPatch, mode: Mode, over: float) -> None:
    blocks = blocks_of(STRAY, "= 甲乙丙丁", "老街修好了。", "= 戊己庚辛", "新桥通车了。")
    found = decided(monkeypatch, blocks, {STRAY: (1, THRESHOLDS[mode] + over)}, mode)
    stays = [block.text for block in blocks]
    assert found == (stays if over else ["甲乙丙丁", "老街修好了。", STRAY, "戊己庚辛", "新桥通车了。"])


def test_a_run_goes_behind_the_text_and_before_what_ends_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = blocks_of(STRAY, "= 甲乙丙丁", "老街修好了。", "@ （柳 文）", "= 戊己庚辛", "新桥通车了。")
    found = decided(monkeypatch, blocks, {STRAY: (1, 1.0)})
    assert found[:4] == ["甲乙丙丁", "老街修好了。", STRAY, "（柳 文）"]


def test_the_paragraph_before_a_jump_stays_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = blocks_of(
        STRAY, "= 甲乙丙丁", "老街修好了。", "来的人多了，", "> （下转第三版）", "= 戊己庚辛", "桥通了。"
    )
    found = decided(monkeypatch, blocks, {STRAY: (1, 1.0)})
    assert found[:5] == ["甲乙丙丁", "老街修好了。", STRAY, "来的人多了，", "（下转第三版）"]


@pytest.mark.parametrize("closing", ["@ （柳 文）", "> （下转第三版）"])
def test_of_two_runs_the_one_that_ends_the_article_comes_last(monkeypatch: pytest.MonkeyPatch, closing: str) -> None:
    blocks = blocks_of(STRAY, closing, NEXT, "= 甲乙丙丁", "老街修好了。", "= 戊己庚辛", "新桥通车了。")
    found = decided(monkeypatch, blocks, {STRAY: (2, 1.0), NEXT: (2, 0.95)})
    assert found == ["甲乙丙丁", "老街修好了。", NEXT, STRAY, closing[2:], "戊己庚辛", "新桥通车了。"]


def test_runs_of_one_article_keep_the_order_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = blocks_of("= 甲乙丙丁", "老街修了，", STRAY, "= 戊己庚辛", "新桥通了，", NEXT, "= 壬癸子丑", "山货卖了。")
    found = decided(monkeypatch, blocks, {STRAY: (2, 0.95), NEXT: (2, 1.0)})
    assert found[-4:] == ["壬癸子丑", "山货卖了。", STRAY, NEXT]


def test_a_run_behind_a_run_moves_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A joined paragraph that is astray itself, and what followed its second half in the file."""
    joined = Block("body", (Span(0, 20), Span(5500, 5520)), "渠道清了淤，水就通了。", ("joined",))
    blocks = (
        joined,
        *(
            replace(each, spans=(Span(each.start + 1000, each.end + 1000),))
            for each in blocks_of(
                "= 甲乙丙丁", "老街修好了。", "街上人多了。", "店也开了。", NEXT, "= 戊己庚辛", "桥通了。"
            )
        ),
    )
    blocks = (*blocks[:5], replace(blocks[5], spans=(Span(5600, 5610),)), *blocks[6:])
    found = decided(monkeypatch, blocks, {joined.text: (2, 0.95), NEXT: (2, 0.99)})
    assert found == [
        "甲乙丙丁",
        "老街修好了。",
        "街上人多了。",
        "店也开了。",
        "戊己庚辛",
        "桥通了。",
        joined.text,
        NEXT,
    ]


# --- cost ---

WORDS = [
    "渠道",
    "清淤",
    "图书",
    "读者",
    "电梯",
    "小区",
    "河堤",
    "步道",
    "路灯",
    "书架",
    "水费",
    "社区",
    "居民",
    "工地",
    "公园",
    "垂柳",
    "海棠",
    "新馆",
]


def long_page(n_articles: int, n_paragraphs: int) -> Page:
    """Articles with an open end in every fifth paragraph."""
    rng = random.Random("long")
    lines = []
    for _ in range(n_articles):
        own = [rng.choice(WORDS) + rng.choice(WORDS) for _ in range(4)]
        lines.append(f"= {own[0]}{own[1]}工程")
        for number in range(n_paragraphs):
            mark = "" if number % 5 == 4 else "。"
            lines.append("，".join(rng.choice(own) + rng.choice(WORDS) for _ in range(6)) + mark)
    return replace(page_of(["甲"]), blocks=blocks_of(*lines))


def seconds(page: Page) -> float:
    start = time.perf_counter()
    list(move_displaced_text(page, Options()))
    took = time.perf_counter() - start
    layout = layout_of(page.blocks)
    assert layout is not None  # there is something to weigh
    return took


def test_cost_grows_with_the_page() -> None:
    """5,000 blocks and 990 runs among as many articles as a big page has: 1.3 s on a machine of 2025."""
    short, long = long_page(30, 20), long_page(30, 166)
    seconds(short)  # the model is loaded
    few, many = min(seconds(long_page(30, 40)) for _ in range(3)), seconds(long)
    assert many < 10.0
    assert many < few * (166 / 40) * 4  # in proportion, with room for a busy machine


def test_a_page_of_more_lines_than_any_print_is_left_alone() -> None:
    page = replace(page_of(["甲"]), blocks=blocks_of(*["= 甲乙丙丁戊己庚", "本报讯 老街修好了。", "来的人多"] * 5_000))
    start = time.perf_counter()
    assert list(move_displaced_text(page, Options())) == []
    assert time.perf_counter() - start < 3.0
