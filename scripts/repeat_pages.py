"""Newspaper pages on which OCR said something twice, with the texts that are right without it: what `scripts/eval dedupe` measures on.

Natural pages come from repair_pages.py; one repeat is put into each. `Repeated.right` are the texts of the page when one of the
two copies is gone; either may go where nothing tells them apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import repeat_copies as copies
import repeat_loops as loops
from news_items import Item
from repair_made import Damage, MadePage
from repair_pages import make_page
from repeat_shared import Repeated

Kind = Literal[
    "loop in a line",
    "loop of lines",
    "loop with a counter",
    "run on the spot",
    "echo that breaks off",
    "echo of whole sentences",
    "echo as a block",
    "echo over two paragraphs",
    "echo misread",
    "echo inside a paragraph",
    "paragraph",
    "paragraph misread",
    "paragraph cut",
    "stutter of words",
    "stutter of function words",
    "stutter of other characters",
]

NATURAL = Damage(lost_halves=0.02, between=0.25)
"""Pages as OCR reads them well: a few torn columns, captions and adverts between, nothing displaced or misread."""


def natural_page(items: Sequence[Item], rng: random.Random, *, traditional: float) -> MadePage:
    """A page that repeats only what its newspaper repeats: one on which a picture's report was drawn twice is drawn anew."""
    damage = Damage(lost_halves=NATURAL.lost_halves, between=NATURAL.between, traditional=traditional)
    while True:
        page = make_page(items, rng, damage)
        captions = [page.text[piece.start : piece.end] for piece in page.pieces if piece.role == "caption"]
        if len(set(captions)) == len(captions):
            return page


def repeat(page: MadePage, kind: Kind, rng: random.Random) -> Repeated | None:
    """The page with one repeat of that kind; None where it has no place for one."""
    return _KINDS[kind](page, rng)


def kinds() -> Iterator[Kind]:
    """All kinds of repeats, in the order of the report."""
    yield from _KINDS


_KINDS: dict[Kind, Callable[[MadePage, random.Random], Repeated | None]] = {
    "loop in a line": loops.loop_in_a_line,
    "loop of lines": loops.loop_of_lines,
    "loop with a counter": loops.loop_with_a_counter,
    "run on the spot": loops.run_on_the_spot,
    "echo that breaks off": copies.echo_that_breaks_off,
    "echo of whole sentences": copies.echo_of_whole_sentences,
    "echo as a block": copies.echo_as_a_block,
    "echo over two paragraphs": copies.echo_over_two_paragraphs,
    "echo misread": copies.echo_misread,
    "echo inside a paragraph": copies.echo_inside_a_paragraph,
    "paragraph": copies.paragraph,
    "paragraph misread": copies.paragraph_misread,
    "paragraph cut": copies.paragraph_cut,
    "stutter of words": loops.stutter_of_words,
    "stutter of function words": loops.stutter_of_function_words,
    "stutter of other characters": loops.stutter_of_others,
}
