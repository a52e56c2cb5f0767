"""One issue's printer: masthead and folios, the columns of all stories in page order, the gold of each page.

`Plan`s enter, `IssuePage`s leave.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from encoding_sources import in_script
from issue_elements import damage_runs
from issue_gold import gold_articles
from issue_stories import Story
from issue_wording import IssueWording
from repair_columns import Chunk, Printed, columns_of, lose_halves
from repair_made import BODY, Damage
from repair_pages import arranged, rendered
from repair_templates import fill
from repair_typesetting import misread, wrap

from corpus_tools.model import Article, PageMeta

INSIDE = 0.35
"""Share of the pictures and advertisements that stand inside an article."""

LONGEST_SET_LINE = 24
"""Ems of a caption's or a notice's line where lines are kept."""

_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class IssuePage:
    """A made page and its articles in gold. `meta` is what its path would say, `printed` what its masthead or folio says,
    without what is misread."""

    id: str
    text: str
    meta: PageMeta
    printed: PageMeta
    gold: tuple[Article, ...]


@dataclass(slots=True)
class Plan:
    """A page before it is printed: its groups of stories, those of a group one below the other."""

    label: str
    section: str
    groups: list[list[Story]]


class Paper:
    """One issue's printer: what is the same on all its pages."""

    def __init__(
        self, damage: Damage, rng: random.Random, wording: IssueWording, traditional: bool, n_pages: int
    ) -> None:
        self.n_pages = n_pages
        self.damage, self.rng, self.wording, self.traditional = damage, rng, wording, traditional
        self.date = f"{rng.randint(1996, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        self.name = fill("{p}", rng)
        self.week = f"星期{_WEEK[date.fromisoformat(self.date).weekday()]}"
        self.masthead = rng.choice(wording.mastheads)
        self.folio = rng.choice(wording.folios)
        self.editors = rng.choice(wording.editors)
        self.ids: dict[int, str] = {}
        """Ids of records by those of their stories."""
        self.jumps: list[tuple[Story, Story]] = []

    def page(self, plan: Plan, page_id: str) -> IssuePage:
        """The page, and its gold; what the file's path would say stands in `meta`."""
        stories = [story for group in plan.groups for story in group]
        for story in stories:
            damage_runs(story.elements, self.damage.noise, self.rng, traditional=self.traditional)
        lines, printed = self._top(plan)
        made = rendered(self._printed(plan, stories, lines), self.rng, self.damage)
        meta = PageMeta(newspaper=page_id.split("/")[0], date=self.date, page_number=plan.label)
        gold = gold_articles(made, stories, page_id, meta, self.damage)
        self.ids |= {id(stories[number]): article.id for number, article in gold.items()}
        self.jumps += [(story, story.goes_on) for story in stories if story.goes_on]
        return IssuePage(page_id, made.text, meta, printed, tuple(gold.values()))

    def linked(self, article: Article) -> Article:
        """The record with the ids of what it goes on from and what goes on from it."""
        pairs = [(self.ids.get(id(first)), self.ids.get(id(second))) for first, second in self.jumps]
        continues = next((first for first, second in pairs if first and second == article.id), None)
        continued_by = next((second for first, second in pairs if second and first == article.id), None)
        return replace(article, continues=continues, continued_by=continued_by)

    def _printed(self, plan: Plan, stories: Sequence[Story], top: Sequence[str]) -> Iterator[Printed]:
        """Everything in page order."""
        yield from map(_furniture, top)
        for chunk in self._placed(plan, stories):
            yield from chunk.printed
        if self.rng.random() < 0.6:
            yield _furniture(self._misread(fill(self.editors, self.rng)))

    def _top(self, plan: Plan) -> tuple[list[str], PageMeta]:
        """The masthead's lines, or a page's folio, which one page in five has lost; and what can be read there."""
        is_front = plan.label.endswith("1")
        if not is_front and self.rng.random() < 0.2:
            return [], PageMeta()
        number = plan.label.strip("A")
        year, month, day = (int(part) for part in self.date.split("-"))
        slots = {"P": self.name, "D": f"{year}年{month}月{day}日", "W": self.week, "S": plan.section, "g": plan.label}
        slots |= {"G": f"{plan.label[: -len(number)]}{int(number):02}", "T": f"{self.n_pages}"}
        lines: list[str] = []
        said: set[str] = set()
        for template in self.masthead if is_front else (self.folio,):
            line = fill(re.sub(r"\{([A-Zg])\}", lambda slot: slots[slot[1]], template), self.rng)
            lines.append(self._misread(line))
            if lines[-1] == self._in_script(line):
                said |= set(re.findall(r"\{([A-Zg])\}", template))
        return lines, PageMeta(
            newspaper=self._in_script(self.name) if "P" in said else None,
            date=self.date if "D" in said else None,
            page_number=plan.label if said & {"g", "G"} else None,
            section=self._in_script(plan.section) if "S" in said else None,
        )

    def _in_script(self, text: str) -> str:
        return in_script(text, "s", "tw") if self.traditional else text

    def _misread(self, text: str) -> str:
        return misread(self._in_script(text), self.damage.noise, self.rng)

    def _placed(self, plan: Plan, stories: Sequence[Story]) -> list[Chunk]:
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
        if self.damage.layout == "wrapped":
            for element in story.elements:
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


def _furniture(text: str) -> Printed:
    return Printed("furniture", [text], text, -1, -1, 0, starts=True, ends=True)
