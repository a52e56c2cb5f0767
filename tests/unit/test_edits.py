"""Edits: applied, inverted, undone, and offsets mapped both ways, held against a model that follows each character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_tools.edits import Offsets, apply_edits, invert, revise, undo
from corpus_tools.errors import EditError
from corpus_tools.model import Edit, Page, Revision, Source, Span

ALPHABET = "本报讯昨日供暖臺灣颱風，。：（）“”\u3000 \t\n\u200bab19é𠮷"
TEXT = st.text(ALPHABET, max_size=24)
AFTER = st.text(ALPHABET, max_size=4)


def edit(start: int, before: str, after: str) -> Edit:
    """An edit where `before` stands at `start`."""
    return Edit(Span(start, start + len(before)), before, after)


def revision(*edits: Edit) -> Revision:
    """One pass with these edits."""
    return Revision("stage", "rule", edits)


@st.composite
def edits_of(draw: st.DrawFn, text: str, *, touching: bool) -> tuple[Edit, ...]:
    """Sorted, disjoint edits of a text: deletions, insertions, replacements. `touching`: they may stand side by side."""
    borders = draw(st.lists(st.integers(0, len(text)), max_size=10).map(sorted))
    made: list[Edit] = []
    for start, end in zip(borders[::2], borders[1::2], strict=False):
        last = made[-1].span if made else Span(-1, -1)
        if start < last.end or (start == last.end and (not touching or start == end == last.start)):
            continue
        after = draw(AFTER)
        if text[start:end] != after:
            made.append(edit(start, text[start:end], after))
    return tuple(made)


@st.composite
def revised(draw: st.DrawFn, *, touching: bool = False) -> tuple[str, tuple[Revision, ...], str]:
    """`(text, history, text after it)`: up to four passes, one on top of the other."""
    text = now = draw(TEXT)
    history = []
    for _ in range(draw(st.integers(1, 4))):
        edits = draw(edits_of(now, touching=touching))
        history.append(revision(*edits))
        now = apply_edits(now, edits)
    return text, tuple(history), now


# --- apply ---


@pytest.mark.parametrize(
    ("text", "edits", "after"),
    [
        ("供暖", [], "供暖"),
        ("", [], ""),
        ("", [edit(0, "", "供")], "供"),
        ("中 国", [edit(1, " ", "")], "中国"),
        ("供暖", [edit(0, "供", ""), edit(1, "暖", "")], ""),
        ("供暖", [edit(0, "供暖", "")], ""),
        ("供暖", [edit(0, "", "（"), edit(2, "", "）")], "（供暖）"),
        ("供暖", [edit(1, "", "，"), edit(1, "暖", "热")], "供，热"),
        ("a\r\nb", [edit(1, "\r", "")], "a\nb"),
        ("e\u0301", [edit(0, "e\u0301", "é")], "é"),
        ("１９９８年", [edit(0, "１９９８", "1998")], "1998年"),
        ("𠮷野", [edit(0, "𠮷", "吉")], "吉野"),
    ],
)
def test_apply(text: str, edits: list[Edit], after: str) -> None:
    assert apply_edits(text, edits) == after


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, "供暖", ""), edit(1, "暖", "")],  # overlap
        [edit(0, "供暖", ""), edit(0, "供暖", "")],  # twice the same
        [edit(1, "暖", ""), edit(0, "供", "")],  # out of order
        [edit(0, "供暖了", ""), edit(1, "", "，")],  # an insertion inside a deletion
    ],
)
def test_overlap_is_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError, match="overlap or are out of order") as caught:
        apply_edits("供暖了", edits)
    assert caught.value.span == edits[1].span


@pytest.mark.parametrize(
    "wrong",
    [
        edit(0, "暖", ""),
        edit(2, "了", ""),
        edit(1, "暖了", ""),
        Edit(Span(0, 2), "供", ""),
        Edit(Span(0, 1), "供暖", ""),
        Edit(Span(1, 5), "暖", ""),
        Edit(Span(5, 5), "了", ""),
        Edit(Span(0, 1), "", "，"),
    ],
)
def test_before_that_does_not_stand_there_is_refused(wrong: Edit) -> None:
    with pytest.raises(EditError, match="does not read") as caught:
        apply_edits("供暖", [wrong])
    assert caught.value.span == wrong.span


@pytest.mark.parametrize("span", [Span(2, 1), Span(-1, 0), Span(-2, -1)])
def test_span_that_is_none_is_refused(span: Span) -> None:
    with pytest.raises(EditError):
        apply_edits("供暖", [Edit(span, "供暖"[span.start : span.end], "，")])


@pytest.mark.parametrize("place", [3, 9])
def test_insertion_behind_the_end_is_refused(place: int) -> None:
    with pytest.raises(EditError):
        apply_edits("供暖", [edit(place, "", "了")])


# --- undo ---


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("晋\u200b祠", [edit(1, "\u200b", "")]),
        ("晋\u200b\u200b祠", [edit(1, "\u200b", ""), edit(2, "\u200b", "")]),
        ("\x00\x01\x02", [edit(0, "\x00", ""), edit(1, "\x01", ""), edit(2, "\x02", "")]),
        ("供暖了", [edit(0, "供", ""), edit(1, "暖", "热"), edit(2, "了", "")]),
        ("供暖", [edit(0, "", "（"), edit(0, "供", ""), edit(1, "暖", "热")]),
    ],
    ids=["one", "side by side", "all of the text", "all kinds", "an insertion first"],
)
def test_undo_by_hand(text: str, edits: list[Edit]) -> None:
    assert undo(apply_edits(text, edits), [revision(*edits)]) == text


def test_invert() -> None:
    edits = (edit(0, "供", ""), edit(2, "了", "吗？"), edit(3, "", "。"))
    assert apply_edits("供暖了", edits) == "暖吗？。"
    assert invert(edits) == (edit(0, "", "供"), edit(1, "吗？", "了"), edit(3, "。", ""))


def test_nothing_to_undo() -> None:
    assert undo("供暖", []) == undo("供暖", [revision()]) == "供暖"


@settings(deadline=None)
@given(revised())
def test_undo_gives_the_text_back(sample: tuple[str, tuple[Revision, ...], str]) -> None:
    text, history, now = sample
    assert undo(now, history) == text


@settings(deadline=None)
@given(revised(touching=True))
@example(("\x00\x00", (revision(edit(0, "\x00", ""), edit(1, "\x00", "")),), ""))
def test_undo_gives_the_text_back_where_edits_touch(sample: tuple[str, tuple[Revision, ...], str]) -> None:
    text, history, now = sample
    assert undo(now, history) == text


@settings(deadline=None)
@given(TEXT.flatmap(lambda text: st.tuples(st.just(text), edits_of(text, touching=True))))
def test_inverting_twice_is_the_same(sample: tuple[str, tuple[Edit, ...]]) -> None:
    _, edits = sample
    assert invert(invert(edits)) == edits


@settings(deadline=None)
@given(TEXT.flatmap(lambda text: st.tuples(st.just(text), edits_of(text, touching=True))))
def test_what_no_edit_spans_stays(sample: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = sample
    borders = [0, *(border for made in edits for border in (made.span.start, made.span.end)), len(text)]
    kept = [text[start:end] for start, end in list(pairwise(borders))[::2]]
    after = "".join(piece + (edits[place].after if place < len(edits) else "") for place, piece in enumerate(kept))
    assert apply_edits(text, edits) == after


# --- revise ---

PAGE = Page("page", "供 暖 了", Source("page.txt", "0" * 64, "utf-8"))


def test_revise_sorts_and_writes_history() -> None:
    page = revise(PAGE, "normalise", "close", [edit(3, " ", ""), edit(1, " ", "")])
    assert page.text == "供暖了"
    assert page.history == (Revision("normalise", "close", (edit(1, " ", ""), edit(3, " ", ""))),)
    assert undo(page.text, page.history) == PAGE.text


def test_revise_without_edits_is_the_page_itself() -> None:
    assert revise(PAGE, "normalise", "close", []) is PAGE


@pytest.mark.parametrize("edits", [[edit(1, "，", "")], [edit(1, " ", ""), edit(1, " ", "")]])
def test_revise_says_which_page_and_rule(edits: list[Edit]) -> None:
    with pytest.raises(EditError) as caught:
        revise(PAGE, "normalise", "close", edits)
    error = caught.value
    assert (error.page_id, error.rule, error.span) == ("page", "normalise/close", Span(1, 2))
    assert str(error).startswith("page normalise/close: ")


# --- offsets ---


@pytest.mark.parametrize(
    ("history", "current", "source"),
    [
        ([], Span(1, 3), Span(1, 3)),
        ([revision(edit(1, " ", ""))], Span(0, 2), Span(0, 3)),  # 中 国: the hole is inside
        ([revision(edit(1, " ", ""))], Span(0, 1), Span(0, 1)),  # … behind
        ([revision(edit(1, " ", ""))], Span(1, 2), Span(2, 3)),  # … before
        ([revision(edit(0, "e\u0301", "é"))], Span(0, 1), Span(0, 2)),
        ([revision(edit(0, "１９９８", "1998"))], Span(1, 3), Span(1, 3)),  # equal lengths: one to one
        ([revision(edit(0, "ab", "xyz"))], Span(0, 3), Span(0, 2)),
        ([revision(edit(0, "ab", "xyz"))], Span(1, 4), Span(2, 3)),  # from inside: the border moves to the end
        ([revision(edit(0, "ab", "xyz"))], Span(0, 1), Span(0, 2)),
        ([revision(edit(0, "x", "")), revision(edit(0, "y", ""))], Span(0, 1), Span(2, 3)),
        ([revision(edit(0, "x", ""), edit(1, "y", ""))], Span(0, 1), Span(2, 3)),
        ([revision(edit(1, "x", ""), edit(2, "y", ""))], Span(0, 1), Span(0, 1)),
    ],
)
def test_to_source(history: list[Revision], current: Span, source: Span) -> None:
    assert Offsets(history).to_source(current) == source


@pytest.mark.parametrize(
    ("history", "source", "current"),
    [
        ([], Span(1, 3), Span(1, 3)),
        ([revision(edit(1, " ", ""))], Span(0, 3), Span(0, 2)),
        ([revision(edit(1, " ", ""))], Span(1, 3), Span(1, 2)),
        ([revision(edit(1, " ", ""))], Span(0, 2), Span(0, 1)),
        ([revision(edit(1, " ", ""))], Span(1, 2), Span(1, 1)),  # all of it was deleted
        ([revision(edit(0, "e\u0301", "é"))], Span(0, 2), Span(0, 1)),
        ([revision(edit(0, "１９９８", "1998"))], Span(1, 3), Span(1, 3)),
        ([revision(edit(0, "ab", "xyz"))], Span(1, 3), Span(3, 4)),  # from inside: the border moves to the end
        ([revision(edit(1, "", "，"))], Span(0, 2), Span(0, 3)),
        ([revision(edit(1, "", "，"))], Span(0, 1), Span(0, 1)),  # what is put in between belongs to neither
        ([revision(edit(1, "", "，"))], Span(1, 2), Span(2, 3)),
        ([revision(edit(0, "x", ""), edit(1, "y", ""))], Span(0, 3), Span(0, 1)),
    ],
)
def test_to_current(history: list[Revision], source: Span, current: Span) -> None:
    assert Offsets(history).to_current(source) == current


def origins(text: str, history: tuple[Revision, ...]) -> list[int | None]:
    """For each character of the text as it now is, the place it has in the decoded page; None for what an edit wrote.

    The model that Offsets is held against: it moves the characters, one list cell each. Inside an edit of equal lengths
    a character keeps its place.
    """
    cells: list[int | None] = list(range(len(text)))
    for step in history:
        moved: list[int | None] = []
        done = 0
        for made in step.edits:
            start, end = made.span.start, made.span.end
            moved += cells[done:start]
            moved += cells[start:end] if len(made.after) == end - start else [None] * len(made.after)
            done = end
        cells = moved + cells[done:]
    return cells


@settings(deadline=None, max_examples=300)
@given(revised(touching=True), st.data())
def test_current_span_of_kept_characters_goes_home_and_back(
    sample: tuple[str, tuple[Revision, ...], str], data: st.DataObject
) -> None:
    """A span that begins and ends on kept characters maps to exactly those, and from there back to itself."""
    text, history, now = sample
    cells = origins(text, history)
    assert len(cells) == len(now)
    kept = [place for place, origin in enumerate(cells) if origin is not None]
    if not kept:
        return
    first, last = sorted((data.draw(st.sampled_from(kept)), data.draw(st.sampled_from(kept))))
    offsets = Offsets(history)
    source = offsets.to_source(Span(first, last + 1))
    assert (source.start, source.end - 1) == (cells[first], cells[last])
    assert offsets.to_current(source) == Span(first, last + 1)


@settings(deadline=None, max_examples=300)
@given(revised(touching=True), st.data())
def test_source_span_covers_its_kept_characters_there_and_back(
    sample: tuple[str, tuple[Revision, ...], str], data: st.DataObject
) -> None:
    """Every kept character of a span is in the current span, no other is, and the way back covers them again."""
    text, history, _ = sample
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    offsets = Offsets(history)
    current = offsets.to_current(span)
    mine = [place for place, origin in enumerate(origins(text, history)) if origin in range(span.start, span.end)]
    others = [
        place
        for place, origin in enumerate(origins(text, history))
        if origin is not None and origin not in range(span.start, span.end)
    ]
    assert all(current.start <= place < current.end for place in mine)
    assert not any(current.start <= place < current.end for place in others)
    if mine:
        again = offsets.to_source(current)
        homes = [origins(text, history)[place] for place in mine]
        assert all(home is not None and again.start <= home < again.end for home in homes)


@settings(deadline=None)
@given(revised(touching=True), st.data())
def test_offsets_stay_inside_the_texts(sample: tuple[str, tuple[Revision, ...], str], data: st.DataObject) -> None:
    text, history, now = sample
    offsets = Offsets(history)
    for length, other, mapped in ((len(text), len(now), offsets.to_current), (len(now), len(text), offsets.to_source)):
        start = data.draw(st.integers(0, length))
        found = mapped(Span(start, data.draw(st.integers(start, length))))
        assert 0 <= found.start <= found.end <= other


def test_edits_of_equal_lengths_move_nothing() -> None:
    plain = Offsets(
        [Revision("normalise", "unify_spaces", (Edit(Span(1, 2), "\u3000", " "), Edit(Span(4, 5), "；", ";")))]
    )
    assert plain.is_plain and Offsets([]).is_plain
    for start in range(6):
        for end in range(start + 1, 7):
            assert plain.to_source(Span(start, end)) == plain.to_current(Span(start, end)) == Span(start, end)
    moved = Offsets([Revision("normalise", "drop", (Edit(Span(1, 2), "\u200b", ""),))])
    assert not moved.is_plain and moved.to_source(Span(1, 3)) == Span(2, 4)
