"""Fits the weights by which `repair` moves displaced pieces: corpus_tools/data/move_weights.tsv.

Usage: fit_move_weights.py --model FILE [--weights FILE] [--data DIR] [--leave-out NAME] [--pages N] [-o FILE]
Run it when the weights of joins are fitted (fit_seam_weights.py), with the same model: on damaged pages whose torn
paragraphs `repair` has joined, each piece that may be astray and each article it may belong to are a row.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from eval_repair import use_model, use_weights
from fit_seam_weights import fit, held_out, parser_of
from news_items import Item
from repair_pages import Damage, MadePage, make_page

from corpus_tools.blocks import line_blocks
from corpus_tools.model import Block
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import RULES
from corpus_tools.stages.repair.order import move_displaced_text
from corpus_tools.stages.repair.strays import FEATURES, Layout, cut_to, features, layout_of, likeness_of, places_of
from corpus_tools.stages.rules import run_block_rules

PAGES = 500
SEED = 2020
SHIPPED = Path(__file__).parent.parent / "corpus_tools/data/move_weights.tsv"
DAMAGES = tuple(
    Damage(displaced=displaced, noise=noise)
    for displaced, noise in ((0.0, 0.0), (0.25, 0.0), (0.1, 0.01), (0.25, 0.0), (0.25, 0.03))
)

HEADER = """\
# What each feature of a stray run says for its belonging to an article, in nats per unit of the feature (log-odds).
# Source: logistic regression on damaged pages made of {sources}; scripts/fit_move_weights.py
# Used by: corpus_tools/stages/repair/strays.py, where the features are explained. Licence: MIT, as this project.
# feature	weight
"""


def article_of(made: MadePage, starts: Sequence[int], blocks: Sequence[Block]) -> int | None:
    """The article that most characters of some blocks are of; None where there are none."""
    found: Counter[int] = Counter()
    for block in blocks:
        for span in block.spans:
            found[made.pieces[max(0, bisect_right(starts, span.start) - 1)].article] += len(span)
    return found.most_common(1)[0][0] if found else None


def rows(items: Sequence[Item], n_pages: int, seed: str) -> Iterator[tuple[tuple[float, ...], bool]]:
    """`(features, whether the run is of that article and not of the one it stands in)` of every run and its best places."""
    for number in range(n_pages):
        made = make_page(items, random.Random(f"{seed}/{number}"), DAMAGES[number % len(DAMAGES)])
        page = normalise_page(page_from_text(made.text, "made", "made.txt"), Options())
        page = replace(page, blocks=line_blocks(page))
        page = run_block_rules(page, "repair", RULES[: RULES.index(move_displaced_text)], Options())
        layout = layout_of(page.blocks)
        if layout is not None:
            yield from _rows_of(made, layout)


def _rows_of(made: MadePage, layout: Layout) -> Iterator[tuple[tuple[float, ...], bool]]:
    starts = [piece.start for piece in made.pieces]
    in_doubt = {index for run in layout.runs for index in run.blocks}
    articles = [
        article_of(made, starts, [layout.blocks[index] for index in draft.blocks if index not in in_doubt])
        for draft in layout.drafts
    ]
    for run in layout.runs:
        for draft in (place.draft for place in places_of(layout, run, (0.0,) * len(FEATURES))):
            cut = cut_to(layout, run, draft)
            likeness = likeness_of(layout, cut)
            own = article_of(made, starts, [layout.blocks[index] for index in cut.blocks])
            is_there = own == articles[draft] and own != articles[run.home]
            yield features(layout, cut, draft, likeness), is_there


def main() -> None:
    """Fit and write."""
    parser = parser_of(__doc__, PAGES, SHIPPED)
    parser.add_argument("--weights", type=Path, help="of fit_seam_weights.py (default: those that ship)")
    given = parser.parse_args()
    sources = held_out(parser, given)
    use_model(given.model)
    use_weights(given.weights)
    found = [row for name, items in sources.items() for row in rows(items, given.pages, f"{SEED}/{name}")]
    values = np.array([row for row, _ in found])
    labels = np.array([float(label) for _, label in found])
    weights = fit(values, labels)
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in zip(FEATURES, weights, strict=True)]
    given.output.write_text(HEADER.format(sources=" and ".join(sources)) + "".join(lines), "utf-8")
    order = np.argsort(-(values @ weights))
    precision = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    for wanted in (0.8, 0.9, 0.95):
        enough = np.flatnonzero(precision >= wanted)
        n = enough[-1] + 1 if len(enough) else 0
        recall = labels[order][:n].sum() / labels.sum()
        threshold = 1 / (1 + np.exp(-(values @ weights)[order][n - 1])) if n else 1.0
        print(
            f"{len(labels)} rows, {int(labels.sum())} true; precision {wanted}: recall {recall:.3f} above {threshold:.3f}"
        )


if __name__ == "__main__":
    main()
