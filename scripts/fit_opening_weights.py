"""Fits the weights by which a lone heading is told from a crosshead: corpus_tools/data/opening_weights.tsv.

Usage: fit_opening_weights.py [--data DIR] [--leave-out NAME] [--issues N] [-o FILE]
On pages of made issues (issue_pages.py, of the training part of each source) that `repair` has read, each lone heading below
a text is a row: what stands above and below it, and whether it was printed above an article of its own.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from encoding_sources import data_folder
from eval_repair import repaired
from fit_seam_weights import fit
from issue_pages import issues
from issue_paper import IssuePage
from news_items import FILES, Item, items_of
from repair_made import Damage

from corpus_tools.model import Block
from corpus_tools.openings import FEATURES
from corpus_tools.outline import read_articles

ISSUES = 120
SEED = 2121
SHIPPED = Path(__file__).parent.parent / "corpus_tools/data/opening_weights.tsv"
DAMAGES = tuple(
    Damage(displaced=displaced, noise=noise, traditional=0.1)
    for displaced, noise in ((0.0, 0.0), (0.1, 0.01), (0.0, 0.01), (0.1, 0.0), (0.0, 0.0))
)
HEADINGS = frozenset({"column", "kicker", "headline", "crosshead"})

HEADER = """\
# What each feature of a lone heading and its surroundings says for its opening an article, in nats per unit (log-odds).
# Source: logistic regression on made pages of {sources}; scripts/fit_opening_weights.py
# Used by: corpus_tools/openings.py, where the features are explained. Licence: MIT, as this project.
# feature	weight
"""

UNTOLD = 14
"""Characters from which a heading opens an article where the page does not say: two of its headings have the same words."""

Row = tuple[tuple[float, ...], bool]


def rows(items: Sequence[Item], source: str, n_issues: int) -> Iterator[tuple[str, Row]]:
    """`(heading, (features, whether it opens an article))` of every lone heading that the outline asks about."""
    for number, damage in enumerate(DAMAGES):
        for pages in issues(items, source, n_issues // len(DAMAGES), damage, SEED + number):
            for page in pages:
                yield from rows_of(page, repaired(page.text, page.id).blocks)


def rows_of(page: IssuePage, blocks: Sequence[Block]) -> list[tuple[str, Row]]:
    """The rows of one page; the outline goes on as the page was printed, whatever the weights say."""
    printed = {
        offset: block.role
        for article in page.gold
        for block in article.blocks
        for span in block.spans
        for offset in range(span.start, span.end)
    }
    found: list[tuple[str, Row]] = []
    by_text: dict[str, set[bool]] = {}
    for block in blocks:
        role = printed.get(block.spans[0].start)
        if block.role == "heading" and role in HEADINGS:
            by_text.setdefault(block.text, set()).add(role != "crosshead")

    def opens(heading: str, values: Sequence[float]) -> bool:
        told = by_text.get(heading, set())
        if len(told) != 1:
            return len(heading) > UNTOLD
        found.append((heading, (tuple(values), next(iter(told)))))
        return next(iter(told))

    read_articles(blocks, opens)
    return found


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--leave-out", choices=sorted(FILES), help="a source that is not used")
    parser.add_argument("--issues", type=int, default=ISSUES, help="made of each source")
    parser.add_argument("--samples", type=int, default=0, help="headings shown that the weights get wrong")
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED)
    given = parser.parse_args()
    folder = data_folder(given.data)
    if folder is None:
        parser.error("no folder of news text: give --data or set CORPUS_TOOLS_DATA")
    sources = [name for name in FILES if name != given.leave_out]
    found = [row for name in sources for row in rows(items_of(folder, name, "train"), name, given.issues)]
    values = np.array([row for _, (row, _) in found])
    labels = np.array([float(label) for _, (_, label) in found])
    weights = fit(values, labels)
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in zip(FEATURES, weights, strict=True)]
    given.output.write_text(HEADER.format(sources=" and ".join(sources)) + "".join(lines), "utf-8")
    chance = 1 / (1 + np.exp(-(values @ weights)))
    wrong = np.flatnonzero((chance >= 0.5) != (labels > 0.5))
    kinds = Counter((bool(labels[at]), bool(chance[at] >= 0.5)) for at in range(len(labels)))
    print(f"{len(labels)} headings, {int(labels.sum())} open an article; {len(wrong)} wrong: {dict(kinds)}")
    for at in wrong[:: max(1, len(wrong) // given.samples)][: given.samples] if given.samples else ():
        print(f"  {chance[at]:.2f} {'opens' if labels[at] else 'inside'}  {found[at][0]}")


if __name__ == "__main__":
    main()
