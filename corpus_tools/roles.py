"""What a block is, from its own words: the grammar of jump lines, bylines, credits, captions, leads and furniture.

Text of one block enters, a role or the parts of a line leave. Nothing here looks at neighbours (`repair` and `split`
do), and nothing decides without a printed mark: what no pattern knows is None, and stays body.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus_tools.characters import HANZI, ends_sentence, open_marks
from corpus_tools.model import Person, Role

# --- jump lines ---

_PAGE_NUMBER = r"(?P<page>[A-Za-zＡ-Ｚ]{0,2}[0-9０-９]{1,3}|[一二三四五六七八九十〇零两百]{1,4})"
JUMP = re.compile(
    rf"""
    (?P<open>[（(〔【\[▲△▼▽→►＞>]\ ?)?         # a bracket or an arrow …
    (?P<way>上接|承接|下转|下轉|紧接|緊接|转|轉|接)   # where it comes from or goes to
    (?P<title>《[^》\n]{{1,40}}》)?\ ?
    第?\ ?{_PAGE_NUMBER}\ ?[版頁页]
    (?:《[^》\n]{{1,40}}》|“[^”\n]{{1,40}}”|[^）)〕】\]\n]{{0,4}})?  # a title, or a word such as 续
    (?P<close>[）)〕】\]▲△▼▽←◄])?
    """,
    re.VERBOSE,
)
_SURE_WAYS = frozenset({"上接", "承接", "下转", "下轉", "紧接", "緊接"})
_BACKWARD = frozenset({"上接", "承接", "紧接", "緊接", "接"})
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump line inside a text: characters `start`-`end`, the way it points, the printed page it names."""

    start: int
    end: int
    backward: bool
    page: str


def printed_page(numeral: str) -> str:
    """A printed page number in ASCII without leading zeros.

    >>> printed_page("三"), printed_page("十二"), printed_page("A01"), printed_page("０３")
    ('3', '12', 'A1', '3')
    """
    if numeral and numeral[0] in "一二三四五六七八九十〇零两百":
        total, digit = 0, 0
        for character in numeral:
            if character in "十百":
                total += (digit or 1) * (10 if character == "十" else 100)
                digit = 0
            else:
                digit = _DIGITS[character]
        return str(total + digit)
    narrow = "".join(chr(ord(mark) - 0xFEE0) if 0xFF01 <= ord(mark) <= 0xFF5E else mark for mark in numeral).upper()
    letters = narrow.rstrip("0123456789")
    return letters + str(int(narrow[len(letters) :]))


def find_jumps(text: str) -> list[Jump]:
    """The jump lines at the start of a block, at its end, or that are the whole of it.

    In running text a jump counts only in brackets, or at the very end after a sure word (下转第三版).

    >>> [(jump.page, jump.backward) for jump in find_jumps("挂靠科研院所，（下转第三版）")]
    [('3', False)]
    >>> find_jumps("学生转3版教材后")
    []
    """
    found: list[Jump] = []
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip(" 。▲△▼▽"))
    for match in JUMP.finditer(text):
        bracketed = bool(match["open"]) and (bool(match["close"]) or match["open"][0] in "▲△▼▽→►＞>")
        at_start = match.start() <= first
        at_end = match.end() >= last
        sure = match["way"] in _SURE_WAYS
        whole = at_start and at_end
        if (
            (whole and (sure or bracketed))
            or ((at_start or at_end) and bracketed)
            or (at_end and sure and not match["close"])
        ):
            found.append(Jump(*match.span(), match["way"] in _BACKWARD, printed_page(match["page"])))
    return found


# --- people ---

