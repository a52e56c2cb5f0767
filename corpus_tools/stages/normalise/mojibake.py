"""Text that was decoded in the wrong encoding, repaired where the way back is exact and the result clearly Chinese.

A page's text enters, Edits leave. Which ways back there are is in `mojibake_routes`; here they are judged: by how likely
what comes out is as Chinese news, against what stands there. What is not clear stays as it is.

The thresholds were measured on the broadcast news of 2022-2025: runs of 4-60 characters broken on every route and chain,
against what clean lines, lists of rare hanzi, accented words and wrong routes read as.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from corpus_tools.likelihood import log_likelihood, mean_log_likelihood, table, weights
from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.normalise.mojibake_routes import Piece, is_worth_a_try, read_again, remains_of_a_mark
from corpus_tools.stages.normalise.mojibake_tables import ROUTES, UTF8_ROUTES, Route

LEAST_MEAN = -9.0
"""Nats a character of what comes out. Of right repairs 99 in 100 have -8.8 and more (-8.1 from seven hanzi on)."""

LEAST_EVIDENCE = 11.0
"""Nats that what comes out is more likely than what stands there, what is there twice counted once. Of right repairs of
four hanzi three in four have 12 and more, of seven 20; the best of 2,400 runs of accented letters read as hanzi had 9.8."""

LEAST_DIFFERENT = 3
"""Different hanzi that must come out: less comes out right by chance (±±±± is 北北)."""

CLEARLY = 5.0
"""Nats by which the best reading must be better than the next. Big5's kana are two hanzi of GBK, by two kinds of readers:
of 18,000 runs two came out with a wrong hanzi for a kana, the right one being much the rarer."""

LONGER_CHAIN = 15.0
"""Nats that each further wrong reading below the first costs: it has more ways to be right by chance. Chosen after 6.0
let some halves of chains through; not tuned further."""

DEEPEST = 3
"""Wrong readings on top of each other that are undone."""

ANY_HANZI, ANY_LATIN, OF_ASCII = -9.5, -5.0, -4.5
"""Log-probability of a character in clean text that is no news: a list of rare hanzi, a line of French."""

LEFT_AS_IT_IS, RARE = -4.0, -11.0
"""Nats for each character inside a run that has no reading, or only one that is rare: it may be damage, or the run's end."""

LEAST_READ = 4
"""Characters that must have another reading close together: three hanzi are four characters of GBK."""

SUSPECT_MEAN, NEAR = -9.7, 7
"""A rare character is looked at when the seven characters from it on have less than this, nats a character. Broadcast news
has 9 such places in a million characters, People's Daily of 1998 150. Of 500 broken lines of five hanzi the look misses 21
and 18 (GBK read as Big5), 1 (Big5 read as GBK), none on the other routes."""

BEFORE, BEHIND = 4, 20
"""Characters round such a place that tell whether its line is worth a try."""

