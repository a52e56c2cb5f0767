"""Displaced pieces back to their article: columns that OCR printed elsewhere, a body far from its head.

Blocks in the order of the file, torn paragraphs joined, enter; moves leave. A joined paragraph draws along what follows its
second half in the file. Of every other piece without a head cohesion picks the article, structure and seams pick the place:
behind an open end, at a head that has no text, before the jump line or the byline that ends the article. It moves only where
one place stands out; every other stray piece stays where it is, and its note lists the best places with their scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus_tools.cohesion import bigrams
from corpus_tools.model import Block, Decision, Move, Note, Page
from corpus_tools.options import Mode, Options
from corpus_tools.outline import HEAD_ROLES, TEXT_ROLES, Draft, draft_articles, is_backward_jump
from corpus_tools.stages.repair.pairing import SKIPPED
from corpus_tools.stages.repair.strays import (
    MOST_ARTICLES,
    Layout,
    Run,
    cut_to,
    layout_of,
    move_weights,
    places_of,
)

THRESHOLDS: Mapping[Mode, float] = {"safe": 0.97, "standard": 0.9, "eager": 0.6}
"""Probability that a run must have to belong to an article. Chosen on the training part for the precision that the README
states."""

OF_NEEDY = 0.5
"""Share of that probability that will do for an article that has a head and no text: it has lost its text on this page."""

ROUNDS = 3

LEAST_LIKELY = 0.1
"""Probability of the best other place below which a piece that stands in an article is none to be noted: of those above it
half are astray on a page in disorder, of those below one in nine."""

OPENING = 60
"""Characters of an article's text that are compared with headings."""

OWN_WORDS = 0.25
"""Share of its bigrams that a heading finds in any text of the same town by chance."""

LEAST_WORDS = 6
MOST_CANDIDATES = 3
NAME_LENGTH = 40
"""Characters by which an article is named in a note."""


def move_displaced_heads(page: Page, options: Options) -> Iterator[Decision]:
    """A heading whose words open the text of one other article, and do not occur in its own, moves above that article.

    Left alone: a heading with words of its own article, with a deck or a second line, or that several articles open with.
    """
    if not _has_opening_head(page.blocks):
        return
    drafts = draft_articles(page.blocks)
    if len(drafts) > MOST_ARTICLES:
        return
    openings = [_opening(page.blocks, draft) for draft in drafts]
    for place, draft in enumerate(drafts):
        if draft.opened_by != "head" or len(draft.head) != 1:
            continue
        heading = page.blocks[draft.head[0]]
        if heading.role != "heading" or len(heading.text) < LEAST_WORDS:
            continue
        homes = [home for home, opening in enumerate(openings) if home != place and opening.startswith(heading.text)]
        if len(homes) == 1 and not _has_words_of(heading.text, _text(page.blocks, draft.blocks[1:])):
            after = drafts[homes[0]].blocks[0] - 1
            yield Move(draft.head[0], after, "its words open the text of this article, and do not occur in its own")


def _has_opening_head(blocks: Sequence[Block]) -> bool:
    """Whether any paragraph opens with the words of a heading: a cheap look before articles are drafted."""
    heads = tuple(
        block.text for block in blocks if block.role == "heading" and LEAST_WORDS <= len(block.text) <= OPENING
    )
    return bool(heads) and any(block.role == "body" and block.text.startswith(heads) for block in blocks)


def _has_words_of(heading: str, text: str) -> bool:
    """Whether a text has more than a quarter of a heading's bigrams: then it may well be its own heading."""
    grams = bigrams(heading)
    return sum(gram in text for gram in grams) > OWN_WORDS * len(grams)  # no bigram stands across a mark or a line end


def _opening(blocks: Sequence[Block], draft: Draft) -> str:
    """The first words of a draft's text."""
    texts = (blocks[index].text[:OPENING] for index in draft.blocks if blocks[index].role == "body")
    return next(texts, "")


def _text(blocks: Sequence[Block], indices: Sequence[int]) -> str:
    return "\n".join(blocks[index].text for index in indices)


