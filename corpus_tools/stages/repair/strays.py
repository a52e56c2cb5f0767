"""Pieces of a page that may stand in the wrong article, and how likely each belongs to another one.

Blocks with torn paragraphs joined enter; runs leave: blocks in a row without a head of their own, behind a place where a
column may have ended (an open end, a start in mid-sentence, the seam of a joined paragraph). Cohesion says which articles a
run is like; the weights of that and of the run's own look are in `data/move_weights.tsv`, fitted on damaged pages by
`scripts/fit_move_weights`. Nothing is moved here: `order.py` chooses.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from corpus_tools.cohesion import Cohesion
from corpus_tools.model import Block
from corpus_tools.outline import OUTSIDE_ROLES, Draft, draft_articles, is_lead, is_open_end
from corpus_tools.seam_model import seam_model
from corpus_tools.weights import log_odds_of, probability_of, weights_by_name
from corpus_tools.stages.repair.pairing import MOST_BETWEEN, SKIPPED

MOST_ARTICLES = 200
"""Drafts on a page above which nothing moves: no printed page has so many, and every piece is compared with every draft."""

LOST_START = -0.5
"""`opening - alone` (nats) of a paragraph that may begin in mid-sentence, on a page whose halves stood far apart. With -2 a
tenth of the displaced columns is lost sight of; with every paragraph looked at, twice as many rows bring no more than this
at the same precision."""

LOST_START_OF_STRAY = -4.0
"""The same on other pages, and inside a piece that is astray as a whole: it had better be moved in one."""

LEAST_LIKENESS = 0.01
"""Added to a cohesion before its logarithm is taken: the cohesion of two texts that have next to nothing in common."""

ENDING_ROLES = frozenset({"byline", "jump"})
"""What stands behind an article's last paragraph and belongs to it."""

FEATURES = (
    "always",
    "like",  # log of the cohesion with the article
    "over_second",  # the same, less that of the next best article
    "under_second",  # where it is not the best
    "over_home",  # the same, less that of the article it stands in
    "over_home_headed",  # again, where that article has a head
    "size",  # log of the run's characters over 100
    "size_over_second",  # both together
    "lost",  # -(opening - alone) of its first paragraph, nats from 0 to 6
    "open_above",  # an open end stands above it
    "stray",  # the article it stands in has no head
    "far_joins",  # joined halves of the page that stood far apart, up to 3
    "behind",  # it stands behind the second half of a paragraph of that article
    "behind_over_best",  # again, the cohesion less that of the best other article
    "no_text",  # the article has no text of its own
    "article_size",  # log of the article's characters over 100
)


@dataclass(slots=True)
class Run:
    """Blocks in a row that have no head of their own, and the draft they stand in.

    `behind` is the block whose last half stands directly before them in the file, None where that is the block above.
    """

    blocks: list[int]
    home: int
    behind: int | None = None


@dataclass(slots=True)
class Layout:
    """A page's drafts and the runs that may be astray; `texts` of the drafts, without what is in doubt, and
    how many characters they have before anything is moved."""

    blocks: Sequence[Block]
    drafts: Sequence[Draft]
    runs: list[Run]
    cohesion: Cohesion
    texts: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    n_far: int = 0
    compared: dict[tuple[int, int, int, int], float] = field(default_factory=dict)

    def text(self, indices: Sequence[int]) -> str:
        """The text of blocks, a line each."""
        return "\n".join(self.blocks[index].text for index in indices)

    def likeness(self, run: Run, draft: int) -> float:
        """The cohesion of a run with the settled text of a draft; remembered, for texts only grow."""
        its = self.texts[draft]
        key = (run.blocks[0], len(run.blocks), draft, len(its))
        if key not in self.compared:
            self.compared[key] = self.cohesion.similarity(self.text(run.blocks), its)
        return self.compared[key]

    def draft_of(self, block: int) -> int:
        """The draft that a block is in."""
        return next(place for place, draft in enumerate(self.drafts) if block in draft.blocks)


