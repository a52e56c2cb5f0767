"""Writes down what rules decided about blocks while it is asked to: the memory of `inspect --why`.

A ledger keeps every edit and every note. Roles, cuts and what opened an article follow from the page alone, so they are not
kept a second time: whoever asks runs the stages again inside `recording()`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from corpus_tools.model import CutOut, Decision, Divide, Join, Move, Page, Retag, Rewrite, Span


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: the spans (of the decoded page) of the blocks it is about, and what it did to them, in words."""

    stage: str
    rule: str
    spans: tuple[Span, ...]
    what: str
    reason: str
    score: float | None = None


_steps: ContextVar[list[Step] | None] = ContextVar("steps", default=None)


@contextmanager
def recording() -> Iterator[list[Step]]:
    """The list that every decision made inside is written to, in order."""
    steps: list[Step] = []
    token = _steps.set(steps)
    try:
        yield steps
    finally:
        _steps.reset(token)


def record(page: Page, stage: str, rule: str, decisions: Sequence[Decision]) -> None:
    """Write a rule's decisions about a page's blocks down, where somebody records."""
    steps = _steps.get()
    if steps is not None:
        steps += (_step(page, stage, rule, decision) for decision in decisions)


def _step(page: Page, stage: str, rule: str, decision: Decision) -> Step:
    score = getattr(decision, "score", None)
    spans = page.blocks[decision.left if isinstance(decision, Join) else decision.block].spans
    if isinstance(decision, Join):
        spans += page.blocks[decision.right].spans
    return Step(stage, rule, spans, _what(page, decision), decision.reason, score)


def _what(page: Page, decision: Decision) -> str:
    match decision:
        case Retag():
            return f"{page.blocks[decision.block].role} becomes {decision.role}"
        case Join():
            return f"joined over a {decision.over}"
        case Divide():
            return f"cut before character {decision.at}"
        case CutOut():
            return f"characters {decision.span.start}-{decision.span.end} cut out as {decision.role}"
        case Move():
            above = page.blocks[decision.after].text[:16] if decision.after >= 0 else "the top"
            return f"moved behind {above!r}"
        case Rewrite():
            return "removed" if not decision.after else "rewritten"
