"""How likely two blocks are the halves of one paragraph, given the other pairs of the page.

Features of pairs (`pairing.py`) enter, probabilities with their evidence leave. Twice weighed: each pair by itself, then
against its rivals: another start for the same open end, another open end for the same start, and how often, on this
page, the next block goes on at all. The weights are in `data/seam_weights.tsv`, fitted on damaged pages by
`scripts/fit_seam_weights`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from corpus_tools.model import Block
from corpus_tools.stages.repair.pairing import FEATURES, Pairing

Kind = Literal["near", "far", "head"]
KINDS: tuple[Kind, ...] = ("near", "far", "head")
"""Pairs weighed alike: two texts near each other, two far apart, and those of which one looks like a heading."""

RIVALRY = ("always", "first", "left_rival", "right_rival", "order", "alike", "about")
"""What the second weighing looks at: 1; the first weighing; the best other start for this open end and the best other open
end for this start; how well the open ends of the page go on in the next block; what halves and surroundings share."""

HOPELESS = -5.0
"""Log-odds of a pair that nothing found by the second weighing could save."""

CLIP = 4.0
USUAL_PAGES, USUAL_ORDER = 2.0, 0.6
"""How many open ends, of which that share goes on in the next block, are taken for granted before a page is looked at."""

TOLD, MOST_TOLD = 0.5, 4
"""Nats that a feature must have said to be told as evidence, and how many of them are told."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of `FEATURES` and of `RIVALRY` for each kind of pair, in nats."""

    first: Mapping[Kind, tuple[float, ...]]
    second: Mapping[Kind, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair of blocks after both weighings: the probability (0-1, 4 places) and what speaks for it."""

    left: int
    right: int
    kind: Kind
    probability: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One pair with its features, and the log-odds of the first weighing."""

    left: int
    right: int
    kind: Kind
    features: tuple[float, ...]
    first: float


@cache
def pair_weights(path: Path | None = None) -> Weights:
    """The weights of a file; the shipped ones where no path is given."""
    file: Traversable = path or files("corpus_tools.data").joinpath("seam_weights.tsv")
    rows = (line.split("\t") for line in file.read_text("utf-8").split("\n") if line and not line.startswith("#"))
    named = {(weighing, kind, name): float(weight) for weighing, kind, name, weight in rows}
    return Weights(
        {kind: tuple(named["first", kind, name] for name in FEATURES) for kind in KINDS},
        {kind: tuple(named["second", kind, name] for name in RIVALRY) for kind in KINDS},
    )


def kind_of(blocks: Sequence[Block], pairing: Pairing, left: int, right: int) -> Kind:
    """How the two blocks stand to each other."""
    if blocks[left].role != "body" or blocks[right].role != "body":
        return "head"
    return "far" if pairing.is_far(left, right) else "near"


def weighed(
    blocks: Sequence[Block], pairing: Pairing, pairs: Iterable[tuple[int, int]], weights: Weights
) -> list[Candidate]:
    """Each pair by itself, those that are hopeless left out."""
    found = []
    for left, right in pairs:
        kind = kind_of(blocks, pairing, left, right)
        features = pairing.features(left, right)
        first = _sum(features, weights.first[kind])
        if first > HOPELESS:
            found.append(Candidate(left, right, kind, features, first))
    return found


def rivalries(candidates: Sequence[Candidate], pairing: Pairing) -> Iterator[tuple[float, ...]]:
    """The values of `RIVALRY` for each of the page's candidates, in their order."""
    of_left: dict[int, list[tuple[float, int]]] = {}
    of_right: dict[int, list[tuple[float, int]]] = {}
    for each in candidates:
        of_left.setdefault(each.left, []).append((each.first, each.right))
        of_right.setdefault(each.right, []).append((each.first, each.left))
    best_two = {("left", left): sorted(its, reverse=True)[:2] for left, its in of_left.items()}
    best_two |= {("right", right): sorted(its, reverse=True)[:2] for right, its in of_right.items()}
    order = _order(candidates)
    for each in candidates:
        others = _other(best_two["left", each.left], each.right), _other(best_two["right", each.right], each.left)
        yield (1.0, each.first, *others, order, *pairing.alike(each.left, each.right))


def scored(candidates: Sequence[Candidate], pairing: Pairing, weights: Weights) -> Iterator[Scored]:
    """Every candidate of a page after both weighings."""
    for each, rivalry in zip(candidates, rivalries(candidates, pairing), strict=True):
        second = weights.second[each.kind]
        said = [*zip(FEATURES, map(float.__mul__, each.features, weights.first[each.kind]), strict=True)]
        said += [*zip(RIVALRY, map(float.__mul__, rivalry, second), strict=True)][2:]
        yield Scored(each.left, each.right, each.kind, _probability(_sum(rivalry, second)), _evidence(said))


def _order(candidates: Sequence[Candidate]) -> float:
    """Log-odds that an open end of this page goes on near by, from what the first weighing makes of them."""
    nearest: dict[int, float] = {}
    for each in candidates:
        if each.kind == "near":
            nearest[each.left] = max(each.first, nearest.get(each.left, -math.inf))
    total = math.fsum(1 / (1 + math.exp(-first)) for first in nearest.values())
    share = (total + USUAL_PAGES * USUAL_ORDER) / (len(nearest) + USUAL_PAGES)
    return math.log(share / (1 - share))


def _other(best_two: Sequence[tuple[float, int]], own: int) -> float:
    """The best weight that is not one's own, clipped; the least where there is none."""
    others = [first for first, index in best_two if index != own]
    return max(-CLIP, min(CLIP, others[0])) if others else -CLIP


def _sum(values: Sequence[float], weights: Sequence[float]) -> float:
    return math.fsum(map(float.__mul__, values, weights))


def _probability(log_odds: float) -> float:
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 4)


def _evidence(said: Sequence[tuple[str, float]]) -> str:
    """What said most, with its nats, the strongest first: `join +4.1, word +2.0, far -0.9`."""
    told = sorted(
        (pair for pair in said if abs(pair[1]) >= TOLD and pair[0] != "always"), key=lambda pair: -abs(pair[1])
    )
    return ", ".join(f"{name} {nats:+.1f}" for name, nats in told[:MOST_TOLD])
