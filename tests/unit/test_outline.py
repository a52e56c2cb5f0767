"""Drafts of articles: what opens one, what closes it, which heading is a crosshead, on small hand-made lists of blocks."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.drafts import OUTSIDE_ROLES, is_backward_jump, is_lead
from corpus_tools.model import Block, Role, Span
from corpus_tools.openings import evidence_of, opens_article
from corpus_tools.outline import LONGEST_CROSSHEAD, OPENS, draft_articles

Drafts = list[tuple[str, list[int]]]

PIPES = (
    "项目部倒排工期，工人在检修管道，确保今冬按时供暖。连日来，供热公司组织三百多名工人分成十二个班组，对老城区四十公里供热管道逐段检修，"
    "更换锈蚀阀门一百六十个。项目部负责人说，全部检修将在十月底前完成，届时先行冷水试压，再升温调试。"
)
MORE_PIPES = (
    "管道检修完毕，工人转入供暖调试，项目部安排专人值守。热源厂的四台锅炉已经点火，供热管道注水升温，检修班组沿线巡查，发现渗漏随时处理。"
    "供热公司提醒居民，试压期间家中留人，遇到跑水及时关闭阀门，拨打供暖服务电话。"
)
POEMS = (
    "诗会昨夜开场，诵读者来自各所学校，评委现场点评。舞台搭在古城墙下，琴声伴着童声，唐诗宋词一首接一首。最小的选手只有六岁，一首《春晓》赢得满场掌声；"
    "年纪最大的退休教师用方言吟诵《离骚》。诗会将持续三天，优秀节目还要到各县巡演。"
)
LEAD = "本报讯 昨日，全市诗词诵读大会开幕。"
BACK, ON = "（上接第1版）", "（下转第三版）"


def blocks_of(*described: tuple[Role, str]) -> list[Block]:
    """Blocks of one line each, in page order."""
    blocks: list[Block] = []
    start = 0
    for role, text in described:
        blocks.append(Block(role, (Span(start, start + len(text)),), text))
        start += len(text) + 1
    return blocks


def drafted(*described: tuple[Role, str]) -> Drafts:
    """What opened each draft, and the indices of its blocks."""
    return [(draft.opened_by, draft.blocks) for draft in draft_articles(blocks_of(*described))]


def fails(reason: str, *values: Any) -> Any:
    """An example that fails today, and why."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True))


# --- heads and leads ---


def test_no_blocks() -> None:
    assert drafted() == []


def test_furniture_and_residue_are_in_no_draft() -> None:
    described: list[tuple[Role, str]] = [("furniture", "第3版"), ("residue", "```")]
    assert drafted(*described) == []
    assert drafted(("heading", "供暖在即"), *described, ("body", PIPES)) == [("head", [0, 3])]


def test_head_opens_an_article() -> None:
    assert drafted(("heading", "供暖在即"), ("body", PIPES), ("body", MORE_PIPES)) == [("head", [0, 1, 2])]


def test_headline_group_is_one_head() -> None:
    found = draft_articles(
        blocks_of(
            ("heading", "入冬以来"),
            ("heading", "全市供暖设施检修过半"),
            ("deck", "——来自一线的报告"),
            ("byline", "本报记者 苑捷"),
            ("body", PIPES),
        )
    )
    assert [(draft.blocks, draft.head) for draft in found] == [([0, 1, 2, 3, 4], [0, 1, 2, 3])]


def test_heading_below_a_deck_begins_a_new_group() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "算出集体“明白账”"),
        ("deck", "——城北区合同清理成果丰硕"),
        ("heading", "科普日主场活动启动"),
        ("body", LEAD),
    ]
    assert drafted(*described) == [("head", [0, 1]), ("head", [2, 3])]


def test_two_decks_belong_to_one_head() -> None:
    described: list[tuple[Role, str]] = [
        ("headline", "切实保障民生"),
        ("deck", "——六论"),
        ("deck", "——访谈"),
        ("body", PIPES),
    ]
    assert drafted(*described) == [("head", [0, 1, 2, 3])]


def test_lead_goes_below_its_head() -> None:
    assert drafted(("heading", "诗词大会开幕"), ("body", LEAD), ("body", POEMS)) == [("head", [0, 1, 2])]


