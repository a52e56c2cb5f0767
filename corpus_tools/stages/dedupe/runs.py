"""Runs that stand twice on a page, to the letter or with some characters read differently.

A running text enters, pairs of spans leave, with where they differ. What is to be done about them is not asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance.Hamming import similarity as _n_agreeing

from corpus_tools.model import Span
from corpus_tools.stages.dedupe.running import AROUND, KEPT_TEXTS, Running, go_on_alike, shared_before, shared_behind

LEAST_RUN = 16
"""Characters of the shortest run that is told: print repeats shorter ones all the time."""

_STEPS = ((1, 1), (0, 1), (1, 0), (2, 2), (0, 2), (2, 0), (1, 2), (2, 1), (3, 3), (0, 3), (3, 0))
"""Characters of the earlier and of the later copy that one misreading may have made of each other, likelier ones first."""

_SHIFTS = range(max(map(max, _STEPS)) + 1)

SEEN_AHEAD, LEAST_AGREED = 8, 4
"""Behind a misreading, so many of the next characters must agree: of copies with 15 % misreadings .99 do, of other text none."""

COST = 3
"""What a misreading costs in characters that agree: a run ends where it has gained most, and is given up DROP below that."""

DROP = 12
STRAY = 4
"""Characters at a run's start or end that are nothing of it where a line ends among them."""

CHECKED_RUNS = 8
"""Runs found last in which a pair of places may lie already."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Characters that the two copies of a run do not share; one of the two may be empty. `first` and `second` count in the
    running text."""

    first: Span
    second: Span


@dataclass(frozen=True, slots=True)
class Run:
    """Two stretches of a running text that say the same, the earlier one first, and where they differ, in order."""

    first: Span
    second: Span
    differences: tuple[Difference, ...] = ()

    def place_in_first(self, place: int) -> int:
        """Where a place of the second copy is in the first one."""
        shift = self.first.start - self.second.start
        for each in self.differences:
            if each.second.end > place:
                break
            shift = each.first.end - each.second.end
        return place + shift

    @property
    def swapped(self) -> Run:
        """The same with the later copy first."""
        return Run(self.second, self.first, tuple(Difference(each.second, each.first) for each in self.differences))

    @property
    def likeness(self) -> float:
        """The share of the longer copy's characters that the other one has too, 0-1, rounded."""
        longest = max(len(self.first), len(self.second))
        return round(1 - sum(max(len(each.first), len(each.second)) for each in self.differences) / longest, 4)


@lru_cache(KEPT_TEXTS)
def find_runs(running: Running) -> tuple[Run, ...]:
    """The runs of 16 characters and more that stand twice, in order of their second copies; copies do not overlap."""
    found: list[Run] = []
    for left, right in running.pairs:
        if any(_covers(run, left, right) for run in found[-CHECKED_RUNS:]):
            continue
        run = _grown(running.text, left, right)
        if len(run.second) >= LEAST_RUN:
            run = _clipped(running.text, run)
            if min(len(run.first), len(run.second)) >= LEAST_RUN:
                found.append(run)
    return tuple(sorted(found, key=lambda run: (run.second, run.first)))


def _covers(run: Run, left: int, right: int) -> bool:
    return run.first.start <= left < run.first.end and run.second.start <= right < run.second.end


def _grown(text: str, left: int, right: int) -> Run:
    """The run that two places lie in. It ends where the copies would overlap."""
    room = right - left
    behind_left, behind_right, behind = _behind(text, left, right, room)
    room -= behind_left
    before_left, before_right, before = _before(text, left, right, max(room, 0))
    return Run(
        Span(left - before_left, left + behind_left),
        Span(right - before_right, right + behind_right),
        (*reversed(before), *behind),
    )


