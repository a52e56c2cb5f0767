"""Which heading is the column, the kicker, the headline, the deck, a crosshead.

Blocks with provisional headings enter, cuts and Retags leave. A group in one line is cut only at a printed dash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from corpus_tools.characters import NUMERAL
from corpus_tools.cohesion import bigrams
from corpus_tools.drafts import TEXT_ROLES, Draft
from corpus_tools.model import Block, Decision, Divide, Page, Retag, Role
from corpus_tools.openings import evidence_of, opens_article
from corpus_tools.options import Options
from corpus_tools.outline import draft_articles
from corpus_tools.roles import headline_marks
from corpus_tools.roles.columns import is_column, may_be_column
from corpus_tools.roles.titles import is_briefs_title, is_service_title
from corpus_tools.seam_model import seam_model

LEAST_LINE = 6
"""Characters of each line of a headline that is set in two lines of one length: 七岁娃娃唱评弹 / 八旬老人听乡音."""

LONGEST_NAME, STRANGE = 8, 0.1
"""Characters of a series' name without a form of its own, and the share of its bigrams that its article may have."""

LEAST_TEXT = 200
"""Characters that an article must have for its words to speak against a line above its headline."""

RUNS_ON = 4.0
"""Nats by which the second line is likelier behind the first than at a paragraph's start: on made pages 18 of 38 headlines
in two lines lie above it, and 4 of 1,158 kickers."""

Roles = dict[int, tuple[Role, str]]
"""By block: its role, and why."""


def cut_headline_groups(page: Page, options: Options) -> Iterator[Decision]:
    """A headline group in one line is cut at its dash: `…走红”新时代——` | `激发“工匠精神” 迸发“产改”活力`.

    Never at spaces: they part the clauses of one headline.
    """
    for index, block in enumerate(page.blocks):
        if block.role != "heading" or block.text.startswith("——"):
            continue
        for mark in headline_marks(block.text):
            is_subtitle = block.text.startswith("——", mark)
            yield Divide(index, mark, right_role="deck" if is_subtitle else None, reason="a dash in the line")


def tag_heads(page: Page, options: Options) -> Iterator[Decision]:
    """Headings become column, kicker, headline, deck or crosshead, by their form and their place in the article.

    A heading inside an article is a crosshead. Above it, columns are told by their form; of two lines the first is the
    kicker, unless both are one headline set in two lines, or the second answers the first; a third is a deck. One that was
    moved there from elsewhere stands apart in print, as a column's name does.
    """
    for draft in draft_articles(page.blocks):
        roles = _head_roles(page.blocks, draft)
        for index in draft.blocks:
            if page.blocks[index].role == "heading":
                role, reason = roles.get(index, ("crosshead", "inside an article"))
                yield Retag(index, role, reason + _weighed(draft, index))


def _weighed(draft: Draft, index: int) -> str:
    """What was weighed for and against a lone heading's being a headline, for the reason."""
    values = draft.weighed.get(index)
    return f"; a headline with probability {opens_article(values):.4g}: {evidence_of(values)}" if values else ""


def _head_roles(blocks: Sequence[Block], draft: Draft) -> Roles:
    headings = [index for index in draft.head if blocks[index].role == "heading"]
    if len(headings) == 1 and _names_several(blocks, draft, headings[0]):
        return {headings[0]: ("column", "several short texts stand below it")}
    has_deck = any(blocks[index].role == "deck" for index in draft.head)
    if draft.holds_notice:
        return dict.fromkeys(headings, ("headline", "who gives notice, and of what"))
    roles = _columns(blocks, headings, lambda: _text(blocks, draft))
    rest = [index for index in headings if index not in roles]
    if not rest:
        return roles
    texts = [blocks[index].text for index in rest]
    for index, role in zip(rest, _line_roles(texts, has_deck=has_deck), strict=True):
        roles[index] = role
    return roles


def _names_several(blocks: Sequence[Block], draft: Draft, heading: int) -> bool:
    """Whether a lone heading is the name of short reports, or of small advertisements, that are an article each."""
    text = blocks[heading].text
    if draft.holds_briefs and is_briefs_title(text):
        return True
    return is_service_title(text) and any(blocks[index].role == "advert" for index in draft.blocks)


