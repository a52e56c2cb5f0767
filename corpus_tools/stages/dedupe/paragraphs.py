"""Paragraphs that stand twice on a page: word for word, with characters misread, or one of them cut.

Blocks enter, Rewrites leave that remove one copy of two, and notes about those that may be meant. Which one stays is a total
order: the one that is more complete, then the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Indel

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Decision, Note, Page, Span
from corpus_tools.options import Options
from corpus_tools.stages.dedupe.places import are_body, half_the_same
from corpus_tools.stages.dedupe.running import Running, running_text
from corpus_tools.stages.dedupe.runs import Run, find_runs
from corpus_tools.stages.dedupe.twins import LEAST_LIKE, Comparison, compare

LEAST = 25
"""Characters. Shorter paragraphs repeat in print: 会议强调…, a refrain, a sign-off. Source: breaks and repeats, section 3."""

LEAST_WHOLE = 60
"""Characters of a copy that is the first sentences of a longer paragraph and breaks off nowhere: print quotes its own; and of one
that stands among notices."""

EDGE, EDGE_SHARE = 8, 0.2
"""Characters at a paragraph's start or end that its run may leave out, or this share of it: misread ones end a run early."""

STRAY = 3
"""Characters at the start of two paragraphs of one length that a run may leave out whatever they are: one of them is misread."""

LEAST_COVERED = 0.5
"""Share of two paragraphs of one length that a run proves alike, from which on they are compared as wholes, wherever misread
characters ended the run: of 46 misread copies that were missed on training text, 22 had a first or last clause left out."""


LEAST_NEIGHBOUR, UNEQUAL = 40, 0.1
"""Characters of a misread paragraph that follows its copy, and the share by which their lengths may differ."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Two blocks of which one may go: the one that stays, the one that goes, how alike they are, whether one is cut."""

    kept: int
    gone: int
    comparison: Comparison
    is_cut: bool


def remove_repeated_paragraphs(page: Page, options: Options) -> Iterator[Decision | Note]:
    """A body paragraph of 25 characters or more that stands on the page a second time, misread or cut, is removed.

    The more complete copy stays, of equals the first. Left alone: headings, jump lines, lists, verse, captions; paragraphs
    with other numbers, names or words.
    """
    running = running_text(page.blocks)
    stays: dict[int, int] = {}  # for each block that goes, the one that stays
    kept_ones: set[int] = set()
    proved = ((run, *blocks) for run in find_runs(running) for blocks in _blocks_of(running, run))
    for run, first, second in [*proved, *_neighbours(page)]:
        if second in stays:
            continue
        copies = _copies(page, running, run, first, second) if run else _neighbouring(page, first, second)
        if copies is None or copies.comparison.twins or copies.gone in stays:
            continue
        if copies.kept in stays:
            if page.blocks[copies.kept].text != page.blocks[stays[copies.kept]].text:
                continue
            copies = replace(copies, kept=stays[copies.kept])
        if copies.gone in kept_ones:
            continue
        stays[copies.gone] = copies.kept
        kept_ones.add(copies.kept)
        how = "the beginning of" if copies.is_cut else "the same as"
        reason = f"{how} a paragraph that stays, at {{}}; likeness {copies.comparison.likeness:.2f}"
        whole, kept = running.block_span(copies.gone), running.block_span(copies.kept)
        yield from running.removal(whole, reason, kept=kept, score=copies.comparison.likeness)


def _neighbours(page: Page) -> Iterator[tuple[None, int, int]]:
    """Body paragraphs of about one length that follow each other: misread from the start of each clause on, they have no run."""
    lengths = [len(block.text) for block in page.blocks]
    for second, (above, its) in enumerate(pairwise(lengths), 1):
        if above < LEAST_NEIGHBOUR or abs(above - its) > UNEQUAL * above:
            continue
        if page.blocks[second - 1].role == page.blocks[second].role == "body":
            yield None, second - 1, second


