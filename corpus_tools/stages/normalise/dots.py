"""Dots that were typed or read one by one where an ellipsis is printed: …… in Chinese, two characters wide.

Only where nothing else can be meant. Dots also lead the eye to a page number, part names, count in decimals, and end
sentences twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HANZI
from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

_DOTS = ".．。·・•…‥⋯"
_PAIRED = "“”‘’「」『』《》〈〉（）【】〔〕"
_BEFORE = rf"{HANZI}{_PAIRED}？！"
_BEHIND = rf"{HANZI}{_PAIRED}？！，、；：—"
_ELLIPSIS = r"\.{3}(?:\.{3})?|．{3}(?:．{3})?|。{3}(?:。{3})?|·{6}|・{6}|•{6}"  # three of · ・ • are as often a rule

_REPEATED = re.compile(
    rf"(?<=[{_BEFORE}])(?P<dots>{_ELLIPSIS})"  # no digit, letter or space before: 3...5, Wait...
    rf"(?![{_DOTS}])"  # four, five, seven and more, or dots of two kinds: a leader, or nobody knows
    rf"(?:(?=[{_BEHIND}])"
    r"|(?=\n|\Z)(?!\n+[ \t]*[0-9０-９]+[ \t]*(?:\n|\Z)))",  # not where the next line is a page number
)

_LEADER = rf"[{HANZI}]{{1,12}}(?:{_ELLIPSIS})[{HANZI}]{{1,12}}"
_LEADERS = re.compile(rf"^{_LEADER}(?:\n+{_LEADER})+$", re.MULTILINE)
"""Lines one below the other that are word, dots, word: 编剧......某某. They lead from a part to who plays it."""


@woken_by(characters="．・•", texts=("...", "。。。", "······"))
def unify_dots(text: str, options: Options) -> Iterator[Edit]:
    """Repeated dots that stand for an ellipsis become ……: three or six of . ． 。, six of · ・ •, between hanzi or marks.

    Spans are code points of `text`, one edit an ellipsis. Left alone: leaders (目录......3), Latin text, 。。, names with
    ·, and … in any number.
    """
    leaders = [found.span() for found in _LEADERS.finditer(text)]
    for found in _REPEATED.finditer(text):
        if not any(start <= found.start() < end for start, end in leaders):
            yield Edit(Span(*found.span()), found[0], "……", f"{len(found[0])} dots for an ellipsis")
