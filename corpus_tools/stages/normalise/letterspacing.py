"""Letterspacing: a word or title printed with a gap between all its hanzi is closed; names and rows of cells stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HANZI
from corpus_tools.model import Edit, Span
from corpus_tools.names import SURNAMES
from corpus_tools.options import Options
from corpus_tools.stages.normalise.gaps import WIDEST, lines_with_gaps
from corpus_tools.stages.normalise.word_pairs import is_word
from corpus_tools.stages.rules import woken_by

_MARK = "，。、；：！？“”‘’「」『』（）《》〈〉【】…—"

_RUN = re.compile(
    rf"(?<![^\s{_MARK}])"  # from white space, a mark or the line's start …
    rf"(?P<word>[{HANZI}](?:[ ][{HANZI}]){{4,}})"  # five single hanzi or more, one space between each …
    rf"(?![^\s{_MARK}])"  # … up to white space, a mark or the line's end
)
"""Five need no table: nothing else looks so, but lists, see `_is_list`."""

SHORTEST_RUN = 9
"""Code points of five hanzi and their spaces."""

_LINE = re.compile(rf" *(?P<word>[{HANZI}](?P<gap> {{1,{WIDEST}}})[{HANZI}](?:(?P=gap)[{HANZI}]){{0,38}}) *")
"""One gap between all hanzi, and nothing else on the line: here two are enough, and wider gaps, where words prove it."""

_CELLS = frozenset(
    "一二三四五六七八九十百千零〇日月火水木金土甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥上中下东南西北東左右前后後"
    "春夏秋冬天地人你我他她男女老少大小多高低是否优優良差"
)
"""Numerals, weekdays, stems and branches, directions, seasons: single hanzi that stand in rows of cells."""

_HEAD_WORDS = (
    "公告 启事 啟事 社论 社論 目录 目錄 通知 要闻 要聞 简讯 簡訊 短评 短評 讣告 訃告 声明 聲明 通告 广告 廣告 综合 綜合 言论 言論 文摘 副刊 "
    "专版 專版 专栏 專欄 特刊 号外 號外 快讯 快訊 短讯 短訊 消息 评论 評論 时评 時評 来信 來信 更正 致歉 导读 導讀 前言 后记 後記 序言 附录 "
    "附錄 摘要 编后 編後 按语 按語 文艺 文藝 文化 体育 體育 经济 經濟 法治 教育 科技 国际 國際 国内 國內 时政 時政 财经 財經 本报 本報 新闻 "
    "新聞 图片 圖片 社会 社會 编者按 編者按 本报讯 本報訊"
)
_HEADS = frozenset(_HEAD_WORDS.split(" "))
"""What newspapers set wide above a column, and the table of pairs may not have."""

NAMES_COVER = 0.6
"""Share of the hanzi in words above which a row is no row of names, though surnames stand at their places."""


LEAST_COVER = 0.4
"""Share of the hanzi in words below which a run is a list of single ones: 氢 氦 锂 铍 硼 has none, 猪 牛 羊 鸡 鸭 鱼 a third,
致 读 者 书 信, which is to be closed, two fifths."""


@woken_by(texts=(" ",))
def close_letterspacing(text: str, options: Options) -> Iterator[Edit]:
    """`中 国 共 产 党` becomes 中国共产党, `公  告` 公告; the spaces that part clauses, names and cells stay.

    Spans are code points of `text`, each one gap. Left alone: 刘 涛 王 伟 李 强, 日 一 二 三 四 五 六, 学思想 强党性.
    """
    for start, line in lines_with_gaps(text):
        whole = _LINE.fullmatch(line)
        step = len(whole["gap"]) + 1 if whole else 0
        if whole and (step > 2 or len(whole["word"]) < SHORTEST_RUN):
            if _is_proved(whole["word"][::step]):
                yield from _closed(start + whole.start("word"), whole["word"][::step], step, 1.0)
            continue
        for run in _RUN.finditer(line):
            letters = run["word"][::2]
            if not _is_list(letters) and _cover(letters) >= LEAST_COVER:
                yield from _closed(start + run.start("word"), letters, 2, round((1 + _cover(letters)) / 2, 2))


def _closed(start: int, letters: str, step: int, score: float) -> Iterator[Edit]:
    """An edit for each gap of a word whose letters stand `step` apart."""
    for position in range(start + 1, start + (len(letters) - 1) * step, step):
        reason = f"letterspaced {letters[:12]}"
        yield Edit(Span(position, position + step - 1), " " * (step - 1), "", reason, score)


def _is_proved(letters: str) -> bool:
    """Whether every hanzi is in a word of the table, or all are a column's head; a name or a row of cells is not."""
    if letters in _HEADS:
        return True
    return letters[0] not in SURNAMES and not _is_list(letters) and _cover(letters) == 1


def _is_list(letters: str) -> bool:
    """Whether single hanzi are cells of a row, or names of two and three hanzi."""
    if sum(letter in _CELLS for letter in letters) * 2 > len(letters):
        return True
    if len(letters) % 2 == 0 and all(letter in SURNAMES for letter in letters[::2]):
        return True
    return _may_be_names(letters) and _cover(letters) < NAMES_COVER


def _may_be_names(letters: str) -> bool:
    """Whether the hanzi divide into names of two and three, a surname first in each."""
    reachable = {0}
    for place in range(len(letters)):
        if place in reachable and letters[place] in SURNAMES:
            reachable |= {place + 2, place + 3}
    return len(letters) in reachable


def _cover(letters: str) -> float:
    """The share (0-1) of hanzi that stand in a word with their neighbour, or in a column's head."""
    covered = [False] * len(letters)
    for at in range(len(letters) - 1):
        if is_word(letters[at : at + 2]) or letters[at : at + 2] in _HEADS:
            covered[at] = covered[at + 1] = True
    return sum(covered) / len(letters)
