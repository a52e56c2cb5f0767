"""Applies what rules decide about blocks: roles, joins, cuts, moves and rewritten characters.

A page and one rule's decisions enter, the next page leaves. Joins, cuts and moves touch no text: they only deal out
spans anew. A Rewrite is turned into an Edit of the page's text, and what it deletes leaves the block's spans.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from corpus_tools.cuts import cut_out, divide
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
from corpus_tools.pieces import Pieces as Pieces  # `dedupe` imports it from here
from corpus_tools.tracing import record

T = TypeVar("T")
FEW_NOTES = 3
"""Notes whose blocks are found by a walk over all spans; for more of them the spans are sorted first."""

_FLAG_ORDER = {flag: place for place, flag in enumerate(BLOCK_FLAGS)}


def with_flags(block: Block, *flags: str) -> Block:
    """The block with `flags` added, each once, in the order of `BLOCK_FLAGS`."""
    if not flags or set(flags) <= set(block.flags):
        return block
    return replace(block, flags=tuple(sorted({*block.flags, *flags}, key=lambda flag: _FLAG_ORDER[flag])))


def text_of(page_text: str, spans: Iterable[Span], offsets: Offsets) -> str:
    """The characters that `spans` (of the decoded page) hold in the text as it now is."""
    return "".join([page_text[now.start : now.end] for now in map(offsets.to_current, spans)])


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
    record(page, stage, rule, list(chain.from_iterable(made.values())))
    try:
        if sum(map(bool, (made[Join], made[Divide], made[CutOut]))) > 1:
            raise EditError("a rule may not both join and cut")
        page = _note(page, notes)
        page = _retag(page, _of(Retag, made))
        page = _rewrite(page, stage, rule, _of(Rewrite, made))
        page = _join(page, stage, rule, _of(Join, made))
        page = divide(page, _of(Divide, made))
        page = cut_out(page, _of(CutOut, made))
        return _move(page, rule, _of(Move, made))
    except EditError as error:
        raise EditError(error.what, page_id=page.id, rule=f"{stage}/{rule}", span=error.span) from None


def _of(kind: type[T], made: dict[type, list[Decision]]) -> list[T]:
    return [decision for decision in made[kind] if isinstance(decision, kind)]


def _note(page: Page, notes: Sequence[Note]) -> Page:
    if not notes:
        return page
    return replace(page, notes=(*page.notes, *notes), blocks=flagged(page.blocks, notes))


def flagged(blocks: Sequence[Block], notes: Sequence[Note]) -> tuple[Block, ...]:
    """The blocks with the flags of the notes that lie in their spans."""
    notes = [note for note in notes if note.flag in _FLAG_ORDER]
    if not notes:
        return tuple(blocks)
    places = [(span.start, span.end, index) for index, block in enumerate(blocks) for span in block.spans]
    found: dict[int, set[str]] = defaultdict(set)
    if len(notes) <= FEW_NOTES:
        for note in notes:
            for span in note.spans:
                for start, end, index in places:
                    if start < span.end and span.start < end:
                        found[index].add(note.flag)
    else:
        _find_flags(sorted(places), notes, found)
    flagged_blocks = list(blocks)
    for index, flags in found.items():
        flagged_blocks[index] = with_flags(blocks[index], *flags)
    return tuple(flagged_blocks)


def _find_flags(places: Sequence[tuple[int, int, int]], notes: Iterable[Note], found: dict[int, set[str]]) -> None:
    """Add to `found` the flags of notes by the block that they lie in, given sorted places of spans."""
    for note in notes:
        for span in note.spans:
            at = max(0, bisect_right(places, (span.start, math.inf)) - 1)
            while at < len(places) and places[at][0] < span.end:
                if span.start < places[at][1]:
                    found[places[at][2]].add(note.flag)
                at += 1


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
    emptied: dict[int, str | None] = {}  # blocks that are taken out whole, with the flag that they leave
    for rewrite in rewrites:
        if not rewrite.span:
            raise EditError("a rewrite of no characters", span=rewrite.span)
        if taken := _whole(page, rewrite, offsets):
            edits += [Edit(now, page.text[now.start : now.end], "", rewrite.reason, rewrite.score) for now in taken]
            emptied[rewrite.block] = rewrite.flag
            continue
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
    offsets = Offsets(page.history) if touched else offsets
    blocks: list[Block] = []
    carried: set[str] = set()  # flags of blocks that are gone, for the next one where none stands before
    for index, block in enumerate(page.blocks):
        if index in emptied:
            flag = emptied[index]
            if flag and blocks:
                blocks[-1] = with_flags(blocks[-1], flag)
            elif flag:
                carried.add(flag)
            continue
        if block.spans and index not in touched and not carried:
            blocks.append(block)
            continue
        flags = {rewrite.flag for rewrite in touched.get(index, ()) if rewrite.flag}
        if index in touched:
            whole = frozenset(block.spans)
            spans = tuple(_trimmed(_without(block.spans, removed[index]), whole, page.text, offsets))
            kept = _flags_that_stay(block, spans, page.notes) if spans else ()
            block = replace(block, spans=spans, text=text_of(page.text, spans, offsets), flags=kept)
        if block.spans:
            blocks.append(with_flags(block, *flags, *carried))
            carried = set()
        elif blocks:
            blocks[-1] = with_flags(blocks[-1], *flags)
        else:
            carried |= flags
    return replace(page, blocks=tuple(blocks))


def _whole(page: Page, rewrite: Rewrite, offsets: Offsets) -> Sequence[Span] | None:
    """Where a block's characters stand in the text if the rewrite takes all of them out, else None: loops of lines do that
    100,000 times on one page."""
    block = page.blocks[rewrite.block]
    n_characters = len(block.text)
    if rewrite.after or rewrite.span.start or rewrite.span.end != n_characters:
        return None
    taken = block.spans if offsets.is_plain else tuple(map(offsets.to_current, block.spans))
    if len(taken) == 1:
        return taken if taken[0].end - taken[0].start == n_characters else None
    lengths = list(map(len, taken))
    return taken if all(lengths) and sum(lengths) == n_characters else None


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
        wraps: list[tuple[Join, tuple[Span, Span]]] = []
        while at in following:
            join = following[at]
            right = page.blocks[join.right]
            if join.over == "break":
                flags.add("joined")
                notes.append(Note((spans[-1], right.spans[0]), "joined", rule, join.reason, join.score))
            if join.over == "wrap":
                wraps.append((join, (spans[-1], right.spans[0])))
            if join.over == "line":
                spans[-1:] = [Span(spans[-1].start, right.spans[0].end), *right.spans[1:]]
            else:
                spans += right.spans
            flags |= set(right.flags)
            at = join.right
        if wraps:
            notes.append(_wrapped(wraps, rule))
        if at != index:
            text = text_of(page.text, spans, offsets)
            block = with_flags(Block(block.role, tuple(spans), text, block.flags), *flags)
        blocks.append(block)
    return replace(page, blocks=tuple(blocks), notes=(*page.notes, *notes))


def _wrapped(wraps: Sequence[tuple[Join, tuple[Span, Span]]], rule: str) -> Note:
    """One note for a paragraph of printed lines: at its least sure line end."""
    least, spans = min(wraps, key=lambda each: each[0].score)
    ends = "its line end" if len(wraps) == 1 else f"the least sure of {len(wraps)} line ends"
    return Note(spans, "wrapped", rule, f"{least.reason}; {ends}", least.score)


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
