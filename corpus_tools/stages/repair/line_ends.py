"""What speaks for and against a paragraph's end at the end of a printed line: evidence, each piece with its odds.

The lines of one column enter, the probability that each goes on in the next leaves. A line is a paragraph's first one or a
later one; the two differ by an indent that OCR kept, or by the two characters that it took away. All that is known of
lines goes into one chain of such states (forward-backward), so that a line's neighbours on both sides have their say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from corpus_tools.characters import BULLETS, CLOSING_MARKS, HANZI, OPENING_MARKS, ends_sentence
from corpus_tools.roles import OPENING_WORDS, lead_of
from corpus_tools.stages.repair.layout import PRINTED_INDENT, Line, printed_width

INDENT = 1.5
"""Full-width characters that make an indent: print uses two; one and a half allows for a plain space and a U+3000."""

PARAGRAPH = 90.0
"""Characters of a paragraph in either source of the train part (80 and 105); a line ends one with width / 90."""

CLEARLY_SHORT = 2.75
"""Room at the end of a line that no token and no stripped indent explains, in full-width characters."""

SQUEEZED = -1.75
"""Room of a line that a mark was squeezed into: no more than one over, and a half for ASCII."""

# Probabilities measured on lines of 10-40 characters made of the train part, (line goes on, paragraph ends).
_ENDS = {"sentence": (0.045, 0.955), "colon": (0.006, 0.015), "mark": (0.11, 0.005), "none": (0.84, 0.008)}
_STARTS = {  # (inside a sentence, at a sentence inside a paragraph, at a paragraph)
    "mark": (0.01, 0.002, 0.0002),
    "lead": (1e-6, 1e-5, 0.15),
    "item": (0.0004, 0.012, 0.02),
    "opening": (0.002, 0.05, 0.07),
    "quote": (0.022, 0.01, 0.02),
    "none": (0.96, 0.925, 0.74),
}
_INDENTED_AMID = 0.00005
_FITTED = 0.0006
"""Lines that go on although the next token would have fitted: hardly any, and fewer still the more room there is."""

_NO_ROOM, _SOME_ROOM, _OVER = 0.72, 0.2, 0.06
_BORDER_MARKS = 0.2

_CLOSERS = re.escape("，。、；：！？…%％" + CLOSING_MARKS)
_TOKEN = re.compile(  # what moves down whole, with the marks that it may not part from
    rf"""
    [{re.escape(OPENING_MARKS)}]*
    (?P<core>
        [A-Za-z0-9][A-Za-z0-9.,%:/@_-]*％?     # a number, a Latin word, an address
      | [０-９]+(?:[．·：／，][０-９]+)*％?          # a number in full width
      | [—…]+
      | .
    )
    [{_CLOSERS}]*
    """,
    re.VERBOSE | re.DOTALL,
)
_NOT_FIRST = frozenset("，。、；：！？…％%" + CLOSING_MARKS)
_ITEM = re.compile(
    rf"[{BULLETS}①-⑳㈠-㈩]|[一二三四五六七八九十]{{1,3}}(?:、(?![一二三四五六七八九十])|是)|[0-9]{{1,2}}[.．、](?![0-9])|[0-9]{{1,2}}[:：][0-9]{{2}}\ "
    r"|[（(][0-9一二三四五六七八九十]{1,2}[）)]|第[一二三四五六七八九十百]{1,4}[条條章节節，]"
)
_OPENING = re.compile(
    rf"(?:{OPENING_WORDS}|[0-9]{{1,2}}月[0-9]{{1,2}}日|[{HANZI}]{{2,4}}(?:指出|强调|表示|认为|強調|認為))[，：]"
)
_LEAD_CHARACTERS = frozenset("讯訊电電消社报報【（(")
_LEAD_LOOK = 16
_DATELINE_ENDS = frozenset("讯訊电電")
_QUOTES = frozenset("“「『")


@dataclass(frozen=True, slots=True)
class Set:
    """A line as it is set: the width of its column, the room left at its end, and whether it is indented in its column."""

    line: Line
    width: float
    room: float
    indented: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """How a column prints a paragraph's first line: shares of them, 0-1, that are indented, and that lost an indent."""

    indented: float
    stripped: float


