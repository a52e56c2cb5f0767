"""Newspaper pages on which OCR said something twice, with the texts that are right without it: what `scripts/eval dedupe` measures on.

Natural pages come from repair_pages.py; one repeat is put into each. `Repeated.right` are the texts of the page when one of the
two copies is gone; either may go where nothing tells them apart.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from news_items import Item
from repair_made import Damage, MadePage, Piece
from repair_pages import make_page

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

LEAST_COPIES = {1: 6, 2: 5, 3: 5}
"""Copies of a loop by the length of its unit; of longer units three. Fewer copies of so short a unit are print: 叮咚叮咚."""

MOST_COPIES, LONGEST_LOOP = 10_000, 30_000
LONGEST_UNIT = 500
SHORTEST_ECHO, LONGEST_ECHO = 25, 400
SHORTEST_RUN, LONGEST_RUN = 8, 200
SHORTEST_PARAGRAPH = 25
NOISE = (0.01, 0.15)
FUNCTION_WORDS = "的了在是和与及为被把将从向对於與為將從對"
_COMMON = "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可年生自会那后能对着事其里所"
_CUTS = re.compile("[，。；！？]")
_SENTENCE_CUTS = re.compile("[。！？]")
_HANZI = re.compile("[\u4e00-\u9fff]")
_COUNTERS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}. ",
    lambda n: f"{n}、",
    lambda n: f"（{n}）",
    lambda n: f"{_in_hanzi(n)}、",
    lambda n: f"第{_in_hanzi(n)}，",
    lambda n: f"{_in_hanzi(n)}是",
)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A page with one repeat. `start`-`end` are the characters of the copy in `text`; `right` the texts without a copy."""

    text: str
    start: int
    end: int
    right: tuple[str, ...]


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


# --- Loops ---


def _loop_in_a_line(page: MadePage, rng: random.Random) -> Repeated | None:
    piece = _any_body(page, rng, least=12)
    if piece is None:
        return None
    text = page.text[piece.start : piece.end]
    length = _log_uniform(rng, 1, min(LONGEST_UNIT, len(text)))
    start = rng.randrange(len(text) - length + 1)
    unit = text[start : start + length]
    if not _HANZI.search(unit) or "！" in unit or set(unit) <= set("哈呵啊嘻"):
        return None
    at = piece.start + start + length
    copies = unit * (_copies(rng, length) - 1)
    if rng.random() < 0.5:
        return _inserted(page.text, at, copies)
    cut = unit[: rng.randrange(length)]
    return _replaced(page.text, at, piece.end, copies + cut)


def _loop_of_lines(page: MadePage, rng: random.Random) -> Repeated | None:
    pieces = _bodies(page, 8)
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
    return _inserted(page.text, at, copies + cut)


