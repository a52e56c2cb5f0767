"""Columns by their form, and by their place above a headline; look-alikes that are headlines or kickers."""

from __future__ import annotations

import pytest

from corpus_tools.roles.columns import is_column, may_be_column


@pytest.mark.parametrize(
    "text",
    [
        "学思想 强党性 重实践 建新功",
        "新时代 新征程 新伟业",
        "新时代新征程·“枫桥经验”新实践",
        "城市漫步·老街新生",
        "市民热线",
        "平城时评",
        "本报评论",
        "【民生直通车】",
        "城南時評",
    ],
)
def test_column_by_its_form(text: str) -> None:
    assert is_column(text)
    assert may_be_column(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "激发“工匠精神” 迸发“产改”活力",
        "算出集体“明白账” 走出增收“新路子”",
        "我市为重点人群 提供健康管理服务",
        "选优配强建队伍 务实管用建机制 平城区选配管好街道政法委员",
        "热线",
        "新闻热线昨日开通",
        "夏巴兹·谢里夫当选巴基斯坦新一任总理",
        "切实保障和改善民生",
        "高质量 发展",
    ],
)
def test_no_column_by_its_form(text: str) -> None:
    assert not is_column(text)


@pytest.mark.parametrize(
    "text",
    [
        "走村串户看新春",
        "热线追踪",
        "文化走亲",
        "民生直通车",
        "讀者投書",
        "民意論壇",
        "百家论坛",
        "开好局 起好步",
        "奋进新征程·建功新时代",
        "新时代新征程新伟业·团结奋斗 强国复兴",
        "学习贯彻习近平新时代中国特色社会主义思想主题教育",
        "喜迎建党百年",
        "“乡间茶馆”",
        "■ 特写 ■",
    ],
)
def test_column_above_a_headline(text: str) -> None:
    assert may_be_column(text)


@pytest.mark.parametrize(
    "text",
    [
        "太原西北二环高速",
        "凌晨两点，河堤边传来呼救声",
        "东屏区打通医养结合“最后一米”",
        "“五老”志愿者十年如一日",
        "本报与市供销社联合调查显示",
        "全市重点项目建设现场推进会强调",
        "今日导读",
        "停电公告",
        "豪雨連三日 山區道路柔腸寸斷",
        "粮食总产突破120亿斤",
    ],
)
def test_no_column_above_a_headline(text: str) -> None:
    assert not may_be_column(text)
