"""What was found out about some bytes, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus_tools.read.readings import EUC_TW, OTHER, Reading

ACCEPTED = 0.6
"""Confidence below which it abstains. `scripts/eval encoding`: wrong answers above it are under one in a thousand."""

GOOD_MEAN, POOR_MEAN = -8.6, -10.6
"""Mean log-probability of right readings of ten characters of news (one in a hundred is below), and of wrong ones (one in a
hundred is above); of fifty characters it is -7.8 and -11.4."""

DOUBT = 4.0
"""Nats of lead over the runner-up that say nothing yet, and nats that make the odds e times better."""

FEW_BAD = 0.2
"""Share of bytes that may be undecodable in a damaged file; above it nothing is left to judge by."""

UNREADABLE = (EUC_TW, "iso-2022-cn")
"""Encodings that are told, and that Python has no codec for."""

FIRST_OFFSETS = 10
"""Of bytes that do not decode: how many are listed."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What `detect` found. `encoding` is None when it abstains; `reason` then says why. `confidence` is 0-1.

    `n_undecodable` bytes do not decode, `undecodable` are the offsets of the first ten. `segments` holds
    `(byte offset, encoding)` where the encoding changes inside the file; `encoding` is then that of the longest.
    `label` is what the file says of itself; `candidates` are encodings with their confidence, the best first.
    """

    encoding: str | None
    confidence: float
    evidence: str
    byte_order_mark: bool = False
    runner_up: str | None = None
    reason: str | None = None
    byte_offset: int | None = None
    n_undecodable: int = 0
    undecodable: tuple[int, ...] = ()
    segments: tuple[tuple[int, str], ...] = ()
    label: str | None = None
    candidates: tuple[tuple[str, float], ...] = ()

    @property
    def is_text(self) -> bool:
        """False for bytes that are no text at all, whatever the encoding."""
        return self.reason is None or not self.reason.startswith("not text")


def no_text_of_controls() -> Detection:
    """The answer for bytes of which many are control codes."""
    return Detection(None, 0.9, "control codes", reason="not text: many control codes", byte_offset=0)


def fit(mean: float) -> float:
    """How well a mean log-probability fits news, 0-1."""
    return min(1.0, max(0.0, (mean - POOR_MEAN) / (GOOD_MEAN - POOR_MEAN)))


def confidence_of(best: Reading, others: Sequence[Reading], *, foreign: bool = False) -> float:
    """0-1: by the lead over the next reading, how well it fits, and how many bytes did not decode."""
    lead = best.total - max((other.total for other in others if other is not best), default=best.total - 99)
    odds = 1 / (1 + math.exp(min(50.0, (DOUBT - lead) / DOUBT)))
    whole = best.n_characters / max(1, best.n_characters + best.n_bad)
    return round(min(0.99, odds * (1.0 if foreign else fit(best.mean)) * whole), 3)


def candidates_of(readings: Sequence[Reading]) -> tuple[tuple[str, float], ...]:
    """The best five, each with the confidence it would have had against all others."""
    return tuple((each.encoding, confidence_of(each, readings)) for each in readings[:5] if each.encoding != OTHER)


def damaged(found: Detection, bad: Sequence[int]) -> Detection:
    """The answer with the bytes that did not decode written into it."""
    if not bad:
        return found
    said = f"{len(bad)} bytes do not decode, the first is" if len(bad) > 1 else "one byte does not decode:"
    evidence = f"tolerant, {found.evidence.removeprefix('strict, ')}; {said} byte {bad[0]}"
    return replace(
        found,
        evidence=evidence,
        byte_offset=bad[0],
        n_undecodable=len(bad),
        undecodable=tuple(bad[:FIRST_OFFSETS]),
    )


def checked(found: Detection, n_bytes: int) -> Detection:
    """The answer, or the abstention where it is below the threshold or too damaged."""
    if found.confidence >= ACCEPTED and found.n_undecodable <= FEW_BAD * n_bytes:
        return found
    named = ", ".join(f"{name} ({value:.2f})" for name, value in found.candidates[:3])
    reason = f"no encoding stands out; nearest: {named}"
    return replace(found, encoding=None, runner_up=found.encoding, reason=reason)