def test_lead_without_a_head_opens_an_article() -> None:
    assert drafted(("body", LEAD), ("body", POEMS)) == [("lead", [0, 1])]


def test_lead_in_an_open_article_opens_the_next() -> None:
    assert drafted(("heading", "供暖在即"), ("body", PIPES), ("body", LEAD)) == [("head", [0, 1]), ("lead", [2])]


def test_lead_below_another_lead() -> None:
    assert drafted(("body", LEAD), ("body", "【本報訊】特首昨日出席活動。")) == [("lead", [0]), ("lead", [1])]


def test_head_without_text_stays_alone() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "算出集体“明白账”"),
        ("deck", "——城北区合同清理成果丰硕"),
        ("heading", "科普日主场活动启动"),
        ("deck", "——来自现场的报告"),
        ("body", LEAD),
    ]
    assert [blocks for _, blocks in drafted(*described)] == [[0, 1], [2, 3, 4]]


# --- ends: bylines, jumps ---


def test_byline_below_the_text_ends_the_article() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("body", PIPES),
        ("byline", "记者 李俊华"),
        ("body", POEMS),
    ]
    assert drafted(*described) == [("head", [0, 1, 2]), ("stray", [3])]


def test_byline_above_the_text_does_not_end_it() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("byline", "记者 李俊华"),
        ("body", PIPES),
        ("body", MORE_PIPES),
    ]
    assert drafted(*described) == [("head", [0, 1, 2, 3])]


def test_second_byline_below_the_text() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("body", PIPES),
        ("byline", "记者 李俊华"),
        ("byline", "通讯员 李鹏"),
    ]
    assert drafted(*described) == [("head", [0, 1, 2, 3])]


def test_byline_that_is_first_on_the_page() -> None:
    assert drafted(("byline", "【記者任翔宇／台北報導】"), ("body", PIPES)) == [("lead", [0, 1])]


def test_jump_forward_ends_the_article() -> None:
    described: list[tuple[Role, str]] = [("heading", "供暖在即"), ("body", PIPES), ("jump", ON), ("body", POEMS)]
    assert drafted(*described) == [("head", [0, 1, 2]), ("stray", [3])]


def test_jump_forward_first_on_the_page() -> None:
    assert drafted(("jump", ON), ("body", PIPES)) == [("stray", [0]), ("stray", [1])]


def test_jump_backward_below_a_head_is_its_own() -> None:
    assert drafted(("heading", "供暖在即"), ("jump", BACK), ("body", PIPES)) == [("head", [0, 1, 2])]


def test_jump_backward_without_a_head_opens_an_article() -> None:
    assert drafted(("jump", BACK), ("body", PIPES)) == [("jump", [0, 1])]


def test_jump_backward_in_an_open_article_opens_the_next() -> None:
    described: list[tuple[Role, str]] = [("heading", "诗会"), ("body", POEMS), ("jump", BACK), ("body", PIPES)]
    assert drafted(*described) == [("head", [0, 1]), ("jump", [2, 3])]


def test_two_jumps_backward_are_two_articles() -> None:
    described: list[tuple[Role, str]] = [("jump", BACK), ("body", PIPES), ("jump", "(上接A1版)"), ("body", POEMS)]
    assert drafted(*described) == [("jump", [0, 1]), ("jump", [2, 3])]


# --- pictures ---


def test_picture_in_an_open_article_is_its_own() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("body", PIPES),
        ("caption", "图为检修现场。"),
        ("credit", "刘涛摄"),
        ("body", MORE_PIPES),
    ]
    assert drafted(*described) == [("head", [0, 1, 2, 3, 4])]


def test_photo_news() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "古城春来早"),
        ("caption", "昨日，市民在公园赏花。"),
        ("credit", "刘涛摄"),
    ]
    assert drafted(*described) == [("head", [0, 1, 2])]


def test_caption_behind_an_article_that_ended_is_photo_news() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("body", PIPES),
        ("jump", ON),
        ("caption", "昨日，市民在公园赏花。"),
        ("credit", "刘涛摄"),
        ("body", LEAD),
    ]
    assert drafted(*described) == [("head", [0, 1, 2]), ("photo", [3, 4]), ("lead", [5])]


def test_credit_behind_the_byline_belongs_to_the_article() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("body", PIPES),
        ("byline", "(刘 涛)"),
        ("credit", "刘涛摄"),
    ]
    assert drafted(*described) == [("head", [0, 1, 2, 3])]


