"""Echoes: a run of text that the OCR model printed a second time in a wrong place, often where the page broke off.

Blocks enter, Rewrites leave that remove the second copy up to a clause border, and notes about repeats that may be print's
own. Source of what print repeats: 600 pages of clean news, which have a run of 25 characters and more on every fourth page, of
40 on every twentieth; hardly one of them begins with a sentence and ends with its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus_tools.characters import CLOSING_MARKS, SENTENCE_MARKS, ends_sentence, open_marks
from corpus_tools.edits import Offsets
from corpus_tools.model import Block, Decision, Note, Page, Span
from corpus_tools.options import Options
from corpus_tools.outline import is_lead, is_open_end
from corpus_tools.pieces import Pieces
from corpus_tools.stages.dedupe.running import Running, running_text
from corpus_tools.stages.dedupe.runs import Run, find_runs
from corpus_tools.stages.dedupe.twins import compare

LEAST = 25
"""Characters of a copy. Print repeats up to 29 on the seed pages, 36 in template sentences."""

LEAST_ALONE = 40
"""Characters of a copy that breaks off but begins in mid-sentence, or is one whole sentence."""

LEAST_INSIDE = 60
"""Characters of a copy of whole sentences before the end of a paragraph; the longest of print's own there has 46."""

LEAST_DOUBTFUL = 40
"""Characters of a repeat that is told where it stays."""

LEAST_SENTENCES = 2
EDGE = 4
"""Characters before a paragraph's end that the copy's run may leave out: misread ones near the end."""

CUT_SCORE, WHOLE_SCORE, DOUBT = 0.98, 0.95, 0.5

_BORDERS = "。！？；…”’，、：）"
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
    for run in find_runs(running):
        echo = _echo(page, running, run)
        if echo is None or any(echo.second.overlaps(span) or echo.first.overlaps(span) for span in gone):
            continue
        if echo.why is None:
            yield _doubt(page, running, echo)
            continue
        gone.append(echo.second)
        reason = f"{len(echo.second)} characters said before, at {{}}, which stay; likeness {echo.likeness:.2f}; {echo.why}"
        yield from running.removal(echo.second, reason, kept=echo.first, score=echo.score)


def _doubt(page: Page, running: Running, echo: Echo) -> Note:
    """The note about a repeat that stays."""
    offsets = Offsets(page.history)
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
    blocks = running.blocks_in(run.second)
    if not all(page.blocks[each].role == "body" for each in (*running.blocks_in(run.first), *blocks)):
        return None
    last = running.block_span(blocks[-1])
    end = last.end if run.second.end >= last.end - EDGE else run.second.end
    start = _border(running.text, run.second.start, end)
    at_end = end == last.end or _is_torn(page, running, end)
    if not at_end:
        end = _sentence_end(running.text, start, end)
    second = Span(start, end)
    if len(second) < LEAST:
        return None
    first = _counterpart(run, second)
    if _is_quoted(running, second) and not _is_quoted(running, first):
        return None
    if is_lead(page.blocks[blocks[0]]) and start == running.block_span(blocks[0]).start:
        return None
    comparison = compare(running.text[first.start : first.end], running.text[start:end])
    if comparison.twins:
        return None
    found = _Copy(page, running, first, second, at_end)
    why, score = found.verdict()
    if why is None and len(second) < LEAST_DOUBTFUL:
        return None
    return Echo(first, second, why, round(score * comparison.likeness, 4), comparison.likeness)


def _border(text: str, start: int, end: int) -> int:
    """The first place from `start` on that stands behind a mark and is none itself."""
    while start < end and text[start - 1 : start] not in ("", "\n") and text[start - 1] not in _BORDERS:
        start += 1
    while start < end and text[start] in _BORDERS + "\n":
        start += 1
    return start


def _sentence_end(text: str, start: int, end: int) -> int:
    """The last place up to `end` at which a sentence ends; `start` where none does."""
    while end > start and not (text[end - 1] in _SENTENCE_ENDS and ends_sentence(text[max(start, end - 60) : end])):
        end -= 1
    return end


