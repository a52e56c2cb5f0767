"""Fits the weights by which `link` finds halves: corpus_tools/data/link_weights.tsv.

A conditional logit: of each half, which of its candidates is the other one, or none of them. So a pair's weight says how much
likelier it is than no pair at all, and the other candidates are no argument against it but rivals, as `matching.py` has it.

Usage: fit_link_weights.py --model FILE [--data DIR] [--leave-out NAME] [--pages N] [-o FILE]
Issues are made (link_issues.py) of training text that no n-gram of the model has seen; each pair of records that may be halves
of one article is a candidate.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from eval_link import MOST_NOISE, clean_records, keys_of, piped_records
from eval_repair import use_model
from fit_seam_weights import RIDGE, held_out, parser_of
from link_issues import MadeIssue, Trouble, make_issue
from news_items import Item

from corpus_tools.cohesion import Cohesion
from corpus_tools.model import Article
from corpus_tools.stages.link.evidence import FEATURES, candidates_of, half_of

ISSUES = 600
SEED = 4242
PIPED_SHARE = 4
"""Of each so many issues one goes through the whole pipeline: what `split` makes of halves is in the weights as well."""

SHIPPED = Path(__file__).parent.parent / "corpus_tools/data/link_weights.tsv"
TROUBLE = Trouble(noise=MOST_NOISE, lost_half=0.12, lost_line=0.08, wrong_number=0.04)
HEADER = """\
# What each feature of two records says for their being halves of one article, in nats per unit of the feature (log-odds).
# Source: conditional logit on issues made of {sources}; scripts/fit_link_weights.py
# Used by: corpus_tools/stages/link/evidence.py, where the features are explained. Licence: MIT, as this project.
# feature	weight
"""


Group = tuple[np.ndarray, int]
"""The features of a half's candidates, and the place of the true one; -1 where none is."""


def groups(items: Sequence[Item], n_issues: int, seed: str) -> Iterator[Group]:
    """The candidates of every half of the issues."""
    for number in range(n_issues):
        noise = TROUBLE.noise * (0.0, 1 / 3, 1.0)[number % 3]
        issue = make_issue(items, random.Random(f"{seed}/{number}"), replace(TROUBLE, noise=noise))
        yield from _groups_of(issue, piped_records(issue) if number % PIPED_SHARE == 0 else clean_records(issue))


def _groups_of(issue: MadeIssue, records: Sequence[Article]) -> Iterator[Group]:
    firsts, seconds = keys_of(issue, records, piped=records[0].source is not None)
    halves = [half_of(record) for record in records]
    others = [half_of(record, is_second=True) for record in records]
    table = candidates_of(halves, others, Cohesion(record.text for record in records))
    truth = issue.truth()
    rows = [
        [((firsts[first.id], seconds[second.id]) in truth, pair) for second, pair in zip(records, row, strict=True)]
        for first, row in zip(records, table, strict=True)
    ]
    for row in (*rows, *zip(*rows, strict=True)):
        candidates = [(is_true, pair.values) for is_true, pair in row if pair is not None]
        n_true = sum(is_true for is_true, _ in candidates)
        if (
            candidates and n_true <= 1
        ):  # a half that `split` cut in two may have two partners: which is right is not asked
            labels = [is_true for is_true, _ in candidates]
            yield np.array([values for _, values in candidates]), labels.index(True) if n_true else -1


def fit(found: Sequence[Group]) -> np.ndarray:
    """Weights by Newton's method, penalised by `RIDGE`."""
    weights = np.zeros(len(FEATURES))
    for _ in range(40):
        gradient, hessian = -RIDGE * weights, RIDGE * np.eye(len(weights))
        for values, true in found:
            odds = np.exp(np.clip(values @ weights, -30, 30))
            chances = odds / (1 + odds.sum())
            expected = chances @ values
            gradient = gradient + (values[true] if true >= 0 else 0) - expected
            hessian = hessian + (values * chances[:, None]).T @ values - np.outer(expected, expected)
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-5:
            break
    return weights


def main() -> None:
    """Fit and write."""
    parser = parser_of(__doc__, ISSUES, SHIPPED)
    given = parser.parse_args()
    sources = held_out(parser, given)
    use_model(given.model)
    found = [group for name, items in sources.items() for group in groups(items, given.pages, f"{SEED}/{name}")]
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in zip(FEATURES, fit(found), strict=True)]
    given.output.write_text(HEADER.format(sources=" and ".join(sources)) + "".join(lines), "utf-8")
    print(f"{len(found)} halves, {sum(true >= 0 for _, true in found)} with a partner")
    print("".join(lines))


if __name__ == "__main__":
    main()
