"""Where the characters of one block stand on the page, and what a part of a block is.

A block with its spans enters, spans of the page and blocks of fewer characters leave. No text is changed.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator

from corpus_tools.edits import Offsets
from corpus_tools.model import Block, Span


class Pieces:
    """Where the characters of one block stand: looks spans of its text up in the page, however many spans it has."""

    __slots__ = ("_ends", "_now", "_offsets", "_starts")

    def __init__(self, block: Block, offsets: Offsets) -> None:
        self._offsets = offsets
        self._now = [offsets.to_current(span) for span in block.spans]
        self._ends = list(itertools.accumulate(len(now) for now in self._now))
        self._starts = [0, *self._ends[:-1]]

    @property
    def is_plain(self) -> bool:
        """Whether the page's text is as it was decoded, as far as places go."""
        return self._offsets.is_plain

    def current(self, span: Span) -> Iterator[Span]:
        """The spans of the current page text that characters `span` of the block's text stand in, in reading order."""
        at = bisect_right(self._ends, span.start)
        while at < len(self._now) and self._starts[at] < span.end:
            start, end = max(span.start, self._starts[at]), min(span.end, self._ends[at])
            if start < end:
                shift = self._now[at].start - self._starts[at]
                yield Span(start + shift, end + shift)
            at += 1

    def source(self, span: Span) -> tuple[Span, ...]:
        """The spans of the decoded page for characters `span` of the block's text."""
        return tuple(map(self._offsets.to_source, self.current(span)))


def part_of(block: Block, span: Span, pieces: Pieces) -> Block:
    """The block that holds characters `span` of the block's text, without white space at its ends; flags kept.

    A part of one span is no longer `joined`.
    """
    text = block.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    text = text.strip()
    spans = pieces.source(Span(start, start + len(text)))
    flags = block.flags if len(spans) > 1 else tuple(flag for flag in block.flags if flag != "joined")
    return Block(block.role, spans, text, flags)
