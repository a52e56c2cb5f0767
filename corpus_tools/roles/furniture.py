"""Furniture: masthead, folio, running head, imprint, editors', contact and copyright lines.

Text of one block enters, yes or no leaves. A line is furniture where its parts (`folio_parts.py`) prove each other: a date
and a page number, two desks with names. Words that no part knows are allowed only beside the surest of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus_tools.roles.folio_parts import LONGEST_FURNITURE, PAPER, SECTION, Part, folded, parts_of

_SIGNS = re.compile(
    "[0-9A-Za-z０-９版論论观觀報报讯訊年期週周编編校设終终责責线線话話箱址码碼元历曆權权載载初廿·|｜　＊*★☆◆■●▲]|值班|主任|[日月][一二三四五六日]"
    "|机关|美术|美術"
)
"""Any furniture has one of these: a cheap look before its grammar."""

_ALONE = frozenset(
    {
        "date",
        "weekday",
        "lunar",
        "imprint",
        "serial",
        "pages",
        "price",
        "desk",
        "contact",
        "copyright",
        "english",
        "page",
    }
)
"""What is furniture by itself, when it is the whole line."""

_ANCHORS = _ALONE - {"weekday"}
"""What proves a line of several parts, none of them an unknown word."""

_NO_PAPER = re.compile(r"[发發看喜布的了天]|空气|水质|疫情|气象|预警|病情|工作")  # 我市发布空气质量日报
_SOFT_CONTACT = re.compile(
    r"(?:电话|電話|热线|熱線|Tel|TEL|QQ|Q Q|微信(?!公众)|传真|傳真|邮箱|郵箱|E-?mail|Email|EMAIL)"
)
"""Contacts that small advertisements end with as well: they prove nothing without an editor or a desk beside them."""

_SOFT_DESK = re.compile(r"(?:策划|统筹|制图|製圖|制作|摄影编辑|统稿|监制|監製|设计|設計)[\ ：:／/]")
"""Those are named below single articles too."""

_SURE_PAGE = re.compile(r"第.+[版頁页]|[A-Z]?[0-9]{1,3}[版頁]|[A-Z]0[1-9]")
_SURE_IMPRINT = re.compile(
    r"[^，。！？]{0,40}(?:国内统一(?:连续出版物号|刊号)|國內統一(?:連續出版物號|刊號)|邮发代号|郵發代號|CN\ ?[0-9]{2}[-—][0-9]{4})[^，。！？]{0,60}"
)
_COPYRIGHT = re.compile("[载載权權©]")
_COMMA_ALLOWED = re.compile("[载載权權©：:℃年]")
"""What furniture with a comma in it has: a cheap look before its grammar."""

_OF_DOCUMENT = re.compile(r"[（(].*[）)]|[０-９]{1,3}|[０-９]{4}年.*|第\ ?[0-9０-９]{1,3}\ ?[期号號]")
"""A date in brackets or in full-width digits, alone, is a signature's; a short number is a decree's, or a list's."""

_STARS = re.compile(r"[＊*★☆◆■●▲\ ]{3,}")  # a row of stars between two articles
_SPACED_OUT = re.compile(r"(?:[^\x00-\xff]\ {1,3}){2,7}[^\x00-\xff]")
_LONGEST_WORD, _LONGEST_NAME = 6, 10
"""Characters of an unknown word in a folio: the name of a section or a supplement; where date, weekday and editor prove it, of
both together: 今日芦川·综合."""

_LONGEST_TOP = 16
"""Characters of a line at the top of a page that only its place proves."""

_LONGEST_SECTIONS = 7
"""Characters of two sections with a dot between."""

