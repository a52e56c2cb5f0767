"""The widths of a page's columns: which lines were set full, and where one width gives way to another.

Short lines enter, the width of the column that each stands in leaves; None for lines that no column has. A width is
measured over a run of lines, never over a page: columns and articles differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log

from corpus_tools.characters import CLOSING_MARKS, SENTENCE_MARKS
from corpus_tools.stages.repair.layout import PRINTED_INDENT, Line

MIN_COLUMN, MAX_COLUMN = 8.0, 45.0
"""Full-width characters in a printed column line: newspapers set 9-28, a little more with ASCII in it."""

MOST_WIDTHS = 16
"""Widths that are tried on one page; a newspaper page has one to three, a made one a dozen."""

LEAST_FULL = 2
SHARED_WIDTH = 0.45
"""Full lines that show a width, and their share where one width explains all lines: prose in paragraphs of two lines
and more has 0.5 and up."""

CHANGE, CHANGE_BEHIND_END, CHANGE_BEHIND_BLANK = -6.0, -4.4, -3.5
"""Log-probability of a new width at a line: once in 400 lines, once in 80 behind a line that ends a sentence, once in 30
behind a blank line."""

NO_COLUMN = -4.6
"""Log-probability of a line of any width from 1 to `MAX_COLUMN`, and a little less: columns are the rule."""

_FULL = {-4: -9.0, -3: -7.0, -2: -3.0, -1: -3.0, 0: -0.7, 1: -2.0, 2: -2.2, 3: -4.0, 4: -2.8, 5: -3.6, 6: -3.9, 7: -5.0}
"""Log-probability of a line by the half characters it lacks, in columns of the train part: 0.5 of the lines are full to the
half character, marks squeezed in make one wider, a moved token or a stripped indent one or two narrower."""

SHORT_SHARE = 0.3
"""Lines that are shorter than that: last lines of paragraphs."""

UNENDED = 2.3
"""Log-probability that a short line lacks that ends no sentence: one in ten."""

OVER_WIDE = -12.0

_ENDS = frozenset(SENTENCE_MARKS + CLOSING_MARKS + "：:；")


def column_widths(lines: Sequence[Line]) -> list[float | None]:
    """The width of each line's column, in full-width characters; None where lines are not wrapped."""
    halves = [round(2 * (line.width + min(line.indent, PRINTED_INDENT))) for line in lines]
    widths = _candidates(halves)
    if not widths:
        return [None] * len(lines)
    if _explains(widths, halves):
        return [widths[0] / 2] * len(lines)
    ends = [line.text[-1] in _ENDS for line in lines]
    changes = [CHANGE_BEHIND_BLANK if line.blank_above else CHANGE for line in lines]
    if changes.count(CHANGE) * 4 < len(lines):  # lines with blank ones between
        changes = [CHANGE] * len(lines)
    changes = [
        max(change, CHANGE_BEHIND_END) if above else change
        for change, above in zip(changes, [True, *ends], strict=False)
    ]
    return [None if width is None else width / 2 for width in _most_likely(halves, ends, changes, widths)]


def _candidates(halves: Sequence[int]) -> list[int]:
    """Widths that several lines share, in half characters, the most frequent first."""
    counts = Counter(half for half in halves if 2 * MIN_COLUMN <= half <= 2 * MAX_COLUMN)
    pairs = Counter(half for half, following in pairwise(halves) if half == following and half in counts)
    found: list[int] = []
    votes = {half: 2 * n + 4 * pairs[half] + counts[half - 1] + counts[half + 2] for half, n in counts.items()}
    while votes and len(found) < MOST_WIDTHS:
        _, width = max(zip(votes.values(), votes, strict=True))
        covered = [half for half in (width - 1, width, width + 1) if half in votes]
        if sum(counts[half] for half in covered) < LEAST_FULL:
            covered = [width]
        else:
            found.append(width)
        for half in covered:
            del votes[half]
        for half in covered:  # what is taken votes for its neighbours no more
            for neighbour in (half + 1, half - 2):
                if neighbour in votes:
                    votes[neighbour] -= counts[half]
    return found


def _explains(widths: Sequence[int], halves: Sequence[int]) -> bool:
    """Whether the first width is that of all lines: most are full, and none is wider, nor is there a narrower column."""
    width = widths[0]
    if max(halves) > width + 3:
        return False
    full = sum(width - 3 <= half for half in halves)
    narrower = max((halves.count(other) for other in widths[1:] if not width - 4 <= other <= width + 3), default=0)
    return full >= SHARED_WIDTH * len(halves) and narrower <= max(2, 0.05 * len(halves))


def _most_likely(
    halves: Sequence[int], ends: Sequence[bool], changes: Sequence[float], widths: Sequence[int]
) -> list[int | None]:
    """The most likely width at each line: a walk over the lines that seldom changes its width (Viterbi)."""
    states: list[int | None] = [None, *widths]
    scores = [0.0] * len(states)
    fits: dict[tuple[int, bool], list[float]] = {}
    steps: list[
        tuple[list[float], float, int]
    ] = []  # scores before the line, that of a change there, where it comes from
    for half, is_end, change in zip(halves, ends, changes, strict=True):
        fit = fits.get((half, is_end))
        if fit is None:
            fit = fits[half, is_end] = [NO_COLUMN, *(_fit(width, half, is_end) for width in widths)]
        most = max(scores)
        changed = most + change
        steps.append((scores, changed, scores.index(most)))
        scores = [(score if score >= changed else changed) + its for score, its in zip(scores, fit, strict=True)]
    state = scores.index(max(scores))
    path: list[int | None] = []
    for before, changed, best in reversed(steps):
        path.append(states[state])
        if before[state] < changed:
            state = best
    return path[::-1]


def _fit(width: int, half: int, is_end: bool) -> float:
    """Log-probability of a line that wide in a column of that width, both in half characters."""
    lacks = width - half
    if lacks in _FULL:
        return _FULL[lacks]
    return OVER_WIDE if lacks < 0 else log(SHORT_SHARE * 2 / width) - UNENDED * (not is_end)