_SURNAMED = rf"[{HANZI}]{{2,4}}"
_SHORT_NAME = rf"(?:[{HANZI}]\ [{HANZI}]|[{HANZI}]{{2,3}})"  # without 记者 before it, four hanzi are rather no name
_SPACED = rf"[{HANZI}]\ [{HANZI}]"  # 刘 涛: print sets two-character names as wide as three-character ones
_FOREIGN = rf"[{HANZI}]{{1,6}}·[{HANZI}·]{{1,10}}"
NAME = rf"(?:{_FOREIGN}|{_SPACED}(?![{HANZI}])|{_SURNAMED})"
_BETWEEN = r"(?:\ ?[、，,/／]\ ?|\ )"
NAMES = rf"{NAME}(?:{_BETWEEN}{NAME}){{0,7}}"
PERSON_ROLE = (
    r"(?:特约|特約|首席|见习|見習|实习|實習|全媒体|驻[^\s，。：]{1,8}?)?"
    r"(?:记者|記者|通讯员|通訊員|实习生|實習生|评论员|評論員|撰稿人|摄影记者|攝影記者|编译|作者)"
)
_PAPER = rf"(?:本报|本報|本刊|新华社|新華社|中新社|中新网|央视|[{HANZI}]{{2,6}}(?:日报|晚报|时报|早报|都市报|日報|晚報|時報))"
_ROLED = rf"{_PAPER}?\ ?{PERSON_ROLE}[：:\ ]{{0,2}}{NAMES}"

_BYLINE_LINE = re.compile(
    rf"""
    [□■◇◆○●◎▲△※\ ]{{0,3}}
    (?:
        {_ROLED}(?:[\ 、，；;/]{{1,2}}{_ROLED}){{0,4}}\ ?(?:报道|報道|報導|综合报道|采写|采访整理|整理|文)?  # 本报记者 苑捷
      | [（(]\ ?(?:{_ROLED}(?:[\ 、，；;]{{1,2}}{_ROLED}){{0,4}}|{_SHORT_NAME}(?:{_BETWEEN}{_SHORT_NAME}){{0,5}})\ ?[）)]   # (刘 涛)
      | {NAMES}\ (?:报道|報道|報導|综合报道|采写|撰文)                                            # 李庚洧 报道
      | (?:文|撰文|作者)[\ ：:／/]{{1,2}}{NAMES}
      | [【〔\[]\ ?{_ROLED}(?:[／/]\ ?[{HANZI}]{{2,6}}(?:报道|報道|報導|電|电))?\ ?[】〕\]]             # 【記者任翔宇／台北報導】
    )
    """,
    re.VERBOSE,
)
_BYLINE_WORD = re.compile(
    r"[（(【〔\[]|[记記]者|[讯訊][员員]|[评評][论論][员員]|作者|[实實][习習]生|[编編][译譯]|撰|[报報][道導]|采写|文[\ ：:／/]"
)
"""A cheap look before the whole grammar: a byline has one of these."""
_UNNAMED_AUTHOR = re.compile(
    rf"[（(]?(?P<name>(?:本报|本報|[{HANZI}]{{2,8}}[报報社刊])(?:特约|特約)?(?:评论员|評論員))[）)]?"
)
_WORDS_NOT_NAMES = re.compile(r"[的了是在和与为讯电将把]|今日|昨日|公司|工作|会议|问题")


def is_byline(text: str) -> bool:
    """Whether a whole block is a byline.

    >>> is_byline("□ 本报记者 苑捷 纪元元"), is_byline("(刘 涛)"), is_byline("山西日报评论员"), is_byline("记者从会上获悉，")
    (True, True, True, False)
    """
    if len(text) > 60 or not _BYLINE_WORD.search(text):
        return False
    if not (_BYLINE_LINE.fullmatch(text) or _UNNAMED_AUTHOR.fullmatch(text)):
        return False
    return not any(_WORDS_NOT_NAMES.search(person.name) for person in people_in(text))


_ROLE_AND_NAMES = re.compile(rf"(?P<role>{PERSON_ROLE})[：:\ ]{{0,2}}(?P<names>{NAMES})")
_ONLY_NAMES = re.compile(
    rf"[（(]?\ ?(?:(?:文|撰文)[\ ：:／/]{{1,2}})?(?P<names>{NAMES})\ ?(?:报道|報道|報導|采写|撰文)?\ ?[）)]?"
)
_NAME_ALONE = re.compile(NAME)
_NEXT_ROLE = re.compile(PERSON_ROLE)


