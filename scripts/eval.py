"""Quality of this build against gold, with floors that a change may not fall below.

Usage: eval.py [seeds] [encoding] [normalise] [repair] [split] [link] [dedupe] [across] [OPTIONS]; `seeds` where nothing is named. OPTIONS go to what is named:
`eval.py encoding --help`.
seeds:     cleans the two seed pages and scores them against seeds/gold. The rules were written while looking at these
           pages, so the figures say that they still come out, not how other pages will; tests/golden has pages of other kinds.
encoding:  how often the encoding of a file is found, beside other detectors (eval_encoding.py).
normalise: what the rules of `normalise` do to clean pages of real news (eval_normalise.py).
repair:    joins, printed lines and moved pieces on pages made of real news and then broken (eval_repair.py).
split:     articles, headlines, fields and jumps of whole issues made of real news and then broken (eval_split.py).
link:      halves of articles over the pages of issues made of real news (eval_link.py).
dedupe:    what is found of repeats put into made pages, and what is removed from pages without (eval_dedupe.py).
across:    near-duplicate articles over a corpus made of real news, with look-alikes (eval_across.py).
A floor is lowered only by an edit of scripts/floors.toml that says why; a figure without one is said to have none.
"""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

from corpus_tools import clean, evaluate, read_articles, read_pages
from corpus_tools.report.terminal import print_scores

ROOT = Path(__file__).parent.parent

Measure = Callable[[list[str]], dict[str, float]]
"""Takes options of its own, prints, and gives figures; higher is better."""


def seeds() -> dict[str, float]:
    """The figures of the seed pages."""
    articles = [article for page in clean(read_pages(ROOT / "seeds")) for article in page.articles]
    written = [article for article in articles if article.kind != "furniture"]
    scored = evaluate(written, read_articles(ROOT / "seeds/gold"))
    print_scores(scored)
    overall = scored.overall
    return {
        "articles_found": overall.articles_found,
        "articles_exact": overall.articles_exact,
        "bcubed_f1": overall.bcubed.f1 or 0.0,
        "paragraph_f1": overall.paragraphs.f1 or 0.0,
        "join_f1": overall.joins.f1 or 0.0,
        "fields": overall.fields.share or 0.0,
        "characters_kept": -overall.characters_lost,
    }


def _seeds(options: list[str]) -> dict[str, float]:
    if options:
        raise SystemExit(f"eval.py: seeds takes no options, not {options[0]!r}")
    return seeds()


def _of_module(module: str) -> Measure:
    """The measure of a module beside this one, imported when it is asked for."""

    def run(options: list[str]) -> dict[str, float]:
        figures: dict[str, float] = importlib.import_module(module).run(options)
        return figures

    return run


MEASURES: dict[str, Measure] = {
    "seeds": _seeds,
    "encoding": _of_module("eval_encoding"),
    "normalise": _of_module("eval_normalise"),
    "repair": _of_module("eval_repair"),
    "split": _of_module("eval_split"),
    "link": _of_module("eval_link"),
    "dedupe": _of_module("eval_dedupe"),
    "across": _of_module("eval_across"),
}
DEFAULT = ("seeds",)


def main(arguments: list[str]) -> int:
    """Measure, print, compare with the floors; 1 when a figure is below its floor."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    names = list(takewhile(lambda argument: not argument.startswith("-"), arguments))
    options = arguments[len(names) :]
    floors = tomllib.loads((ROOT / "scripts/floors.toml").read_text("utf-8"))
    n_below = 0
    for name in names or DEFAULT:
        if name not in MEASURES:
            print(f"eval.py: there is no measure {name!r}; one of {', '.join(MEASURES)}", file=sys.stderr)
            return 2
        n_below += compare(name, MEASURES[name](options), floors.get(name, {}))
    return 1 if n_below else 0


def compare(name: str, figures: dict[str, float], floors: dict[str, float]) -> int:
    """The number of figures below their floors; each is said on standard error, and so are those that have none."""
    n_below = 0
    for figure, value in figures.items():
        floor = floors.get(figure)
        if floor is None:
            print(f"{name}: {figure} is {value:.4f} and has no floor", file=sys.stderr)
        elif value < floor:
            n_below += 1
            print(f"{name}: {figure} is {value:.4f}, below its floor {floor}", file=sys.stderr)
    return n_below


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