@dataclass(frozen=True, slots=True)
class Place:
    """An article that a run may belong to: its draft, the probability (0-1, 4 places), and the cohesion."""

    draft: int
    probability: float
    cohesion: float


@cache
def move_weights(path: Path | None = None) -> tuple[float, ...]:
    """The weight of each of `FEATURES`, in nats; the shipped ones where no path is given."""
    named = weights_by_name("move_weights.tsv", path)
    return tuple(named[name,] for name in FEATURES)


def layout_of(blocks: Sequence[Block]) -> Layout | None:
    """The page's drafts and runs; None where nothing can be astray, or the page is none that was printed."""
    followers = _followers(blocks)
    if not followers and not any(map(is_open_end, blocks)) and not _has_stray_start(blocks):
        return None
    drafts = draft_articles(blocks)
    if len(drafts) > MOST_ARTICLES:
        return None
    runs = _runs(blocks, drafts, followers)
    if not runs:
        return None
    layout = Layout(blocks, drafts, runs, Cohesion(block.text for block in blocks if block.role not in OUTSIDE_ROLES))
    in_doubt = {index for run in runs for index in run.blocks}
    layout.texts = [layout.text([index for index in draft.blocks if index not in in_doubt]) for draft in drafts]
    layout.sizes = [len(text) for text in layout.texts]
    layout.n_far = len(followers)
    return layout


def _has_stray_start(blocks: Sequence[Block]) -> bool:
    """Whether the page begins with text that no head opens, or has text behind what ends an article."""
    flow = [block for block in blocks if block.role not in SKIPPED]
    if flow and flow[0].role == "body" and not is_lead(flow[0]):
        return True
    return any(
        above.role in ("jump", "byline") and block.role == "body" and not is_lead(block)
        for above, block in pairwise(flow)
    )


def _followers(blocks: Sequence[Block]) -> dict[int, int]:
    """`{block: the block whose last half stands directly before it in the file}`, where that is not right above it now."""
    if not any("joined" in block.flags for block in blocks):
        return {}
    flow = [index for index, block in enumerate(blocks) if block.role not in SKIPPED]
    place = {index: at for at, index in enumerate(flow)}
    pieces = sorted((span.start, index, number) for index in flow for number, span in enumerate(blocks[index].spans))
    found: dict[int, int] = {}
    for (_, index, number), (_, following, first) in pairwise(pieces):
        is_last = number == len(blocks[index].spans) - 1
        if not is_last or first or place[following] == place[index] + 1:
            continue
        if "joined" in blocks[index].flags and blocks[following].role == "body" and not is_lead(blocks[following]):
            found[following] = index
    return found


def _runs(blocks: Sequence[Block], drafts: Sequence[Draft], followers: Mapping[int, int]) -> list[Run]:
    """Stray drafts, and what stands in other drafts behind a place where a column may have ended."""
    runs: list[Run] = []
    torn = set(followers.values())  # what stands below a joined paragraph now stood between its halves
    for home, draft in enumerate(drafts):
        current = Run([], home) if draft.opened_by == "stray" else None
        for place, index in enumerate(draft.blocks):
            above = draft.blocks[place - 1] if place else None
            least = LOST_START if followers and draft.opened_by != "stray" else LOST_START_OF_STRAY
            if index in followers or (above is not None and _may_end(blocks, above, index, torn, least)):
                if current is not None and current.blocks:
                    runs.append(current)
                joined = followers.get(index)
                # A caption or a brief between two halves parts an article from itself: it had better stand there.
                is_near = joined in draft.blocks and 0 <= index - joined - 1 <= MOST_BETWEEN
                current = None if is_near else Run([], home, joined)
            if current is not None:
                current.blocks.append(index)
        if current is not None and current.blocks:
            runs.append(current)
    return runs


