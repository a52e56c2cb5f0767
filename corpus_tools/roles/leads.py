"""Leads: what a report begins with, 本报讯（记者 …）, 新华社北京1月3日电, （吉隆坡8日讯）, 【記者任翔宇／台北報導】."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from corpus_tools.characters import ANSWERS_KEPT, HANZI
from corpus_tools.model import Person
from corpus_tools.names import may_be_name
from corpus_tools.roles.people import people_in_brackets
from corpus_tools.roles.wording import NAME, NAMES, PAPER, PERSON_ROLE, ROLED

_AGENCY = (
    r"(?:新华社|新華社|中新社|中新网|中国新闻社|中新網|央视网|央视新闻|央广网|中央社|人民网|新华网|光明网|中通社|法新社|路透社|美联社|美聯社|共同社|时事社|塔斯社|俄通社|俄新社|彭博社|欧新社"
    r"|韩联社|韓聯社|朝中社|安莎社|埃菲社|德新社|越通社|泰新社|国际在线)"
)
_TITLE = r"(?:[日晚时早快导新晨商周]报|都市报|青年报|[日晚時早快導新晨商週]報|都市報|青年報|周刊|週刊|新闻网|新聞網|电视台|電視台|广播电台|在线|客户端)"
_OWN = (
    r"(?:本报|本報|本刊|本社|本网|本網|本台|本臺|本市|我报|晚报|早报|晨报|快报|商报|综合|綜合"
    rf"|[{HANZI}]{{2,5}}{_TITLE}|《[{HANZI}]{{2,8}}》|香港文匯報|大公報|明報|信報|[{HANZI}]{{1,2}}京报)"
)
_WIRE = (
    r"(?:专讯|專訊|特讯|特訊|(?<!通)[讯訊]|消息(?![人灵靈])|专电|專電|电|電)"
    r"(?![子话話视視影厂廠力台机機器网網商缆纜站池梯脑腦源息号號價价费費动動气氣车車])"
)
_PLACE = rf"(?:(?![记記]者)[{HANZI}]){{0,8}}?"
_DAY = r"[0-9０-９〇一二三四五六七八九十年月]{0,10}[日]?"
_PLAIN = (
    r"[^，。；：！？（(【〔\n是在的了推看说与和将为记記]"  # what may stand between an agency and 电: place and date
)
_REPORTED = r"(?:综合|綜合|联合|聯合)?(?:报道|報道|報導)"
_IN_BRACKETS = (  # 吉隆坡8日讯, 新山综合电, 雅加达路透电, 本報綜合報道: nothing else is in the brackets
    rf"[{HANZI}]{{2,10}}?[0-9０-９〇一二三四五六七八九十月日]{{0,8}}(?<![简简簡短快通资資喜音死])"
    r"(?:综合|綜合|路透|法新|彭博|美联|美聯|共同|专|專|特)?(?:讯|訊|电|電)"
)
_REPORTERS = rf"(?:{PAPER}?\ ?{PERSON_ROLE}\ ?{NAME}(?:\ ?[、，]\ ?{NAME}|\ (?!{_REPORTED}){NAME}){{0,4}})"

LEAD = re.compile(
    rf"""
    (?P<tag>
        [【〔\[（(]?
        (?:
            {_OWN}(?:综合|綜合|特)?{_PLACE}{_DAY}{_WIRE}
          | (?:据|據)?{_AGENCY}(?:[记記]者(?P<reporter>[{HANZI}]{{2,3}})(?=[{HANZI}]{{2,4}}[0-9０-９一二三四五六七八九十]))?{_PLAIN}{{0,20}}?{_WIRE}
          | (?:新华社|新華社|中新社){_PLAIN}{{0,16}}?[0-9０-９一二三四五六七八九十]{{1,3}}日(?=[，：:\ （(])
          | (?<=[（(]){_IN_BRACKETS}(?=[）)])
          | (?<=[【〔\[])(?:{_IN_BRACKETS}
          |[{HANZI}]{{0,6}}(?:本报|本報|本刊|綜合|综合|[報报])[{HANZI}]{{0,6}}(?:報道|報導|报道)|[{HANZI}]{{2,8}}[讯訊電电])(?=[】〕\]])
          | [{HANZI}]{{2,8}}(?:讯|訊|消息)(?=\ ?[（(]\ ?(?:{PAPER}?\ ?{PERSON_ROLE}))           # 云州讯（记者 …）
        )
        [】〕\]）)]?
    )
    \ {{0,2}}
    (?: (?P<people>[（(【〔][^）)】〕\n]{{2,60}}[）)】〕])
      | (?P<named>{_REPORTERS}(?:[、\ ]{_REPORTERS}){{0,3}})(?:{_REPORTED}|[电電])(?=[：:，。\ ])
      | (?P<spaced>{_REPORTERS}(?:\ {_REPORTERS}){{0,2}})(?=\ )
    )?
    """,
    re.VERBOSE,
)
_BY_REPORTER = re.compile(
    rf"""
    [【〔\[（(]\ ?
    (?P<people>
        {ROLED}(?:[\ 、，；;/／╱]{{1,2}}(?:{ROLED}|{NAMES}))*
        (?: [／/╱∕][^】〕\]）)\n]{{2,12}} )?
    )
    [】〕\]）)]
    """,
    re.VERBOSE,
)
_PLACE_AND_WIRE = (
    rf"(?P<place>[{HANZI}]{{2,5}}?)(?<![專专特])(?P<day>[0-9０-９〇一二三四五六七八九十月]{{0,6}}日)?"
    r"(?P<wire>專電|专电|特稿|电|電|訊|讯|報導|報道|报道)"
)
_REPORTER_AND_WIRE = re.compile(  # 【本報記者羅啟明台北專電】, 中央社記者方以柔台北8日電: the name stands inside the tag
    rf"""
    [【〔\[（(]?\ ?
    (?P<paper>本报|本報|{_AGENCY}|[{HANZI}]{{2,4}}(?:日報|時報|晚報|日报|时报|晚报|匯報|公報))?\ ?
    (?P<role>(?:特派|駐京|驻京|首席|实习|實習)?(?:[记記]者|特派員|特派员))\ ?(?P<name>[{HANZI}]\ [{HANZI}]|[{HANZI}]{{2,3}})\ ?{_PLACE_AND_WIRE}
    (?:[】〕\]）)]|(?=[\ ，：:]))
    """,
    re.VERBOSE,
)
_BY_SLASH = (
    re.compile(  # 記者林予安、周以恆／竹溪報導, 編譯莊雅婷／綜合外電報導, 國際中心／綜合報導; with brackets or without
        rf"""
    [【〔\[（(]?\ ?
    (?:(?P<people>(?:{PAPER}\ ?)?{PERSON_ROLE}\ ?{NAME}(?:[、，\ ]{{1,2}}{NAME}){{0,4}})|[{HANZI}]{{2,8}}(?:中心|組|组))
    \ ?[／/╱∕]\ ?[{HANZI}]{{2,8}}(?:報導|報道|报道|電|电|特稿)
    (?:\ ?[】〕\]）)]|(?=\ ))
    """,
        re.VERBOSE,
    )
)
_REPORTER_FIRST = re.compile(  # 新华社记者任翔宇 臧力卿 春节临近，…: names, then two words' space
    rf"[□■●◆▲]?\ ?(?P<people>(?:{PAPER}\ ?)?{PERSON_ROLE}\ ?{NAME}(?:[、，]{NAME}|\ {NAME}){{0,4}})(?:\ ?{_REPORTED}[：:，\ ]|\ )(?=\S)"
)
LEAST_BEHIND_REPORTER = 12
"""Characters that must follow names at a paragraph's start: in a shorter line they are a byline with something behind it."""

