"""Echoes and paragraphs said again: a copy that stands in another place.

A made page enters, the page with one repeat leaves, or None where it has no place for one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from repair_made import MadePage, Piece
from repeat_shared import HANZI, Repeated, bodies, inserted, is_torn, misread, replaced, same

SHORTEST_ECHO, LONGEST_ECHO = 25, 400
SHORTEST_PARAGRAPH = 25
NOISE = (0.01, 0.15)
_CUTS = re.compile("[，。；！？]")
_SENTENCE_CUTS = re.compile("[。！？]")


# --- Echoes ---


def echo_that_breaks_off(page: MadePage, rng: random.Random) -> Repeated | None:
    """See `_appended_echo`."""
    return _appended_echo(page, rng, noise=0.0)


def echo_misread(page: MadePage, rng: random.Random) -> Repeated | None:
    """The same with 1-15 % of its hanzi misread."""
    return _appended_echo(page, rng, noise=rng.uniform(*NOISE))


def _appended_echo(page: MadePage, rng: random.Random, noise: float) -> Repeated | None:
    """Behind what is left of a later paragraph whose end is lost: as much as the model said before it ran out of page."""
    pieces = bodies(page, 50)
    if len(pieces) < 3:
        return None
    number = rng.randrange(len(pieces) - 1)
    source, target = pieces[number], rng.choice(pieces[number + 1 :])
    text = page.text[source.start : source.end]
    torn = source.part == 0 and any(piece.part == 1 and same(piece, source) for piece in page.pieces)
    end = len(text) if torn and rng.random() < 0.6 else _cut_place(text, rng)
    start = _start_of_copy(text, end, rng)
    if start is None:
        return None
    borders = [found.end() for found in _CUTS.finditer(page.text, target.start + 10, target.end)]
    if not borders:
        return None
    return replaced(page.text, rng.choice(borders), target.end, misread(text[start:end], noise, rng))


def echo_of_whole_sentences(page: MadePage, rng: random.Random) -> Repeated | None:
    """Sentences of one paragraph behind the end of a later one."""
    found = _sentences_for(page, rng)
    if found is None:
        return None
    said, target = found
    return inserted(page.text, target.end, said) if page.text[target.end - 1] in "。！？" else None


def echo_as_a_block(page: MadePage, rng: random.Random) -> Repeated | None:
    """A line of its own behind a later paragraph, or at the page's end, that breaks off."""
    pieces = bodies(page, 60)
    if len(pieces) < 2:
        return None
    number = rng.randrange(len(pieces) - 1)
    source, target = pieces[number], rng.choice(pieces[number + 1 :])
    text = page.text[source.start : source.end]
    end = _cut_place(text, rng)
    start = _start_of_copy(text, end, rng)
    if start is None:
        return None
    at = target.end if rng.random() < 0.5 else len(page.text.rstrip())
    return inserted(page.text, at, "\n\n" + text[start:end])


def echo_over_two_paragraphs(page: MadePage, rng: random.Random) -> Repeated | None:
    """The end of one paragraph and the start of the next, said in one go behind a later one, which breaks off or is whole."""
    pieces = bodies(page, 40)
    pairs = [
        (left, right)
        for left, right in zip(page.pieces, page.pieces[1:], strict=False)
        if left in pieces
        and right in pieces
        and left.article == right.article
        and right.paragraph == left.paragraph + 1
    ]
    if not pairs:
        return None
    left, right = rng.choice(pairs)
    targets = [piece for piece in pieces if piece.start > right.end]
    if not targets:
        return None
    target, upper, lower = rng.choice(targets), page.text[left.start : left.end], page.text[right.start : right.end]
    starts = [found.end() for found in _CUTS.finditer(upper[:-12])]
    if not starts or upper[-1] not in "。！？”":
        return None
    end = rng.randrange(12, len(lower))
    said = upper[rng.choice(starts) :] + lower[:end]
    if not SHORTEST_ECHO <= len(said) <= LONGEST_ECHO:
        return None
    return inserted(page.text, target.end, said)