def _loop_with_a_counter(page: MadePage, rng: random.Random) -> Repeated | None:
    piece = _any_body(page, rng, least=30)
    if piece is None:
        return None
    sentences = re.findall("[^。！？]{8,60}。", page.text[piece.start : piece.end])
    sentences = [each for each in sentences if not re.search("[0-9０-９A-Za-z一二三四五六七八九十百千“”]", each)]
    if not sentences:
        return None
    sentence, counter = rng.choice(sentences), rng.choice(_COUNTERS)
    n_copies = min(_log_uniform(rng, 3, 300), LONGEST_LOOP // len(sentence))
    gap = rng.choice(("\n", "\n\n", ""))
    items = [counter(number) + sentence for number in range(1, n_copies + 1)]
    above, below = page.text[: piece.start], page.text[piece.end :]
    start = piece.start + len(items[0])
    text = above + gap.join(items) + below
    return Repeated(text, start, len(text) - len(below), (above + items[0] + below,))


def _copies(rng: random.Random, length: int) -> int:
    least = LEAST_COPIES.get(length, 3)
    return _log_uniform(rng, least, max(least, min(MOST_COPIES, LONGEST_LOOP // length)))


# --- On the spot ---


def _run_on_the_spot(page: MadePage, rng: random.Random) -> Repeated | None:
    piece = _any_body(page, rng, least=SHORTEST_RUN + 4)
    if piece is None:
        return None
    length = _log_uniform(rng, SHORTEST_RUN, min(LONGEST_RUN, piece.end - piece.start))
    start = rng.randrange(piece.start, piece.end - length + 1)
    run = page.text[start : start + length]
    if len(_HANZI.findall(run)) < SHORTEST_RUN - 2 or re.search("[！？]", run):
        return None
    return _inserted(page.text, start + length, run)


# --- Echoes ---


def _echo_that_breaks_off(page: MadePage, rng: random.Random) -> Repeated | None:
    return _appended_echo(page, rng, noise=0.0)


def _echo_misread(page: MadePage, rng: random.Random) -> Repeated | None:
    return _appended_echo(page, rng, noise=rng.uniform(*NOISE))


def _appended_echo(page: MadePage, rng: random.Random, noise: float) -> Repeated | None:
    """Behind what is left of a later paragraph whose end is lost: as much as the model said before it ran out of page."""
    pieces = _bodies(page, 50)
    if len(pieces) < 3:
        return None
    number = rng.randrange(len(pieces) - 1)
    source, target = pieces[number], rng.choice(pieces[number + 1 :])
    text = page.text[source.start : source.end]
    torn = source.part == 0 and any(piece.part == 1 and _same(piece, source) for piece in page.pieces)
    end = len(text) if torn and rng.random() < 0.6 else _cut_place(text, rng)
    start = _start_of_copy(text, end, rng)
    if start is None:
        return None
    borders = [found.end() for found in _CUTS.finditer(page.text, target.start + 10, target.end)]
    if not borders:
        return None
    return _replaced(page.text, rng.choice(borders), target.end, misread(text[start:end], noise, rng))


def _echo_of_whole_sentences(page: MadePage, rng: random.Random) -> Repeated | None:
    found = _sentences_for(page, rng)
    if found is None:
        return None
    said, target = found
    return _inserted(page.text, target.end, said) if page.text[target.end - 1] in "。！？" else None


def _echo_as_a_block(page: MadePage, rng: random.Random) -> Repeated | None:
    """A line of its own behind a later paragraph, or at the page's end, that breaks off."""
    pieces = _bodies(page, 60)
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
    return _inserted(page.text, at, "\n\n" + text[start:end])


def _echo_over_two_paragraphs(page: MadePage, rng: random.Random) -> Repeated | None:
    """The end of one paragraph and the start of the next, said in one go behind a later one, which breaks off or is whole."""
    pieces = _bodies(page, 40)
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
    return _inserted(page.text, target.end, said)


def _echo_inside_a_paragraph(page: MadePage, rng: random.Random) -> Repeated | None:
    found = _sentences_for(page, rng)
    if found is None:
        return None
    said, target = found
    borders = [target.start] + [each.end() for each in _SENTENCE_CUTS.finditer(page.text, target.start, target.end - 1)]
    return _inserted(page.text, rng.choice(borders), said)


def _sentences_for(page: MadePage, rng: random.Random) -> tuple[str, Piece] | None:
    """Whole sentences of one paragraph, and a later paragraph of the same article or another."""
    pieces = _bodies(page, 60)
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
    places = [at for at in range(SHORTEST_ECHO, len(text)) if _HANZI.match(text[at - 1]) and _HANZI.match(text[at])]
    return rng.choice(places) if places else len(text)


def _start_of_copy(text: str, end: int, rng: random.Random) -> int | None:
    """Where a copy begins that ends there: at a sentence (mostly) or a clause."""
    marks = _SENTENCE_CUTS if rng.random() < 0.7 else _CUTS
    starts = [0, *(found.end() for found in marks.finditer(text))]
    starts = [start for start in starts if SHORTEST_ECHO <= end - start <= LONGEST_ECHO]
    return rng.choice(starts) if starts else None


# --- Paragraphs ---


def _paragraph(page: MadePage, rng: random.Random) -> Repeated | None:
    return _second_paragraph(page, rng, lambda text: text)


def _paragraph_misread(page: MadePage, rng: random.Random) -> Repeated | None:
    noise = rng.uniform(*NOISE)
    return _second_paragraph(page, rng, lambda text: misread(text, noise, rng), least=40)


def _paragraph_cut(page: MadePage, rng: random.Random) -> Repeated | None:
    def cut(text: str) -> str:
        return text[: rng.randrange(max(SHORTEST_PARAGRAPH, int(0.4 * len(text))), len(text))]

    return _second_paragraph(page, rng, cut, least=40)


def _second_paragraph(
    page: MadePage, rng: random.Random, change: Callable[[str], str], least: int = SHORTEST_PARAGRAPH
) -> Repeated | None:
    """A paragraph again, below itself, elsewhere on the page or at its end, seldom above itself."""
    pieces = [piece for piece in _bodies(page, least) if not _is_torn(page, piece)]
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
    made = _inserted(page.text, at, "\n\n" + copy)
    # which copy stays is the tool's own order: without the original the page reads as if it had been printed there
    shift = made.end - made.start if made.start <= piece.start else 0
    without_original = made.text[: piece.start + shift] + made.text[piece.end + shift :]
    return Repeated(made.text, made.start, made.end, (page.text, without_original))


# --- Stutters ---


def _stutter_of_words(page: MadePage, rng: random.Random) -> Repeated | None:
    return _stutter(page, rng, rng.randint(2, 4), lambda unit: len(set(unit)) > 1)


def _stutter_of_function_words(page: MadePage, rng: random.Random) -> Repeated | None:
    return _stutter(page, rng, 1, lambda unit: unit in FUNCTION_WORDS)


def _stutter_of_others(page: MadePage, rng: random.Random) -> Repeated | None:
    return _stutter(page, rng, 1, lambda unit: unit not in FUNCTION_WORDS)


def _stutter(page: MadePage, rng: random.Random, length: int, fits: Callable[[str], bool]) -> Repeated | None:
    pieces = _bodies(page, 30)
    for _ in range(60 if pieces else 0):
        piece = rng.choice(pieces)
        at = rng.randrange(piece.start, piece.end - length + 1)
        unit = page.text[at : at + length]
        if len(_HANZI.findall(unit)) == length and fits(unit):
            return _inserted(page.text, at + length, unit)
    return None


# --- What they share ---


def misread(text: str, share: float, rng: random.Random) -> str:
    """The text with that share of its hanzi read as others, some dropped or doubled; numbers stay, as a copy with other
    numbers is no copy."""
    return "".join(_misread(character, rng) if rng.random() < share else character for character in text)


def _misread(character: str, rng: random.Random) -> str:
    if not _HANZI.match(character) or character in "一二三四五六七八九十百千万亿两":
        return character
    kind = rng.random()
    return "" if kind < 0.12 else character * 2 if kind < 0.2 else rng.choice(_COMMON.replace(character, ""))


def _inserted(text: str, at: int, copy: str) -> Repeated:
    return Repeated(text[:at] + copy + text[at:], at, at + len(copy), (text,))


def _replaced(text: str, start: int, end: int, copy: str) -> Repeated:
    """`copy` in place of what is lost."""
    return Repeated(text[:start] + copy + text[end:], start, start + len(copy), (text[:start] + text[end:],))


def _bodies(page: MadePage, least: int) -> list[Piece]:
    return [piece for piece in page.pieces if piece.role == "body" and piece.end - piece.start >= least]


def _any_body(page: MadePage, rng: random.Random, least: int) -> Piece | None:
    pieces = _bodies(page, least)
    return rng.choice(pieces) if pieces else None


def _same(piece: Piece, other: Piece) -> bool:
    return (piece.article, piece.paragraph) == (other.article, other.paragraph)


def _is_torn(page: MadePage, piece: Piece) -> bool:
    return piece.start_lost or piece.end_lost or sum(_same(other, piece) for other in page.pieces) > 1


def _log_uniform(rng: random.Random, least: int, most: int) -> int:
    return round(math.exp(rng.uniform(math.log(least), math.log(most))))


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


def kinds() -> Iterator[Kind]:
    """All kinds of repeats, in the order of the report."""
    yield from _KINDS


_KINDS: dict[Kind, Callable[[MadePage, random.Random], Repeated | None]] = {
    "loop in a line": _loop_in_a_line,
    "loop of lines": _loop_of_lines,
    "loop with a counter": _loop_with_a_counter,
    "run on the spot": _run_on_the_spot,
    "echo that breaks off": _echo_that_breaks_off,
    "echo of whole sentences": _echo_of_whole_sentences,
    "echo as a block": _echo_as_a_block,
    "echo over two paragraphs": _echo_over_two_paragraphs,
    "echo misread": _echo_misread,
    "echo inside a paragraph": _echo_inside_a_paragraph,
    "paragraph": _paragraph,
    "paragraph misread": _paragraph_misread,
    "paragraph cut": _paragraph_cut,
    "stutter of words": _stutter_of_words,
    "stutter of function words": _stutter_of_function_words,
    "stutter of other characters": _stutter_of_others,
}
