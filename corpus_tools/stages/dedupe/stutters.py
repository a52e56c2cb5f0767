"""Stutters: a short unit doubled on the spot. Flagged with the fix; removed only when the user asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.blocks import Pieces
from corpus_tools.characters import HANZI
from corpus_tools.edits import Offsets
from corpus_tools.model import Decision, Note, Page, Rewrite, Span
from corpus_tools.options import Options
from corpus_tools.outline import TEXT_ROLES

_DOUBLED = re.compile(rf"(?P<unit>[{HANZI}]{{2,8}})(?P=unit)")
_FUNCTION_WORD = re.compile(r"(?P<unit>[的了在是和与及为被把将从向对於與為將從對])(?P=unit)")

_REDUPLICATED = re.compile(
    r"(?:研究|讨论|討論|商量|考虑|考慮|学习|學習|休息|打扫|活动|活動|锻炼|鍛煉|介绍|介紹|了解|认识|認識|参观|參觀|放松|放鬆|收拾|整理|照顾|照顧"
    r"|体验|體驗|感受|交流|沟通|溝通|比较|比較|分析|总结|總結|检查|檢查|琢磨|合计|比划|意思|热闹|熱鬧|高兴|高興|表示|尝试|嘗試"
    r"|一个|一個|一步|一条|一層|一层|一次|一天|一年|一户|一戶|一件|一点|一點|一批|一代|一遍|一村|一家|逐个|非常|十分|多少|如此|哈哈|嘻嘻|加油|宝贝|谢谢|感谢|你好)"
)
"""Verbs that Chinese doubles on purpose (研究研究), measure words (一个一个), calls (加油加油): left alone."""

_NOT_DOUBLED = re.compile(
    r"为了了[解断结]"  # 了解, 了断: the second character begins the next word
    r"|目的的[确]|的的确确|[^\W\d_]的的士"
    r"|[存所内正旨现实潜外自好]在在[^\W\d_]"  # 存在在…, 现在在…: two words meet
    r"|于是是|还是是|[总但可只]是是"
    r"|因为为|[认成作称行以]为为|参与与|[赋给授参]与与|[以普涉]及及|[饱共总温]和和"
    r"|面对对|[反核校]对对|[导方去趋]向向|[服听]从从|[即必]将将|实事求是是|了了(?!的|，|。|一|、)"
)
_CONTEXT = 2


@dataclass(frozen=True, slots=True)
class Stutter:
    """A doubled unit: characters `start`-`end` of a text hold it twice; removing `start`-`middle` mends it."""

    start: int
    middle: int
    end: int


def find_stutters(text: str) -> list[Stutter]:
    """The stutters of a text, in order.

    >>> [text[s.start:s.end] for text in ("作业人员人员进行", "配备为政法政法委员", "自己独特的的气味") for s in find_stutters(text)]
    ['人员人员', '政法政法', '的的']
    >>> find_stutters("高高兴兴去研究研究，许许多多，中国国际，成成中学")
    []
    """
    found = [
        Stutter(match.start(), match.end("unit"), match.end())
        for match in _DOUBLED.finditer(text)
        if not _is_natural(text, match)
    ]
    for match in _FUNCTION_WORD.finditer(text):
        around = text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT]
        if not _NOT_DOUBLED.search(around):
            found.append(Stutter(match.start(), match.end("unit"), match.end()))
    outermost: list[Stutter] = []
    for stutter in sorted(found, key=lambda stutter: (stutter.start, -stutter.end)):
        if not outermost or stutter.start >= outermost[-1].end:
            outermost.append(stutter)
    return outermost


def _is_natural(text: str, match: re.Match[str]) -> bool:
    unit = match["unit"]
    if unit[-1] == "着" or "越" in unit:  # 想着想着, 越来越…: grammar
        return True
    return len(set(unit)) == 1 or _REDUPLICATED.fullmatch(unit) is not None or unit[0] in "一每逐"


def fix_stutters(page: Page, options: Options) -> Iterator[Decision]:
    """With `--fix-stutters`, the first copy of a stutter is removed; off by default, as some doublings are meant."""
    if not options.fix_stutters:
        return
    for index, block in enumerate(page.blocks):
        if block.role in TEXT_ROLES:
            for stutter in find_stutters(block.text):
                reason = f"{block.text[stutter.start : stutter.end]} doubled on the spot"
                yield Rewrite(index, Span(stutter.start, stutter.middle), "", reason, flag="repeat_removed")


def note_stutters(page: Page, options: Options) -> Iterator[Note]:
    """A unit of 2-8 hanzi, or a function word, that is doubled on the spot is flagged `stutter`: 人员人员, 的的.

    Left alone: reduplication (研究研究, 一个一个), names (成成中学), two words that meet (现在在).
    """
    offsets = Offsets(page.history)
    for block in page.blocks:
        if block.role not in TEXT_ROLES:
            continue
        pieces = Pieces(block, offsets)
        for stutter in find_stutters(block.text):
            doubled = block.text[stutter.start : stutter.end]
            fixed = block.text[stutter.middle : stutter.end]
            spans = pieces.source(Span(stutter.start, stutter.end))
            yield Note(spans, "stutter", reason=f"{doubled} may be {fixed}", candidates=(fixed,))
