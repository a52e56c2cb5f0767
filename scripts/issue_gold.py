"""Gold of a made page: article records of its stories, with the spans where each block is printed.

A `MadePage` and its stories enter, `Article`s leave. No code of the package decides anything here: gold that the tool had
computed would prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import cast

from issue_elements import Composed, Run
from issue_stories import Story
from repair_made import BODY, KEPT, Damage, MadePage, Piece

from corpus_tools.model import ARTICLE_FLAGS, Article, Block, PageMeta, Person, Role, Span

HEAD = ("kicker", "headline", "deck")
RUNNING = ("crosshead", "body", "list", "verse", "table", "notice", "advert")
TEXTS = frozenset(RUNNING) - {"crosshead"}
_SPACES = str.maketrans({"\u3000": " ", "\u00a0": " "})


@dataclass(slots=True)
class _Made:
    """A block of the gold, and what is left of the runs that it was made of."""

    block: Block
    runs: list[Run]


def gold_articles(
    made: MadePage, stories: Sequence[Story], page_id: str, meta: PageMeta, damage: Damage
) -> dict[int, Article]:
    """The record of each story, by its index, in the order of their earliest characters, which numbers them.

    A story of which nothing is printed has none.
    """
    its: dict[int, dict[int, list[Piece]]] = {}
    for piece in made.pieces:
        if piece.article >= 0:
            its.setdefault(piece.article, {}).setdefault(piece.paragraph, []).append(piece)
    blocks = {number: [*_blocks_of(made, stories[number], pieces, damage)] for number, pieces in its.items()}
    order = sorted(blocks, key=lambda number: min(span.start for each in blocks[number] for span in each.block.spans))
    return {
        number: _article(stories[number], blocks[number], f"{page_id}/{place}", page_id, meta)
        for place, number in enumerate(order, 1)
    }


def _blocks_of(made: MadePage, story: Story, pieces: dict[int, list[Piece]], damage: Damage) -> Iterator[_Made]:
    before: int | None = None
    for place, element in enumerate(story.elements):
        parts = sorted(pieces.get(place, []), key=lambda piece: piece.part)
        if not parts:
            continue
        for each in _blocks_of_element(made, element, parts, damage):
            start = each.block.start
            flags = set(each.block.flags)
            if before is not None and start < before:
                flags.add("moved")
            before = start
            kept = tuple(flag for flag in ("joined", "moved", "start_missing", "end_missing") if flag in flags)
            yield _Made(Block(each.block.role, each.block.spans, each.block.text, kept), each.runs)


def _blocks_of_element(made: MadePage, element: Composed, parts: Sequence[Piece], damage: Damage) -> Iterator[_Made]:
    """The element's blocks: one, or where a line holds several (a kicker and its headline) one for each."""
    text = "".join(run.text for run in element.runs)
    places = _places(made.text, text, parts)
    at = 0
    for role, group in groupby(element.runs, key=lambda run: run.role or element.role):
        runs, start = list(group), at
        at += sum(len(run.text) for run in runs)
        inked = [at for at in range(start, at) if not text[at].isspace()]
        sections = _sections([place for at in inked if (place := places[at]) is not None], parts)
        for number, where in enumerate(sections):
            is_cut = number > 0 or places[inked[0]] is None, number + 1 < len(sections) or places[inked[-1]] is None
            block = _block("body" if role == "lead" else role, made.text, where, is_cut, damage)
            yield _Made(block, _left(runs, start, places) if number == 0 else [])


def _block(role: str, page: str, where: Sequence[Place], is_cut: tuple[bool, bool], damage: Damage) -> Block:
    """A block of those characters; `is_cut` says whether something is lost before it and behind it."""
    is_kept = role in KEPT
    spans = [Span(where[0][1], where[-1][1] + 1)] if is_kept else _spans(page, where)
    flags = []
    if any(_is_joined(page, left, right, damage) for left, right in pairwise(_part_ends(where))):
        flags.append("joined")
    if role in BODY:
        flags += [flag for flag, is_so in zip(("start_missing", "end_missing"), is_cut, strict=True) if is_so]
    words = "".join(page[span.start : span.end] for span in spans)
    text = words.translate(_SPACES) if is_kept else words.replace("\n", " ").translate(_SPACES)
    return Block(cast(Role, role), tuple(spans), text, tuple(flags))


def _sections(where: Sequence[Place], parts: Sequence[Piece]) -> list[list[Place]]:
    """The characters of a block, cut where a part between is lost."""
    sections: list[list[Place]] = []
    for place in where:
        before = sections[-1][-1][0] if sections else -1
        is_new = before != place[0] and (before < 0 or parts[before].end_lost or parts[place[0]].start_lost)
        if is_new:
            sections.append([])
        sections[-1].append(place)
    return sections


Place = tuple[int, int]
"""The index of a part, and the offset of a character in the page."""


def _places(page: str, text: str, parts: Sequence[Piece]) -> list[Place | None]:
    """Where each character of the element's text stands, None for white space and what is not printed."""
    found: list[Place | None] = [None] * len(text)
    for number, part in enumerate(parts):
        at = part.at
        for offset in range(part.start, part.end):
            if page[offset].isspace():
                continue
            while at < len(text) and text[at].isspace():
                at += 1
            if at < len(text) and page[offset] == text[at]:
                found[at] = (number, offset)
                at += 1
            elif page[offset] != "-":
                raise ValueError(f"{page[offset]!r} is printed where {text[at : at + 5]!r} should be")
    return found


