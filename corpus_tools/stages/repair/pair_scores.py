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
from pathlib import Path
from typing import Literal

from corpus_tools.model import Block
from corpus_tools.stages.repair.pairing import FEATURES, GROUPS, USUALLY_ALIKE, Pairing
from corpus_tools.weights import log_odds_of, probability_of, weights_by_name

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

DOUBT = (-3.0, 3.5)
"""Log-odds between which the topic is asked: beyond, it seldom turns a verdict, and it costs as much as all the rest."""

UNLIKELY = -3.0
"""Log-odds of a pair whose evidence nobody will ask for."""

CLIP = 4.0
USUAL_PAGES, USUAL_ORDER = 2.0, 0.6
"""How many open ends, of which that share goes on in the next block, are taken for granted before a page is looked at."""

_TOPIC = RIVALRY.index("alike")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of `FEATURES` and of `RIVALRY` for each kind of pair, in nats."""

    first: Mapping[Kind, tuple[float, ...]]
    second: Mapping[Kind, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One pair with its features, and the log-odds of the first weighing."""

    left: int
    right: int
    kind: Kind
    features: tuple[float, ...]
    first: float


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair of blocks after both weighings: the probability (0-1, 4 places), and what speaks for it where it is
    likely at all."""

    left: int
    right: int
    kind: Kind
    probability: float
    evidence: str = ""


@cache
def pair_weights(path: Path | None = None) -> Weights:
    """The weights of a file; the shipped ones where no path is given."""
    named = weights_by_name("seam_weights.tsv", path)
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
        first = log_odds_of(features, weights.first[kind])
        if first > HOPELESS:
            found.append(Candidate(left, right, kind, features, first))
    return found


def rivalries(candidates: Sequence[Candidate]) -> Iterator[tuple[float, ...]]:
    """The values of `RIVALRY` for each of the page's candidates, in their order; the topic as usual."""
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
            *_topic(USUALLY_ALIKE),
            *each.features[1:],
        )


def with_topic(rivalry: tuple[float, ...], alike: tuple[float, float]) -> tuple[float, ...]:
    """The rivalry with what two halves, and the paragraphs round them, have in common."""
    return (*rivalry[:_TOPIC], *_topic(alike), *rivalry[_TOPIC + 4 :])


def _topic(alike: tuple[float, float]) -> tuple[float, float, float, float]:
    halves, about = alike
    return halves, about, halves * halves / 4, about * about / 4


def scored(candidates: Sequence[Candidate], pairing: Pairing, weights: Weights) -> Iterator[Scored]:
    """Every candidate of a page after both weighings. The topic is asked only where it may turn the verdict."""
    for each, rivalry in zip(candidates, rivalries(candidates), strict=True):
        second = weights.second[each.kind]
        log_odds = log_odds_of(rivalry, second)
        if DOUBT[0] < log_odds < DOUBT[1]:
            rivalry = with_topic(rivalry, pairing.alike(each.left, each.right))
            log_odds = log_odds_of(rivalry, second)
        evidence = _evidence(each, rivalry, weights.first[each.kind], second) if log_odds > UNLIKELY else ""
        yield Scored(each.left, each.right, each.kind, probability_of(log_odds), evidence)


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


def _evidence(each: Candidate, rivalry: Sequence[float], first: Sequence[float], second: Sequence[float]) -> str:
    """What words, place, form, topic and rivals say, in nats, the strongest first: `words +4.1, place -0.9`."""
    n_own = len(RIVALRY) - len(FEATURES) + 1
    said = {
        "rivals": log_odds_of(rivalry[2 : n_own - 4], second[2 : n_own - 4]),
        "topic": log_odds_of(rivalry[n_own - 4 : n_own], second[n_own - 4 : n_own]),
    }
    for group, ranges in GROUPS.items():
        said[group] = 0.0
        for start, end in ranges:
            values, again = each.features[start:end], second[n_own + start - 1 : n_own + end - 1]
            said[group] += second[1] * log_odds_of(values, first[start:end]) + log_odds_of(values, again)
    return ", ".join(f"{group} {nats:+.1f}" for group, nats in sorted(said.items(), key=lambda pair: -abs(pair[1])))
