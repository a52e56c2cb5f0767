"""Headline groups in the habits of papers: kicker, headline and deck in one line, two or more; columns; two lines of one
headline; none at all.

An item's headline and text enter, elements leave.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from issue_elements import Composed, Run, composed
from issue_wording import IssueWording
from news_items import Item
from repair_templates import one

LONGEST_LINE = 34
"""Characters of a headline that stands in one line with its kicker or deck."""

SHORTEST_HALF = 5
"""Characters of one line of a headline in two."""

OWN_WORDS = 0.85
"""Share of the kickers and decks that are words of the report itself."""

SAID_APART = 0.6
"""Of the headlines with who said it (…时强调 …) this share has that as its kicker, as papers have."""

_DASH = re.compile("(?<=.{4})—{2,3}(?=.{4})")
_SAID = re.compile(r"(?P<kicker>[^ ]{6,}(?:强调|指出|要求|表示|提出)) (?P<title>.{6,})")
_CLAUSE = re.compile(r"[^，。；：！？、“”‘’（）《》「」\s]{7,18}")
_NO_START = re.compile(
    r"[的了和与及在是将都并而但其该这那他她它为从对把被由以于像如若当自]|据|因此|同时|目前|近日|日前|此前|今天|昨天|其中|此外|作为|随着"
    r"|围绕|按照|根据|通过|经过|面对|[0-9０-９]{1,4}[年月日]"
)
_NO_END = re.compile(
    r"[的了和与及在是将都并而但则为从对把被由以于时后前中上下里内间称]$|(?:说|表示|指出|认为|强调|介绍|年底|以来)$"
)
_GOES_ON = re.compile("[还也均则就又才们]")
"""What a clause has that goes on from another."""


LONGEST_CROSSHEAD = 16
"""Characters; those of the hand-checked pages have 3-17, half of them 9 and more."""


def clause_of(item: Item, rng: random.Random) -> str:
    """A clause of 7-18 characters of the item's text that could stand above or below its headline; empty where none is."""
    return _clause_in(rng.choice(item.paragraphs), title_of(item), rng)


def crosshead_in(text: str, rng: random.Random) -> str:
    """A clause of a paragraph that could stand above it and those below as their crosshead; empty where none is."""
    clause = _clause_in(text, "", rng)
    return clause if len(clause) <= LONGEST_CROSSHEAD else ""


def _clause_in(text: str, title: str, rng: random.Random) -> str:
    """A clause of 7-18 characters that stands by itself and is no part of `title`."""
    found = [
        clause
        for sentence in re.split("[。！？；]", text)
        for clause in re.split("[，：]", sentence)
        if _CLAUSE.fullmatch(clause)
        and not (_NO_START.match(clause) or _NO_END.search(clause) or _GOES_ON.search(clause))
        and clause not in title
    ]
    return rng.choice(found) if found else ""


def title_of(item: Item) -> str:
    """The item's headline without its column or kicker."""
    return item.headline[-1].replace(" … ", " ")


def short_title(title: str) -> str:
    """What a jump page repeats of a headline: its first clause, or all of it."""
    first = re.split("[ ，——]", title)[0]
    return first if 4 <= len(first) <= 20 else title


def head_group(item: Item, rng: random.Random, wording: IssueWording) -> list[Composed]:
    """The head of a report, in one of the habits."""
    title = title_of(item)
    dash = _DASH.search(title)
    if dash and _is_outside_marks(title, dash.start()):
        return _with_dash(title[: dash.start()], title[dash.end() :], rng)
    own_column = item.headline[0].replace("——", "·") if item.source == "broadcast" and len(item.headline) > 1 else ""
    if own_column:
        return [composed("column", own_column), composed("headline", title)]
    said = _SAID.fullmatch(title)
    if said and rng.random() < SAID_APART:
        return [composed("kicker", said["kicker"]), composed("headline", said["title"])]
    habit = rng.choices(tuple(HABITS), weights=tuple(HABITS.values()))[0]
    return habit(item, title, rng, wording)


