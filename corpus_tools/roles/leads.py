"""Leads: what a report begins with, 本报讯（记者 …）, 新华社北京1月3日电, 【記者任翔宇／台北報導】."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT, HANZI
from corpus_tools.model import Person
from corpus_tools.roles.people import NAMES, ROLED, people_in

_AGENCY = r"(?:新华社|新華社|中新社|中新网|央视网|中央社|人民网|新华网|中通社|法新社|路透社|美联社|美聯社|共同社|塔斯社|俄新社|彭博社|韩联社|韓聯社)"
_OWN = rf"(?:本报|本報|本刊|本网|本網|本台|晚报|早报|综合|綜合|[{HANZI}]{{2,5}}(?:日报|晚报|早报|时报|商报|都市报|日報|晚報|早報|時報)|香港文匯報|大公報|明報)"
_WIRE = (
    r"(?:专讯|專訊|(?<!通)[讯訊]|消息(?![灵靈人])|专电|專電|电|電)(?![子话話视視影厂廠力台机機器网網商缆纜站池梯脑腦源息号號])"
)
_PLACE = rf"(?:[{HANZI}]{{1,8}}?)?"
_DAY = r"[0-9０-９〇一二三四五六七八九十年月]{0,10}[日]?"
_PLAIN = (
    r"[^，。；：！？（(【〔\n是在的了推看说与和将为记記]"  # what may stand between an agency and 电: place and date
)

LEAD = re.compile(
    rf"""
    (?P<tag>
        [【〔\[（(]?
        (?:
            {_OWN}(?:综合|綜合|特)?{_PLACE}{_DAY}{_WIRE}
          | (?:据|據)?{_AGENCY}(?:[记記]者(?P<reporter>[{HANZI}]{{2,3}})(?=[{HANZI}]{{2,4}}[0-9０-９]))?{_PLAIN}{{0,20}}?{_WIRE}
          | (?:新华社|新華社|中新社){_PLAIN}{{0,16}}?[0-9０-９一二三四五六七八九十]{{1,3}}日(?=[，：:\ （(])
          | (?<=[（(])[{HANZI}]{{2,6}}[0-9０-９一二三四五六七八九十]{{1,3}}日(?:讯|訊|电|電)(?=[）)])
        )
        [】〕\]）)]?
    )
    \ ?(?P<people>[（(【〔][^）)】〕\n]{{2,60}}[）)】〕]|{ROLED}(?:、{ROLED}){{0,3}}(?=报道[：:，]|電[：:，]|報導[：:，]))?
    """,
    re.VERBOSE,
)
_BY_REPORTER = re.compile(
    rf"[【〔\[（(](?P<people>{ROLED}(?:[\ 、，；;/／]{{1,2}}(?:{ROLED}|{NAMES}))*(?:[／/][^】〕\]）)\n]{{2,12}})?)[】〕\]）)]"
)


_OPENING = frozenset("【〔[（(")
_WIRED = re.compile("[讯訊电電日]|消息")
LONGEST_TAG = 64
"""Characters that a tag may have at the most: a cheap look before the grammar of leads."""


OPENING_WORDS = (
    "近年来|近日|日前|目前|截至目前|据悉|据了解|据介绍|此外|同时|另外|今年以来|去年以来|与此同时|下一步|当天|当日"
    "|近年來|據悉|據了解|據介紹|同時|與此同時"
)
"""What opens a paragraph with a comma behind it, as alternatives of a pattern."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The start of a report: its tag as printed, without brackets and names (None if it has none), and its people."""

    dateline: str | None
    people: tuple[Person, ...]


@lru_cache(ANSWERS_KEPT)
def lead_of(text: str) -> Lead | None:
    """The lead that a body block begins with, or None.

    >>> lead_of("本报讯（记者 郝雨 通讯员 李鹏）主题教育开展以来")
    Lead(dateline='本报讯', people=(Person(name='郝雨', role='记者'), Person(name='李鹏', role='通讯员')))
    >>> lead_of("新华社北京1月3日电（记者 任翔宇、臧力卿）今天").dateline
    '新华社北京1月3日电'
    >>> lead_of("本报记者日前获悉") is None
    True
    """
    if text[:1] not in _OPENING and not _WIRED.search(text, 0, LONGEST_TAG):
        return None
    match = LEAD.match(text)
    if match:
        if match.end() == len(text):
            return None  # a sign-off, not a beginning: （本报加拉加斯1月13日电）
        return Lead(_dateline(match), _people(match))
    match = _BY_REPORTER.match(text)
    if match:
        return Lead(None, people_in(match["people"]))
    return None


def _dateline(match: re.Match[str]) -> str:
    tag = match["tag"]
    if match["reporter"]:  # （中央社記者王偉台北3日電）: the tag is 中央社台北3日電
        start = match.start("reporter") - match.start("tag")
        tag = tag[: start - 2] + tag[start + len(match["reporter"]) :]
    return tag.strip("【】〔〕[]（）() ")


def _people(match: re.Match[str]) -> tuple[Person, ...]:
    if match["reporter"]:
        start = match.start("reporter") - match.start()
        return (Person(match["reporter"], match[0][start - 2 : start]),)
    named = people_in(match["people"].strip("（）()【】〔〕")) if match["people"] else ()
    if any(person.role is None and len(person.name) > 3 for person in named):
        return ()  # （新闻联播）: what stands in the brackets is no name
    return named
