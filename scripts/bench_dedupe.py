"""What `dedupe` costs: over `ftfy.fix_text` of the same page, by character on long pages, and on loops of 1 MB.

`scripts/bench dedupe [--rounds N] [--data DIR]`. One process, candidates in turn, CPU time, the median of the ratios round by
round. Before each timed call, answers that the package keeps about texts are forgotten, and a seed page comes behind the other
one, as pages of a run do. The quality of the same build is printed first.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from bench_repair import LENGTHS, caches, forget, hanzi, made_texts, over_ftfy, print_growth, seconds, seed_pages
from encoding_sources import data_folder
from repair_made import Damage

from corpus_tools.blocks import line_blocks
from corpus_tools.model import Block, Page, Span
from corpus_tools.options import Options
from corpus_tools.read.pages import page_from_text
from corpus_tools.stages.dedupe import dedupe_page
from corpus_tools.stages.repair import repair_page

ROUNDS = 51
LONG_ROUNDS = 3
GOAL = 0.06
LOOP_CHARACTERS = 350_000
"""A megabyte of hanzi in UTF-8."""

LOOP_SECONDS = 1.0
UNITS = (1, 2, 7, 9, 30, 500, 5_000)
N_LINES = (1_000, 4_000)


def in_lines(text: str) -> Page:
    """A page with one block a line."""
    page = page_from_text(text, "bench", "bench.txt")
    return Page(page.id, page.text, page.source, blocks=line_blocks(page))


def in_one_line(text: str) -> Page:
    """A page with one block."""
    page = page_from_text(text, "bench", "bench.txt")
    return Page(page.id, page.text, page.source, blocks=(Block("body", (Span(0, len(text)),), text),))


def loops() -> None:
    """Print the seconds for a megabyte of one repeated unit, in one line and in lines, with the end cut off."""
    for length in UNITS:
        rng = random.Random(length)
        unit = hanzi(length, rng) if length < 9 else "，".join(hanzi(7, rng) for _ in range(length // 8)) + "。"
        whole = (unit * (LOOP_CHARACTERS // len(unit) + 1))[:LOOP_CHARACTERS]
        lines = "\n".join([unit] * (LOOP_CHARACTERS // (len(unit) + 1)))
        for where, page in (("in one line", in_one_line(whole)), ("in lines", in_lines(lines))):
            taken = seconds(partial(dedupe_page, page, Options()))
            print(
                f"dedupe, 1 MB of {len(unit)} characters again and again, {where}: {taken:.2f} s (goal: under {LOOP_SECONDS})"
            )


def _varied(rng: random.Random, near: str) -> str:
    """The text with one character in a hundred changed."""
    return "".join(hanzi(1, rng) if rng.random() < 0.01 else character for character in near)


PARAGRAPH = "热力公司已完成全部管网的检修注水工作，新增的三座换热站将于月底投入运行，惠及两万余户居民。"

CORNERS: dict[str, Callable[[random.Random], str]] = {
    "identical paragraphs between others": lambda rng: f"{PARAGRAPH}\n{hanzi(20, rng)}，{hanzi(9, rng)}。\n",
    "near-periodic text": lambda rng: _varied(rng, PARAGRAPH) + "\n",
    "lines that begin alike": lambda rng: f"市政府昨日{hanzi(12, rng)}，会议强调{hanzi(9, rng)}。\n",
    "items that count up, with other words": lambda rng: f"第{rng.randrange(9999)}条，{hanzi(14, rng)}。\n",
}


def growth(folder: Path | None) -> None:
    """Print the cost by character on long pages: the same on all of them where nothing is quadratic."""
    if folder is not None:
        costs = []
        text = "\n\n".join(islice(made_texts(folder, Damage()), max(LENGTHS) // 2_500))
        for length in LENGTHS:
            page = in_lines(text[:length])
            taken = [seconds(partial(_forgetful, page)) for _ in range(LONG_ROUNDS)]
            costs.append(min(taken) / length * 1e6)
        print_growth("dedupe, made pages in one, characters", LENGTHS, costs)
    for name, line in CORNERS.items():
        costs = []
        for n_lines in N_LINES:
            rng = random.Random(n_lines)
            page = in_lines("".join(line(rng) for _ in range(n_lines)))
            costs.append(seconds(partial(dedupe_page, page, Options())) / len(page.text) * 1e6)
        print_growth(f"dedupe, {name}, lines", N_LINES, costs)


def _forgetful(page: Page) -> None:
    forget(caches())
    dedupe_page(page, Options())


def run(options: Sequence[str]) -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    given = parser.parse_args(options)
    pages = [repair_page(page, Options()) for page in seed_pages()]
    over_ftfy("dedupe", dedupe_page, pages, given.rounds, GOAL)
    loops()
    growth(data_folder(given.data))
