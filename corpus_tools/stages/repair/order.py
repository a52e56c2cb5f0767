"""Displaced pieces back to their article: columns that OCR printed elsewhere, a body far from its head.

Blocks in the order of the file, torn paragraphs joined, enter; moves leave. A joined paragraph draws along what follows its
second half in the file. Of every other piece without a head cohesion picks the article, structure and seams pick the place:
behind an open end, at a head that has no text, before the jump line or the byline that ends the article. It moves only where
one place stands out; every other stray piece stays where it is, and its note lists the best places with their scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus_tools.cohesion import bigrams
from corpus_tools.drafts import TEXT_ROLES, Draft, is_backward_jump, is_open_end
from corpus_tools.model import Block, Decision, Move, Note, Page
from corpus_tools.options import Mode, Options
from corpus_tools.outline import draft_articles
from corpus_tools.stages.repair.drafted import MOST_ARTICLES, Layout, Run, home_of, layout_of, settle, with_ending
from corpus_tools.stages.repair.strays import Place, best_of, likeliest_first, move_weights, needy_pairs, places

THRESHOLDS: Mapping[Mode, float] = {"safe": 0.95, "standard": 0.88, "eager": 0.6}
"""Probability that a run must have to belong to an article where words alone say so. On 300 made pages of training text, a tenth
and a quarter displaced, .947 of 971 pieces that `standard` moves are right, and .37 of those that were astray are home then; at
.9 they are .951 and .35, at .85 .947 and .38."""

OF_LINKED: Mapping[Mode, float] = {"safe": 0.95, "standard": 0.85, "eager": 0.6}
"""The same where the run stands in the file beside what the article has: joined halves speak for it as well as words."""

OF_NEEDY: Mapping[Mode, float] = {"safe": 0.95, "standard": 0.4, "eager": 0.28}
"""The same for an article whose head has no text, or text that begins in mid-sentence: it has lost columns on this page."""

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
    """Text moves to the article it belongs to: beside its joined half, or where the words of the page put it.

    Left alone, and noted as `orphan` with the best places: text that goes with no article, or with two about as well.
    """
    layout = layout_of(page.blocks)
    if layout is None:
        return
    moved: set[int] = set()
    left: list[Place] = []
    for place in needy_pairs(layout) if options.mode != "safe" else ():
        yield from _moves(layout, place)
        moved.update(place.run.blocks)
    if moved:
        settle(layout)
    for _ in range(ROUNDS):  # what one round brings home helps to place the rest
        found = [place for place in places(layout, move_weights()) if moved.isdisjoint(place.run.blocks)]
        chosen = choose(layout, found, options.mode)
        for place in in_turn(layout, chosen):
            yield from _moves(layout, place)
            moved.update(place.run.blocks)
        left = found
        if not chosen:
            break
        settle(layout)
    yield from _orphans(layout, [place for place in left if moved.isdisjoint(place.run.blocks)])


def choose(layout: Layout, found: Iterable[Place], mode: Mode) -> list[Place]:
    """The places that are likely enough, the likeliest first, of each block one; of two runs that stood beside each other in
    the file not both, unless they go to the same article."""
    chosen: list[Place] = []
    goals: dict[int, int] = {}  # of each block that moves
    for place in best_of(found):
        if place.probability < _needed(layout, place)[mode]:
            continue
        if all(goals.get(index, place.draft) == place.draft for index in layout.links.beside(place.run.blocks)):
            chosen.append(place)
            goals.update(dict.fromkeys(place.run.blocks, place.draft))
    return chosen


def _needed(layout: Layout, place: Place) -> Mapping[Mode, float]:
    """What probability a place needs, by what else speaks for it."""
    if _needs(layout, place):
        return OF_NEEDY
    return OF_LINKED if place.is_linked else THRESHOLDS


def _needs(layout: Layout, place: Place) -> bool:
    """Whether an article with a head lacks text that a run without a head may be, or the start of its text, which a run below
    the end of a column may be."""
    blocks, links, first = layout.blocks, layout.links, place.run.blocks[0]
    if layout.drafts[place.draft].opened_by != "head":
        return False
    text = next((blocks[index] for index in layout.members[place.draft] if blocks[index].role in TEXT_ROLES), None)
    if text is None:
        return home_of(layout, place.run.home) == "stray"
    above = links.before.get(first)
    is_border = first in links.torn_before or (above is not None and is_open_end(blocks[above]))
    return is_border and "start_missing" in text.flags and "start_missing" not in blocks[first].flags


def in_turn(layout: Layout, chosen: Sequence[Place]) -> list[Place]:
    """The places in the order in which their runs move: those that end an article last, else as they stand on the page."""
    return sorted(chosen, key=lambda place: (place.draft, _ends_article(layout, place.run), place.run.blocks[0]))


def _moves(layout: Layout, place: Place) -> Iterator[Move]:
    """The moves that bring a run to its article, which has it from now on."""
    home, members = layout.members[place.run.home], layout.members[place.draft]
    its = with_ending(layout, place.run)
    at, reason = _place_in(layout, place)
    after = members[at - 1]
    reason = f"{reason}; {place.evidence(home_of(layout, place.run.home))}"
    for index in its:
        yield Move(index, after, reason, place.probability)
        after = index
    for index in its:
        home.remove(index)
    members[at:at] = its


def _place_in(layout: Layout, place: Place) -> tuple[int, str]:
    """Where among an article's blocks a run is put, and why: beside what stood beside it in the file, behind the end that
    it goes on from, else behind the last text, not behind what ends the article."""
    links, members = layout.links, layout.members[place.draft]
    first = links.before.get(place.run.blocks[0])
    if first is not None and first in members:
        return members.index(first) + 1, "follows its joined half in the file"
    following = next(
        (links.behind[index] for index in place.run.blocks if links.behind.get(index) in members[1:]), None
    )
    if following is not None:
        return members.index(following), "goes before what its joined half leads to in the file"
    reason = f"coheres with the article {_name(layout, place.draft)}"
    texts = [at for at, index in enumerate(members) if layout.blocks[index].role in TEXT_ROLES]
    if not texts:
        return len(members), reason
    opening = layout.blocks[members[texts[0]]]
    if (
        texts[0]
        and "start_missing" in opening.flags
        and "start_missing" not in layout.blocks[place.run.blocks[0]].flags
    ):
        return texts[0], f"{reason}, whose start is lost"
    is_cut = layout.drafts[place.draft].closed and len(texts) > 1 and _jumps(layout.blocks, members)
    return texts[-2 if is_cut else -1] + 1, reason


def _jumps(blocks: Sequence[Block], indices: Sequence[int]) -> bool:
    """Whether a jump line ends an article: then its last paragraph, which breaks off there, stays last."""
    last = blocks[indices[-1]]
    return last.role == "jump" and not is_backward_jump(last)


def _ends_article(layout: Layout, run: Run) -> bool:
    return len(with_ending(layout, run)) > len(run.blocks)


def _orphans(layout: Layout, found: Sequence[Place]) -> Iterator[Note]:
    """The notes of the runs that stay: where each might belong. Text without a head has one wherever it might."""
    best: dict[int, dict[int, Place]] = {}  # by the first block of a run: the best place in each article
    for place in sorted(found, key=likeliest_first):
        best.setdefault(place.run.blocks[0], {}).setdefault(place.draft, place)
    noted: set[int] = set()
    for its in sorted(best.values(), key=lambda its: likeliest_first(next(iter(its.values())))):
        first = next(iter(its.values()))
        if first.probability < LEAST_LIKELY or not noted.isdisjoint(first.run.blocks):
            continue
        noted.update(first.run.blocks)
        yield _orphan(layout, first.run.blocks[0], list(its.values()))
    for draft, members in zip(layout.drafts, layout.members, strict=True):
        texts = [index for index in members if layout.blocks[index].role == "body"]
        if draft.opened_by == "stray" and texts and noted.isdisjoint(texts):
            yield _orphan(layout, texts[0], list(best.get(texts[0], {}).values()))


def _orphan(layout: Layout, block: int, its: Sequence[Place]) -> Note:
    named = tuple(f"{_name(layout, place.draft)} {place.probability:.4f}" for place in its[:MOST_CANDIDATES])
    score = its[0].probability if its else 0.0
    return Note((layout.blocks[block].spans[0],), "orphan", "", "no place on the page stands out", score, named)


def _name(layout: Layout, place: int) -> str:
    """A draft by its first words."""
    return layout.blocks[layout.drafts[place].blocks[0]].text[:NAME_LENGTH]
