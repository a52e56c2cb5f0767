"""Entries: what a line is by its form alone, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus_tools.stages.repair.entries import kind_of_entry


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("08:30 少儿节目，动画城", "time"),
        ("08：30新聞早班車", "time"),
        ("9:00—11:30 书画展", "time"),
        ("大白菜 1.20元/公斤", "price"),
        ("大白菜 每公斤1.20元", "price"),
        ("雞蛋……9.60元／斤", "price"),
        ("萝卜  3.00 元/500克  土豆  2.10 元/500克", "price"),
        ("地点：市文化广场", "label"),
        ("时间：1月18日9：00—11：30", "label"),
        ("聯繫人：陳曉琳", "label"),
        ("甲城队 3：1 乙城队", "result"),
        ("甲城队胜乙城队 3比1", "result"),
        ("陈晓琳 徐玉成 任翔宇 臧力卿", "names"),
        ("李 鹏 王 伟 刘 涛 苑 捷", "names"),
        ("大同市  多云  -11℃  2℃", "table"),
        ("矿区 1,097 2,913 11,052", "table"),
        ("1、陈晓琳 市第一医院", "number"),
    ],
)
def test_entries(text: str, kind: str) -> None:
    assert kind_of_entry(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "19:00开始，广场上已经站满了人，歌声传出很远",
        "他说：“好。”",
        "市委召开会议 部署今冬供暖工作",
        "奋进新征程 建功新时代",
        "目前已有41个小区开工，惠及居民3.2万户",
        "员与Massachusetts Institute of",
        "记者从市热力公司获悉：今冬供暖准备工作全部完成。",
        "本报记者 郝雨",
    ],
)
def test_no_entries(text: str) -> None:
    assert kind_of_entry(text) == ""
