"""Applies what rules decide about blocks: roles, joins, cuts, moves and rewritten characters.

A page and one rule's decisions enter, the next page leaves. Joins, cuts and moves touch no text: they only deal out
spans anew. A Rewrite is turned into an Edit of the page's text, and what it deletes leaves the block's spans.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from corpus_tools.edits import Offsets, revise
from corpus_tools.errors import EditError
from corpus_tools.model import (
    BLOCK_FLAGS,
    Block,
    CutOut,
    Decision,
    Divide,
    Edit,
    Join,
    Move,
    Note,
    Page,
    Retag,
    Rewrite,
    Span,
)

T = TypeVar("T")
_FLAG_ORDER = {flag: place for place, flag in enumerate(BLOCK_FLAGS)}


def with_flags(block: Block, *flags: str) -> Block:
    """The block with `flags` added, each once, in the order of `BLOCK_FLAGS`."""
    if not flags or set(flags) <= set(block.flags):
        return block
    return replace(block, flags=tuple(sorted({*block.flags, *flags}, key=lambda flag: _FLAG_ORDER[flag])))


def text_of(page_text: str, spans: Iterable[Span], offsets: Offsets) -> str:
    """The characters that `spans` (of the decoded page) hold in the text as it now is."""
    return "".join(page_text[now.start : now.end] for now in map(offsets.to_current, spans))


def line_blocks(page: Page) -> tuple[Block, ...]:
    """One body block for each line of the page that is not only white space; spans without the white space round it."""
    offsets = Offsets(page.history)
    blocks: list[Block] = []
    start = 0
    for line in page.text.split("\n"):
        text = line.strip()
        if text:
            first = start + line.index(text[0])
            span = Span(first, first + len(text))
            blocks.append(Block("body", (offsets.to_source(span) if page.history else span,), text))
        start += len(line) + 1
    return flagged(blocks, page.notes)


def decide(page: Page, stage: str, rule: str, decisions: Iterable[Decision | Note]) -> Page:
    """The page after one rule's decisions and notes. One rule makes only one of joins, cuts in two and cuts out.

    Raises: EditError when a decision does not fit the page.
    """
    made: dict[type, list[Decision]] = defaultdict(list)
    notes: list[Note] = []
    for decision in decisions:
        if isinstance(decision, Note):
            notes.append(decision if decision.rule else replace(decision, rule=rule))
        else:
            made[type(decision)].append(decision)
    if not made and not notes:
        return page  # most rules find nothing on most pages
    try:
        if sum(map(bool, (made[Join], made[Divide], made[CutOut]))) > 1:
            raise EditError("a rule may not both join and cut")
        page = _note(page, notes)
        page = _retag(page, _of(Retag, made))
        page = _rewrite(page, stage, rule, _of(Rewrite, made))
        page = _join(page, stage, rule, _of(Join, made))
        page = _divide(page, _of(Divide, made))
        page = _cut_out(page, _of(CutOut, made))
        return _move(page, rule, _of(Move, made))
    except EditError as error:
        raise EditError(error.what, page_id=page.id, rule=f"{stage}/{rule}", span=error.span) from None


def _of(kind: type[T], made: dict[type, list[Decision]]) -> list[T]:
    return [decision for decision in made[kind] if isinstance(decision, kind)]


class Pieces:
    """Where the characters of one block stand: looks spans of its text up in the page, however many spans it has."""

    __slots__ = ("_ends", "_now", "_offsets", "_starts")

    def __init__(self, block: Block, offsets: Offsets) -> None:
        self._offsets = offsets
        self._now = [offsets.to_current(span) for span in block.spans]
        self._ends = list(itertools.accumulate(len(now) for now in self._now))
        self._starts = [0, *self._ends[:-1]]

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
    return replace(block, spans=spans, text=text, flags=flags)


def _note(page: Page, notes: Sequence[Note]) -> Page:
    if not notes:
        return page
    return replace(page, notes=(*page.notes, *notes), blocks=flagged(page.blocks, notes))


def flagged(blocks: Sequence[Block], notes: Sequence[Note]) -> tuple[Block, ...]:
    """The blocks with the flags of the notes that lie in their spans."""
    notes = [note for note in notes if note.flag in _FLAG_ORDER]
    if not notes:
        return tuple(blocks)
    places = sorted((span.start, span.end, index) for index, block in enumerate(blocks) for span in block.spans)
    found: dict[int, set[str]] = defaultdict(set)
    for note in notes:
        for span in note.spans:
            at = max(0, bisect_right(places, (span.start, math.inf)) - 1)
            while at < len(places) and places[at][0] < span.end:
                if span.start < places[at][1]:
                    found[places[at][2]].add(note.flag)
                at += 1
    flagged_blocks = list(blocks)
    for index, flags in found.items():
        flagged_blocks[index] = with_flags(blocks[index], *flags)
    return tuple(flagged_blocks)


def _retag(page: Page, retags: Sequence[Retag]) -> Page:
    if not retags:
        return page
    blocks = list(page.blocks)
    for retag in retags:
        block = blocks[retag.block]
        blocks[retag.block] = Block(retag.role, block.spans, block.text, block.flags)
    return replace(page, blocks=tuple(blocks))


def _rewrite(page: Page, stage: str, rule: str, rewrites: Sequence[Rewrite]) -> Page:
    if not rewrites:
        return page
    offsets = Offsets(page.history)
    edits: list[Edit] = []
    removed: dict[int, list[Span]] = defaultdict(list)
    touched: dict[int, list[Rewrite]] = defaultdict(list)
    pieces: dict[int, Pieces] = {}
    for rewrite in rewrites:
        if not rewrite.span:
            raise EditError("a rewrite of no characters", span=rewrite.span)
        touched[rewrite.block].append(rewrite)
        if rewrite.block not in pieces:
            pieces[rewrite.block] = Pieces(page.blocks[rewrite.block], offsets)
        after = rewrite.after
        one_to_one = len(after) == len(rewrite.span)
        for piece in pieces[rewrite.block].current(rewrite.span):
            before = page.text[piece.start : piece.end]
            its = after[: len(piece)] if one_to_one else after  # over a seam each piece gets its own characters
            after = after[len(its) :]
            edits.append(Edit(piece, before, its, rewrite.reason, rewrite.score))
            if not rewrite.after:
                removed[rewrite.block].append(offsets.to_source(piece))
    page = revise(page, stage, rule, edits)
    offsets = Offsets(page.history)
    blocks: list[Block] = []
    carried: set[str] = set()  # flags of blocks that are gone, for the next one where none stands before
    for index, block in enumerate(page.blocks):
        flags = {rewrite.flag for rewrite in touched[index] if rewrite.flag}
        if index in touched:
            whole = frozenset(block.spans)
            spans = tuple(_trimmed(_without(block.spans, removed[index]), whole, page.text, offsets))
            kept = _flags_that_stay(block, spans, page.notes)
            block = replace(block, spans=spans, text=text_of(page.text, spans, offsets), flags=kept)
        if block.spans:
            blocks.append(with_flags(block, *flags, *carried))
            carried = set()
        elif blocks:
            blocks[-1] = with_flags(blocks[-1], *flags)
        else:
            carried |= flags
    return replace(page, blocks=tuple(blocks))


def _flags_that_stay(block: Block, spans: Sequence[Span], notes: Sequence[Note]) -> tuple[str, ...]:
    """The block's flags without those whose every note lies in what was taken out of it."""
    if not block.flags:
        return ()
    before, after = sorted(block.spans), sorted(spans)
    mine = [note for note in notes if note.flag in block.flags and _touches(before, note)]
    gone = {note.flag for note in mine} - {note.flag for note in mine if _touches(after, note)}
    return tuple(flag for flag in block.flags if flag not in gone)


