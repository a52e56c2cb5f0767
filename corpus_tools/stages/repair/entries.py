"""Entries: lines that by their own form belong to a list, whatever stands round them.

One line's text enters, the kind of entry leaves. Forms, not words: hours, labels before a colon, goods and prices, results,
rows of names, rows of a table set with spaces. Sentences are none: no 。 and at most one comma.
"""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI
from corpus_tools.names import may_be_name

LONGEST_ENTRY = 40
LONGEST_CONTENTS = 60
"""Characters of an entry; of one that says where a report stands."""

LEAST_ROWS = {"names": 2, "table": 2, "contents": 2, "draw": 2, "source": 2}
LEAST_ENTRIES = 3
"""Entries of one kind, one below another, that make a list; rows of names and of tables, and what stands on which page, are
plainer than others."""

_AMOUNT = r"[0-9０-９][0-9０-９.,．，]*\ ?(?:[%％℃°]|[万亿萬億]?[元块塊]|[公市]?斤|[吨噸台个個箱件张張人票分])?(?:[/／每][^，。\s]{1,6})?"
_ENTRY = re.compile(
    rf"""
      (?P<time>[0-9]{{1,2}}[:：][0-9]{{2}}(?:[-—～~至][0-9]{{1,2}}[:：][0-9]{{2}})?[\ \u3000]*[^\ 0-9].{{0,24}})
    | (?P<result>[{HANZI}]{{2,8}}\ ?(?:[0-9]{{1,3}}[:：][0-9]{{1,3}}\ ?[{HANZI}]{{2,8}}|[—-][{HANZI}]{{2,8}}\ ?[0-9]{{1,3}}[:：][0-9]{{1,3}}
        |[胜勝负負平][{HANZI}]{{2,8}}\ ?[0-9]{{1,3}}比[0-9]{{1,3}}))
    | (?P<price>(?:[{HANZI}（）()]{{1,10}}(?:[\ \u3000：:]{{1,4}}|…{{1,3}}|\.{{3,9}})(?:每[{HANZI}]{{1,3}}\ ?)?{_AMOUNT}[\ \u3000]*){{1,3}})
    | (?P<label>(?:[{HANZI}\ ]{{2,8}}|[A-Z]{{2,6}}[0-9]{{0,3}})[：:](?:[^，。！？；：:]|(?<=[0-9])[：:](?=[0-9])){{1,30}})
    | (?P<draw>[{HANZI}0-9A-Z“”]{{2,8}}\ ?第?\ ?[0-9]{{5,8}}\ ?期[：:\ ]{{1,3}}[^。，]{{3,40}}                # 福彩3D第2019315期：4 0 7
        |第\ ?[0-9]{{1,4}}/[0-9]{{2,4}}\ ?期[^。，]{{5,48}}|[头頭二三]{{1,3}}[奖獎][^。，]{{3,60}}[0-9])
    | (?P<source>(?:[①-⑳]|\[[0-9]{{1,2}}\])[^。]{{6,56}}(?:[0-9]页|[0-9]頁|[0-9]期|年版|出版社|日)[^。]{{0,12}}。?)  # ①《管子》，古籍出版社2009年版，第2页。
    | (?P<number>[0-9]{{1,3}}[、.．][{HANZI}]{{2,4}}\ [{HANZI}\ ]{{2,14}})
    """,
    re.VERBOSE,
)
_CONTENTS = re.compile(  # 铸牢忠诚警魂（2版）, 各地冰雪旅游热度攀升 >>03: a heading, and where its report stands
    r"""
    (?!.*(?:下转|上接|下轉|轉|紧接|緊接|文转|文接)[^（(]{0,8}$)
    .{4,52}?
    (?: [（(]\ ?(?:详见|見|见|刊)?第?\ ?(?:[A-Z]?[0-9]{1,2}|[一二三四五六七八九十]{1,3})\ ?[版頁页][）)]
      | (?:[\ \u3000]*[/／|｜→»>》]{1,3}|…{1,8}|·{2,12}|\.{3,9}|[\ \u3000]+)[\ \u3000]*(?:详见|見|见|刊)?
        (?:第?\ ?(?:[A-Z]?[0-9]{1,2}|[一二三四五六七八九十]{1,3})\ ?[版頁页]|[A-Z][0-9]{1,2}|0[1-9]|(?<=[/／|｜→»>》…·])[A-Z]?[0-9]{1,2})
    )
    """,
    re.VERBOSE,
)
_GAP = re.compile(r"[ \u3000]+")
_CELL = re.compile(rf"(?:{_AMOUNT}|[-—]+|[{HANZI}]{{1,8}})")
_NAME_LIKE = re.compile(rf"[{HANZI}]{{2,4}}")
_SOURCE_MARKS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳[")
_LAST_OF_CONTENTS = frozenset("版頁页）)0123456789")
LEAST_NAMES = 3
"""Names in a row of names; two words with a space between are as often a headline."""

_NUMBER = re.compile(r"[0-9０-９]")
_MAY_BE_ENTRY = re.compile("[0-9０-９：:]")  # each form has one of them
_NO_ENTRY = frozenset("。！？；”」")


def kind_of_entry(text: str) -> str:
    """The kind of entry a line is by its form; empty where it may be prose, a headline or anything else.

    >>> kind_of_entry("19:00 新闻联播"), kind_of_entry("大白菜 1.20元/公斤"), kind_of_entry("地点：文化广场")
    ('time', 'price', 'label')
    >>> kind_of_entry("郝雨 苑捷 纪元元 臧力卿"), kind_of_entry("大同市  多云  -11℃  2℃"), kind_of_entry("他说：“好。”")
    ('names', 'table', '')
    >>> kind_of_entry("铸牢忠诚警魂（2版）"), kind_of_entry("各地冰雪旅游热度攀升 >>03"), kind_of_entry("主动挂靠科研院所（下转第三版）")
    ('contents', 'contents', '')
    """
    if text[-1] in _LAST_OF_CONTENTS and "。" not in text and _CONTENTS.fullmatch(text):
        return "contents"
    if text[0] in _SOURCE_MARKS and (found := _ENTRY.fullmatch(text)) and found["source"]:
        return "source"
    if len(text) > LONGEST_ENTRY or text[-1] in _NO_ENTRY or text.count("，") > 1:
        return ""
    cells = _GAP.split(text) if " " in text or "\u3000" in text else ()
    if len(cells) > 2:
        row = _row(list(cells))
        if row:
            return row
    found = _ENTRY.fullmatch(text) if _MAY_BE_ENTRY.search(text) else None
    return "" if found is None else found.lastgroup or ""


def _row(cells: list[str]) -> str:
    if _are_names(_unspaced(cells)):
        return "names"
    fits = sum(_CELL.fullmatch(cell.lstrip("-+−")) is not None for cell in cells)
    has_numbers = sum(_NUMBER.search(cell) is not None for cell in cells) * 2 >= len(cells)
    return "table" if fits == len(cells) and has_numbers else ""


def _unspaced(cells: list[str]) -> list[str]:
    """The words of a row of names: 李 鹏 is one name, set as wide as three characters."""
    words: list[str] = []
    for cell in cells:
        if len(cell) == 1 and words and len(words[-1]) == 1:
            words[-1] += cell
        else:
            words.append(cell)
    return words


def _are_names(words: list[str]) -> bool:
    """Whether words are names: all may be by their length, and more than half by their surname too."""
    if len(words) < LEAST_NAMES or not all(_NAME_LIKE.fullmatch(word) for word in words):
        return False
    return sum(map(may_be_name, words)) * 2 > len(words)
