"""What `repair` makes of broken pages: `scripts/eval repair [--source NAME] [--pages N] [--samples N] [--data DIR]`.

Pages are made (repair_pages.py) of the last fifth of each source. Measured are joins, at three shares of displaced columns
and of misread characters; what was joined that must not be; printed lines of five forms; and whether moved pieces came to
their article. `--model` and `--weights` set the files of what was learned. The files that ship have seen all text, so give
same source:   a model of `scripts/train_seam_model --part train -o FILE`: it has seen the first four fifths;
unseen source: a model of `scripts/train_seam_model --leave-out NAME -o FILE`, and `--source NAME`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import get_args

import orjson
from encoding_sources import ROOT, data_folder
from news_items import Item, SourceName, items_of, sources_in
from repair_judge import Judged, judge
from repair_made import Indents
from repair_pages import SEED, Damage, MadePage, make_page

from corpus_tools import seam_model as seam_module
from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.read.pages import read_page
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import repair_page

PAGES = 100
"""Pages of each of the eleven conditions."""

CONTEXT = 25
"""Characters shown on either side of a sample's seam."""

TRADITIONAL = 0.2
"""Share of the pages that OpenCC makes traditional."""

OTHER_WORDING = "joins, other wording"
"""Bylines, captions, adverts … that no rule was written for and no weight learned from."""

COLUMNS: dict[str, Damage] = {
    "joins, no displacement": Damage(),
    "joins, 10 % displaced": Damage(displaced=0.1),
    "joins, 25 % displaced": Damage(displaced=0.25),
    "joins, 1 % misread": Damage(noise=0.01),
    "joins, 3 % misread": Damage(noise=0.03),
    OTHER_WORDING: Damage(wording="other"),
}


def _wrapped(indents: Indents, *, blank_lines: bool) -> Damage:
    """Printed lines, with few torn columns: at those the joins of paragraphs are measured, not the ends of lines."""
    return Damage("wrapped", indents=indents, blank_lines=blank_lines, between=0.1, lost_halves=0.02, extras=2)


LINES: dict[str, Damage] = {
    "lines, indents kept": _wrapped("kept", blank_lines=False),
    "lines, blank lines": _wrapped("stripped", blank_lines=True),
    "lines, indents stripped": _wrapped("stripped", blank_lines=False),
    "lines, indents partly kept": _wrapped("partly", blank_lines=False),
    "lines, no indents ever": _wrapped("none", blank_lines=False),
}
MOST_DISPLACED = "joins, 25 % displaced"
"""The condition whose moves have a goal."""

WEIGHING = "corpus_tools.stages.repair.pair_scores"
"""The module whose `pair_weights` join halves."""

N_TIGHT = 4
"""Every fourth page of `COLUMNS` has no blank lines between its paragraphs."""


@dataclass(slots=True)
class Scores:
    """Counts of one condition over its pages, and samples of what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, text: str, judged: Judged) -> None:
        """Count one page."""
        self.counts.update(judged.counts())
        for kind, places in judged.wrong().items():
            self.samples[kind] += [_shown(text, left, right) for left, right in places]

    def share(self, part: str, whole: str) -> float:
        """`part` of `whole`; 1 where there is nothing to count."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0


def _shown(text: str, left: int, right: int) -> str:
    """Both sides of a seam, `left` and `right` being the offsets where they end and begin, and what stands between."""
    before = text[max(0, left - CONTEXT) : left]
    between = text[left:right].strip() if left <= right else f"(from {right - left:+} characters)"
    middle = between if len(between) <= 2 * CONTEXT else f"{between[:CONTEXT]} … {between[-CONTEXT:]}"
    return f"…{before}⟧ {middle} ⟦{text[right : right + CONTEXT]}…".replace("\n", "⏎").replace("\u3000", "␣␣")


def repaired(text: str, name: str) -> Page:
    """The page of that text after `normalise` and `repair`."""
    page = read_page(text.encode(), name, f"{name}.txt")
    return repair_page(normalise_page(page, Options()), Options())


def pages_of(items: Sequence[Item], name: str, damage: Damage, given: argparse.Namespace) -> Iterator[MadePage]:
    """The pages of one condition, the same ones for the same seed."""
    for number in range(given.pages):
        tight = damage.layout == "paragraphs" and number % N_TIGHT == N_TIGHT - 1
        options = {"traditional": given.traditional} | ({"blank_lines": False} if tight else {})
        yield make_page(items, random.Random(f"{given.seed}/{name}/{number}"), _with(damage, **options))


