"""Jump lines out of the paragraphs they are printed in."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tools.model import Decision, Divide, Page
from corpus_tools.options import Options
from corpus_tools.roles import find_jumps


def cut_out_jumps(page: Page, options: Options) -> Iterator[Decision]:
    """A jump line at the start or the end of a paragraph becomes a block of its own: （下转第三版）, (上接第1版).

    Jump words in running text, without brackets or in the middle, are left alone.
    """
    for index, block in enumerate(page.blocks):
        if block.role != "body":
            continue
        for jump in find_jumps(block.text):
            if jump.start > 0:
                yield Divide(index, jump.start, right_role="jump", reason="a jump line ends the paragraph")
            elif jump.end < len(block.text):
                yield Divide(index, jump.end, left_role="jump", reason="a jump line begins the paragraph")
