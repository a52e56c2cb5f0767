"""Halves of paragraphs that a column or a page tore apart, joined where they belong together.

Blocks enter, joins leave, each with its probability and evidence. Every open end of the page is weighed against the starts
that may go on from it (`pairing.py`, `pair_scores.py`), and the pairs of the page are chosen together (`assignment.py`), so
that the first open end does not take the half of the second. A half whose partner is in doubt stays alone and is flagged.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from corpus_tools.assignment import best_pairs
from corpus_tools.characters import BULLETS
from corpus_tools.drafts import is_backward_jump, is_lead, is_open_end, stops_short
from corpus_tools.model import Block, Decision, Join, Page, Retag
from corpus_tools.options import Mode, Options
from corpus_tools.roles import is_remark, may_be_heading
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair.pair_scores import Kind, Scored, pair_weights, scored, weighed
from corpus_tools.stages.repair.pairing import SKIPPED, Pairing

NEXT_TEXTS = 4
NEXT_BLOCKS = 12
"""How many of the next paragraphs, and of the next blocks of any kind, an open end looks at, whatever they begin with."""

MOST_FAR = 60
"""Starts that stand apart and are looked at for one open end, the nearest ones: linear however long a page is."""

LOST_START = 0.5
"""`opening - alone` in nats: what goes on from afar begins no more like a paragraph than that."""

LONGEST_CROSSHEAD = 30
CROSSHEAD_ABOVE = 0.0
"""Characters of a crosshead; `opening - alone` (nats) of what surely begins like a paragraph below one."""

LEAST_PULL = -2.0
"""Nats by which the words at a seam may speak against two halves that stand apart: below that no pair was ever likely."""

LEAST_PULL_NEAR = -4.5
"""The same where only a few paragraphs stand between."""

SURE = 3.5
"""Log-odds of the first weighing above which an open end is not compared with starts that stand apart."""

LEAST_GAIN = 0.001
"""What a pair gains that is just likely enough: more than staying alone."""

THRESHOLDS: Mapping[Mode, Mapping[Kind, float]] = {
    "safe": {"near": 0.9, "far": 0.95, "head": 0.97},
    "standard": {"near": 0.6, "far": 0.6, "head": 0.85},
    "eager": {"near": 0.35, "far": 0.4, "head": 0.6},
}
"""Probability that two halves must have to be joined. On 240 made pages of training text, none displaced and a quarter
displaced: precision .99 and .99, recall .72 and .57 (safe); .96 and .94, .87 and .71 (standard); .94 and .90, .91 and .75."""


def join_breaks(page: Page, options: Options) -> Iterator[Decision]:
    """A paragraph that stops in mid-sentence is joined with the block that goes on from it, wherever that stands.

    Not joined: what begins with a lead (本报讯), what a jump line (下转, 上接) says goes on or began elsewhere, lists, poems and
    tables. A half that looked like a heading becomes body.
    """
    for pair in find_pairs(page.blocks, options.mode):
        for half in (pair.left, pair.right):
            if page.blocks[half].role == "heading":
                yield Retag(half, "body", "half of a sentence")
        reason = f"stops in mid-sentence; {_place(pair.left, pair.right)}; {pair.evidence}"
        yield Join(pair.left, pair.right, "break", reason, pair.probability)


def _place(left: int, right: int) -> str:
    if right == left + 1:
        return "the next block"
    return f"{right - left - 1} blocks between" if right > left else f"{left - right} blocks above"


def find_pairs(blocks: Sequence[Block], mode: Mode = "standard") -> list[Scored]:
    """The pairs of halves on a page, chosen together, each likely enough, in the order of their first halves."""
    opens = [index for index in range(len(blocks)) if may_go_on(blocks, index)]
    if not opens:
        return []
    weights, needed = pair_weights(), THRESHOLDS[mode]
    pairing = Pairing(blocks, seam_model())
    starts = starts_of(blocks)
    near = dict.fromkeys(near_pairs(blocks, opens, starts, pairing))
    candidates = weighed(blocks, pairing, near, weights)
    sure = {each.left for each in candidates if each.first > SURE}
    unsure = [index for index in opens if index not in sure]
    candidates += weighed(blocks, pairing, far_pairs(blocks, unsure, starts, pairing, near), weights)
    pairs = {(pair.left, pair.right): pair for pair in scored(candidates, pairing, weights, needed)}
    chosen = choose(pairs.values(), needed)
    return [pairs[left, right] for left, right in chosen.items()]


def choose(pairs: Iterable[Scored], needed: Mapping[Kind, float]) -> dict[int, int]:
    """`{left: right}` of the pairs that are likely enough, each block once at either end, those that gain most together."""
    gains: dict[int, dict[int, float]] = {}
    for pair in pairs:
        gain = _log_odds(pair.probability) - _log_odds(needed[pair.kind])
        if gain >= 0:
            gains.setdefault(pair.left, {})[pair.right] = gain + LEAST_GAIN
    return _without_rings(best_pairs(gains), gains)


def near_pairs(
    blocks: Sequence[Block], opens: Sequence[int], starts: Sequence[int], pairing: Pairing
) -> Iterator[tuple[int, int]]:
    """Each open end and the next few texts, whatever they begin with."""
    for left in opens:
        first = bisect_right(starts, left)
        for place, right in enumerate(starts[first : first + NEXT_TEXTS]):
            if right > left + NEXT_BLOCKS or (blocks[right].role != "body" and right != left + 1):
                continue
            if right == left + 1 and _is_above_its_text(blocks, left, pairing):
                continue
            if not place or pairing.pull(left, right) > LEAST_PULL_NEAR:
                yield left, right


def far_pairs(
    blocks: Sequence[Block],
    opens: Sequence[int],
    starts: Sequence[int],
    pairing: Pairing,
    near: Container[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Each open end and the lost starts above and below it that are not near."""
    if not opens:
        return
    lost = [right for right in starts if blocks[right].role == "body" and pairing.opens(right) < LOST_START]
    for left in opens:
        border = bisect_right(lost, left)
        for right in lost[max(0, border - MOST_FAR // 2) : border + MOST_FAR // 2]:
            if right != left and (left, right) not in near and pairing.pull(left, right) > LEAST_PULL:
                yield left, right


def starts_of(blocks: Sequence[Block]) -> list[int]:
    """The blocks that may be second halves."""
    return [index for index in range(len(blocks)) if _may_continue(blocks, index)]


def _is_above_its_text(blocks: Sequence[Block], index: int, pairing: Pairing) -> bool:
    """Whether a short line rather is a crosshead with a comma in it: below a whole paragraph, above what begins like one."""
    block = blocks[index]
    if len(block.text) > LONGEST_CROSSHEAD or not may_be_heading(block.text):
        return False
    above = blocks[index - 1] if index else None
    if above is not None and is_open_end(above):
        return False
    return pairing.opens(index + 1) > CROSSHEAD_ABOVE


def may_go_on(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block may be a first half: body that stops in mid-sentence, or a lone line that looks like a heading."""
    block = blocks[index]
    if not block.text:
        return False
    if block.role == "body":
        if not is_open_end(block):
            return False
    elif block.role != "heading" or not stops_short(block.text) or not _stands_alone(blocks, index):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return following is None or following.role != "jump" or is_backward_jump(following)


def _may_continue(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block may be a second half."""
    block = blocks[index]
    if not block.text or block.text[0] in BULLETS:
        return False
    if index and is_backward_jump(blocks[index - 1]):
        return False
    if block.role == "body":
        return not is_lead(block) and not is_remark(block.text)
    return block.role == "heading" and _stands_alone(blocks, index)


def _stands_alone(blocks: Sequence[Block], index: int) -> bool:
    """Whether a heading stands in running text, and not in a group of headings, above a lead or above a byline."""
    above = blocks[index - 1] if index else None
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if " " in blocks[index].text or (above is not None and above.role not in ("body", *SKIPPED)):
        return False
    return below is None or (below.role in ("body", *SKIPPED) and not is_lead(below))


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.0001), 0.9999)
    return math.log(bounded / (1 - bounded))


def _without_rings(chosen: dict[int, int], gains: Mapping[int, Mapping[int, float]]) -> dict[int, int]:
    """The pairs without the weakest of each ring: a half cannot, over others, go on from itself."""
    seen: set[int] = set()
    for start in list(chosen):
        ring: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            ring.append(at)
            at = chosen.get(at)
        if at is not None and at in ring:
            weakest = min(ring[ring.index(at) :], key=lambda left: (gains[left][chosen[left]], left))
            del chosen[weakest]
    return chosen
