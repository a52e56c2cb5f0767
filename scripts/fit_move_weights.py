"""Fits the weights by which `repair` moves displaced pieces: corpus_tools/data/move_weights.tsv.

Usage: fit_move_weights.py --model FILE [--weights FILE] [--data DIR] [--leave-out NAME] [--pages N] [-o FILE]
Run it when the weights of joins are fitted (fit_seam_weights.py), with the same model: on damaged pages, half of them of
made issues, whose torn paragraphs `repair` has joined, each run that may be astray and each article it may belong to are a
row. First all rows are fitted, then, of the runs that overlap, those that the first weights like best.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
from eval_repair import use_model, use_weights
from fit_seam_weights import Matrix, fit, held_out, parser_of
from issue_pages import issues
from issue_paper import IssuePage
from news_items import Item
from repair_pages import Damage, MadePage, make_page

from corpus_tools.blocks import line_blocks
from corpus_tools.drafts import Draft
from corpus_tools.model import Block, Page
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import RULES
from corpus_tools.stages.repair.drafted import HOMES, Home, Layout, home_of, layout_of
from corpus_tools.stages.repair.order import move_displaced_text
from corpus_tools.stages.repair.stray_features import FEATURES
from corpus_tools.stages.repair.strays import Place, Weights, best_of, places
from corpus_tools.stages.rules import run_block_rules
from corpus_tools.weights import log_odds_of

PAGES = 500
SEED = 2020
SHIPPED = Path(__file__).parent.parent / "corpus_tools/data/move_weights.tsv"
DAMAGES = tuple(
    Damage(displaced=displaced, noise=noise, traditional=0.1)
    for displaced, noise in ((0.0, 0.01), (0.25, 0.01), (0.1, 0.01), (0.25, 0.03), (0.15, 0.0))
)

NO_WEIGHTS: Mapping[Home, tuple[float, ...]] = dict.fromkeys(HOMES, (0.0,) * len(FEATURES))
RIGHT = 0.95
"""Share of a run's characters that must be of the article: OCR cuts a block from the wrong column now and then."""

HEADER = """\
# What each feature of a run of blocks says for its belonging to another article, in nats per unit of the feature (log-odds).
# Source: logistic regression on damaged pages made of {sources}; scripts/fit_move_weights.py
# Used by: corpus_tools/stages/repair/strays.py, where the features are explained. Licence: MIT, as this project.
# weighing	home	feature	weight
"""

Owners = Mapping[int, int]
"""The article that each character of a page is of."""


@dataclass(frozen=True, slots=True)
class Row:
    """A run and an article, the run's home, how many of its characters are of that article and not of its home's, and of how many."""

    place: Place
    home: Home
    n_right: int
    n_characters: int

    @property
    def is_right(self) -> bool:
        """Whether the run had better move."""
        return self.n_right >= RIGHT * self.n_characters


def owners_of_made(made: MadePage) -> Owners:
    """Of a made page."""
    return {at: piece.article for piece in made.pieces for at in range(piece.start, piece.end)}


def owners_of_issue(page: IssuePage) -> Owners:
    """Of a page of a made issue."""
    return {
        at: number
        for number, article in enumerate(page.gold)
        for block in article.blocks
        for span in block.spans
        for at in range(span.start, span.end)
    }


def article_of(owners: Owners, blocks: Sequence[Block]) -> int | None:
    """The article that most characters of some blocks are of; None where there are none, or most are of no article."""
    found = Counter(
        owners.get(at, -1) for block in blocks for span in block.spans for at in range(span.start, span.end)
    )
    best = found.most_common(1)[0][0] if found else -1
    return None if best < 0 else best


