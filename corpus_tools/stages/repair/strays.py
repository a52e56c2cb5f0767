"""Pieces of a page that may stand in the wrong article, and how likely each belongs to another one.

Blocks with torn paragraphs joined enter; runs leave: blocks of one draft in a row, and the article that each may belong to.
What articles say for a run (`kinship.py`), what stood before and behind it in the file, and what the borders look like that
it would leave are its features; their weights are in `data/move_weights.tsv`, fitted on damaged pages by
`scripts/fit_move_weights`. Nothing is moved here: `order.py` chooses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from corpus_tools.model import Block
from corpus_tools.outline import BRIEF_MARKS, Draft, draft_articles, is_lead, is_open_end
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair.kinship import OWN, Kinship
from corpus_tools.stages.repair.pairing import SKIPPED
from corpus_tools.weights import log_odds_of, probability_of, weights_by_name

Home = Literal["headed", "stray"]
HOMES: tuple[Home, ...] = ("headed", "stray")
"""What a run stands in: an article with a head, a lead or a jump line, or text that no head opens."""

MOST_ARTICLES = 200
"""Drafts on a page above which nothing moves: no printed page has so many, and every piece is compared with every draft."""

MOST_BLOCKS = 10
"""Blocks of a run: of the displaced columns of training pages 99 % have no more."""

LEAST_GAIN = -2.0
"""Nats by which the first and the last block of a run may be likelier at home, unless a border of columns is seen there."""

HOPELESS = -4.0
"""Log-odds of the first weighing of a run that the second never found likely."""

ENDING_ROLES = frozenset({"byline", "jump"})
"""What stands behind an article's last paragraph and belongs to it."""

FEATURES = (
    "always",
    "over_home",  # what the article says for the run less what the rest of its home says, root of nats
    "over_second",  # the same, less what the best other article says
    "over_page",  # the same, less what it would say if the run were of no article
    "over_home_rate",  # the first three once more, in nats for 100 bigrams
    "over_second_rate",
    "over_page_rate",
    "worst",  # what the least likely block of the run says for the article against home, nats, up to 0
    "size",  # log of the run's bigrams over 100
    "n_blocks",  # log
    "follows",  # directly before it in the file stands the end of what is in the article
    "leads",  # directly behind it in the file stands what is in the article
    "follows_other",  # the same of articles that are neither that nor its home
    "follows_home",  # it stands where its home has it, before and behind it
    "leads_home",
    "torn_above",  # before it in the file stands half of a paragraph that goes on elsewhere
    "torn_below",
    "between_halves",  # both, and the halves are of one paragraph of its home
    "joined_home",  # halves of joined paragraphs in the run that stand in the file beside what is at home
    "lost",  # -(opening - alone) of its first paragraph, where it is not joined: nats from 0 to 6
    "open",  # its last paragraph stops in mid-sentence
    "open_above",  # the paragraph above it stops in mid-sentence
    "lost_below",  # as `lost`, of the paragraph below it at home
    "stray",  # its home has no head
    "whole_stray",  # and it is all of it
    "tail",  # it ends its home
    "takes_all",  # it would leave its home's head without text
    "next",  # it ends its home, and the article is the next one on the page
    "near",  # the article is the one above or below
    "no_text",  # the article has no text of its own
    "article_size",  # log of the article's bigrams over 100
    "home_size",  # log of the bigrams of the rest of its home over 100
    "room",  # an end of a paragraph of the article is open, as far as the run's start is lost
    "meets",  # how well it goes on from that open end, nats
    "disorder",  # joined halves of the page that stood far apart, up to 3
    "flagged",  # its start was noted as lost
    "above_over_home",  # what the article says for the paragraph above it at home less what home says, root of nats
    "below_over_home",  # the same of the paragraph below it
    "best",  # the article says most for it of all
    "below_head",  # it stands right below the head of its home, or below a crosshead
    "smooth_above",  # it begins like a paragraph, below a whole one
    "smooth_below",  # the same of what stands below it
    "short",  # how many bigrams it lacks to a hundred
    "llr",  # the least of the first three, in nats over 10
)