def _neighbouring(page: Page, first: int, second: int) -> Copies | None:
    """Two such paragraphs, where they are one that was read twice; those that open otherwise or quote otherwise are not."""
    texts = page.blocks[first].text, page.blocks[second].text
    if not half_the_same(texts[0][:EDGE], texts[1][:EDGE]) or any(
        texts[0].count(each) != texts[1].count(each) for each in "“「"
    ):
        return None
    if Indel.normalized_similarity(*texts, score_cutoff=LEAST_LIKE) < LEAST_LIKE:
        return None
    comparison = compare(*texts)
    return None if comparison.twins else Copies(first, second, comparison, is_cut=False)


def _blocks_of(running: Running, run: Run) -> Iterator[tuple[int, int]]:
    """The blocks that a run says are one: for each of the later copy the one where the earlier copy has its middle."""
    for second in running.blocks_in(run.second):
        its = running.block_span(second)
        middle = (max(its.start, run.second.start) + min(its.end, run.second.end)) // 2
        first = running.block_at(run.place_in_first(middle))
        if first != second:
            yield first, second


def _copies(page: Page, running: Running, run: Run, first: int, second: int) -> Copies | None:
    """The two paragraphs that a run proves to be one, or None."""
    texts = page.blocks[first].text, page.blocks[second].text
    spans = running.block_span(first), running.block_span(second)
    is_body = are_body(page, running, run, (first, second))
    if min(map(len, texts)) < (LEAST if is_body else LEAST_WHOLE) or not (
        is_body or _is_in_notices(page, first, second)
    ):
        return None
    edge = max(EDGE, round(EDGE_SHARE * min(map(len, texts))))
    copies = (run.first, run.second)
    openings = [text[: max(0, copy.start - span.start)] for text, copy, span in zip(texts, copies, spans, strict=True)]
    if max(map(len, openings)) > STRAY and not half_the_same(*openings):
        return None
    is_one_cut = ends_sentence(texts[0]) != ends_sentence(texts[1])
    if abs(len(texts[0]) - len(texts[1])) <= (0 if is_one_cut else edge) and _covers_half(copies, spans):
        comparison = compare(*texts)
        if not comparison.twins:
            return Copies(first, second, comparison, is_cut=False)
    if not is_body:
        return None
    if max(map(len, openings)) > edge or not half_the_same(*openings):
        return None
    whole = [copy.end >= span.end - edge for copy, span in zip(copies, spans, strict=True)]
    if not any(whole):
        return None
    if all(whole) and abs(len(texts[0]) - len(texts[1])) <= (0 if is_one_cut else edge):
        return Copies(first, second, compare(*texts), is_cut=False)
    longer, cut = (0, 1) if len(texts[0]) > len(texts[1]) else (1, 0)
    left_out = max(0, spans[cut].end - copies[cut].end)
    if left_out > edge or (ends_sentence(texts[cut]) and len(texts[cut]) < LEAST_WHOLE):
        return None
    n_same = min(copies[longer].end, spans[longer].end) - spans[longer].start + left_out
    blocks = (first, second)
    comparison = compare(texts[longer][:n_same], texts[cut])
    if comparison.likeness < 1 and ends_sentence(texts[cut]):
        return None  # two reports of one event
    return Copies(blocks[longer], blocks[cut], comparison, is_cut=True)


def _is_in_notices(page: Page, first: int, second: int) -> bool:
    """Whether one of two blocks is body text and the other one stands among the notices at the page's end, as a copy may."""
    return {page.blocks[first].role, page.blocks[second].role} == {"body", "notice"}


def _covers_half(copies: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Whether the copies of a run are half of the paragraphs that they stand in, each."""
    return all(
        min(copy.end, span.end) - max(copy.start, span.start) >= LEAST_COVERED * len(span)
        for copy, span in zip(copies, spans, strict=True)
    )
