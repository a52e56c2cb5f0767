"""Issues of four pages made of real news, with articles that jump between them as newspapers print it, and which halves belong
together.

Items of `news_items.py` come in, `MadeIssue`s leave: the text of each page, and each half with its place. Invented here are
the paper, the folios and the jump lines; what goes wrong is what OCR and printers do: lost halves, lost jump lines, numbers
misread, characters misread, folios lost.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from news_items import Item
from repair_typesetting import misread

PAPERS = ("云州日报", "江湾晚报", "临山工人报", "海门都市报", "北原农民报", "石桥时报")
SECTIONS = ("要闻", "综合", "本市", "国内", "经济", "社会", "文化", "时政")
WEEKDAYS = "一二三四五六日"
HANZI_NUMBERS = "〇一二三四五六七八九"
N_PAGES = 4
LEAST_BODY = 160
"""Characters of an item that is long enough to be torn."""

FORMS = ("same", "short", "bare", "titled", "none")
"""How a second half is headed: the headline again, in short, not at all, in the jump line, or with words of its own."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Shares of what goes wrong."""

    noise: float = 0.0  # characters misread
    lost_half: float = 0.08  # halves whose other half is not there
    lost_line: float = 0.05  # jump lines that OCR lost
    wrong_number: float = 0.03  # numbers in jump lines that were misread
    no_folio: float = 0.15  # pages that do not say their number


@dataclass(slots=True)
class Half:
    """A whole article, or a part of one: `article` numbers the articles of an issue; `start`-`end` is its place on the page."""

    article: int
    part: int
    head: list[str]
    paragraphs: list[str]
    jump_from: str = ""
    jump_to: str = ""
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class MadePage:
    """A page: its printed number, whether it says so, its halves and its text."""

    number: int
    says_number: bool
    halves: list[Half] = field(default_factory=list)
    folio: str = ""
    text: str = ""


@dataclass(slots=True)
class MadeIssue:
    """An issue: its paper and date, and its pages; `letter` stands before its page numbers, or nothing."""

    paper: str
    day: date
    letter: str
    pages: list[MadePage]

    def truth(self) -> set[tuple[tuple[int, int], tuple[int, int]]]:
        """The pairs `((page, half), (page, half))`, by index, of halves that follow each other."""
        places = {
            (half.article, half.part): (p, h) for p, page in enumerate(self.pages) for h, half in enumerate(page.halves)
        }
        return {
            (place, places[article, part + 1])
            for (article, part), place in places.items()
            if (article, part + 1) in places
        }


def make_issue(items: Sequence[Item], rng: random.Random, trouble: Trouble) -> MadeIssue:
    """One issue of items that stand together in the source: neighbours are often about the same thing."""
    start = rng.randrange(max(1, len(items) - 60))
    pool = [item for item in items[start : start + 60] if item.n_characters < 2_400]
    rng.shuffle(pool)
    letter = rng.choice(("", "", "", "A"))
    pages = [MadePage(number, rng.random() >= trouble.no_folio) for number in range(1, N_PAGES + 1)]
    issue = MadeIssue(rng.choice(PAPERS), date(2019, 1, 1) + timedelta(rng.randrange(1800)), letter, pages)
    setter = _Setter(issue, rng, trouble, letter)
    n_jumps = {1: rng.randint(1, 5), 2: rng.choice((0, 0, 1, 2)), 3: rng.choice((0, 0, 1))}
    for page in pages[:-1]:
        for _ in range(n_jumps[page.number]):
            long = next((item for item in pool if item.n_characters >= LEAST_BODY), None)
            if long is not None:
                pool.remove(long)
                setter.tear(long, page.number)
    for page in pages:
        for item in [pool.pop() for _ in range(min(len(pool), rng.randint(2, 5)))]:
            setter.whole(item, page.number)
        rng.shuffle(page.halves)
        _print(page, issue, rng, trouble)
    return issue


class _Setter:
    """Sets articles into the pages of one issue."""

    def __init__(self, issue: MadeIssue, rng: random.Random, trouble: Trouble, letter: str) -> None:
        self.issue, self.rng, self.trouble, self.letter = issue, rng, trouble, letter
        self.n_articles = 0
        self.hanzi = rng.random() < 0.5 and not letter
        self.own_line = rng.random() < 0.4

    def whole(self, item: Item, number: int) -> None:
        """An article that stays on its page."""
        self._add(number, Half(self.n_articles, 0, list(item.headline), list(item.paragraphs)))
        self.n_articles += 1

    def tear(self, item: Item, number: int) -> None:
        """An article that goes on on a later page, one in ten on a third one."""
        later = self.rng.randint(number + 1, N_PAGES)
        pages = [number, later]
        if later < N_PAGES and self.rng.random() < 0.15:
            pages.append(self.rng.randint(later + 1, N_PAGES))
        pieces = cut(item.paragraphs, len(pages), self.rng)
        if pieces is None:
            self.whole(item, number)
            return
        halves = [Half(self.n_articles, 0, list(item.headline), pieces[0])]
        for part, paragraphs in enumerate(pieces[1:], 1):
            form = self.rng.choice(FORMS)
            halves.append(
                Half(self.n_articles, part, self._head(item, form), paragraphs, self._back(pages[part - 1], item, form))
            )
            halves[part - 1].jump_to = self._on(pages[part])
        self.n_articles += 1
        for half, place in zip(halves, pages, strict=True):
            if self.rng.random() < self.trouble.lost_line:
                half.jump_to = half.jump_from = ""
            if self.rng.random() >= self.trouble.lost_half:
                self._add(place, half)

    def _add(self, number: int, half: Half) -> None:
        self.issue.pages[number - 1].halves.append(half)

    def _head(self, item: Item, form: str) -> list[str]:
        main = item.headline[-1]
        if form == "same":
            return [main]
        if form == "short":
            return [shortened(main, self.rng)]
        if form == "none":
            return [self.rng.choice(("今日关注", "接续报道", "相关新闻", main[-4:]))]
        return []

    def _number(self, number: int) -> str:
        if self.rng.random() < self.trouble.wrong_number:
            number = self.rng.choice([other for other in range(1, 9) if other != number])
        if self.letter:
            return f"{self.letter}{self.rng.choice(('', '0'))}{number}"
        return HANZI_NUMBERS[number] if self.hanzi else str(number)

    def _on(self, number: int) -> str:
        words = self.rng.choice(("（下转第{}版）", "（下转{}版）", "(下转第{}版)", "▶下转第{}版"))
        return words.format(self._number(number))

    def _back(self, number: int, item: Item, form: str) -> str:
        title = f"《{shortened(item.headline[-1], self.rng)}》" if form == "titled" else ""
        words = self.rng.choice(("（上接第{}版{}）", "（上接{}版{}）", "(上接第{}版{})", "（紧接第{}版{}）"))
        return words.format(self._number(number), title)