def _touches(spans: Sequence[Span], note: Note) -> bool:
    """Whether a note has a character in common with sorted, disjoint spans."""
    for its in note.spans:
        at = bisect_right(spans, its) - 1
        if any(spans[near].overlaps(its) for near in (at, at + 1) if 0 <= near < len(spans)):
            return True
    return False


def _without(spans: Iterable[Span], removed: Sequence[Span]) -> Iterator[Span]:
    holes = sorted(removed)
    ends = [hole.end for hole in holes]  # holes are disjoint, so their ends are sorted too
    for span in spans:
        start = span.start
        at = bisect_right(ends, start)
        while at < len(holes) and holes[at].start < span.end:
            if start < holes[at].start:
                yield Span(start, holes[at].start)
            start = max(start, holes[at].end)
            at += 1
        if start < span.end:
            yield Span(start, span.end)


def _trimmed(spans: Iterable[Span], whole: frozenset[Span], page_text: str, offsets: Offsets) -> Iterator[Span]:
    """The spans without white space beside the holes; those that are still whole keep the space of a Latin line end."""
    for span in spans:
        if span in whole:
            yield span
            continue
        now = offsets.to_current(span)
        text = page_text[now.start : now.end]
        if text == text.strip():
            if text:
                yield span
            continue
        start = now.start + len(text) - len(text.lstrip())
        if text.strip():
            yield offsets.to_source(Span(start, start + len(text.strip())))


