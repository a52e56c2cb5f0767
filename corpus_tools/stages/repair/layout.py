"""How the lines of a page stand: width, indent, blank lines above. What `wraps`, `lists` and `tables` look at.

Blocks that are still single lines enter, a Line for each leaves. Widths count a full-width character as 1, an ASCII one
as a half, as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus_tools.characters import CLOSING_MARKS, SENTENCE_MARKS
from corpus_tools.edits import Offsets
from corpus_tools.model import Page, Role
from corpus_tools.roles import role_by_words

_NARROW = re.compile(r"[\x00-\xaf\xb2-\xb6\xb8-\xd6\xd8-\u1fff]")  # ° ± · × are set as wide as a hanzi
_PUNCTUATION = frozenset(SENTENCE_MARKS + CLOSING_MARKS + "，、；：,;:")

LONGEST_LINE = 96
"""Characters of a line that may be a printed one: two a full-width character, and a few over."""

_MAY_HAVE_ROLE = re.compile(  # a cheap look before all the patterns of `role_by_words`
    r"^[（(【〔\[□■◆●▲▼△▽▶◀►◄·※○—|<!`0-9A-Z-]|供[图圖]|[记記]者|通[讯訊][员員]|[评評][论論][员員]|[摄攝]|[图圖][为為：:片]|上接|下[转轉]|[转轉]第|版"
    r"|[责責編编校]|作者|实习生|[报報][道導]?$|[年月]|地址|邮|热线|星期"
)

PRINTED_INDENT = 2.0
"""Full-width characters of an indent as it was printed; OCR writes two U+3000, two spaces, or four."""

PAGES_KEPT = 1
"""Pages whose lines are kept: three rules ask about them, one after the other."""

NOTHING_ABOVE = 9
"""Blank lines above the first line of a page: it has no neighbour."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the index of its block, its text, its width and indent in full-width characters, blank lines above."""

    block: int
    text: str
    width: float
    indent: float
    blank_above: int

    @property
    def ends_with_mark(self) -> bool:
        """Whether the line ends with any punctuation."""
        return self.text[-1] in _PUNCTUATION


def printed_width(text: str) -> float:
    """Width in full-width characters.

    >>> printed_width("增长10％"), printed_width("ZH08标段")
    (4.0, 4.0)
    """
    return len(text) - 0.5 * len(_NARROW.findall(text))


def role_of_line(text: str) -> Role | None:
    """What `role_by_words` says of a line, at a tenth of its cost for lines of prose.

    >>> role_of_line("（下转第三版）"), role_of_line("通安全是其中的重头戏，家长也参与进来")
    ('jump', None)
    """
    return role_by_words(text) if _MAY_HAVE_ROLE.search(text) else None


def lines_of(page: Page) -> list[Line]:
    """A Line for each block of the page, in the order of the blocks; blocks of several lines are passed over."""
    return [
        Line(index, text, printed_width(text), printed_width(before.replace(" ", "\u3000")) if before else 0.0, blank)
        for index, text, before, blank in _places(page)
    ]


def short_lines(page: Page) -> list[Line]:
    """The lines of body blocks that may be printed lines or items: those of `LONGEST_LINE` characters at the most.

    Rules that ask again about the same page, of which mostly nothing has been decided in between, get the same lines.
    """
    return list(_short_lines(_Same(page)))


class _Same:
    """A page as a key: equal where it is that very page. Comparing two pages takes longer than reading their lines."""

    __slots__ = ("page",)

    def __init__(self, page: Page) -> None:
        self.page = page

    def __hash__(self) -> int:
        return id(self.page)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.page is other.page


@lru_cache(PAGES_KEPT)
def _short_lines(same: _Same) -> list[Line]:
    page = same.page
    roles = [block.role for block in page.blocks]
    return [
        Line(index, text, printed_width(text), printed_width(before.replace(" ", "\u3000")) if before else 0.0, blank)
        for index, text, before, blank in _places(page)
        if len(text) <= LONGEST_LINE and roles[index] == "body"
    ]


_Place = tuple[int, str, str, int]  # the block's index, its text, the white space before it, blank lines above


def _places(page: Page) -> Iterable[_Place]:
    """Where the blocks of one line stand; nearly always they are the page's lines in order, and nothing must be looked up."""
    found = _places_in_order(page)
    return _places_by_span(page) if found is None else found


def _places_in_order(page: Page) -> list[_Place] | None:
    """The places, or None where the blocks are not the page's lines, each in its turn."""
    found: list[_Place] = []
    blank = NOTHING_ABOVE
    index, rest = 0, 0  # the block, and how many of its lines are still to come
    blocks = page.blocks
    for raw in page.text.split("\n"):
        text = raw.strip()
        if not text:
            blank += not rest
            continue
        if rest:
            rest -= 1
            continue
        if index >= len(blocks):
            return None
        block = blocks[index]
        if block.text == text and len(block.spans) == 1:
            found.append((index, text, raw[: raw.index(text[0])], min(blank, NOTHING_ABOVE)))
        elif "\n" in block.text and block.text.startswith(text):
            rest = sum(map(bool, map(str.strip, block.text.split("\n")))) - 1
        else:
            return None
        index += 1
        blank = 0
    return found if index == len(blocks) and not rest else None


def _places_by_span(page: Page) -> Iterator[_Place]:
    offsets = Offsets(page.history)
    last_end, first = 0, True
    for index, block in enumerate(page.blocks):
        now = offsets.to_current(block.spans[0])
        if "\n" not in block.text and len(block.spans) == 1:
            line_start = page.text.rfind("\n", 0, now.start) + 1
            blank = NOTHING_ABOVE if first else max(0, page.text.count("\n", last_end, now.start) - 1)
            yield index, block.text, page.text[line_start : now.start], blank
            first = False
        last_end = offsets.to_current(block.spans[-1]).end


def stanzas(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines with no blank line and no other block between."""
    run: list[Line] = []
    for line in lines:
        if run and (line.blank_above or line.block != run[-1].block + 1):
            yield run
            run = []
        run.append(line)
    if run:
        yield run
