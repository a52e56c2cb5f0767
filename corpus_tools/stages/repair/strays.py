"""Pieces of a page that may stand in the wrong article, and how likely each belongs to another one.

A page's layout enters; runs leave, blocks of one draft in a row, each with an article that it may belong to. What articles
say for a run (`kinship.py`), what stood before and behind it in the file, and what the borders look like that it would leave
are its features (`stray_features.py`); their weights are in `data/move_weights.tsv`, fitted on damaged pages by
`scripts/fit_move_weights`. Nothing is moved here: `order.py` chooses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path

from corpus_tools.cohesion import bigrams
from corpus_tools.drafts import TEXT_ROLES, is_lead, is_open_end
from corpus_tools.model import Block
from corpus_tools.outline import BRIEF_MARKS
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair.drafted import HOMES, Home, Layout, Run, home_of
from corpus_tools.stages.repair.pairing import SKIPPED
from corpus_tools.stages.repair.stray_features import FEATURES, Said, features
from corpus_tools.weights import log_odds_of, probability_of, weightiest, weights_by_name

MOST_BLOCKS: Mapping[Home, int] = {"headed": 10, "stray": 40}
"""Blocks of a run: of the displaced columns of training pages 99 % have no more than 10; text without a head moves whole."""

LEAST_GAIN = -2.0
"""Nats: how much likelier at home a run, or its first block, may be than in the article it is compared with."""

LEAST_SAID = 2.0
"""Nats that an article must say for a run that did not stand beside it: what one rare word in common says."""

FARTHEST = -12.0
"""Nats by which a run that grows may fall behind its home: what follows seldom makes it good."""

MOST_GOALS: Mapping[Home, int] = {"headed": 1, "stray": 3}
"""Articles that a run is compared with, those that say most for it."""

LEAST_SHARE = 0.3
"""Share of the bigrams of a head that its text has at least; any text of the same town has a quarter of some by chance."""

CLEARLY = 2.0
"""How many times as many words a head and a text share as either does with others that lost their half."""

LOST_START = -4.0
"""`opening - alone` (nats) of a paragraph that surely begins in mid-sentence."""

HOPELESS = -4.0
"""Log-odds of the first weighing of a run that the second never found likely."""


LINKS = (FEATURES.index("follows"), FEATURES.index("leads"))


@dataclass(frozen=True, slots=True)
class Place:
    """An article that a run may belong to: its draft, the features, and the log-odds of both weighings."""

    run: Run
    draft: int
    values: tuple[float, ...]
    first: float
    second: float

    @property
    def probability(self) -> float:
        """0-1, 4 places."""
        return probability_of(self.second)

    @property
    def is_linked(self) -> bool:
        """Whether the run stands in the file directly behind or before what is in the article."""
        return any(self.values[feature] for feature in LINKS) if self.values else False

    def evidence(self, home: Home) -> str:
        """What is said for it, the weightiest first, in nats of the second weighing; of a pair of `needy_pairs` its words."""
        if not self.values:
            return f"{self.probability:.2f} of its head's words are here, less than half as many in any other pair"
        return weightiest(FEATURES, self.values, move_weights().second[home])


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of `FEATURES` for each kind of home, in nats: of all runs, by which the best of those that overlap is
    found, and of the best ones."""

    first: Mapping[Home, tuple[float, ...]]
    second: Mapping[Home, tuple[float, ...]]


@cache
def move_weights(path: Path | None = None) -> Weights:
    """The weights of a file; the shipped ones where no path is given."""
    named = weights_by_name("move_weights.tsv", path)
    return Weights(
        {home: tuple(named["first", home, name] for name in FEATURES) for home in HOMES},
        {home: tuple(named["second", home, name] for name in FEATURES) for home in HOMES},
    )


def places(layout: Layout, weights: Weights) -> Iterator[Place]:
    """Every run of the page that may be astray, with the articles it may belong to."""
    homes = [place for place, its in enumerate(layout.members) if its and layout.drafts[place].opened_by != "photo"]
    goals = [place for place, draft in enumerate(layout.drafts) if draft.opened_by in ("head", "lead", "jump")]
    if not goals:
        return
    for home in homes:
        for stretch in _stretches(layout, home):
            yield from _places_in(layout, home, stretch, goals, weights)


def needy_pairs(layout: Layout) -> Iterator[Place]:
    """Text without a head, whole, and the one article without text whose head has its words: both lost the other.

    One to one: of two heads or two texts that share about as many words none is chosen.
    """
    heads = [
        place
        for place, draft in enumerate(layout.drafts)
        if draft.opened_by == "head"
        and not any(layout.blocks[index].role in TEXT_ROLES for index in layout.members[place])
    ]
    if not heads:
        return
    strays = [home for home in range(len(layout.drafts)) if home_of(layout, home) == "stray"]
    runs = [Run(stretch, home) for home in strays for stretch in _stretches(layout, home)]
    shares = {(place, at): _share(layout, place, run) for place in heads for at, run in enumerate(runs)}
    for (place, at), share in shares.items():
        rivals = [its for (other, run), its in shares.items() if (other == place) != (run == at)]
        if share >= LEAST_SHARE and share >= CLEARLY * max(rivals, default=0.0):
            odds = math.log(share / (1 - share)) if share < 1 else math.inf
            yield Place(runs[at], place, (), odds, odds)


