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

_PAIRED = "“”‘’「」『』《》〈〉（）【】〔〕"
_RUN = re.compile(r"(?P<dot>[.．。·・•…‥⋯])[.．。·・•…‥⋯]{2,}")
_BEFORE = re.compile(rf"[{HANZI}{_PAIRED}？！]")  # no digit, letter or space: 3...5, Wait...
_BEHIND = re.compile(
    rf"[{HANZI}{_PAIRED}？！，、；：—]"
    r"|(?!\n+[ \t]*[0-9０-９]+[ \t]*(?:\n|\Z))(?:\n|\Z)",  # not where the next line is a page number
)
_LENGTHS = {".": (3, 6), "．": (3, 6), "。": (3, 6), "·": (6,), "・": (6,), "•": (6,)}
"""How many dots stand for an ellipsis. Three of · ・ • are as often a rule; two are a stutter; four, five, seven and
more are a leader, or nobody knows; so are dots of two kinds side by side."""

_LEADER = rf"[{HANZI}]{{1,12}}[.．。·・•]{{3,6}}[{HANZI}]{{1,12}}"
_LEADERS = re.compile(rf"^{_LEADER}(?:\n+{_LEADER})+$", re.MULTILINE)
"""Lines one below the other that are word, dots, word: 编剧......某某. They lead from a part to who plays it."""


@woken_by(characters="・•", texts=("...", "．．．", "。。。", "······"))
def unify_dots(text: str, options: Options) -> Iterator[Edit]:
    """Repeated dots that stand for an ellipsis become ……: three or six of . ． 。, six of · ・ •, between hanzi or marks.

    Spans are code points of `text`, one edit an ellipsis. Left alone: leaders (目录......3), Latin text, 。。, names with
    ·, and … in any number.
    """
    runs = [found for found in _RUN.finditer(text) if _is_ellipsis(found, text)]
    leaders = [found.span() for found in _LEADERS.finditer(text)] if runs else []
    for found in runs:
        if not any(start <= found.start() < end for start, end in leaders):
            yield Edit(Span(*found.span()), found[0], "……", f"{len(found[0])} dots for an ellipsis")


def _is_ellipsis(run: re.Match[str], text: str) -> bool:
    """Whether a run of dots is of one kind, as long as it must be, and stands between Chinese characters."""
    alike = run[0] == run["dot"] * len(run[0]) and len(run[0]) in _LENGTHS.get(run["dot"], ())
    return alike and bool(_BEFORE.match(text[max(0, run.start() - 1) : run.start()]) and _BEHIND.match(text, run.end()))