def _counterpart(run: Run, second: Span) -> Span:
    """What a part of a run's second copy is in its first one."""
    return Span(_place_in_first(run, second.start), _place_in_first(run, second.end))


def _place_in_first(run: Run, place: int) -> int:
    shift = run.first.start - run.second.start
    for each in run.differences:
        if each.second.end > place:
            break
        shift = each.first.end - each.second.end
    return place + shift


def _is_torn(page: Page, running: Running, place: int) -> bool:
    """Whether a column or a page broke off at a place of the text: a block's end, or a border between its pieces."""
    block = running.block_at(max(0, place - 1))
    its = running.block_span(block)
    if place >= its.end:
        return True
    spans, at = page.blocks[block].spans, its.start
    if len(spans) == 1 or "joined" not in page.blocks[block].flags:
        return False
    for span in spans:
        at += len(span)
        if at >= place:
            return at == place
    return False


def _is_quoted(running: Running, copy: Span) -> bool:
    """Whether a quotation is open where a copy begins."""
    start = running.block_span(running.block_at(copy.start)).start
    return bool(set(open_marks(running.text[start : copy.start])) & set("“「『"))


@dataclass(frozen=True, slots=True)
class _Copy:
    """The second copy of a run in its place."""

    page: Page
    running: Running
    first: Span
    second: Span
    at_end: bool

    def verdict(self) -> tuple[str | None, float]:
        """Why the copy stands wrong, and how sure that is; None where it may stand right."""
        length = len(self.second)
        if self.at_end and self._is_cut_off():
            if _is_torn(self.page, self.running, self.first.end):
                return "both copies end at the same unfinished place", CUT_SCORE
            if self._begins_sentence() or length >= LEAST_ALONE:
                return "breaks off where the page ends", CUT_SCORE
            return None, DOUBT
        if not (self._begins_sentence() and self._ends_sentence()):
            return None, DOUBT
        if "\n" in self.running.text[self.first.start : self.first.end] and not self._crosses():
            return "goes on over the end of the first copy's paragraph", WHOLE_SCORE
        least = LEAST_ALONE if self.at_end else LEAST_INSIDE
        if length >= least and (self._n_sentences() >= LEAST_SENTENCES or (self.at_end and self._is_one_article())):
            return "whole sentences", WHOLE_SCORE
        return None, DOUBT

    def _is_cut_off(self) -> bool:
        block = self.running.block_at(self.second.end - 1)
        following = self.page.blocks[block + 1] if block + 1 < len(self.page.blocks) else None
        if self.second.end < self.running.block_span(block).end:
            return not self._ends_sentence()
        return is_open_end(self.page.blocks[block]) and not (following is not None and following.role == "jump")

    def _begins_sentence(self) -> bool:
        before = self.running.text[self.second.start - 1 : self.second.start]
        if before in CLOSING_MARKS and before:
            return ends_sentence(self.running.text[max(0, self.second.start - 60) : self.second.start])
        return before in SENTENCE_MARKS + "；\n"

    def _ends_sentence(self) -> bool:
        return ends_sentence(self.running.text[self.second.start : self.second.end].rstrip("\n"))

    def _crosses(self) -> bool:
        return "\n" in self.running.text[self.second.start : self.second.end]

    def _n_sentences(self) -> int:
        text = self.running.text
        return sum(text.count(mark, self.second.start, self.second.end) for mark in "。！？")

    def _is_one_article(self) -> bool:
        first, second = self.running.block_at(self.first.start), self.running.block_at(self.second.start)
        return _is_one_article(self.page.blocks, first, second)


def _is_one_article(blocks: Sequence[Block], first: int, second: int) -> bool:
    """Whether nothing between two blocks begins or ends an article."""
    return all(
        block.role in ("body", "caption", "credit") and not is_lead(block) for block in blocks[first + 1 : second + 1]
    )
