"""Headings: what could be a headline by its own look, where a group in one line may be cut, decks and remarks."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT, ends_sentence, open_marks
from corpus_tools.names import may_be_name
from corpus_tools.roles.leads import LEAD

LONGEST_HEADLINE = 100
"""Characters of a headline whose clauses spaces part; no clause may be longer than `HEADING_LENGTH`."""

HEADING_LENGTH = 46
"""Characters a heading may have. In the gold and in People's Daily 1998 the longest headline group line has 45."""

LONGEST_REMARK_HEADING = 24
"""Characters in brackets that may stand as a line of a head; longer ones say where a text is from: （本文系…阶段性成果）."""

DECK_LENGTH = 60
LEAST_DECK = 4
"""Characters of a subtitle behind its dash; shorter ones are the source of a quotation: ——鲁迅."""

_CLOSING = frozenset("）)")
_NO_END = frozenset("，、；：,;:。")
_REMARK_ALONE = re.compile(r"[（(][^（()）]{1,30}[）)]")  # （附图片１张）, （传真照片）
_SIGN_OFF = re.compile(
    r"[（(](?:据|據)?(?:新华社|新華社|中新社|本报|本報)[^（()）]{2,30}[）)]$"
)  # 谢谢！（新华社北京１２月３１日电）
_DASHES = re.compile(r"(?:[—─―－–]{1,4}|-{2,4})(?![—─―－–-]|[0-9.]+[℃%％]?$)\ ?")
_HEADLINE_MARK = re.compile(r"(?<=——) +|(?<=[^—\s]) *(?=——[^—\s0-9])")
_NO_HEADING = re.compile(
    r"第[一二三四五六七八九十百0-9]{1,4}[条條]\ "  # an article of a law
    r"|(?:问|答|問|记者|記者|主持人|嘉宾|[QAＱＡ])[：:]"  # 问：罚款加倍，有用吗？
    r"|.{0,8}(?:电话|電話|热线|熱線|传真|邮箱|地址)[：:]"  # 咨询电话：…
    r"|[^，。]{1,12}每(?:公斤|斤|吨|千克|份|台)\ ?[0-9]"  # a price
    r"|“[^”]{1,20}[。！？]”$"  # a whole quotation
)


def headline_marks(text: str) -> list[int]:
    """The places where a headline group in one line may be cut: behind or before a dash, outside quotes and brackets.

    >>> headline_marks("让工匠人才“走红”新时代—— 激发“工匠精神”"), headline_marks("【新征程——实干笃行】输水新动脉")
    ([15], [])
    """
    if "——" not in text:
        return []
    return [found.end() for found in _HEADLINE_MARK.finditer(text) if not open_marks(text[: found.start()])]


def is_deck(text: str) -> bool:
    """Whether a block is a subtitle set off with a dash: ——六论深入贯彻落实…精神."""
    dashes = _DASHES.match(text)
    return dashes is not None and LEAST_DECK <= len(text) - dashes.end() <= DECK_LENGTH and not ends_sentence(text)


def is_remark(text: str) -> bool:
    """Whether a whole block is a remark in brackets, such as （附图片1张）; below a headline it belongs to it."""
    return text[-1:] in _CLOSING and _REMARK_ALONE.fullmatch(text) is not None


@lru_cache(ANSWERS_KEPT)
def may_be_heading(text: str) -> bool:
    """Whether a block could be a headline, kicker, column or crosshead by its own look: short, no end mark, all closed."""
    if len(text) > LONGEST_HEADLINE + DECK_LENGTH:
        return False
    if "——" not in text and ("。" in text or text[-1:] in _NO_END):
        return False  # nearly all paragraphs
    borders = [0, *headline_marks(text), len(text)]
    if len(borders) > 2:  # a group in one line: each part must look like a heading by itself
        parts = [text[start:end].strip() for start, end in itertools.pairwise(borders)]
        return len(parts) <= 3 and all(is_deck(part) or may_be_heading(part) for part in parts)
    if len(text) > LONGEST_HEADLINE or max(map(len, text.split(" "))) > HEADING_LENGTH:
        return False
    if text[-1] in _NO_END or text[0] in "，。、；：！？）”’》" or "。" in text:
        return False
    if not any("\u4e00" <= character <= "\u9fff" for character in text):
        return False
    if (
        (text[0] in "（(" and text[-1] in _CLOSING and len(text) > LONGEST_REMARK_HEADING)
        or is_remark(text)
        or _SIGN_OFF.search(text)
        or _NO_HEADING.match(text)
        or LEAD.match(text)
    ):
        return False
    if text[-1] in "！？!?" and len(text) > HEADING_LENGTH // 2:
        return False
    return not open_marks(text) and not _only_names(text)


def _only_names(text: str) -> bool:
    words = text.split(" ")
    return len(words) >= 3 and all(may_be_name(word) for word in words)
