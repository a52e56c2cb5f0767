"""The parts of some bytes that an encoding can be judged by: those that are not ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterator

QUICK = 320
"""Bytes of a quick look: 160 hanzi, of which right and wrong readings lie 4 nats apart each."""

LESS_QUICK = 1_600

CAREFUL = 6_000
"""Bytes of a careful look, from the start, the middle and the end."""

LOOKED_AT = 100_000
"""Bytes from each of the three places in which the parts that are not ASCII are looked for."""

_RULES = re.compile(rb"(..|...)\1{7,}", re.DOTALL)  # ────────: one character many times says no more than three times

WIDE_SAMPLE = 2_000
WINDOW, MOST_WINDOWS = 200, 64

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


def quick_sample(data: bytes, size: int = QUICK) -> bytes:
    """About `size` bytes of the first runs that are not ASCII."""
    return _runs(data, 0, size)


def careful_sample(data: bytes) -> bytes:
    """All of a short file; of a longer one the runs that are not ASCII, from its start, middle and end."""
    if len(data) <= CAREFUL:
        return _RULES.sub(rb"\1\1\1", data)
    share = CAREFUL // 3
    starts = (0, _line_start(data, len(data) // 2), _line_start(data, max(len(data) // 2, len(data) - 2 * share)))
    return b"\n".join(_runs(_RULES.sub(rb"\1\1\1", data[start : start + LOOKED_AT]), 0, share) for start in starts)


def windows(data: bytes) -> Iterator[bytes]:
    """Up to 64 parts of 200 bytes, from line starts all over the file."""
    step = max(WINDOW, len(data) // MOST_WINDOWS)
    for at in range(0, len(data), step):
        start = _line_start(data, at, at + step) if at else 0
        yield data[start : start + WINDOW]


def wide_sample(data: bytes, unit: int) -> bytes:
    """The first code units of UTF-16 or UTF-32."""
    return data[: WIDE_SAMPLE * unit]


def _line_start(data: bytes, at: int, end: int | None = None) -> int:
    found = data.find(b"\n", at, end)
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