def _join(page: Page, stage: str, rule: str, joins: Sequence[Join]) -> Page:
    if not joins:
        return page
    following = {join.left: join for join in joins}
    followers = {join.right for join in joins}
    if len(following) != len(joins) or len(followers) != len(joins):
        raise EditError("a block may be joined once at each end")
    page = _space_out(page, stage, rule, joins)
    offsets = Offsets(page.history)
    blocks: list[Block] = []
    notes: list[Note] = []
    for index, block in enumerate(page.blocks):
        if index in followers:
            continue
        spans, flags, at = list(block.spans), set(block.flags), index
        while at in following:
            join = following[at]
            right = page.blocks[join.right]
            if join.over == "break":
                flags.add("joined")
                notes.append(Note((spans[-1], right.spans[0]), "joined", rule, join.reason, join.score))
            if join.over == "line":
                spans[-1:] = [Span(spans[-1].start, right.spans[0].end), *right.spans[1:]]
            else:
                spans += right.spans
            flags |= set(right.flags)
            at = join.right
        if at != index:
            text = text_of(page.text, spans, offsets)
            block = with_flags(replace(block, spans=tuple(spans), text=text), *flags)
        blocks.append(block)
    return replace(page, blocks=tuple(blocks), notes=(*page.notes, *notes))


def _space_out(page: Page, stage: str, rule: str, joins: Sequence[Join]) -> Page:
    """The page with the newline after the left block a space, in that block, for every join that wants one."""
    spaced = [join for join in joins if join.space]
    if not spaced:
        return page
    offsets = Offsets(page.history)
    edits: list[Edit] = []
    blocks = list(page.blocks)
    for join in spaced:
        left = blocks[join.left]
        last = offsets.to_current(left.spans[-1])
        newline = page.text.index("\n", last.end)
        edits.append(Edit(Span(newline, newline + 1), "\n", " ", join.reason, join.score))
        kept = offsets.to_source(Span(last.start, newline + 1))
        blocks[join.left] = replace(left, spans=(*left.spans[:-1], kept))
    return replace(revise(page, stage, rule, edits), blocks=tuple(blocks))


def _divide(page: Page, divides: Sequence[Divide]) -> Page:
    if not divides:
        return page
    offsets = Offsets(page.history)
    cuts: dict[int, list[Divide]] = defaultdict(list)
    for divide in divides:
        cuts[divide.block].append(divide)
    blocks: list[Block] = []
    for index, block in enumerate(page.blocks):
        if index in cuts:
            blocks.extend(_parts(block, sorted(cuts[index], key=lambda cut: cut.at), offsets))
        else:
            blocks.append(block)
    return replace(page, blocks=tuple(blocks))


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
            yield replace(part, role=role)


def _is_border(pieces: Pieces, at: int, length: int) -> bool:
    """Whether a cut falls between characters of the decoded page, not inside what one edit put for another length."""
    if not 0 < at < length:
        return True
    left, right = pieces.source(Span(at - 1, at)), pieces.source(Span(at, at + 1))
    return not left[-1].overlaps(right[0])


def _cut_out(page: Page, cuts: Sequence[CutOut]) -> Page:
    if not cuts:
        return page
    offsets = Offsets(page.history)
    by_block: dict[int, list[CutOut]] = defaultdict(list)
    for cut in cuts:
        by_block[cut.block].append(cut)
    blocks: list[Block] = []
    for index, block in enumerate(page.blocks):
        if index in by_block:
            blocks.extend(_cored(block, sorted(by_block[index], key=lambda cut: cut.span), offsets))
        else:
            blocks.append(block)
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


def _move(page: Page, rule: str, moves: Sequence[Move]) -> Page:
    if not moves:
        return page
    notes = [Note(page.blocks[move.block].spans, "moved", rule, move.reason, move.score) for move in moves]
    blocks = tuple(page.blocks[index] for index in _reordered(len(page.blocks), moves))
    return replace(page, blocks=blocks, notes=(*page.notes, *notes))


def _reordered(n_blocks: int, moves: Sequence[Move]) -> Iterator[int]:
    """The indices of the blocks after all moves, made one by one: a ring of links, so that each costs the same."""
    top = n_blocks  # stands above the first block and below the last one
    below = [*range(1, n_blocks + 1), 0]
    above = [top, *range(n_blocks)]
    for move in moves:
        after = move.after if move.after >= 0 else top
        if after == move.block:
            raise EditError("a block cannot stand behind itself")
        below[above[move.block]], above[below[move.block]] = below[move.block], above[move.block]
        behind = below[after]
        above[move.block], below[move.block] = after, behind
        below[after] = above[behind] = move.block
    at = below[top]
    while at != top:
        yield at
        at = below[at]
