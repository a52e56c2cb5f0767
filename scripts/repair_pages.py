"""Newspaper pages as OCR prints them, with what was printed where: what `scripts/eval repair` and the seam model measure on.

Articles (news_items.py) are set in columns, the columns in lines (repair_typesetting.py); captions, adverts, heads and folios
stand between (repair_templates.py). Then columns are displaced, halves lost, characters misread. By hand:
repair_pages.py --source broadcast --layout wrapped --displaced .25 --pages 3 -o DIR writes DIR/00.txt and its gold, DIR/00.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

import repair_templates as templates
from encoding_sources import data_folder, in_script
from news_items import Item, SourceName, items_of
from repair_typesetting import Line, misread, wrap

Layout = Literal["paragraphs", "wrapped"]
Indents = Literal["kept", "stripped", "partly", "none"]
SEED = 20_240_104

BODY = frozenset(("body", "lead"))
"""Roles of running text; `lead` is the first part of a paragraph that opens with 本报讯 and the like."""
HEADS = frozenset(("kicker", "headline", "deck", "crosshead"))
KEPT = frozenset(("verse", "list", "table"))
"""Roles whose lines must stay lines."""

LOST_OF_TEARS = 0.148
"""Of this share of the torn places one half is lost: then .148 of 1.852 halves, 8 %, have no partner."""

NEIGHBOURS = 80
"""Items in a row that a page's articles are taken from: they share places and people, as a page's articles do."""

LONG_ITEM, LONG_SHARE = 350, 0.75
"""Characters of an item that fills two columns, and the share of a page's articles that are so long."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a page. `displaced` counts columns of an article behind its first, `noise` characters, `lost_halves`
    halves of torn paragraphs, `between` column ends behind which something else is printed, `extras` lists, poems and
    tables, `traditional` pages, each from 0 to 1 (`extras`: how many a page has at most).

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


@dataclass(frozen=True, slots=True)
class Piece:
    """What was printed in one place; `start` and `end` are offsets into the page's text, on characters that are no space.

    `article` is -1 for furniture, adverts and stray headings. `paragraph` counts the article's elements, heads included;
    `part` the printed parts of one paragraph that columns tore apart.
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


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page and its pieces in page order; `line_ends` of wrapped pages: where a newline stands, and whether the paragraph
    goes on over it. Ends of columns with a blank line or another piece behind them are not among the line ends that go on.
    """

    text: str
    pieces: tuple[Piece, ...]
    line_ends: tuple[tuple[int, bool], ...] = ()


@dataclass(slots=True)
class _Element:
    """A head, a byline, a whole paragraph, a poem …: what an article consists of, in reading order."""

    role: str
    text: str


@dataclass(slots=True)
class _Printed:
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


@dataclass(slots=True)
class _Chunk:
    """One column's share of an article: what is displaced together."""

    article: int
    printed: list[_Printed] = field(default_factory=list)


def make_page(items: Sequence[Item], rng: random.Random, damage: Damage) -> MadePage:
    """A page of 4-7 articles from neighbouring items, about 40 pieces; the same for the same state of `rng`, everywhere."""
    traditional = rng.random() < damage.traditional
    articles = [_article(item, rng, traditional=traditional) for item in _chosen(items, rng)]
    for _ in range(rng.randint(min(1, damage.extras), damage.extras) if damage.extras else 0):
        articles.insert(rng.randint(0, len(articles)), _kept_lines(rng))
    columns = [_columns(number, its, rng, damage, traditional) for number, its in enumerate(articles)]
    for chunks in columns:
        _lose_halves(chunks, rng, damage)
    chunks = _arranged(columns, rng, damage)
    return _rendered(_with_furniture(chunks, rng, damage, traditional), rng, damage)


def _chosen(items: Sequence[Item], rng: random.Random) -> list[Item]:
    """4-7 items that stand near each other in their source; most of them long enough for two columns."""
    at = rng.randrange(max(1, len(items) - NEIGHBOURS))
    near = items[at : at + NEIGHBOURS]
    long = [item for item in near if item.n_characters >= LONG_ITEM]
    wanted = rng.randint(4, 7)
    chosen = rng.sample(long, min(len(long), round(LONG_SHARE * wanted)))
    others = [item for item in near if item not in chosen]
    chosen += rng.sample(others, min(len(others), wanted - len(chosen)))
    rng.shuffle(chosen)
    return chosen


# --- Articles ---


