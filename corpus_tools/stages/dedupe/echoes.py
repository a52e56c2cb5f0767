"""Echoes: a run of text that the OCR model printed a second time in a wrong place, often where the page broke off.

Blocks enter, Rewrites leave that remove the second copy up to a clause border, and notes about repeats that may be print's
own. Source of what print repeats: 600 pages of clean news, which have a run of 25 characters and more on every fourth page, of
40 on every twentieth; hardly one of them begins with a sentence and ends with its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus_tools.characters import CLOSING_MARKS, SENTENCE_MARKS, ends_sentence
from corpus_tools.drafts import is_lead, stops_short
from corpus_tools.edits import Offsets
from corpus_tools.model import Decision, Note, Page, Span
from corpus_tools.options import Options
from corpus_tools.pieces import Pieces
from corpus_tools.stages.dedupe.places import (
    are_body,
    begins_sentence,
    breaks_off_as_heading,
    ends_article,
    half_the_same,
    is_one_article,
    is_quoted,
    is_torn,
    tears,
)
from corpus_tools.stages.dedupe.running import Running, running_text
from corpus_tools.stages.dedupe.runs import Run, find_runs
from corpus_tools.stages.dedupe.twins import compare

LEAST = 25
"""Characters of a copy. Print repeats up to 29 on the seed pages, 36 in template sentences."""

LEAST_MID_SENTENCE = 30
"""Characters of a copy that breaks off and begins in mid-sentence; print's own of that form have up to 27."""

LEAST_ALONE = 40
"""Characters of a copy that is one whole sentence at a paragraph's end."""

LEAST_INSIDE = 60
"""Characters of a copy of whole sentences before the end of a paragraph; the longest of print's own there has 46."""

LEAST_DOUBTFUL = 40
"""Characters of a repeat that is told where it stays."""

LEAST_LONG = 100
"""Characters of several sentences to a paragraph's end that begin in mid-sentence."""

LEAST_READ = 90
"""Characters of a single sentence that is misread somewhere, or a paragraph by itself: formulas change a word."""

LEAST_SENTENCES = 2
EDGE = 8
"""Characters beside a border that a misread copy's run may leave out: it begins and ends where it has gained most."""

CUT_SCORE, WHOLE_SCORE, DOUBT = 0.98, 0.95, 0.5

_BORDERS = "。！？；…”’，、：）"
_CLAUSE_ENDS = "。！？；，\n"
_SENTENCE_ENDS = SENTENCE_MARKS + CLOSING_MARKS + "\n"


@dataclass(frozen=True, slots=True)
class Echo:
    """The second copy of a run, trimmed to clause borders, and the first one; why it is one, or None where that is open."""

    first: Span
    second: Span
    why: str | None
    score: float
    likeness: float


def remove_echoes(page: Page, options: Options) -> Iterator[Decision | Note]:
    """The second copy of a run is removed where it stands wrong, from the clause border on; its article gets `repeat_removed`.

    Where the copy breaks off, the true end is lost: the note `end_missing` that `repair` left there stays, and `split`
    gives it to the article. Left alone: leads, quotations, sentences with other numbers, names or words, what is no copy of
    whole sentences and does not break off; of 40 characters and more it is noted.
    """
    running = running_text(page.blocks)
    gone: list[Span] = []
    offsets: Offsets | None = None
    for echo in _with_what_leads_to_them([echo for run in find_runs(running) if (echo := _echo(page, running, run))]):
        if any(echo.second.overlaps(span) or echo.first.overlaps(span) for span in gone):
            continue
        if echo.why is None:
            if len(echo.second) >= LEAST_DOUBTFUL:
                offsets = offsets or Offsets(page.history)
                yield _doubt(page, running, echo, offsets)
            continue
        gone.append(echo.second)
        reason = (
            f"{len(echo.second)} characters said before, at {{}}, which stay; likeness {echo.likeness:.2f}; {echo.why}"
        )
        yield from running.removal(echo.second, reason, kept=echo.first, score=echo.score)


