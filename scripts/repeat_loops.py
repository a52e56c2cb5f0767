"""Loops, runs doubled on the spot and stutters: what a model says again at once.

A made page enters, the page with one repeat leaves, or None where it has no place for one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from repair_made import MadePage
from repeat_shared import HANZI, Repeated, any_body, bodies, inserted, log_uniform, replaced

LEAST_COPIES = {1: 6, 2: 5, 3: 5}
"""Copies of a loop by the length of its unit; of longer units three. Fewer copies of so short a unit are print: 叮咚叮咚."""

MOST_COPIES, LONGEST_LOOP = 10_000, 30_000
LONGEST_UNIT = 500
SHORTEST_RUN, LONGEST_RUN = 8, 200
FUNCTION_WORDS = "的了在是和与及为被把将从向对於與為將從對"
_COUNTERS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}. ",
    lambda n: f"{n}、",
    lambda n: f"（{n}）",
    lambda n: f"{_in_hanzi(n)}、",
    lambda n: f"第{_in_hanzi(n)}，",
    lambda n: f"{_in_hanzi(n)}是",
)


# --- Loops ---


def loop_in_a_line(page: MadePage, rng: random.Random) -> Repeated | None:
    """A run of a paragraph many times in a row; every second time the last copy is cut off and the rest is lost."""
    piece = any_body(page, rng, least=12)
    if piece is None:
        return None
    text = page.text[piece.start : piece.end]
    length = log_uniform(rng, 1, min(LONGEST_UNIT, len(text)))
    start = rng.randrange(len(text) - length + 1)
    unit = text[start : start + length]
    if not HANZI.search(unit) or "！" in unit or set(unit) <= set("哈呵啊嘻"):
        return None
    at = piece.start + start + length
    copies = unit * (_copies(rng, length) - 1)
    if rng.random() < 0.5:
        return inserted(page.text, at, copies)
    cut = unit[: rng.randrange(length)]
    return replaced(page.text, at, piece.end, copies + cut)


def loop_of_lines(page: MadePage, rng: random.Random) -> Repeated | None:
    """One to three paragraphs in turn, each in lines of its own."""
    pieces = bodies(page, 8)
    if not pieces:
        return None
    first = rng.randrange(len(pieces))
    last = min(len(pieces) - 1, first + rng.choice((0, 0, 1, 2)))
    chosen = pieces[first : last + 1]
    lines = [page.text[piece.start : piece.end] for piece in chosen]
    gap = "\n\n" if "\n\n" in page.text.strip() else "\n"
    unit = gap + gap.join(lines)
    at = chosen[-1].end
    if len(chosen) > 1 and page.text[chosen[0].start : at].split() != gap.join(lines).split():
        return None  # something stands between them
    copies = unit * (_copies(rng, len(unit)) - 1)
    cut = unit[: rng.randrange(len(unit))].rstrip() if rng.random() < 0.5 else ""
    return inserted(page.text, at, copies + cut)


def loop_with_a_counter(page: MadePage, rng: random.Random) -> Repeated | None:
    """A sentence under numbers that count up, in place of its paragraph."""
    piece = any_body(page, rng, least=30)
    if piece is None:
        return None
    sentences = re.findall("[^。！？]{8,60}。", page.text[piece.start : piece.end])
    sentences = [each for each in sentences if not re.search("[0-9０-９A-Za-z一二三四五六七八九十百千“”]", each)]
    if not sentences:
        return None
    sentence, counter = rng.choice(sentences), rng.choice(_COUNTERS)
    n_copies = min(log_uniform(rng, 3, 300), LONGEST_LOOP // len(sentence))
    gap = rng.choice(("\n", "\n\n", ""))
    items = [counter(number) + sentence for number in range(1, n_copies + 1)]
    above, below = page.text[: piece.start], page.text[piece.end :]
    start = piece.start + len(items[0])
    text = above + gap.join(items) + below
    return Repeated(text, start, len(text) - len(below), (above + items[0] + below,))


def _copies(rng: random.Random, length: int) -> int:
    least = LEAST_COPIES.get(length, 3)
    return log_uniform(rng, least, max(least, min(MOST_COPIES, LONGEST_LOOP // length)))


# --- On the spot ---


def run_on_the_spot(page: MadePage, rng: random.Random) -> Repeated | None:
    """A run of a paragraph twice in a row."""
    piece = any_body(page, rng, least=SHORTEST_RUN + 4)
    if piece is None:
        return None
    length = log_uniform(rng, SHORTEST_RUN, min(LONGEST_RUN, piece.end - piece.start))
    start = rng.randrange(piece.start, piece.end - length + 1)
    run = page.text[start : start + length]
    if len(HANZI.findall(run)) < SHORTEST_RUN - 2 or re.search("[！？]", run):
        return None
    return inserted(page.text, start + length, run)


# --- Stutters ---


def stutter_of_words(page: MadePage, rng: random.Random) -> Repeated | None:
    """Two to four hanzi doubled."""
    return _stutter(page, rng, rng.randint(2, 4), lambda unit: len(set(unit)) > 1)


def stutter_of_function_words(page: MadePage, rng: random.Random) -> Repeated | None:
    """A function word doubled."""
    return _stutter(page, rng, 1, lambda unit: unit in FUNCTION_WORDS)


def stutter_of_others(page: MadePage, rng: random.Random) -> Repeated | None:
    """Another hanzi doubled."""
    return _stutter(page, rng, 1, lambda unit: unit not in FUNCTION_WORDS)


def _stutter(page: MadePage, rng: random.Random, length: int, fits: Callable[[str], bool]) -> Repeated | None:
    pieces = bodies(page, 30)
    for _ in range(60 if pieces else 0):
        piece = rng.choice(pieces)
        at = rng.randrange(piece.start, piece.end - length + 1)
        unit = page.text[at : at + length]
        if len(HANZI.findall(unit)) == length and fits(unit):
            return inserted(page.text, at + length, unit)
    return None


def _in_hanzi(number: int) -> str:
    """一 to 九百九十九."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (digits[ones] if ones else "")
