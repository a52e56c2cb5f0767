"""What the two copies of a run stand in: blocks, sentences, quotations, articles.

A page and spans of its running text enter, answers leave. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from rapidfuzz.distance import Indel

from corpus_tools.characters import CLOSING_MARKS, SENTENCE_MARKS, ends_sentence
from corpus_tools.drafts import is_lead
from corpus_tools.model import Block, Page, Span
from corpus_tools.stages.dedupe.running import Running
from corpus_tools.stages.dedupe.runs import Run

LEAST_EDGE = 0.5
"""Share of the characters beside a copy that agree where a misread one ended its run early."""

SEEN_BEFORE = 60
"""Characters before a place that are asked whether a sentence ends there."""

BESIDE = 2
"""Characters before a copy among which the quote stands that it is said in."""

LEAST_HEADING = 25
"""Characters of a line that reads like a heading and may be a copy that breaks off."""

_PARTING = "（(，。；：！？、”）』」》 \n"


def are_body(page: Page, running: Running, run: Run, blocks: Iterable[int] = ()) -> bool:
    """Whether both copies of a run, or those blocks of them, are body text. One that breaks off in a line of its own may
    read like a heading."""
    blocks = blocks or (*running.blocks_in(run.first), *running.blocks_in(run.second))
    roles = [page.blocks[each].role for each in blocks]
    if all(role == "body" for role in roles):
        return True
    return "body" in roles and all(
        page.blocks[each].role == "body" or breaks_off_as_heading(page, running, run, each) for each in blocks
    )


def breaks_off_as_heading(page: Page, running: Running, run: Run, block: int) -> bool:
    """Whether a heading is none, but all of a copy that breaks off where the other one goes on in the same clause."""
    its, text = running.block_span(block), page.blocks[block].text
    if page.blocks[block].role != "heading" or len(its) < LEAST_HEADING or " " in text:
        return False
    if run.first.start <= its.start and its.end <= run.first.end:  # a headline stands above what repeats it
        return is_cut_short(running, run.second) and not _is_above(page, block, running.block_at(run.second.start))
    return run.second.start <= its.start and its.end <= run.second.end and is_cut_short(running, run.first)


def is_cut_short(running: Running, other: Span) -> bool:
    """Whether the other copy goes on in the same clause."""
    return running.text[other.end : other.end + 1] not in _PARTING


def _is_above(page: Page, heading: int, block: int) -> bool:
    """Whether a heading stands above the article of a block."""
    between = page.blocks[heading + 1 : block]
    return heading < block and all(each.role != "body" for each in between)


def tears(page: Page, running: Running, block: int) -> list[int]:
    """The places of the text where a column or a page broke off inside a block, and its end, in order."""
    its, spans = running.block_span(block), page.blocks[block].spans
    if len(spans) == 1 or "joined" not in page.blocks[block].flags:
        return [its.end]
    lengths = (len(span) for span in spans[:-1])
    return [*(at for at in accumulate(lengths, initial=its.start) if at > its.start), its.end]


def is_torn(page: Page, running: Running, place: int) -> bool:
    """Whether a column or a page broke off at a place of the text."""
    return place in tears(page, running, running.block_at(max(0, place - 1)))


def is_quoted(running: Running, copy: Span) -> bool:
    """Whether a quotation begins where a copy does."""
    return bool(set(running.text[max(0, copy.start - BESIDE) : copy.start + 1]) & set("“「『"))


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence, or what stands behind a semicolon, begins at a place of a text."""
    before = text[start - 1 : start]
    if before and before in CLOSING_MARKS:
        return ends_sentence(text[max(0, start - SEEN_BEFORE) : start])
    return before in SENTENCE_MARKS + "；\n"


def is_one_article(blocks: Sequence[Block], first: int, second: int) -> bool:
    """Whether nothing between two blocks begins or ends an article."""
    return all(
        block.role in ("body", "caption", "credit") and not is_lead(block) for block in blocks[first + 1 : second + 1]
    )


def half_the_same(first: str, second: str) -> bool:
    """Whether half of the characters of two short stretches agree."""
    return Indel.normalized_similarity(first, second) >= LEAST_EDGE


def ends_article(blocks: Sequence[Block], block: int) -> bool:
    """Whether no more body text of its article follows a block."""
    following = blocks[block + 1] if block + 1 < len(blocks) else None
    return following is None or following.role not in ("body", "caption", "credit") or is_lead(following)