def _clipped(text: str, run: Run) -> Run:
    """The run without the few characters at its ends that stand in another line: a full stop before it, a bracket behind it."""
    copies = (run.first, run.second)
    before = max(text.rfind("\n", copy.start, copy.start + STRAY) + 1 - copy.start for copy in copies)
    behind = max(
        copy.end - at for copy in copies if (at := text.find("\n", copy.end - STRAY, copy.end)) >= 0 or (at := copy.end)
    )
    before, behind = max(before, 0), max(behind, 0)
    if not before and not behind:
        return run
    if any(
        each.second.start < run.second.start + before or each.second.end > run.second.end - behind
        for each in run.differences
    ):
        return run
    if min(len(copy) for copy in copies) <= before + behind:
        return run
    first, second = (Span(copy.start + before, copy.end - behind) for copy in copies)
    return Run(first, second, run.differences)


def _behind(text: str, left: int, right: int, room: int) -> tuple[int, int, list[Difference]]:
    """How far the two go on alike, on either side, and where they differ on the way."""
    n_left = n_right = gain = best = 0
    ended: tuple[int, int, int] = (0, 0, 0)
    differences: list[Difference] = []
    while True:
        same = shared_behind(text, left + n_left, right + n_right, min(room - n_left, len(text) - right - n_right))
        n_left, n_right, gain = n_left + same, n_right + same, gain + same
        if gain >= best:
            best, ended = gain, (n_left, n_right, len(differences))
        step = None if gain < best - DROP else _resumed(text, left + n_left, right + n_right)
        if step is None or n_left + step[0] >= room or right + n_right + step[1] >= len(text):
            return ended[0], ended[1], differences[: ended[2]]
        at_left, at_right = left + n_left, right + n_right
        differences.append(Difference(Span(at_left, at_left + step[0]), Span(at_right, at_right + step[1])))
        n_left, n_right, gain = n_left + step[0], n_right + step[1], gain - COST


def _resumed(text: str, left: int, right: int) -> tuple[int, int] | None:
    """After how many characters of either side the two go on alike; None where they do not."""
    if not go_on_alike(text, left, right):
        return None  # seen at once for most
    return _best(*([text[at + n : at + n + SEEN_AHEAD] for n in _SHIFTS] for at in (left, right)))


def _best(lefts: Sequence[str], rights: Sequence[str]) -> tuple[int, int] | None:
    """The step of `_STEPS` behind which most characters agree, the first of equals; None where too few do. What stands behind
    each number of characters of either side is given."""
    most, best = 0, None
    for step in _STEPS:
        here, there = lefts[step[0]], rights[step[1]]
        agreed = _n_agreeing(here, there, pad=True)
        if agreed > most and agreed >= min(LEAST_AGREED, len(here), len(there)):
            most, best = agreed, step
            if agreed == SEEN_AHEAD:
                break
    return best


def _before(text: str, left: int, right: int, room: int) -> tuple[int, int, list[Difference]]:
    """How far the two are alike before two places; as `_behind`, in the other direction."""
    n_left = n_right = gain = best = 0
    ended: tuple[int, int, int] = (0, 0, 0)
    differences: list[Difference] = []
    while True:
        same = shared_before(text, left - n_left, right - n_right, min(left - n_left, room - n_right))
        n_left, n_right, gain = n_left + same, n_right + same, gain + same
        if gain >= best:
            best, ended = gain, (n_left, n_right, len(differences))
        step = None if gain < best - DROP else _came_from(text, left - n_left, right - n_right)
        if step is None or n_left + step[0] > left or n_right + step[1] >= room:
            return ended[0], ended[1], differences[: ended[2]]
        at_left, at_right = left - n_left, right - n_right
        differences.append(Difference(Span(at_left - step[0], at_left), Span(at_right - step[1], at_right)))
        n_left, n_right, gain = n_left + step[0], n_right + step[1], gain - COST


def _came_from(text: str, left: int, right: int) -> tuple[int, int] | None:
    """Before how many characters of either side the two are alike again; None where they are not."""
    if not go_on_alike(text, left - AROUND, right - AROUND):
        return None
    return _best(*([_reversed(text, at - n) for n in _SHIFTS] for at in (left, right)))


def _reversed(text: str, end: int) -> str:
    """The characters before a place, the nearest first."""
    return text[max(0, end - SEEN_AHEAD) : max(0, end)][::-1]
