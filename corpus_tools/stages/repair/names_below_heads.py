"""Names alone on a line between a headline and its text: authors of essays, poems, letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_tools.characters import HANZI
from corpus_tools.model import Block, Decision, Page, Retag
from corpus_tools.names import NO_NAMES, may_be_name
from corpus_tools.options import Options
from corpus_tools.roles.columns import is_column
from corpus_tools.roles.titles import is_briefs_title, is_contents_title, is_notice_title

BELOW = frozenset({"body", "verse", "list", "caption", "credit", "jump"})
"""What may stand below an author's name."""

_NAME = rf"(?:[{HANZI}]{{2,4}}|[{HANZI}][\ \u3000][{HANZI}]|[{HANZI}]{{1,5}}·[{HANZI}·]{{1,8}})"
_NAMES = re.compile(rf"(?P<mark>[□■◇◆○●◎▲△※◯〇]?)[\ \u3000]*(?P<names>{_NAME}(?:[\ 、，]{_NAME}){{0,3}})")
_SPACED = re.compile(rf"[{HANZI}][\ \u3000][{HANZI}]")


def tag_names_below_heads(page: Page, options: Options) -> Iterator[Decision]:
    """A line of one to four names between a heading and its text becomes a byline: 陆知晚, □ 桑 榆, 江 帆.

    Left alone: a name without a family name that everybody knows and without mark or space, a name with no heading above
    it or no text below, and a line that may itself be the headline: 白居易 below a column's name.
    """
    blocks = page.blocks
    for index in range(1, len(blocks) - 1):
        if blocks[index].role != "heading" or not _is_below_head(blocks, index):
            continue
        if blocks[index + 1].role in BELOW and is_name_line(blocks[index].text):
            yield Retag(index, "byline", "names between a headline and its text")


def is_name_line(text: str) -> bool:
    """Whether a line is nothing but names, by a mark before them, the space in one of two characters, or family names.

    >>> [is_name_line(text) for text in ("陆知晚", "江 帆", "□ 桑 榆", "阿卜杜拉·汗", "温故知新", "高效 协同 创新")]
    [True, True, True, True, False, False]
    """
    found = _NAMES.fullmatch(text)
    if not found:
        return False
    if _SPACED.fullmatch(found["names"]):
        return True
    names = re.split(r"[ 、，]", found["names"])
    if any(name in NO_NAMES for name in names):
        return False
    known = ["·" in name or (len(name) < 4 and may_be_name(name)) or len(name) == 1 for name in names]
    return all(known) or (bool(found["mark"]) and len(names) == 1 and len(names[0]) < 4)


def _is_below_head(blocks: Sequence[Block], index: int) -> bool:
    """Whether what stands above a line is a headline, and no column's name alone."""
    above = blocks[index - 1]
    if above.role == "deck":
        return True
    if above.role != "heading" or is_notice_title(above.text) or is_contents_title(above.text):
        return False
    is_series = is_column(above.text) or is_briefs_title(above.text)
    return not is_series or (index > 1 and blocks[index - 2].role == "heading")
