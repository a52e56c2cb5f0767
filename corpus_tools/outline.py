"""Which blocks go together: reads a page's blocks in order and drafts its articles.

Blocks with provisional roles enter, drafts leave: lists of indices into the blocks, in reading order. `repair` asks
which drafts lack a head or a body before it moves anything; `split` makes articles of them. Nothing is changed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus_tools.characters import HANZI
from corpus_tools.cohesion import Cohesion
from corpus_tools.drafts import (
    HEAD_ROLES,
    OUTSIDE_ROLES,
    PICTURE_ROLES,
    RUNNING_ROLES,
    TEXT_ROLES,
    Draft,
    OpenedBy,
    is_backward_jump,
    is_lead,
    is_own_title,
    stops_short,
)
from corpus_tools.model import Block
from corpus_tools.openings import Situation, features, opens_article
from corpus_tools.roles import is_notice_title
from corpus_tools.roles.columns import is_column
from corpus_tools.roles.titles import (
    is_briefs_title,
    is_contents_title,
    is_service_title,
    is_sources_title,
    speaks_as_notice,
)

LONGEST_CROSSHEAD = 30
"""Characters. Crossheads of the gold have 3-14; of 900 in made pages and People's Daily none has more than 28."""

OPENS = 0.65
"""Probability from which a lone heading opens an article. At .5 as many articles are torn as are merged on made pages; on hand-made
pages, whose crossheads stand in longer reports, nearly all that is wrong there is torn."""

STRANGER = 0.02
"""Below this, two pieces of text share less than 97 % of true halves do."""

LOOK_AHEAD = 4
"""Blocks behind a heading in which its report may begin, after a picture's caption and credit or a long subtitle."""

COMPARED = 12
"""Blocks on either side of a heading whose words are compared: an article's own, and cheap however long the page is."""

PHOTO_NEWS = 25
"""Characters of a caption that may tell news of its own."""

BRIEF_MARKS = frozenset("■●▲◆★□○◇☆▪◼︎•")
"""What begins a brief of one paragraph."""

_PLACED = re.compile(
    rf"【[{HANZI}]{{2,6}}】|[{HANZI}]{{2,5}}[｜|]"
)  # 【宁川】…, 东京｜…: where each short report is from
_POINTS = (
    "图为",
    "圖為",
    "图片为",
    "上图",
    "下图",
    "左图",
    "右图",
    "上圖",
    "下圖",
    "左圖",
    "右圖",
    "图①",
    "▲",
    "△",
    "▼",
    "◀",
    "▶",
)
"""What begins a caption that points at the picture of the report beside it."""

DRAFTED_PAGES = 2
"""Pages whose drafts are kept: several rules of one page ask for them, most of them before anything has moved."""

Opens = Callable[[str, Sequence[float]], bool]
"""Decides of a lone heading, by its text and its features, whether it opens an article."""


def is_likely_opening(heading: str, values: Sequence[float]) -> bool:
    """Whether a lone heading rather is a headline than a crosshead."""
    return opens_article(values) >= OPENS


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
    return tuple(read_articles(outlined.blocks, is_likely_opening))


def read_articles(blocks: Sequence[Block], opens: Opens) -> list[Draft]:
    """The drafts of a page where `opens` decides about lone headings; what `draft_articles` and the fit of its weights call."""
    return _Reader(blocks, opens).read()


