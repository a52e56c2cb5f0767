"""Newspaper pages as OCR prints them, with what was printed where: what `scripts/eval repair` and the seam model measure on.

Articles (news_items.py) are set in columns, the columns in lines (repair_typesetting.py); captions, adverts, heads and folios
stand between (repair_self.wording.py). Then columns are displaced, halves lost, characters misread. By hand:
repair_pages.py --source broadcast --layout wrapped --displaced .25 --pages 3 -o DIR writes DIR/00.txt and its gold, DIR/00.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import get_args

from encoding_sources import data_folder, in_script
from news_items import Item, SourceName, items_of
from repair_articles import article, chosen, kept_lines, photo_news
from repair_columns import Chunk, Printed, columns_of, lose_halves, texts_of
from repair_made import BODY, HEADS, KEPT, Damage, Indents, Layout, MadePage, Piece, WordingName
from repair_other_wording import OTHER
from repair_templates import USUAL, Wording
from repair_typesetting import misread, wrap

__all__ = ["BODY", "HEADS", "KEPT", "SEED", "Damage", "MadePage", "Piece", "make_page"]

SEED = 20_240_104

WORDINGS: dict[WordingName, Wording] = {"usual": USUAL, "other": OTHER}

PHOTO_NEWS = 0.4
"""Of the pictures this share has the first sentence of another report for its caption, as photo news has."""


def make_page(items: Sequence[Item], rng: random.Random, damage: Damage) -> MadePage:
    """A page of 4-7 articles from neighbouring items, about 50 pieces; the same for the same state of `rng`, everywhere."""
    traditional = rng.random() < damage.traditional
    printed, others = chosen(items, rng)
    articles = [article(item, rng, WORDINGS[damage.wording], traditional=traditional) for item in printed]
    for _ in range(rng.randint(min(1, damage.extras), damage.extras) if damage.extras else 0):
        articles.insert(rng.randint(0, len(articles)), kept_lines(rng))
    columns = [columns_of(number, its, rng, damage, traditional) for number, its in enumerate(articles)]
    for chunks in columns:
        lose_halves(chunks, rng, damage)
    beside = _Beside(damage, rng, [text for item in others if (text := photo_news(item))], traditional)
    return rendered(_with_furniture(arranged(columns, rng, damage), beside), rng, damage)


# --- The page ---


def arranged(columns: Sequence[list[Chunk]], rng: random.Random, damage: Damage) -> list[Chunk]:
    """The columns in page order; displaced ones before their head, behind another article or between its columns."""
    page: list[Chunk] = []
    strays: list[Chunk] = []
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


def _place_of_stray(page: Sequence[Chunk], stray: Chunk, rng: random.Random) -> int:
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


class _Beside:
    """What stands beside the articles: captions, adverts, folios, stray headings."""

    def __init__(self, damage: Damage, rng: random.Random, photo_news: Sequence[str], traditional: bool) -> None:
        self.damage, self.rng, self.photo_news, self.traditional = damage, rng, photo_news, traditional
        self.wording = WORDINGS[damage.wording]

    def made(self, role: str, text: str, article: int = -1) -> Printed:
        """A piece of nobody's, or of an article's picture."""
        text = in_script(text, "s", "tw") if self.traditional else text
        text = misread(text, self.damage.noise, self.rng).strip() or text
        is_wrapped = self.damage.layout == "wrapped" and role in ("caption", "advert")
        lines = texts_of(text, wrap(text, self.rng.randint(10, 24), self.rng)) if is_wrapped else [text]
        return Printed(role, lines, text, article, -1, 0, starts=True, ends=True)

    def folio(self) -> Printed:
        """A page number, a running head or an editors' line."""
        return self.made("furniture", self.wording.folio(self.rng))

    def between(self, article: int) -> Iterator[Printed]:
        """What is printed where one of that article's columns ends."""
        kind = self.rng.random()
        if kind < 0.55:
            yield from self._picture(article)
        elif kind < 0.7:
            yield self.made("advert", self.wording.advert(self.rng))
        elif kind < 0.85:
            yield self.folio()
        else:
            yield self.made("crosshead", self.wording.teaser(self.rng))

    def _picture(self, article: int) -> Iterator[Printed]:
        """A caption, a credit, or both in either order; the caption invented, or a short report of its own."""
        is_news = bool(self.photo_news) and self.rng.random() < PHOTO_NEWS
        text = self.rng.choice(self.photo_news) if is_news else self.wording.caption(self.rng)
        pieces = [self.made("caption", text, article), self.made("credit", self.wording.credit(self.rng), article)]
        form = self.rng.random()
        if form < 0.15:
            pieces.reverse()
        elif form < 0.3 and not is_news:
            pieces.pop()
        elif form < 0.4:
            pieces.pop(0)
        yield from pieces


