"""Classes of characters that several stages ask about, for use inside `[...]` of a pattern, and a few questions.

Only what more than one module needs; a pattern that has one user stands next to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
"""Ideographs: URO, extension A, compatibility, the supplementary planes, and the zero that newspapers print."""

NUMERAL = "0-9０-９一二三四五六七八九十〇零两百千"
"""Digits as newspapers print page numbers and dates."""

BULLETS = "●■◆★▲※○□◇☆•→◎"
"""What stands before the items of a list."""

SENTENCE_MARKS = "。！？!?…"
CLOSING_MARKS = "”’」』》〉）】〕)]\"'"
OPENING_MARKS = "“‘「『《〈（【〔(["

ANSWERS_KEPT = 512
"""Texts whose answers a question keeps: a dozen rules ask the same about each paragraph of a page, and pages have 40-200."""

REMARK_LENGTH = 40
MOST_REMARKS = 3
_REMARK = re.compile(rf" ?[（(【〔\[][^（()）【】〔〕\[\]]{{1,{REMARK_LENGTH}}}[）)】〕\]]$")
SOURCE_LENGTH = 24
_SOURCE = re.compile(  # what may stand behind the last mark of a report: 据新华社, 本报记者 郝雨
    rf"(?<=[。！？”])\ ?(?:(?:据|據)?(?:新华社|新華社|中新社|中央社|央视新闻|人民网)(?:[电電讯訊])?"
    rf"|(?:本报|本報)?(?:记者|記者|通讯员|通訊員|评论员)\ ?[{HANZI}]{{1,4}}(?:[\ 、][{HANZI}]{{1,4}}){{0,3}})$"
)
_SENTENCE = frozenset(SENTENCE_MARKS)
_CLOSING = frozenset(CLOSING_MARKS)
_PAIRS = dict(zip("“‘「『《〈（【〔", "”’」』》〉）】〕", strict=True))
_MARKS = re.compile(f"[{''.join(_PAIRS)}{''.join(_PAIRS.values())}]")


def is_hanzi(character: str) -> bool:
    """Whether one character is an ideograph.

    >>> is_hanzi("报"), is_hanzi("，"), is_hanzi("a")
    (True, False, False)
    """
    point = ord(character)
    return (
        0x4E00 <= point <= 0x9FFF
        or 0x3400 <= point <= 0x4DBF
        or point == 0x3007
        or 0xF900 <= point <= 0xFAFF
        or 0x20000 <= point <= 0x3FFFF
    )


@lru_cache(ANSWERS_KEPT)
def ends_sentence(text: str) -> bool:
    """Whether `text` ends where a sentence may end: 。！？ or ……, perhaps inside closing quotes, or before a remark in
    brackets; a remark alone is complete as well.

    >>> ends_sentence("他说：“好。”"), ends_sentence("确保高"), ends_sentence("")
    (True, False, False)
    >>> ends_sentence("发表新年讲话。（新华社记者兰红光摄）"), ends_sentence("由中铁(上海)"), ends_sentence("（未完待续）")
    (True, False, True)
    """
    last = text[-1:]
    if last in _SENTENCE:
        return True
    if last not in _CLOSING:
        source = _SOURCE.search(text, max(0, len(text) - SOURCE_LENGTH)) if is_hanzi(last or " ") else None
        if not source:
            return False
        text = text[: source.start()]
    for _ in range(MOST_REMARKS):
        remark = _REMARK.search(text, max(0, len(text) - REMARK_LENGTH - 3))
        if not remark or remark[0].endswith(("。）", "。)")):
            break
        if not remark.start():
            return True
        text = text[: remark.start()]
    for character in reversed(text):
        if character in _SENTENCE:
            return True
        if character not in _CLOSING:
            return False
    return False


@lru_cache(ANSWERS_KEPT)
def open_marks(text: str) -> str:
    """The opening quotes and brackets that `text` leaves open, outermost first; a stray closing mark is passed over.

    >>> open_marks("“三届评选60名‘大同工匠’，")
    '“'
    """
    if not has_unpaired_marks(text):
        return ""
    stack: list[str] = []
    for mark in _MARKS.findall(text):
        if mark in _PAIRS:
            stack.append(mark)
        elif stack and mark == _PAIRS[stack[-1]]:
            stack.pop()
    return "".join(stack)


def _is_no_pair(mark: str, before: str, behind: str) -> bool:
    """An apostrophe (McDonald’s, ’98, ９７’) or the bracket of an item number (1）) closes nothing."""
    if mark == "’":
        return before.isascii() or before.isdigit() or behind.isdigit()
    return mark == "）" and (before.isdigit() or before in "一二三四五六七八九十")


@lru_cache(ANSWERS_KEPT)
def stray_closing_marks(text: str) -> str:
    """The closing quotes and brackets of `text` that nothing opened.

    >>> stray_closing_marks("草莓抢鲜”上市”")
    '””'
    """
    if not has_unpaired_marks(text):
        return ""
    stack: list[str] = []
    stray: list[str] = []
    for found in _MARKS.finditer(text):
        mark = found[0]
        if mark in _PAIRS:
            stack.append(_PAIRS[mark])
        elif stack and stack[-1] == mark:
            stack.pop()
        elif not _is_no_pair(
            mark, text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        ):
            stray.append(mark)
    return "".join(stray)


@lru_cache(ANSWERS_KEPT)
def has_unpaired_marks(text: str) -> bool:
    """Whether any quote or bracket of `text` lacks its partner: a cheap look before asking which.

    Brackets behind item numbers and apostrophes count here.
    """
    awaited: list[str] = []
    for mark in _MARKS.findall(text):
        if mark in _PAIRS:
            awaited.append(_PAIRS[mark])
        elif not awaited or awaited.pop() != mark:
            return True
    return bool(awaited)