def shortened(headline: str, rng: random.Random) -> str:
    """A headline as jump pages repeat it: its first clause, or as many characters as fit."""
    clauses = [clause for clause in headline.replace("，", " ").replace("：", " ").split() if len(clause) >= 4]
    if len(clauses) > 1:
        return rng.choice(clauses)
    if len(headline) <= 8:
        return headline
    length = rng.randint(6, min(14, len(headline) - 1))
    start = rng.choice((0, 0, len(headline) - length))
    return headline[start : start + length]


def cut(paragraphs: Sequence[str], n_parts: int, rng: random.Random) -> list[list[str]] | None:
    """The paragraphs in so many parts, cut between paragraphs, behind a sentence, or in the middle of one; None where too short."""
    text = "\n".join(paragraphs)
    if len(text) < 60 * n_parts:
        return None
    places: list[int] = []
    for part in range(1, n_parts):
        about = len(text) * part // n_parts + rng.randint(-len(text) // 8, len(text) // 8)
        place = _place(text, about, rng.choice(("word", "word", "sentence", "paragraph")))
        if place is None or (places and place - places[-1] < 20):
            return None
        places.append(place)
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    parts = [[line for line in piece.split("\n") if line.strip()] for piece in pieces]
    return parts if all(sum(map(len, part)) >= 20 for part in parts) else None


def _place(text: str, about: int, where: str) -> int | None:
    """The place nearest to `about` where such a cut may be."""
    about = max(25, min(len(text) - 25, about))
    if where == "word":
        return about if "\n" not in text[about - 1 : about + 1] else about + 2
    marks = "\n" if where == "paragraph" else "。！？"
    found = [at + 1 for at, mark in enumerate(text) if mark in marks and 20 <= at < len(text) - 20]
    return min(found, key=lambda at: abs(at - about), default=about)


def _print(page: MadePage, issue: MadeIssue, rng: random.Random, trouble: Trouble) -> None:
    """Writes the page's text, and each half's place in it."""
    page.folio = _folio(page, issue, rng)
    text = page.folio
    own_line = rng.random() < 0.4
    for half in page.halves:
        lines = [_noisy(line, rng, trouble) for line in (*half.head, *half.paragraphs)]
        head, body = lines[: len(half.head)], lines[len(half.head) :]
        if half.jump_from:
            body = [half.jump_from, *body] if own_line else [half.jump_from + body[0], *body[1:]]
        if half.jump_to:
            body = [*body, half.jump_to] if own_line else [*body[:-1], body[-1] + half.jump_to]
        half.head, half.start = head, len(text) + 2
        text += "\n\n" + "\n\n".join([*head, *body])
        half.end = len(text)
        half.paragraphs = lines[len(half.head) :]
    page.text = text.lstrip("\n") + "\n"
    shift = len(text) - len(text.lstrip("\n"))
    for half in page.halves:
        half.start, half.end = half.start - shift, half.end - shift


def _noisy(line: str, rng: random.Random, trouble: Trouble) -> str:
    return misread(line, trouble.noise, rng).strip() or line


def _folio(page: MadePage, issue: MadeIssue, rng: random.Random) -> str:
    day = f"{issue.day.year}年{issue.day.month}月{issue.day.day}日 星期{WEEKDAYS[issue.day.weekday()]}"
    if page.number == 1:
        return f"{issue.paper}\n\n{day} 总第{rng.randint(2000, 20000)}期 今日{N_PAGES}版"
    if not page.says_number:
        return rng.choice((f"{issue.paper} {day}", day))
    number = f"{issue.letter}0{page.number}" if issue.letter else rng.choice((f"第{page.number}版", f"0{page.number}"))
    return rng.choice((f"{number} {rng.choice(SECTIONS)} {day}", f"{day} {issue.paper} {number}"))


def issues(items: Sequence[Item], n_issues: int, seed: str, trouble: Trouble) -> Iterator[MadeIssue]:
    """The issues of one condition, the same ones for the same seed; noise from none to what `trouble` says."""
    for number in range(n_issues):
        share = (0.0, 1 / 3, 1.0)[number % 3]
        yield make_issue(items, random.Random(f"{seed}/{number}"), replace(trouble, noise=trouble.noise * share))
