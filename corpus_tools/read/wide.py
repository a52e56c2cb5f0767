"""UTF-16 and UTF-32 without a byte order mark; UTF-16 that lost a byte or has one too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus_tools.oddities import odd_run
from corpus_tools.read.damage import BAD
from corpus_tools.read.decoding import CODE_UNIT, stretches, undecodable
from corpus_tools.read.detection import (
    ACCEPTED,
    FIRST_OFFSETS,
    Detection,
    candidates_of,
    checked,
    confidence_of,
    damaged,
    fit,
)
from corpus_tools.read.readings import Reading, read_as
from corpus_tools.read.samples import CONTROL, wide_sample
from corpus_tools.read.signatures import mark_of

WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
UTF16 = ("utf-16-le", "utf-16-be")

NEAR = 40
"""Bytes before the first odd character in which the lost byte may be: some hanzi cut in the middle are hanzi too."""

AHEAD = (80, 24)
"""Bytes after a place by which it is judged; fewer where another byte was lost close by."""

LEAST_GAIN = 25.0
"""Nats by which the text must read better so: four hanzi that are hanzi again."""

ENOUGH = 8
"""Characters by which a stretch is judged."""

MOST_LOST = 100
"""Places with a lost byte, beyond which a file is not worth mending."""


def read_wide(data: bytes, encoding: str) -> Reading | None:
    """A sample read as UTF-16 or UTF-32; None where it is mostly characters that no text has."""
    sample = wide_sample(data, CODE_UNIT[encoding])
    text = sample.decode(encoding, "replace")
    n_wrong = len(CONTROL.findall(text)) + text.count(BAD)
    if not text or n_wrong > len(text) // 20:
        return None
    return read_as(sample, encoding)


def wide_found(data: bytes, readings: Sequence[Reading]) -> Detection:
    """The answer when the best of `readings` is UTF-16 or UTF-32 and reads as Chinese."""
    best = readings[0]
    found = Detection(
        best.encoding,
        confidence_of(best, readings[1:]),
        "strict, no byte order mark, Chinese text",
        candidates=candidates_of(readings),
    )
    if best.encoding in UTF16:
        segments = aligned_segments(data, best.encoding, 0)
        if len(segments) > 1:
            return with_lost_bytes(found, data, segments)
    return checked(damaged(found, undecodable(data, best.encoding)), len(data))


def with_lost_bytes(found: Detection, data: bytes, segments: Sequence[tuple[int, str]]) -> Detection:
    """The answer for UTF-16 whose code units begin anew at the borders of `segments`; refused where a stretch of it does
    not read as Chinese all the same."""
    length = len(mark_of(segments[0][1])) if found.byte_order_mark else 0
    bad: list[int] = []
    for start, end, encoding in stretches([(max(start, length), name) for start, name in segments], len(data)):
        bad += [start + offset for offset in undecodable(data[start:end], encoding)]
        reading = read_as(data[start:end], encoding)
        if reading.n_characters >= ENOUGH and fit(reading.mean) <= ACCEPTED:
            reason = f"{encoding} with lost bytes; from byte {start} on it does not read as Chinese"
            return replace(found, encoding=None, runner_up=encoding, reason=reason, byte_offset=start, confidence=0.5)
    answer = checked(damaged(found, bad), len(data))
    return replace(answer, segments=tuple(segments), undecodable=tuple(bad[:FIRST_OFFSETS]))


def aligned_segments(data: bytes, encoding: str, start: int) -> list[tuple[int, str]]:
    """`(byte offset, encoding)` of each stretch of UTF-16 from `start` on; a stretch of one byte is what is left of a
    character that lost the other."""
    segments = [(start, encoding)]
    look_from = 0
    text = data[start:].decode(encoding, "replace")
    while len(segments) < 2 * MOST_LOST:
        odd = odd_run().search(text, look_from)
        if odd is None:
            break
        border = _lost_near(data, encoding, start, start + 2 * odd.start())
        if border is None:
            look_from = odd.end()  # rare hanzi, or more damage than this can tell
            continue
        if border > start:
            segments.append((border, encoding))
        segments.append((border + 1, encoding))
        start, look_from = border + 1, 0
        text = data[start:].decode(encoding, "replace")
    return segments


def _lost_near(data: bytes, encoding: str, start: int, odd: int) -> int | None:
    """Where near byte `odd` one byte stands alone, so that the text reads on well behind it; None where nowhere."""
    first, last = max(start, odd - NEAR), min(odd + 4, len(data) - 1)
    first += (first - start) % 2
    for ahead in AHEAD:
        end = min(len(data), odd + ahead)
        as_it_is = read_as(data[first : end - (end - first) % 2], encoding).total
        best, place = max(
            (read_as(data[first:border], encoding).total + _behind(data[border + 1 : end], encoding), border)
            for border in range(first, max(last, first + 1), 2)
        )
        if best > as_it_is + LEAST_GAIN:
            return place
    return None


def _behind(data: bytes, encoding: str) -> float:
    return read_as(data[: len(data) - len(data) % 2], encoding).total
