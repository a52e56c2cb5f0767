"""Articles in columns: an article's elements enter, its columns leave, with the paragraphs that they tore apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from encoding_sources import in_script
from repair_articles import Element
from repair_made import BODY, Damage
from repair_typesetting import Line, misread, wrap

LOST_OF_TEARS = 0.148
"""Of this share of the torn places one half is lost: then .148 of 1.852 halves, 8 %, have no partner."""


@dataclass(slots=True)
class Printed:
    """A part of an element as it stands in one column: its printed lines."""

    role: str
    lines: list[str]
    text: str
    article: int
    paragraph: int
    part: int
    starts: bool
    ends: bool
    displaced: bool = False
    start_lost: bool = False
    end_lost: bool = False
    at: int = 0
    """Where the part begins in its element's text."""


@dataclass(slots=True)
class Chunk:
    """One column's share of an article: what is displaced together."""

    article: int
    printed: list[Printed] = field(default_factory=list)


def columns_of(
    number: int, elements: Sequence[Element], rng: random.Random, damage: Damage, traditional: bool
) -> list[Chunk]:
    """The article's columns: 1-4, each with its lines; a column ends where its height is used up, also inside a paragraph."""
    for element in elements:
        text = in_script(element.text, "s", "tw") if traditional else element.text
        element.text = misread(text, damage.noise, rng).strip() or element.text
    setter = _Setter(number, elements, rng, damage)
    return setter.chunks


class _Setter:
    """Sets one article; what comes out is in `chunks`."""

    def __init__(self, number: int, elements: Sequence[Element], rng: random.Random, damage: Damage) -> None:
        self.rng, self.damage, self.number = rng, damage, number
        n_characters = sum(len(element.text) for element in elements if element.role in BODY)
        n_columns = max(1, min(5, round(n_characters / rng.uniform(100, 280))))
        narrow = damage.layout == "paragraphs"
        self.width = rng.randint(12, 26) if narrow or rng.random() < 0.6 else rng.randint(10, 40)
        self.squeeze = rng.random() < 0.7
        self.indent = 0 if damage.indents == "none" else 2
        n_lines = n_characters / self.width + len(elements)
        self.heights = [max(3, round(n_lines / n_columns * rng.uniform(0.75, 1.25))) for _ in range(n_columns - 1)]
        self.chunks = [Chunk(number)]
        self.used = 0
        self.head_apart = rng.random() < damage.displaced / 3 and n_columns > 0
        for place, element in enumerate(elements):
            self._set(place, element)

    def _room(self) -> int:
        """Lines left in the column; many in the last one."""
        at = len(self.chunks) - 1
        return self.heights[at] - self.used if at < len(self.heights) else 1_000_000

    def _next_column(self) -> None:
        self.chunks.append(Chunk(self.number))
        self.used = 0
        if self.damage.layout == "wrapped" and self.rng.random() < 0.25:
            self.width = max(10, min(40, self.width + self.rng.randint(-6, 6)))

    def _set(self, place: int, element: Element) -> None:
        if element.role not in BODY:
            if self._room() <= (2 if element.role == "crosshead" else 0):
                self._next_column()
            lines = element.text.split("\n")
            self._print(element.role, lines, element.text, place, 0, starts=True, ends=True)
            return
        if self.head_apart:  # a head with its columns elsewhere: a border between them that may be displaced
            self.head_apart = False
            self.heights.insert(0, self.used)
            self._next_column()
        self._set_paragraph(place, element)

    def _set_paragraph(self, place: int, element: Element) -> None:
        at, part = 0, 0
        while at < len(element.text):
            if self._room() <= 0:
                self._next_column()
            rest = element.text[at:]
            lines = wrap(rest, self.width, self.rng, self.indent if at == 0 else 0, squeeze=self.squeeze)
            if not lines:
                return
            taken = lines[: self._room()]
            end = len(rest) if len(taken) == len(lines) else lines[len(taken)].start
            role = element.role if part == 0 else "body"
            text = rest[taken[0].start : taken[-1].end] + "-" * taken[-1].hyphen
            self._print(role, texts_of(rest, taken), text, place, part, starts=at == 0, ends=end == len(rest))
            self.chunks[-1].printed[-1].at = at + taken[0].start
            at, part = at + end, part + 1

    def _print(
        self, role: str, lines: list[str], text: str, place: int, part: int, *, starts: bool, ends: bool
    ) -> None:
        self.chunks[-1].printed.append(Printed(role, lines, text, self.number, place, part, starts, ends))
        self.used += len(lines)


def texts_of(text: str, lines: Sequence[Line]) -> list[str]:
    return [text[line.start : line.end] + "-" * line.hyphen for line in lines]


def lose_halves(chunks: Sequence[Chunk], rng: random.Random, damage: Damage) -> None:
    """Of some torn paragraphs one half is not printed; its partner says so."""
    share = LOST_OF_TEARS * damage.lost_halves / 0.08
    for left, right in pairwise(chunks):
        if not left.printed or not right.printed or left.printed[-1].ends or rng.random() >= share:
            continue
        if rng.random() < 0.5:
            right.printed[0].start_lost = True
            left.printed.pop()
        else:
            left.printed[-1].end_lost = True
            right.printed.pop(0)
