"""Applies edits, undoes them, and maps offsets both ways. The only module that changes a page's characters.

Text and edits enter, text leaves. It refuses edits that overlap, are out of order, or do not stand where they say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from corpus_tools.errors import EditError
from corpus_tools.model import Edit, Page, Revision, Span

Side = Literal["left", "right"]


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """`text` with every edit made. Edits are sorted and disjoint; spans count in `text`.

    >>> apply_edits("中 国", [Edit(Span(1, 2), " ", "")])
    '中国'

    Raises: EditError when edits overlap, are out of order, or `before` does not stand at `span`.
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        if not done <= start <= end:
            raise EditError("edits overlap or are out of order", span=edit.span)
        if end > len(text) or text[start:end] != edit.before:
            raise EditError(f"the text does not read {edit.before!r} here", span=edit.span)
        pieces.append(text[done:start])
        pieces.append(edit.after)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def invert(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that undo `edits`; spans count in the text after them."""
    inverse: list[Edit] = []
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        span = Span(start, start + len(edit.after))
        inverse.append(replace(edit, span=span, before=edit.after, after=edit.before))
        shift += len(edit.after) - len(edit.before)
    return tuple(inverse)


def undo(text: str, history: Sequence[Revision]) -> str:
    """The decoded page: `text` with the revisions of `history` undone, the last one first."""
    for revision in reversed(history):
        text = apply_edits(text, invert(revision.edits))
    return text


def revise(page: Page, stage: str, rule: str, edits: Iterable[Edit]) -> Page:
    """The page with `edits` made to its text and written into its history; the page itself where there are none.

    Raises: EditError, with the page and the rule, as `apply_edits`.
    """
    made = tuple(sorted(edits, key=lambda edit: edit.span))
    if not made:
        return page
    try:
        text = apply_edits(page.text, made)
    except EditError as error:
        raise EditError(error.what, page_id=page.id, rule=f"{stage}/{rule}", span=error.span) from None
    return replace(page, text=text, history=(*page.history, Revision(stage, rule, made)))


class _Step:
    """One revision as four sorted columns, for looking a border up in either direction."""

    __slots__ = ("after_ends", "after_starts", "before_ends", "before_starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.before_starts: list[int] = []
        self.before_ends: list[int] = []
        self.after_starts: list[int] = []
        self.after_ends: list[int] = []
        shift = 0
        for edit in edits:
            self.before_starts.append(edit.span.start)
            self.before_ends.append(edit.span.end)
            self.after_starts.append(edit.span.start + shift)
            shift += len(edit.after) - len(edit.before)
            self.after_ends.append(edit.span.end + shift)

    def forward(self, border: int, side: Side) -> int:
        return _map(border, side, self.before_starts, self.before_ends, self.after_starts, self.after_ends)

    def backward(self, border: int, side: Side) -> int:
        return _map(border, side, self.after_starts, self.after_ends, self.before_starts, self.before_ends)


def _map(border: int, side: Side, starts: list[int], ends: list[int], to_starts: list[int], to_ends: list[int]) -> int:
    found = (bisect_right(starts, border) if side == "right" else bisect_left(starts, border)) - 1
    if found < 0:
        return border
    start, end, to_start, to_end = starts[found], ends[found], to_starts[found], to_ends[found]
    if border >= end:
        return to_end + border - end
    if border == start or end - start == to_end - to_start:
        return to_start + border - start
    return to_end


def _moves(edit: Edit) -> bool:
    return len(edit.before) != len(edit.after)


class Offsets:
    """Maps borders and spans between the decoded page and the text as it now is.

    Inside an edit of equal lengths characters map one to one, else a border inside it moves to its end. Where text was
    deleted, a span's start maps behind the hole and its end before it.
    """

    __slots__ = ("_steps",)

    def __init__(self, history: Sequence[Revision]) -> None:
        # A revision that puts one character for another moves nothing: most pages keep none, and map everything to itself.
        self._steps = [_Step(revision.edits) for revision in history if any(map(_moves, revision.edits))]

    @property
    def is_plain(self) -> bool:
        """Whether every span maps to itself."""
        return not self._steps

    def to_source(self, span: Span) -> Span:
        """The span of the decoded page for a span of the current text that is not empty."""
        start, end = span.start, span.end
        if not self._steps and start < end:
            return span
        for step in reversed(self._steps):
            start, end = step.backward(start, "right"), step.backward(end, "left")
        return Span(
            min(start, max(0, end - 1)), end
        )  # inside one edit both borders fall on its end: its last character

    def to_current(self, span: Span) -> Span:
        """The span of the current text for a span of the decoded page; empty where all of it was deleted."""
        if not self._steps:
            return span
        start, end = span.start, span.end
        for step in self._steps:
            start, end = step.forward(start, "right"), step.forward(end, "left")
        return Span(start, max(start, end))