def _spans(page: str, where: Sequence[Place]) -> list[Span]:
    """The spans of characters in reading order; a line is one, spaces inside it included."""
    spans: list[Span] = []
    start = end = where[0][1]
    part = where[0][0]
    for number, offset in where:
        between = page[end:offset] if number == part and offset >= end else None
        if between is None or "\n" in between or between.strip():
            spans.append(Span(start, end))
            start = offset
        end, part = offset + 1, number
    spans.append(Span(start, end))
    # where two Latin words meet at a line end, the newline belongs to the left line, and is read as a space
    return [
        Span(left.start, left.end + 1) if _is_latin_wrap(page, left, right) else left
        for left, right in pairwise([*spans, Span(0, 0)])
    ]


def _is_latin_wrap(page: str, left: Span, right: Span) -> bool:
    if not right or page[left.end : left.end + 1] != "\n" or right.start < left.end:
        return False
    return all(re.fullmatch("[A-Za-z0-9]", page[at]) for at in (left.end - 1, right.start)) and any(
        page[at].isalpha() for at in (left.end - 1, right.start)
    )


def _part_ends(where: Sequence[Place]) -> list[Place]:
    """The first and the last character of each part, one pair behind the other."""
    ends: list[Place] = []
    for _, group in groupby(where, key=lambda place: place[0]):
        its = list(group)
        ends += [its[0], its[-1]]
    return ends


def _is_joined(page: str, left: Place, right: Place, damage: Damage) -> bool:
    """Whether the seam between two characters is one of columns; where printed lines stand, not the mere end of a line."""
    if left[0] == right[0]:
        return False
    if damage.layout == "paragraphs" or right[1] < left[1]:
        return True
    between = page[left[1] + 1 : right[1]]
    return bool(between.strip()) or between.count("\n") > 1


def _left(runs: Sequence[Run], start: int, places: Sequence[Place | None]) -> list[Run]:
    """The runs that are wholly printed."""
    left, at = [], start
    for run in runs:
        its = [
            place
            for place, character in zip(places[at : at + len(run.text)], run.text, strict=True)
            if not character.isspace()
        ]
        if None not in its:
            left.append(run)
        at += len(run.text)
    return left


# --- Records ---


def _article(story: Story, made: Sequence[_Made], article_id: str, page_id: str, meta: PageMeta) -> Article:
    blocks = tuple(each.block for each in made)
    runs = [run for each in made for run in each.runs]
    roles = {block.role for block in blocks}
    has_jump = any(run.mark == "page" for run in runs)  # a lost half may have held it
    jump_to, jump_from = (story.jump_to, story.jump_from) if has_jump else (None, None)
    taken = RUNNING if roles & set(RUNNING) else (*RUNNING, "caption")
    text = [block.text for role in HEAD for block in blocks if block.role == role]
    text += [block.text for block in blocks if block.role in taken]
    return Article(
        id=article_id,
        kind="article",
        page_id=page_id,
        text="\n".join(text),
        column=_joined(blocks, "column"),
        kicker=_joined(blocks, "kicker"),
        headline=_joined(blocks, "headline"),
        deck=_joined(blocks, "deck"),
        dateline="".join(run.text for run in runs if run.mark == "tag").strip() or None,
        byline=tuple(dict.fromkeys(_people(runs))),
        jump_from=jump_from,
        jump_to=jump_to,
        blocks=blocks,
        flags=_flags(blocks, jump_from, jump_to),
        meta=meta,
    )


def _joined(blocks: Sequence[Block], role: str) -> str | None:
    return " ".join(block.text for block in blocks if block.role == role) or None


def _people(runs: Sequence[Run]) -> Iterator[Person]:
    """The people of leads and bylines; a role holds for all names behind it."""
    role: str | None = None
    for run in runs:
        if run.mark == "role":
            role = run.text
        elif run.mark == "author":
            yield Person(run.text, "评论员")
        elif run.mark == "name":
            yield Person(run.text.replace(" ", ""), role)
        elif run.mark == "" and len(run.text) > 2:
            role = None


def _flags(blocks: Sequence[Block], jump_from: str | None, jump_to: str | None) -> tuple[str, ...]:
    texts = [block for block in blocks if block.role in TEXTS]
    flags = set()
    if jump_from or (texts and "start_missing" in texts[0].flags):
        flags.add("start_missing")
    if jump_to or (texts and "end_missing" in texts[-1].flags):
        flags.add("end_missing")
    if any("start_missing" in block.flags for block in texts[1:]) or any(
        "end_missing" in block.flags for block in texts[:-1]
    ):
        flags.add("gap")
    if any(block.role in ("body", "list", "verse", "table") for block in texts) and not any(
        block.role == "headline" for block in blocks
    ):
        flags.add("headline_missing")
    if any("moved" in block.flags for block in blocks):
        flags.add("reordered")
    return tuple(flag for flag in ARTICLE_FLAGS if flag in flags)
