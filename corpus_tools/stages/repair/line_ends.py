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

from corpus_tools.characters import CLOSING_MARKS, HANZI, OPENING_MARKS, ends_sentence
from corpus_tools.roles import lead_of
from corpus_tools.stages.repair.layout import PRINTED_INDENT, Line, printed_width

INDENT = 1.5
"""Full-width characters that make an indent: print uses two; one and a half allows for a plain space and a U+3000."""

PARAGRAPH = 90.0
"""Characters of a paragraph in either source of the train part (80 and 105); a line ends one with width / 90."""

CLEARLY_SHORT = 2.75
"""Room at the end of a line that no token and no stripped indent explains, in full-width characters."""

SQUEEZED = -1.25
"""Room of a line that a mark was squeezed into: no more than one over, and a half for ASCII."""

# Probabilities measured on lines of 10-40 characters made of the train part, (line goes on, paragraph ends).
_ENDS = {"sentence": (0.045, 0.955), "colon": (0.006, 0.015), "mark": (0.11, 0.005), "none": (0.84, 0.025)}
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
_BORDER_MARKS = 0.03

_TOKEN = re.compile(  # what moves down whole: a number, a Latin word, else a character; with the marks it may not part from
    rf"[{re.escape(OPENING_MARKS)}]*(?P<core>[A-Za-z0-9][A-Za-z0-9.,%:/@_-]*|.)[{re.escape('，。、；：！？…%％' + CLOSING_MARKS)}]*"
)
_NOT_FIRST = frozenset("，。、；：！？…％%" + CLOSING_MARKS)
_ITEM = re.compile(
    r"[●■◆★▲※•○□◇☆①-⑳㈠-㈩]|[一二三四五六七八九十]{1,3}(?:、(?![一二三四五六七八九十])|是)|[0-9]{1,2}[.．、](?![0-9])|[0-9]{1,2}[:：][0-9]{2}\ "
    r"|[（(][0-9一二三四五六七八九十]{1,2}[）)]|第[一二三四五六七八九十百]{1,4}[条條章节節，]"
)
_OPENING = re.compile(
    rf"(?:近年来|近日|日前|目前|截至目前|据悉|据了解|据介绍|此外|同时|另外|今年以来|去年以来|与此同时|下一步|当天|当日|近年來|據悉|據了解|據介紹"
    rf"|與此同時|同時|央视网消息|[0-9]{{1,2}}月[0-9]{{1,2}}日|[{HANZI}]{{2,4}}(?:指出|强调|表示|认为|強調|認為))[，：]"
)
_LEAD_CHARACTERS = frozenset("讯訊电電消社报報【（(")
_LEAD_LOOK = 16
_QUOTES = frozenset("“「『")


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
    """Lines of one column with nothing between: `joined` has the probability for each that it goes on in the next."""

    def __init__(self, lines: Sequence[Line], width: float, base: float, habits: Habits, opens: float) -> None:
        self._lines = lines
        self._rooms = [room_of(line, width, base) for line in lines]
        self._indents = [line.indent - base >= INDENT for line in lines]
        self._width, self._habits = width, habits
        self._opens = min(0.995, max(0.005, opens))

    def joined(self, extra: Sequence[float] | None = None) -> list[float]:
        """Probability of each line but the last that it goes on; `extra` adds log-odds for it, line by line."""
        steps = [self._step(at, extra[at] if extra else 0.0) for at in range(len(self._lines) - 1)]
        # state: whether the line is a paragraph's first; alpha from above, beta from below
        alphas = [(self._opens, 1 - self._opens)]
        for first_on, later_on, first_end, later_end in steps:
            first, later = alphas[-1]
            opens, goes = first * first_end + later * later_end, first * first_on + later * later_on
            total = opens + goes or 1.0
            alphas.append((opens / total, goes / total))
        joined: list[float] = []
        beta_first, beta_later = self._last()
        for (first_on, later_on, first_end, later_end), (first, later) in zip(
            reversed(steps), reversed(alphas[:-1]), strict=True
        ):
            goes = (first * first_on + later * later_on) * beta_later
            ends = (first * first_end + later * later_end) * beta_first
            joined.append(goes / (goes + ends) if goes + ends else 0.0)
            new_first = first_on * beta_later + first_end * beta_first
            new_later = later_on * beta_later + later_end * beta_first
            total = new_first + new_later or 1.0
            beta_first, beta_later = new_first / total, new_later / total
        return joined[::-1]

    def _last(self) -> tuple[float, float]:
        """What the last line says of itself: little, but that a later line is rarely two short in mid-sentence."""
        return 1.0, 1.0

    def _step(self, at: int, extra: float) -> tuple[float, float, float, float]:
        """Probabilities at one line end: (first line goes on, later goes on, first ends, later ends)."""
        line, following, room = self._lines[at], self._lines[at + 1], self._rooms[at]
        alone, whole = needed_room(following.text)
        end_kind = _kind_of_end(line.text)
        ends, starts = _ENDS[end_kind], _STARTS[_kind_of_start(following.text)]
        on, end = ends[0] * starts[end_kind == "sentence"] * exp(extra), ends[1] * starts[2]
        if line.text[-1].isascii() and line.text[-1].isalnum() and following.text[0].isascii():
            on *= 3.0
        indented = self._habits.indented
        if self._indents[at + 1]:
            on, end = on * _INDENTED_AMID, end * indented
        else:
            end *= 1 - indented
        opens = min(0.5, self._width / PARAGRAPH)
        on, end = on * (1 - opens), end * opens / self._width
        later = first = _goes_on(room, alone, whole)
        if not self._indents[at]:
            stripped = self._habits.stripped
            first = stripped * _goes_on(room - PRINTED_INDENT, alone, whole) + (1 - stripped) * later
        if room < -0.25:
            end *= 0.1
        return on * first, on * later, end, end
