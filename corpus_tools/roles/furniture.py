"""Furniture: masthead, folio, running head, imprint, editors' and contact lines."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI
from corpus_tools.names import COMPOUND_SURNAMES, SURNAMES

_FOLIO = r"[0-9]{1,3}|[A-H][0-9]{1,2}|第?\ ?[A-Z]?[0-9]{1,2}\ ?版|第[一二三四五六七八九十]{1,3}版|[—\-·\ ]{1,3}[0-9]{1,3}[—\-·\ ]{1,3}"
_WEEKDAY = r"(?:星期|週|周)[一二三四五六日天]"
_DATE = (
    r"(?:(?:(?:19|20)[0-9]{2}|(?:中[华華])?民[国國](?:[0-9]{2,3}|[〇零○一二三四五六七八九十百]{2,5})|[二一][〇零九○０0][〇零一二三四五六七八九○]{2})年"
    r"\ ?[0-9一二三四五六七八九十]{1,3}月\ ?[0-9一二三四五六七八九十]{1,3}日)"
)
_LUNAR = (
    r"(?:农历|農曆|夏历|夏曆)\ ?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)?\ ?"
    r"[闰閏]?(?:[正一二三四五六七八九十冬腊臘]{1,2}月)(?:[初十廿卅二三][一二三四五六七八九十]?|三十)日?(?:\ +.{0,12})?"
)
_ENGLISH_DATE = (
    r"(?:[A-Za-z]{3,9}day,?\ )?"
    r"(?:[0-9]{1,2}\ [A-Z][a-z]{2,8},?\ (?:19|20)[0-9]{2}|[A-Z][a-z]{2,8}\ [0-9]{1,2},\ (?:19|20)[0-9]{2})"
)
_SURE_IMPRINT = r"国内统一|國內統一|邮发代号|郵發代號|CN\ ?[0-9]{2}[-—][0-9]{4}"
_IMPRINT = (
    r"(?:总第?\ ?[0-9]+\ ?期|第\ ?[0-9]{3,}\ ?期|今日\ ?[0-9一二三四五六七八九十]+\ ?版"
    rf"|零售价?[：:]?\ ?[0-9.]+元|每份\ ?[0-9.]+元|{_DATE}|{_WEEKDAY})"
)
_FAMILY = "[" + "".join(sorted(SURNAMES)) + "]|" + "|".join(COMPOUND_SURNAMES)
_EDITOR = rf"(?:[{HANZI}]\ [{HANZI}](?![{HANZI}])|(?:{_FAMILY})[{HANZI}]{{1,2}})"
_DESK = (
    r"(?:本版|本报|本期)?(?:值班)?(?:责编|责任编辑|责任校对|责校|编委|版式设计|版式|美编|美术编辑|責任編輯|責編|編輯|校對"
    r"|校对|编辑|主编|主編|编审|组版|排版|设计|图编|终审)"
)
_PAPER_NAME = (
    rf"(?:香港|澳門)?(?:[{HANZI}]{{2,4}}(?:[日晚时早]报|[日晚時早]報|都市报|都市報|青年报|青年報|商报|商報|时讯)"
    r"|聯合報|文匯報|大公報|明報|信報|联合报|文汇报)"
)
_NO_PAPER = re.compile(r"[发發看喜布的了天]")  # 我市发布空气质量日报
_SECTION = (
    r"(?:要闻|要聞|综合|綜合|国际|國際|国内|本市|本地|社会|社會|财经|財經|经济|經濟|文化|体育|體育|副刊|广告|廣告|专题|專題|专版|时政|時政"
    r"|民生|教育|健康|娱乐|娛樂|评论|評論|理论|理論|港澳|台湾|两岸|兩岸|地方|生活|都市|焦点|焦點|新闻|新聞|天下|法治|科技|读书|深度|头版|頭版)"
)
_CONTACT = r"新闻热线|报料电话|投稿邮箱|广告热线|发行热线|社址|地址|邮编|邮政编码|电子信箱|E-mail|网址"
_SHORT_DATE = r"(?:19|20)[0-9]{2}(?:\.[0-9]{1,2}\.|-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}"
_PART = (  # of a running head; two of them prove each other
    rf"(?:{_PAPER_NAME}|{_SECTION}{{1,2}}(?:新闻|新聞)?|第?[A-Z]?[0-9]{{1,2}}\ ?版|第[一二三四五六七八九十]{{1,3}}版|[A-Z]?0[1-9]|[A-Z][0-9]{{1,2}}"
    rf"|{_DATE}|{_SHORT_DATE}|{_WEEKDAY})"
)
_CLOCK = r"(?![^，。]{0,24}[0-9]\ ?(?:[时時点點]|[:：][0-9]))"  # 星期三 晚8时: the line of a programme
_FURNITURE = re.compile(
    rf"""
    (?:
        {_FOLIO}                                                               # 第3版, — 3 —
      | [A-Z]?[0-9]{{1,2}}\ +[{HANZI}·\ ]{{2,12}}\ +{_DATE}[^。]{{0,40}}           # 02 要闻 2023年11月8日 …
      | (?:[{HANZI}]{{2,10}}\ +)?{_DATE}[\ ,，]*(?:{_WEEKDAY}{_CLOCK}[^，。]{{0,40}})?
      | {_WEEKDAY}|{_ENGLISH_DATE}|(?:https?://|www\.)[\w./-]{{4,60}}
      | (?:第?\ ?)?[A-Z]?[0-9]{{1,2}}\ ?版?\ {{0,3}}[·|｜]?\ ?{_SECTION}{{1,2}}(?:新闻|新聞)?版?  # A3 要聞
      | 第[一二三四五六七八九十]{{1,3}}版\ {{0,3}}[·|｜]?\ ?{_SECTION}{{1,2}}
      | {_SECTION}{{1,2}}\ +第?\ ?[A-Z]?[0-9]{{1,2}}\ ?版?
      | (?=.*[0-9年]){_PART}(?:[\ ·|｜/／,，]{{1,3}}{_PART}){{1,5}}                  # 2023.11.8 星期三 A05
      | [＊*★☆◆■●▲\ ]{{3,}}                                                       # a row of stars between two articles
      | {_LUNAR}
      | [^，。！？]{{0,40}}(?:{_SURE_IMPRINT})[^，。！？]{{0,60}}
      | (?:{_IMPRINT}|[{HANZI}]{{0,4}}(?=\ )|[\ ·|｜　]){{1,8}}
      | {_DESK}[\ ：:／/]{{1,2}}{_EDITOR}(?:[\ 、]{_EDITOR})*(?:[\ ，；|｜]+{_DESK}[\ ：:／/]{{1,2}}{_EDITOR}(?:[\ 、]{_EDITOR})*){{0,5}}(?:\ +.{{0,40}})?
      | {_DESK}[：:／/]\ ?[{HANZI}]{{2,4}}(?:[\ ，；|｜]+{_DESK}[：:／/]\ ?[{HANZI}]{{2,4}}){{1,6}}  # two desks prove the names
      | (?:{_CONTACT})[\ ：:].{{2,60}}
    )
    """,
    re.VERBOSE,
)
_SIGNS = re.compile("[0-9A-Za-z版报報讯訊年期週周编編校设終终线話话箱址码元历曆·|｜　＊*★☆◆■●▲]")
"""Any furniture has one of these: a cheap look before its grammar."""

_MASTHEAD = re.compile(rf"{_PAPER_NAME}(?:\ +{_DATE}.{{0,40}})?")


_PAGE_NUMBER = r"(?:第?[A-Z]?[0-9]{1,2}\ ?版|第[一二三四五六七八九十]{1,3}版|[A-Z][0-9]{2})"
_RUNNING_HEAD = re.compile(
    rf"""
    (?:^|\ +)
    (?: {_PAGE_NUMBER}(?:[·\ ]?{_SECTION}{{1,2}})?(?:\ +{_PAPER_NAME})?\ +{_DATE}\ *{_WEEKDAY}     # 第3版 要闻 2023年11月8日 星期三
      | (?:{_PAPER_NAME}\ +)?{_DATE}\ *{_WEEKDAY}(?:\ +{_SECTION}{{1,2}})?\ +{_PAGE_NUMBER}(?:\ +{_SECTION}{{1,2}})?
    )
    (?:\ +|$)
    """,
    re.VERBOSE,
)


def find_running_heads(text: str) -> list[tuple[int, int]]:
    """`(start, end)` of each running head inside a text, with the spaces round it: page number, date and weekday at once.

    >>> find_running_heads("每人奖励2万元，确保高 第3版 要闻 2023年11月8日 星期三 技能人才应评尽评。")
    [(11, 34)]
    >>> find_running_heads("本报2023年11月8日星期三第3版刊登的照片有误。")
    []
    """
    return [found.span() for found in _RUNNING_HEAD.finditer(text)]


def is_furniture(text: str) -> bool:
    """Whether a whole block is a masthead, a folio, a date line, an imprint, an editors' or a contact line."""
    if not 0 < len(text) <= 120 or text[-1] in "。！？!?；;：:" or not _SIGNS.search(text):
        return False
    if _MASTHEAD.fullmatch(text):
        return not _NO_PAPER.search(text[:8])
    return _FURNITURE.fullmatch(text) is not None
