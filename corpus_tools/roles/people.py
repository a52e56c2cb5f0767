"""People: the lines that name reporters, authors and desks, and the names in them.

A line is read whole: labels (`文：`) and roles (`通讯员`) part it, what stands behind each must be names. What is left over
makes it something else. Whether a lone name is an author, the headline above it says: see `repair`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT, HANZI
from corpus_tools.model import Person
from corpus_tools.names import NO_NAMES, may_be_name
from corpus_tools.roles.name_lists import is_name, names_in
from corpus_tools.roles.wording import (
    BEHIND_NAMES,
    BULLETS_OF_AUTHORS,
    NAME,
    NAMES,
    OFFICE_END,
    PERSON_ROLE,
    PLACE,
    SURE_BULLETS,
    TOKEN,
)

_UNNAMED_AUTHOR = re.compile(
    rf"[（(]?(?P<name>(?:本报|本報|《[{HANZI}]{{2,8}}》|[{HANZI}]{{2,8}}[报報社刊台网])\ ?(?:特约|特約)?(?:评论员|評論員))[）)]?"
)
_AUTHOR_BLOCK = re.compile(
    rf"""
    [（(【〔\[]\ ?(?:本文)?(?:作者|撰稿人|執筆者|执笔者)
        (?:(?P<named>[{HANZI}]{{2,3}})(?=[系係为為是]))?
        (?:
            (?:单位|單位|简介|簡介)\ ?[：:]|(?:单位|單位)?(?:分别|分別|均|都|现|現|曾|原)?[系係为為是]
          | \ ?[：:／/]\ ?(?P<called>{NAME})[，,、\ （(]
        )
        [^（）()\n]{{2,90}}(?:[（(][^（）()\n]{{1,30}}[）)][^（）()\n]{{0,60}}){{0,4}}
    [）)】〕\]]{{1,2}}
  | (?:本文)?作者(?:单位|單位)\ ?[：:][^。\n]{{2,80}}
  | (?:本文)?作者(?P<plain>[{HANZI}]{{2,3}})?(?:分别|分別|均|现|現)?[系係为為][^。\n]{{2,60}}{OFFICE_END}
  | (?:本文)?作者\ ?[：:]\ ?(?P<said>{NAME})(?:[，,]\ ?|\ +|[（(])[^。\n]{{1,60}}{OFFICE_END}[）)]?
    """,
    re.VERBOSE,
)
_WITH_OFFICE = re.compile(  # 王 伟（岚州大学教授）
    rf"(?P<names>{NAMES})\ ?[（(][^（）()\n]{{0,50}}{OFFICE_END}(?:[、，,；;\ ][^（）()\n]{{2,50}})?[）)]"
)
_WITH_TOWN = re.compile(  # ☉莊惠如（汐嶺市，藥師）, ■程有為／台中市（家長會委員）, below a reader's letter
    rf"(?P<name>[{HANZI}]{{2,4}})\ ?(?:[／/╱]\ ?[{HANZI}]{{2,8}}\ ?)?[（(][^（()）。]{{2,24}}[）)]"
)
_SENT_FROM = re.compile(
    rf"(?<=[{HANZI}])\ ?[（(](?:寄自|发自|發自|摄于|写于)[^（()）]{{1,8}}[）)]$"
)  # 阮知秋（寄自巴黎）
_AFTER_SLASH = re.compile(  # ／方小蕙（竹溪市，國小教師）, below a reader's letter
    rf"[／/]\ ?(?P<name>[{HANZI}]{{2,4}})(?:\ ?[（(][^（()）]{{2,24}}[）)])?"
)
_MAIL = re.compile(
    rf"(?P<names>{NAMES})\ ?[（(]?\ ?[A-Za-z0-9._-]{{2,32}}[@＠][A-Za-z0-9.-]{{3,32}}\ ?[）)]?(?:\ ?(?:报道|報道|整理|採訪))?"
)
_SHARED = re.compile(  # 于晴/文 段川/图, 文 于晴 图 段川: only who wrote counts
    rf"(?P<wrote>[^/／：:]{{2,30}}?)\ ?[/／\ ]\ ?文字?[\ 、，；]{{1,3}}{NAMES}\ ?[/／\ ]\ ?(?:图|圖|摄|攝|摄影|攝影)"
    rf"|文\ (?P<named>{NAMES})\ [图圖摄攝]\ {NAMES}"
)
_DESK = re.compile(
    rf"(?:[{HANZI}]{{2,8}}(?:中心|組|组|部|小組)|本報記者|本报记者)?[／/\ ]\ ?(?:[{HANZI}]{{0,4}}(?:综合|綜合|连线|連線)[{HANZI}]{{0,6}})(?:报道|報道|報導)"
    rf"|[{HANZI}]{{2,8}}(?:中心|組|组|部)[／/\ ](?:{PLACE})(?:报道|報道|報導)"
)
_PERSON_ROLE = re.compile(PERSON_ROLE)
_NO_NAME = re.compile(r"[的了是在将把吗呢您我你他她它们]|今日|昨日|公司|工作|会议|问题|新闻|大赛|展览|故事")
_BYLINE_WORD = re.compile(
    r"[@＠]|[记記]者|[讯訊][员員]|[评評][论論][员員]|特派|作者|[实實][习習]生|[编編][译譯]|撰|[报報][道導]|采写|[文][\ ：:／/、·|｜]|[／/\ ]文|整理"
    r"|[观觀]察[员員]|主[笔筆]|专访|專訪|[执執][笔筆]|翻[译譯]|口述|供稿|採訪"
)
"""A cheap look before the whole grammar: a byline has one of these."""

_BYLINE_STARTS = frozenset("（(【〔[□◇○◎⊙☉■◆●▲★／/❑❒")

LONGEST_BYLINE = 60
LONGEST_AUTHOR_BLOCK = 120
_LABELLED = re.compile(r"者|[员員]|[译譯]|生|[报報][导導道]|[笔筆]")
_BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "[": "]", "〈": "〉"}


def is_byline(text: str) -> bool:
    """Whether a whole block says who wrote an article.

    Behind a role and a space any name will do, as OCR may have misread it; without them it must begin with a surname.

    >>> is_byline("□ 本报记者 苑捷 纪元元"), is_byline("(刘 涛)"), is_byline("山西日报评论员"), is_byline("记者手记")
    (True, True, True, False)
    >>> is_byline("（作者单位：平城区委党校）"), is_byline("國際新聞中心／綜合報導")
    (True, True)
    """
    if len(text) > LONGEST_AUTHOR_BLOCK or "。" in text or "？" in text or "！" in text:
        return False
    if len(text) > LONGEST_BYLINE and "作者" not in text[:6]:
        return False
    if text[:1] not in _BYLINE_STARTS and not _BYLINE_WORD.search(text):
        return False
    reading = _read(text)
    return reading is not None and reading[1]


def people_in(text: str) -> tuple[Person, ...]:
    """The people that a byline, or the brackets of a lead, names; roles as printed, order as printed.

    >>> people_in("记者 郝雨 通讯员 李鹏")
    (Person(name='郝雨', role='记者'), Person(name='李鹏', role='通讯员'))
    >>> people_in("(部 蓉)"), people_in("山西日报评论员")
    ((Person(name='部蓉', role=None),), (Person(name='山西日报评论员', role='评论员'),))
    """
    reading = _read(text)
    return reading[0] if reading is not None else ()


def people_in_brackets(text: str) -> tuple[Person, ...]:
    """The people that brackets behind a lead's tag name, given without the brackets; none where they may hold other words.

    >>> people_in_brackets("记者 郝雨"), people_in_brackets("新闻联播")
    ((Person(name='郝雨', role='记者'),), ())
    """
    reading = _read(f"（{text}）")
    if reading is None:
        return ()
    people, sure = reading
    return people if sure or any(person.role for person in people) else ()


@lru_cache(ANSWERS_KEPT)
def is_author_name(text: str) -> bool:
    """Whether a whole line is nothing but names, so that below a headline it says who wrote: 陆知晚, □ 江 帆, 刘涛 王伟.

    >>> is_author_name("陆知晚"), is_author_name("江 帆"), is_author_name("春耕"), is_author_name("高温")
    (True, True, False, False)
    """
    if not 2 <= len(text) <= 24 or text[-1] in "摄攝" or _PERSON_ROLE.search(text):
        return False
    bare = text.lstrip(BULLETS_OF_AUTHORS + " ·")
    office = _WITH_OFFICE.fullmatch(bare)
    names = names_in(office["names"] if office else bare, offices=True)
    if names is None or len(names) > 4 or any(name in NO_NAMES for name, _ in names):
        return False
    n_known = sum(is_name(name) or spaced for name, spaced in names)
    return n_known >= max(1, len(names) - len(names) // 3)


Reading = tuple[tuple[Person, ...], bool]
"""The people of a line, and whether it is sure that the line is a byline."""


@lru_cache(ANSWERS_KEPT)
def _read(text: str) -> Reading | None:
    """What a line says of people; None where something of it is no byline's."""
    text = _SENT_FROM.sub("", text.strip())
    if not text or len(text) > LONGEST_AUTHOR_BLOCK:
        return None
    if text[0] in "／/":
        alone = _AFTER_SLASH.fullmatch(text)
        return ((Person(alone["name"]),), may_be_name(alone["name"])) if alone else None
    bullet = text[0] if text[0] in BULLETS_OF_AUTHORS else ""
    bare = text.lstrip(BULLETS_OF_AUTHORS + " ") if bullet else text
    if "者" in bare or "稿人" in bare or "笔" in bare or "筆" in bare:
        block = _AUTHOR_BLOCK.fullmatch(bare)
        if block:
            return _author_of(block)
    if len(bare) > LONGEST_BYLINE:
        return None
    unnamed = _UNNAMED_AUTHOR.fullmatch(bare)
    if unnamed:
        return (Person(unnamed["name"], unnamed["name"][-3:]),), True
    town = _WITH_TOWN.fullmatch(bare) if bullet else None
    if town and may_be_name(town["name"]):
        return (Person(town["name"]),), True
    closing = _BRACKETS.get(bare[:1])
    bracketed = closing is not None and bare[-1:] in "）)】〕]〉" and len(bare) > 3
    if bracketed and bare[0] not in "（(" and not _LABELLED.search(bare):
        return None  # 【大美中国·岁物丰成】: a column
    inside = bare[1:-1].strip() if bracketed else bare
    if _DESK.fullmatch(inside):
        return (), True
    return _read_names(inside, bracketed=bracketed, bullet=bullet)


def _author_of(block: re.Match[str]) -> Reading:
    name = block["named"] or block["called"] or block["plain"] or block["said"]
    if not name:
        return (), True
    name = name.replace(" ", "")
    known = may_be_name(name)
    if not known and not (block["called"] or block["said"]):
        return (), bool(block["named"])
    return (Person(name, "作者"),), True


def _read_names(text: str, *, bracketed: bool, bullet: str) -> Reading | None:
    """What is between brackets or stands free: labels, roles and names, all of it."""
    shared = _SHARED.fullmatch(text)
    if shared:
        wrote = _read_names(shared["wrote"] or shared["named"], bracketed=False, bullet="")
        if wrote and wrote[0]:
            people, sure = wrote
            sure = sure or all(is_name(person.name) for person in people)
            return tuple(Person(person.name, person.role or "文") for person in people), sure
    mail = _MAIL.fullmatch(text) if "@" in text or "＠" in text else _WITH_OFFICE.fullmatch(text)
    if mail:
        named = names_in(mail["names"])
        if named and all(is_name(name) or spaced for name, spaced in named):
            return tuple(Person(name) for name, _ in named), "@" in text or "＠" in text or bool(bullet)
    end, tail = _end_of_names(text)
    tokens = list(TOKEN.finditer(text, 0, end))
    if not tokens:
        return _read_bare(text, end, tail, bracketed=bracketed, bullet=bullet)
    return _read_labelled(text, tokens, end, tail)


def _end_of_names(text: str) -> tuple[int, re.Match[str] | None]:
    """Where the last name ends, and what stands behind it: ` 报道`, `／台北報導`, ` 文/图`."""
    tail = BEHIND_NAMES.search(text)
    if tail is None or tail.start() == 0:
        return len(text), None
    place = tail["place"]
    if place and may_be_name(place):  # 记者 郝雨 李鹏报道: no place called 李鹏
        return tail.end("place"), tail
    return tail.start(), tail


def _read_bare(text: str, end: int, tail: re.Match[str] | None, *, bracketed: bool, bullet: str) -> Reading | None:
    """Names without any role: `刘 涛` in brackets, 李庚洧 报道, 柏舟 整理."""
    if not bracketed and not bullet and (tail is None or text[end] not in " ／/"):
        named = names_in(text[:end]) if tail is None else None
        return (tuple(Person(name) for name, _ in named), False) if named else None
    named = names_in(text[:end], offices=bracketed)
    if not named:
        return None
    made = tail["made"] or tail["both"] or tail["wrote"] if tail else None
    people = tuple(Person(name, made) for name, _ in named)
    if any(_NO_NAME.search(name) for name, _ in named) or (tail and tail["taken"]):
        return people, False
    known = [spaced or is_name(name) for name, spaced in named]
    if bullet and not bracketed and bullet not in SURE_BULLETS:
        return people, tail is not None and all(known)
    return people, all(known) or (bracketed and len(known) > 1 and known[-1])


def _read_labelled(text: str, tokens: list[re.Match[str]], end: int, tail: re.Match[str] | None) -> Reading | None:
    people: list[Person] = []
    whole, sure = not text[: tokens[0].start()].strip(" 、，,"), False
    mode, label = "text", None
    for place, token in enumerate(tokens):
        stretch = text[token.end() : tokens[place + 1].start() if place + 1 < len(tokens) else end]
        if token["both"] or token["text"] or token["picture"]:
            mode = "picture" if token["picture"] else "text"
            label = token["text"] or token["both"]
        if not stretch.strip(" 、，,；;/／"):  # 文/ before 本报记者, 采访、 before 撰文
            whole = whole and place + 1 < len(tokens)
            continue
        named = names_in(stretch)
        if named is None:
            whole = False
            named = [entry for part in re.split(r"[、，,；;/／]|\s{2,}", stretch) for entry in names_in(part) or []]
        role = token["role"] or label
        if mode == "text":
            people += [Person(name, role) for name, _ in named]
        known = [spaced or is_name(name) for name, spaced in named]
        if any((name in NO_NAMES and not spaced) or _NO_NAME.search(name) for name, spaced in named):
            whole = False  # 晏 子, spaced out behind a role, is a name all the same
        apart = (bool(token["role"]) and text[token.end() - 1] in "：:／/|｜ ") or stretch[:1] == " "
        sure = sure or all(known) or (len(known) > 1 and any(known))
        if token["role"] and apart and all(len(name) < 4 or "·" in name or is_name(name) for name, _ in named):
            sure = True  # 记者 部蓉: OCR may have misread the surname
    if tail and tail["taken"]:
        return tuple(people), False
    return tuple(people), whole and sure and bool(people)
