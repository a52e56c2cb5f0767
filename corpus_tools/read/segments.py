"""Where the encoding changes inside a file: line by line, the cheapest way to explain them all.

The bytes of a file that no single encoding explains enter, byte offsets and encodings leave. Each line costs what it is
unlikely in an encoding, each change of encoding a fixed amount; the cheapest path through all lines is taken (Viterbi 1967).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus_tools.likelihood import OF_ASCII, weights
from corpus_tools.read.damage import BAD, OF_BAD_BYTE, TOLERANT, likeliest_pieces, values_before, values_behind

OF_CHANGE = 25.0
"""Nats that a change of encoding costs: a foreign line between others needs about eight hanzi to pay for two."""

MOST_OF_ONE = 3
"""A character counts so many times in a line: a rule of ──── is no evidence, though 拾拾拾拾 would be likelier hanzi."""

LONGEST_SPLIT = 100_000
"""Bytes of two lines in which a change of encoding is looked for; in longer ones it is at the line end."""

EQUAL = 1e-6
ABOUT_EQUAL = 6.0
"""Nats by which a place in mid-line must be likelier than the line's start: one character may look right in both."""

_NEVER = float("-inf")
_HZ_BEGINS, _HZ_ENDS = re.compile(rb"~\{"), re.compile(rb"~\}")
FEW_DIFFERENT = 24
"""Different bytes of a line that says nothing more when it comes again: twenty rules of ──── are no more evidence than one."""

_LINES = re.compile(rb"[^\n\r]*[\n\r]+|[^\n\r]+")

Segments = list[tuple[int, str]]


def find_segments(data: bytes, encodings: Sequence[str]) -> Segments:
    """`(byte offset, encoding)` of each stretch of `data` in one of `encodings`; the first offset is 0.

    A line of ASCII goes with what stands before it.
    """
    lines: list[bytes] = _LINES.findall(data)
    path = _cheapest_path(lines, encodings)
    path = _of_neighbours(
        path, [line.isascii() and encoding != "hz" for line, encoding in zip(lines, path, strict=True)]
    )
    segments: Segments = []
    at = 0
    for index, (line, encoding) in enumerate(zip(lines, path, strict=True)):
        if not segments:
            segments.append((0, encoding))
        elif encoding != segments[-1][1]:
            border = at + _border(lines[index - 1], line, segments[-1][1], encoding)
            while segments and border <= segments[-1][0]:  # it was part of a line, and this one takes all of that
                border = segments.pop()[0]
            if not segments or segments[-1][1] != encoding:
                segments.append((border, encoding))
        at += len(line)
    return segments


def _of_neighbours(path: list[str], neutral: list[bool]) -> list[str]:
    """Lines of ASCII take the encoding of what stands before them, and at the start of what comes after."""
    taken = next((encoding for encoding, is_neutral in zip(path, neutral, strict=True) if not is_neutral), path[0])
    given = []
    for encoding, is_neutral in zip(path, neutral, strict=True):
        taken = taken if is_neutral else encoding
        given.append(taken)
    return given


def _cheapest_path(lines: Sequence[bytes], encodings: Sequence[str]) -> list[str]:
    totals = [0.0] * len(encodings)
    seen: set[bytes] = set()
    came_from: list[list[int]] = []
    for line in lines:
        best = max(range(len(encodings)), key=totals.__getitem__)
        is_again = line in seen and len(set(line)) <= FEW_DIFFERENT
        gains = [OF_ASCII * len(line) if is_again else _explained(line, encoding) for encoding in encodings]
        seen.add(line)
        steps, values = [], []
        for state in range(len(encodings)):
            stays = totals[state] >= totals[best] - OF_CHANGE
            steps.append(state if stays else best)
            values.append((totals[state] if stays else totals[best] - OF_CHANGE) + gains[state])
        came_from.append(steps)
        totals = values
    state = max(range(len(encodings)), key=totals.__getitem__)
    path: list[str] = []
    for steps in reversed(came_from):
        path.append(encodings[state])
        state = steps[state]
    return path[::-1]


def _explained(line: bytes, encoding: str) -> float:
    """The log-probability of a line in an encoding, repetition counted little."""
    if line.isascii() and encoding != "hz":
        return OF_ASCII * len(line)
    text = line.decode(encoding, "replace")
    if encoding in TOLERANT and BAD in text:
        text = "".join(piece for piece, _ in likeliest_pieces(line, encoding))
    n_bad = text.count(BAD)
    n_ascii = len(text.encode("ascii", "ignore"))
    known = weights()
    value = sum(
        known[character] * min(times, MOST_OF_ONE) for character, times in Counter(text).items() if character != BAD
    )
    return value + n_ascii * OF_ASCII + n_bad * OF_BAD_BYTE


def _border(before: bytes, line: bytes, left: str, right: str) -> int:
    """Where, from the start of `line`, `right` takes over from `left`: the likeliest place in both lines together."""
    both = before + line
    if len(both) > LONGEST_SPLIT:
        return 0
    values = _values_of_cuts(both, left, right)
    best = max(values.values(), default=0.0)
    if not values or values.get(len(before), _NEVER) > best - ABOUT_EQUAL:
        return 0  # at the line's start, where it is as good as anywhere
    return max(at for at, value in values.items() if value > best - EQUAL) - len(before)


def _values_of_cuts(both: bytes, left: str, right: str) -> dict[int, float]:
    """The log-probability of two lines, by the place where the encoding changes."""
    if right == "hz":
        before = values_before(both, left)
        return {
            cut.start(): before[cut.start()] + _explained(both[cut.start() :], "hz")
            for cut in _HZ_BEGINS.finditer(both)
        }
    behind = values_behind(both, right)
    if left == "hz":
        return {cut.end(): behind[cut.end()] + _explained(both[: cut.end()], "hz") for cut in _HZ_ENDS.finditer(both)}
    before = values_before(both, left)
    return {at: value + behind[at] for at, value in enumerate(before)}
