"""Near-duplicate articles over a corpus: `scripts/eval across [--records N] [--source NAME] [--part PART] [--samples N] [--data DIR] [--brief]`.

Corpora of 10,000 records are made (across_articles.py) of the last fifth of each source, filled up with other articles of both sources.
Measured are pairs: those that stand in one cluster, against those of one origin; by kind of copy, and the wrong ones by what they
are. The thresholds were chosen on the first four fifths of both. `--brief`: 2,500 records, for every change.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import get_args

from across_articles import SEED, Made, make_corpus
from encoding_sources import data_folder
from news_items import FILES, SourceName, items_of

from corpus_tools import dedupe_across
from corpus_tools.model import Article

RECORDS, BRIEF_RECORDS = 10_000, 2_500

SHOWN = 120
"""Characters of a sample's texts."""

Pair = tuple[str, str]


def corpus_of(folder: Path, name: SourceName, n_records: int, seed: int, part: str = "test") -> list[Made]:
    """The made corpus of a source, the same one for the same seed."""
    other = next(each for each in FILES if each != name)
    fillers = [*items_of(folder, name, "train" if part == "test" else "test"), *items_of(folder, other, "train")]
    items = items_of(folder, name, "test" if part == "test" else "train")
    rng = random.Random(f"{seed}/{name}")
    most = n_records // 2  # originals that have room for their copies
    return make_corpus(items[:most], n_records, rng, fillers=fillers)


def pairs_of(groups: Iterable[Sequence[str]]) -> set[Pair]:
    """The pairs of ids that stand in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def groups_by(keys: Mapping[str, str]) -> list[list[str]]:
    """Ids with the same key together."""
    groups: dict[str, list[str]] = defaultdict(list)
    for each, key in keys.items():
        groups[key].append(each)
    return list(groups.values())


def measure(made: Sequence[Made], n_samples: int) -> tuple[float, float]:
    """Precision and recall of the pairs; prints them, by kind."""
    begin = time.perf_counter()
    kept = list(dedupe_across(each.article for each in made))
    seconds = time.perf_counter() - begin
    true = pairs_of(groups_by({each.article.id: each.origin for each in made}))
    found = pairs_of(groups_by({article.id: article.cluster for article in kept if article.cluster is not None}))
    kinds = {each.article.id: each.kind for each in made}
    precision = len(true & found) / len(found) if found else 1.0
    recall = len(true & found) / len(true) if true else 1.0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{len(made)} records, {len(true)} pairs: precision {precision:.4f}, recall {recall:.4f}")
    print(f"  {len(made) / seconds:.0f} records/s, peak memory of this process {memory} MiB")
    _print_kinds(true, found, kinds)
    texts = {each.article.id: each.article for each in made}
    _print_samples("wrong", sorted(found - true), texts, kinds, n_samples)
    _print_samples("missed", sorted(true - found), texts, kinds, n_samples)
    return precision, recall


def _kind_of(pair: Pair, kinds: Mapping[str, str]) -> str:
    return " and ".join(sorted(kinds[each] for each in pair))


def _print_kinds(true: set[Pair], found: set[Pair], kinds: Mapping[str, str]) -> None:
    there = Counter(_kind_of(pair, kinds) for pair in true)
    right = Counter(_kind_of(pair, kinds) for pair in true & found)
    for kind, count in there.most_common(8):
        print(f"  {kind:34} {right[kind]:5} of {count:5}  {right[kind] / count:.3f}")
    wrong = Counter(_kind_of(pair, kinds) for pair in found - true)
    print(f"  wrong pairs: {', '.join(f'{count} {kind}' for kind, count in wrong.most_common()) or 'none'}")


def _print_samples(
    what: str, pairs: Sequence[Pair], texts: Mapping[str, Article], kinds: Mapping[str, str], n_samples: int
) -> None:
    chosen = random.Random(0).sample(pairs, min(n_samples, len(pairs)))
    for pair in chosen:
        print(f"\n  {what}: {_kind_of(pair, kinds)}")
        for each in pair:
            print(f"    {each}: {texts[each].text.partition(chr(10))[2][:SHOWN]}")


def run(options: list[str]) -> dict[str, float]:
    """Measure and print; precision and recall of every source."""
    parser = argparse.ArgumentParser(
        prog="eval across", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, help=f"records of each corpus (default: {RECORDS})")
    parser.add_argument("--source", choices=get_args(SourceName), help="only this one")
    parser.add_argument("--part", choices=("test", "train"), default="test", help="train: to choose thresholds by")
    parser.add_argument("--samples", type=int, default=0, help="wrong and missed pairs to show")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--brief", action="store_true", help=f"{BRIEF_RECORDS} records")
    given = parser.parse_args(options)
    folder = data_folder(given.data)
    if folder is None:
        print("eval across: no news text: name its folder by --data or CORPUS_TOOLS_DATA", file=sys.stderr)
        return {}
    n_records = given.records or (BRIEF_RECORDS if given.brief else RECORDS)
    figures: dict[str, float] = {}
    for name in (given.source,) if given.source else get_args(SourceName):
        print(f"\n{name}")
        made = corpus_of(folder, name, n_records, given.seed, given.part)
        figures[f"{name}_p"], figures[f"{name}_r"] = measure(made, given.samples)
    return figures
