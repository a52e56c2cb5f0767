"""UTF-16 and UTF-32 without a byte order mark; UTF-16 that lost a byte or has one too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus_tools.read.damage import BAD
from corpus_tools.read.decoding import CODE_UNIT, undecodable
from corpus_tools.read.detection import FIRST_OFFSETS, Detection, candidates_of, checked, confidence_of, damaged
from corpus_tools.read.oddities import odd_run
from corpus_tools.read.readings import Reading, read_as
from corpus_tools.read.samples import CONTROL, wide_sample

WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
UTF16 = ("utf-16-le", "utf-16-be")

NEAR = 40
"""Bytes before the first odd character in which the lost byte may be: some hanzi cut in the middle are hanzi too."""

AHEAD = 80
"""Bytes after a place by which it is judged."""

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
    """The answer for UTF-16 whose code units begin anew at the borders of `segments`."""
    ends = [start for start, _ in segments[1:]] + [len(data)]
    bad = [
        start + offset
        for (start, encoding), end in zip(segments, ends, strict=True)
        for offset in undecodable(data[start:end], encoding)
    ]
    return replace(
        checked(damaged(found, bad), len(data)), segments=tuple(segments), undecodable=tuple(bad[:FIRST_OFFSETS])
    )


def aligned_segments(data: bytes, encoding: str, start: int) -> list[tuple[int, str]]:
    """`(byte offset, encoding)` of each stretch of UTF-16 from `start` on; a stretch of one byte is what is left of a
    character that lost the other."""
    segments = [(start, encoding)]
    while len(segments) < 2 * MOST_LOST:
        text = data[start:].decode(encoding, "replace")
        odd = odd_run().search(text)
        if odd is None:
            break
        border = _lost_near(data, encoding, start, start + 2 * odd.start())
        if border is None:
            break
        if border > start:
            segments.append((border, encoding))
        segments.append((border + 1, encoding))
        start = border + 1
    return segments


def _lost_near(data: bytes, encoding: str, start: int, odd: int) -> int | None:
    """Where near byte `odd` one byte stands alone, so that the text reads on well behind it; None where nowhere."""
    first, last = max(start, odd - NEAR), min(odd + 4, len(data) - 1)
    first += (first - start) % 2
    end = min(len(data), odd + AHEAD)
    as_it_is = read_as(data[first : end - (end - first) % 2], encoding).total
    best: tuple[float, int] | None = None
    for border in range(first, last, 2):
        behind = data[border + 1 : end]
        value = (
            read_as(data[first:border], encoding).total
            + read_as(behind[: len(behind) - len(behind) % 2], encoding).total
        )
        if best is None or value > best[0]:
            best = (value, border)
    return best[1] if best is not None and best[0] > as_it_is + NEAR else None
