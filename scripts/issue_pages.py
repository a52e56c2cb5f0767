"""Issues of a newspaper as OCR prints them, with the articles that are on their pages: what `scripts/eval split` measures on.

Reports of real news (news_items.py) get heads, bylines and jumps to other pages (issue_stories.py); pictures, briefs, notices,
a masthead stand beside them. They are set, displaced and misread as the pages of repair_pages.py are. By hand:
issue_pages.py --source broadcast --issues 2 --out DIR writes DIR/<issue>/<page>.txt and the gold, DIR/gold/<issue>.jsonl.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from encoding_sources import data_folder, in_script
from issue_elements import damage_runs
from issue_gold import gold_articles
from issue_heads import short_title, title_of
from issue_stories import Story, briefs, contents, halves, kept_story, notice, photo_story, plain_item, report
from issue_wording import ISSUE_WORDINGS, IssueWording
from news_items import Item, SourceName, items_of
from repair_articles import chosen
from repair_columns import Chunk, Printed, columns_of, lose_halves
from repair_made import BODY, KEPT, Damage, Indents, Layout, WordingName
from repair_pages import SEED, arranged, rendered
from repair_templates import fill
from repair_typesetting import misread, wrap

from corpus_tools.model import Article, PageMeta
from corpus_tools.run.outputs import write_articles

FEWEST_PAGES, MOST_PAGES = 2, 8
"""Pages of an issue; most have 4."""

LETTERED = 0.2
"""Share of the issues whose pages are A1, A2 …"""

JUMPS = (0, 1, 2, 2, 3)
"""How many reports of an issue jump."""

INSIDE = 0.35
"""Share of the pictures and advertisements that stand inside an article."""

LONGEST_SET_LINE = 24
"""Ems of a caption's or a notice's line where lines are kept."""

_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class IssuePage:
    """A made page: what is printed, and its articles in gold."""

    id: str
    text: str
    meta: PageMeta
    gold: tuple[Article, ...]


@dataclass(slots=True)
class _Plan:
    """A page before it is printed: its groups of stories, those of a group one below the other."""

    label: str
    section: str
    groups: list[list[Story]]


def make_issue(items: Sequence[Item], name: str, rng: random.Random, damage: Damage) -> list[IssuePage]:
    """The pages of an issue, linked by jumps; the same for the same state of `rng`, everywhere. `name` begins its ids."""
    wording = ISSUE_WORDINGS[damage.wording]
    traditional = rng.random() < damage.traditional
    n_pages = rng.choice((FEWEST_PAGES, 3, 4, 4, 4, 4, 5, 6, MOST_PAGES))
    letter = "A" if rng.random() < LETTERED else ""
    sections = rng.sample(wording.sections, min(n_pages, len(wording.sections)))
    plans = [_Plan(f"{letter}{number}", sections[(number - 1) % len(sections)], []) for number in range(1, n_pages + 1)]
    paper = _Paper(damage, rng, wording, traditional)
    titles = _fill_pages(plans, items, rng, wording, traditional)
    if n_pages > 2 and rng.random() < 0.5:
        entries = rng.sample(titles, min(len(titles), rng.randint(3, 5)))
        plans[0].groups.insert(rng.choice((0, len(plans[0].groups))), [contents(entries, rng, wording)])
    pages = [paper.page(plan, f"{name}/{number:02}") for number, plan in enumerate(plans, 1)]
    return [replace(page, gold=tuple(paper.linked(article) for article in page.gold)) for page in pages]


# --- What stands on which page ---


def _fill_pages(
    plans: list[_Plan], items: Sequence[Item], rng: random.Random, wording: IssueWording, traditional: bool
) -> list[tuple[str, str]]:
    """Put reports and what stands beside them on the pages; the headlines of inside pages, each with its page."""
    n_jumps = min(rng.choice(JUMPS), 2 * (len(plans) - 1))
    seconds: list[tuple[int, Story]] = []
    titles: list[tuple[str, str]] = []
    taken: set[tuple[str, ...]] = set()
    for number, plan in enumerate(plans):
        printed, others = ([item for each in its if (item := plain_item(each))] for its in chosen(items, rng))
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


# --- How it is printed ---


class _Paper:
    """One issue's printer: what is the same on all its pages."""

    def __init__(self, damage: Damage, rng: random.Random, wording: IssueWording, traditional: bool) -> None:
        self.damage, self.rng, self.wording, self.traditional = damage, rng, wording, traditional
        self.year, self.month, self.day = rng.randint(1996, 2024), rng.randint(1, 12), rng.randint(1, 28)
        self.name = fill("{p}", rng)
        self.week = f"星期{rng.choice(_WEEK)}"
        self.masthead = rng.choice(wording.mastheads)
        self.folio = rng.choice(wording.folios)
        self.editors = rng.choice(wording.editors)
        self.ids: dict[int, str] = {}
        """Ids of records by those of their stories."""
        self.jumps: list[tuple[Story, Story]] = []

    def page(self, plan: _Plan, page_id: str) -> IssuePage:
        """The page, and its gold; what the file's path would say stands in `meta`."""
        stories = [story for group in plan.groups for story in group]
        for story in stories:
            damage_runs(story.elements, self.damage.noise, self.rng, traditional=self.traditional)
        made = rendered(self._printed(plan, stories), self.rng, self.damage)
        date = f"{self.year:04}-{self.month:02}-{self.day:02}"
        meta = PageMeta(newspaper=page_id.split("/")[0], date=date, page_number=plan.label)
        gold = gold_articles(made, stories, page_id, meta, self.damage)
        self.ids |= {id(stories[number]): article.id for number, article in gold.items()}
        self.jumps += [(story, story.goes_on) for story in stories if story.goes_on]
        return IssuePage(page_id, made.text, meta, tuple(gold.values()))

    def linked(self, article: Article) -> Article:
        """The record with the ids of what it goes on from and what goes on from it."""
        pairs = [(self.ids.get(id(first)), self.ids.get(id(second))) for first, second in self.jumps]
        continues = next((first for first, second in pairs if first and second == article.id), None)
        continued_by = next((second for first, second in pairs if second and first == article.id), None)
        return replace(article, continues=continues, continued_by=continued_by)

    def _printed(self, plan: _Plan, stories: Sequence[Story]) -> Iterator[Printed]:
        """Everything in page order."""
        yield from map(self._furniture, self._top(plan))
        for chunk in self._placed(plan, stories):
            yield from chunk.printed
        if self.rng.random() < 0.6:
            yield self._furniture(fill(self.editors, self.rng))

    def _top(self, plan: _Plan) -> list[str]:
        """The masthead's lines, or a page's folio, which one page in five has lost."""
        is_front = plan.label.endswith("1")
        if not is_front and self.rng.random() < 0.2:
            return []
        number = plan.label.strip("A")
        day = f"{self.year}年{self.month}月{self.day}日"
        slots = {"P": self.name, "D": day, "W": self.week, "S": plan.section, "g": plan.label}
        slots["G"] = f"{plan.label[: -len(number)]}{int(number):02}"
        lines = self.masthead if is_front else (self.folio,)
        for key, value in slots.items():
            lines = tuple(line.replace(f"{{{key}}}", value) for line in lines)
        return [fill(line, self.rng) for line in lines]

    def _furniture(self, text: str) -> Printed:
        text = in_script(text, "s", "tw") if self.traditional else text
        text = misread(text, self.damage.noise, self.rng)
        return Printed("furniture", [text], text, -1, -1, 0, starts=True, ends=True)

    def _placed(self, plan: _Plan, stories: Sequence[Story]) -> list[Chunk]:
        """The columns of all stories in page order: reports displaced, pictures and advertisements where there is room."""
        numbers = {id(story): number for number, story in enumerate(stories)}
        groups = [group for group in plan.groups if not group[0].is_loose]
        self.rng.shuffle(groups)
        columns = [self._columns(numbers[id(story)], story) for group in groups for story in group]
        page = arranged(columns, self.rng, self.damage)
        for group in plan.groups:
            if group[0].is_loose:
                chunk = self._columns(numbers[id(group[0])], group[0])[0]
                page.insert(self._place_of(chunk, page, len(stories)), chunk)
        return page

    def _columns(self, number: int, story: Story) -> list[Chunk]:
        runs = [element for element in story.elements if element.role not in BODY | KEPT]
        if self.damage.layout == "wrapped":
            for element in runs:
                if element.role in ("caption", "notice", "advert"):
                    lines = wrap(element.text, LONGEST_SET_LINE, self.rng)
                    element.text = "\n".join(element.text[line.start : line.end] for line in lines)
        chunks = columns_of(number, story.elements, self.rng, replace(self.damage, noise=0.0), traditional=False)
        if story.is_loose or len(story.elements) == 1:
            whole = Chunk(number, [printed for chunk in chunks for printed in chunk.printed])
            return [whole] if all(printed.part == 0 for printed in whole.printed) else chunks
        lose_halves(chunks, self.rng, self.damage)
        return chunks

    def _place_of(self, chunk: Chunk, page: Sequence[Chunk], n_stories: int) -> int:
        """Between two articles, or between two columns of one, but not between a head and its text."""
        inside = [
            at
            for at in range(1, len(page))
            if page[at - 1].article == page[at].article and page[at - 1].printed[-1].role in BODY
        ]
        if inside and self.rng.random() < INSIDE:
            return self.rng.choice(inside)
        borders = [
            at for at in range(len(page) + 1) if at in (0, len(page)) or page[at - 1].article != page[at].article
        ]
        return self.rng.choice(borders)


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
    for number in range(n_issues):
        yield make_issue(items, f"{number:03}", random.Random(f"{seed}/{source}/issue/{number}"), damage)


if __name__ == "__main__":
    main()