def _share(layout: Layout, place: int, run: Run) -> float:
    """The share of a head's bigrams that a text has."""
    words = {gram for index in layout.members[place] for gram in bigrams(layout.blocks[index].text)}
    text = {gram for index in run.blocks for gram in bigrams(layout.blocks[index].text)}
    return len(words & text) / len(words) if words else 0.0


def best_of(found: Iterable[Place]) -> list[Place]:
    """Of places whose runs overlap the one that the first weighing likes best, the likeliest of the second first."""
    taken: set[int] = set()
    best = []
    for place in sorted(found, key=lambda place: (-place.first, place.run.blocks[0], place.draft)):
        if place.first < HOPELESS:
            break
        if taken.isdisjoint(place.run.blocks):
            taken.update(place.run.blocks)
            best.append(place)
    return sorted(best, key=likeliest_first)


def likeliest_first(place: Place) -> tuple[float, int, int]:
    """Sorts places by the second weighing, those that are equal as they stand on the page."""
    return (-place.second, place.run.blocks[0], place.draft)


def _stretches(layout: Layout, home: int) -> Iterator[list[int]]:
    """The blocks of a draft that may move: running text in a row with its crossheads, pictures passed over."""
    draft = layout.drafts[home]
    current: list[int] = []
    for index in layout.members[home]:
        block = layout.blocks[index]
        if _may_move(block) or block.role == "crosshead" or index in draft.crossheads:
            current.append(index)
        elif block.role not in SKIPPED:
            if current:
                yield current
            current = []
    if current:
        yield current


def _may_move(block: Block) -> bool:
    """Whether a block is running text that opens no report of its own."""
    return block.role == "body" and not is_lead(block) and block.text[:1] not in BRIEF_MARKS


def _places_in(
    layout: Layout, home: int, stretch: list[int], goals: Sequence[int], weights: Weights
) -> Iterator[Place]:
    """Every run of a stretch that some article says enough for, or that stood beside what is in that article."""
    rivals = [goal for goal in goals if goal != home]
    kind = home_of(layout, home)
    if not rivals:
        return
    for start, first in enumerate(stretch):
        if layout.blocks[first].role != "body":
            continue
        if start and kind == "stray" and not _is_cut(layout, stretch[start - 1], first):
            continue
        if kind == "headed" and not _may_begin(layout, first, home, rivals):
            continue
        for said in _grown(layout, stretch, start, home, MOST_BLOCKS[kind]):
            best = sorted(rivals, key=lambda goal: (-said.totals[goal], goal))[: MOST_GOALS[kind]]
            if kind == "headed" and said.totals[best[0]] - said.at_home < FARTHEST and not said.linked:
                break
            last, end = said.run.blocks[-1], start + len(said.run.blocks)
            if layout.blocks[last].role != "body":
                continue
            if kind == "stray" and end < len(stretch) and not _is_cut(layout, last, stretch[end]):
                continue
            linked = [goal for goal in said.linked if goal in rivals]
            for goal in dict.fromkeys([*best, *linked]):
                speaks = said.totals[goal] > max(LEAST_SAID, said.at_home + LEAST_GAIN)
                if speaks or goal in linked:
                    values = features(layout, said, stretch, goal)
                    odds = (round(log_odds_of(values, its[kind]), 4) for its in (weights.first, weights.second))
                    yield Place(said.run, goal, values, *odds)


def _is_cut(layout: Layout, above: int, below: int) -> bool:
    """Whether a column may have ended between two blocks: text without a head is parted nowhere else."""
    block, links = layout.blocks[below], layout.links
    if below in links.torn_before or below in links.before_elsewhere or above in links.torn_behind:
        return True
    if is_open_end(layout.blocks[above]) or "start_missing" in block.flags:
        return True
    return block.role == "body" and seam_model().begins(block.text) < LOST_START


def _may_begin(layout: Layout, block: int, home: int, rivals: Sequence[int]) -> bool:
    """Whether a run may begin with a block: a column began there, or another article says about as much for it as its home."""
    if block in layout.links.torn_before or block in layout.links.before_elsewhere:
        return True
    says = layout.kinship.toward(block, home)
    return max(says[goal] for goal in rivals) - layout.kinship.alone(block, home) > LEAST_GAIN


def _grown(layout: Layout, stretch: Sequence[int], start: int, home: int, most: int) -> Iterator[Said]:
    """The runs that begin at one block, each a block longer, with what is said for them."""
    kinship, links, blocks = layout.kinship, layout.links, stretch[start : start + most]
    totals = worst = (0.0,) * len(layout.members)
    before = 0.0
    linked: list[int] = []
    for number, (index, at_home) in enumerate(zip(blocks, kinship.at_home(blocks, home), strict=True), 1):
        own, before = at_home - before, at_home
        says = kinship.toward(index, home)
        totals = tuple(map(add, totals, says))
        worst = tuple(map(min, worst, (its - own for its in says)))
        near = (layout.home_of.get(other) for other in links.beside((index,)))
        linked += [place for place in near if place is not None and place != home]
        yield Said(Run(list(blocks[:number]), home, start), totals, worst, at_home, list(linked))
