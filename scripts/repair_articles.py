"""Articles as papers print them: an item's head, lead or byline, paragraphs, crossheads and jump lines, as a list of elements.

Items of news_items.py enter, elements leave; poems, lists and tables are articles too. Nothing is damaged here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import repair_kept_lines as kept
from news_items import Item
from repair_made import BODY
from repair_templates import Wording, name

NEIGHBOURS = 80
"""Items in a row that a page's articles are taken from: they share places and people, as a page's articles do."""

OWN_LEAD = re.compile("据?(?:本报|新华社|中新社)|（[^）]{0,12}[记讯]")
"""What the paragraphs of People's Daily that have a lead of their own begin with."""

LONG_ITEM, LONG_SHARE = 350, 0.75
"""Characters of an item that fills two columns, and the share of a page's articles that are so long."""


@dataclass(slots=True)
class Element:
    """A head, a byline, a whole paragraph, a poem …: what an article consists of, in reading order."""

    role: str
    text: str


def chosen(items: Sequence[Item], rng: random.Random) -> tuple[list[Item], list[Item]]:
    """4-7 items that stand near each other in their source, most of them long enough for two columns; and their neighbours."""
    at = rng.randrange(max(1, len(items) - NEIGHBOURS))
    near = items[at : at + NEIGHBOURS]
    long = [item for item in near if item.n_characters >= LONG_ITEM]
    wanted = rng.randint(4, 7)
    printed = rng.sample(long, min(len(long), round(LONG_SHARE * wanted)))
    others = [item for item in near if item not in printed]
    printed += rng.sample(others, min(len(others), wanted - len(printed)))
    rng.shuffle(printed)
    return printed, [item for item in others if item not in printed]


def photo_news(item: Item) -> str:
    """The item's first sentence where it could stand below a picture; empty where it is too short, too long, or a lead."""
    sentence, mark, _ = item.paragraphs[0].partition("。")
    fits = mark and 15 <= len(sentence) <= 110 and not OWN_LEAD.match(sentence)
    return sentence + mark if fits and sentence.count("“") == sentence.count("”") else ""


def article(item: Item, rng: random.Random, wording: Wording, *, traditional: bool) -> list[Element]:
    """The item's elements, with a head, a lead or a byline, crossheads and jump lines as papers have them."""
    elements = _head(item, rng, wording)
    paragraphs = [Element(role_of(text), text) for text in item.paragraphs[: rng.randint(6, 12)]]
    back = rng.random() < 0.1 and len(paragraphs) > 1
    has_own_lead = bool(OWN_LEAD.match(paragraphs[0].text))
    if back:
        elements += _jumped_back(paragraphs, rng, wording)
    elif has_own_lead:
        paragraphs[0].role = "lead"
    elif paragraphs[0].role == "body" and rng.random() < 0.6:
        paragraphs[0] = Element("lead", wording.lead(rng, traditional=traditional) + paragraphs[0].text)
    elif rng.random() < 0.6:
        elements.append(Element("byline", wording.byline(rng)))
    explain(paragraphs, rng, wording)
    elements += with_crossheads(paragraphs, rng, wording)
    if len(paragraphs) > 3 and rng.random() < 0.15:
        _jump_on(elements, rng, wording)
    elif not back and rng.random() < 0.15:
        elements.append(Element("byline", wording.closing_byline(rng)))
    return elements


def role_of(text: str) -> str:
    """`crosshead` for a line of an item's text that is one."""
    return "crosshead" if len(text) <= 40 and text[-1] not in "。！？…”』」）；：:!?" else "body"


def _head(item: Item, rng: random.Random, wording: Wording) -> list[Element]:
    lines = list(item.headline)
    elements = [Element("kicker", line) for line in lines[:-1]] + [Element("headline", lines[-1])]
    if len(lines) == 1 and rng.random() < 0.2:
        elements.insert(0, Element("kicker", wording.kicker(rng)))
    if rng.random() < 0.15:
        elements.append(Element("deck", wording.deck(rng)))
    return elements


def _jumped_back(paragraphs: list[Element], rng: random.Random, wording: Wording) -> list[Element]:
    """上接 … on a line of its own, or before the first paragraph, which begins where the other page broke off."""
    mark, first = wording.jump_back(rng), paragraphs[0]
    if rng.random() < 0.5 and len(first.text) > 40:
        first.text = first.text[rng.randint(5, len(first.text) - 20) :].lstrip("，。、；：！？”’）》 ")
    if rng.random() < 0.4:
        return [Element("jump", mark.strip())]
    first.role, first.text = "lead", mark + first.text
    return []


def explain(paragraphs: Sequence[Element], rng: random.Random, wording: Wording) -> None:
    """In one article of seven Latin words or an address, before a comma of one paragraph."""
    paragraph = rng.choice(paragraphs)
    commas = [at for at, character in enumerate(paragraph.text) if character == "，"]
    if commas and paragraph.role in BODY and rng.random() < 1 / 7:
        at = rng.choice(commas)
        paragraph.text = paragraph.text[:at] + wording.foreign(rng) + paragraph.text[at:]


def _jump_on(elements: list[Element], rng: random.Random, wording: Wording) -> None:
    """The last paragraph breaks off, and 下转 … follows in its line or in one of its own."""
    last = elements[-1]
    if last.role in BODY and len(last.text) > 40 and rng.random() < 0.6:
        last.text = last.text[: rng.randint(20, len(last.text) - 5)]
    if last.role in BODY and rng.random() < 0.7:
        last.text += wording.jump_on(rng)
    else:
        elements.append(Element("jump", wording.jump_on(rng)))


def with_crossheads(paragraphs: Sequence[Element], rng: random.Random, wording: Wording) -> Iterator[Element]:
    """The paragraphs; in one long article of three, crossheads between them, some with the next paragraph's first words."""
    has = len(paragraphs) >= 5 and rng.random() < 0.35
    for number, paragraph in enumerate(paragraphs):
        if has and number >= 2 and paragraph.role == "body" and rng.random() < 0.3:
            clause = paragraph.text.split("，")[0]
            borrowed = 3 <= len(clause) <= 12 and "。" not in clause and rng.random() < 0.3
            yield Element("crosshead", clause if borrowed else wording.crosshead(rng))
        yield paragraph


def kept_lines(rng: random.Random) -> list[Element]:
    """A poem, a list or a table, with its title and sometimes its author."""
    role, make = rng.choice(kept.KEPT_LINES)
    elements = [Element("headline", kept.kept_head(role, rng)), Element(role, make(rng))]
    if role == "verse" and rng.random() < 0.5:
        elements.insert(1, Element("byline", rng.choice(("□ ", "", "○", "作者 ")) + name(rng)))
    return elements
