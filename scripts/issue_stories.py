"""What an issue prints: reports, halves of reports that jump, photo news, briefs, notices, poems and lists, contents.

Items and a wording enter, `Story`s leave: elements in reading order, as the articles of the gold have them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import repair_kept_lines as kept
from issue_elements import Composed, Run, composed, runs_of
from issue_heads import crosshead_in, head_group, short_title, title_of
from issue_wording import IssueWording
from news_items import Item
from repair_articles import Element, photo_news, with_crossheads
from repair_made import BODY
from repair_templates import name, one

LONGEST_REPORT = 12
"""Paragraphs of a report, at the most."""

LEAST_HALF = 3
"""Paragraphs of a report that jumps."""

SHORTEST_BRIEF, LONGEST_BRIEF = 60, 170
"""Characters of a brief."""

SHORTEST_TORN = 60
"""Characters of a paragraph that breaks off before its jump line."""


SUMMED_UP = 0.5
"""Of the crossheads this share is made of the text below them; the others are of the templates."""


@dataclass(slots=True)
class Story:
    """One article of a page. `goes_on` is its second half; the pages that its jump lines name are as the gold has them."""

    elements: list[Composed]
    is_loose: bool = False
    """Printed where there is room, also inside another article: a picture, an advertisement."""
    goes_on: Story | None = None
    jump_to: str | None = None
    jump_from: str | None = None


def report(item: Item, rng: random.Random, wording: IssueWording, *, traditional: bool) -> list[Composed]:
    """A report: head, byline or lead, paragraphs with crossheads, a picture of its own, a closing byline."""
    head = head_group(item, rng, wording)
    paragraphs = [Element("body", text) for text in item.paragraphs[: rng.randint(6, LONGEST_REPORT)]]
    picture = _own_picture(item, rng, wording)
    elements = [
        composed(each.role, each.text) for each in _summed_up(with_crossheads(paragraphs, rng, wording.base), rng)
    ]
    elements = [*_authored(head, elements, rng, wording, traditional=traditional)]
    if picture:
        bodies = [at for at, element in enumerate(elements) if element.role in BODY]
        at = rng.choice((bodies[0], len(elements), rng.choice(bodies)))
        elements[at:at] = picture
    return elements


def _summed_up(elements: Iterator[Element], rng: random.Random) -> list[Element]:
    """The elements; half of the crossheads say what the paragraphs below them do, as long as those of papers are."""
    found = list(elements)
    for at, element in enumerate(found[:-1]):
        if element.role == "crosshead" and rng.random() < SUMMED_UP:
            element.text = crosshead_in(rng.choice(found[at + 1 : at + 3]).text, rng) or element.text
    return found


def _authored(
    head: list[Composed], body: list[Composed], rng: random.Random, wording: IssueWording, *, traditional: bool
) -> Iterator[Composed]:
    """Head and body with the names of who wrote it: in the lead, on a line of their own, at the end, or nowhere."""
    base = wording.base
    leads = base.traditional_leads if traditional and rng.random() < 0.7 else base.leads
    place = rng.random()
    yield from head
    if place < 0.5 or not head:
        body[0].runs[:0] = runs_of(rng.choice(leads), rng)
        body[0].set_again()
    elif place < 0.75:
        yield composed("byline", *runs_of(rng.choice(base.bylines), rng))
    yield from body[:-1]
    last = body[-1]
    closes = place >= 0.85 or (place < 0.5 and rng.random() < 0.08)
    if closes and rng.random() < 0.35:
        closing = [template for template in base.closing_bylines if template[0] in "（(【"]
        last.runs += runs_of(rng.choice(closing), rng, "byline")
        last.set_again()
        yield last
    else:
        yield last
        if closes:
            yield composed("byline", *runs_of(rng.choice(base.closing_bylines), rng))


def _own_picture(item: Item, rng: random.Random, wording: IssueWording) -> list[Composed]:
    """A picture of one report in six, with a caption that says that it is of this report."""
    if rng.random() >= 1 / 6:
        return []
    title = title_of(item)
    mark = rng.choice(wording.picture_marks)
    if rng.random() < 0.6 and len(title) <= 24 and not re.search("[ ，：、“《？！]|——", title):
        return _picture(f"{mark}{title}{rng.choice(('。', '', '现场。'))}", rng, wording)
    return _picture(f"{mark}{rng.choice(SCENES)}。", rng, wording)


def _picture(caption: str, rng: random.Random, wording: IssueWording) -> list[Composed]:
    """A caption with its credit: below it, above it, in its line, or, where a mark says what it is, without."""
    credit = one(wording.base.credits, rng)
    form = rng.random()
    if form < 0.15 and _MARKED_CAPTION.search(caption):
        return [composed("caption", caption)]
    if form < 0.3:
        return [composed("caption", Run(caption), Run(" "), Run(credit, role="credit"))]
    if form < 0.4:
        return [composed("credit", credit), composed("caption", caption)]
    return [composed("caption", caption), composed("credit", credit)]


def photo_story(item: Item, rng: random.Random, wording: IssueWording) -> Story | None:
    """Photo news: a caption that is a short report, its credit, one time in three a headline."""
    text = photo_news(item)
    if not text:
        return None
    title = title_of(item)
    if len(title) <= 20 and "——" not in title and rng.random() < 0.35:
        return Story([composed("headline", title), *_picture(text, rng, wording)], is_loose=True)
    return Story(_picture(text if rng.random() < 0.7 else wording.base.caption(rng), rng, wording), is_loose=True)


def halves(
    elements: list[Composed],
    item: Item,
    rng: random.Random,
    wording: IssueWording,
    pages: tuple[str, str],
    section: str,
) -> tuple[Story, Story] | None:
    """The report on two pages: what is printed on the first, and on the second under a short headline or none.

    `pages` are the two pages as printed. None where the report is too short for it.
    """
    bodies = [at for at, element in enumerate(elements) if element.role == "body"]
    if len(bodies) < LEAST_HALF:
        return None
    at = rng.choice(bodies[1:-1])
    first, second = elements[: at + 1], elements[at + 1 :]
    while second[0].role in ("caption", "credit"):
        first.insert(-1, second.pop(0))
    if rng.random() < 0.6:
        second[:0] = _broken_off(first[-1], rng)
    title = title_of(item)
    on = _jump_runs(wording.jumps_on, pages[1], title, section, rng)
    back = _jump_runs(wording.jumps_back, pages[0], title, section, rng)
    if rng.random() < 0.65:
        first[-1].runs += on
        first[-1].set_again()
    else:
        first.append(composed("jump", *on))
    if rng.random() < 0.5 and second[0].role == "body":
        second[0].runs[:0] = back
        second[0].set_again()
    else:
        second.insert(0, composed("jump", *back))
    if rng.random() < 0.55:
        second.insert(0, composed("headline", short_title(title)))
    begun, rest = Story(first, jump_to=pages[1]), Story(second, jump_from=pages[0])
    begun.goes_on = rest
    return begun, rest


def _broken_off(paragraph: Composed, rng: random.Random) -> list[Composed]:
    """The paragraph's end, which goes to the next page; nothing where it is too short, or begins with a lead."""
    text = paragraph.text
    if len(text) <= SHORTEST_TORN or len(paragraph.runs) > 1:
        return []
    cut = rng.randint(20, len(text) - 20)
    while cut > 15 and (text[cut] in "，。、；：！？”’）》" or text[cut - 1] in "。！？“‘（《"):
        cut -= 1
    if cut <= 15:
        return []
    paragraph.runs = [Run(text[:cut])]
    paragraph.set_again()
    return [composed("body", text[cut:])]