def test_picture_first_on_the_page_and_text_below() -> None:
    assert drafted(("caption", "图为检修现场。"), ("body", PIPES)) == [("photo", [0]), ("stray", [1])]


def test_two_pictures_side_by_side_are_two() -> None:
    described: list[tuple[Role, str]] = [
        ("jump", ON),
        ("caption", "昨日，市民在公园赏花。"),
        ("credit", "刘涛摄"),
        ("caption", "工人们在检修管道。"),
        ("credit", "王伟摄"),
    ]
    assert drafted(*described)[1:] == [("photo", [1, 2]), ("photo", [3, 4])]


# --- strays ---


def test_text_before_any_head_is_stray() -> None:
    assert drafted(("body", PIPES), ("body", MORE_PIPES)) == [("stray", [0, 1])]


def test_stray_text_goes_on_until_a_head() -> None:
    described: list[tuple[Role, str]] = [
        ("body", PIPES),
        ("byline", "记者 李俊华"),
        ("body", POEMS),
        ("heading", "诗词大会开幕"),
        ("body", LEAD),
    ]
    assert drafted(*described) == [("stray", [0, 1]), ("stray", [2]), ("head", [3, 4])]


# --- crossheads and headlines ---

OPEN: list[tuple[Role, str]] = [("heading", "全市供暖设施检修过半"), ("body", PIPES)]

CROSSHEADS: list[Any] = [
    ("倒排工期", "body", MORE_PIPES),
    ("杏花岭区", "body", "杏花岭区召开会议，安排部署供暖工作。"),
    ("一、摸清家底", "body", POEMS),
    ("倒排工期", "list", "1.检修管道；\n2.调试锅炉。"),
    ("管道检修跑出加速度", "body", MORE_PIPES),
    ("工人检修管道到深夜 确保按时供暖", "body", MORE_PIPES),
    fails("a place name of nine characters over text about other things", "大同经济技术开发区", "body", POEMS),
]

HEADLINES: list[Any] = [
    ("诗会", "body", LEAD),
    ("诗词诵读大会在古城墙下开幕", "body", POEMS),
    ("工人检修管道到深夜，项目部安排专人值守确保供暖", "body", LEAD),
    ("学思想 强党性 重实践", "body", MORE_PIPES),
    ("新时代·“枫桥经验”新实践", "body", MORE_PIPES),
    ("登恒山", "verse", "云开北岳万峰青，\n石径盘空入杳冥。"),
    ("停水通知", "notice", "因设备检修，今日停水。"),
    ("今日菜价", "table", "| 白菜 | 1.20 |"),
    ("供暖在即", "caption", "图为检修现场。"),
    ("供暖在即", "byline", "记者 李俊华"),
    ("工人检修管道到深夜项目部安排专人值守确保按时供暖了" * 2, "body", MORE_PIPES),
    fails("up to eight characters any heading in an open article is its crosshead", "诗会开场", "body", POEMS),
]


@pytest.mark.parametrize(("text", "role", "below"), CROSSHEADS)
def test_crosshead(text: str, role: Role, below: str) -> None:
    assert drafted(*OPEN, ("heading", text), (role, below)) == [("head", [0, 1, 2, 3])]


@pytest.mark.parametrize(("text", "role", "below"), HEADLINES)
def test_headline_below_an_open_article(text: str, role: Role, below: str) -> None:
    assert drafted(*OPEN, ("heading", text), (role, below)) == [("head", [0, 1]), ("head", [2, 3])]


def test_the_longest_is_no_crosshead_whatever_stands_below() -> None:
    assert len("工人检修管道到深夜项目部安排专人值守确保按时供暖了" * 2) > LONGEST_CROSSHEAD


@pytest.mark.parametrize("text", ["杏花岭区", "诗会", "市总工会工匠学院的一天"])
def test_crosshead_below_a_jump(text: str) -> None:
    """A second half has crossheads from its start on, whatever they are about."""
    assert drafted(("jump", BACK), ("heading", text), ("body", PIPES)) == [("jump", [0, 1, 2])]


