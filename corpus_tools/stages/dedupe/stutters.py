"""Stutters: a short unit doubled on the spot. Flagged with the fix; removed only when the user asks for it.

Blocks enter, notes leave, and Rewrites with `--fix-stutters`. On made pages of the last fifth of each source: of doubled units of
2-4 hanzi .97-1.00 are flagged, of doubled function words .95-.98, of other single hanzi .75-.77, with 0.3 flags in 5,000
characters of clean broadcast text and 1.2 of People's Daily, most of them single hanzi that `--fix-stutters` leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus_tools.blocks import Pieces
from corpus_tools.characters import HANZI
from corpus_tools.drafts import TEXT_ROLES
from corpus_tools.edits import Offsets
from corpus_tools.model import Decision, Note, Page, Rewrite, Span
from corpus_tools.options import Options
from corpus_tools.stages.dedupe.doubled_hanzi import FUNCTION_WORDS, is_doubled_in_print
from corpus_tools.stages.dedupe.running import KEPT_TEXTS, running_text
from corpus_tools.stages.dedupe.tandems import doubled_characters, short_tandems

LONGEST_UNIT = 8
"""Characters; longer ones are doubled runs (doubles.py)."""

WORD_SCORE, FUNCTION_SCORE, HANZI_SCORE = 0.9, 0.9, 0.6
"""How sure a flag is that something was read twice."""

_UNIT = re.compile(rf"[{HANZI}]{{2,{LONGEST_UNIT}}}")
_HANZI = re.compile(f"[{HANZI}]")

_REDUPLICATED = re.compile(
    r"(?:研究|讨论|討論|商量|考虑|考慮|学习|學習|休息|打扫|活动|活動|锻炼|鍛煉|介绍|介紹|了解|认识|認識|参观|參觀|放松|放鬆|收拾|整理|照顾|照顧"
    r"|体验|體驗|感受|交流|沟通|溝通|比较|比較|分析|总结|總結|检查|檢查|琢磨|合计|比划|意思|热闹|熱鬧|高兴|高興|表示|尝试|嘗試"
    r"|一个|一個|一步|一条|一層|一层|一次|一天|一年|一户|一戶|一件|一点|一點|一批|一代|一遍|一村|一家|逐个|非常|十分|多少|如此|哈哈|嘻嘻|加油|宝贝|谢谢|感谢|你好)"
)
"""Verbs that Chinese doubles on purpose (研究研究), measure words (一个一个), calls (加油加油): left alone."""

_RANKED = re.compile("(?:大队|中队|支队|总队|小组|大隊|中隊|支隊|小組|部队|部隊)(?=[长長])")
"""Units whose head follows at once: 二大队|大队长."""

_NOT_DOUBLED = re.compile(
    r"了了[解断斷结結却卻]"  # 了解, 了断: the second character begins the next word
    r"|目的的[确確]|的的(?:确确|確確|士)"
    r"|[现現存实實]在在(?!的)[^\W\d_]"  # 现在在…: two words meet
    r"|是是非非|总是是|面对对|以及及时|以及及時|即将将"
)
_CONTEXT = 2


@dataclass(frozen=True, slots=True, order=True)
class Stutter:
    """A doubled unit: characters `start`-`end` of a text hold it twice; removing `start`-`middle` mends it."""

    start: int
    middle: int
    end: int


@lru_cache(KEPT_TEXTS)
def find_stutters(text: str) -> tuple[Stutter, ...]:
    """The stutters of a text, in order, disjoint.

    >>> [text[s.start:s.end] for text in ("作业人员人员进行", "配备为政法政法委员", "自己独特的的气味") for s in find_stutters(text)]
    ['人员人员', '政法政法', '的的']
    >>> find_stutters("高高兴兴去研究研究，许许多多，中国国际，成成中学")
    ()
    """
    found = [*_doubled_words(text), *_doubled_hanzi(text)]
    outermost: list[Stutter] = []
    for stutter in sorted(found, key=lambda stutter: (stutter.start, -stutter.end)):
        if not outermost or stutter.start >= outermost[-1].end:
            outermost.append(stutter)
    return tuple(outermost)


def _doubled_words(text: str) -> Iterator[Stutter]:
    for tandem in short_tandems(text):
        if not 2 <= tandem.period <= LONGEST_UNIT:
            continue
        for at in range(tandem.start, tandem.end - 2 * tandem.period + 1):
            unit = text[at : at + tandem.period]
            if _UNIT.fullmatch(unit):
                if not _is_natural(text, unit, at):
                    yield Stutter(at, at + tandem.period, at + 2 * tandem.period)
                break


def _doubled_hanzi(text: str) -> Iterator[Stutter]:
    for at in doubled_characters(text):
        if not _HANZI.match(text[at]) or text[at] in (text[at - 1 : at], text[at + 2 : at + 3]):
            continue
        around = text[max(0, at - _CONTEXT) : at + 2 + _CONTEXT]
        if not (text[at] in FUNCTION_WORDS and _NOT_DOUBLED.search(around)) and not is_doubled_in_print(text, at):
            yield Stutter(at, at + 1, at + 2)


def _is_natural(text: str, unit: str, at: int) -> bool:
    if unit[-1] in "着著" or "越" in unit:  # 想着想着, 越来越…: grammar
        return True
    if len(set(unit)) == 1 or _REDUPLICATED.fullmatch(unit) or unit[0] in "一每逐":
        return True
    return _RANKED.fullmatch(unit) is not None or _RANKED.match(text, at + len(unit)) is not None


def may_be_fixed(unit: str) -> bool:
    """Whether `--fix-stutters` removes a unit: of other single hanzi one flag in two is print's own."""
    return len(unit) > 1 or unit in FUNCTION_WORDS


