"""Twins: texts of one build that say other things, told from one text that was read twice.

Two texts enter, the reason why they are twins leaves, or None where all that differs may be misread. A newspaper that fills
in a form anew changes a number, a name or a word; a reader of hanzi takes single characters for others, anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corpus_tools.characters import is_hanzi
from corpus_tools.names import SURNAMES
from corpus_tools.seam_model import seam_model

LEAST_LIKE = 0.75
"""Share of the longer text that the other one must have: 15 % of misreadings leave .85, and dropped and doubled ones less."""

LONGEST_MISREAD = 2
"""Characters in a row that are misread together in a copy that breaks off. Elsewhere two are another word, but where many single
ones differ as well."""

SINGLES_A_WORD = 2
"""Single differences for each longer one: of 100 characters with 15 % misreadings 11 stand alone and 2 side by side."""

SCATTERED = 4
"""So many differences and no others than single ones: misread. Fewer are asked whether both characters make sense."""

MANY_SINGLES = 5
"""So many single differences that say no other fact, and one more that might is misread as well: no newspaper changes a word
and scatters five characters."""

SENSIBLE, SENSIBLE_WORD = 4.0, 2.6
"""Nats by which the better of two characters may be likelier in its place where both were printed: 南/乍 in 将中…关系, 2.56. The
second where only one of them is part of a word."""

NONSENSE = 5.0
"""Nats by which each of two characters in a row must be likelier than what stands for it: 7-28 in pairs that were misread,
below 2 for one of them where a word was put for another, on training text."""

REACH = 8
"""Characters on either side of one that its likelihood is asked by."""

_DIGIT = re.compile("[0-9０-９%％‰A-Za-z]")
_NUMERAL = re.compile("[〇零○一二三四五六七八九十百千万萬亿億两兩廿卅]")
_PAIRS = """
    上下 左右 前后 前後 东西 東西 南北 东南 东北 西南 西北 東南 東北 男女 父母 兄弟 姐妹 夫妻 老少 大小 大中 中小 多少 高低 升降 升跌 涨跌 漲跌 增减 增減
    买卖 買賣 进出 進出 开关 開關 早晚 内外 內外 正副 春夏 夏秋 秋冬 春秋 春冬 夏冬 有无 有無 不未 不可 不应 不應 甲乙 乙丙 丙丁 甲丙
    新旧 新舊 新老 长短 長短 快慢 输赢 輸贏 胜负 勝負 主客 城乡 城鄉 省市 市县 市縣 县区 縣區 区镇 乡镇 鄉鎮 村镇 年月 月日 日时
    党团 黨團 红黄 红蓝 红绿 紅藍 黑白 金银 银铜 銀銅 金铜 水火 水陆 海陆 陆空 海空 天地 昨今 今明 本上 本下 他她 我你 中美 中俄 中日 中英 中法
    已未 中韩 美俄 美英 英法 日韩 军警 軍警 军民 警民 工农 农林 医护 师生 师友 首次 原现 加减 加減 乘除