def test_crossheads_below_a_jump_one_after_the_other() -> None:
    described: list[tuple[Role, str]] = [
        ("jump", BACK),
        ("heading", "杏花岭区"),
        ("body", "杏花岭区召开会议。"),
        ("heading", "尖草坪区"),
        ("body", "尖草坪区召开会议。"),
        ("heading", "诗会"),
        ("body", LEAD),
    ]
    assert drafted(*described) == [("jump", [0, 1, 2, 3, 4]), ("head", [5, 6])]


def test_two_headings_in_a_row_are_a_headline_group() -> None:
    described: list[tuple[Role, str]] = [*OPEN, ("heading", "倒排工期"), ("heading", "专人值守"), ("body", MORE_PIPES)]
    assert drafted(*described) == [("head", [0, 1]), ("head", [2, 3, 4])]


def test_heading_behind_an_article_that_ended_is_a_headline() -> None:
    described: list[tuple[Role, str]] = [*OPEN, ("byline", "(部 蓉)"), ("heading", "倒排工期"), ("body", MORE_PIPES)]
    assert drafted(*described) == [("head", [0, 1, 2]), ("head", [3, 4])]


def test_heading_at_the_end_of_the_page_is_a_headline() -> None:
    assert drafted(*OPEN, ("heading", "倒排工期")) == [("head", [0, 1]), ("head", [2])]


def test_heading_over_a_lead_behind_a_picture_is_a_headline() -> None:
    described: list[tuple[Role, str]] = [
        *OPEN,
        ("heading", "诗会"),
        ("body", POEMS),
        ("credit", "刘涛摄"),
        ("body", LEAD),
    ]
    assert drafted(*described) == [("head", [0, 1]), ("head", [2, 3, 4]), ("lead", [5])]


def test_lead_of_the_article_after_next_says_nothing() -> None:
    described: list[tuple[Role, str]] = [
        *OPEN,
        ("heading", "倒排工期"),
        ("body", MORE_PIPES),
        ("heading", "诗会"),
        ("body", LEAD),
    ]
    assert drafted(*described) == [("head", [0, 1, 2, 3]), ("head", [4, 5])]


def test_crosshead_that_is_one_already() -> None:
    assert drafted(*OPEN, ("crosshead", "诗词诵读大会在古城墙下开幕"), ("body", POEMS)) == [("head", [0, 1, 2, 3])]


@pytest.mark.parametrize("role", ["headline", "heading", "column", "kicker", "deck"])
def test_head_right_below_a_crosshead_is_not_lost(role: Role) -> None:
    described: list[tuple[Role, str]] = [*OPEN, ("crosshead", "倒排工期"), (role, "诗词大会开幕"), ("body", LEAD)]
    assert sorted(index for _, blocks in drafted(*described) for index in blocks) == [0, 1, 2, 3, 4]


def test_headline_that_is_one_already() -> None:
    assert drafted(*OPEN, ("headline", "倒排工期"), ("body", MORE_PIPES)) == [("head", [0, 1]), ("head", [2, 3])]


def test_backward_jump_and_lead() -> None:
    back, on, lead, body, heading = blocks_of(
        ("jump", BACK), ("jump", ON), ("body", LEAD), ("body", PIPES), ("heading", LEAD)
    )
    assert [is_backward_jump(block) for block in (back, on, lead)] == [True, False, False]
    assert [is_lead(block) for block in (lead, body, heading)] == [True, False, False]


# --- any blocks at all ---

TEXTS = st.sampled_from(
    [PIPES, MORE_PIPES, POEMS, LEAD, BACK, ON, "诗会", "诗词诵读大会在古城墙下开幕", "——六论", "(刘 涛)"]
)
ROLES = [role for role in get_args(Role) if role != "crosshead"]  # see test_head_right_below_a_crosshead_is_not_lost
DESCRIBED = st.lists(st.tuples(st.sampled_from(ROLES), TEXTS), max_size=14)


@settings(deadline=None)
@given(DESCRIBED)
def test_every_block_is_in_exactly_one_draft(described: list[tuple[Role, str]]) -> None:
    blocks = blocks_of(*described)
    drafts = draft_articles(blocks)
    wanted = [index for index, block in enumerate(blocks) if block.role not in OUTSIDE_ROLES]
    assert sorted(index for draft in drafts for index in draft.blocks) == wanted
    assert all(draft.blocks == sorted(draft.blocks) for draft in drafts)
    assert all(draft.blocks and set(draft.head) <= set(draft.blocks) for draft in drafts)