_DATE = (
    r"(?:(?:(?:19|20)[0-9]{2}|(?:中[华華])?民[国國](?:[0-9]{2,3}|[〇零○一二三四五六七八九十百]{2,5})|[二一][〇零九○０0][〇零一二三四五六七八九○]{2})年"
    r"\ ?[0-9一二三四五六七八九十]{1,3}月\ ?[0-9一二三四五六七八九十]{1,3}日)"
)
_WEEKDAY = r"(?:星期|週|周)[一二三四五六日天]"
_PAGE_NUMBER = r"(?:第?[A-Z]?[0-9]{1,2}\ ?版|第[一二三四五六七八九十]{1,3}版|[A-Z][0-9]{2})"
_DAY = re.compile(rf"日\ *{_WEEKDAY}")
_RUNNING_HEAD = re.compile(
    rf"""
    (?:^|\ +)
    (?: {_PAGE_NUMBER}(?:[·\ ]?{SECTION}{{1,2}})?(?:\ +{PAPER})?\ +{_DATE}\ *{_WEEKDAY}     # 第3版 要闻 2023年11月8日 星期三
      | (?:{PAPER}\ +)?{_DATE}\ *{_WEEKDAY}(?:\ +{SECTION}{{1,2}})?\ +{_PAGE_NUMBER}(?:\ +{SECTION}{{1,2}})?
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
    if not _DAY.search(text):
        return []
    return [found.span() for found in _RUNNING_HEAD.finditer(folded(text))]


def is_furniture(text: str) -> bool:
    """Whether a whole block is a masthead, a folio, a date line, an imprint, an editors', a contact or a copyright line.

    >>> is_furniture("A05 城事 柳浦晚报 2019年7月23日 星期二"), is_furniture("责编：张三 美编：李四 校对：王五")
    (True, True)
    >>> is_furniture("责任编辑是个细致活"), is_furniture("电话：13800000000"), is_furniture("人民日报点赞大同")
    (False, False, False)
    """
    if not 0 < len(text) <= LONGEST_FURNITURE or not _SIGNS.search(text):
        return False
    if _SPACED_OUT.fullmatch(text):
        return is_furniture(text.replace(" ", ""))  # 沂 北 日 报: a masthead as wide as the page
    if text[-1] in "！？!?；;：:" or (text[-1] == "。" and not _COPYRIGHT.search(text)):
        return False
    if "，" in text and not _COMMA_ALLOWED.search(text):
        return False
    if _SURE_IMPRINT.fullmatch(text) or _STARS.fullmatch(text):
        return True
    parts = parts_of(text.removesuffix("。"))
    if text[-1] == "。":
        return bool(parts) and all(part.kind == "copyright" for part in parts)
    return bool(parts) and _prove(text, parts)


def heads_page(text: str) -> bool:
    """Whether a line below nothing but furniture goes on with it: the page's section, a paper and its motto.

    >>> heads_page("综合新闻"), heads_page("临湖晚报 您身边的街坊"), heads_page("B1 鹿坪‧茶鄉新聞"), heads_page("农资供应充足")
    (True, True, True, False)
    """
    parts = parts_of(text) if len(text) <= _LONGEST_TOP else ()
    kinds = [part.kind for part in parts]
    return kinds in (["section"], ["section", "section"], ["paper", "word"]) or (
        kinds[:1] == ["page"] and set(kinds[1:]) <= {"word", "section"} and len(kinds) > 1
    )


def _prove(text: str, parts: Sequence[Part]) -> bool:
    """Whether the parts of a whole line prove that it is furniture."""
    kinds = {part.kind for part in parts}
    words = [part for part in parts if part.kind == "word"]
    if words:
        return _proves_words(parts, kinds, words)
    hard = [part for part in parts if not _is_soft(part)]
    if len(parts) == 1:
        return (kinds <= _ALONE and bool(hard) and not _OF_DOCUMENT.fullmatch(text)) or _is_masthead(parts[0])
    if kinds == {"sponsor"}:
        return True  # 中共沣川市委机关报 沣川日报社出版: one alone may be a headline's subject, two are a masthead's
    if kinds == {"section"}:
        return len(text) <= _LONGEST_SECTIONS and _are_parted(text, parts)  # 理论·评论
    if kinds <= {"page"} or kinds <= {"weekday", "weather", "page"}:
        return False
    if not any(part.kind in _ANCHORS for part in hard):
        return "paper" in kinds and kinds <= {"paper", "edition", "section"} and _are_parted(text, parts)
    return True


def _proves_words(parts: Sequence[Part], kinds: set[str], words: Sequence[Part]) -> bool:
    """Whether the known parts of a line prove words that are none: beside a date and a page number, or a page and a paper."""
    if [part.kind for part in parts] == ["word", "date"]:
        return (
            True  # a paper by a name that is no paper's; a notice's signature looks the same, and is no headline either
        )
    longest = _LONGEST_NAME if {"date", "weekday", "desk"} <= kinds else _LONGEST_WORD
    if any(len(word.text) > longest for word in words):
        return False
    if "date" in kinds and kinds & {"page", "paper", "serial"}:
        return len(words) <= 2
    if sum(part.kind == "contact" for part in parts) > 1:
        return len(words) == 1  # 新闻热线 0990-8160000 澄州新闻网 www…
    if "desk" in kinds and kinds & {"date", "page", "contact"}:
        return len(words) <= 2
    if kinds & {"paper", "weekday", "serial", "lunar"} and kinds & {"date", "page", "serial"}:
        return len(words) == 1
    if [part.kind for part in parts] == ["section", "word", "page"] and parts[1].start == parts[0].end + 1:
        return True  # 理论·思想者 3
    sure_page = any(part.kind == "page" and _SURE_PAGE.fullmatch(part.text) for part in parts)
    return sure_page and len(parts) == 2 and len(words[0].text) <= 4 and words[0].start > parts[0].start


def _is_soft(part: Part) -> bool:
    """Whether a part stands below articles and advertisements as well as in the margin."""
    if part.kind == "contact":
        return _SOFT_CONTACT.match(part.text) is not None
    return part.kind == "desk" and _SOFT_DESK.match(part.text) is not None


def _is_masthead(part: Part) -> bool:
    """Whether a part that is a whole line names a paper, or whose it is."""
    if part.kind == "paper":
        return not _NO_PAPER.search(part.text[:8])
    return part.kind == "sponsor" and part.text.endswith(("机关报", "機關報"))


def _are_parted(text: str, parts: Sequence[Part]) -> bool:
    """Whether a rule or a dot stands between a paper's name and its section or edition: a space alone may be a headline's."""
    between = [text[left.end : right.start] for left, right in pairwise(parts)]
    return all(
        set(gap) & set("|｜│·•／/") or part.kind == "edition" for gap, part in zip(between, parts[1:], strict=True)
    )