def people_in(text: str) -> tuple[Person, ...]:
    """The people that a byline, or the brackets of a lead, names; roles as printed, order as printed.

    >>> people_in("记者 郝雨 通讯员 李鹏")
    (Person(name='郝雨', role='记者'), Person(name='李鹏', role='通讯员'))
    >>> people_in("(部 蓉)"), people_in("山西日报评论员")
    ((Person(name='部蓉', role=None),), (Person(name='山西日报评论员', role='评论员'),))
    """
    unnamed = _UNNAMED_AUTHOR.fullmatch(text.strip())
    if unnamed:
        return (Person(unnamed["name"], unnamed["name"][-3:]),)
    found: list[Person] = []
    roles = list(_NEXT_ROLE.finditer(text))
    for place, match in enumerate(roles):
        end = roles[place + 1].start() if place + 1 < len(roles) else len(text)
        found += [Person(name, match[0]) for name in _names(text[match.end() : end])]
    if not roles:
        alone = _ONLY_NAMES.fullmatch(text.strip())
        found = [Person(name) for name in _names(alone["names"])] if alone else []
    return tuple(found)


_TAIL_WORDS = re.compile(
    r"[／/].*$|(?:综合)?(?:报道|報道|報導)|采写|采访整理|摄影|[\s、，,；;）)】〕\]：:]*(?:本报|本報|新华社|新華社|中新社)?[\s）)】〕\]]*$"
)


def _names(text: str) -> list[str]:
    """The names in the stretch behind a role: `郝雨 `, `任翔宇、臧力卿`, `刘 涛`, `任翔宇／台北報導`."""
    text = _TAIL_WORDS.sub("", text.strip(" ：:"))
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
    return [name for name in names if _NAME_ALONE.fullmatch(name)]


# --- credits and captions ---

_CREDIT_LINE = re.compile(
    rf"""
    [（(□■▲△◆\ ]{{0,2}}
    (?:
        (?:{_PAPER}|{PERSON_ROLE}|{NAME}|[\ 、，,/／]){{1,12}}[\ /／]?(?:摄影报道|攝影報導|摄影|攝影|摄|攝|供图|供圖|制图|製圖|绘|图/文|文/图)
      | (?:文/图|图/文|文图|摄影|攝影|图|圖|供图|供圖|制图)[\ ：:／/]{{1,2}}(?:{_PAPER}|{PERSON_ROLE}|{NAME}|[\ 、，,/／]){{1,12}}
      | [{HANZI}]{{2,12}}(?:供图|供圖)
      | (?:新华社|新華社|中新社|本报|本報)(?:发|發|资料图片|資料圖片|供图)|资料图片|資料圖片|(?:资料|網絡|网络)图
    )
    [）)\ 。]{{0,2}}
    """,
    re.VERBOSE,
)
_CREDIT_WORD = re.compile(r"[摄攝图圖绘]|[新中]华?[社]|文/")
_CAPTION_START = re.compile(
    r"(?:[▲△▼▽◀▶←→↑↓]\ ?)?(?:图为|圖為|图片为|上图|下图|左图|右图|上圖|下圖|左圖|右圖|图[①-⑳0-9一二三四五六][：:为\ ])|[▲△▼▽](?=[^上下转接])"
)


def is_credit(text: str) -> bool:
    """Whether a whole block says who took or drew a picture.

    >>> is_credit("本报记者 张占兵摄"), is_credit("(齐向真、陈旺文/摄)"), is_credit("中新社供图"), is_credit("他在拍摄")
    (True, True, True, False)
    """
    return (
        len(text) <= 40
        and bool(_CREDIT_WORD.search(text))
        and _CREDIT_LINE.fullmatch(text) is not None
        and not text.endswith(("拍摄", "拍攝"))
    )


