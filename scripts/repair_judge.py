"""What is right and wrong in one repaired page, against the made page it came from.

A `MadePage` and the blocks and notes of `repair` enter, counts and the places of errors leave. Offsets count in the made page's
text, which is the decoded page. Nothing is read or printed here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from repair_pages import BODY, HEADS, KEPT, MadePage, Piece

from corpus_tools.model import Block, Page

_JUMP = re.compile("[（(【▶→←]?(?:[上下紧][转轉接]|转第)")

Place = tuple[int, int]
"""Where a seam's left side ends and its right side begins."""

FAMILIES = {
    "headings": HEADS,
    "bylines": frozenset(("byline",)),
    "captions": frozenset(("caption", "credit")),
    "verses": frozenset(("verse",)),
    "lists": frozenset(("list",)),
    "tables": frozenset(("table",)),
}
"""Kinds of pieces that nothing may be joined to. Leads are counted apart: only their start may not be joined."""


@dataclass(slots=True)
class Judged:
    """One page: sets of joins as pairs of pieces' indices, line ends and moved pieces, with what is right about each."""

    made: MadePage
    joins_found: set[tuple[int, int]] = field(default_factory=set)
    joins_there: set[tuple[int, int]] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    """Pieces that were joined to something that is not theirs; of leads those whose start was."""
    torn_up: set[int] = field(default_factory=set)
    """Poems, lists and tables of which a line lost its newline."""
    line_ends: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    """Of lines of running text: whether the paragraph goes on over it, and whether the line was joined with the next."""
    n_paragraphs: int = 0
    n_exact: int = 0
    moved: set[int] = field(default_factory=set)
    moved_right: set[int] = field(default_factory=set)
    astray: set[int] = field(default_factory=set)
    home: set[int] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """How many of each kind, by the names that `eval_repair` adds up."""
        right = self.joins_found & self.joins_there
        ends = self.line_ends.values()
        return {
            "joins found": len(self.joins_found),
            "joins there": len(self.joins_there),
            "joins right": len(right),
            **self._families(),
            "line ends": len(ends),
            "line ends right": sum(goes_on == joined for goes_on, joined in ends),
            "line ends wrongly joined": sum(joined and not goes_on for goes_on, joined in ends),
            "line ends wrongly parted": sum(goes_on and not joined for goes_on, joined in ends),
            "paragraphs": self.n_paragraphs,
            "paragraphs exact": self.n_exact,
            "pieces moved": len(self.moved),
            "pieces moved right": len(self.moved_right),
            "pieces astray": len(self.astray),
            "pieces home": len(self.home),
        }

    def _families(self) -> dict[str, int]:
        found: dict[str, int] = {}
        harmed = self.touched | self.torn_up
        for name, roles in (*FAMILIES.items(), ("leads", frozenset(("lead",)))):
            its = [index for index, piece in enumerate(self.made.pieces) if piece.role in roles]
            found[name] = len(its)
            found[f"{name} joined"] = sum(index in harmed for index in its)
        return found

    def wrong(self) -> dict[str, list[Place]]:
        """The places of what is wrong, by kind, in page order."""
        pieces, text = self.made.pieces, self.made.text
        seams = {
            "wrong joins": self.joins_found - self.joins_there,
            "missed joins": self.joins_there - self.joins_found,
        }
        places = {
            kind: [(pieces[left].end, pieces[right].start) for left, right in sorted(its)]
            for kind, its in seams.items()
        }
        for kind, joined in (("lines wrongly joined", True), ("lines wrongly parted", False)):
            ends = (at for at, (goes_on, found) in sorted(self.line_ends.items()) if found == joined != goes_on)
            places[kind] = [(at, _next_character(text, at)) for at in ends]
        places["wrong moves"] = [(pieces[at].start, pieces[at].start) for at in sorted(self.moved - self.moved_right)]
        places["torn up"] = [(pieces[at].start, pieces[at].start) for at in sorted(self.torn_up)]
        return places


def _next_character(text: str, at: int) -> int:
    """Where the next character that is not white space stands; the text's end where there is none."""
    return len(text) - len(text[at:].lstrip()) if text[at:].strip() else len(text)


def judge(made: MadePage, page: Page) -> Judged:
    """Everything about one page."""
    judged = Judged(made)
    starts = [piece.start for piece in made.pieces]
    joined_lines = _joins(judged, page.blocks, starts)
    _judge_lines(judged, joined_lines)
    _judge_moves(judged, page, starts)
    return judged


# --- Joins ---


def _piece_at(starts: Sequence[int], at: int) -> int:
    """The piece that a character stands in, or the one above."""
    return max(0, bisect_right(starts, at) - 1)


