"""Columns: names of sections, series and campaigns that stand above headlines (栏目), told by their form.

The text of one heading enters, an answer leaves. `is_column` is sure by the form alone; `may_be_column` needs a headline
below: 热线追踪 is a column above `“没头”的路灯全亮了`, and nothing by itself.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from corpus_tools.characters import ANSWERS_KEPT, HANZI
from corpus_tools.roles.notices import is_notice_title
from corpus_tools.roles.titles import is_contents_title

SERIES_LENGTH = 12
"""Characters of a series name with a dot in it and no quotes: 高质量发展·调研行."""

LONGEST_COLUMN = 16
"""Characters of a column's name without a dot: 学习贯彻党的二十大精神 has 11, two slogans of seven have 15."""

LONGEST_TAILED = 9
"""Characters of a column told by its last word: 民生直通车, 百姓身边事大家谈; longer headings that end so are headlines."""

_PRINTED_MARKS = " ●○■□◆◇▲★【】〔〕[]《》〈〉“”「」『』|｜"
"""What print sets a column's name off with."""

_SLOGANS = re.compile(rf"[{HANZI}]{{2,5}}(?: [{HANZI}]{{2,5}}){{2,}}")  # 学思想 强党性 重实践 建新功
_SERIES = re.compile(rf"[{HANZI}“”「」]{{2,12}}[·•・‧][{HANZI}“”‘’「」『』]{{2,14}}")  # 新时代新征程·“枫桥经验”新实践
_NAMED = re.compile(
    rf"(?:[{HANZI}]{{1,6}}(?:观察|观点|时评|短评|快评|论坛|专栏|视点|聚焦|关注|热线|信箱|连载|评论|周刊"
    rf"|觀察|觀點|時評|短評|快評|論壇|專欄|視點|關注|熱線|連載|評論|週刊))"
)
_BRACKETED = re.compile(r"[【〔\[][^】〕\]]{2,12}[】〕\]]")
_CAMPAIGN = re.compile(
    rf"(?:新时代|新思想|新征程|新春|学习|學習|學習貫徹|贯彻|贯彻落实|深入学习|深入学习贯彻|学习贯彻|学习宣传贯彻|聚焦|聚力|决胜|决战|奋进|喜迎|喜庆|欢庆|庆祝|纪念|礼赞|致敬|走进|牢记|弘扬|践行|建设|打造|奋战|冲刺|迎战|对话|直击|关注|回眸|展望)"
    rf"[{HANZI}0-9“”《》 ]{{3,14}}"
)
_LONG_SERIES = re.compile(rf"[{HANZI}“”「」 ]{{5,16}}[·•・‧][{HANZI}“”‘’「」『』 ]{{2,20}}")
"""Too long before the dot for a foreign name: 新时代新征程新伟业·团结奋斗 强国复兴."""
_EVENT = re.compile(
    rf"(?:[{HANZI}]{{2,6}})?第?[0-9一二三四五六七八九十]{{1,3}}[届次屆][{HANZI}“”]{{2,14}}"
)  # 杭州第19届亚运会
_EDUCATION = re.compile(
    rf"[{HANZI}0-9“”]{{0,24}}(?:主题教育|主題教育|学习教育|學習教育|系列报道|系列主题新闻发布会|专题报道|大讨论)"
)
_TWO_SLOGANS = re.compile(rf"([{HANZI}]{{3,5}}) ([{HANZI}]{{3,5}})")  # 开好局 起好步
_PLAIN = re.compile(rf"[{HANZI}]{{2,5}}")
_NO_COLUMN = re.compile(r"[，。？！?!：:；;]|[0-9０-９]{3}")


@cache
def column_tails() -> frozenset[str]:
    """What the names of columns end in: two to four hanzi, simplified and traditional."""
    lines = files("corpus_tools.data").joinpath("column_tails.tsv").read_text("utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(ANSWERS_KEPT)
def is_column(text: str) -> bool:
    """Whether a heading is by its form a column or campaign name: slogans of equal weight, a series with a dot.

    >>> is_column("学思想 强党性 重实践 建新功"), is_column("激发“工匠精神” 迸发“产改”活力")
    (True, False)
    """
    if _SERIES.fullmatch(text):  # a dot alone may be in a foreign name: 夏巴兹·谢里夫表示…
        return "“" in text or "「" in text or len(text) <= SERIES_LENGTH
    return any(pattern.fullmatch(text) for pattern in (_SLOGANS, _NAMED, _BRACKETED))


@lru_cache(ANSWERS_KEPT)
def may_be_column(text: str) -> bool:
    """Whether a heading may be a column's name where a headline stands below it: by its last word, its first one, its length.

    >>> [may_be_column(text) for text in ("热线追踪", "走村串户看新春", "讀者投書", "太原西北二环高速", "凌晨两点，河堤边传来呼救声")]
    [True, True, True, False, False]
    """
    bare, is_set_off = _without_marks(text)
    if _LONG_SERIES.fullmatch(bare) or _EDUCATION.fullmatch(bare):
        return True
    if len(bare) > LONGEST_COLUMN or _NO_COLUMN.search(bare) or is_contents_title(bare) or is_notice_title(bare):
        return False
    two = _TWO_SLOGANS.fullmatch(bare)
    if two and len(two[1]) == len(two[2]):
        return True
    if is_column(text) or is_set_off or _PLAIN.fullmatch(bare):
        return True
    words = bare.replace(" ", "")
    return (len(words) <= LONGEST_TAILED and _ends_in_tail(words)) or any(
        pattern.fullmatch(bare) for pattern in (_CAMPAIGN, _EVENT)
    )


def _without_marks(text: str) -> tuple[str, bool]:
    """A heading without the marks round it, and whether there were any: 【…】, ■…■, “…” as a whole."""
    bare = text.strip(" ")
    inside = bare[1:-1]
    if len(bare) > 2 and bare[0] in _PRINTED_MARKS and bare[-1] in _PRINTED_MARKS:
        is_whole = not any(mark in inside for mark in _PRINTED_MARKS.strip())
        return (inside.strip(" "), True) if is_whole else (bare, False)
    return bare, False


def _ends_in_tail(words: str) -> bool:
    """Whether its last two to four characters are what columns end in."""
    return any(words[-length:] in column_tails() for length in (2, 3, 4))
