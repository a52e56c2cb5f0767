"""Echoes: a run of text that the OCR model printed a second time, at the end of a block, where the page broke off.

Blocks enter, Rewrites leave that remove the second copy up to a clause border. The signature: the copy stands at a
block's end, and stops in mid-sentence or is made of whole sentences. Source: breaks and repeats, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Decision, Page, Rewrite, Span
from corpus_tools.options import Options
from corpus_tools.stages.repair.breaks import is_open_end

LEAST_CUT_OFF = 25
LEAST_WHOLE = 40
"""Characters: 25 where the copy breaks off in mid-sentence, 40 where it ends with one. Natural pages repeat up to 29
characters, but not at a block's end that breaks off; template sentences reach 36."""

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
        cut_off = is_open_end(page.blocks[index])
        least = LEAST_CUT_OFF if cut_off else LEAST_WHOLE
        start = _echo_start(text, index, bodies, places, least)
        if start is None or (not cut_off and not ends_sentence(text[:start])):
            continue
        reason = f"{len(text) - start} characters that stand on the page before; " + (
            "breaks off where the page ends" if cut_off else "whole sentences"
        )
        yield Rewrite(index, Span(start, len(text)), "", reason, flag="repeat_removed")


def _places_of_ends(bodies: Mapping[int, str]) -> dict[str, list[tuple[int, int]]]:
    """For the last characters of each block, where they stand: `(block, place)`, the first few. One pass over the page."""
    places: dict[str, list[tuple[int, int]]] = {text[-PROBE:]: [] for text in bodies.values() if len(text) >= PROBE}
    for index, text in bodies.items():
        for at in range(len(text) - PROBE + 1):
            known = places.get(text[at : at + PROBE])
            if known is not None and len(known) < MOST_PLACES:
                known.append((index, at))
    return places


def _echo_start(
    text: str, index: int, bodies: Mapping[int, str], places: Mapping[str, list[tuple[int, int]]], least: int
) -> int | None:
    """Where in `text` the copy begins that runs to its end, at a clause border; None where there is no copy."""
    if len(text) < least:
        return None
    longest = 0
    for other, at in places[text[-PROBE:]]:
        if other < index or (other == index and at + PROBE < len(text)):
            longest = max(longest, _shared(text, bodies[other], at + PROBE, other == index))
    start = len(text) - longest
    while start and start < len(text) and text[start - 1] not in _BORDERS:
        start += 1
    while start < len(text) and text[start] in _BORDERS:
        start += 1
    return start if len(text) - start >= least else None


def _shared(text: str, other: str, other_end: int, same: bool) -> int:
    """How many characters before `other_end` of `other` equal the end of `text`; copies in one block do not overlap."""
    limit = min(other_end, len(text) - other_end if same else len(text))
    length = PROBE
    while length < limit and text[-length - 1] == other[other_end - length - 1]:
        length += 1
    return min(length, limit)