def move_displaced_text(page: Page, options: Options) -> Iterator[Decision | Note]:
    """Text without a head moves to the article it belongs to: behind its joined half, or where cohesion puts it.

    Left alone, and noted as `orphan` with the best places: text that coheres with no article, or with two about as well.
    """
    layout = layout_of(page.blocks)
    if layout is None:
        return
    waiting = list(layout.runs)
    placed: list[tuple[int, Run, float]] = []
    needed = THRESHOLDS[options.mode]
    for _ in range(ROUNDS):  # what one round brings home helps to place the rest
        in_doubt = {index for run in waiting for index in run.blocks}
        settled = [run for run in waiting if run.behind not in in_doubt]
        choices = [choice for run in settled if (choice := _choose(layout, run, needed))]
        for score, target, run in sorted(choices, key=lambda choice: (-choice[0], choice[2].blocks[0])):
            waiting.remove(run)
            cut = cut_to(layout, run, target)
            placed.append((target, cut, score))
            layout.texts[target] += "\n" + layout.text(cut.blocks)
        if not choices:
            break
    yield from _moves(layout, placed)
    for run in waiting:
        yield from _orphan(layout, run)


def _choose(layout: Layout, run: Run, needed: float) -> tuple[float, int, Run] | None:
    """`(probability, draft, run)` where one article is likely enough, or None where the run stays."""
    places = places_of(layout, run, move_weights())
    if not places:
        return None
    best = places[0]
    if not layout.drafts[best.draft].has_text:
        if len(places) > 1 and places[1].probability > OF_NEEDY * best.probability:
            return None  # two heads want it
        needed *= OF_NEEDY
    return (best.probability, best.draft, run) if best.probability >= needed else None


def _moves(layout: Layout, placed: Sequence[tuple[int, Run, float]]) -> Iterator[Decision]:
    """The moves that bring runs to their drafts: behind their joined half; else those with a byline or a jump last."""
    blocks = layout.blocks
    moving = {index for _, run, _ in placed for index in run.blocks}
    last: dict[int, int] = {}  # by the block that a run goes behind: what stands last there by now
    for target, run, score in _in_turn(blocks, placed):
        anchor = run.behind
        reason = "follows its joined half in the file"
        if anchor is None:
            anchor = _place_in(layout, layout.drafts[target], moving)
            reason = f"coheres with the article {_name(layout, target)}"
        after = last.get(anchor, anchor)
        for index in run.blocks:
            yield Move(index, after, reason, score)
            after = index
        last[anchor] = after


def _in_turn(blocks: Sequence[Block], placed: Sequence[tuple[int, Run, float]]) -> Iterator[tuple[int, Run, float]]:
    """The placed runs in the order in which they move: what a run goes behind has moved before it."""
    waiting = sorted(placed, key=lambda each: (each[0], _ends_article(blocks, each[1]), each[1].blocks[0]))
    while waiting:
        still = {index for _, run, _ in waiting for index in run.blocks}
        free = [each for each in waiting if each[1].behind not in still or each[1].behind in each[1].blocks]
        yield from free or waiting
        waiting = [each for each in waiting if each not in free] if free else []


def _place_in(layout: Layout, draft: Draft, moving: set[int]) -> int:
    """The block behind which a run is put: the last text, not what ends the article; its head where it has no text."""
    staying = [index for index in draft.blocks if index not in moving]
    texts = [index for index in staying if layout.blocks[index].role in TEXT_ROLES]
    if not texts:
        return (staying or draft.blocks)[-1]
    return texts[-2] if draft.closed and len(texts) > 1 and _jumps(layout.blocks, staying) else texts[-1]


def _jumps(blocks: Sequence[Block], indices: Sequence[int]) -> bool:
    """Whether a jump line ends an article: then its last paragraph, which breaks off there, stays last."""
    last = blocks[indices[-1]]
    return last.role == "jump" and not is_backward_jump(last)


def _ends_article(blocks: Sequence[Block], run: Run) -> bool:
    return blocks[run.blocks[-1]].role in ("byline", "jump")


def _orphan(layout: Layout, run: Run) -> Iterator[Note]:
    """The note of a run that stays: where it might belong."""
    first = layout.blocks[run.blocks[0]]
    if first.role in HEAD_ROLES or first.role in SKIPPED:
        return
    places = places_of(layout, run, move_weights())[:MOST_CANDIDATES]
    named = tuple(f"{_name(layout, place.draft)} {place.probability:.4f}" for place in places)
    score = places[0].probability if places else 0.0
    if score < LEAST_LIKELY and layout.drafts[run.home].opened_by != "stray":
        return
    yield Note((first.spans[0],), "orphan", "", "no place on the page stands out", score, named)


def _name(layout: Layout, place: int) -> str:
    """A draft by its first words."""
    return layout.blocks[layout.drafts[place].blocks[0]].text[:NAME_LENGTH]
