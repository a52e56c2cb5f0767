"""Provisional roles: what a line or a paragraph is by its own words first, then by what stands round it.

Blocks enter, Retags leave. A block that nothing proves stays body: a heading taken for body costs one record its
headline, a body taken for a heading tears its article.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Block, Decision, Join, Page, Retag
from corpus_tools.options import Options
from corpus_tools.outline import is_backward_jump, is_lead
from corpus_tools.roles import is_credit, is_remark, is_residue, lead_of, may_be_heading, role_by_words
from corpus_tools.stages.repair.layout import Line, lines_of, stanzas

VERSE_LINES = 4
VERSE_WIDTH = 20.0
VERSE_MARKED = 0.7
"""A poem has four lines or more, none wide, and most end with a mark; stacked crossheads and name lists have no marks."""

ITEM_WIDTH = 24.0
PLAIN_ITEMS, BULLETED_ITEMS = 4, 3
"""Full-width characters of an item; items that make a list. A headline group has three lines at the most in the gold
and in People's Daily 1998, and no bullets."""

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、[^。]{2,24}$|[（(][一二三四五六七八九十]{1,2}[）)][^。]{2,24}$")
_INNER_MARK = re.compile(r"[，。；！？]")
_BULLET = re.compile(
    r"(?P<sign>[●■◆★▲※·•○□◇☆→])"
    r"|(?P<time>[0-9]{1,2}[:：][0-9]{2})"
    r"|(?P<digit>[0-9]{1,3}[.、．)）])"
    r"|(?P<hanzi>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<ring>[①-⑳㈠-㈩]|[（(][0-9一二三四五六七八九十]{1,2}[）)])"
)

CAPTION_LENGTH = 300
"""Characters: longer than that, a paragraph above a photographer's name is an article, not a caption."""


def tag_residue(page: Page, options: Options) -> Iterator[Decision]:
    """Lines that an OCR model added become residue: code fences, 以下是图片中的文字内容：, refusals, image placeholders."""
    for index, block in enumerate(page.blocks):
        if is_residue(block.text):
            yield Retag(index, "residue", "words of an OCR model")


def tag_verse(page: Page, options: Options) -> Iterator[Decision]:
    """Four and more short lines in a row that nearly all end with a mark become one verse block with its newlines."""
    lines = [line for line in lines_of(page) if page.blocks[line.block].role == "body"]
    for run in stanzas(lines):
        if run[0].text[-1] in "：:" or not run[0].ends_with_mark:
            run = run[1:]  # the poem's title, or the words that announce it
        if not _is_verse(run):
            continue
        for line in run:
            yield Retag(line.block, "verse", "short lines that end with marks")
        for line, following in itertools.pairwise(run):
            yield Join(line.block, following.block, "line", "lines of one poem")


def _is_verse(run: Sequence[Line]) -> bool:
    if len(run) < VERSE_LINES or any(line.width > VERSE_WIDTH for line in run):
        return False
    if any(lead_of(line.text) or _bullet(line) for line in run):
        return False
    if sum(line.text[0] in "“「" for line in run) * 2 > len(run):  # people talking, a line each
        return False
    return sum(line.ends_with_mark for line in run) >= VERSE_MARKED * len(run)


def tag_lists(page: Page, options: Options) -> Iterator[Decision]:
    """Short lines in a row without end marks become one list block with its newlines: names, programmes, prices.

    Four of them with no blank line between, or three that begin with the same kind of bullet or number. Left alone:
    two or three stacked headlines, printed lines of prose, bylines and other lines that a pattern knows.
    """
    lines = [line for line in lines_of(page) if page.blocks[line.block].role == "body"]
    for run in _list_runs(lines):
        for line in run:
            yield Retag(line.block, "list", "short lines in a row, no end marks")
        for line, following in itertools.pairwise(run):
            yield Join(line.block, following.block, "line", "lines of one list")


