"""Displaced pieces back to their article: a body far from its head, a heading far from its text.

Blocks in the order of the file enter, moves leave. Cohesion picks the article, structure picks the place: a run that
ends with a byline ends the article, what 下转 ends stays last. It moves only where one place stands out; every other
stray piece stays where it is and becomes an orphan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus_tools.cohesion import Cohesion, bigrams
from corpus_tools.model import Block, Decision, Move, Page
from corpus_tools.options import Options
from corpus_tools.outline import OUTSIDE_ROLES, SAME_ARTICLE, TEXT_ROLES, Draft, draft_articles, is_open_end

MARGIN = 1.5
"""How many times better than the second-best place the best must be. Broadcast items, eight to a page: the best of
eight is right in 93 %; with this margin and `SAME_ARTICLE`, wrong ones nearly vanish."""

MOST_ARTICLES = 200
"""Drafts on a page above which nothing moves: no printed page has so many, and every piece is compared with every draft."""

OPENING = 60
"""Characters of an article's text that are compared with headings."""

OWN_WORDS = 0.25
"""Share of its bigrams that a heading finds in any text of the same town by chance."""

LEAST_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Run:
    """Blocks in a row that have no head of their own, and the draft they stand in."""

    blocks: tuple[int, ...]
    home: int


def move_displaced_heads(page: Page, options: Options) -> Iterator[Decision]:
    """A heading whose words open the text of one other article, and do not occur in its own, moves above that article.

    Left alone: a heading with words of its own article, with a deck or a second line, or that several articles open with.
    """
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
        if _has_words_of(heading.text, _text(page.blocks, draft.blocks[1:])):
            continue
        homes = [home for home, opening in enumerate(openings) if home != place and opening.startswith(heading.text)]
        if len(homes) == 1:
            after = drafts[homes[0]].blocks[0] - 1
            yield Move(draft.head[0], after, "its words open the text of this article, and do not occur in its own")


def _has_words_of(heading: str, text: str) -> bool:
    """Whether a text has more than a quarter of a heading's bigrams: then it may well be its own heading."""
    grams = bigrams(heading)
    own = bigrams(text)
    return sum(gram in own for gram in grams) > OWN_WORDS * len(grams)


def _opening(blocks: Sequence[Block], draft: Draft) -> str:
    """The first words of a draft's text."""
    texts = (blocks[index].text[:OPENING] for index in draft.blocks if blocks[index].role == "body")
    return next(texts, "")


def move_displaced_text(page: Page, options: Options) -> Iterator[Decision]:
    """Text without a head moves below the head without text that it coheres with, or into the article above.

    Into the article above: where a jump line closed it, before its last paragraph.
    Left alone: text that coheres with no head, or with two of them about as well.
    """
    drafts = draft_articles(page.blocks)
    waiting = _stray_runs(page.blocks, drafts)
    if not waiting or len(drafts) > MOST_ARTICLES:
        return
    cohesion = Cohesion(block.text for block in page.blocks if block.role not in OUTSIDE_ROLES)
    strays = {index for run in waiting for index in run.blocks}
    texts = [_text(page.blocks, [index for index in draft.blocks if index not in strays]) for draft in drafts]
    placed: dict[int, list[tuple[_Run, float]]] = {}
    while choices := [choice for run in waiting if (choice := _choose(page.blocks, drafts, run, texts, cohesion))]:
        score, target, run = max(choices, key=lambda choice: (choice[0], -choice[2].blocks[0]))
        waiting.remove(run)
        placed.setdefault(target, []).append((run, score))
        texts[target] += "\n" + _text(page.blocks, run.blocks)  # what it brought helps to place the next one
    for target, group in placed.items():
        yield from _moves(page.blocks, drafts[target], group)


def _stray_runs(blocks: Sequence[Block], drafts: Sequence[Draft]) -> list[_Run]:
    """Runs without a head: stray drafts, and what follows a paragraph that breaks off inside a draft."""
    runs: list[_Run] = []
    for home, draft in enumerate(drafts):
        if draft.opened_by == "stray":
            runs.append(_Run(tuple(draft.blocks), home))
            continue
        for place, index in enumerate(draft.blocks[:-1]):
            following = draft.blocks[place + 1]
            if is_open_end(blocks[index]) and blocks[following].role == "body":
                runs.append(_Run(tuple(draft.blocks[place + 1 :]), home))
                break
    return runs


def _choose(
    blocks: Sequence[Block], drafts: Sequence[Draft], run: _Run, texts: Sequence[str], cohesion: Cohesion
) -> tuple[float, int, _Run] | None:
    """`(score, draft, run)` where one draft that may take the run stands out, or None where the run stays.

    `texts` are the drafts without their stray runs: what is itself in doubt is no rival.
    """
    text = _text(blocks, run.blocks)
    scores = [(cohesion.similarity(text, its), -place) for place, its in enumerate(texts) if its and place != run.home]
    if drafts[run.home].opened_by != "stray":
        scores.append((cohesion.similarity(text, texts[run.home]), -run.home))
    scores.sort(reverse=True)
    takers = [(score, -place) for score, place in scores if _may_take(drafts, -place, run)]
    if not takers:
        return None
    score, target = takers[0]
    rivals = [other for other, place in scores if -place != target]
    if score < SAME_ARTICLE or (rivals and score < MARGIN * rivals[0]):
        return None
    return score, target, run


def _may_take(drafts: Sequence[Draft], place: int, run: _Run) -> bool:
    """A head without text may take a run; so may the article right above it that a jump line closed."""
    draft = drafts[place]
    if draft.opened_by == "head" and not draft.has_text:
        return True
    return place == run.home - 1 and draft.closed and draft.has_text and drafts[run.home].opened_by == "stray"


def _text(blocks: Sequence[Block], indices: Sequence[int]) -> str:
    return "\n".join(blocks[index].text for index in indices)


def _moves(blocks: Sequence[Block], draft: Draft, group: list[tuple[_Run, float]]) -> Iterator[Decision]:
    """The moves that bring runs to their draft: those that end with a byline or a jump last, else in page order."""
    if draft.has_text:
        yield from _moves_before_jump(blocks, draft, group)
        return
    after = draft.blocks[-1]
    for run, score in sorted(group, key=lambda pair: (_ends_article(blocks, pair[0]), pair[0].blocks[0])):
        for index in run.blocks:
            yield Move(index, after, "coheres with a head that has no text", score)
            after = index


def _ends_article(blocks: Sequence[Block], run: _Run) -> bool:
    return blocks[run.blocks[-1]].role in ("byline", "jump")


def _moves_before_jump(blocks: Sequence[Block], draft: Draft, group: list[tuple[_Run, float]]) -> Iterator[Decision]:
    last_text = max(index for index in draft.blocks if blocks[index].role in TEXT_ROLES)
    after = last_text - 1
    for run, score in group:
        for index in run.blocks:
            yield Move(index, after, "coheres with the article above, whose jump line must stay last", score)
            after = index
