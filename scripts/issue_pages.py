"""Issues of a newspaper as OCR prints them, with the articles that are on their pages: what `scripts/eval split` measures on.

Reports of real news (news_items.py) get heads, bylines and jumps to other pages (issue_stories.py); pictures, briefs, notices,
a masthead stand beside them. They are set, displaced and misread as the pages of repair_pages.py are. By hand:
issue_pages.py --source broadcast --issues 2 --out DIR writes DIR/<issue>/<page>.txt and the gold, DIR/gold/<issue>.jsonl.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from encoding_sources import data_folder
from issue_heads import short_title, title_of
from issue_items import plain_items
from issue_paper import IssuePage, Paper, Plan
from issue_stories import Story, briefs, contents, halves, kept_story, notice, photo_story, report
from issue_wording import ISSUE_WORDINGS, IssueWording
from news_items import Item, SourceName, items_of
from repair_articles import chosen
from repair_made import Damage, Indents, Layout, WordingName
from repair_pages import SEED

from corpus_tools.run.outputs import write_articles

FEWEST_PAGES, MOST_PAGES = 2, 8
"""Pages of an issue; most have 4."""

LETTERED = 0.2
"""Share of the issues whose pages are A1, A2 …"""

JUMPS = (0, 1, 2, 2, 3)
"""How many reports of an issue jump."""


def make_issue(items: Sequence[Item], name: str, rng: random.Random, damage: Damage) -> list[IssuePage]:
    """The pages of an issue, linked by jumps; the same for the same state of `rng`, everywhere. `name` begins its ids."""
    wording = ISSUE_WORDINGS[damage.wording]
    traditional = rng.random() < damage.traditional
    n_pages = rng.choice((FEWEST_PAGES, 3, 4, 4, 4, 4, 5, 6, MOST_PAGES))
    letter = "A" if rng.random() < LETTERED else ""
    sections = rng.sample(wording.sections, min(n_pages, len(wording.sections)))
    plans = [Plan(f"{letter}{number}", sections[(number - 1) % len(sections)], []) for number in range(1, n_pages + 1)]
    paper = Paper(damage, rng, wording, traditional, n_pages)
    titles = _fill_pages(plans, items, rng, wording, traditional)
    if n_pages > 2 and rng.random() < 0.5:
        entries = rng.sample(titles, min(len(titles), rng.randint(3, 5)))
        plans[0].groups.insert(rng.choice((0, len(plans[0].groups))), [contents(entries, rng, wording)])
    pages = [paper.page(plan, f"{name}/{number:02}") for number, plan in enumerate(plans, 1)]
    return [replace(page, gold=tuple(paper.linked(article) for article in page.gold)) for page in pages]


# --- What stands on which page ---


def _fill_pages(
    plans: list[Plan], items: Sequence[Item], rng: random.Random, wording: IssueWording, traditional: bool
) -> list[tuple[str, str]]:
    """Put reports and what stands beside them on the pages; the headlines of inside pages, each with its page."""
    n_jumps = min(rng.choice(JUMPS), 2 * (len(plans) - 1))
    seconds: list[tuple[int, Story]] = []
    titles: list[tuple[str, str]] = []
    taken: set[tuple[str, ...]] = set()
    for number, plan in enumerate(plans):
        printed, others = chosen(items, rng)
        printed = [item for item in printed if item.paragraphs not in taken]
        taken |= {item.paragraphs for item in printed}
        for item in printed:
            elements = report(item, rng, wording, traditional=traditional)
            both = None
            if n_jumps and number + 1 < len(plans) and rng.random() < 0.4:
                to = rng.randrange(number + 1, len(plans))
                both = halves(elements, item, rng, wording, (plan.label, plans[to].label), plans[to].section)
            if both:
                n_jumps -= 1
                seconds.append((to, both[1]))
            plan.groups.append([both[0] if both else Story(elements)])
            if number and len(title_of(item)) <= 24:
                titles.append((short_title(title_of(item)), plan.label))
        plan.groups += _beside(others, rng, wording)
    for to, story in seconds:
        plans[to].groups.insert(rng.randint(0, len(plans[to].groups)), [story])
    return titles


def _beside(others: Sequence[Item], rng: random.Random, wording: IssueWording) -> Iterator[list[Story]]:
    """Pictures, briefs, notices and what keeps its lines."""
    pool = list(others)
    rng.shuffle(pool)
    for _ in range(rng.choice((0, 1, 1, 2))):
        story = next((story for item in pool if (story := photo_story(item, rng, wording))), None)
        if story:
            pool = pool[len(pool) // 4 :]
            yield [story]
    if rng.random() < 0.25 and (its := briefs(pool, rng, wording)):
        yield its
    for _ in range(rng.choice((0, 0, 1, 2))):
        yield [notice(rng, wording)]
    if rng.random() < 0.3:
        yield [kept_story(rng)]


# --- By hand ---


def main(arguments: Sequence[str] | None = None) -> None:
    """Write issues and their gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", choices=get_args(SourceName), default="broadcast")
    parser.add_argument("--part", choices=("train", "test", "all"), default="train")
    parser.add_argument("--issues", type=int, default=2)
    add_damage(parser, Damage(displaced=0.1, noise=0.01))
    parser.add_argument("--data", type=Path, help="folder of news text (default: CORPUS_TOOLS_DATA)")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    folder = data_folder(given.data)
    if folder is None:
        raise SystemExit("issue_pages.py: name the folder of news text by --data or CORPUS_TOOLS_DATA")
    items = items_of(folder, given.source, given.part)
    for number, pages in enumerate(issues(items, given.source, given.issues, damage_of(given), given.seed)):
        for page in pages:
            path = given.out / f"{page.id}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, "utf-8", newline="\n")
        gold = given.out / "gold" / f"{number:03}.jsonl"
        gold.parent.mkdir(parents=True, exist_ok=True)
        write_articles((article for page in pages for article in page.gold), gold)


def add_damage(parser: argparse.ArgumentParser, default: Damage) -> None:
    """The options that say how the pages are printed and what is done to them."""
    parser.add_argument("--layout", choices=get_args(Layout), default=default.layout)
    parser.add_argument("--indents", choices=get_args(Indents), default=default.indents)
    parser.add_argument("--wording", choices=get_args(WordingName), default=default.wording)
    parser.add_argument("--no-blank-lines", dest="blank_lines", action="store_false")
    for name in ("displaced", "noise", "lost_halves", "traditional"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(default, name))
    parser.add_argument("--seed", type=int, default=SEED)


def damage_of(given: argparse.Namespace) -> Damage:
    """What the options of `add_damage` ask for."""
    names = [name for name in Damage.__dataclass_fields__ if name in given]
    return Damage(**{name: getattr(given, name) for name in names})


def issues(
    items: Sequence[Item], source: str, n_issues: int, damage: Damage, seed: int = SEED
) -> Iterator[list[IssuePage]]:
    """The first issues of a source, each the same however many are asked for."""
    plain = plain_items(items)
    for number in range(n_issues):
        yield make_issue(plain, f"{number:03}", random.Random(f"{seed}/{source}/issue/{number}"), damage)


if __name__ == "__main__":
    main()
