"""What the makers of repeats share: a page with one, the pieces it is put into, and how a copy is misread."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass

from repair_made import MadePage, Piece

_COMMON = "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可年生自会那后能对着事其里所"
HANZI = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A page with one repeat. `start`-`end` are the characters of the copy in `text`; `right` the texts without a copy."""

    text: str
    start: int
    end: int
    right: tuple[str, ...]


def misread(text: str, share: float, rng: random.Random) -> str:
    """The text with that share of its hanzi read as others, some dropped or doubled; numbers stay, as a copy with other
    numbers is no copy."""
    return "".join(_misread(character, rng) if rng.random() < share else character for character in text)


def _misread(character: str, rng: random.Random) -> str:
    if not HANZI.match(character) or character in "一二三四五六七八九十百千万亿两":
        return character
    kind = rng.random()
    return "" if kind < 0.12 else character * 2 if kind < 0.2 else rng.choice(_COMMON.replace(character, ""))


def inserted(text: str, at: int, copy: str) -> Repeated:
    """The page with a copy put in at a place."""
    return Repeated(text[:at] + copy + text[at:], at, at + len(copy), (text,))


def replaced(text: str, start: int, end: int, copy: str) -> Repeated:
    """`copy` in place of what is lost."""
    return Repeated(text[:start] + copy + text[end:], start, start + len(copy), (text[:start] + text[end:],))


def bodies(page: MadePage, least: int) -> list[Piece]:
    """Pieces of running text of that many characters and more."""
    return [piece for piece in page.pieces if piece.role == "body" and piece.end - piece.start >= least]


def any_body(page: MadePage, rng: random.Random, least: int) -> Piece | None:
    """One of them, or None where there is none."""
    pieces = bodies(page, least)
    return rng.choice(pieces) if pieces else None


def same(piece: Piece, other: Piece) -> bool:
    """Whether two pieces are of one paragraph."""
    return (piece.article, piece.paragraph) == (other.article, other.paragraph)


def is_torn(page: MadePage, piece: Piece) -> bool:
    """Whether a piece is only a part of its paragraph."""
    return piece.start_lost or piece.end_lost or sum(same(other, piece) for other in page.pieces) > 1


def log_uniform(rng: random.Random, least: int, most: int) -> int:
    """A number between the two, small ones as often as large ones."""
    return round(math.exp(rng.uniform(math.log(least), math.log(most))))
