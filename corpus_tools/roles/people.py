"""People: names as Chinese newspapers print them, and the lines that name reporters and authors."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI
from corpus_tools.model import Person
from corpus_tools.names import NO_NAMES, may_be_name

_PLAIN = rf"[{HANZI}]{{2,4}}"
SPACED = rf"[{HANZI}]\ [{HANZI}](?![{HANZI}])"  # 刘 涛: print sets two-character names as wide as three-character ones
_FOREIGN = rf"[{HANZI}]{{1,6}}·[{HANZI}·]{{1,10}}"
NAME = rf"(?:{_FOREIGN}|{SPACED}|{_PLAIN})"
_BETWEEN = r"(?:\ ?[、，,/／]\ ?|\ )"
NAMES = rf"{NAME}(?:{_BETWEEN}{NAME}){{0,7}}"
PERSON_ROLE = (
    r"(?:特约|特約|首席|见习|見習|实习|實習|全媒体|驻(?![村站点厂])[^\s，。：]{1,8}?)?"
    r"(?:记者|記者|通讯员|通訊員|实习生|實習生|评论员|評論員|撰稿人|摄影记者|攝影記者|特派员|特派員|特派记者|特派記者|编译|作者)"
)
PAPER = (
    rf"(?:本报|本報|本刊|新华社|新華社|中新社|中新网|中央社|央视|《[{HANZI}]{{2,10}}》"
    rf"|[{HANZI}]{{2,6}}(?:日报|晚报|时报|早报|都市报|日報|晚報|時報|早報)|[{HANZI}]{{1,5}}[报報])"
)
ROLED = rf"{PAPER}?\ ?{PERSON_ROLE}[：:\ /／]{{0,2}}{NAMES}"
_REPORTED = r"(?:报道|報道|報導|综合报道|采写|采访整理|整理|撰文|文)"

_BYLINE_LINE = re.compile(
    rf"""
    [□■◇◆○●◎▲△※\ ]{{0,3}}
    (?:
        {ROLED}(?:[\ 、，；;/]{{1,2}}{ROLED}){{0,4}}\ ?{_REPORTED}?                              # 本报记者 苑捷
      | [（(]\ ?(?:{ROLED}(?:[\ 、，；;]{{1,2}}{ROLED}){{0,4}}|{NAMES})\ ?[）)]                   # (刘 涛)
      | {NAMES}\ (?:报道|報道|報導|综合报道|采写|撰文)                                           # 李庚洧 报道
      | (?:文|撰文|作者)[\ ：:／/]{{1,2}}{NAMES}
      | [【〔\[]\ ?{ROLED}(?:[／/]\ ?[{HANZI}]{{2,6}}(?:报道|報道|報導|電|电))?\ ?[】〕\]]            # 【記者任翔宇／台北報導】
    )
    """,
    re.VERBOSE,
)
_BYLINE_WORD = re.compile(
    r"[（(【〔\[]|[记記]者|[讯訊][员員]|[评評][论論][员員]|特派|作者|[实實][习習]生|[编編][译譯]|撰|[报報][道導]|采写|文[\ ：:／/]"
)
"""A cheap look before the whole grammar: a byline has one of these."""

_UNNAMED_AUTHOR = re.compile(
    rf"[（(]?(?P<name>(?:本报|本報|[{HANZI}]{{2,8}}[报報社刊])(?:特约|特約)?(?:评论员|評論員))[）)]?"
)
_SEPARATED = re.compile(rf"{PERSON_ROLE}[：:\ /／]{{1,2}}")
_NO_NAME = re.compile(r"[的了是在和与讯将把]|今日|昨日|公司|工作|会议|问题")


_AFTER_SLASH = re.compile(  # ／方小蕙（竹溪市，國小教師）, below a reader's letter
    rf"[／/]\ ?(?P<name>[{HANZI}]{{2,4}})(?:\ ?[（(][^（()）]{{2,24}}[）)])?"
)


def is_byline(text: str) -> bool:
    """Whether a whole block is a byline.

    Behind a role and a space any name will do, as OCR may have misread it; without them it must begin with a surname.

    >>> is_byline("□ 本报记者 苑捷 纪元元"), is_byline("(刘 涛)"), is_byline("山西日报评论员"), is_byline("记者手记")
    (True, True, True, False)
    """
    if len(text) > 60:
        return False
    if text.startswith(("／", "/")):
        alone = _AFTER_SLASH.fullmatch(text)
        return alone is not None and may_be_name(alone["name"])
    if not _BYLINE_WORD.search(text):
        return False
    if _UNNAMED_AUTHOR.fullmatch(text):
        return True
    if not _BYLINE_LINE.fullmatch(text):
        return False
    people = people_in(text)
    if not people or any(person.name in NO_NAMES or _NO_NAME.search(person.name) for person in people):
        return False
    if _SEPARATED.search(text) or re.search(SPACED, text):
        return True
    named = ["·" in person.name or may_be_name(person.name) for person in people]
    return all(named) or (len(named) > 1 and any(named))


_ONLY_NAMES = re.compile(
    rf"[（(]?\ ?(?:(?:文|撰文)[\ ：:／/]{{1,2}})?(?P<names>{NAMES})\ ?(?:报道|報道|報導|采写|撰文)?\ ?[）)]?"
)
_ONE_NAME = re.compile(NAME)
_ROLE = re.compile(PERSON_ROLE)


def people_in(text: str) -> tuple[Person, ...]:
    """The people that a byline, or the brackets of a lead, names; roles as printed, order as printed.

    >>> people_in("记者 郝雨 通讯员 李鹏")
    (Person(name='郝雨', role='记者'), Person(name='李鹏', role='通讯员'))
    >>> people_in("(部 蓉)"), people_in("山西日报评论员")
    ((Person(name='部蓉', role=None),), (Person(name='山西日报评论员', role='评论员'),))
    """
    alone_there = _AFTER_SLASH.fullmatch(text)
    if alone_there:
        return (Person(alone_there["name"]),)
    unnamed = _UNNAMED_AUTHOR.fullmatch(text.strip())
    if unnamed:
        return (Person(unnamed["name"], unnamed["name"][-3:]),)
    found: list[Person] = []
    roles = list(_ROLE.finditer(text))
    for place, match in enumerate(roles):
        end = roles[place + 1].start() if place + 1 < len(roles) else len(text)
        found += [Person(name, match[0]) for name in _names(text[match.end() : end])]
    if not roles:
        alone = _ONLY_NAMES.fullmatch(text.strip())
        found = [Person(name) for name in _names(alone["names"])] if alone else []
    return tuple(found)


_TAIL_WORDS = re.compile(
    rf"[／/]\ ?[{HANZI}]{{2,6}}(?:报道|報道|報導|電|电).*$|(?:综合)?(?:报道|報道|報導)|采写|采访整理|(?:摄影|摄|攝影|攝)(?=$|[\s）)】〕\]])"
    rf"|[\s、，,；;）)】〕\]：:]*(?:《[{HANZI}]{{2,10}}》|{PAPER})?[\s）)】〕\]]*$"
)


def _names(text: str) -> list[str]:
    """The names in the stretch behind a role: `郝雨 `, `任翔宇、臧力卿`, `刘 涛`, `任翔宇／台北報導`, `/王伟`."""
    text = _TAIL_WORDS.sub("", text.strip(" ：:/／"))
    names: list[str] = []
    for part in re.split(r"[、，,；;/／]|\s{2,}", text):
        words = part.split()
        while words:
            # 刘 涛 is one name, 郝雨 李鹏 are two: two single hanzi in a row belong together.
            if len(words) > 1 and len(words[0]) == len(words[1]) == 1:
                names.append(words[0] + words[1])
                words = words[2:]
            else:
                names.append(words.pop(0))
    return [name for name in names if _ONE_NAME.fullmatch(name)]
