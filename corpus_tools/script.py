"""Simplified <-> traditional by OpenCC: text converted, and the runs of characters in which two texts differ.

OpenCC finds words of its dictionaries; a word that is cut in two is converted by halves (头|发 gives 發, 头发 髮). What to
hand over whole is the caller's to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from rapidfuzz.distance import Indel

from corpus_tools.model import Span


@cache
def _converter(script: str) -> Any:
    import opencc  # loads its dictionaries: only when asked for

    return opencc.OpenCC(script)


def convert(text: str, script: str) -> str:
    """`text` converted by the OpenCC configuration `script` (s2t, t2s, s2tw …)."""
    converted: str = _converter(script).convert(text)
    return converted


def reverse_of(script: str) -> str:
    """The configuration that goes the other way.

    >>> reverse_of("s2t"), reverse_of("tw2sp")
    ('t2s', 's2twp')
    """
    source, target = script.removesuffix("p").split("2")
    return f"{target}2{source}" + "p" * script.endswith("p")


def changed_runs(before: str, after: str) -> Iterator[tuple[Span, str]]:
    """`(span of before, what stands there after)` of every run that differs, in order.

    >>> list(changed_runs("头发发展", "頭髮發展"))
    [(Span(start=0, end=3), '頭髮發')]
    """
    if len(before) == len(after):
        start = None
        for at in range(len(before) + 1):
            differs = at < len(before) and before[at] != after[at]
            if differs and start is None:
                start = at
            elif not differs and start is not None:
                yield Span(start, at), after[start:at]
                start = None
        return
    for start, end, after_start, after_end in _merged_steps(before, after):
        yield Span(start, end), after[after_start:after_end]


def _merged_steps(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """Runs of insertions and deletions that touch as one replacement; a pure insertion takes a neighbour in."""
    steps: list[list[int]] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            continue
        if steps and steps[-1][1] == step.src_start and steps[-1][3] == step.dest_start:
            steps[-1][1], steps[-1][3] = step.src_end, step.dest_end
        else:
            steps.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
    for start, end, after_start, after_end in steps:
        if start < end:
            yield start, end, after_start, after_end
        elif start:
            yield start - 1, end, after_start - 1, after_end
        else:
            yield start, end + 1, after_start, after_end + 1