"""
_OPPOSITES = frozenset(map(frozenset, _PAIRS.split()))
"""Characters that print puts in place of one another: each makes sense where the other does."""

_FUNCTION_WORDS = frozenset("的了在和与及为被把从向于也就都而但能会可以之其们得着过等很更又还再與為從於們過還會")
"""What twins do not differ in: they say another fact of the same build."""

_NEGATIONS = re.compile("[不未无無非没沒副前原拟擬]")
"""A single character that one text has more, and that makes another fact of it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two texts are (0-1), and why they are twins; `twins` is None where they may be one text read twice."""

    likeness: float
    twins: str | None


def compare(first: str, second: str, *, ask_sense: bool = True) -> Comparison:
    """Whether two texts may be one that was read twice. Without `ask_sense` it is not asked whether two characters, where few
    differ, are as good in their place, and two in a row are no word: for copies that break off, which no newspaper prints.

    >>> compare("违反本条例规定的，处五百元罚款。", "违反本条例规定的，处三百元罚款。")
    Comparison(likeness=0.9375, twins='五 for 三: a number')
    >>> compare("违反本条例规定的，处五百元罚款。", "违反本条倒规定的，处五百元罚款。").twins is None
    True
    """
    if first == second:
        return Comparison(1.0, None)
    longest = max(len(first), len(second))
    distance = Levenshtein.distance(first, second, score_cutoff=longest // 2)
    likeness = round(1 - distance / longest, 4)
    if likeness < LEAST_LIKE:
        return Comparison(likeness, "too much differs")
    places = [
        (each.src_start, each.src_end, each.dest_start, each.dest_end)
        for each in Levenshtein.opcodes(first, second)
        if each.tag != "equal"
    ]
    return Comparison(likeness, _why_twins(first, second, _printed(first, second, places), ask_sense=ask_sense))


Place = tuple[int, int, int, int]
"""Start and end of what differs in the first text, and in the second."""


def _printed(first: str, second: str, places: Sequence[Place]) -> list[Place]:
    """The places that differ in more than white space; those that touch are one."""
    printed = [each for each in places if first[each[0] : each[1]].split() != second[each[2] : each[3]].split()]
    merged: list[Place] = []
    for each in printed:
        if merged and (merged[-1][1], merged[-1][3]) == (each[0], each[2]):
            each = (merged[-1][0], each[1], merged.pop()[2], each[3])
        merged.append(each)
    return merged


def _why_twins(first: str, second: str, places: Sequence[Place], *, ask_sense: bool) -> str | None:
    """Why two texts that differ in those places are twins."""
    n_longer = 0
    other_facts: list[str] = []
    for start, end, its_start, its_end in places:
        here, there = first[start:end], second[its_start:its_end]
        if _is_doubled(first, start, here, there) or _is_doubled(second, its_start, there, here):
            continue
        said = f"{here or 'nothing'} for {there or 'nothing'}"
        if _is_number(here, there):
            return f"{said}: a number"
        if frozenset((here, there)) in _OPPOSITES or (not (here and there) and _NEGATIONS.search(here + there)):
            other_facts.append(f"{said}: another fact")
        elif _is_name(first, start, here, there):
            other_facts.append(f"{said}: another name")
        longest = max(len(here), len(there))
        n_longer += longest > (1 if ask_sense else LONGEST_MISREAD) and not (
            longest == LONGEST_MISREAD and _is_misread_pair(first, start, second, its_start, here, there)
        )
    if other_facts and len(places) - n_longer - len(other_facts) < MANY_SINGLES:
        return other_facts[0]
    if n_longer and len(places) - n_longer < SINGLES_A_WORD * n_longer:
        return "another word"
    if ask_sense and not n_longer and len(places) < SCATTERED:
        sensible = [each for each in places if _makes_sense(first, second, each)]
        if 2 * len(sensible) > len(places):
            start, end, its_start, its_end = sensible[0]
            return f"{first[start:end]} for {second[its_start:its_end]}: both make sense"
    return None


def _is_doubled(text: str, start: int, here: str, there: str) -> bool:
    """Whether what one text has more is the hanzi beside it once more, as misread ones are: 不不堪, 零零点八."""
    return (
        len(here) == 1
        and not there
        and here in (text[start - 1 : start], text[start + 1 : start + 2])
        and is_hanzi(here)
    )


def _is_number(here: str, there: str) -> bool:
    """Whether another number is said; a numeral in place of another hanzi (一 for 批) is misread."""
    if _DIGIT.search(here + there):
        return True
    return bool(_NUMERAL.search(here + there)) and (
        not (here and there) or bool(_NUMERAL.search(here) and _NUMERAL.search(there))
    )


def _is_name(text: str, start: int, here: str, there: str) -> bool:
    """Whether two surnames stand in place of each other where a name may begin."""
    before = text[start - 1 : start]
    return here in SURNAMES and there in SURNAMES and (before in "、，。（ \n" or before in "者员長长席理记")


def _makes_sense(first: str, second: str, place: Place) -> bool:
    """Whether both of two characters are as good where they stand: neither is much likelier; less so where only one makes a word."""
    start, end, its_start, its_end = place
    if end - start != 1 or its_end - its_start != 1 or {first[start], second[its_start]} & _FUNCTION_WORDS:
        return False
    here, there = (_sense(first, start), _sense(second, its_start))
    return abs(here[0] - there[0]) < (SENSIBLE if here[1] == there[1] else SENSIBLE_WORD)


def _is_misread_pair(first: str, start: int, second: str, its_start: int, here: str, there: str) -> bool:
    """Whether two characters in a row stand for two others that make no sense there, or the other way round: 依之而重."""
    if len(here) != len(there):
        return False
    senses = [(_sense(first, start + each), _sense(second, its_start + each)) for each in range(len(here))]
    if all(mine[0] - its[0] >= NONSENSE for mine, its in senses):
        return not all(its[1] for _, its in senses)
    return all(its[0] - mine[0] >= NONSENSE for mine, its in senses) and not all(mine[1] for mine, _ in senses)


def _sense(text: str, at: int) -> tuple[float, bool]:
    """How likely the character there is between its neighbours (nats), and whether it is part of a word."""
    model = seam_model()
    before, itself, behind = text[max(0, at - REACH) : at], text[at], text[at + 1 : at + REACH]
    is_word = bool(model.word_over(before, itself + behind) or model.word_over(before + itself, behind))
    return round(model.crossing(before, itself + behind), 4), is_word
