"""Fits the weights that `repair` gives to the features of two halves: corpus_tools/data/seam_weights.tsv.

Usage: fit_seam_weights.py --model FILE [--data DIR] [--leave-out NAME] [--pages N] [-o FILE]
Damaged pages are made of the fourth fifth of each source, which the model of `train_seam_model --part fit` has not seen
(and no test ever uses), at every displacement and noise. Each pair of blocks that `repair` would weigh there is a row;
logistic regression gives the weights, first those of each pair by itself, then those against its rivals.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from encoding_sources import data_folder
from news_items import FILES, Item, SourceName, items_of
from repair_pages import Damage, MadePage, make_page

from corpus_tools.blocks import line_blocks
from corpus_tools.model import Block, Page
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.seam_model import SeamModel, seam_model
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import RULES
from corpus_tools.stages.repair.breaks import far_pairs, join_breaks, may_go_on, near_pairs, starts_of
from corpus_tools.stages.repair.pair_scores import (
    HOPELESS,
    KINDS,
    RIVALRY,
    Candidate,
    Kind,
    kind_of,
    rivalries,
    with_topic,
)
from corpus_tools.stages.repair.pairing import FEATURES, Pairing
from corpus_tools.stages.rules import run_block_rules

Matrix = npt.NDArray[np.float64]

PAGES = 420
SEED = 1919
RIDGE = 1.0
"""Weight of the penalty on large weights, in rows: a feature that few pages have says little."""

HELD_OUT = 0.2
"""Share of each source's training part, its last, that no n-gram of a `--part fit` model has seen."""

SHIPPED = Path(__file__).parent.parent / "corpus_tools/data/seam_weights.tsv"

HEADER = """\
# What each feature of two halves says for their being one paragraph, in nats per unit of the feature (log-odds).
# Source: logistic regression on damaged pages made of {sources}; scripts/fit_seam_weights.py
# Used by: corpus_tools/stages/repair/pair_scores.py; the features are explained there and in pairing.py.
# Licence: MIT, as this project. Sorted as the code names them.
# weighing	kind of pair	feature	weight
"""

DAMAGES = tuple(
    Damage(displaced=displaced, noise=noise, traditional=0.1)
    for displaced, noise in ((0.0, 0.0), (0.1, 0.01), (0.25, 0.0), (0.0, 0.0), (0.25, 0.03), (0.0, 0.03), (0.1, 0.0))
)


@dataclass(slots=True)
class Rows:
    """Candidates of all pages with what is true of them; `pages` says which page each is on."""

    candidates: list[list[Candidate]] = field(default_factory=list)
    true: list[list[bool]] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)

    def of_kind(self, kind: Kind) -> tuple[Matrix, Matrix]:
        """The features and the labels of one kind of pair."""
        found = [
            (each.features, label)
            for its, labels in zip(self.candidates, self.true, strict=True)
            for each, label in zip(its, labels, strict=True)
            if each.kind == kind
        ]
        return np.array([row for row, _ in found]), np.array([float(label) for _, label in found])


def page_before_joins(text: str) -> Page:
    """The page as `join_breaks` finds it."""
    options = Options()
    page = normalise_page(page_from_text(text, "made", "made.txt"), options)
    page = replace(page, blocks=line_blocks(page))
    return run_block_rules(page, "repair", RULES[: RULES.index(join_breaks)], options)


def true_pairs(made: MadePage, blocks: Sequence[Block]) -> set[tuple[int, int]]:
    """The pairs of blocks that are neighbouring parts of one paragraph."""
    starts = [piece.start for piece in made.pieces]
    first: dict[tuple[int, int, int], int] = {}
    last: dict[tuple[int, int, int], int] = {}
    for index, block in enumerate(blocks):
        begins = made.pieces[max(0, bisect_right(starts, block.spans[0].start) - 1)]
        ends = made.pieces[max(0, bisect_right(starts, block.spans[-1].end - 1) - 1)]
        first.setdefault((begins.article, begins.paragraph, begins.part), index)
        last[ends.article, ends.paragraph, ends.part] = index
    found = set()
    for (article, paragraph, part), left in last.items():
        right = first.get((article, paragraph, part + 1))
        if article >= 0 and right is not None and right != left:
            found.add((left, right))
    return found


