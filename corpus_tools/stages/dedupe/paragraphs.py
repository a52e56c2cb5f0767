"""Paragraphs that stand twice on a page: word for word, with characters misread, or one of them cut.

Blocks enter, Rewrites leave that remove one copy of two, and notes about those that may be meant. Which one stays is a total
order: the one that is more complete, then the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Block, Decision, Note, Page, Span
from corpus_tools.options import Options
from corpus_tools.stages.dedupe.running import Running, running_text
from corpus_tools.stages.dedupe.runs import Run, find_runs
from corpus_tools.stages.dedupe.twins import Comparison, compare

LEAST = 25
"""Characters. Shorter paragraphs repeat in print: 会议强调…, a refrain, a sign-off. Source: breaks and repeats, section 3."""

LEAST_CUT = 25
"""Characters of a cut copy: of an opening that two reports share (本报讯 昨日，…) no more is alike."""

EDGE = 8
"""Characters at a paragraph's start or end that its run may leave out: misread ones near the border end a run early."""


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
    gone: set[int] = set()
    for run in find_runs(running):
        copies = _copies(page, running, run)
        if copies is None or copies.kept in gone or copies.gone in gone or copies.comparison.twins:
            continue
        gone.add(copies.gone)
        kept = running.block_span(copies.kept)
        how = "the beginning of" if copies.is_cut else "the same as"
        reason = f"{how} a paragraph that stays, at {{}}; likeness {copies.comparison.likeness:.2f}"
        yield from running.removal(running.block_span(copies.gone), reason, kept=kept, score=copies.comparison.likeness)


def _copies(page: Page, running: Running, run: Run) -> Copies | None:
    """The two paragraphs that a run proves to be one, or None."""
    first, second = running.block_at(run.first.start + EDGE), running.block_at(run.second.start + EDGE)
    if first == second or not (_is_paragraph(page.blocks[first]) and _is_paragraph(page.blocks[second])):
        return None
    spans = running.block_span(first), running.block_span(second)
    if run.first.start > spans[0].start + EDGE or run.second.start > spans[1].start + EDGE:
        return None
    whole = run.first.end >= spans[0].end - EDGE, run.second.end >= spans[1].end - EDGE
    if not any(whole):
        return None
    texts = page.blocks[first].text, page.blocks[second].text
    if all(whole) and abs(len(texts[0]) - len(texts[1])) <= EDGE:
        later_stays = not ends_sentence(texts[0]) and ends_sentence(texts[1])
        kept, other = (second, first) if later_stays else (first, second)
        return Copies(kept, other, compare(*texts), is_cut=False)
    if len(texts[0]) > len(texts[1]):
        return _cut_copy(page, running, (first, run.first), (second, run.second))
    return _cut_copy(page, running, (second, run.second), (first, run.first))


def _cut_copy(page: Page, running: Running, longer: tuple[int, Span], cut: tuple[int, Span]) -> Copies | None:
    """The copies where all of one block is the beginning of the other, each given with its side of the run."""
    block, its = cut
    left_out = running.block_span(block).end - its.end
    if len(page.blocks[block].text) < LEAST_CUT or left_out > EDGE:
        return None
    n_same = longer[1].end - running.block_span(longer[0]).start + left_out
    return Copies(longer[0], block, compare(page.blocks[longer[0]].text[:n_same], page.blocks[block].text), is_cut=True)


def _is_paragraph(block: Block) -> bool:
    return block.role == "body" and len(block.text) >= LEAST
