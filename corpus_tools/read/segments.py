"""Where the encoding changes inside a file: line by line, the cheapest way to explain them all.

The bytes of a file that no single encoding explains enter, byte offsets and encodings leave. Each line costs what it is
unlikely in an encoding, each change of encoding a fixed amount; the cheapest path through all lines is taken (Viterbi 1967).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus_tools.likelihood import OF_ASCII, weights
from corpus_tools.read.damage import BAD, OF_BAD_BYTE, TOLERANT, likeliest_pieces
from corpus_tools.read.decoding import strict_text
from corpus_tools.read.readings import read_as

OF_CHANGE = 25.0
"""Nats that a change of encoding costs: a foreign line between others needs about eight hanzi to pay for two."""

MOST_OF_ONE = 3
"""A character counts so many times in a line: a rule of ──── is no evidence, though 拾拾拾拾 would be likelier hanzi."""

LONGEST_SPLIT = 4_000
"""Bytes of a line in which a change of encoding is looked for: it costs their square."""

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
            while (
                segments and border <= segments[-1][0]
            ):  # the one before is part of a line, and this one takes all of it
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
    came_from: list[list[int]] = []
    for line in lines:
        best = max(range(len(encodings)), key=totals.__getitem__)
        steps, values = [], []
        for state, encoding in enumerate(encodings):
            stays = totals[state] >= totals[best] - OF_CHANGE
            steps.append(state if stays else best)
            values.append((totals[state] if stays else totals[best] - OF_CHANGE) + _explained(line, encoding))
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
    """Where, from the start of `line`, `right` takes over from `left`: 0 unless one of the two lines holds both."""
    if not _is_strict(line, right):
        return _split(line, left, right) or 0
    if not _is_strict(before, left):
        found = _split(before, left, right)
        return found - len(before) if found is not None else 0
    return 0


def _is_strict(data: bytes, encoding: str) -> bool:
    try:
        strict_text(data, encoding)
    except UnicodeError:
        return False
    return True


def _split(line: bytes, left: str, right: str) -> int | None:
    """The place in a line where both sides decode and are likeliest; None where there is none."""
    if len(line) > LONGEST_SPLIT:
        return None
    best: tuple[float, int] | None = None
    for at in _ends_of_characters(line, left):
        if _is_strict(line[at:], right):
            value = read_as(line[:at], left).total + read_as(line[at:], right).total
            if best is None or value > best[0]:
                best = (value, at)
    return best[1] if best else None


def _ends_of_characters(line: bytes, encoding: str) -> Iterator[int]:
    """Every place up to which `line` decodes, the start and the end included."""
    yield 0
    start = 0
    for at in range(1, len(line) + 1):
        try:
            line[start:at].decode(encoding)
        except UnicodeDecodeError:
            if at - start >= 4:  # no character has more bytes
                return
            continue
        yield at
        start = at
