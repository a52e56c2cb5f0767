"""Which single hanzi print doubles: what tells 天天, 中国|国际 and 纪元元 from a hanzi that was read twice.

A text and a place enter, an answer leaves. The table (`data/doubled_hanzi.tsv`) is loaded when the first doubled hanzi is met.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from corpus_tools.characters import is_hanzi
from corpus_tools.names import SURNAMES
from corpus_tools.seam_model import seam_model

FUNCTION_WORDS = frozenset("的了在是和与及为被把将从向对于於與為將從對")
"""Hanzi that are words by themselves and seldom meet themselves."""

LONGEST_WORD = 3
"""Characters beside a doubled hanzi with which it may make a word of the lexicon."""

_ALWAYS = frozenset("天嗡突哗嘩咚嘀沙嘿咯啪砰轰轟隆汪喵哒噠铛鐺叮吱嘎嚓簌潺咕")
"""天天 and 每天|天不亮, and what imitates a sound: doubled as often as not."""

_INSTITUTION = re.compile("中学|小学|大学|学校|幼儿园|公司|酒店|超市|村|镇|中學|小學|大學|學校|幼兒園|超商|飯店")
_EACH = frozenset(
    "人家户戶村县縣市省乡鄉镇鎮天年月日时時处處事样樣种種个個条條件次步层層代校厂廠店队隊班组組区區街路门門"
)
_ALL = frozenset("全都有皆通建见見参參讲講争爭是为為过過达達能可要")
"""What is doubled for each of its kind, and what then follows."""

_KIN = frozenset("妈媽爸爷爺奶哥姐弟妹叔婶嬸公婆舅姑姥宝寶星娃")
_ADVERBS = frozenset("双雙常渐漸刚剛仅僅往稍悄默偏恰频頻屡屢匆纷紛徐缓緩")
_ABB = frozenset(
    "黑白红紅绿綠黄黃金灰蓝藍亮沉热熱冷暖胖圆圓香甜水乐樂笑静靜空懒懶毛软軟硬直孤气氣慢湿濕明光活冰阴陰乱亂"
)
"""What is described by the doubled hanzi behind it, before 的 or 地: 黑黝黝的."""

_BEFORE_NAME = frozenset("的者员長长師师记記家人和与與及由是叫名士姓")
"""What a name stands behind, besides marks and spaces."""


@cache
def _table() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Hanzi that are doubled anywhere; those doubled behind another one, as pairs; those doubled before one."""
    anywhere: set[str] = set()
    behind: set[str] = set()
    before: set[str] = set()
    for line in files("corpus_tools.data").joinpath("doubled_hanzi.tsv").read_text("utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        hanzi, always, left, right = line.split("\t")
        if always == "*":
            anywhere.add(hanzi)
        behind.update(each + hanzi for each in left)
        before.update(hanzi + each for each in right)
    return frozenset(anywhere), frozenset(behind), frozenset(before)


def is_doubled_in_print(text: str, at: int) -> bool:
    """Whether the hanzi that stands at `at` and once more behind it may be meant: reduplication, words that meet, names.

    >>> [is_doubled_in_print(text, 2) for text in ("实现县县全覆盖", "他说人人有责", "独特的的气味", "化解矛矛盾")]
    [True, True, False, False]
    """
    hanzi, before, behind = text[at], text[max(0, at - 1) : at], text[at + 2 : at + 3]
    anywhere, doubled_behind, doubled_before = _table()
    if (
        hanzi in anywhere
        or hanzi in _ALWAYS
        or _neighbour(before) + hanzi in doubled_behind
        or hanzi + _neighbour(behind) in doubled_before
    ):
        return True
    if hanzi in FUNCTION_WORDS:
        return False
    if hanzi in _ADVERBS or hanzi in _KIN or (hanzi in _EACH and (_neighbour(before) == "，" or behind in _ALL)):
        return True  # 双双入职, 人人有责, 县县全覆盖
    if before == "一":
        return True  # 一枚枚, 一阶阶, 一届届
    if behind in ("的", "地") and before in _ABB:
        return True
    if behind == text[at + 3 : at + 4] != "" or before == text[at - 2 : at - 1] != "":
        return True  # 老老少少
    return _is_name(text, at) or _INSTITUTION.match(text, at + 2) is not None or _words_meet(text, at)


def _neighbour(character: str) -> str:
    """The hanzi, or `，` for every mark and for the start and the end of a text, as the table has them."""
    return character if character and is_hanzi(character) else "，"


def _is_name(text: str, at: int) -> bool:
    """Whether a surname stands before the doubled hanzi, where a name may begin."""
    if text[at - 1 : at] not in SURNAMES or not at:
        return False
    before = text[at - 2 : at - 1]
    return not before or not is_hanzi(before) or before in _BEFORE_NAME


def _words_meet(text: str, at: int) -> bool:
    """Whether a word of the lexicon ends with the first of the two, and another one begins with the second: 阵风|风力."""
    model = seam_model()
    before, behind = text[max(0, at - LONGEST_WORD) : at], text[at + 2 : at + 2 + LONGEST_WORD]
    return bool(model.word_over(before, text[at]) and model.word_over(text[at], behind))
