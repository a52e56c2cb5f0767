"""The nouns of made pages: what is done to a page, what was printed on it, and where that stands in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layout = Literal["paragraphs", "wrapped"]
WordingName = Literal["usual", "other"]
Indents = Literal["kept", "stripped", "partly", "none"]

BODY = frozenset(("body", "lead"))
"""Roles of running text; `lead` is the first part of a paragraph that opens with 本报讯 and the like."""
HEADS = frozenset(("kicker", "headline", "deck", "crosshead"))
KEPT = frozenset(("verse", "list", "table"))
"""Roles whose lines must stay lines."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a page. `displaced` counts columns of an article behind its first, `noise` characters, `lost_halves`
    halves of torn paragraphs, `between` column ends behind which something else is printed, `extras` lists, poems and
    tables, `traditional` pages, each from 0 to 1 (`extras`: how many a page has at most).

    `wording` is the set of captions, bylines, adverts and so on: rules and weights are made with the usual one.

    `indents` are two U+3000: kept, partly kept, stripped (the first line stays two short), or none ever (a full first line).
    """

    layout: Layout = "paragraphs"
    displaced: float = 0.0
    noise: float = 0.0
    indents: Indents = "stripped"
    blank_lines: bool = True
    lost_halves: float = 0.08
    between: float = 0.4
    extras: int = 1
    traditional: float = 0.0
    wording: WordingName = "usual"


@dataclass(frozen=True, slots=True)
class Piece:
    """What was printed in one place; `start` and `end` are offsets into the page's text, on characters that are no space.

    `article` is -1 for furniture, adverts and stray headings. `paragraph` counts the article's elements, heads included;
    `part` the printed parts of one paragraph that columns tore apart; `at` is where the part begins in the whole element.
    """

    start: int
    end: int
    role: str
    article: int
    paragraph: int
    part: int = 0
    displaced: bool = False
    start_lost: bool = False
    end_lost: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page and its pieces in page order; `line_ends` of wrapped pages: where a newline stands, and whether the paragraph
    goes on over it. Ends of columns with a blank line or another piece behind them are not among the line ends that go on.
    """

    text: str
    pieces: tuple[Piece, ...]
    line_ends: tuple[tuple[int, bool], ...] = ()
