"""Weights that were fitted by logistic regression: read from a table of `data/`, summed over features, made a probability.

What `pair_scores` (halves), `strays` (displaced pieces) and `openings` (headings) share.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import mul
from pathlib import Path

MOST_SAID = 4
"""Features that are named as evidence."""


def weights_by_name(name: str, path: Path | None = None) -> dict[tuple[str, ...], float]:
    """The weights of a table by the cells before them; of the file in `data/`, or of the one at `path`."""
    file: Traversable = path or files("corpus_tools.data").joinpath(name)
    rows = (line.split("\t") for line in file.read_text("utf-8").split("\n") if line and not line.startswith("#"))
    return {tuple(names): float(weight) for *names, weight in rows}


def log_odds_of(values: Sequence[float], weights: Sequence[float]) -> float:
    """What features say together, in nats; exact whatever their order."""
    return math.fsum(map(mul, values, weights))


def weightiest(names: Sequence[str], values: Sequence[float], weights: Sequence[float]) -> str:
    """What the `MOST_SAID` weightiest features say, in nats; `always`, which every case has, is left out.

    >>> weightiest(("always", "length", "like"), (1.0, 2.0, 1.0), (3.0, -0.6, 3.0))
    'like +3.0, length -1.2'
    """
    said = [(name, value * weight) for name, value, weight in zip(names, values, weights, strict=True)]
    said = sorted((each for each in said if each[0] != "always" and each[1]), key=lambda each: -abs(each[1]))
    return ", ".join(f"{name} {nats:+.1f}" for name, nats in said[:MOST_SAID])


def probability_of(log_odds: float) -> float:
    """The probability (0-1, 4 places).

    >>> probability_of(0.0), probability_of(4.0), probability_of(-1000.0)
    (0.5, 0.982, 0.0)
    """
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 4)
