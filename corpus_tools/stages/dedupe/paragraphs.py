"""Paragraphs that stand twice on a page, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tools.model import Decision, Page, Rewrite, Span
from corpus_tools.options import Options

LEAST = 25
"""Characters. Shorter paragraphs repeat in print: 会议强调…, a refrain, a sign-off. Source: breaks and repeats, section 3."""


def remove_repeated_paragraphs(page: Page, options: Options) -> Iterator[Decision]:
    """A body paragraph of 25 characters or more that stood on the page before, to the letter, is removed.

    The first copy stays. Left alone: headings, jump lines, lists, verse, captions; paragraphs with other numbers.
    """
    first: dict[str, int] = {}
    for index, block in enumerate(page.blocks):
        if block.role != "body" or len(block.text) < LEAST:
            continue
        if block.text in first:
            reason = f"the same {len(block.text)} characters as block {first[block.text] + 1}"
            yield Rewrite(index, Span(0, len(block.text)), "", reason, flag="repeat_removed")
        else:
            first[block.text] = index