def echo_inside_a_paragraph(page: MadePage, rng: random.Random) -> Repeated | None:
    """Sentences of one paragraph at the start or in the middle of a later one."""
    found = _sentences_for(page, rng)
    if found is None:
        return None
    said, target = found
    borders = [target.start] + [each.end() for each in _SENTENCE_CUTS.finditer(page.text, target.start, target.end - 1)]
    return inserted(page.text, rng.choice(borders), said)


def _sentences_for(page: MadePage, rng: random.Random) -> tuple[str, Piece] | None:
    """Whole sentences of one paragraph, and a later paragraph of the same article or another."""
    pieces = bodies(page, 60)
    if len(pieces) < 2:
        return None
    number = rng.randrange(len(pieces) - 1)
    text = page.text[pieces[number].start : pieces[number].end]
    borders = [0, *(found.end() for found in _SENTENCE_CUTS.finditer(text))]
    ranges = [(start, end) for start in borders for end in borders if 2 * SHORTEST_ECHO <= end - start <= LONGEST_ECHO]
    if not ranges:
        return None
    start, end = rng.choice(ranges)
    said = text[start:end]
    return (said, rng.choice(pieces[number + 1 :])) if said.count("“") == said.count("”") else None


def _cut_place(text: str, rng: random.Random) -> int:
    """Where a copy breaks off: not behind a mark."""
    places = [at for at in range(SHORTEST_ECHO, len(text)) if HANZI.match(text[at - 1]) and HANZI.match(text[at])]
    return rng.choice(places) if places else len(text)


def _start_of_copy(text: str, end: int, rng: random.Random) -> int | None:
    """Where a copy begins that ends there: at a sentence (mostly) or a clause."""
    marks = _SENTENCE_CUTS if rng.random() < 0.7 else _CUTS
    starts = [0, *(found.end() for found in marks.finditer(text))]
    starts = [start for start in starts if SHORTEST_ECHO <= end - start <= LONGEST_ECHO]
    return rng.choice(starts) if starts else None


# --- Paragraphs ---


def paragraph(page: MadePage, rng: random.Random) -> Repeated | None:
    """A paragraph to the letter."""
    return _second_paragraph(page, rng, lambda text: text)


def paragraph_misread(page: MadePage, rng: random.Random) -> Repeated | None:
    """A paragraph with 1-15 % of its hanzi misread."""
    noise = rng.uniform(*NOISE)
    return _second_paragraph(page, rng, lambda text: misread(text, noise, rng), least=40)


def paragraph_cut(page: MadePage, rng: random.Random) -> Repeated | None:
    """A paragraph of which .4 and more is left."""

    def cut(text: str) -> str:
        return text[: rng.randrange(max(SHORTEST_PARAGRAPH, int(0.4 * len(text))), len(text))]

    return _second_paragraph(page, rng, cut, least=40)


def _second_paragraph(
    page: MadePage, rng: random.Random, change: Callable[[str], str], least: int = SHORTEST_PARAGRAPH
) -> Repeated | None:
    """A paragraph again, below itself, elsewhere on the page or at its end, seldom above itself."""
    pieces = [piece for piece in bodies(page, least) if not is_torn(page, piece)]
    if not pieces:
        return None
    piece = rng.choice(pieces)
    copy = change(page.text[piece.start : piece.end])
    if len(copy) < SHORTEST_PARAGRAPH:
        return None
    later = [other.end for other in pieces if other.start >= piece.start]
    where = rng.random()
    if where < 0.1 and piece is not pieces[0]:
        at = rng.choice([other.end for other in pieces if other.end < piece.start] or [piece.end])
    else:
        at = piece.end if where < 0.35 else rng.choice(later) if where < 0.8 else len(page.text.rstrip())
    made = inserted(page.text, at, "\n\n" + copy)
    # which copy stays is the tool's own order: without the original the page reads as if it had been printed there
    shift = made.end - made.start if made.start <= piece.start else 0
    without_original = made.text[: piece.start + shift] + made.text[piece.end + shift :]
    return Repeated(made.text, made.start, made.end, (page.text, without_original))