def _is_outside_marks(title: str, at: int) -> bool:
    """Whether a place is in no quotation and in no title of a book."""
    return all(title[:at].count(opening) == title[:at].count(closing) for opening, closing in ("《》", "“”", "「」"))


def _with_dash(main: str, rest: str, rng: random.Random) -> list[Composed]:
    """A headline that goes on behind a dash: two lines, or one."""
    if len(main + rest) <= LONGEST_LINE and rng.random() < 0.3:
        return [composed("headline", Run(main), Run("——" + rest, role="deck"))]
    return [composed("headline", main), composed("deck", "——" + rest)]


def _two_lines(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    """One headline in two lines, where the text says that it is one: behind a comma or a particle, or two equal halves.

    Elsewhere nobody could tell it from a kicker and a headline, once the size of the letters is lost.
    """
    places = [
        at + 1
        for at in range(SHORTEST_HALF, len(title) - SHORTEST_HALF)
        if title[at] in "，、的和与在将对" and title[at + 1] not in "，、”》的 "
    ]
    first, _, second = title.partition(" ")
    if len(first) == len(second) and " " not in second:
        return [composed("headline", first), composed("headline", second)]
    if not places:
        return [composed("headline", title)]
    at = min(places, key=lambda place: (abs(2 * place - len(title)), place))
    return [composed("headline", title[:at]), composed("headline", title[at:])]


def _kicker(item: Item, rng: random.Random, wording: IssueWording) -> str:
    clause = clause_of(item, rng) if rng.random() < OWN_WORDS else ""
    return clause or one(wording.kickers, rng)


def _deck(item: Item, rng: random.Random, wording: IssueWording) -> str:
    clause = clause_of(item, rng)
    if clause and rng.random() < OWN_WORDS:
        return f"——{clause}"
    return one(wording.decks, rng)


def _only(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return [composed("headline", title)]


def _kicked(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return [composed("kicker", _kicker(item, rng, wording)), composed("headline", title)]


def _decked(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return [composed("headline", title), composed("deck", _deck(item, rng, wording))]


def _kicked_and_decked(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return [*_kicked(item, title, rng, wording), composed("deck", _deck(item, rng, wording))]


def _two_decks(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    """Kicker, headline, and two decks: the first with its dash, the second a clause."""
    clause = clause_of(item, rng)
    group = _kicked_and_decked(item, title, rng, wording)
    return [*group, composed("deck", f"——{clause}")] if clause and f"——{clause}" != group[-1].text else group


def _column(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return [composed("column", one(wording.columns, rng)), composed("headline", title)]


def _column_and_deck(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return [composed("column", one(wording.columns, rng)), *_decked(item, title, rng, wording)]


def _column_and_kicker(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return [composed("column", one(wording.columns, rng)), *_kicked(item, title, rng, wording)]


def _one_line(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    """Kicker and headline, or headline and deck, in one line, parted by a dash."""
    if len(title) > LONGEST_LINE:
        return _kicked(item, title, rng, wording)
    clause = clause_of(item, rng)
    if clause and rng.random() < 0.6:
        return [composed("headline", Run(f"{clause}——", role="kicker"), Run(" "), Run(title))]
    return [composed("headline", Run(title), Run(_deck(item, rng, wording), role="deck"))]


def _none(item: Item, title: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    return []


Habit = Callable[[Item, str, random.Random, IssueWording], list[Composed]]
HABITS: dict[Habit, float] = {
    _only: 40,
    _kicked: 15,
    _decked: 12,
    _column: 9,
    _two_lines: 6,
    _kicked_and_decked: 6,
    _two_decks: 2,
    _column_and_deck: 3,
    _column_and_kicker: 2,
    _one_line: 4,
    _none: 3,
}
"""How often each is printed."""