_OPENING = frozenset("【〔[（(")
_WIRED = re.compile("[讯訊電电]|消息")
_DATED = re.compile("新[华華]社|中新社")
_REPORTER = re.compile("[记記]者|通[讯訊][员員]|特派|[编編][译譯]")
LONGEST_TAG = 48
"""Characters that a tag may have at the most: a cheap look before the grammar of leads."""

REPORTER_LOOK = 14
"""Characters at a paragraph's start that hold the role of the reporter it begins with."""

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
    opened = text[:1] in _OPENING
    wired = opened or _WIRED.search(text, 0, LONGEST_TAG) is not None or _DATED.match(text) is not None
    if opened or _REPORTER.search(text, 0, REPORTER_LOOK):
        lead = _by_reporter(text, opened=opened)
        if lead:
            return lead
    if not wired:
        return None
    match = LEAD.match(text)
    if match is None or match.end() == len(text):
        return None  # nothing follows: a sign-off, not a beginning: （本报加拉加斯1月13日电）
    return Lead(_dateline(match), _people(match))


def _by_reporter(text: str, *, opened: bool) -> Lead | None:
    """Leads that begin with who wrote: in brackets, before a slash, or with the name inside the tag."""
    inside = _REPORTER_AND_WIRE.match(text)
    if inside and inside.end() < len(text) and _is_split_well(inside):
        people: tuple[Person, ...] = (Person(inside["name"].replace(" ", ""), inside["role"]),)
        if inside["wire"][-1] in "导導道":
            return Lead(None, people)
        return Lead((inside["paper"] or "") + inside["place"] + (inside["day"] or "") + inside["wire"], people)
    slashed = _BY_SLASH.match(text)
    if slashed and slashed.end() < len(text):
        return Lead(None, people_in_brackets(slashed["people"]) if slashed["people"] else ())
    if opened:
        match = _BY_REPORTER.match(text)
        if match is None or match.end() == len(text) or match["people"][-1] in "摄攝":
            return None  # a sign-off, or a photographer
        return Lead(None, people_in_brackets(match["people"]))
    match = _REPORTER_FIRST.match(text)
    if match and len(text) - match.end() >= LEAST_BEHIND_REPORTER:
        people = tuple(takewhile(lambda person: may_be_name(person.name), people_in_brackets(match["people"])))
        if people:
            return Lead(None, people)
    return None


def _is_split_well(match: re.Match[str]) -> bool:
    """Whether name and place, which stand side by side, were parted where a name ends."""
    name = match["name"].replace(" ", "")
    return may_be_name(name) and not may_be_name(name + match["place"])


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
    named = match["people"] or match["named"] or match["spaced"]
    return people_in_brackets(named.strip("（）()【】〔〕 ")) if named else ()