_HANZI = "〇一二三四五六七八九十"


def _jump_runs(templates: Sequence[str], page: str, title: str, section: str, rng: random.Random) -> list[Run]:
    """A jump line: `page` is 3 or A3, `title` the headline of the report, `section` the name of the other page."""
    lettered = not page.isdigit()
    template = rng.choice([template for template in templates if "{N}" in template or not lettered])
    number = f"{page[0]}{int(page[1:]):02}" if lettered and rng.random() < 0.4 else page
    printed = number if lettered or "{N}" in template else _HANZI[int(page)]
    before, after = re.split(r"\{[NX]\}", template)
    words = [part.replace("{H}", short_title(title)).replace("{S}", section) for part in (before, after)]
    return [Run(words[0], role="jump"), Run(printed, "page", "jump"), Run(words[1], role="jump")]


def briefs(items: Sequence[Item], rng: random.Random, wording: IssueWording) -> list[Story]:
    """Short reports of one paragraph one below the other, each with its mark, under a column or none."""
    fitting = [item for item in items if SHORTEST_BRIEF <= len(item.paragraphs[0]) <= LONGEST_BRIEF]
    if len(fitting) < 2:
        return []
    taken = rng.sample(fitting, min(len(fitting), rng.randint(2, 4)))
    mark, titled = rng.choice(wording.brief_marks), rng.random() < 0.25
    signed = rng.random() < 0.4
    stories = []
    for item in taken:
        short = short_title(title_of(item))
        titled_text = f"{short} " if titled and len(short) <= 14 else ""
        element = composed("body", mark + titled_text + item.paragraphs[0])
        if signed:
            element.runs += runs_of(rng.choice(("（{n}）", "（{n} {n}）", "（[记者] {n}）")), rng, "byline")
            element.set_again()
        stories.append(Story([element]))
    if column := rng.choice(wording.briefs):
        stories[0].elements.insert(0, composed("column", column))
    return stories


