"""Quality of this build against gold, with floors that a change may not fall below.

Usage: eval.py [seeds]. `seeds` cleans the two seed pages and scores them against seeds/gold. The rules were written while
looking at these pages, so the figures say that they still come out, not how other pages will; tests/golden has pages of
other kinds. A floor is lowered only by an edit of scripts/floors.toml that says why.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from corpus_tools import clean, evaluate, read_articles, read_pages
from corpus_tools.report.terminal import print_scores

ROOT = Path(__file__).parent.parent


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


MEASURES: dict[str, Callable[[], dict[str, float]]] = {"seeds": seeds}


def main(names: list[str]) -> int:
    """Measure, print, compare with the floors; the number of figures below theirs."""
    floors = tomllib.loads((ROOT / "scripts/floors.toml").read_text("utf-8"))
    n_below = 0
    for name in names or list(MEASURES):
        if name not in MEASURES:
            print(f"eval.py: there is no measure {name!r}; one of {', '.join(MEASURES)}", file=sys.stderr)
            return 2
        for figure, value in MEASURES[name]().items():
            floor = floors[name][figure]
            if value < floor:
                n_below += 1
                print(f"{name}: {figure} is {value:.4f}, below its floor {floor}", file=sys.stderr)
    return 1 if n_below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
