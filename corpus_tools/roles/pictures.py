"""Pictures: who took or drew one (credits), and what one shows (captions).

A block enters, yes or no leaves, or the place where a caption ends and its credit begins: a paragraph with a credit behind
its last sentence is a caption (236 of 236 in People's Daily, January 1998).
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT, HANZI
from corpus_tools.names import glued_names, may_be_name
from corpus_tools.roles.wording import NAME, PAPER, PERSON_ROLE, TEXT_AND_PICTURE

_WHO = rf"[{HANZI}·•《》+＋\ 、，,/／]{{2,36}}?"  # what it holds is looked at afterwards
_AGENCY = (
    r"(?:新华社|新華社|中新社|中新网|中央社|法新社|路透社|美联社|美聯社|法新|路透|彭博社|彭博|欧新社|歐新社|共同社|韩联社|韓聯社|中通社|视觉中国|視覺中國|影像中国"
    r"|东方\ ?IC|東方\ ?IC|人民视觉|人民图片|马新社|馬新社|海峡时报|海峽時報|CFP|ICPHOTO|IC\ ?[Pp]hoto|VCG|AFP|AP|Reuters|EPA|Getty\ ?Images|澎湃影像)"
)
_OFFICE = (
    r"(?:局|部|委|院|馆|館|社|台|臺|会|會|队|隊|公司|中心|大学|大學|学校|學校|办|辦|集团|集團|厂|廠|站|处|處|所|镇|鎮|区|區|县|縣|村|园|園|店|街道"
    r"|者|方|人|网|網)"
)
_ABOUT = r"(?:本[栏欄版页頁]|本[组組]|[压壓][题題]|[题題][头頭]?|以上|均|上|下|左|右|文中|文内|除署名外|未署名){0,3}(?:[图圖]片?|照片|[图圖]表)"
_SOURCE = r"(?:资料|資料|档案|檔案|网络|網絡|網路|互联网|视频|視頻|监控|監視器|新华社|新華社|本报|本報)"
_CREDIT_LINE = re.compile(
    rf"""
    [（(【\[□■▲△◆●\ ]{{0,2}}
    (?:
        [图圖][／/：:](?:取自|翻[摄攝]自).{{2,24}}
      | (?:取自|取材自|翻[摄攝]自|截自|[来來]源[：:])[^，。；]{{2,24}}
      | {_ABOUT}(?:均|皆)?(?:由[^，。；：]{{2,24}}(?:提供|拍[摄攝]|供稿|供[图圖]|[摄攝])|[系係為为]{_WHO}[摄攝])       # 图片由市图书馆提供
      | {_ABOUT}[：:／/]\ ?[^，。；：]{{2,20}}(?:提供|[摄攝])
      | (?:供[图圖]|[图圖]片?|照片|文)[／/：:]\ ?[{HANZI}]{{2,12}}{_OFFICE}  # 供图/市气象台
      | (?:[图圖]片?|照片|摄影|攝影|Photo)\ ?[／/：:]\ ?(?:{_SOURCE}(?:图片|圖片|照片|照|图|圖)|{_AGENCY}|[受采][访訪]者(?:提供)?)
      | (?P<who>{_WHO})[\ /／]?(?:(?P<sure>摄|攝|供图|供圖|(?P<both>{TEXT_AND_PICTURE}))|摄影报道|攝影報導|攝影報道|摄影|攝影|制图|製圖|绘图|繪圖|绘|繪|供片)
        (?:[于於][{HANZI}]{{2,8}})?(?:\ ?[（(](?:{_AGENCY}|{_SOURCE}(?:图片|圖片|照片))[）)]|[／/]{_AGENCY})?
      | (?P<first>(?P<both_first>(?:{TEXT_AND_PICTURE})(?:报道|報道)?)|摄影|攝影|照片|图片|圖片|图|圖|供图|供圖|制图|製圖|绘图|繪圖|绘画|漫画|漫畫
          |插画|插畫|插图|插圖|题图|題圖)
          [\ ：:／/|｜]{{1,3}}(?P<named>{_WHO})[摄攝绘]?
      | [{HANZI}]{{2,16}}(?:供图|供圖)
      | (?:受访者|受訪者|当事人|當事人|通讯员|读者|讀者|网民|網民|网友|網友|市民|家属|家屬|[{HANZI}]{{2,10}}{_OFFICE})提供(?:图片|圖片|照片)?
      | (?:新华社|新華社|中新社|本报|本報|人民视觉)(?:发|發|资料图片|資料圖片|资料照片|資料照片|供图|供圖|图片|圖片|照片|传真照片)
          (?:{_AGENCY}(?:照片|图片)?)?(?:\ ?[（(]?{_WHO}[摄攝作绘][）)]?)?
      | {_AGENCY}(?:/{_AGENCY}){{1,3}}|{_AGENCY}(?:(?:档案|檔案|资料|資料)?(?:图片|圖片|照片|照|[图圖]))?(?=[）)])
      | {_SOURCE}(?:图片|圖片|图|圖|照片|照|截图|截圖|画面|畫面)
      | {_ABOUT}(?:[来來]源[：:]|[来來]自|[据據]).{{2,20}}
      | [A-Za-z\ ]{{2,12}}供[图圖]
      | (?:摘自|[选選]自|原[载載](?:于|於)?|[转轉][载載]自)《[^》]{{2,24}}》[^。]{{0,24}}                # （摘自《村镇研究》2018年第8期）
      | (?:[据據]|[综綜]合)(?:{_AGENCY}|央视新闻|本报|本報|[、，和及]){{1,4}}(?:客户端|[电電]|报道|報道|報導|消息)?     # （据新华社）
      | (?:本[报報])?[综綜]合(?:[报報][道導]|消息|新[闻聞])?(?=[）)])
      | (?:[数數][据據]|[资資]料)[来來]源[：:][^。]{{2,40}}?\ (?:制图|製圖|制表|製表)[／/：:\ ]\ ?[{HANZI}\ ]{{2,8}}
    )
    [）)】\]\ 。]{{0,2}}
    """,
    re.VERBOSE,
)
_CREDIT_ENDS = frozenset("摄攝图圖片发發照供社国國道導导绘繪片制製者C访訪面文影像新透博期》日络絡作画畫电電闻聞合端息")
_CREDIT_STARTS = frozenset("据據综綜图圖摄攝照供制製漫插题題绘繪文取翻截来來本压上下左右以除P选選原转轉数數资資")
_TAKEN_AT = re.compile("[摄攝][于於]")
_AROUND = "（）()【】[] 。□■▲△◆●"
"""A credit ends or begins with one of these, inside its brackets: a cheap look before its grammar."""

_CAPTION_START = re.compile(
    r"""
    [（(]?(?:[▲△▼▽◀▶←→↑↓]\ ?)?
    (?: [图圖]为|圖為|图片为|[图圖]片[说說]明[：:\ ]
      | (?:[上下左右中][上下左右]?|以上)(?:[两兩三]|[一二三四])?[图圖](?![书書东東馆館标標谋謀景])
      | [图圖][①-⑳0-9一二三四五六](?:[至、和—-][图圖]?[①-⑳0-9一二三四五六])?[：:为\ ]
      | (?:资料|資料|题|題|大|小|主|上|下)?[图圖](?:[说說注])?[：:](?=.)
      | [图圖][说說注][\ ：:])
    | [▲△▼▽◀←↑↓](?=[^上下转轉接紧緊0-9])
    """,
    re.VERBOSE,
)
_TAIL_IN_BRACKETS = re.compile(r"[（(][^（()）]{2,40}(?:[（(][^（()）]{1,16}[）)])?[）)]$")
_TAIL_BEHIND_MARK = re.compile(r"(?<=[。！？”…])\ ?(?P<credit>[^。！？”…]{2,40})$")
_TAIL_OF_REPORTER = re.compile(rf"\ (?P<credit>{PAPER}?\ ?{PERSON_ROLE}\ ?{NAME}(?:[\ 、]{NAME}){{0,2}}\ ?[摄攝])$")
LONGEST_CREDIT = 40
LONGEST_CAPTION = 300


@lru_cache(ANSWERS_KEPT)
def is_credit(text: str) -> bool:
    """Whether a whole block says who took or drew a picture.

    A reporter's name with 文/图 says who wrote as well: that is a byline.

    >>> is_credit("本报记者 张占兵摄"), is_credit("(齐向真、陈旺文/摄)"), is_credit("中新社供图"), is_credit("手机摄影")
    (True, True, True, False)
    >>> is_credit("本报记者 张占兵 文/图"), is_credit("刘涛摄（影像中国）")
    (False, True)
    """
    if len(text) > LONGEST_CREDIT:
        return False
    bare = text.strip(_AROUND)
    if len(bare) < 2 or not (
        bare[-1] in _CREDIT_ENDS or bare[0] in _CREDIT_STARTS or bare[-1].isascii() or _TAKEN_AT.search(bare)
    ):
        return False
    if bare.endswith(("拍摄", "拍攝")):
        return False
    drawn = _DRAWN.fullmatch(text)
    if drawn:
        return may_be_name(drawn["name"].replace(" ", ""))
    match = _CREDIT_LINE.fullmatch(text)
    if match is None:
        return False
    who = match["who"] or match["named"]
    if not who:
        return True
    has_role = re.search(PERSON_ROLE, who) is not None
    if has_role and (match["both"] or match["both_first"]):
        return False
    if match["sure"] and "供" in match["sure"]:
        return True
    # 摄影, 绘 and 图： stand in headlines too: only with a role, a space in the name, or a surname are they credits
    return has_role or _are_names(who.strip(" 、，,/／"), sure=bool(match["sure"]))


def _are_names(who: str, *, sure: bool) -> bool:
    """Whether who took a picture is named: behind 摄 any two to four hanzi will do, elsewhere a name needs its surname."""
    if re.fullmatch(rf"(?:[{HANZI}]\ [{HANZI}](?:[\ 、，,/／]+|$)){{1,4}}", who):
        return True
    names = [name for name in re.split(r"[\ 、，,/／]+", who) if name]
    if sure:
        return all(len(name) <= 4 or "·" in name or glued_names(name) or _OFFICE_END.search(name) for name in names)
    return all(may_be_name(name) or glued_names(name) for name in names)


_DRAWN = re.compile(rf"[（(](?P<name>[{HANZI}]{{2,3}}|[{HANZI}]\ [{HANZI}])\ ?[作画畫绘繪][）)]")
_OFFICE_END = re.compile(rf"(?:[社报報台网]|{_OFFICE})$")


_AGENCY_SAYS = ("据", "據", "综合", "綜合")
"""Behind a last sentence it stays: 数十万户停电。据新华社."""

_SOURCE_STARTS = re.compile("[（(【[ ]{0,2}(?:摘自|[选選]自|原[载載]|[转轉][载載]|[据據]|[综綜]合|本[报報][综綜]合)")


def is_source(text: str) -> bool:
    """Whether a credit says where a text comes from: （摘自《村镇研究》2018年第8期）, （据新华社）; no picture stands above it."""
    return _SOURCE_STARTS.match(text) is not None


@lru_cache(ANSWERS_KEPT)
def credit_start(text: str) -> int | None:
    """Where at the end of a paragraph a picture's credit begins: behind the last full stop, or in brackets; None without.

    >>> credit_start("市民在公园赏花。本报记者 刘涛摄"), credit_start("市民在公园赏花（刘涛 摄）"), credit_start("他在拍摄。")
    (8, 7, None)
    """
    bare = text.rstrip("）)】 。")
    if not bare or bare[-1] not in _CREDIT_ENDS:
        return None
    for pattern in (_TAIL_BEHIND_MARK, _TAIL_IN_BRACKETS, _TAIL_OF_REPORTER):
        found = pattern.search(text, max(0, len(text) - LONGEST_CREDIT - 20))
        if found:
            start = found.start("credit") if found.re.groups else found.start()
            tail = text[start:].strip()
            if start > 0 and is_credit(tail) and not tail.lstrip("（(").startswith(_AGENCY_SAYS):
                return start
    return None


def is_caption(text: str) -> bool:
    """Whether a block says by its first words that it describes a picture (图为…, 上图…)."""
    return len(text) <= LONGEST_CAPTION and _CAPTION_START.match(text) is not None
