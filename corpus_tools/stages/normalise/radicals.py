"""Radicals that stand for the whole character: ⼈⺠ copied from a PDF is 人民, whose glyphs are the same.

Programs that write PDFs keep one code for each glyph, and where a font draws 人 and the radical ⼈ alike, either may come
out. Text about radicals means the radical; where a radical is shown as one, it stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

_KANGXI = "".join(map(chr, range(0x2F00, 0x2FD6)))

_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Those of the supplement that are drawn like a character in use. Source: Unicode's EquivalentUnifiedIdeograph.txt.
Not those that are drawn only as a part of one (⺮ ⺾ ⻌), also where the part has a code as an ideograph (⺅ is 亻)."""

IDEOGRAPHS = {radical: unicodedata.normalize("NFKC", radical) for radical in _KANGXI} | _SUPPLEMENT
"""The ideograph for each radical; for the 214 of Kangxi it is their compatibility decomposition (⼾ is 戶)."""

_RADICAL = f"[{''.join(IDEOGRAPHS)}]"
_OPENING, _CLOSING = "“‘「『﹁\"'", "”’」』﹂\"'"
_SHOWN = (
    rf"(?<=[{_OPENING}]){_RADICAL}(?=[{_CLOSING}])"  # “⽔” alone in quotation marks
    rf"|{_RADICAL}(?=部首|字[旁头頭边邊底]|偏旁)"  # ⽔部首, ⼥字旁
    rf"|(?<=[提单單双雙竖豎点點反]){_RADICAL}(?=旁)"  # 提⼿旁; not ⾝旁, which is a word
    rf"|(?<=[属屬归歸入查]){_RADICAL}(?=部)"  # 属⽔部; not ⼲部, ⻄部
)
_FOUND = re.compile(rf"(?P<shown>{_SHOWN})|{_RADICAL}")
_IN_ORDER = re.compile(rf"{_RADICAL}(?:[ \u3000\t、，]?{_RADICAL}){{2,}}")


@woken_by(characters="".join(IDEOGRAPHS))
def unify_radicals(text: str, options: Options) -> Iterator[Edit]:
    """A radical that stands for the whole character (⼈ U+2F08, ⺠ U+2EA0) becomes the ideograph: 人, 民.

    Spans are code points of `text`, one edit a character. Left alone: radicals that are shown as such (“⽔”, ⽔部首,
    提⼿旁, a list in the order of Kangxi), and those that are only a part of a character (⺮ ⻌).
    """
    listed = {place for found in _IN_ORDER.finditer(text) for place in _places_in_order(text, *found.span())}
    for found in _FOUND.finditer(text):
        if found["shown"] or found.start() in listed:
            continue
        radical = found[0]
        yield Edit(Span(*found.span()), radical, IDEOGRAPHS[radical], f"radical U+{ord(radical):04X}")


def _places_in_order(text: str, start: int, end: int) -> Iterator[int]:
    """The places in `text[start:end]` of three radicals and more that follow each other as in Kangxi: ⼀⼁⼂."""
    places = [place for place in range(start, end) if text[place] in IDEOGRAPHS]
    run: list[int] = []
    for place in places:
        if run and ord(text[place]) != ord(text[run[-1]]) + 1:
            if len(run) >= 3:
                yield from run
            run = []
        run.append(place)
    if len(run) >= 3:
        yield from run
