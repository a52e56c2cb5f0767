"""Cuts blocks in two, and characters out of blocks. Called by `blocks.decide`.

A page and one rule's cuts enter, the page with spans dealt out anew leaves; no text is touched. A border inside what one
edit put for another length is no place for a cut: such a cut is left out.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from corpus_tools.edits import Offsets
from corpus_tools.errors import EditError
from corpus_tools.model import Block, CutOut, Divide, Page, Span
from corpus_tools.pieces import Pieces, part_of

Cut = TypeVar("Cut", Divide, CutOut)


def divide(page: Page, divides: Sequence[Divide]) -> Page:
    """The page with blocks cut in two, or more, each part with the role that the cut gives it."""
    if not divides:
        return page
    return _recut(page, divides, lambda cut: cut.at, _parts)


def _parts(block: Block, cuts: Sequence[Divide], offsets: Offsets) -> Iterator[Block]:
    pieces = Pieces(block, offsets)
    cuts = [cut for cut in cuts if _is_border(pieces, cut.at, len(block.text))]
    if not cuts:
        yield block
        return
    borders = [0, *(cut.at for cut in cuts), len(block.text)]
    roles = [block.role] * (len(cuts) + 1)
    for place, cut in enumerate(cuts):
        roles[place] = cut.left_role or roles[place]
        roles[place + 1] = cut.right_role or roles[place + 1]
    for role, start, end in zip(roles, borders, borders[1:], strict=False):
        part = part_of(block, Span(start, end), pieces)
        if part.spans:
            yield part if part.role == role else Block(role, part.spans, part.text, part.flags)


def _is_border(pieces: Pieces, at: int, length: int) -> bool:
    """Whether a cut falls between characters of the decoded page, not inside what one edit put for another length."""
    if pieces.is_plain or not 0 < at < length:
        return True
    left, right = pieces.source(Span(at - 1, at)), pieces.source(Span(at, at + 1))
    return not left[-1].overlaps(right[0])


def cut_out(page: Page, cuts: Sequence[CutOut]) -> Page:
    """The page with characters taken out of blocks, which stay one block each; what was taken out stands beside them.

    Raises: EditError when cuts overlap, or are outside the block.
    """
    if not cuts:
        return page
    return _recut(page, cuts, lambda cut: cut.span, _cored)


def _recut(
    page: Page,
    cuts: Sequence[Cut],
    place: Callable[[Cut], Any],
    parts: Callable[[Block, Sequence[Cut], Offsets], Iterable[Block]],
) -> Page:
    """The page with each block that has cuts replaced by its parts; a block's cuts in the order of their places."""
    offsets = Offsets(page.history)
    by_block: dict[int, list[Cut]] = defaultdict(list)
    for cut in cuts:
        by_block[cut.block].append(cut)
    blocks: list[Block] = []
    for index, block in enumerate(page.blocks):
        blocks.extend(parts(block, sorted(by_block[index], key=place), offsets) if index in by_block else (block,))
    return replace(page, blocks=tuple(blocks))


def _cored(block: Block, cuts: Sequence[CutOut], offsets: Offsets) -> Iterator[Block]:
    """What was cut out at the block's start, the block without its cuts, what else was cut out."""
    pieces = Pieces(block, offsets)
    n = len(block.text)
    cuts = [cut for cut in cuts if _is_border(pieces, cut.span.start, n) and _is_border(pieces, cut.span.end, n)]
    left = list(_left_over(block.text, cuts))
    first = left[0].start if left else n
    sides = [cut for cut in cuts if cut.span.start < first], [cut for cut in cuts if cut.span.start >= first]
    yield from _gathered(block, sides[0], pieces)
    if left:
        spans = tuple(itertools.chain.from_iterable(map(pieces.source, left)))
        yield replace(block, spans=spans, text="".join(block.text[span.start : span.end] for span in left))
    yield from _gathered(block, sides[1], pieces)


def _left_over(text: str, cuts: Sequence[CutOut]) -> Iterator[Span]:
    """The spans of a text between its cuts, without white space at its ends and double white space over a cut."""
    left: list[Span] = []
    at = 0
    for start, end in [*((cut.span.start, cut.span.end) for cut in cuts), (len(text), len(text))]:
        if not at <= start <= end <= len(text):
            raise EditError("cuts overlap, or are outside the block", span=Span(start, end))
        spaced = not left or text[left[-1].end - 1].isspace()
        first = at + (start - at - len(text[at:start].lstrip()) if spaced else 0)
        if first < start:
            left.append(Span(first, start))
        at = end
    while left:
        last = left.pop()
        length = len(text[last.start : last.end].rstrip())
        if length:
            left.append(Span(last.start, last.start + length))
            break
    yield from left


def _gathered(block: Block, cuts: Sequence[CutOut], pieces: Pieces) -> Iterator[Block]:
    """One block for each role of what was cut out of a block; its flags stay with the words."""
    roles = dict.fromkeys(cut.role for cut in cuts)
    for role in roles:
        parts = [part_of(block, cut.span, pieces) for cut in cuts if cut.role == role]
        spans = tuple(span for part in parts for span in part.spans)
        if spans:
            yield Block(role, spans, "".join(part.text for part in parts))
