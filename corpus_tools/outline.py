"""Which blocks go together: reads a page's blocks in order and drafts its articles.

Blocks with provisional roles enter, drafts leave: lists of indices into the blocks, in reading order. `repair` asks
which drafts lack a head or a body before it moves anything; `split` makes articles of them. Nothing is changed here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from corpus_tools.characters import ANSWERS_KEPT, CLOSING_MARKS, HANZI, ends_sentence
from corpus_tools.cohesion import Cohesion
from corpus_tools.model import Block
from corpus_tools.roles import find_jumps, lead_of

HEAD_ROLES = frozenset({"heading", "column", "kicker", "headline", "deck"})
TEXT_ROLES = frozenset({"body", "list", "table", "verse", "notice", "advert"})
RUNNING_ROLES = frozenset({"body", "list"})
"""What may follow a crosshead; a poem, a table or a notice has a headline of its own."""

OUTSIDE_ROLES = frozenset({"furniture", "residue"})

SHORT_CROSSHEAD = 8
LONGEST_CROSSHEAD = 24
"""Characters: up to 8 a heading in the middle of an open article is its crosshead, up to 24 where cohesion agrees.
Crossheads of the gold have 3-14, headlines 13-45."""

SAME_ARTICLE = 0.05
"""Cohesion of the two halves of one broadcast item: 90 % lie above; of halves of different items: 4 %."""

STRANGER = 0.02
"""Below this, two pieces of text share less than 97 % of true halves do."""

LOOK_AHEAD = 4
"""Blocks behind a heading in which its report may begin, after a picture's caption and credit or a long subtitle."""

COMPARED = 12
"""Blocks on either side of a heading whose words are compared: an article's own, and cheap however long the page is."""

SERIES_LENGTH = 12
"""Characters of a series name with a dot in it and no quotes: 高质量发展·调研行."""

_NOT_OPEN = "：:；;"

DRAFTED_PAGES = 2
"""Pages whose drafts are kept: several rules of one page ask for them, most of them before anything has moved."""

OpenedBy = Literal["head", "lead", "jump", "photo", "stray"]

_SLOGANS = re.compile(rf"[{HANZI}]{{2,5}}(?: [{HANZI}]{{2,5}}){{2,}}")  # 学思想 强党性 重实践 建新功
_SERIES = re.compile(rf"[{HANZI}“”]{{2,12}}[·•・][{HANZI}“”‘’]{{2,14}}")  # 新时代新征程·“枫桥经验”新实践
_NAMED_COLUMN = re.compile(
    rf"(?:[{HANZI}]{{1,6}}(?:观察|观点|时评|短评|快评|论坛|专栏|视点|聚焦|关注|热线|信箱|连载|评论|周刊))"
)


@dataclass(slots=True)
class Draft:
    """One article in the making: indices of its blocks, those above its text, and what opened it."""

    opened_by: OpenedBy
    blocks: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    has_text: bool = False
    closed: bool = False

    def add(self, index: int, *, text: bool = False) -> None:
        """Take one more block."""
        self.blocks.append(index)
        self.has_text |= text


def is_column(text: str) -> bool:
    """Whether a heading is by its form a column or campaign name: slogans of equal weight, a series with a dot.

    >>> is_column("学思想 强党性 重实践 建新功"), is_column("激发“工匠精神” 迸发“产改”活力")
    (True, False)
    """
    if _SERIES.fullmatch(text):  # a dot alone may be in a foreign name: 夏巴兹·谢里夫表示…
        return "“" in text or len(text) <= SERIES_LENGTH
    return any(pattern.fullmatch(text) for pattern in (_SLOGANS, _NAMED_COLUMN))


def is_backward_jump(block: Block) -> bool:
    """Whether a jump block says 上接: the article begins on another page."""
    return block.role == "jump" and any(jump.backward for jump in find_jumps(block.text))


def is_lead(block: Block) -> bool:
    """Whether a body block begins like a report (本报讯 …)."""
    return block.role == "body" and lead_of(block.text) is not None


def is_open_end(block: Block) -> bool:
    """Whether a body block stops in mid-sentence."""
    return block.role == "body" and stops_short(block.text)


@lru_cache(ANSWERS_KEPT)
def stops_short(text: str) -> bool:
    """Whether a paragraph's text stops in mid-sentence; a colon or a semicolon ends what announces or lists."""
    return not ends_sentence(text) and text.rstrip(CLOSING_MARKS)[-1:] not in _NOT_OPEN


def draft_articles(blocks: Sequence[Block]) -> list[Draft]:
    """The drafts of a page, in reading order. Every block that is not furniture or residue is in exactly one.

    Who asks again about blocks of the same roles and texts gets the same drafts: they are to be read, not changed.
    """
    return list(_drafts(_Outlined(blocks)))


