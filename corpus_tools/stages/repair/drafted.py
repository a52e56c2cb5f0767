"""A page as its drafts have it: which blocks each has, what stood beside each block in the file, what the drafts say for it.

Blocks with torn paragraphs joined enter; a layout leaves, where anything on the page may be astray. `strays.py` looks for
the runs that are, `order.py` moves them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from corpus_tools.drafts import Draft, is_lead, is_open_end
from corpus_tools.model import Block
from corpus_tools.outline import draft_articles
from corpus_tools.stages.repair.kinship import Kinship
from corpus_tools.stages.repair.pairing import SKIPPED

Home = Literal["headed", "stray"]
HOMES: tuple[Home, ...] = ("headed", "stray")
"""What a run stands in: an article with a head, a lead or a jump line, or text that no head opens."""

MOST_ARTICLES = 200
"""Drafts on a page above which nothing moves: no printed page has so many, and every piece is compared with every draft."""

ENDING_ROLES = frozenset({"byline", "jump"})
"""What stands behind an article's last paragraph and belongs to it."""


@dataclass(slots=True)
class Run:
    """Blocks of one draft in a row, which stand at `start` of its members."""

    blocks: list[int]
    home: int
    start: int = 0


@dataclass(slots=True)
class Links:
    """What stood beside each block in the file: `before` and `behind` where two whole columns' lines meet, and the block
    whose halves were torn apart there (`torn_before`, `torn_behind`)."""

    before: dict[int, int] = field(default_factory=dict)
    behind: dict[int, int] = field(default_factory=dict)
    torn_before: dict[int, int] = field(default_factory=dict)
    torn_behind: dict[int, int] = field(default_factory=dict)
    before_elsewhere: set[int] = field(default_factory=set)
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
    n_open: int = 0
    n_lost: int = 0


def layout_of(blocks: Sequence[Block]) -> Layout | None:
    """The page's drafts; None where nothing can be astray, or the page is none that was printed."""
    links = links_of(blocks)
    if not links.n_far and not any(map(is_open_end, blocks)) and not _has_stray_start(blocks):
        return None
    drafts = draft_articles(blocks)
    if len(drafts) > MOST_ARTICLES:
        return None
    members = [list(draft.blocks) for draft in drafts]
    n_open, n_lost = sum(map(is_open_end, blocks)), sum("start_missing" in block.flags for block in blocks)
    return Layout(blocks, drafts, members, links, Kinship(blocks, members), _homes(members), n_open, n_lost)


def settle(layout: Layout) -> None:
    """Make what the layout knows follow its `members`, after runs have found their place."""
    layout.home_of = _homes(layout.members)
    layout.kinship.deal(layout.members)


def _homes(members: Sequence[Sequence[int]]) -> dict[int, int]:
    """The draft that each block is in."""
    return {index: place for place, its in enumerate(members) for index in its}


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
            if place[below] != place[above] + 1:
                links.n_far += 1
                links.before_elsewhere.add(below)
        elif begins:
            links.torn_before[below] = above
        elif ends:
            links.torn_behind[above] = below
    return links


def home_of(layout: Layout, home: int) -> Home:
    """What kind of home a draft is."""
    return "stray" if layout.drafts[home].opened_by == "stray" else "headed"


def with_ending(layout: Layout, run: Run) -> list[int]:
    """The blocks of a run, and the byline or jump line right behind it: who wrote a text goes with it."""
    members = layout.members[run.home]
    end = members.index(run.blocks[-1]) + 1
    kept = end
    while kept < len(members) and layout.blocks[members[kept]].role in ENDING_ROLES:
        kept += 1
    return [*run.blocks, *members[end:kept]]