_ENDS = "\n\r\x0b\x0c\u2028\u2029"  # not NEL, U+0085: it may be half of a broken character
_LINE = re.compile(f"[^{_ENDS}]+")
_UNSEEN = re.compile(  # no reader makes them from bytes of hanzi, and the rules behind this one drop them
    "[\x00-\x08\x0e-\x1f\x7f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LOST = "\ufffd?"


class Segment(NamedTuple):
    """Pieces of a line that are repaired together; what speaks for it in nats, and in nats a character of the result."""

    pieces: tuple[Piece, ...]
    reason: str
    evidence: float
    mean: float

    def moved(self, by: int) -> Segment:
        """The same segment in a line that has `by` characters more in front."""
        return self._replace(pieces=tuple(piece.moved(by) for piece in self.pieces))


class Reading(NamedTuple):
    """A line read again by a chain of routes. `finds_itself`: behind lost bytes the last route knows where to go on."""

    pieces: list[Piece]
    reason: str
    n_routes: int
    finds_itself: bool

    @property
    def text(self) -> str:
        """The whole line, what has no reading as it is."""
        return "".join(piece.after for piece in self.pieces)


def repair_mojibake(text: str, options: Options) -> Iterator[Edit]:
    """Text that was decoded in the wrong encoding is decoded again, where that is exact and clearly Chinese.

    Whole lines and runs inside them, up to three wrong readings on top of each other; one edit for each run of characters
    that can be decoded by itself. Spans are code points of `text`. What is too short to be sure of stays as it is, as do
    characters that lost bytes at a run's end.
    """
    for start, end in _suspect_lines(text):
        mark = remains_of_a_mark(text[start : start + 12])
        if mark is not None:
            after = start + mark.end
            yield Edit(Span(start, after), text[start:after], mark.after, "byte order mark of UTF-8 read as text")
            start = after
        yield from _line_edits(text[start:end], start)


# --- where to look ---


@cache
def _two_rare() -> re.Pattern[str]:
    """Two characters that clean news is not made of, at most two others between them: a name in rare hanzi has one."""
    known = "".join(sorted(map(re.escape, table())))
    rare = f"[^\\x00-\\x7f\u3000-\u303f\uff01-\uff5e{known}]"
    return re.compile(f"{rare}(?=[^{_ENDS}]{{0,2}}{rare})")


def _suspect_lines(text: str) -> Iterator[tuple[int, int]]:
    """`(start, end)` of each line worth a try. Clean text costs little more than one search for a class of characters."""
    starts_odd = remains_of_a_mark(text[:12]) is not None  # 茂禄驴 are common hanzi
    search = _two_rare().search
    at = 0 if starts_odd else _place(search(text))
    while at >= 0:
        end = at + 1
        if mean_log_likelihood(text[at : at + NEAR].split("\n", 1)[0]) < SUSPECT_MEAN or (at == 0 and starts_odd):
            start = max(text.rfind(mark, 0, at) for mark in _ENDS) + 1
            found = _LINE.match(text, start)
            if found and found.end() > at and _is_worth_a_try(text, at, *found.span()):
                yield found.span()
                end = found.end()
        at = _place(search(text, end))


def _place(found: re.Match[str] | None) -> int:
    return found.start() if found else -1


def _is_worth_a_try(text: str, at: int, start: int, end: int) -> bool:
    if at - start <= 2 and remains_of_a_mark(text[start : start + 12]):
        return True
    return is_worth_a_try(_UNSEEN.sub("", text[max(start, at - BEFORE) : min(end, at + BEHIND)]))


# --- one line ---


def _line_edits(line: str, offset: int) -> Iterator[Edit]:
    visible = _UNSEEN.sub("", line)
    places = [at for at, character in enumerate(line) if not _UNSEEN.match(character)]
    for segment in _mended(visible):
        for piece in segment.pieces:
            start, end = places[piece.start], places[piece.end - 1] + 1
            before = line[start:end]
            after = piece.after + "".join(_UNSEEN.findall(before))
            if before != after:
                yield Edit(Span(offset + start, offset + end), before, after, segment.reason, round(segment.mean, 2))


def _mended(line: str) -> list[Segment]:
    """The segments of a line that are repaired, in order. What is left between them may be broken in another way."""
    found: list[Segment] = []
    todo = [(0, len(line))]
    while todo:
        start, end = todo.pop()
        segments = [segment.moved(start) for segment in _best(line[start:end])]
        found += segments
        for segment in segments:
            todo.append((start, segment.pieces[0].start))
            start = segment.pieces[-1].end
        if segments:
            todo.append((start, end))
    return sorted(found)


def _best(line: str) -> list[Segment]:
    """The segments of the reading with most evidence, but for those that another reading makes nearly as good."""
    readings = list(_readings(line))
    choices = [_segments(line, reading) for reading in readings]
    best = max(choices, key=lambda segments: sum(segment.evidence for segment in segments), default=[])
    return [segment for segment in best if not any(_is_rival(line, segment, reading) for reading in readings)]


def _is_rival(line: str, best: Segment, other: Reading) -> bool:
    """Whether another reading says otherwise about the same place with nearly as much evidence, however little that is."""
    start, end = best.pieces[0].start, best.pieces[-1].end
    pieces = [piece for piece in other.pieces if piece.is_read and start <= piece.start and piece.end <= end]
    if [piece[:3] for piece in pieces] == [piece[:3] for piece in best.pieces]:
        return False
    return _evidence(line, pieces) - LONGER_CHAIN * (other.n_routes - 1) + CLEARLY >= best.evidence


# --- chains of wrong readings ---


def _readings(line: str) -> Iterator[Reading]:
    """Every chain of up to three routes that leads anywhere. Between two wrong readings the text was saved as UTF-8."""
    seen = {line}
    heads = [Reading([Piece(at, at + 1, character, True) for at, character in enumerate(line)], "", 0, True)]
    while heads and heads[0].n_routes < DEEPEST:
        longer: list[Reading] = []
        for head in heads:
            text = head.text
            for route in ROUTES:
                reading = _read(head, text, route)
                n_read = _n_read(reading)
                if n_read < LEAST_READ:
                    continue
                yield reading
                if (
                    route in UTF8_ROUTES
                    and n_read >= 2 * LEAST_READ
                    and reading.text not in seen
                    and _is_rubble(reading)
                ):
                    seen.add(reading.text)
                    longer.append(reading)
        heads = longer


def _read(head: Reading, text: str, route: Route) -> Reading:
    pieces = read_again(text, route)
    if not head.n_routes:
        return Reading(pieces, route.reason, 1, route in UTF8_ROUTES)
    reason = f"{head.reason}, before that {route.reason}"
    return Reading(_chained(head.pieces, pieces), reason, head.n_routes + 1, route in UTF8_ROUTES)


def _n_read(reading: Reading) -> float:
    """Characters read again where most are: in clean text only one here and there has another reading, by chance."""
    most = n = 0.0
    for piece in reading.pieces:
        n = max(0.0, n + (piece.end - piece.start if piece.is_read else -0.5 if piece.after >= "\x80" else 0.0))
        most = max(most, n)
    return most


def _is_rubble(reading: Reading) -> bool:
    """Whether what was read is not Chinese yet, so that there may be another wrong reading below."""
    return mean_log_likelihood("".join(piece.after for piece in reading.pieces if piece.is_read)) < LEAST_MEAN


def _chained(first: Sequence[Piece], second: Sequence[Piece]) -> list[Piece]:
    """One reading of two: the shortest pieces whose borders fall together, read where both steps read all of it."""
    chained: list[Piece] = []
    firsts, reached = iter(first), 0
    start = end = 0
    is_read, is_glued, after = True, False, ""
    for piece in second:
        is_glued = is_glued if after else piece.is_glued
        after += piece.after
        is_read &= piece.is_read or piece.after < "\x80"
        while reached < piece.end:
            old = next(firsts)
            reached, end = reached + len(old.after), old.end
            is_read &= old.is_read or old.after < "\x80"
        if reached == piece.end:
            chained.append(Piece(start, end, after, is_read and not after.isascii(), is_glued))
            start, is_read, after = end, True, ""
    return chained


# --- evidence ---


class _Expected(dict[str, float]):
    """The log-probability of a character in clean text of any kind, filled when asked."""

    def __missing__(self, character: str) -> float:
        if character < "\x80":
            self[character] = OF_ASCII
        else:
            is_latin = character < "\u0250" or "\u2010" <= character <= "\u2122"
            self[character] = max(weights()[character], ANY_LATIN if is_latin else ANY_HANZI)
        return self[character]


_expected = _Expected()


def _gain(line: str, piece: Piece) -> float:
    """Nats by which what the piece reads as is more likely than what stands there."""
    before = line[piece.start : piece.end]
    if not piece.is_read:
        return 0.0 if before.isascii() or before in _LOST else LEFT_AS_IT_IS
    total, n = log_likelihood(piece.after)
    if n and total / n < RARE:
        return LEFT_AS_IT_IS
    return total + (len(piece.after) - n) * OF_ASCII - sum(map(_expected.__getitem__, before))


class _Group(NamedTuple):
    """Pieces that stand or fall together."""

    pieces: list[Piece]
    gain: float

    @property
    def is_sure(self) -> bool:
        """Whether it is a character of three bytes of UTF-8, which hardly stands beside a broken run by chance."""
        return len(self.pieces) == 1 and self.pieces[0].is_read and self.pieces[0].after >= "\u0800"


def _groups(line: str, reading: Reading) -> list[_Group]:
    glued: list[list[Piece]] = []
    for piece in reading.pieces:
        if piece.is_glued and glued:
            glued[-1].append(piece)
        else:
            glued.append([piece])
    groups = [_Group(pieces, sum(_gain(line, piece) for piece in pieces)) for pieces in glued]
    return groups if reading.finds_itself else _each_side_of_a_loss(line, groups)


def _each_side_of_a_loss(line: str, groups: list[_Group]) -> list[_Group]:
    """The groups, lost characters as walls: what is behind one may be read from the middle of a character on, and what
    does not speak for itself there is part of the wall."""
    walled: list[_Group] = []
    is_wall = False
    for group in groups:
        is_lost = line[group.pieces[0].start] in _LOST
        is_wall = is_lost or (is_wall and group.gain < LEAST_EVIDENCE)
        walled.append(group._replace(gain=-math.inf) if is_wall else group)
        is_wall = is_lost
    return walled


def _segments(line: str, reading: Reading) -> list[Segment]:
    """The runs of a reading that are clearly better than what stands there, in order."""
    groups = _groups(line, reading)
    cost = LONGER_CHAIN * (reading.n_routes - 1)
    found: list[Segment] = []
    todo = [(0, len(groups))]
    while todo:
        low, high = todo.pop()
        start, end, gain = _best_run(groups, low, high)
        if gain < LEAST_EVIDENCE:
            continue
        start -= sum(group.is_sure for group in groups[max(low, start - 1) : start])
        end += sum(group.is_sure for group in groups[end : min(high, end + 1)])
        segment = _segment(line, [piece for group in groups[start:end] for piece in group.pieces], reading.reason, cost)
        if segment:
            found.append(segment)
        todo += [(low, start), (end, high)]
    return sorted(found)


def _best_run(groups: Sequence[_Group], low: int, high: int) -> tuple[int, int, float]:
    """`(start, end, gain)` of the run of groups between `low` and `high` that gains most."""
    first, total = low, 0.0
    best = (low, low, 0.0)
    for number in range(low, high):
        if total <= 0:
            first, total = number, 0.0
        total += groups[number].gain
        if total > best[2]:
            best = (first, number + 1, total)
    return best


def _evidence(line: str, pieces: Sequence[Piece]) -> float:
    """Nats that the pieces gain, each different one once."""
    return sum({line[piece.start : piece.end]: _gain(line, piece) for piece in pieces}.values())


def _segment(line: str, pieces: Sequence[Piece], reason: str, cost: float) -> Segment | None:
    """The pieces that are read, if they are clearly Chinese."""
    read = tuple(piece for piece in pieces if piece.is_read)
    after = "".join(piece.after for piece in read)
    mean = mean_log_likelihood(after)
    evidence = _evidence(line, read) - cost
    n_different = len({character for character in after if "\u3400" <= character <= "\u9fff"})
    if mean < LEAST_MEAN or evidence < LEAST_EVIDENCE or n_different < LEAST_DIFFERENT:
        return None
    return Segment(read, reason, evidence, mean)