class _Outlined:
    """Blocks as a key of the drafts kept: equal where roles and texts are."""

    __slots__ = ("_hash", "_words", "blocks")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._words = [(block.role, block.text) for block in blocks]
        self._hash = hash(tuple(self._words))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Outlined) and self._words == other._words


@lru_cache(DRAFTED_PAGES)
def _drafts(outlined: _Outlined) -> tuple[Draft, ...]:
    return tuple(_Reader(outlined.blocks).read())


class _Reader:
    """Walks the blocks once; `self.drafts[-1]` is the article being read."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.order = [index for index, block in enumerate(blocks) if block.role not in OUTSIDE_ROLES]
        self.drafts: list[Draft] = []
        self._cohesion: Cohesion | None = None

    @property
    def current(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    def read(self) -> list[Draft]:
        at = 0
        while at < len(self.order):
            role = self.blocks[self.order[at]].role
            if role in HEAD_ROLES or role == "crosshead":
                at = self._read_head(at)
                continue
            if role == "jump":
                self._read_jump(self.order[at])
            elif role == "byline":
                self._read_byline(self.order[at])
            elif role in ("caption", "credit"):
                self._read_picture(self.order[at])
            else:
                self._read_text(self.order[at])
            at += 1
        return self.drafts

    def _open(self, opened_by: OpenedBy) -> Draft:
        draft = Draft(opened_by)
        self.drafts.append(draft)
        return draft

    def _read_head(self, at: int) -> int:
        if self.blocks[self.order[at]].role == "crosshead":
            (self.current or self._open("stray")).add(self.order[at])
            return at + 1
        end = self._head_end(at)
        group = self.order[at:end]
        current = self.current
        if current is not None and self._is_crosshead(current, group, end):
            current.add(group[0])
            return end
        draft = self._open("head")
        for index in group:
            draft.add(index)
            draft.head.append(index)
        return end

    def _head_end(self, at: int) -> int:
        """Where the headline group that begins at `at` ends; a heading below a deck begins a new group."""
        end = at + 1
        while end < len(self.order) and self.blocks[self.order[end]].role in HEAD_ROLES:
            above, here = self.blocks[self.order[end - 1]], self.blocks[self.order[end]]
            if above.role == "deck" and here.role != "deck":
                break
            end += 1
        return end

    def _is_crosshead(self, current: Draft, group: list[int], end: int) -> bool:
        heading = self.blocks[group[0]]
        if len(group) > 1 or heading.role != "heading" or current.closed or end >= len(self.order):
            return False
        opened = current.has_text or current.opened_by == "jump"
        following = self.blocks[self.order[end]]
        if not opened or following.role not in RUNNING_ROLES or is_lead(following) or is_column(heading.text):
            return False
        if self._lead_follows(end):
            return False
        length = len(heading.text)
        if length <= SHORT_CROSSHEAD or not current.has_text:
            return length <= LONGEST_CROSSHEAD
        return length <= LONGEST_CROSSHEAD and self._coheres(current, end)

    def _lead_follows(self, at: int) -> bool:
        """Whether one of the next few blocks, before any heading, begins a report: then the heading is its headline."""
        for index in self.order[at : at + LOOK_AHEAD]:
            if self.blocks[index].role in HEAD_ROLES:
                return False
            if is_lead(self.blocks[index]):
                return True
        return False

    def _coheres(self, current: Draft, end: int) -> bool:
        """Whether the text below a heading is about the same thing as the article above it."""
        if self._cohesion is None:
            self._cohesion = Cohesion(block.text for block in self.blocks if block.role in TEXT_ROLES)
        above = "\n".join(self.blocks[index].text for index in current.blocks[-COMPARED:])
        below = []
        for index in self.order[end : end + COMPARED]:
            if self.blocks[index].role not in TEXT_ROLES or is_lead(self.blocks[index]):
                break
            below.append(self.blocks[index].text)
        return self._cohesion.similarity(above, "\n".join(below)) >= STRANGER

    def _read_jump(self, index: int) -> None:
        current = self.current
        if is_backward_jump(self.blocks[index]):
            if current is None or current.has_text or current.opened_by != "head":
                current = self._open("jump")
            current.add(index)
        else:
            current = current or self._open("stray")
            current.add(index)
            current.closed = True

    def _read_byline(self, index: int) -> None:
        current = self.current or self._open("lead")
        current.add(index)
        if current.has_text:
            current.closed = True
        else:
            current.head.append(index)

    def _read_picture(self, index: int) -> None:
        current = self.current
        if current is None or (current.closed and self.blocks[index].role == "caption"):
            current = self._open("photo")
            current.closed = True
        current.add(index)

    def _read_text(self, index: int) -> None:
        current = self.current
        if is_lead(self.blocks[index]):
            if current is None or current.has_text or current.closed:
                current = self._open("lead")
        elif current is None or current.closed:
            current = self._open("stray")
        current.add(index, text=True)