def _with_furniture(chunks: Sequence[Chunk], beside: _Beside) -> Iterator[Printed]:
    """All that is printed, in page order, with captions, adverts, folios and stray headings at ends of columns."""
    rng, share = beside.rng, beside.damage.between
    if rng.random() < 0.4:
        yield beside.folio()
    for chunk, following in zip(chunks, [*chunks[1:], None], strict=True):
        yield from chunk.printed
        is_inside = following is not None and following.article == chunk.article
        if rng.random() < (share if is_inside else share / 2):
            yield from beside.between(chunk.article)
    if rng.random() < 0.25:
        yield beside.folio()


def rendered(page: Iterator[Printed], rng: random.Random, damage: Damage) -> MadePage:
    """The text, and where each piece stands in it."""
    paper = _Paper(damage, rng)
    before: Printed | None = None
    for printed in page:
        if before is not None:
            paper.part(goes_on=_goes_on(before, printed))
        paper.print(printed)
        before = printed
    line_ends = tuple(paper.line_ends) if damage.layout == "wrapped" else ()
    return MadePage("".join([*paper.text, "\n"]), tuple(paper.pieces), line_ends)


class _Paper:
    """What is printed so far."""

    def __init__(self, damage: Damage, rng: random.Random) -> None:
        self.damage, self.rng = damage, rng
        self.gap = "\n\n" if damage.blank_lines else "\n"
        self.text: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.line_ends: list[tuple[int, bool]] = []

    def _write(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def part(self, *, goes_on: bool) -> None:
        """End a line, and part what comes next by a blank line where the page has them."""
        is_set_on = goes_on and self.damage.layout == "wrapped" and self.rng.random() < 0.7
        gap = "\n" if is_set_on else self.gap
        if not (goes_on and len(gap) > 1):
            self.line_ends.append((self.length, goes_on))
        self._write(gap)

    def print(self, printed: Printed) -> None:
        """Write a piece, in lines where lines are kept."""
        is_set = self.damage.layout == "wrapped" or printed.role in KEPT
        gap = self.gap if printed.role == "list" and self.rng.random() < 0.3 else "\n"
        self._write(_indent(printed, self.rng, self.damage))
        start, above = self.length, ""
        for number, line in enumerate(printed.lines if is_set else [printed.text]):
            if number:
                if line and above:
                    self.line_ends.append((self.length, printed.role not in KEPT))
                self._write(gap)
            self._write(line)
            above = line
        self.pieces.append(_piece(printed, start, self.length))


def _goes_on(left: Printed, right: Printed) -> bool:
    """Whether `right` is the next part of the paragraph that `left` is a part of."""
    place = (left.article, left.paragraph, left.part + 1)
    return left.paragraph >= 0 and place == (right.article, right.paragraph, right.part)


def _indent(printed: Printed, rng: random.Random, damage: Damage) -> str:
    if printed.role not in BODY or not printed.starts or damage.indents in ("stripped", "none"):
        return ""
    return "" if damage.indents == "partly" and rng.random() < 0.5 else "\u3000\u3000"


def _piece(printed: Printed, start: int, end: int) -> Piece:
    kept = (printed.displaced, printed.start_lost, printed.end_lost, printed.at)
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
    parser.add_argument("--wording", choices=get_args(WordingName), default=default.wording)
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