def _article(item: Item, rng: random.Random, *, traditional: bool) -> list[_Element]:
    """The item's elements, with a head, a lead or a byline, crossheads and jump lines as papers have them."""
    elements = _head(item, rng)
    paragraphs = [_Element(_role_of(text), text) for text in item.paragraphs[: rng.randint(6, 12)]]
    back = rng.random() < 0.1 and len(paragraphs) > 1
    has_own_lead = paragraphs[0].text.startswith(("本报", "新华社", "据新华社", "中新社"))
    if back:
        elements += _jumped_back(paragraphs, rng)
    elif has_own_lead:
        paragraphs[0].role = "lead"
    elif paragraphs[0].role == "body" and rng.random() < 0.6:
        paragraphs[0] = _Element("lead", templates.lead(rng, traditional=traditional) + paragraphs[0].text)
    elif rng.random() < 0.6:
        elements.append(_Element("byline", templates.byline(rng)))
    elements += _with_crossheads(paragraphs, rng)
    if len(paragraphs) > 3 and rng.random() < 0.15:
        _jump_on(elements, rng)
    elif not back and rng.random() < 0.15:
        elements.append(_Element("byline", templates.closing_byline(rng)))
    return elements


def _role_of(text: str) -> str:
    """`crosshead` for a line of an item's text that is one."""
    return "crosshead" if len(text) <= 40 and text[-1] not in "。！？…”』」）；：:!?" else "body"


def _head(item: Item, rng: random.Random) -> list[_Element]:
    lines = list(item.headline)
    elements = [_Element("kicker", line) for line in lines[:-1]] + [_Element("headline", lines[-1])]
    if len(lines) == 1 and rng.random() < 0.2:
        elements.insert(0, _Element("kicker", templates.kicker(rng)))
    if rng.random() < 0.15:
        elements.append(_Element("deck", templates.deck(rng)))
    return elements


def _jumped_back(paragraphs: list[_Element], rng: random.Random) -> list[_Element]:
    """上接 … on a line of its own, or before the first paragraph, which begins where the other page broke off."""
    mark, first = templates.jump_back(rng), paragraphs[0]
    if rng.random() < 0.5 and len(first.text) > 40:
        first.text = first.text[rng.randint(5, len(first.text) - 20) :].lstrip("，。、；：！？”’）》 ")
    if rng.random() < 0.4:
        return [_Element("jump", mark.strip())]
    first.role, first.text = "lead", mark + first.text
    return []


def _jump_on(elements: list[_Element], rng: random.Random) -> None:
    """The last paragraph breaks off, and 下转 … follows in its line or in one of its own."""
    last = elements[-1]
    if last.role in BODY and len(last.text) > 40 and rng.random() < 0.6:
        last.text = last.text[: rng.randint(20, len(last.text) - 5)]
    if last.role in BODY and rng.random() < 0.7:
        last.text += templates.jump_on(rng)
    else:
        elements.append(_Element("jump", templates.jump_on(rng)))


def _with_crossheads(paragraphs: Sequence[_Element], rng: random.Random) -> Iterator[_Element]:
    """The paragraphs; in one long article of three, crossheads between them, some with the next paragraph's first words."""
    has = len(paragraphs) >= 5 and rng.random() < 0.35
    for number, paragraph in enumerate(paragraphs):
        if has and number >= 2 and paragraph.role == "body" and rng.random() < 0.3:
            clause = paragraph.text.split("，")[0]
            borrowed = 3 <= len(clause) <= 12 and "。" not in clause and rng.random() < 0.3
            yield _Element("crosshead", clause if borrowed else templates.crosshead(rng))
        yield paragraph


def _kept_lines(rng: random.Random) -> list[_Element]:
    """A poem, a list or a table, with its title and sometimes its author."""
    role, make = rng.choice(templates.KEPT_LINES)
    elements = [_Element("headline", templates.kept_head(role, rng)), _Element(role, make(rng))]
    if role == "verse" and rng.random() < 0.5:
        elements.insert(1, _Element("byline", rng.choice(("□ ", "", "○", "作者 ")) + templates.name(rng)))
    return elements


# --- Columns ---


def _columns(
    number: int, elements: Sequence[_Element], rng: random.Random, damage: Damage, traditional: bool
) -> list[_Chunk]:
    """The article's columns: 1-4, each with its lines; a column ends where its height is used up, also inside a paragraph."""
    for element in elements:
        text = in_script(element.text, "s", "tw") if traditional else element.text
        element.text = misread(text, damage.noise, rng).strip() or element.text
    setter = _Setter(number, elements, rng, damage)
    return setter.chunks