@dataclass(slots=True)
class Run:
    """Blocks of one draft in a row, which stand at `start` of its members."""

    blocks: list[int]
    home: int
    start: int = 0


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


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of `FEATURES` for each kind of home, in nats: of all runs, by which the best of those that overlap is
    found, and of the best ones."""

    first: Mapping[Home, tuple[float, ...]]
    second: Mapping[Home, tuple[float, ...]]


@dataclass(slots=True)
class Links:
    """What stood beside each block in the file: `before` and `behind` where two whole columns' lines meet, and the block
    whose halves were torn apart there (`torn_before`, `torn_behind`)."""

    before: dict[int, int] = field(default_factory=dict)
    behind: dict[int, int] = field(default_factory=dict)
    torn_before: dict[int, int] = field(default_factory=dict)
    torn_behind: dict[int, int] = field(default_factory=dict)
    n_far: int = 0

    def beside(self, run: Sequence[int]) -> list[int]:
        """What stood right before or behind one of these blocks."""
        return [near[index] for index in run for near in (self.before, self.behind) if index in near]


@dataclass(slots=True)
class Layout:
    """A page's drafts and which blocks each has; `members` change as runs find their place."""

    blocks: Sequence[Block]
    drafts: Sequence[Draft]
    members: list[list[int]]
    links: Links
    kinship: Kinship
    home_of: dict[int, int]


@cache
def move_weights(path: Path | None = None) -> Weights:
    """The weights of a file; the shipped ones where no path is given."""
    named = weights_by_name("move_weights.tsv", path)
    return Weights(
        {home: tuple(named["first", home, name] for name in FEATURES) for home in HOMES},
        {home: tuple(named["second", home, name] for name in FEATURES) for home in HOMES},
    )


def layout_of(blocks: Sequence[Block]) -> Layout | None:
    """The page's drafts; None where nothing can be astray, or the page is none that was printed."""
    links = links_of(blocks)
    if not links.n_far and not any(map(is_open_end, blocks)) and not _has_stray_start(blocks):
        return None
    drafts = draft_articles(blocks)
    if not 1 < len(drafts) <= MOST_ARTICLES:
        return None
    return with_members(blocks, drafts, [list(draft.blocks) for draft in drafts], links)


def with_members(blocks: Sequence[Block], drafts: Sequence[Draft], members: list[list[int]], links: Links) -> Layout:
    """The layout of drafts that have these blocks."""
    home_of = {index: place for place, its in enumerate(members) for index in its}
    return Layout(blocks, drafts, members, links, Kinship(blocks, members), home_of)


def _has_stray_start(blocks: Sequence[Block]) -> bool:
    """Whether the page begins with text that no head opens, or has text behind what ends an article."""
    flow = [block for block in blocks if block.role not in SKIPPED]
    if flow and flow[0].role == "body" and not is_lead(flow[0]):
        return True
    return any(
        above.role in ("jump", "byline") and block.role == "body" and not is_lead(block)
        for above, block in pairwise(flow)
    )


def links_of(blocks: Sequence[Block]) -> Links:
    """What stood beside each block in the file, pictures and furniture passed over; nothing over heads, bylines and jumps."""
    flow = [index for index, block in enumerate(blocks) if block.role not in SKIPPED]
    links = Links()
    pieces: list[tuple[int, int, bool, bool]] = []  # where it starts, its block, whether it begins it, ends it
    for index in flow:
        spans, joined = blocks[index].spans, "joined" in blocks[index].flags
        if not joined:
            pieces.append((spans[0].start, index, True, True))
            continue
        last = len(spans) - 1
        pieces += [(span.start, index, number == 0, number == last) for number, span in enumerate(spans)]
    pieces.sort()
    place = {index: at for at, index in enumerate(flow)}
    for (_, above, _, ends), (_, below, begins, _) in pairwise(pieces):
        if above == below:
            continue
        if blocks[below].role != "body" or blocks[above].role != "body":
            continue
        if ends and begins:
            links.behind[above], links.before[below] = below, above
            links.n_far += place[below] != place[above] + 1
        elif begins:
            links.torn_before[below] = above
        elif ends:
            links.torn_behind[above] = below
    return links