def add_pages(rows: Rows, items: Sequence[Item], n_pages: int, seed: str, model: SeamModel) -> None:
    """The candidates of that many pages made of those items."""
    for number in range(n_pages):
        made = make_page(items, random.Random(f"{seed}/{number}"), DAMAGES[number % len(DAMAGES)])
        blocks = page_before_joins(made.text).blocks
        true = true_pairs(made, blocks)
        pairing = Pairing(blocks, model)
        opens = [index for index in range(len(blocks)) if may_go_on(blocks, index)]
        starts = starts_of(blocks)
        near = dict.fromkeys(near_pairs(blocks, opens, starts, pairing))
        candidates = [
            Candidate(left, right, kind_of(blocks, pairing, left, right), pairing.features(left, right), 0.0)
            for left, right in chain(near, far_pairs(blocks, opens, starts, pairing, near))
        ]
        rows.candidates.append(candidates)
        rows.true.append([(each.left, each.right) in true for each in candidates])
        rows.pairings.append(pairing)


def fit(features: Matrix, labels: Matrix) -> Matrix:
    """Weights by Newton's method, penalised by `RIDGE`."""
    weights: Matrix = np.zeros(features.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (labels - probability) - RIDGE * weights
        hessian = (features * (probability * (1 - probability))[:, None]).T @ features + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def against_rivals(rows: Rows, first: dict[Kind, Matrix]) -> Iterator[tuple[Kind, tuple[float, ...], bool]]:
    """`(kind, rivalry, whether it is true)` of every candidate that the first weighing leaves."""
    for candidates, labels, pairing in zip(rows.candidates, rows.true, rows.pairings, strict=True):
        weighed = [replace(each, first=float(np.dot(each.features, first[each.kind]))) for each in candidates]
        kept = [(each, label) for each, label in zip(weighed, labels, strict=True) if each.first > HOPELESS]
        values = rivalries([each for each, _ in kept])
        for (each, label), rivalry in zip(kept, values, strict=True):
            yield each.kind, with_topic(rivalry, pairing.alike(each.left, each.right)), label


def fitted(rows: Rows) -> Iterator[str]:
    """The lines of the table."""
    first = {kind: fit(*rows.of_kind(kind)) for kind in KINDS}
    for kind in KINDS:
        for name, weight in zip(FEATURES, first[kind], strict=True):
            yield f"first\t{kind}\t{name}\t{weight:.3f}\n"
    seen = list(against_rivals(rows, first))
    for kind in KINDS:
        its = [(rivalry, label) for its_kind, rivalry, label in seen if its_kind == kind]
        weights = fit(np.array([rivalry for rivalry, _ in its]), np.array([float(label) for _, label in its]))
        print(f"{kind}: {len(its)} pairs weighed twice, {sum(label for _, label in its)} true")
        for name, weight in zip(RIVALRY, weights, strict=True):
            yield f"second\t{kind}\t{name}\t{weight:.3f}\n"


def parser_of(doc: str | None, pages: int, output: Path) -> argparse.ArgumentParser:
    """The options of the scripts that fit weights."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--leave-out", choices=sorted(FILES), help="make no pages of this source")
    parser.add_argument("--model", type=Path, required=True, help="of `train_seam_model --part fit`")
    parser.add_argument("--pages", type=int, default=pages, help=f"of each source (default: {pages})")
    parser.add_argument("-o", "--output", type=Path, default=output)
    return parser


def held_out(parser: argparse.ArgumentParser, given: argparse.Namespace) -> dict[SourceName, Sequence[Item]]:
    """The items of each source that is not left out which no n-gram of the model has seen."""
    folder = data_folder(given.data)
    if folder is None:
        parser.error("no text: give --data DIR or set CORPUS_TOOLS_DATA")
    found: dict[SourceName, Sequence[Item]] = {}
    for name in FILES:
        if name != given.leave_out:
            items = items_of(folder, name, "train")
            found[name] = items[round(len(items) * (1 - HELD_OUT)) :]
    return found


def main() -> None:
    """Fit and write."""
    parser = parser_of(__doc__, PAGES, SHIPPED)
    given = parser.parse_args()
    sources = held_out(parser, given)
    rows = Rows()
    for name, items in sources.items():
        add_pages(rows, items, given.pages, f"{SEED}/{name}", seam_model(given.model))
    given.output.write_text(HEADER.format(sources=" and ".join(sources)) + "".join(fitted(rows)), "utf-8")


if __name__ == "__main__":
    main()