# --- pictures, notices, short reports, contents ---

CAPTION = "3月11日，云石镇小学的学生在校园农场里播种蚕豆，大家认领菜畦，轮流照看。"
NOTICE = "因设备检修，6月22日7时至19时城关镇北街停电，敬请谅解。"


def test_photo_news_in_an_open_article_does_not_end_it() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("body", PIPES),
        ("caption", CAPTION),
        ("credit", "岳小棠 摄"),
        ("body", MORE_PIPES),
        ("heading", "诗词诵读大会在古城墙下开幕"),
        ("body", LEAD + POEMS),
    ]
    assert drafted(*described) == [("head", [0, 1, 4]), ("photo", [2, 3]), ("head", [5, 6])]


def test_caption_about_the_article_stays_in_it() -> None:
    described: list[tuple[Role, str]] = [("heading", "供暖在即"), ("body", PIPES), ("caption", MORE_PIPES)]
    assert drafted(*described) == [("head", [0, 1, 2])]


def test_photo_news_with_a_headline_between_two_halves() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "供暖在即"),
        ("body", PIPES[:30]),
        ("heading", "小农场里学种豆"),
        ("caption", CAPTION),
        ("credit", "岳小棠 摄"),
        ("body", MORE_PIPES),
    ]
    assert drafted(*described) == [("head", [0, 1, 5]), ("photo", [2, 3, 4])]


def test_picture_between_a_head_and_its_lead_is_no_photo_news() -> None:
    described: list[tuple[Role, str]] = [
        *OPEN,
        ("heading", "诗会开场"),
        ("caption", CAPTION),
        ("credit", "岳小棠 摄"),
        ("body", LEAD),
    ]
    assert drafted(*described) == [("head", [0, 1]), ("head", [2, 3, 4, 5])]


def test_notice_holds_only_what_speaks_as_one() -> None:
    described: list[tuple[Role, str]] = [
        *OPEN,
        ("heading", "停电公告"),
        ("body", NOTICE),
        ("body", POEMS),
    ]
    assert drafted(*described) == [("head", [0, 1]), ("head", [2, 3]), ("stray", [4])]


@pytest.mark.parametrize("title", ["短 波", "科技简讯", "簡訊"])
def test_each_marked_paragraph_below_their_title_is_a_report(title: str) -> None:
    described: list[tuple[Role, str]] = [
        ("heading", title),
        ("body", "■" + PIPES),
        ("byline", "（罗小满）"),
        ("body", "■" + POEMS),
    ]
    assert drafted(*described) == [("head", [0, 1, 2]), ("brief", [3])]


def test_marked_headings_below_their_title_open_a_report_each() -> None:
    described: list[tuple[Role, str]] = [
        ("heading", "简讯"),
        ("heading", "●铁路铺轨过半"),
        ("body", PIPES),
        ("heading", "●瓷路特展开幕"),
        ("body", MORE_PIPES),
    ]
    assert [blocks for _, blocks in drafted(*described)][-1] == [3, 4]


def test_marked_paragraphs_of_a_report_stay_in_it() -> None:
    described: list[tuple[Role, str]] = [("heading", "供暖在即"), ("body", "■" + PIPES), ("body", "■" + MORE_PIPES)]
    assert drafted(*described) == [("head", [0, 1, 2])]


def test_box_of_contents_ends_with_its_list() -> None:
    described: list[tuple[Role, str]] = [
        *OPEN,
        ("heading", "今日导读"),
        ("list", "老油坊飘出新香味 2版\n诗会开场 3版"),
        ("body", MORE_PIPES),
    ]
    assert drafted(*described) == [("head", [0, 1]), ("head", [2, 3]), ("stray", [4])]


@pytest.mark.parametrize("title", ["天气", "停水通知", "今日导读", "科技简讯", "分类信息"])
def test_titles_of_their_own_are_never_crossheads(title: str) -> None:
    assert drafted(*OPEN, ("heading", title), ("body", MORE_PIPES))[1][1][0] == 2


def test_weighed_headings_keep_their_evidence() -> None:
    (draft,) = draft_articles(blocks_of(*OPEN, ("heading", "倒排工期"), ("body", MORE_PIPES)))
    assert draft.crossheads == [2]
    assert opens_article(draft.weighed[2]) < OPENS
    assert "like" in evidence_of(draft.weighed[2])
