"""Who wrote and who took the picture, out of the paragraphs behind whose last sentence they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Block, Decision, Divide, Page
from corpus_tools.options import Options
from corpus_tools.roles.leads import lead_of
from corpus_tools.roles.people import is_author_name, is_byline
from corpus_tools.roles.pictures import LONGEST_CAPTION, credit_start, is_credit, is_source
from corpus_tools.roles.signatures import signature_start

_BOTH = re.compile(r"(?P<wrote>文字?[／/：:].{2,30}?)[\ \u3000]+(?P<took>(?:图片?|圖片?|摄影|攝影)[／/：:].{2,30})")


def cut_out_credits(page: Page, options: Options) -> Iterator[Decision]:
    """A credit behind a paragraph's last sentence becomes a block of its own, and the paragraph a caption.

    `市民在公园赏花。（刘涛 摄）`: with a lead of its own (本报讯 …), or longer than captions are, the paragraph stays body.
    """
    for index, block in enumerate(page.blocks):
        if block.role not in ("body", "caption"):
            continue
        shared = _BOTH.fullmatch(block.text)
        if shared and is_byline(shared["wrote"]) and is_credit(shared["took"]):
            yield Divide(
                index, shared.start("took"), left_role="byline", right_role="credit", reason="who wrote, who took"
            )
            continue
        start = None if is_credit(block.text) else credit_start(block.text)
        if start is not None:
            describes = start <= LONGEST_CAPTION and lead_of(block.text) is None and not is_source(block.text[start:])
            yield Divide(
                index,
                start,
                left_role="caption" if describes else None,
                right_role="credit",
                reason="a credit behind the last sentence",
            )


def cut_out_bylines(page: Page, options: Options) -> Iterator[Decision]:
    """An author's name behind a paragraph's last sentence becomes a block of its own: `…十八处。（罗小满）`, `…。本报记者 苑捷`.

    A remark in brackets that is no name, a source (据新华社) or names inside the sentence stay.
    """
    for index, block in enumerate(page.blocks):
        if block.role == "verse":
            yield from _poet(index, block)
        start = signature_start(block.text) if block.role == "body" else None
        if start is not None:
            yield Divide(index, start, right_role="byline", reason="a name behind the last sentence")


def _poet(index: int, block: Block) -> Iterator[Decision]:
    """The name that stands above a poem or below it, taken for one of its lines."""
    first, _, rest = block.text.partition("\n")
    if rest and is_author_name(first.strip()):
        yield Divide(index, len(first), left_role="byline", reason="a name above the poem")
    last = block.text.rpartition("\n")[2]
    if rest and is_byline(last.strip()):
        yield Divide(index, len(block.text) - len(last), right_role="byline", reason="a name below the poem")