def _joins(judged: Judged, blocks: Sequence[Block], starts: Sequence[int]) -> set[int]:
    """Fill in the joins of pieces; the newlines that joins of lines went over."""
    made = judged.made
    judged.joins_there = joins_there(made.pieces)
    lines: set[int] = set()
    for block in blocks:
        visited = [at for span in block.spans for at in _pieces_of(starts, span.start, span.end)]
        judged.joins_found |= {(left, right) for left, right in pairwise(visited) if left != right}
        for left, right in pairwise(block.spans):
            newline = made.text.find("\n", left.end - 1, right.start)
            if newline >= 0 and not made.text[newline : right.start].strip():
                lines.add(newline)
                beside = (_piece_at(starts, newline), _piece_at(starts, right.start))
                judged.torn_up |= {at for at in beside if made.pieces[at].role in KEPT}
    for first, second in judged.joins_found - judged.joins_there:
        judged.touched |= set(_harmed(made.pieces, first, second))
    return lines


def _harmed(pieces: Sequence[Piece], left: int, right: int) -> Iterator[int]:
    """Which of two pieces a false join harms: not a lead at its end, nor a poem, list or table by its own title."""
    is_own = pieces[left].article == pieces[right].article >= 0
    if pieces[left].role != "lead" and not (is_own and pieces[left].role in KEPT):
        yield left
    if not (is_own and pieces[right].role in KEPT):
        yield right


def _pieces_of(starts: Sequence[int], start: int, end: int) -> range:
    return range(_piece_at(starts, start), _piece_at(starts, end - 1) + 1)


def joins_there(pieces: Sequence[Piece]) -> set[tuple[int, int]]:
    """Consecutive parts of one torn paragraph, both printed, as pairs of indices."""
    places = {
        (piece.article, piece.paragraph, piece.part): index
        for index, piece in enumerate(pieces)
        if piece.role in BODY and piece.article >= 0
    }
    following = (
        (index, places.get((article, paragraph, part + 1))) for (article, paragraph, part), index in places.items()
    )
    return {(index, after) for index, after in following if after is not None}


# --- Lines ---


def _judge_lines(judged: Judged, joined: set[int]) -> None:
    """Line ends beside running text, and the paragraphs whose every line end is right, those round them included."""
    made = judged.made
    starts = [piece.start for piece in made.pieces]
    bad = {at for pair in judged.joins_found - judged.joins_there for at in pair}
    is_open, is_exact, is_body = False, True, False
    for at, goes_on in made.line_ends:
        left = _piece_at(starts, at - 1)
        right = _piece_at(starts, _next_character(made.text, at))
        beside = made.pieces[left].role in BODY or made.pieces[right].role in BODY
        found = at in joined
        if _JUMP.match(made.text, _next_character(made.text, at)):
            found = goes_on  # a block of its own, also where it stands in the paragraph's last line: both are right
        if beside:
            judged.line_ends[at] = (goes_on, found)
        if not is_open:
            is_body = made.pieces[left].role in BODY
        is_exact = is_exact and found == goes_on and left not in bad
        is_open = goes_on
        if not goes_on:
            judged.n_paragraphs += is_body
            judged.n_exact += is_body and is_exact
            is_exact = not found  # the next paragraph begins where this line end was


# --- Moves ---


def _judge_moves(judged: Judged, page: Page, starts: Sequence[int]) -> None:
    """Which moved pieces, and which displaced ones, stand behind a piece of their article that is in its place.

    A head is right as well before such a piece. Captions, adverts and furniture are no company.
    """
    pieces = judged.made.pieces
    spans = [span for note in page.notes if note.flag == "moved" for span in note.spans]
    moved = {at for span in spans for at in _pieces_of(starts, span.start, span.end)}
    judged.moved = {at for at in moved if _counts(pieces[at])}
    visited = (at for block in page.blocks for span in block.spans for at in _pieces_of(starts, span.start, span.end))
    order = list(dict.fromkeys(visited))
    displaced = {at for at, piece in enumerate(pieces) if piece.displaced}
    judged.moved_right = judged.moved & _at_home(pieces, order, judged.moved, displaced)
    judged.astray = displaced - _at_home(pieces, range(len(pieces)), set(), displaced)
    judged.home = judged.astray & _at_home(pieces, order, judged.moved, displaced)


def _counts(piece: Piece) -> bool:
    return piece.article >= 0 and piece.role not in FAMILIES["captions"]


def _at_home(pieces: Sequence[Piece], order: Sequence[int], moved: set[int], displaced: set[int]) -> set[int]:
    """The pieces whose nearest company before them is of their article; of heads also the company behind."""
    company = [at for at in order if _counts(pieces[at])]
    home: set[int] = set()
    article = -1
    for at in company:
        if pieces[at].article == article:
            home.add(at)
        is_head = pieces[at].role in HEADS
        if (at not in displaced and at not in moved) or (is_head and at in moved):
            article = pieces[at].article
    for at, following in pairwise(company):
        if pieces[at].role in HEADS and pieces[at].article == pieces[following].article:
            home.add(at)
    return home