def _list_runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in [*lines, None]:
        if run and (line is None or not _same_list(run[-1], line)):
            runs_on = line is not None and not line.blank_above and line.block == run[-1].block + 1
            if _is_list(run) and not (runs_on and not _bullet(run[0])):  # prose runs on into its last line
                yield run
            run = []
        if line is not None and _may_be_item(line):
            run.append(line)


def _may_be_item(line: Line) -> bool:
    if line.width > ITEM_WIDTH or line.ends_with_mark or lead_of(line.text):
        return False
    return role_by_words(line.text) is None


def _same_list(above: Line, line: Line) -> bool:
    if not _may_be_item(line) or line.block != above.block + 1:
        return False
    return not line.blank_above or _bullet(line) == _bullet(above) != ""


def _bullet(line: Line) -> str:
    """The kind of bullet or number an item begins with; empty where it has none."""
    found = _BULLET.match(line.text)
    return "" if found is None else found.lastgroup or ""


def _is_list(run: Sequence[Line]) -> bool:
    if len({_bullet(line) for line in run}) == 1 and _bullet(run[0]):
        return len(run) >= BULLETED_ITEMS
    n_marks = sum(len(_INNER_MARK.findall(line.text)) for line in run)
    return len(run) >= PLAIN_ITEMS and n_marks * 2 <= len(run)


def tag_lines(page: Page, options: Options) -> Iterator[Decision]:
    """Blocks whose own words prove it become jump, table, credit, byline, caption, furniture or deck."""
    for index, block in enumerate(page.blocks):
        role = role_by_words(block.text) if block.role == "body" else None
        if role:
            yield Retag(index, role, "by its words")


def tag_headings(page: Page, options: Options) -> Iterator[Decision]:
    """Short blocks without an end mark become headings, unless they read like half of a sentence.

    `为确保…负责建设的ZH08标段` and `“三届评选60名…确保高` stay body: a comma and no space, or an open quote.
    """
    blocks = page.blocks
    headed = False  # whether the block above is a heading or belongs to one
    for index, block in enumerate(blocks):
        if block.role == "body" and headed and is_remark(block.text):
            yield Retag(index, "deck", "a remark below a heading")
        elif block.role == "body" and may_be_heading(block.text) and not _goes_on_sentence(blocks, index):
            yield Retag(index, "heading", "short, no end mark")
            headed = True
        else:
            headed = block.role in ("heading", "deck")


def _goes_on_sentence(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line rather belongs to a sentence: by its commas, unless what follows shows it is a headline."""
    text = blocks[index].text
    if not any(mark in text for mark in "，,；;") or " " in text or "——" in text or _NUMBERED.match(text):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None:
        return True
    return not (
        is_lead(following)
        or following.role in ("deck", "byline")
        or is_remark(following.text)
        or is_backward_jump(following)
        or (following.role == "body" and may_be_heading(following.text) and " " in following.text)
    )


def tag_captions(page: Page, options: Options) -> Iterator[Decision]:
    """The one paragraph between an article's end, or its head and its lead, and a photographer's name becomes a caption.

    A paragraph in the middle of an article, or with a lead of its own, stays body.
    """
    blocks = page.blocks
    for index, block in enumerate(blocks[:-1]):
        if block.role != "body" or len(block.text) > CAPTION_LENGTH or is_lead(block) or not ends_sentence(block.text):
            continue
        if not is_credit(blocks[index + 1].text):
            continue
        if index == 0 or _ends_article(blocks[index - 1]):
            yield Retag(index, "caption", "one paragraph above a credit, behind an article's end")
        elif blocks[index - 1].role in ("heading", "deck") and index + 2 < len(blocks) and is_lead(blocks[index + 2]):
            yield Retag(index, "caption", "one paragraph above a credit, between a head and its lead")


def _ends_article(block: Block) -> bool:
    if block.role == "jump":
        return not is_backward_jump(block)
    return block.role in ("byline", "credit", "furniture", "caption")