# --- Runs ---


def places(layout: Layout, weights: Weights) -> Iterator[Place]:
    """Every run of the page that may be astray, with the articles it may belong to."""
    homes = [place for place, its in enumerate(layout.members) if its and layout.drafts[place].opened_by != "photo"]
    goals = [place for place, draft in enumerate(layout.drafts) if draft.opened_by in ("head", "lead", "jump")]
    if not goals:
        return
    for home in homes:
        for stretch in _stretches(layout, home):
            yield from _places_in(layout, home, stretch, goals, weights)


def home_of(layout: Layout, home: int) -> Home:
    """What kind of home a draft is."""
    return "stray" if layout.drafts[home].opened_by == "stray" else "headed"


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
    kinship, links = layout.kinship, layout.links
    for start, first in enumerate(stretch):
        if layout.blocks[first].role != "body":
            continue
        run: list[int] = []
        totals = [0.0] * len(layout.members)
        least = [0.0] * len(layout.members)
        before = 0.0
        linked: list[int] = []
        most = len(stretch) if layout.drafts[home].opened_by == "stray" else start + MOST_BLOCKS
        for index, at_home in zip(stretch[start:most], kinship.at_home(stretch[start:most], home), strict=True):
            run.append(index)
            own, before = at_home - before, at_home
            says = kinship.toward(index, home)
            totals = [total + its for total, its in zip(totals, says, strict=True)]
            least = [min(so_far, its - own) for so_far, its in zip(least, says, strict=True)]
            linked += [
                layout.home_of[near[index]]
                for near in (links.before, links.behind)
                if index in near and near[index] in layout.home_of
            ]
            if layout.blocks[index].role != "body":
                continue
            rivals = [goal for goal in goals if goal != home]
            if not rivals:
                return
            best = max(rivals, key=lambda goal: (totals[goal], -goal))
            chosen = dict.fromkeys([best, *(goal for goal in linked if goal != home and goal in rivals)])
            if layout.drafts[home].opened_by == "stray":
                chosen |= dict.fromkeys(sorted(rivals, key=lambda goal: (-totals[goal], goal))[:3])
            for goal in chosen:
                if totals[goal] + 2 < at_home and goal not in linked:
                    continue
                found = Run(list(run), home, start)
                values = features(layout, found, stretch, goal, totals, at_home, least[goal])
                kind = home_of(layout, home)
                first_odds = log_odds_of(values, weights.first[kind])
                yield Place(found, goal, values, first_odds, log_odds_of(values, weights.second[kind]))


