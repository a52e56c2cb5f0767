"""Echoes: a run of text that the OCR model printed a second time, at the end of a block, where the page broke off.

Blocks enter, Rewrites leave that remove the second copy up to a clause border. The signature: the copy stands at a
block's end, and stops in mid-sentence or is made of whole sentences. Source: breaks and repeats, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Block, Decision, Page, Rewrite, Span
from corpus_tools.options import Options
from corpus_tools.outline import is_lead, is_open_end

LEAST_CUT_OFF = 25
LEAST_WHOLE = 40
"""Characters: 25 where the copy breaks off in mid-sentence, 40 where it ends with one. Natural pages repeat up to 29
characters, but not at a block's end that breaks off; template sentences reach 36."""

LEAST_SENTENCES = 2

PROBE = 12
"""Last characters of a block that are looked up; a copy is longer."""

MOST_PLACES = 8
"""Places that are looked at for one block's end: an ending that stands more often is a formula, and costs no more."""

_BORDERS = "。！？；…”’，、：）"


def remove_echoes(page: Page, options: Options) -> Iterator[Decision]:
    """The second copy of a run at a block's end is removed, from the clause border on; its article gets `repeat_removed`.

    Where the copy breaks off, the true end is lost: the note `end_missing` that `repair` left there stays, and `split`
    gives it to the article. Left alone: copies before the end of a block, copies shorter than 25 characters, sentences
    with other numbers.
    """
    bodies = {index: block.text for index, block in enumerate(page.blocks) if block.role == "body"}
    places = _places_of_ends(bodies)
    for index, text in bodies.items():
        following = page.blocks[index + 1] if index + 1 < len(page.blocks) else None
        jumps_on = following is not None and following.role == "jump"
        cut_off = is_open_end(page.blocks[index]) and not jumps_on
        least = LEAST_CUT_OFF if cut_off else LEAST_WHOLE
        found = _echo(text, index, bodies, places, least)
        if found is None:
            continue
        start, first = found
        if not cut_off and not _is_sentences(text, start, one_article=_is_one_article(page.blocks, first, index)):
            continue
        reason = f"{len(text) - start} characters that stand on the page before; " + (
            "breaks off where the page ends" if cut_off else "whole sentences"
        )
        yield Rewrite(index, Span(start, len(text)), "", reason, flag="repeat_removed")


def _is_sentences(text: str, start: int, *, one_article: bool) -> bool:
    """Whether the copy is whole sentences: two and more, as one alone may be a formula that two reports end with."""
    n_sentences = sum(text.count(mark, start) for mark in "。！？")
    return ends_sentence(text[:start]) and (one_article or n_sentences >= LEAST_SENTENCES)


def _is_one_article(blocks: Sequence[Block], first: int, second: int) -> bool:
    """Whether nothing between two blocks begins or ends an article."""
    return all(
        block.role in ("body", "caption", "credit") and not is_lead(block) for block in blocks[first + 1 : second + 1]
    )


def _places_of_ends(bodies: Mapping[int, str]) -> dict[str, list[tuple[int, int]]]:
    """For the last characters of each block, where they stand: `(block, place)`, the first few. One pass over the page."""
    places: dict[str, list[tuple[int, int]]] = {text[-PROBE:]: [] for text in bodies.values() if len(text) >= PROBE}
    for index, text in bodies.items():
        for at in range(len(text) - PROBE + 1):
            known = places.get(text[at : at + PROBE])
            if known is not None and len(known) < MOST_PLACES:
                known.append((index, at))
    return places


def _echo(
    text: str, index: int, bodies: Mapping[int, str], places: Mapping[str, list[tuple[int, int]]], least: int
) -> tuple[int, int] | None:
    """`(place, block)`: where in `text` the copy begins that runs to its end, at a clause border, and the block that has
    the first copy; None where there is no copy."""
    if len(text) < least:
        return None
    longest, first = 0, index
    for other, at in places[text[-PROBE:]]:
        if other < index or (other == index and at + PROBE < len(text)):
            shared = _shared(text, bodies[other], at + PROBE, other == index)
            if shared > longest:
                longest, first = shared, other
    start = len(text) - longest
    while start and start < len(text) and text[start - 1] not in _BORDERS:
        start += 1
    while start < len(text) and text[start] in _BORDERS:
        start += 1
    return (start, first) if len(text) - start >= least else None


def _shared(text: str, other: str, other_end: int, same: bool) -> int:
    """How many characters before `other_end` of `other` equal the end of `text`; copies in one block do not overlap."""
    limit = min(other_end, len(text) - other_end if same else len(text))
    length = PROBE
    while length < limit and text[-length - 1] == other[other_end - length - 1]:
        length += 1
    return min(length, limit)
