"""The parts of some bytes that an encoding can be judged by: those that are not ASCII."""

from __future__ import annotations

import re

QUICK = 320
"""Bytes of a quick look: 160 hanzi, of which right and wrong readings lie 4 nats apart each."""

CAREFUL = 6_000
"""Bytes of a careful look, from the start, the middle and the end."""

WIDE_SAMPLE = 2_000

_RUNS = re.compile(rb"(?:[\x80-\xff]+[\x00-\x7f]?)+")
"""From the first high byte to two ASCII bytes in a row: no character of any encoding holds two, so a run starts with one."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")
"""Control codes that text files do not have (0x1A ends old ones, 0x1B begins an escape)."""


CONTROL_BYTES = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MANY_CONTROLS = 0.05
"""The same among bytes, NUL left out, and the share of them from which bytes are no text."""


def has_many_controls(data: bytes) -> bool:
    """Whether so many bytes are control codes that it is no text."""
    return len(CONTROL_BYTES.findall(data)) > MANY_CONTROLS * len(data)


def quick_sample(data: bytes) -> bytes:
    """About 320 bytes of the first runs that are not ASCII."""
    return _runs(data, 0, QUICK)


def careful_sample(data: bytes) -> bytes:
    """All of a short file; of a longer one the runs that are not ASCII, from its start, middle and end."""
    if len(data) <= CAREFUL:
        return data
    share = CAREFUL // 3
    starts = (0, _line_start(data, len(data) // 2), _line_start(data, max(len(data) // 2, len(data) - 2 * share)))
    return b"\n".join(_runs(data, start, share) for start in starts)


def wide_sample(data: bytes, unit: int) -> bytes:
    """The first code units of UTF-16 or UTF-32."""
    return data[: WIDE_SAMPLE * unit]


def _line_start(data: bytes, at: int) -> int:
    found = data.find(b"\n", at)
    return found + 1 if found >= 0 else at


def _runs(data: bytes, start: int, size: int) -> bytes:
    """Runs that are not ASCII from `start` on, a newline between them, `size` bytes in all."""
    found: list[bytes] = []
    for run in _RUNS.finditer(data, start):
        piece = data[run.start() : min(run.end(), run.start() + size)]
        found.append(piece)
        size -= len(piece)
        if size <= 0:
            break
    return b"\n".join(found)