def fix_stutters(page: Page, options: Options) -> Iterator[Decision]:
    """With `--fix-stutters`, the first copy of a word or function word is removed; off by default, as some are meant."""
    if not options.fix_stutters:
        return
    for index, stutter in _stutters_of(page):
        text = page.blocks[index].text
        if may_be_fixed(text[stutter.start : stutter.middle]):
            reason = f"{text[stutter.start : stutter.end]} doubled on the spot; the second copy stays"
            span = Span(stutter.start, stutter.middle)
            yield Rewrite(index, span, "", reason, _score(text[span.start : span.end]), flag="repeat_removed")


def note_stutters(page: Page, options: Options) -> Iterator[Note]:
    """A unit of 1-8 hanzi that is doubled on the spot is flagged `stutter`, with the fix: 人员人员, 的的, 蚊蚊.

    Left alone: reduplication (研究研究, 一个一个, 老老少少), names (成成中学, 纪元元), two words that meet (现在在, 阵风风力).
    """
    offsets: Offsets | None = None
    pieces: dict[int, Pieces] = {}
    for index, stutter in _stutters_of(page):
        block = page.blocks[index]
        offsets = offsets or Offsets(page.history)
        doubled = block.text[stutter.start : stutter.end]
        fixed = block.text[stutter.middle : stutter.end]
        if index not in pieces:
            pieces[index] = Pieces(block, offsets)
        spans = pieces[index].source(Span(stutter.start, stutter.end))
        yield Note(spans, "stutter", reason=f"{doubled} may be {fixed}", score=_score(fixed), candidates=(fixed,))


def _score(unit: str) -> float:
    return WORD_SCORE if len(unit) > 1 else FUNCTION_SCORE if unit in FUNCTION_WORDS else HANZI_SCORE


def _stutters_of(page: Page) -> Iterator[tuple[int, Stutter]]:
    """The stutters of a page's text blocks, each with its block; places count in the block's text."""
    running = running_text(page.blocks)
    for stutter in find_stutters(running.text):
        block = running.block_at(stutter.start)
        its = running.block_span(block)
        if page.blocks[block].role in TEXT_ROLES and stutter.end <= its.end:
            yield block, Stutter(*(place - its.start for place in (stutter.start, stutter.middle, stutter.end)))
