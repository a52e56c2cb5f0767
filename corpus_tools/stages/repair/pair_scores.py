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
from corpus_tools.stages.repair.pairing import FEATURES, GROUPS, Pairing

Kind = Literal["near", "far", "head"]
KINDS: tuple[Kind, ...] = ("near", "far", "head")
"""Pairs weighed alike: two texts near each other, two far apart, and those of which one looks like a heading."""

RIVALRY = (
    "always",
    "first",  # log-odds of the first weighing
    "left_rival",  # those of the best other start for this open end, from -4 to 4
    "right_rival",  # those of the best other open end for this start
    "behind_left",  # by how much the rival is better, where it is
    "behind_right",
    "left_doubt",  # the rivals' log-odds where they are likely by themselves
    "right_doubt",
    "best_left",  # whether this pair is the best of its open end, of its start, of both
    "best_right",
    "best",
    "order",  # how well the open ends of the page go on in the next block
    "alike",  # what the two halves have in common
    "about",  # what the paragraphs round them have in common
    "alike2",
    "about2",
    *(f"again {name}" for name in FEATURES[1:]),
)
"""What the second weighing looks at."""

HOPELESS = -5.0
"""Log-odds of a pair that nothing found by the second weighing could save."""

CLIP = 4.0
USUAL_PAGES, USUAL_ORDER = 2.0, 0.6
"""How many open ends, of which that share goes on in the next block, are taken for granted before a page is looked at."""


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
        left, right = _other(best_two["left", each.left], each.right), _other(best_two["right", each.right], each.left)
        alike, about = pairing.alike(each.left, each.right)
        first = each.first
        yield (
            1.0,
            first,
            left,
            right,
            min(first - left, 0.0),
            min(first - right, 0.0),
            max(left, 0.0),
            max(right, 0.0),
            float(first >= left),
            float(first >= right),
            float(first >= left and first >= right),
            order,
            alike,
            about,
            alike * alike / 4,
            about * about / 4,
            *each.features[1:],
        )


def scored(candidates: Sequence[Candidate], pairing: Pairing, weights: Weights) -> Iterator[Scored]:
    """Every candidate of a page after both weighings."""
    for each, rivalry in zip(candidates, rivalries(candidates, pairing), strict=True):
        second = weights.second[each.kind]
        evidence = _evidence(each, rivalry, weights.first[each.kind], second)
        yield Scored(each.left, each.right, each.kind, _probability(_sum(rivalry, second)), evidence)


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


def _evidence(each: Candidate, rivalry: Sequence[float], first: Sequence[float], second: Sequence[float]) -> str:
    """What words, place, form, topic and rivals say, in nats, the strongest first: `words +4.1, place -0.9`."""
    n_own = len(RIVALRY) - len(FEATURES) + 1
    said = {
        "rivals": _sum(rivalry[2 : n_own - 4], second[2 : n_own - 4]),
        "topic": _sum(rivalry[n_own - 4 : n_own], second[n_own - 4 : n_own]),
    }
    for group, (start, end) in GROUPS.items():
        values = each.features[start:end]
        own = second[1] * _sum(values, first[start:end]) + _sum(values, second[n_own + start - 1 : n_own + end - 1])
        said[group.strip()] = said.get(group.strip(), 0.0) + own
    return ", ".join(f"{group} {nats:+.1f}" for group, nats in sorted(said.items(), key=lambda pair: -abs(pair[1])))
