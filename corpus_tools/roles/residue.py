"""What an OCR model added: whole lines (fences, tags, placeholders, announcements), marks inside a line, rows of tables.

Text of one block enters, yes or no or the places of marks leave. Only marks that print does not have: a single * or #, rows
of dots or stars, brackets with words of the paper in them are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.characters import HANZI
from corpus_tools.names import SURNAMES
from corpus_tools.roles.announcements import LONGEST, is_announcement

_LETTERS = "b|i|u|p|s|a|q|P"  # in lower case only: <A> may be an answer of a quiz
_NAMES = (
    r"br|hr|div|span|html|head|body|ul|ol|li|dl|dt|dd|h[1-6]|center|strong|em|font|small|big|mark|del|ins|section|article|header|footer"
    r"|main|nav|aside|figure|figcaption|img|image|picture|pre|code|blockquote|page|column|text|ocr|doc|document|markdown|output|answer|title|meta"
    r"|style|script|think|thinking|thought|reasoning|tool_call|tool_response|function|result|response|bbox|box|ref|quad|point|loc|sub|unk|pad|eos|bos"
)
_TAG = rf"</?(?:(?:{_LETTERS})|(?i:{_NAMES}))(?:\s[^<>\n]{{0,240}})?\s?/?>|<!--[^\n]{{0,240}}?-->|<!DOCTYPE[^<>\n]{{0,80}}>"
_TOKEN = (
    r"<[|｜][^<>|｜\n\u3400-\u9fff]{1,40}[|｜]>"  # <|im_end|>, <｜end▁of▁sentence｜>
    r"|\[/?INST\]|<</?SYS>>|<loc_?[0-9]{1,4}>|<0x[0-9A-F]{2}>"
)
_NUMBERS = r"[\[(（]{0,2}[0-9]{1,4}(?:[,，\s)(（）\[\]]{1,4}[0-9]{1,4}){1,7}[\])）]{0,2}"
_GROUNDING = (
    rf"<\|(?:box|quad|point|det)(?:_start)?\|>{_NUMBERS}<\|/?(?:box|quad|point|det)(?:_end)?\|>"
    rf"|<(?:bbox|box|quad|point)>{_NUMBERS}(?:</(?:bbox|box|quad|point)>)?"
)
_PICTURE = (
    r"!\[[^\]\n]{0,240}\](?:\([^)\n]{0,400}\))?"
    r"|\[(?:此[处處])?(?:[为為])?(?:图片|圖片|图像|圖像|插图|插圖|照片|二维码|二維碼)\]"
    r"|【(?:此[处處][为為]?)(?:图片|圖片|图像|圖像|插图|插圖|照片)】"
    r"|\[(?:图片|圖片|图像|圖像)(?:描述)?[：:][^\]\n]{1,200}\]"
    r"|\[(?i:image|picture|photo|photograph|figure|logo|qr\ code|illustration|advertisement)(?:\ ?[0-9]{1,3})?(?:[：:\ ][^\]\n]{0,200})?\]"
)
_UNREAD = (
    r"(?i:illegible|unclear|unreadable|indecipherable|inaudible|not\ legible|text\ (?:illegible|cut\ off|unclear|missing)|truncated|cut\ off)(?:\ text)?"
    r"|(?:此[处處]|文字|字[迹跡]|部分|[内內]容|[图圖][片像])*(?:[无無]法(?:辨[认認识識]|[识識][别別]|看清)|模糊(?:不清|[难難]辨)?|不清晰|缺失|看不清|[难難]以辨[认認识識])"
    r"(?:的?(?:文字|[内內]容|部分))?"
)
_DIM = r"(?:文字|字[迹跡]|部分|[内內]容)*(?:[无無]法辨[认認识識]|模糊(?:不清|[难難]辨)?|缺失|[难難]以辨[认認识識])(?:的?(?:文字|[内內]容|部分))?"
_LOST = (
    rf"\[(?:{_UNREAD})\]|【(?:{_UNREAD})】|[（(](?:此[处處]|文字|字[迹跡])(?:{_DIM})[）)]|\((?i:illegible|unreadable)\)"
)
_LATEX_LINE = r"\$\$|\\[\[\]()]|\\(?:begin|end)\{[a-z]{1,20}\*?\}(?:\{[^{}\n]{0,40}\})?|\\(?:boxed|hline|newpage|par|centering|noindent|maketitle)(?:\{\s?\})?"
_LINE = re.compile(
    rf"""
    (?:`{{3,}}|~{{3,}})[\w+.-]{{0,20}}|[-*_=]{{3,}}|\#{{1,6}}|\*{{2,}}|>{{1,3}}                # fences, rules, marks without words
    | (?:(?:{_TAG}|{_TOKEN}|{_GROUNDING}|{_PICTURE}|{_LOST})\s?){{1,20}}
    | \[{{1,2}}[0-9]{{1,4}}(?:,\ ?[0-9]{{1,4}}){{3,7}}\]{{1,2}}|\([0-9]{{1,4}},\ ?[0-9]{{1,4}}\),\ ?\([0-9]{{1,4}},\ ?[0-9]{{1,4}}\)  # a box of coordinates
    | (?:{_LATEX_LINE}|\\boxed\{{\}})
    """,
    re.VERBOSE,
)
_STARTS = frozenset("`~-*_=#><![【(（\\$")
"""What residue that is no sentence begins with."""

_TABLE_TAG = re.compile(r"(?i:</?(?:table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)\b[^\n]*)")
_LEAST_BARS = 3
MARK_TRIGGERS = ("*", "<", "#", "[", "`", "&", "\\", "【", ">", "糊", "辨", "缺", "llegible", "nreadable")
"""Any mark inside a line has one of these. Single characters are found on a page ten times faster than words."""

_MARK = re.compile(
    rf"""
      (?P<lost>{_LOST})
    | (?P<picture>{_PICTURE})
    | (?P<grounding>{_GROUNDING})
    | (?P<token>{_TOKEN})
    | (?P<tag>(?!<br)(?:{_TAG}))
    | (?P<entity>&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|\#160|\#8195|\#xa0);)
    | (?P<bold>\*{{2,3}})
    | (?P<latex>\\(?:boxed|text|textbf|textit|mathbf|mathrm|underline)\{{(?P<inside>[^{{}}\n]{{0,80}})\}})
    | (?P<percent>(?<=[0-9])\\(?=%))
    """,
    re.VERBOSE,
)
_HEADING_MARK = re.compile(rf"\#{{1,6}}\ +(?=\S)|\#{{2,6}}(?=[{HANZI}“《（])|>\ (?=[{HANZI}“《（])(?![上下转轉接])")
_FENCE = re.compile(r"`{3,}(?:[a-z]{1,12}(?=[^a-z]))?|`{3,}$")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start`-`end` of a text that a model added; `is_loss` where they stand for text that it could not read."""

    start: int
    end: int
    kind: str

    @property
    def is_loss(self) -> bool:
        """Whether printed text is missing here."""
        return self.kind == "lost"


def is_residue(text: str) -> bool:
    """Whether a whole block is something an OCR model added to the page."""
    if not 0 < len(text) <= 3 * LONGEST:
        return False
    bare = text.strip("*#_> ")
    if (text[0] in _STARTS or bare[:1] in _STARTS) and (_LINE.fullmatch(text) or _LINE.fullmatch(bare)):
        return True
    return len(bare) <= LONGEST and is_announcement(bare)


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a Markdown or HTML table."""
    if text[:1] == "|":
        return text.count("|") >= _LEAST_BARS and text.find("|", 2) > 0
    return text[:1] == "<" and _TABLE_TAG.match(text) is not None


def residue_marks(text: str) -> list[Mark]:
    """The marks inside a line that an OCR model added, in order: `## `, pairs of `**`, tags, tokens, placeholders.

    >>> [text[mark.start : mark.end] for text in ["## 坚定**信心**，抓住[illegible]机遇"] for mark in residue_marks(text)]
    ['## ', '**', '**', '[illegible]']
    >>> residue_marks("2**3 = 8，注释见 * 号，#平安校园#")
    []
    """
    if not any(trigger in text for trigger in MARK_TRIGGERS):
        return []
    return sorted(_marks(text), key=lambda mark: mark.start)


def _marks(text: str) -> Iterator[Mark]:
    heading = _HEADING_MARK.match(text) or _FENCE.match(text)
    if heading:
        yield Mark(0, heading.end(), "heading")
    if text.endswith("```") and len(text) > 3:
        yield Mark(len(text.rstrip("`")), len(text), "fence")
    bold: list[tuple[int, int]] = []
    for found in _MARK.finditer(text, heading.end() if heading else 0):
        kind = found.lastgroup or ""
        if found["bold"]:
            bold.append(found.span())
        elif found["latex"]:
            yield Mark(found.start(), found.start("inside"), "latex")
            yield Mark(found.end("inside"), found.end(), "latex")
        else:
            kind = next(name for name in _KINDS if found[name] is not None)
            yield Mark(*found.span(), kind)
    yield from _paired(text, bold)


_AFTER_WORDS = frozenset("、，。；：！？）」』》")
_KINDS = ("lost", "picture", "grounding", "token", "tag", "entity", "percent")


def _paired(text: str, stars: list[tuple[int, int]]) -> Iterator[Mark]:
    """Stars that come in pairs round words, or that begin or end the line; in maths and behind a footnote they stay."""
    for at in range(len(stars) - 1):
        (start, end), (closed, behind) = stars[at], stars[at + 1]
        if at % 2 == 0 and _embraces(text, end, closed):
            yield Mark(start, end, "bold")
            yield Mark(closed, behind, "bold")
    if len(stars) == 1 and stars[0][0] == 0 and text[stars[0][1] :][:1].strip():
        yield Mark(*stars[0], "bold")


def _embraces(text: str, opened: int, closed: int) -> bool:
    """Whether stars stand round words: not 张**、李**, where they stand for the given names of two people."""
    if opened >= closed or text[opened].isspace() or text[closed - 1].isspace() or text[opened] in _AFTER_WORDS:
        return False
    before = text[max(0, opened - 4) : opened].rstrip("*")[-1:]
    return not (before in SURNAMES and text[closed - 1] in SURNAMES)
