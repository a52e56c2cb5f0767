"""What every stage and the whole of `clean` cost over `ftfy.fix_text` of the same page: `scripts/bench clean [--rounds N]`.

One process, the seed pages in turn, CPU time, the median of the ratios round by round. Before each timed page whatever the
package keeps about texts is forgotten, and the other seed page is cleaned: a page is timed as one that follows another
one in a run, with the model, the weights and compiled patterns loaded. `ftfy.fix_text` keeps nothing. The quality of the
same build is printed first.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import ftfy
from bench_repair import caches, forget, seconds

from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.pipeline import STAGES, clean_one
from corpus_tools.read.pages import read_page

ROOT = Path(__file__).parent.parent
ROUNDS = 25
GOALS = {"repair": 0.15, "dedupe": 0.06, "split": 0.07, "clean": 0.33}
WHOLE = "clean"


def seconds_by_stage(page: Page, options: Options) -> dict[str, float]:
    """CPU seconds of each stage, one after another, and of all of them."""
    spent: dict[str, float] = {}
    for stage in STAGES:
        begin = time.process_time()
        page = stage.run(page, options)
        spent[stage.name] = time.process_time() - begin
    return {**spent, WHOLE: sum(spent.values())}


def measure(pages: Sequence[Page], rounds: int, options: Options) -> list[dict[str, list[float]]]:
    """For each page, by stage, the cost of each round over that of `ftfy.fix_text` in that round."""
    for page in pages:
        clean_one(page, options)  # loads the model, compiles the patterns
    kept = caches()
    found: list[dict[str, list[float]]] = [{} for _ in pages]
    for _ in range(rounds):
        for page, its in zip(pages, found, strict=True):
            base = seconds(partial(ftfy.fix_text, page.text))
            forget(kept)
            for other in pages:
                if other is not page:
                    clean_one(other, options)
            for name, spent in seconds_by_stage(page, options).items():
                its.setdefault(name, []).append(spent / base)
    return found


def run(options: Sequence[str]) -> None:
    """Print the medians, page by page and over all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args(options)
    pages = [read_page(path.read_bytes(), path.stem, path.name) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    found = measure(pages, given.rounds, Options())
    print(f"over ftfy.fix_text of the same page, median of {given.rounds} rounds")
    for name in (*(stage.name for stage in STAGES), WHOLE):
        medians = [statistics.median(its[name]) for its in found]
        said = "  ".join(f"{page.id} {median:.3f}" for page, median in zip(pages, medians, strict=True))
        print(f"{name:10} {statistics.mean(medians):6.3f}  {said}  {_verdict(name, statistics.mean(medians))}".rstrip())


def _verdict(name: str, cost: float) -> str:
    if name not in GOALS:
        return ""
    return f"goal <= {GOALS[name]:g}: {'met' if cost <= GOALS[name] else 'MISSED'}"