def _text(blocks: Sequence[Block], draft: Draft) -> str:
    return "\n".join(blocks[index].text for index in draft.blocks if blocks[index].role in TEXT_ROLES)


def _columns(blocks: Sequence[Block], headings: Sequence[int], text: Callable[[], str]) -> Roles:
    """The names of columns above a headline; the last heading of a group is never one, nor the last but one of a broken line."""
    roles: Roles = {}
    for place, (index, following) in enumerate(pairwise(headings)):
        if blocks[index].start > blocks[following].start:
            roles[index] = ("column", "stands apart in print")
        elif is_column(blocks[index].text):
            roles[index] = ("column", "by its form")
        elif place == len(roles) and may_be_column(blocks[index].text):
            roles[index] = ("column", "looks like a column's name above a headline")
        elif place == len(roles) and _is_strange(blocks[index].text, text()):
            roles[index] = ("column", "a few words that have nothing to do with the article")
    return roles


def _is_strange(line: str, text: str) -> bool:
    """Whether a short line without commas has no word of the article below it, as a series' name: 总书记的惦念."""
    grams = bigrams(line)
    if len(text) < LEAST_TEXT or len(line) > LONGEST_NAME or any(mark in line for mark in "，、：？！"):
        return False
    return sum(gram in bigrams(text) for gram in grams) <= STRANGE * len(grams)


def _line_roles(texts: Sequence[str], *, has_deck: bool) -> list[tuple[Role, str]]:
    """The roles of the headings of a group without its columns, from the top."""
    if len(texts) == 1:
        return [("headline", "the only line")]
    if len(texts) == 2:
        return _two_lines(texts[0], texts[1], has_deck=has_deck)
    main = _headline_of(texts)
    kicker: tuple[Role, str] = ("kicker", "above the headline")
    deck: tuple[Role, str] = ("deck", "below the headline")
    lines = [kicker if place < main else deck for place in range(len(texts))]
    lines[main] = ("headline", "the line between a kicker and a deck")
    if main + 1 < len(texts) and _is_couplet(texts[main], texts[main + 1]):
        lines[main + 1] = ("headline", "as long as the line above it")
    return lines


def _two_lines(first: str, second: str, *, has_deck: bool) -> list[tuple[Role, str]]:
    asks = first[-1] in "？?" and second[-1] not in "？?"
    if (_is_couplet(first, second) and not asks) or _goes_on(first, second):
        return [("headline", "one headline in two lines"), ("headline", "one headline in two lines")]
    if not has_deck and first[-1] in "？?" and _explains(second):
        return [("headline", "above a line that explains it"), ("deck", "who says what about the headline")]
    return [("kicker", "the first of two lines"), ("headline", "the second of two lines")]


def _headline_of(texts: Sequence[str]) -> int:
    """The place of the headline among three lines and more: the second; the first where all below it explain it."""
    return 0 if all(map(_explains, texts[1:])) or _is_couplet(texts[0], texts[1]) else 1


def _is_couplet(first: str, second: str) -> bool:
    """Whether two lines are set to one length, clause by clause, and say alike: 七岁娃娃唱评弹 / 八旬老人听乡音.

    On made pages one kicker in twenty is as long as its headline, and a fourth of those have a character in common by place.
    """
    lengths = [[len(clause) for clause in line.split(" ")] for line in (first, second)]
    if len(first) < LEAST_LINE or lengths[0] != lengths[1]:
        return False
    return len(lengths[0]) > 1 or any(_are_alike(*pair) for pair in zip(first, second, strict=True))


def _are_alike(left: str, right: str) -> bool:
    return left == right or (left in NUMERAL and right in NUMERAL)


def _goes_on(first: str, second: str) -> bool:
    """Whether a headline goes on in the next line: behind 的, a comma, an open quotation, or in the midst of a phrase."""
    if first[-1:] in "的和与及在，、" or first.count("“") > first.count("”") or first.count("《") > first.count("》"):
        return True
    seams = seam_model()
    return seams.crossing(first, second) - seams.opening(second) > RUNS_ON


def _explains(line: str) -> bool:
    """Whether a line says who says something: 运营公司：信号设备升级 本周五恢复正常."""
    speaker, colon, words = line.partition("：")
    return bool(colon) and 2 <= len(speaker) <= 12 and len(words) >= LEAST_LINE