class _Setter:
    """Sets one article; what comes out is in `chunks`."""

    def __init__(self, number: int, elements: Sequence[_Element], rng: random.Random, damage: Damage) -> None:
        self.rng, self.damage, self.number = rng, damage, number
        n_characters = sum(len(element.text) for element in elements if element.role in BODY)
        n_columns = max(1, min(5, round(n_characters / rng.uniform(100, 280))))
        narrow = damage.layout == "paragraphs"
        self.width = rng.randint(12, 26) if narrow or rng.random() < 0.6 else rng.randint(10, 40)
        self.squeeze = rng.random() < 0.7
        self.indent = 0 if damage.indents == "none" else 2
        n_lines = n_characters / self.width + len(elements)
        self.heights = [max(3, round(n_lines / n_columns * rng.uniform(0.75, 1.25))) for _ in range(n_columns - 1)]
        self.chunks = [_Chunk(number)]
        self.used = 0
        self.head_apart = rng.random() < damage.displaced / 3 and n_columns > 0
        for place, element in enumerate(elements):
            self._set(place, element)

    def _room(self) -> int:
        """Lines left in the column; many in the last one."""
        at = len(self.chunks) - 1
        return self.heights[at] - self.used if at < len(self.heights) else 1_000_000

    def _next_column(self) -> None:
        self.chunks.append(_Chunk(self.number))
        self.used = 0
        if self.damage.layout == "wrapped" and self.rng.random() < 0.25:
            self.width = max(10, min(40, self.width + self.rng.randint(-6, 6)))

    def _set(self, place: int, element: _Element) -> None:
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

    def _set_paragraph(self, place: int, element: _Element) -> None:
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
            self._print(role, _texts(rest, taken), text, place, part, starts=at == 0, ends=end == len(rest))
            at, part = at + end, part + 1

    def _print(
        self, role: str, lines: list[str], text: str, place: int, part: int, *, starts: bool, ends: bool
    ) -> None:
        self.chunks[-1].printed.append(_Printed(role, lines, text, self.number, place, part, starts, ends))
        self.used += len(lines)


def _texts(text: str, lines: Sequence[Line]) -> list[str]:
    return [text[line.start : line.end] + "-" * line.hyphen for line in lines]


def _lose_halves(chunks: Sequence[_Chunk], rng: random.Random, damage: Damage) -> None:
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


# --- The page ---


def _arranged(columns: Sequence[list[_Chunk]], rng: random.Random, damage: Damage) -> list[_Chunk]:
    """The columns in page order; displaced ones before their head, behind another article or between its columns."""
    page: list[_Chunk] = []
    strays: list[_Chunk] = []
    for chunks in columns:
        for place, chunk in enumerate(chunks):
            if place and chunk.printed and rng.random() < damage.displaced:
                strays.append(chunk)
            elif chunk.printed:
                page.append(chunk)
    for chunk in strays:
        for printed in chunk.printed:
            printed.displaced = True
        page.insert(_place_of_stray(page, chunk, rng), chunk)
    return page


def _place_of_stray(page: Sequence[_Chunk], stray: _Chunk, rng: random.Random) -> int:
    """Where a displaced column is inserted: never directly behind the column that it goes on from."""
    own = [at for at, chunk in enumerate(page) if chunk.article == stray.article]
    if own and own[0] > 0 and rng.random() < 0.3:
        return own[0]
    inside = [at for at in range(1, len(page)) if page[at - 1].article == page[at].article != stray.article]
    if inside and rng.random() < 0.45:
        return rng.choice(inside)
    borders = [
        at for at in range(len(page) + 1) if (at == 0 or page[at - 1].article != stray.article) and at not in inside
    ]
    return rng.choice(borders or [0])


def _with_furniture(
    chunks: Sequence[_Chunk], rng: random.Random, damage: Damage, traditional: bool
) -> Iterator[_Printed]:
    """All that is printed, in page order, with captions, adverts, folios and stray headings at ends of columns."""

    def made(role: str, text: str, article: int = -1) -> _Printed:
        text = misread(in_script(text, "s", "tw") if traditional else text, damage.noise, rng).strip() or text
        return _Printed(role, [text], text, article, -1, 0, starts=True, ends=True)

    if rng.random() < 0.4:
        yield made("furniture", templates.folio(rng))
    for chunk, following in zip(chunks, [*chunks[1:], None], strict=True):
        yield from chunk.printed
        is_inside = following is not None and following.article == chunk.article
        if rng.random() >= (damage.between if is_inside else damage.between / 2):
            continue
        kind = rng.random()
        if kind < 0.55:
            yield from _picture(made, chunk.article, rng)
        elif kind < 0.7:
            yield made("advert", templates.advert(rng))
        elif kind < 0.85:
            yield made("furniture", templates.folio(rng))
        else:
            yield made("crosshead", templates.teaser(rng))
    if rng.random() < 0.25:
        yield made("furniture", templates.folio(rng))