def _may_end(blocks: Sequence[Block], above: int, index: int, torn: set[int], lost_start: float) -> bool:
    """Whether a column may end between two blocks of a draft that stand one below the other."""
    if blocks[index].role != "body" or is_lead(blocks[index]):
        return False
    if is_open_end(blocks[above]) or above in torn or "start_missing" in blocks[index].flags:
        return True
    return blocks[above].role == "body" and seam_model().begins(blocks[index].text) < lost_start


def places_of(layout: Layout, run: Run, weights: Sequence[float]) -> list[Place]:
    """The articles that a run may belong to and does not stand in, the likeliest first."""
    likeness = likeness_of(layout, run)
    found = []
    for draft, cohesion in likeness.items():
        if draft == run.home or layout.drafts[draft].opened_by not in ("head", "lead", "jump"):
            continue
        values = features(layout, run, draft, likeness)
        found.append(Place(draft, probability_of(log_odds_of(values, weights)), cohesion))
    return sorted(found, key=lambda place: (-place.probability, place.draft))


def likeness_of(layout: Layout, run: Run) -> dict[int, float]:
    """The cohesion of a run with the settled text of each draft; its own where that has some."""
    return {
        place: layout.likeness(run, place)
        for place, its in enumerate(layout.texts)
        if its and (place != run.home or layout.drafts[place].opened_by != "stray")
    }


def features(layout: Layout, run: Run, draft: int, likeness: Mapping[int, float]) -> tuple[float, ...]:
    """The values of `FEATURES` for a run and an article; `likeness` as `likeness_of` gives it."""
    blocks, first = layout.blocks, run.blocks[0]
    like = _log_of(likeness[draft])
    second = _log_of(max((its for place, its in likeness.items() if place not in (draft, run.home)), default=0.0))
    home = _log_of(likeness.get(run.home, 0.0))
    is_behind = run.behind is not None and layout.draft_of(run.behind) == draft
    size = _log_size(sum(len(blocks[index].text) for index in run.blocks))
    stray = layout.drafts[run.home].opened_by == "stray"
    above = layout.drafts[run.home].blocks
    at = above.index(first)
    return (
        1.0,
        like,
        like - second,
        min(like - second, 0.0),
        like - home,
        0.0 if stray else like - home,
        size,
        size * (like - second),
        max(0.0, min(6.0, -seam_model().begins(blocks[first].text))),
        float(at > 0 and is_open_end(blocks[above[at - 1]])),
        float(stray),
        float(min(layout.n_far, 3)),
        float(is_behind),
        (like - max(second, home)) if is_behind else 0.0,
        float(not layout.drafts[draft].has_text),
        _log_size(layout.sizes[draft]),
    )


def cut_to(layout: Layout, run: Run, draft: int) -> Run:
    """The part of a run, from its first block, that goes with an article: a displaced column ends before the article it
    stands in goes on. Cut where the paragraphs so far cohere most with the one, against the other."""
    is_stray = layout.drafts[run.home].opened_by == "stray"
    if draft == run.home or (is_stray and run.behind is None):
        return run
    others = [
        its for place, its in enumerate(layout.texts) if its and (place == run.home or (is_stray and place != draft))
    ]
    best, kept, total = 0.0, 1, 0.0
    for number, index in enumerate(run.blocks):
        text = layout.blocks[index].text
        other = max((layout.cohesion.similarity(text, its) for its in others), default=0.0)
        total += layout.cohesion.similarity(text, layout.texts[draft]) - other
        if total > best:
            best, kept = total, number + 1
    while kept < len(run.blocks) and layout.blocks[run.blocks[kept]].role in ENDING_ROLES:
        kept += 1  # who wrote a text goes with it
    return Run(run.blocks[:kept], run.home, run.behind)


def _log_of(cohesion: float) -> float:
    return math.log(cohesion + LEAST_LIKENESS)


def _log_size(n_characters: int) -> float:
    return math.log(n_characters / 100 + 0.05)