def _with(damage: Damage, **changes: object) -> Damage:
    kept = {name: getattr(damage, name) for name in Damage.__dataclass_fields__}
    return Damage(**(kept | changes))


def measure(items: Sequence[Item], name: str, damage: Damage, given: argparse.Namespace) -> Scores:
    """The scores of one condition."""
    scores = Scores()
    for number, made in enumerate(pages_of(items, name, damage, given)):
        scores.add(made.text, judge(made, repaired(made.text, f"{name}/{number}")))
    return scores


def report(source: str, found: dict[str, Scores], n_samples: int) -> dict[str, float]:
    """Print the tables of one source; the figures."""
    figures: dict[str, float] = {}
    print(f"\n{source}\n{'':30} {'P':>6} {'R':>6} {'joins':>6} {'right':>6} {'there':>6}")
    for name in COLUMNS:
        scores, key = found[name], _key(source, name)
        figures[f"{key}_p"] = precision = scores.share("joins right", "joins found")
        figures[f"{key}_r"] = recall = scores.share("joins right", "joins there")
        n = scores.counts
        print(
            f"{name:30} {precision:6.3f} {recall:6.3f} {n['joins found']:6} {n['joins right']:6} {n['joins there']:6}"
        )
    figures |= _report_kinds(source, found)
    figures |= _report_lines(source, found)
    figures |= _report_moves(source, found)
    for name, scores in found.items():
        for kind, shown in scores.samples.items() if n_samples else ():
            print(f"\n{source}, {name}: {kind}, {min(n_samples, len(shown))} of {len(shown)}")
            for sample in shown[:: max(1, len(shown) // n_samples)][:n_samples]:
                print(f"  {sample}")
    return figures


def _report_kinds(source: str, found: dict[str, Scores]) -> dict[str, float]:
    """Print and give the figures of what must not be joined: of pages with the usual words, and with others."""
    figures: dict[str, float] = {}
    print(f"\n{'':30} {'wrong':>7} {'of':>6} {'other words':>12} {'of':>6}")
    groups = [[name for name in COLUMNS if "displace" in name], [OTHER_WORDING]]
    for kind in ("headings", "bylines", "captions", "leads"):
        shown = f"false joins on {kind:15}"
        for group, suffix in zip(groups, ("", "_other"), strict=True):
            wrong, of = (sum(found[name].counts[f"{kind}{what}"] for name in group) for what in (" joined", ""))
            figures[f"{source}_{kind}_left{suffix}"] = 1 - wrong / max(1, of)
            shown += f" {wrong / max(1, of):{12 if suffix else 7}.2%} {of:6}"
        print(shown)
    for kind in ("verses", "lists", "tables"):
        wrong, of = (sum(scores.counts[f"{kind}{what}"] for scores in found.values()) for what in (" joined", ""))
        figures[f"{source}_{kind}_left"] = -wrong
        print(f"false joins in {kind:15} {wrong:7} {of:6}")
    return figures


def _report_lines(source: str, found: dict[str, Scores]) -> dict[str, float]:
    """Print and give the figures of printed lines."""
    figures: dict[str, float] = {}
    print(f"\n{'':30} {'ends':>6} {'exact':>6} {'lines':>6} {'joined':>7} {'parted':>7} {'joins P':>8} {'R':>6}")
    for name in LINES:
        scores, key = found[name], _key(source, name)
        figures[f"{key}_ends"] = ends = scores.share("line ends right", "line ends")
        figures[f"{key}_exact"] = exact = scores.share("paragraphs exact", "paragraphs")
        n, joins = scores.counts, (scores.share("joins right", f"joins {of}") for of in ("found", "there"))
        wrong = f"{n['line ends wrongly joined']:7} {n['line ends wrongly parted']:7}"
        print(f"{name:30} {ends:6.4f} {exact:6.3f} {n['line ends']:6} {wrong} {next(joins):8.3f} {next(joins):6.3f}")
    return figures


def _report_moves(source: str, found: dict[str, Scores]) -> dict[str, float]:
    """Print and give the figures of moved pieces."""
    figures: dict[str, float] = {}
    print(f"\n{'moved pieces':30} {'P':>6} {'R':>6} {'moved':>6} {'right':>6} {'astray':>7} {'home':>6}")
    for name in COLUMNS:
        scores, n = found[name], found[name].counts
        precision, recall = (
            scores.share("pieces moved right", "pieces moved"),
            scores.share("pieces home", "pieces astray"),
        )
        if name == MOST_DISPLACED:
            figures |= {f"{source}_moves_p": precision, f"{source}_moves_r": recall}
        moves = f"{n['pieces moved']:6} {n['pieces moved right']:6}"
        print(f"{name:30} {precision:6.3f} {recall:6.3f} {moves} {n['pieces astray']:7} {n['pieces home']:6}")
    return figures


def _key(source: str, name: str) -> str:
    """The figure's name: letters and digits.

    >>> _key("broadcast", "joins, 25 % displaced")
    'broadcast_joins_25_displaced'
    """
    words = "".join(character if character.isalnum() else " " for character in f"{source} {name}").split()
    return "_".join(words)


def seed_joins() -> dict[str, float]:
    """Joins of the two seed pages that the gold has, and minus those that it has not."""
    n_right = n_wrong = n_there = 0
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        gold = [orjson.loads(line) for line in (ROOT / f"seeds/gold/{path.stem}.jsonl").read_bytes().splitlines()]
        there = {seam for article in gold for block in article["blocks"] for seam in _seams(block["spans"])}
        page = repaired(path.read_text("utf-8"), path.stem)
        found = {seam for block in page.blocks for seam in _seams([(span.start, span.end) for span in block.spans])}
        n_there += len(there)
        n_right += len(there & found)
        n_wrong += len(found - there)
    print(f"\nseeds: {n_right} of {n_there} joins, {n_wrong} false")
    return {"seed_joins": n_right, "seed_joins_false": -n_wrong}


def _seams(spans: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [(left[1], right[0]) for left, right in pairwise(spans)]


def use_model(path: Path | None) -> str:
    """Make every rule use the seam model of that file; its name."""
    if path is None:
        return "the one that ships, which has seen these pages' text"
    chosen = seam_module.seam_model(path)
    _replace(seam_module.seam_model, lambda path=None: chosen)
    return str(path)


def use_weights(path: Path | None) -> str:
    """Make the joins use the weights of that file; its name."""
    if path is None:
        return "those that ship"
    fitted = getattr(sys.modules.get(WEIGHING), "pair_weights", None)
    if fitted is None:
        raise SystemExit(f"eval repair: there is no {WEIGHING}.pair_weights to replace by those of {path}")
    chosen = fitted(path)
    _replace(fitted, lambda path=None: chosen)
    return str(path)


def use_table(path: Path | None, weights: Callable[[Path | None], object]) -> str:
    """Make every rule use the fitted weights of that file, whichever function reads them; its name."""
    if path is None:
        return "those that ship"
    chosen = weights(path)
    _replace(weights, lambda path=None: chosen)
    return str(path)


def _replace(original: object, chosen: object) -> None:
    """Put another function into every module of the package that has this one by its name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("corpus_tools."):
            for known in [known for known, value in vars(module).items() if value is original]:
                setattr(module, known, chosen)


def run(options: list[str]) -> dict[str, float]:
    """Measure and print; the figures of every source, and the joins of the seeds."""
    parser = argparse.ArgumentParser(
        prog="eval repair", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", choices=get_args(SourceName), help="one source (default: both)")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of each condition (default: {PAGES})")
    parser.add_argument("--only", choices=("joins", "lines"), help="only this half of the measurements' pages")
    parser.add_argument("--part", choices=("test", "train"), default="test", help="text of the pages (default: test)")
    parser.add_argument("--samples", type=int, default=0, help="samples of each kind of error to show")
    parser.add_argument("--traditional", type=float, default=TRADITIONAL, help="share of pages in traditional script")
    parser.add_argument("--model", type=Path, help="file of the seam model (default: the one that ships)")
    parser.add_argument("--weights", type=Path, help="file of the weights of joins (default: those that ship)")
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(options)
    print(f"seam model: {use_model(given.model)}; weights of joins: {use_weights(given.weights)}")
    figures = seed_joins()
    folder = data_folder(given.data)
    if folder is None:
        print("\nOnly the seeds: CORPUS_TOOLS_DATA names no folder with news text to make pages of.")
        return figures
    for source in sources_in(folder, given.source):
        items = items_of(folder, source, given.part)
        conditions = {"joins": COLUMNS, "lines": LINES}.get(given.only, COLUMNS | LINES)
        found = {
            name: measure(items, f"{source}/{name}", damage, given) if name in conditions else Scores()
            for name, damage in (COLUMNS | LINES).items()
        }
        figures |= report(source, found, given.samples)
    return figures
