"""What speaks for a run of blocks belonging to another article: numbers, each with a name.

A run, what the articles of the page say for it, and how it stands enter; the values of `FEATURES` leave. Nothing is decided here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpus_tools.drafts import TEXT_ROLES, is_open_end
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair.drafted import Layout, Run, home_of
from corpus_tools.stages.repair.kinship import OWN

LOST = 6.0
"""Nats that one start or one seam can say: one misread character may cost any number of them."""

FEATURES = (
    "always",
    "over_home",  # what the article says for the run less what the rest of its home says, root of nats
    "over_second",  # the same, less what the best other article says
    "over_page",  # the same, less what it would say if the run were of no article
    "over_home_rate",  # these three once more, in nats for 100 bigrams, over 5
    "over_second_rate",
    "over_page_rate",
    "worst",  # what the least likely block of the run says for the article against home, nats, up to 0
    "best",  # the article says most for it of all
    "least_gain",  # the least of the first three, in nats over 10
    "size",  # log of the run's bigrams over 100
    "short",  # the share of a hundred bigrams that it lacks
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
    "whole_stray",  # its home has no head, and it is all of it
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
    "open_ends",  # how many paragraphs of the page stop in mid-sentence, up to 6
    "lost_starts",  # how many starts of the page are noted as lost, up to 6
    "flagged",  # its start was noted as lost
    "above_over_home",  # what the article says for the paragraph above it at home less what home says, root of nats
    "below_over_home",  # the same of the paragraph below it
    "below_head",  # it stands right below the head or the lead of its home, or below a crosshead
    "smooth_above",  # it begins like a paragraph, below a whole one
    "smooth_below",  # the same of what stands below it
)


@dataclass(frozen=True, slots=True)
class Said:
    """A run, what each draft says for it and for its unlikeliest block against home, what the rest of its home says, and
    the drafts that have what stood beside it in the file."""

    run: Run
    totals: Sequence[float]
    worst: Sequence[float]
    at_home: float
    linked: Sequence[int]


def features(layout: Layout, said: Said, stretch: Sequence[int], goal: int) -> tuple[float, ...]:
    """The values of `FEATURES` for a run of a stretch and an article."""
    run, blocks = said.run, layout.blocks
    end = run.start + len(run.blocks)
    above = stretch[run.start - 1] if run.start else None
    below = stretch[end] if end < len(stretch) else None
    sides = _Sides(layout, run, above, below)
    return (
        1.0,
        *_said_for(layout, said, goal),
        *_beside(layout, run, goal),
        *sides.borders(),
        *_standing(layout, run, below, goal),
        *_room(layout, run, goal),
        float(min(layout.links.n_far, 3)),
        float(min(layout.n_open, 6)),
        float(min(layout.n_lost, 6)),
        float("start_missing" in blocks[run.blocks[0]].flags),
        _over_home(layout, above, run.home, goal),
        _over_home(layout, below, run.home, goal),
        *sides.heads(),
    )


def _said_for(layout: Layout, said: Said, goal: int) -> tuple[float, ...]:
    """What the articles say."""
    run, n = said.run, size_of(layout, said.run)
    unknown = -n * math.log1p(-OWN)
    at_home = said.at_home if layout.kinship.size(run.home) > n else unknown
    says = said.totals[goal]
    second = max((its for place, its in enumerate(said.totals) if place not in (goal, run.home)), default=0.0)
    gains = (says - at_home, says - second, says - unknown)
    return (
        *map(_root, gains),
        *(_rate(gain, n) for gain in gains),
        max(said.worst[goal], -20.0) / 10,
        float(gains[1] >= 0),
        max(-3.0, min(*gains, 30.0) / 10),
        _log_size(n),
        max(0.0, 1 - n / 100),
        math.log(len(run.blocks)),
    )


def size_of(layout: Layout, run: Run) -> int:
    """How many bigrams a run has, at least one."""
    return max(1, sum(layout.kinship.sizes[index] for index in run.blocks))


def _beside(layout: Layout, run: Run, goal: int) -> tuple[float, ...]:
    """Whose is what stood beside the run in the file."""
    links, own = layout.links, set(run.blocks)
    of_goal, of_home, n_others = [0, 0], [0, 0], 0
    for index in run.blocks:
        for side, near in enumerate((links.before, links.behind)):
            other = near.get(index)
            if other is None or other in own or other not in layout.home_of:
                continue
            its = layout.home_of[other]
            of_goal[side] += its == goal
            of_home[side] += its == run.home
            n_others += its not in (goal, run.home)
    torn_above, torn_below = links.torn_before.get(run.blocks[0]), links.torn_behind.get(run.blocks[-1])
    return (
        *(float(min(n, 2)) for n in (*of_goal, n_others, *of_home)),
        float(torn_above is not None),
        float(torn_below is not None),
        float(torn_above is not None and torn_above == torn_below),
        float(sum("joined" in layout.blocks[index].flags for index in run.blocks)),
    )


class _Sides:
    """The paragraphs above and below a run at home, and how it begins and ends."""

    def __init__(self, layout: Layout, run: Run, above: int | None, below: int | None) -> None:
        blocks, links, first = layout.blocks, layout.links, run.blocks[0]
        self.above = None if above is None else blocks[above]
        self.below = None if below is None else blocks[below]
        self.begins = seam_model().begins(blocks[first].text)
        self.below_begins = 0.0 if self.below is None else seam_model().begins(self.below.text)
        self.is_joined = first in links.before and links.before[first] != above
        self.is_open = is_open_end(blocks[run.blocks[-1]])
        self.above_is_open = self.above is not None and is_open_end(self.above)
        self.has_head = home_of(layout, run.home) == "headed"

    def borders(self) -> tuple[float, ...]:
        """How far starts and ends are cut off."""
        return (
            0.0 if self.is_joined else _lost(self.begins),
            float(self.is_open),
            float(self.above_is_open),
            _lost(self.below_begins),
        )

    def heads(self) -> tuple[float, ...]:
        """Whether it stands below a head, and between whole paragraphs."""
        return (
            float(self.has_head if self.above is None else self.above.role != "body"),
            float(self.above is not None and not self.above_is_open and self.begins > 0),
            float(not self.is_open and self.below_begins > 0),
        )


def _standing(layout: Layout, run: Run, below: int | None, goal: int) -> tuple[float, ...]:
    """Where the run stands in its home, and its home on the page."""
    members, own = layout.members[run.home], set(run.blocks)
    takes_all = not any(layout.blocks[index].role == "body" for index in members if index not in own)
    is_stray = home_of(layout, run.home) == "stray"
    return (
        float(takes_all and is_stray),
        float(below is None),
        float(takes_all and not is_stray),
        float(below is None and goal == run.home + 1),
        float(abs(goal - run.home) == 1),
        float(not any(layout.blocks[index].role in TEXT_ROLES for index in layout.members[goal])),
        _log_size(layout.kinship.size(goal)),
        _log_size(max(layout.kinship.size(run.home) - size_of(layout, run), 0)),
    )


def _room(layout: Layout, run: Run, goal: int) -> tuple[float, float]:
    """Whether the article has an open end for a run that begins in mid-sentence, and how well the two meet."""
    model, first = seam_model(), layout.blocks[run.blocks[0]].text
    if model.begins(first) >= 0:
        return 0.0, 0.0
    ends = [layout.blocks[index].text for index in layout.members[goal] if is_open_end(layout.blocks[index])]
    alone = model.alone(first)
    meets = (model.crossing(end, first) - alone + model.standing(end, first) for end in ends)
    return float(bool(ends)), max(0.0, min(LOST, max(meets, default=0.0)))


def _lost(begins: float) -> float:
    return max(0.0, min(LOST, -begins))


def _over_home(layout: Layout, block: int | None, home: int, goal: int) -> float:
    """What an article says for a block beside a run less what its home says, root of nats."""
    if block is None:
        return 0.0
    own = layout.kinship.alone(block, home)
    return max(-5.0, min(5.0, _root(layout.kinship.toward(block, home)[goal] - own)))


def _root(nats: float) -> float:
    return math.copysign(math.sqrt(abs(nats)), nats)


def _rate(nats: float, n: int) -> float:
    """For 100 bigrams, over 5; less for a short run."""
    return max(-2.0, min(2.0, 20 * nats / (n + 100)))


def _log_size(n: int) -> float:
    return math.log(n / 100 + 0.05)