def room_of(line: Line, width: float, base: float) -> float:
    """Full-width characters left at the end of a line, in a column `width` wide whose lines all have the indent `base`."""
    return width - min(base, PRINTED_INDENT) - line.width - min(max(0.0, line.indent - base), PRINTED_INDENT)


def needed_room(text: str) -> tuple[float, float]:
    """Width of what had to fit for a line to begin earlier: the first token, alone and with the marks it keeps beside it.

    >>> needed_room("12,345亿元"), needed_room("“好。”他说"), needed_room("，家长")
    ((3.0, 3.0), (2.0, 4.0), (1.0, 1.0))
    """
    found = _TOKEN.match(text)
    if found is None:
        return 1.0, 1.0
    alone = printed_width(text[: found.end("core")])
    return alone, printed_width(found[0])


def is_item(text: str) -> bool:
    """Whether a line begins with a number, a bullet or a time of day, as the items of lists do."""
    return _ITEM.match(text) is not None


def _kind_of_end(text: str) -> str:
    last = text[-1]
    if last in "，、；,;":
        return "mark"
    if last in "：:":
        return "colon"
    if last in _NOT_FIRST or last in "!?":
        return "sentence" if ends_sentence(text) else "none"
    return "none"


def _kind_of_start(text: str) -> str:
    first = text[0]
    if first in _NOT_FIRST:
        return "mark"
    if not _LEAD_CHARACTERS.isdisjoint(text[:_LEAD_LOOK]) and lead_of(text):
        return "lead"
    if is_item(text):
        return "item"
    if _OPENING.match(text):
        return "opening"
    return "quote" if first in _QUOTES else "none"


def _goes_on(room: float, alone: float, whole: float) -> float:
    """Probability of that room at the end of a line that goes on, when the next token is so wide."""
    if room < 0:
        return _OVER if room >= SQUEEZED else 0.002
    if room <= 0.25:
        return _NO_ROOM
    if room < alone:
        return _SOME_ROOM
    if room < whole:
        return _BORDER_MARKS
    return _FITTED if room <= CLEARLY_SHORT else _FITTED / 10