def is_caption(text: str) -> bool:
    """Whether a block says by its first words that it describes a picture (图为…, 上图…)."""
    return len(text) <= 300 and _CAPTION_START.match(text) is not None


# --- leads ---

LEAD = re.compile(
    rf"""
    (?P<tag>
        [【〔\[（(]?
        (?:
            (?:本报|本報|本刊|晚报|早报)(?:综合|特|[{HANZI}]{{2,6}}?[0-9０-９一二三四五六七八九十月日]{{0,8}})?(?:讯|訊|消息|专电|電|电)
          | (?:据|據)?(?:新华社|新華社|中新社|中新网|央视网|中央社|人民网|新华网)[^，。；：！？（(【〔\n]{{0,20}}?(?:消息|专电|电|電|讯|訊)
          | (?:新华社|新華社|中新社)[^，。；：！？（(【〔\n]{{0,16}}?[0-9０-９一二三四五六七八九十]{{1,3}}日
        )
        [】〕\]）)]?
    )
    \ ?(?P<people>[（(【〔][^）)】〕\n]{{2,60}}[）)】〕]|{_ROLED}(?:、{_ROLED}){{0,3}}(?=报道[：:，]|電[：:，]|報導[：:，]))?
    """,
    re.VERBOSE,
)
_LEAD_BY_REPORTER = re.compile(
    rf"[【〔\[（(](?P<people>{_ROLED}(?:[\ 、，；;/／]{{1,2}}(?:{_ROLED}|{NAMES}))*(?:[／/][^】〕\]）)\n]{{2,12}})?)[】〕\]）)]"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The start of a report: its tag as printed, without brackets and names (None if it has none), and its people."""

    dateline: str | None
    people: tuple[Person, ...]


def lead_of(text: str) -> Lead | None:
    """The lead that a body block begins with, or None.

    >>> lead_of("本报讯（记者 郝雨 通讯员 李鹏）主题教育开展以来")
    Lead(dateline='本报讯', people=(Person(name='郝雨', role='记者'), Person(name='李鹏', role='通讯员')))
    >>> lead_of("新华社北京1月3日电（记者 任翔宇、臧力卿）今天").dateline
    '新华社北京1月3日电'
    >>> lead_of("本报记者日前获悉") is None
    True
    """
    match = LEAD.match(text)
    if match:
        if match.end() == len(text):
            return None  # a sign-off, not a beginning: （本报加拉加斯1月13日电）
        named = people_in(match["people"].strip("（）()【】〔〕")) if match["people"] else ()
        if any(person.role is None and len(person.name) > 3 for person in named):
            named = ()  # （新闻联播）: what stands in the brackets is no name
        return Lead(match["tag"].strip("【】〔〕[]（）() "), named)
    match = _LEAD_BY_REPORTER.match(text)
    if match:
        return Lead(None, people_in(match["people"]))
    return None


# --- furniture and residue ---

_FOLIO = r"[0-9]{1,3}|第?\ ?[A-Z]?[0-9]{1,2}\ ?版|第[一二三四五六七八九十]{1,3}版|[—\-·\ ]{1,3}[0-9]{1,3}[—\-·\ ]{1,3}"
_DATE = r"(?:19|20)[0-9]{2}年\ ?[0-9]{1,2}月\ ?[0-9]{1,2}日"
_IMPRINT = (
    r"国内统一|國內統一|邮发代号|郵發代號|CN\ ?[0-9]{2}[-—][0-9]{4}|总第?\ ?[0-9]+\ ?期"
    r"|今日\ ?[0-9一二三四五六七八九十]+\ ?版|零售价?\ ?[0-9.]+元"
)
_DESK = r"责编|责任编辑|本版编辑|本版责编|值班编委|值班编辑|版式|美编|美术编辑|責任編輯|責編|校对"
_PLAIN_DESK = r"编辑|主编|编审|校对|组版|排版|设计|美编|责编"  # words of running text too: only with a name behind them
_PAPER_NAME = rf"[{HANZI}]{{2,8}}(?:[日晚时時早周週新商快导導]报|[日晚時早週新商快導]報|都市报|都市報|青年报|青年報|时讯|週刊|周刊)"
_SECTION = (
    r"(?:要闻|要聞|综合|綜合|国际|國際|国内|本市|本地|社会|社會|财经|財經|经济|經濟|文化|体育|體育|副刊|广告|廣告|专题|專題|专版|时政|時政"
    r"|民生|教育|健康|娱乐|娛樂|评论|評論|理论|理論|港澳|台湾|两岸|兩岸|地方|生活|都市|焦点|焦點|新闻|新聞|天下|法治|科技|读书|深度|头版|頭版)"
)
_CONTACT = r"新闻热线|报料电话|投稿邮箱|广告热线|发行热线|社址|地址|邮编|邮政编码|电子信箱|E-mail|网址"
_FURNITURE = re.compile(
    rf"""
    (?:
        {_FOLIO}                                                               # 第3版, — 3 —
      | [A-Z]?[0-9]{{1,2}}\ +[{HANZI}·\ ]{{2,12}}\ +{_DATE}.{{0,40}}             # 02 要闻 2023年11月8日 …
      | (?:[{HANZI}]{{2,10}}\ +)?{_DATE}[\ ,，]*(?:星期[一二三四五六日天].{{0,40}})?
      | {_PAPER_NAME}(?:\ +{_DATE}.{{0,40}})?                                   # the masthead: 晨江晚报
      | (?:第?\ ?)?[A-Z]?[0-9]{{1,2}}\ ?版?\ {{0,3}}[·|｜]?\ ?{_SECTION}{{1,2}}(?:新闻|新聞)?版?  # A3 要聞
      | {_SECTION}{{1,2}}\ +第?\ ?[A-Z]?[0-9]{{1,2}}\ ?版?
      | (?:农历|農曆|夏历).{{2,20}}
      | .{{0,40}}(?:{_IMPRINT}).{{0,60}}
      | .{{0,30}}(?:{_DESK})[\ ：:／/].{{1,50}}
      | (?:本版|本报)?(?:{_PLAIN_DESK})[\ ：:／/]{{1,2}}{NAMES}(?:[\ ，；|]+(?:{_PLAIN_DESK})[\ ：:／/]{{1,2}}{NAMES}){{0,5}}
      | (?:{_CONTACT})[\ ：:].{{2,60}}
    )
    """,
    re.VERBOSE,
)
_RESIDUE = re.compile(
    r"""
    ```[a-z]*|~~~[a-z]*|[-*_]{3,}|<br\ ?/?>|</?(?:div|span|p|html|body)[^>]{0,80}>      # fences and bare tags
    | !\[[^\]]{0,80}\]\([^)]{0,200}\)|<img[^>]{0,200}>|\[(?:图片|image|illegible|无法识别)\]
    | (?:好的，?|当然，?)?(?:以下|下面)(?:是|为)(?:图片|图像|该图|报纸|页面|识别|提取)[^\n]{0,30}(?:内容|文字|文本|结果)[：:]?
    | (?:Sorry,?\ )?I(?:'m\ sorry,?\ but\ I)?\ can(?:'|no|’)t\ (?:assist|help)[^\n]{0,80}
    | I'm\ sorry,[^\n]{0,100}|As\ an\ AI[^\n]{0,120}|Here\ is\ the\ (?:text|transcription|OCR)[^\n]{0,60}
    | (?:很抱歉|抱歉)，?我(?:无法|不能)[^\n]{0,40}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TABLE_ROW = re.compile(r"\|.+\|.*\||<(?:table|tr|td|th)\b.*")
_DASHES = re.compile(r"(?:[—─―－–]{1,4}|-{2,4})(?![0-9])")


def is_furniture(text: str) -> bool:
    """Whether a whole block is a folio, a date line, an imprint, an editors' or a contact line."""
    return len(text) <= 120 and _FURNITURE.fullmatch(text) is not None


def is_residue(text: str) -> bool:
    """Whether a whole block is something an OCR model added to the page."""
    return _RESIDUE.fullmatch(text) is not None


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a Markdown or HTML table."""
    return _TABLE_ROW.match(text) is not None


_REMARK_ALONE = re.compile(r"[（(][^（()）]{1,30}[）)]")  # （附图片１张）, （传真照片）
_SIGN_OFF = re.compile(
    r"[（(](?:据|據)?(?:新华社|新華社|中新社|本报|本報)[^（()）]{2,30}[）)]$"
)  # 谢谢！（新华社北京１２月３１日电）
LONGEST_HEADLINE = 100
"""Characters of a headline whose clauses spaces part; no clause may be longer than `HEADING_LENGTH`."""

HEADING_LENGTH = 46
"""Characters a heading may have. In the gold and in People's Daily 1998 the longest headline group line has 45."""


_HEADLINE_MARK = re.compile(r"(?<=——) +|(?<=[^—\s]) *(?=——[^—\s])")
"""Where a headline group that is printed in one line may be divided: at a dash, never at spaces alone."""


def headline_marks(text: str) -> list[int]:
    """The places where a headline group in one line may be cut: behind or before a dash, outside quotes and brackets.

    >>> headline_marks("让工匠人才“走红”新时代—— 激发“工匠精神”"), headline_marks("【新征程——实干笃行】输水新动脉")
    ([15], [])
    """
    return [found.end() for found in _HEADLINE_MARK.finditer(text) if not open_marks(text[: found.start()])]


def is_deck(text: str) -> bool:
    """Whether a block is a subtitle set off with a dash: ——六论深入贯彻落实…精神."""
    return _DASHES.match(text) is not None and len(text) <= HEADING_LENGTH + 14 and not ends_sentence(text)


def is_remark(text: str) -> bool:
    """Whether a whole block is a remark in brackets, such as （附图片1张）; below a headline it belongs to it."""
    return _REMARK_ALONE.fullmatch(text) is not None


def may_be_heading(text: str) -> bool:
    """Whether a block could be a headline, kicker, column or crosshead by its own look: short, no end mark, all closed."""
    borders = [0, *headline_marks(text), len(text)]
    if len(borders) > 2:  # a group in one line: each part must look like a heading by itself
        parts = [text[start:end].strip() for start, end in itertools.pairwise(borders)]
        return len(parts) <= 3 and all(is_deck(part) or may_be_heading(part) for part in parts)
    if len(text) > LONGEST_HEADLINE or max(map(len, text.split(" "))) > HEADING_LENGTH:
        return False
    if not any("\u4e00" <= character <= "\u9fff" for character in text):
        return False
    if _REMARK_ALONE.fullmatch(text) or _SIGN_OFF.search(text) or LEAD.match(text):
        return False
    if text[-1] in "，、；：,;:。" or text[0] in "，。、；：！？）”’》" or "。" in text:
        return False
    if text[-1] in "！？!?" and len(text) > HEADING_LENGTH // 2:
        return False
    return not open_marks(text)


def role_by_words(text: str) -> Role | None:
    """The role that a whole block's own words prove, or None: then it is body or a heading, as the neighbours say."""
    if is_residue(text):
        return "residue"
    jumps = find_jumps(text)
    if jumps and jumps[0].start == 0 and jumps[0].end >= len(text) - 1:
        return "jump"
    for role, proves in _BY_WORDS:
        if proves(text):
            return role
    return None


_BY_WORDS: tuple[tuple[Role, Callable[[str], bool]], ...] = (
    ("table", is_table_row),
    ("credit", is_credit),
    ("byline", is_byline),
    ("caption", is_caption),
    ("furniture", is_furniture),
    ("deck", is_deck),
)