SCENES = ("活动现场", "会议现场", "工作人员正在忙碌", "当地一景", "项目施工现场", "签约仪式现场")
"""What a picture shows that could be any report's."""

_MARKED_CAPTION = re.compile("[图圖][为為中：①]|^[▲▼◀▶]")

_TOO_MANY = re.compile(r"[0-9]+(?=岁)|[0-9]{3,}(?=名|周年)")
NOTICE_WORDS = re.compile("公告|声明|启事|公示|公证")


def notice(rng: random.Random, wording: IssueWording) -> Story:
    """A notice with its head, or an advertisement or a small notice of one line."""
    if rng.random() < 0.5:
        text = _TOO_MANY.sub(lambda _: str(rng.randint(18, 80)), one(wording.base.adverts, rng))
        return Story([composed("notice" if NOTICE_WORDS.search(text) else "advert", text)], is_loose=True)
    head, lines = rng.choice(wording.notices)
    n_lines = rng.randint(1, len(lines))
    texts = (
        _TOO_MANY.sub(lambda _: str(rng.randint(18, 80)), one((line,), rng)) for line in rng.sample(lines, n_lines)
    )
    its = [composed("notice", text) for text in texts]
    return Story([composed("headline", one((head,), rng)), *its], is_loose=rng.random() < 0.5)


def kept_story(rng: random.Random) -> Story:
    """A poem, a list or a table, with its title; a poem sometimes with its author."""
    role, make = rng.choice(kept.KEPT_LINES)
    if role == "verse":
        author = [Run(rng.choice(("□ ", "", "○", "作者 "))), Run(name(rng), "name")]
        its = [composed("byline", *author)] * (rng.random() < 0.5)
        return Story([composed("headline", kept.verse_title(rng)), *its, composed("verse", make(rng))])
    return Story([composed("headline", one(KEPT_TITLES[make], rng)), composed(role, make(rng))])


KEPT_TITLES: dict[Callable[[random.Random], str], tuple[str, ...]] = {
    kept.name_list: ("获奖名单", "表彰名单", "{c}先进个人名单", "第{k}届读者评选获奖名单"),
    kept.price_list: ("今日菜价", "{c}农贸市场今日价格", "{d}部分商品零售价格"),
    kept.programme: ("电视节目预告", "{d}节目预告"),
    kept.results: ("赛果", "{c}杯足球赛昨日战报"),
    kept.notice_list: ("便民服务", "{o}开展咨询活动"),
    kept.markdown_table: ("本市主要经济指标", "{y}年各县区完成情况"),
    kept.spaced_table: ("{y}年各县区完成情况", "收费标准一览表"),
}
"""What stands above the lines that each of them makes."""


def contents(titles: Sequence[tuple[str, str]], rng: random.Random, wording: IssueWording) -> Story:
    """The box that says what is on other pages: `titles` with the page as printed."""
    template = rng.choice(wording.entries)
    lines = [
        template.replace("{H}", title)
        .replace("{G}", page if not page.isdigit() else f"{int(page):02}")
        .replace("{g}", page)
        for title, page in titles
    ]
    return Story([composed("headline", rng.choice(wording.contents)), composed("list", "\n".join(lines))])
