"""Drafts of articles, and what is asked of their blocks: what opens one, what ends it, what breaks off.

The nouns of `outline.py`, which reads a page's blocks into drafts. Nothing is read or changed here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from corpus_tools.characters import ANSWERS_KEPT, CLOSING_MARKS, ends_sentence
from corpus_tools.model import Block
from corpus_tools.roles import find_jumps, is_notice_title, lead_of
from corpus_tools.roles.titles import is_briefs_title, is_contents_title, is_service_title

HEAD_ROLES = frozenset({"heading", "column", "kicker", "headline", "deck"})
TEXT_ROLES = frozenset({"body", "list", "table", "verse", "notice", "advert"})
RUNNING_ROLES = frozenset({"body", "list", "table"})
"""What may follow a crosshead; a poem or a notice has a headline of its own."""

PICTURE_ROLES = frozenset({"caption", "credit"})
OUTSIDE_ROLES = frozenset({"furniture", "residue"})

SAME_ARTICLE = 0.05
"""Cohesion of the two halves of one broadcast item: 90 % lie above; of halves of different items: 4 %."""

_NOT_OPEN = "：:；;"
OpenedBy = Literal["head", "lead", "jump", "photo", "brief", "notice", "stray"]


@dataclass(slots=True)
class Draft:
    """One article in the making: indices of its blocks, those above its text, those of its crossheads, and what opened it.

    `weighed` has the features of each lone heading that was weighed: those of its crossheads, or of its headline. A draft
    `holds_briefs` where each marked paragraph is a report of its own, `holds_contents` where it lists other pages,
    `holds_notice` where its headline is that of a public notice.
    """

    opened_by: OpenedBy
    blocks: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    crossheads: list[int] = field(default_factory=list)
    weighed: dict[int, tuple[float, ...]] = field(default_factory=dict)
    has_text: bool = False
    closed: bool = False
    holds_briefs: bool = False
    holds_contents: bool = False
    holds_notice: bool = False

    def add(self, index: int, *, text: bool = False) -> None:
        """Take one more block."""
        self.blocks.append(index)
        self.has_text |= text


@lru_cache(ANSWERS_KEPT)
def is_own_title(text: str) -> bool:
    """Whether a heading is the title of what is no report: a notice, a box of contents, short news."""
    return is_notice_title(text) or is_contents_title(text) or is_briefs_title(text) or is_service_title(text)


def is_backward_jump(block: Block) -> bool:
    """Whether a jump block says 上接: the article begins on another page."""
    return block.role == "jump" and _points_back(block.text)


@lru_cache(ANSWERS_KEPT)
def _points_back(text: str) -> bool:
    return any(jump.backward for jump in find_jumps(text))


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