def pages_of(items: Sequence[Item], n_pages: int, seed: str) -> Iterator[tuple[str, Owners]]:
    """Texts and whose their characters are: pages by themselves, then pages of issues, as many."""
    for number in range(n_pages // 2):
        made = make_page(items, random.Random(f"{seed}/{number}"), DAMAGES[number % len(DAMAGES)])
        yield made.text, owners_of_made(made)
    each = -(-(n_pages // 2) // len(DAMAGES))
    for number, damage in enumerate(DAMAGES):
        printed = chain.from_iterable(issues(items, f"{seed}/{number}", each, damage, SEED))
        for page, _ in zip(printed, range(each), strict=False):
            yield page.text, owners_of_issue(page)


def before_moves(text: str) -> Page:
    """The page as `move_displaced_text` finds it."""
    page = normalise_page(page_from_text(text, "made", "made.txt"), Options())
    page = replace(page, blocks=line_blocks(page))
    return run_block_rules(page, "repair", RULES[: RULES.index(move_displaced_text)], Options())


def rows(items: Sequence[Item], n_pages: int, seed: str) -> Iterator[list[Row]]:
    """The rows of each page."""
    for text, owners in pages_of(items, n_pages, seed):
        layout = layout_of(before_moves(text).blocks)
        if layout is not None:
            yield list(_rows_of(layout, owners))


def _rows_of(layout: Layout, owners: Owners) -> Iterator[Row]:
    whole = [article_of(owners, [layout.blocks[index] for index in draft.blocks]) for draft in layout.drafts]
    headed = [article_of(owners, [layout.blocks[index] for index in _head_of(draft)]) for draft in layout.drafts]
    for place in places(layout, Weights(NO_WEIGHTS, NO_WEIGHTS)):
        home = home_of(layout, place.run.home)
        right = n_characters = 0
        for index in place.run.blocks:
            its = article_of(owners, [layout.blocks[index]])
            n = len(layout.blocks[index].text)
            n_characters += n
            is_there = its is not None and its in (headed[place.draft], whole[place.draft])
            if is_there and (home == "stray" or its != headed[place.run.home]):
                right += n
        yield Row(place, home, right, n_characters)


def _head_of(draft: Draft) -> Sequence[int]:
    return draft.head or draft.blocks


def fitted(found: Sequence[Row]) -> dict[Home, Matrix]:
    """The weights of each kind of home."""
    weights: dict[Home, Matrix] = {}
    for home in HOMES:
        its = [row for row in found if row.home == home]
        weights[home] = fit(np.array([row.place.values for row in its]), np.array([float(row.is_right) for row in its]))
    return weights


def best_rows(page: Sequence[Row], first: Mapping[Home, Matrix]) -> list[Row]:
    """Of the rows of a page whose runs overlap, those that the first weights like best."""
    weighed = {}
    for row in page:
        place = replace(row.place, first=log_odds_of(row.place.values, first[row.home].tolist()))
        weighed[id(place)] = replace(row, place=place)
    return [weighed[id(place)] for place in best_of([row.place for row in weighed.values()])]


def lines(first: Mapping[Home, Matrix], second: Mapping[Home, Matrix]) -> Iterator[str]:
    """The lines of the table."""
    for weighing, weights in (("first", first), ("second", second)):
        for home in HOMES:
            for name, weight in zip(FEATURES, weights[home], strict=True):
                yield f"{weighing}\t{home}\t{name}\t{weight:.3f}\n"


def report(best: Sequence[Row], second: Mapping[Home, Matrix]) -> None:
    """Print how much is moved right at each precision, by characters, and from which probability on."""
    its = sorted(
        ((log_odds_of(row.place.values, second[row.home].tolist()), row) for row in best), key=lambda each: -each[0]
    )
    right = np.cumsum([row.n_right for _, row in its])
    precision = right / np.cumsum([row.n_characters for _, row in its])
    for wanted in (0.97, 0.95, 0.93, 0.9, 0.85, 0.8):
        enough = np.flatnonzero(precision >= wanted)
        if len(enough):
            at = enough[-1]
            threshold = 1 / (1 + np.exp(-its[at][0]))
            print(f"precision {wanted}: {at + 1} runs, {right[at] / right[-1]:.3f} of the best, above {threshold:.3f}")


def main() -> None:
    """Fit and write."""
    parser = parser_of(__doc__, PAGES, SHIPPED)
    parser.add_argument("--weights", type=Path, help="of fit_seam_weights.py (default: those that ship)")
    given = parser.parse_args()
    sources = held_out(parser, given)
    use_model(given.model)
    use_weights(given.weights)
    pages = [page for name, items in sources.items() for page in rows(items, given.pages, f"{SEED}/{name}")]
    first = fitted([row for page in pages for row in page])
    best = [row for page in pages for row in best_rows(page, first)]
    second = fitted(best)
    given.output.write_text(HEADER.format(sources=" and ".join(sources)) + "".join(lines(first, second)), "utf-8")
    print(f"{sum(map(len, pages))} rows; {len(best)} best ones, {sum(row.is_right for row in best)} right")
    report(best, second)


if __name__ == "__main__":
    main()