def _picture(made: Callable[..., _Printed], article: int, rng: random.Random) -> Iterator[_Printed]:
    """A caption, a credit, or both in either order."""
    pieces = [made("caption", templates.caption(rng), article), made("credit", templates.credit(rng), article)]
    form = rng.random()
    if form < 0.15:
        pieces.reverse()
    elif form < 0.35:
        pieces.pop()
    elif form < 0.45:
        pieces.pop(0)
    yield from pieces


def _rendered(page: Iterator[_Printed], rng: random.Random, damage: Damage) -> MadePage:
    """The text, and where each piece stands in it."""
    text: list[str] = []
    length = 0
    pieces: list[Piece] = []
    line_ends: list[tuple[int, bool]] = []
    gap = "\n\n" if damage.blank_lines else "\n"
    before: _Printed | None = None
    for printed in page:
        if before is not None:
            goes_on = _goes_on(before, printed)
            its_gap = gap if not goes_on or damage.layout == "paragraphs" or rng.random() < 0.3 else "\n"
            if not (goes_on and len(its_gap) > 1):
                line_ends.append((length, goes_on))
            text.append(its_gap)
            length += len(its_gap)
        indent = _indent(printed, rng, damage)
        is_set = damage.layout == "wrapped" or printed.role in KEPT
        lines = printed.lines if is_set else [printed.text]
        start = length + len(indent)
        for number, line in enumerate(lines):
            if number:
                text.append("\n")
                if line and lines[number - 1]:
                    line_ends.append((length, printed.role in BODY))
                length += 1
            line = indent + line if number == 0 else line
            text.append(line)
            length += len(line)
        pieces.append(_piece(printed, start, length))
        before = printed
    wrapped_ends = tuple(line_ends) if damage.layout == "wrapped" else ()
    return MadePage("".join([*text, "\n"]), tuple(pieces), wrapped_ends)


def _goes_on(left: _Printed, right: _Printed) -> bool:
    """Whether `right` is the next part of the paragraph that `left` is a part of."""
    place = (left.article, left.paragraph, left.part + 1)
    return left.paragraph >= 0 and place == (right.article, right.paragraph, right.part)


def _indent(printed: _Printed, rng: random.Random, damage: Damage) -> str:
    if printed.role not in BODY or not printed.starts or damage.indents in ("stripped", "none"):
        return ""
    return "" if damage.indents == "partly" and rng.random() < 0.5 else "\u3000\u3000"


def _piece(printed: _Printed, start: int, end: int) -> Piece:
    kept = (printed.displaced, printed.start_lost, printed.end_lost)
    return Piece(start, end, printed.role, printed.article, printed.paragraph, printed.part, *kept)


# --- By hand ---


def main(arguments: Sequence[str] | None = None) -> None:
    """Write pages and their gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Damage()
    parser.add_argument("--source", choices=get_args(SourceName), default="broadcast")
    parser.add_argument("--part", choices=("train", "test", "all"), default="train")
    parser.add_argument("--layout", choices=get_args(Layout), default=default.layout)
    parser.add_argument("--indents", choices=get_args(Indents), default=default.indents)
    parser.add_argument("--no-blank-lines", dest="blank_lines", action="store_false")
    for name in ("displaced", "noise", "lost_halves", "between", "traditional"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(default, name))
    parser.add_argument("--extras", type=int, default=default.extras)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    folder = data_folder(given.data)
    if folder is None:
        raise SystemExit("repair_pages.py: name the folder of news text by --data or CORPUS_TOOLS_DATA")
    damage = Damage(**{name: getattr(given, name) for name in Damage.__dataclass_fields__})
    items = items_of(folder, given.source, given.part)
    given.output.mkdir(parents=True, exist_ok=True)
    for number in range(given.pages):
        page = make_page(items, random.Random(f"{given.seed}/{given.source}/{number}"), damage)
        (given.output / f"{number:02}.txt").write_text(page.text, "utf-8", newline="\n")
        gold = {"pieces": [asdict(piece) for piece in page.pieces], "line_ends": page.line_ends}
        (given.output / f"{number:02}.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
