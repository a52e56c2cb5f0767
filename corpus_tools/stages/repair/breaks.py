"""Halves of paragraphs that a column or a page tore apart, joined where nothing speaks against it.

Blocks enter, joins leave, each with its reason. Rules only: vetoes first, then the next body block. What two halves
say is not weighed here; a half whose partner is in doubt stays alone and is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_tools.characters import CLOSING_MARKS, HANZI, ends_sentence
from corpus_tools.model import Block, Decision, Join, Page
from corpus_tools.options import Options
from corpus_tools.outline import is_lead

SKIPPED = frozenset({"caption", "credit", "furniture", "residue"})
"""What may stand between the halves of a paragraph: it was printed beside the column, not in it."""

MOST_SKIPPED = 4
LEAST_OPENING = 6
"""Characters of a heading that a paragraph must begin with to be taken for the start of that heading's article."""

_NOT_OPEN = "：:；;"  # a colon announces a list, a semicolon ends an item of one
_PARAGRAPH_OPENING = re.compile(
    rf"""
    (?:近年来|近日|日前|目前|截至目前|据悉|据了解|据介绍|此外|同时|另外|今年以来|去年以来|与此同时|下一步|当天|当日
      |近年來|據悉|據了解|據介紹|截至目前|同時|與此同時)，        # what opens a paragraph, with its comma
    | [{HANZI}“”、]{{4,24}}以[来來]，                          # 抓党建…专项行动开展以来，
    | [一二三四五六七八九十]{{1,2}}、(?!第|[一二三四五六七八九十])                        # 一、
    | [（(][一二三四五六七八九十0-9]{{1,2}}[）)]                   # （一）
    | 第[一二三四五六七八九十百0-9]{{1,4}}[条條章节節][\ ，、：]     # 第四十五条
    """,
    re.VERBOSE,
)


def join_breaks(page: Page, options: Options) -> Iterator[Decision]:
    """A paragraph that stops in mid-sentence is joined with the next body block, over captions and credits.

    Not joined: across a heading, a byline, a jump, a list, a poem, a table; with a lead, with what opens a paragraph
    (近年来，… / 一、…), or with a block that begins with the words of a heading elsewhere on the page.
    """
    blocks = page.blocks
    headings = {
        block.text for block in blocks if block.role in ("heading", "deck") and len(block.text) >= LEAST_OPENING
    }
    lengths = sorted({len(heading) for heading in headings})  # few, however many headings there are
    for index, block in enumerate(blocks):
        if not is_open_end(block):
            continue
        partner = _next_body(blocks, index)
        if partner is not None and not _veto(blocks[partner], headings, lengths):
            over = "the next block" if partner == index + 1 else f"{partner - index - 1} blocks between"
            yield Join(index, partner, "break", f"stops in mid-sentence; {over}")


def is_open_end(block: Block) -> bool:
    """Whether a body block stops in mid-sentence."""
    if block.role != "body" or ends_sentence(block.text):
        return False
    return block.text.rstrip(CLOSING_MARKS)[-1:] not in _NOT_OPEN


def _next_body(blocks: Sequence[Block], index: int) -> int | None:
    for partner in range(index + 1, min(len(blocks), index + 2 + MOST_SKIPPED)):
        if blocks[partner].role == "body":
            return partner
        if blocks[partner].role not in SKIPPED:
            return None
    return None


def _veto(block: Block, headings: set[str], lengths: Sequence[int]) -> bool:
    """Whether a block is the start of a paragraph, so that nothing before it can go on in it."""
    if is_lead(block) or _PARAGRAPH_OPENING.match(block.text):
        return True
    return any(block.text[:length] in headings for length in lengths)