class _Reader:
    """Walks the blocks once; `self.drafts[-1]` is the article being read."""

    def __init__(self, blocks: Sequence[Block], opens: Opens) -> None:
        self.blocks = blocks
        self.order = [index for index, block in enumerate(blocks) if block.role not in OUTSIDE_ROLES]
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self._picture: Draft | None = None  # what a credit belongs to that follows
        self._opens = opens
        self._cohesion: Cohesion | None = None

    @property
    def cohesion(self) -> Cohesion:
        """Made when the first text is compared."""
        if self._cohesion is None:
            self._cohesion = Cohesion(block.text for block in self.blocks if block.role in TEXT_ROLES)
        return self._cohesion

    def read(self) -> list[Draft]:
        at = 0
        while at < len(self.order):
            role = self.blocks[self.order[at]].role
            if role not in PICTURE_ROLES:
                self._picture = None
            if role in HEAD_ROLES or role == "crosshead":
                at = self._read_head(at)
                continue
            if role == "jump":
                self._read_jump(self.order[at])
            elif role == "byline":
                self._read_byline(self.order[at])
            elif role in PICTURE_ROLES:
                self._read_picture(self.order[at])
            else:
                self._read_text(self.order[at])
            at += 1
        return self.drafts

    def _open(self, opened_by: OpenedBy) -> Draft:
        self.current = Draft(opened_by)
        self.drafts.append(self.current)
        return self.current

    def _read_head(self, at: int) -> int:
        if self.blocks[self.order[at]].role == "crosshead":
            (self.current or self._open("stray")).add(self.order[at])
            return at + 1
        end = self._head_end(at)
        group = self.order[at:end]
        current = self.current
        if self._is_photo_news(current, group, end):
            return self._read_photo_news(at, end)
        if current is not None and not current.closed and len(group) == 1 and self._explains(group[0]):
            current.add(group[0])
            current.crossheads.append(group[0])
            return end
        values = self._weighed(current, group, end) if current is not None else None
        if current is not None and values is not None and not self._opens(self.blocks[group[0]].text, values):
            current.add(group[0])
            current.crossheads.append(group[0])
            current.weighed[group[0]] = values
            return end
        is_brief_head = current is not None and self._is_brief_head(current, group)
        draft = self._open("head")
        if values is not None:
            draft.weighed[group[0]] = values
        for index in group:
            draft.add(index)
            draft.head.append(index)
        text = self.blocks[group[-1]].text
        draft.holds_notice = any(is_notice_title(self.blocks[index].text) for index in group)
        draft.holds_briefs = is_brief_head or is_briefs_title(self.blocks[group[0]].text)
        draft.holds_contents = len(group) == 1 and is_contents_title(text)
        return end

    def _explains(self, index: int) -> bool:
        """Whether a heading stands above sources or explanations, which belong to the article above."""
        return self.blocks[index].role == "heading" and is_sources_title(self.blocks[index].text)

    def _is_photo_news(self, current: Draft | None, group: Sequence[int], end: int) -> bool:
        """Whether a headline with a picture stands between two paragraphs of an article that goes on below them."""
        if current is None or current.closed or not current.has_text:
            return False
        below = self._pictures_end(end)
        if below == end or below >= len(self.order) or self.blocks[self.order[end]].role != "caption":
            return False
        following = self.blocks[self.order[below]]
        if following.role != "body" or is_lead(following):
            return False
        texts = [self.blocks[index].text for index in current.blocks if self.blocks[index].role in TEXT_ROLES]
        if stops_short(texts[-1]):
            return True
        shown = "\n".join(self.blocks[index].text for index in (*group, self.order[end]))
        likeness = self.cohesion.similarity
        return likeness("\n".join(texts[-COMPARED:]), following.text) > max(STRANGER, likeness(shown, following.text))

    def _pictures_end(self, at: int) -> int:
        """Where the captions and credits end that stand from `at` on."""
        while at < len(self.order) and self.blocks[self.order[at]].role in PICTURE_ROLES:
            at += 1
        return at

    def _read_photo_news(self, at: int, end: int) -> int:
        """A headline, its caption and its credits are an article of their own; the one around them goes on below."""
        below = self._pictures_end(end)
        self.drafts.append(Draft("photo", self.order[at:below], self.order[at:end], closed=True))
        return below

    def _is_brief_head(self, current: Draft, group: Sequence[int]) -> bool:
        """Whether a heading with a mark before it, among several short reports, is that of the next one."""
        is_marked = self.blocks[group[0]].text[0] in BRIEF_MARKS
        return current.holds_briefs and (is_marked or (len(group) == 1 and not current.closed))

    def _head_end(self, at: int) -> int:
        """Where the headline group that begins at `at` ends: a heading below a deck, and a column's name, begin the next."""
        end = at + 1
        while end < len(self.order) and self.blocks[self.order[end]].role in HEAD_ROLES:
            above, here = self.blocks[self.order[end - 1]], self.blocks[self.order[end]]
            if above.role == "deck" and here.role != "deck":
                break
            if here.role == "heading" and self._begins_group(end, above):
                break
            end += 1
        return end

    def _begins_group(self, at: int, above: Block) -> bool:
        """Whether a heading below another is a column's name with its headline below, or the title of a notice or a box."""
        text = self.blocks[self.order[at]].text
        if is_contents_title(above.text) or is_service_title(above.text):
            return True
        if is_column(above.text) or above.role == "column":
            return False
        if is_own_title(text):
            return True
        following = self.blocks[self.order[at + 1]] if at + 1 < len(self.order) else None
        return following is not None and following.role in HEAD_ROLES and is_column(text)

    def _weighed(self, current: Draft, group: list[int], end: int) -> tuple[float, ...] | None:
        """The features of a lone heading that may be a crosshead of the current article; None where it cannot be one."""
        heading = self.blocks[group[0]]
        if len(group) > 1 or heading.role != "heading" or current.closed or current.holds_contents:
            return None
        text = heading.text
        if len(text) > LONGEST_CROSSHEAD or is_column(text) or is_own_title(text):
            return None
        if current.holds_briefs:
            return None
        following = self._text_below(end)
        if following is None or not (current.has_text or current.opened_by == "jump") or self._lead_follows(end):
            return None
        return features(self._situation(current, heading, following), self.cohesion)

    def _has_picture_below(self, following: int) -> bool:
        """Whether a credit stands right below one paragraph below a heading, and no text: photo news with a headline."""
        below = self.order[following + 1 : following + 3]
        roles = [self.blocks[index].role for index in below]
        return roles[:1] == ["credit"] and roles[1:2] != ["body"]

    def _text_below(self, at: int) -> int | None:
        """The place of the running text below a heading, pictures passed over; None where something else stands there."""
        for place in range(at, min(at + LOOK_AHEAD, len(self.order))):
            role = self.blocks[self.order[place]].role
            if role in RUNNING_ROLES:
                return place
            if role not in PICTURE_ROLES:
                return None
        return None

    def _lead_follows(self, at: int) -> bool:
        """Whether one of the next few blocks, before any heading, begins a report: then the heading is its headline."""
        for index in self.order[at : at + LOOK_AHEAD]:
            if self.blocks[index].role in HEAD_ROLES:
                return False
            if is_lead(self.blocks[index]):
                return True
        return False

    def _situation(self, current: Draft, heading: Block, following: int) -> Situation:
        """What stands above and below a lone heading."""
        above = [self.blocks[index] for index in current.blocks[-COMPARED:]]
        texts = [block.text for block in above if block.role in TEXT_ROLES]
        below: list[str] = []
        lone: list[str] = []  # the headings below that stand alone
        closes = False
        for place in range(following, min(following + COMPARED, len(self.order))):
            block = self.blocks[self.order[place]]
            if is_lead(block):
                break
            if block.role in HEAD_ROLES and self._head_end(place) - place == 1:
                lone.append(block.text)
            elif block.role in HEAD_ROLES:
                break
            elif block.role == "byline":
                closes = not lone
                break
            elif block.role in TEXT_ROLES and not lone:
                below.append(block.text)
        first = next((self.blocks[index] for index in current.blocks if self.blocks[index].role in TEXT_ROLES), None)
        return Situation(
            heading.text,
            "\n".join(texts),
            "\n".join(below),
            below[0],
            has_picture_below=self._has_picture_below(following),
            has_kept_lines_below=self.blocks[self.order[following]].role != "body",
            has_lead_above=first is not None and is_lead(first),
            has_head_above=bool(current.head),
            is_jumped_above=any(is_backward_jump(block) for block in above),
            has_closing_byline=closes,
            crossheads=[self.blocks[index].text for index in current.crossheads],
            following=lone,
            leads=self.leads,
        )

    @cached_property
    def leads(self) -> float:
        """The share (0-1) of headings with text below them that have a lead or a byline below: what the paper's habit is."""
        n_heads = n_leads = 0
        for above, index in pairwise(self.order):
            block = self.blocks[index]
            if self.blocks[above].role in HEAD_ROLES and block.role in (*TEXT_ROLES, "byline"):
                n_heads += 1
                n_leads += block.role == "byline" or is_lead(block)
        return n_leads / n_heads if n_heads else 0.0

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
        """Pictures go with the article they stand in; photo news between its paragraphs does not end it."""
        current, block = self.current, self.blocks[index]
        if block.role == "credit" and self._picture is not None:
            self._picture.add(index)
        elif current is None or (block.role == "caption" and current.closed):
            self._picture = self._open("photo")
            self._picture.closed = True
            self._picture.add(index)
        elif block.role == "caption" and self._tells_own_news(current, block):
            self._picture = Draft("photo", [index], closed=True)
            self.drafts.append(self._picture)
        else:
            current.add(index)

    def _tells_own_news(self, current: Draft, caption: Block) -> bool:
        """Whether a caption in an article is a short report about something else: then it is photo news."""
        if not current.has_text or len(caption.text) < PHOTO_NEWS:
            return False
        texts = (self.blocks[index].text for index in current.blocks if self.blocks[index].role in TEXT_ROLES)
        least = STRANGER / 2 if caption.text.startswith(_POINTS) else STRANGER
        return self.cohesion.similarity("\n".join(texts), caption.text) < least

    def _read_text(self, index: int) -> None:
        current, block = self.current, self.blocks[index]
        if current is not None and self._stands_alone(current, block):
            self.drafts.append(Draft("notice", [index], has_text=True, closed=True))
            return
        if is_lead(block):
            if current is None or current.has_text or current.closed:
                current = self._open("lead")
        elif current is not None and self._is_brief(current, block):
            if current.has_text:
                current = self._open("brief")
            current.holds_briefs = True
        elif current is None or current.closed or not self._may_hold(current, block):
            current = self._open("stray")
        current.add(index, text=True)

    def _stands_alone(self, current: Draft, block: Block) -> bool:
        """Whether a notice or an advertisement of one paragraph stands in or behind another article."""
        is_own = block.role == "advert" or (block.role == "notice" and not current.holds_notice)
        return is_own and (current.has_text or current.closed)

    def _may_hold(self, current: Draft, block: Block) -> bool:
        """Whether text may stand in a box of contents, which lists, or below a notice's title, which has its own words."""
        if current.holds_contents:
            return block.role == "list"
        return not current.holds_notice or not current.has_text or block.role != "body" or speaks_as_notice(block.text)

    def _is_brief(self, current: Draft, block: Block) -> bool:
        """Whether a paragraph set off with a mark is one of several short reports."""
        is_marked = block.text[:1] in BRIEF_MARKS or _PLACED.match(block.text) is not None
        return current.holds_briefs and block.role == "body" and is_marked