def _with_what_leads_to_them(echoes: Sequence[Echo]) -> Iterator[Echo]:
    """The echoes; a doubtful repeat that ends where an echo begins is the first half of it: print does not go on to repeat."""
    proved = {echo.second.start for echo in echoes if echo.why is not None}
    for echo in echoes:
        if echo.why is None and echo.second.end in proved:
            echo = replace(echo, why="goes on in another copy", score=round(WHOLE_SCORE * echo.likeness, 4))
        yield echo


def _doubt(page: Page, running: Running, echo: Echo, offsets: Offsets) -> Note:
    """The note about a repeat that stays."""
    spans = tuple(
        span
        for copy in (echo.second, echo.first)
        for block, its in running.in_blocks(copy)
        for span in Pieces(page.blocks[block], offsets).source(its)
    )
    reason = f"{len(echo.second)} characters said before, at {running.place(echo.first)}; likeness {echo.likeness:.2f}"
    text = running.text[echo.second.start : echo.second.end]
    return Note(spans, "repeat", reason=f"{reason}; print may repeat them", score=DOUBT, candidates=(text,))


def _echo(page: Page, running: Running, run: Run) -> Echo | None:
    """What a run's second copy is, or None where print may well say it twice."""
    if not are_body(page, running, run):
        return None
    if breaks_off_as_heading(page, running, run, running.block_at(run.first.start)):
        run = run.swapped
    blocks = running.blocks_in(run.second)
    run = _drawn_out(page, running, run)
    end = min(run.second.end, running.block_span(blocks[-1]).end)
    start = _start(running.text, run, end)
    at_end = is_torn(page, running, end)
    if not at_end:
        end = _sentence_end(running.text, start, end)
    second = Span(start, end)
    if len(second) < LEAST:
        return None
    first = Span(run.place_in_first(start), run.place_in_first(end))
    if is_lead(page.blocks[blocks[0]]) and start == running.block_span(blocks[0]).start:
        return None
    found = _Copy(page, running, first, second, at_end)
    if is_quoted(running, second) and not is_quoted(running, first) and not found.is_cut_off():
        return None
    comparison = compare(
        running.text[first.start : first.end], running.text[start:end], ask_sense=not found.is_cut_off()
    )
    if comparison.twins:
        return None
    why, score = found.verdict(comparison.likeness)
    return Echo(first, second, why, round(score * comparison.likeness, 4), comparison.likeness)


def _drawn_out(page: Page, running: Running, run: Run) -> Run:
    """The run with the few characters to a clause border before it, and to where its block breaks off behind it, where they
    are half the same: what is misread there ended it."""
    text = running.text
    before = _before_border(
        text[max(0, run.first.start - EDGE) : run.first.start], text[max(0, run.second.start - EDGE) : run.second.start]
    )
    ends = tears(page, running, running.block_at(run.second.end - 1))
    behind = next((at - run.second.end for at in ends if 0 < at - run.second.end <= EDGE), 0)
    behind_first = min(behind, running.block_span(running.block_at(run.first.end - 1)).end - run.first.end)
    if not half_the_same(
        text[run.first.end : run.first.end + behind_first], text[run.second.end : run.second.end + behind]
    ):
        behind = behind_first = 0
    return replace(
        run,
        first=Span(run.first.start - before[0], run.first.end + behind_first),
        second=Span(run.second.start - before[1], run.second.end + behind),
    )


def _before_border(first: str, second: str) -> tuple[int, int]:
    """How many characters of either text stand behind its last clause border, where they are half the same; else none."""
    starts = [max(text.rfind(mark) for mark in _CLAUSE_ENDS) + 1 for text in (first, second)]
    if not all(starts) or not half_the_same(first[starts[0] :], second[starts[1] :]):
        return 0, 0
    return len(first) - starts[0], len(second) - starts[1]


def _start(text: str, run: Run, end: int) -> int:
    """Where the second copy of a run starts: with it where the first copy begins a clause there, as the text before the second
    one may have broken off anywhere; else at the first place that stands behind a mark and is none itself."""
    start, before = run.second.start, text[run.first.start - 1 : run.first.start]
    if before and before not in _CLAUSE_ENDS:
        while start < end and text[start - 1] not in _BORDERS + "\n":
            start += 1
    while start < end and text[start] in _BORDERS + "\n":
        start += 1
    return start