class Chain:
    """Printed lines with nothing between: `joined` has the probability for each that it goes on in the next.

    A line is a paragraph's first, a later one, or stands alone (a crosshead, a headline, what was printed beside the column).
    """

    def __init__(self, lines: Sequence[Set], habits: Habits) -> None:
        self._lines = lines
        self._habits = habits

    def joined(self, extra: Sequence[float] | None = None) -> list[float]:
        """Probability of each line but the last that it goes on; `extra` adds log-odds for it, line by line."""
        steps = [self._step(at, extra[at] if extra else 0.0) for at in range(len(self._lines) - 1)]
        before = [_OPENS]
        for first_on, later_on, end, aside, alone_end, alone_on, alone_again in steps:
            first, later, alone = before[-1]
            opens = (first + later) * end + alone * alone_end
            goes = first * first_on + later * later_on + alone * alone_on
            stands = (first + later) * aside + alone * alone_again
            total = opens + goes + stands or 1.0
            before.append((opens / total, goes / total, stands / total))
        joined: list[float] = []
        first_below, later_below, alone_below = 1.0, 1.0, 1.0
        for step, (first, later, alone) in zip(reversed(steps), reversed(before[:-1]), strict=True):
            first_on, later_on, end, aside, alone_end, alone_on, alone_again = step
            parts = end * first_below + aside * alone_below
            new_alone = alone_end * first_below + alone_on * later_below + alone_again * alone_below
            goes = (first * first_on + later * later_on) * later_below
            total = goes + (first + later) * parts + alone * new_alone
            joined.append(goes / total if total else 0.0)
            new_first, new_later = first_on * later_below + parts, later_on * later_below + parts
            scale = new_first + new_later + new_alone or 1.0
            first_below, later_below, alone_below = new_first / scale, new_later / scale, new_alone / scale
        return joined[::-1]

    def _step(self, at: int, extra: float) -> tuple[float, float, float, float, float, float, float]:
        """Weights at one line end: a first and a later line go on; one ends, or something alone follows; the line itself
        stands alone, and a paragraph, a later line or another alone follows."""
        line, following = self._lines[at], self._lines[at + 1]
        room, width = line.room, line.width
        token, whole = needed_room(following.line.text)
        end_kind = _kind_of_end(line.line.text)
        start_kind = _kind_of_start(following.line.text)
        if start_kind == "lead" and line.line.text[-1] in _DATELINE_ENDS:
            start_kind = "none"  # 新华社望河2月7日电 / （记者 祁禾）: one lead on two lines
        ends, starts = _ENDS[end_kind], _STARTS[start_kind]
        amid, opening = starts[end_kind == "sentence"], starts[2]
        if following.indented:
            amid, opening = amid * _INDENTED_AMID, opening * self._habits.indented
        else:
            opening *= 1 - self._habits.indented
        share = min(0.5, width / PARAGRAPH)
        on = ends[0] * amid * exp(extra) * (1 - share)
        if following.width != width and not self._may_share_width(at):
            on *= _OTHER_WIDTH
        later = first = _goes_on(room, token, whole)
        if not line.indented:
            stripped = self._habits.stripped
            first = stripped * _goes_on(room - PRINTED_INDENT, token, whole) + (1 - stripped) * later
        anywhere = (0.1 if room < -0.25 else 1.0) / width  # the room of a last line, or of one alone, is what it is
        stands = _stands_alone(following.line.text) * (_FULL_HEAD if following.room < 1 else 1.0)
        torn = ends[0] * max(first, later) * _TORN * stands if room < _TORN_ROOM else 0.0
        return (
            on * first,
            on * later,
            ends[1] * anywhere * opening * share,
            ends[1] * anywhere * _HEADED * stands + torn,
            anywhere * opening * 0.6,
            anywhere * amid * 0.1,
            anywhere * stands * 0.2,
        )

    def _may_share_width(self, at: int) -> bool:
        """Whether a line and the next, measured by different widths, may be of one column: either is full in the width of
        the other, or the next is the short last line of a paragraph."""
        line, following = self._lines[at], self._lines[at + 1]
        used = line.width - line.room
        if SQUEEZED <= following.width - used <= PRINTED_INDENT:
            return True
        narrower = following.line.width <= line.width - SQUEEZED
        return narrower and (at + 2 == len(self._lines) or _kind_of_end(following.line.text) == "sentence")


_OPENS = (0.8, 0.1, 0.1)
"""A line with nothing above it: a paragraph's first, a later one (behind a column's break), one that stands alone."""

_OTHER_WIDTH = 0.004
"""A paragraph seldom goes on in another width; a head that is as wide as nothing else looks like a column of its own."""

_HEADED, _TORN, _TORN_ROOM = 0.03, 0.006, 2.25
"""A line that stands alone follows a paragraph's end, or tears one apart, at that share of line ends; then the line above is
full, but for a token."""


_FULL_HEAD = 0.15
"""Heads are set shorter than their column; one that fills it to the last character is rare."""


def _stands_alone(text: str) -> float:
    """How much rather a line is one that stands alone than one of prose: heads have no marks, and no sentence's end."""
    if text[-1] in _NOT_FIRST or text[0] in _NOT_FIRST:
        return 0.05 if text[-1] in "”」』》）？！" else 0.01
    return 0.2 if "，" in text else 4.0