def features(
    layout: Layout,
    run: Run,
    stretch: Sequence[int],
    goal: int,
    totals: Sequence[float],
    at_home: float,
    worst: float,
) -> tuple[float, ...]:
    """The values of `FEATURES` for a run and an article."""
    blocks, links, kinship, drafts = layout.blocks, layout.links, layout.kinship, layout.drafts
    first, last, home = run.blocks[0], run.blocks[-1], run.home
    own = set(run.blocks)
    n = max(1, sum(kinship.sizes[index] for index in run.blocks))
    members = layout.members[home]
    stray = drafts[home].opened_by == "stray"
    rest = kinship.size(home) - n
    floor = -n * math.log1p(-OWN)
    says = totals[goal]
    second = max((its for place, its in enumerate(totals) if place not in (goal, home)), default=0.0)
    if rest <= 0:
        at_home = floor
    over_home, over_second, over_page = says - at_home, says - second, says - floor
    end = run.start + len(run.blocks)
    above = stretch[run.start - 1] if run.start else None
    below = stretch[end] if end < len(stretch) else None
    links_to = [0, 0, 0, 0, 0, 0]  # follows, leads, the article; another; its home
    for index in run.blocks:
        for number, near in enumerate((links.before, links.behind)):
            other = near.get(index)
            if other is None or other in own or other not in layout.home_of:
                continue
            its = layout.home_of[other]
            links_to[number + (0 if its == goal else 4 if its == home else 2)] += 1
    torn_above, torn_below = links.torn_before.get(first), links.torn_behind.get(last)
    model = seam_model()
    is_joined = first in links.before and links.before[first] != above
    begins = -model.begins(blocks[first].text)
    lost = max(0.0, min(6.0, begins))
    texts = [index for index in members if index not in own and blocks[index].role == "body"]
    meets = 0.0
    room = 0.0
    if begins > 0:
        for index in layout.members[goal]:
            if is_open_end(blocks[index]):
                pull = model.crossing(blocks[index].text, blocks[first].text) - model.alone(blocks[first].text)
                meets = max(meets, min(6.0, pull + model.standing(blocks[index].text, blocks[first].text)))
                room = 1.0
    is_tail = below is None
    return (
        1.0,
        _root(over_home),
        _root(over_second),
        _root(over_page),
        _rate(over_home, n),
        _rate(over_second, n),
        _rate(over_page, n),
        max(worst, -20.0) / 10,
        math.log(n / 100 + 0.05),
        math.log(len(run.blocks)),
        float(min(links_to[0], 2)),
        float(min(links_to[1], 2)),
        float(min(links_to[2] + links_to[3], 2)),
        float(min(links_to[4], 2)),
        float(min(links_to[5], 2)),
        float(torn_above is not None),
        float(torn_below is not None),
        float(torn_above is not None and torn_above == torn_below),
        float(sum(1 for index in run.blocks if "joined" in blocks[index].flags)),
        0.0 if is_joined else lost,
        float(is_open_end(blocks[last])),
        float(above is not None and is_open_end(blocks[above])),
        max(0.0, min(6.0, -model.begins(blocks[below].text))) if below is not None else 0.0,
        float(stray),
        float(stray and not texts),
        float(is_tail),
        float(not stray and not texts),
        float(is_tail and goal == home + 1),
        float(abs(goal - home) == 1),
        float(not drafts[goal].has_text),
        _log_size(kinship.size(goal)),
        _log_size(max(rest, 0)),
        room,
        meets,
        float(min(links.n_far, 3)),
        float("start_missing" in blocks[first].flags),
        _over_home(layout, above, home, goal),
        _over_home(layout, below, home, goal),
        float(over_second >= 0),
        float((above is None and not stray) or (above is not None and blocks[above].role != "body")),
        float(above is not None and not is_open_end(blocks[above]) and begins < 0),
        float(below is not None and not is_open_end(blocks[last]) and model.begins(blocks[below].text) > 0),
        max(0.0, 1 - n / 100),
        max(-3.0, min(over_home, over_second, over_page, 30.0) / 10),
    )


def _over_home(layout: Layout, block: int | None, home: int, goal: int) -> float:
    if block is None:
        return 0.0
    (own,) = layout.kinship.at_home([block], home)
    return max(-5.0, min(5.0, _root(layout.kinship.toward(block, home)[goal] - own)))


def _root(nats: float) -> float:
    return math.copysign(math.sqrt(abs(nats)), nats)


def _rate(nats: float, n: int) -> float:
    return max(-10.0, min(10.0, 100 * nats / (n + 100))) / 5


def _log_size(n: int) -> float:
    return math.log(n / 100 + 0.05)


def with_ending(layout: Layout, run: Run) -> list[int]:
    """The blocks of a run, and the byline or jump line right behind it: who wrote a text goes with it."""
    members = layout.members[run.home]
    end = members.index(run.blocks[-1]) + 1
    kept = end
    while kept < len(members) and layout.blocks[members[kept]].role in ENDING_ROLES:
        kept += 1
    return [*run.blocks, *members[end:kept]]