def _sentence_end(text: str, start: int, end: int) -> int:
    """The last place up to `end` at which a sentence ends; `start` where none does."""
    while end > start and not (text[end - 1] in _SENTENCE_ENDS and ends_sentence(text[max(start, end - 60) : end])):
        end -= 1
    return end


@dataclass(frozen=True, slots=True)
class _Copy:
    """The second copy of a run in its place."""

    page: Page
    running: Running
    first: Span
    second: Span
    at_end: bool

    def verdict(self, likeness: float) -> tuple[str | None, float]:
        """Why the copy stands wrong, and how sure that is; None where it may stand right."""
        length = len(self.second)
        if self.is_cut_off():
            if is_torn(self.page, self.running, self.first.end):
                return "both copies end at the same unfinished place", CUT_SCORE
            if self._begins_sentence() or length >= LEAST_MID_SENTENCE:
                return "breaks off where the page ends", CUT_SCORE
            return None, DOUBT
        if self.running.text[self.second.start - 1 : self.second.start] == "；" and length < LEAST_LONG:
            return None, DOUBT  # 收缴其违纪所得；将其移送检察机关: what ends every such report
        is_long = self.at_end and length >= LEAST_LONG and self._n_sentences() >= LEAST_SENTENCES
        if not ((self._begins_sentence() or is_long) and self._ends_sentence()):
            return None, DOUBT
        if length >= LEAST_ALONE and self._goes_over_a_border() and not self._crosses():
            return "goes on over the end of the first copy's paragraph", WHOLE_SCORE
        least = LEAST_READ if likeness < 1 else LEAST_INSIDE if self._is_block() else 0
        if self._n_sentences() < LEAST_SENTENCES and length < least:
            return None, DOUBT
        least = LEAST_ALONE if self.at_end else LEAST_INSIDE
        if length >= least and (self._n_sentences() >= LEAST_SENTENCES or (self.at_end and not self._is_formula())):
            return "whole sentences", WHOLE_SCORE
        return None, DOUBT

    def is_cut_off(self) -> bool:
        """Whether the copy ends where its column or page broke off in mid-sentence."""
        if not self.at_end:
            return False
        block = self.running.block_at(self.second.end - 1)
        following = self.page.blocks[block + 1] if block + 1 < len(self.page.blocks) else None
        if self.second.end < self.running.block_span(block).end:
            return not self._ends_sentence()
        return stops_short(self.page.blocks[block].text) and not (following is not None and following.role == "jump")

    def _begins_sentence(self) -> bool:
        """Whether a sentence begins where one of the copies does: where only the first one begins one, the second is cut in."""
        return any(begins_sentence(self.running.text, copy.start) for copy in (self.first, self.second))

    def _ends_sentence(self) -> bool:
        return ends_sentence(self.running.text[self.second.start : self.second.end].rstrip("\n"))

    def _goes_over_a_border(self) -> bool:
        """Whether a paragraph ends well inside the first copy."""
        return "\n" in self.running.text[self.first.start + EDGE : self.first.end - EDGE]

    def _crosses(self) -> bool:
        return "\n" in self.running.text[self.second.start : self.second.end]

    def _n_sentences(self) -> int:
        text = self.running.text
        return sum(text.count(mark, self.second.start, self.second.end) for mark in "。！？")

    def _is_block(self) -> bool:
        """Whether the copy is a paragraph of its own: a report's first sentence, or one that print lifts out of it."""
        return self.second == self.running.block_span(self.running.block_at(self.second.start))

    def _is_formula(self) -> bool:
        """Whether a sentence ends two paragraphs of different articles, as the names of their hosts do."""
        block = self.running.block_at(self.first.end - 1)
        ends_first = self.first.end >= self.running.block_span(block).end and ends_article(self.page.blocks, block)
        return ends_first and len(self.second) < LEAST_INSIDE and not self._is_one_article()

    def _is_one_article(self) -> bool:
        first, second = self.running.block_at(self.first.start), self.running.block_at(self.second.start)
        return is_one_article(self.page.blocks, first, second)
