"""What `repair` costs: over `ftfy.fix_text` of the same page, and by character on long pages. `scripts/bench repair [--rounds N] [--data DIR]`.

One process, candidates in turn, CPU time, the median of the ratios round by round. Answers that the package keeps about texts
are forgotten before each timed call, so that each call sees a page that it never saw; the model, the weights and compiled
patterns, which any page of a run finds loaded, stay. A seed page is timed behind the other one,
as pages of a run are. The quality of the same build is printed first.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import _lru_cache_wrapper, partial
from itertools import count, pairwise
from pathlib import Path
from typing import Any, TypeAlias

import ftfy
from encoding_sources import data_folder
from news_items import items_of
from repair_made import Damage
from repair_pages import make_page

from corpus_tools.model import Page
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text, read_page
from corpus_tools.seam_model import Answers
from corpus_tools.stages.normalise import normalise_page
from corpus_tools.stages.repair import repair_page

ROOT = Path(__file__).parent.parent
ROUNDS = 25
LONG_ROUNDS = 3
GOAL = 0.15
LENGTHS = (30_000, 300_000, 1_000_000)
N_LINES = (5_000, 20_000)
HANZI = (
    "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可年生自会那后能对着事其里所"
    "去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从"
)

Kept: TypeAlias = "_lru_cache_wrapper[object] | Answers[Any]"

LAYOUTS = {
    "made pages in paragraphs": Damage(displaced=0.1),
    "made pages in lines": Damage("wrapped", indents="stripped", blank_lines=False),
}


def hanzi(length: int, rng: random.Random) -> str:
    """Random common hanzi without a mark."""
    return "".join(rng.choices(HANZI, k=length))


CORNERS: dict[str, Callable[[random.Random], str]] = {
    "open ends: short lines": lambda rng: f"{hanzi(12, rng)}，{hanzi(7, rng)}\n",
    "open ends: short paragraphs": lambda rng: f"{hanzi(45, rng)}\n\n",
    "open ends: long paragraphs": lambda rng: f"{hanzi(120, rng)}\n\n",
    "identical lines": lambda _: "市政府昨日召开会议，部署今冬供暖\n",
    "open quotes": lambda rng: f"“{hanzi(40, rng)}，\n\n",
}


def page_of(text: str) -> Page:
    """A normalised page of that text, of a string that nothing has looked at yet."""
    return normalise_page(page_from_text(text, "bench", "bench.txt"), Options())


def caches() -> list[Kept]:
    """The bounded caches of the package: what it keeps about texts. Unbounded ones hold the tables that every page needs."""
    everything = gc.get_objects()
    found = [each for each in everything if isinstance(each, _lru_cache_wrapper)]
    bounded = [each for each in found if _is_ours(each) and each.cache_parameters()["maxsize"] is not None]
    return [*bounded, *(each for each in everything if isinstance(each, Answers))]


def _is_ours(cache: _lru_cache_wrapper[object]) -> bool:
    wrapped = cache.__wrapped__
    return str(getattr(getattr(wrapped, "func", wrapped), "__module__", "")).startswith("corpus_tools.")


def forget(kept: Sequence[Kept]) -> None:
    """Empty the caches: the next page is the first one of a run."""
    for cache in kept:
        if isinstance(cache, Answers):
            cache.clear()
        else:
            cache.cache_clear()


def seconds(function: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    begin = time.process_time()
    function()
    return time.process_time() - begin


def seed_pages() -> list[Page]:
    """The seed pages, normalised."""
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    return [normalise_page(read_page(path.read_bytes(), path.stem, path.name), Options()) for path in paths]


def over_ftfy(
    name: str, stage: Callable[[Page, Options], Page], pages: Sequence[Page], rounds: int, goal: float
) -> None:
    """Print the cost of a stage over `ftfy.fix_text` for each page, each time as a page that follows another one in a run."""
    for page in pages:
        stage(page, Options())  # loads the model and the tables
    kept = caches()
    for page in pages:
        theirs, ours = [], []
        for _ in range(rounds):
            theirs.append(seconds(partial(ftfy.fix_text, page.text)))
            forget(kept)
            for other in pages:
                if other is not page:
                    stage(other, Options())
            ours.append(seconds(partial(stage, page, Options())))
        ratio = statistics.median(mine / its for mine, its in zip(ours, theirs, strict=True))
        times = " ".join(f"{statistics.median(found) * 1000:.2f}" for found in (ours, theirs))
        print(f"{name}, {page.id}: {ratio:.3f} x ftfy.fix_text (goal: at most {goal}); ms: {times}")


def made_texts(folder: Path, damage: Damage) -> Iterator[str]:
    """Made pages for ever, the same ones in every run."""
    items = items_of(folder, "broadcast", "train")
    return (make_page(items, random.Random(f"bench/{number}"), damage).text for number in count())


def per_character(text: str, rounds: int) -> float:
    """Microseconds of `repair` by character of a page, the least of a few rounds."""
    page = page_of(text)
    kept = caches()
    found = []
    for _ in range(rounds):
        forget(kept)
        found.append(seconds(partial(repair_page, page, Options())))
    return min(found) / len(text) * 1e6


def print_growth(name: str, sizes: Sequence[int], costs: Sequence[float]) -> None:
    """Print the costs of growing pages, and how much a character of the longest costs over one of the shortest."""
    said = "  ".join(f"{size:,}: {cost:.2f}" for size, cost in zip(sizes, costs, strict=True))
    worst = max(later / earlier for earlier, later in pairwise(costs))
    print(f"{name}, us a character: {said}; x {costs[-1] / costs[0]:.2f}, at the worst step x {worst:.2f}")


def growth(folder: Path | None) -> None:
    """Print the cost by character on long pages: the same on all of them where nothing is quadratic."""
    if folder is None:
        print("repair, made pages: not measured; name the folder of news text by --data or CORPUS_TOOLS_DATA")
    for name, damage in LAYOUTS.items() if folder is not None else ():
        assert folder is not None
        texts = made_texts(folder, damage)
        text, costs = "", []
        for length in LENGTHS:
            while len(text) < length:
                text += next(texts) + "\n\n"
            costs.append(per_character(text[:length], LONG_ROUNDS))
        print_growth(f"repair, {name} in one, characters", LENGTHS, costs)
    for name, line in CORNERS.items():
        costs = []
        for n_lines in N_LINES:
            rng = random.Random(n_lines)
            costs.append(per_character("".join(line(rng) for _ in range(n_lines)), 1))
        print_growth(f"repair, {name}, lines", N_LINES, costs)


def run(options: Sequence[str]) -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    given = parser.parse_args(options)
    over_ftfy("repair", repair_page, seed_pages(), given.rounds, GOAL)
    growth(data_folder(given.data))
