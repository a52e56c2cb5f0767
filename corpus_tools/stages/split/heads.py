"""Which heading is the column, the kicker, the headline, the deck, a crosshead.

Blocks with provisional headings enter, cuts and Retags leave. A group in one line is cut only at a printed dash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus_tools.model import Block, Decision, Divide, Page, Retag, Role
from corpus_tools.options import Options
from corpus_tools.outline import Draft, draft_articles, is_column
from corpus_tools.roles import headline_marks


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
    """Headings become column, kicker, headline or crosshead, by their form and their place in the article.

    A heading inside an article is a crosshead; above it, columns are told by their form, of two lines the first is the
    kicker. One that was moved there from elsewhere stands apart in print, as a column's name does.
    """
    for draft in draft_articles(page.blocks):
        roles = _head_roles(page.blocks, draft)
        for index in draft.blocks:
            if page.blocks[index].role == "heading":
                yield Retag(index, roles.get(index, "crosshead"))


def _head_roles(blocks: Sequence[Block], draft: Draft) -> dict[int, Role]:
    headings = [index for index in draft.head if blocks[index].role == "heading"]
    roles: dict[int, Role] = {}
    for place, index in enumerate(headings):
        following = headings[place + 1] if place + 1 < len(headings) else None
        apart = following is not None and blocks[index].start > blocks[following].start
        if apart or (following is not None and is_column(blocks[index].text)):
            roles[index] = "column"
    rest = [index for index in headings if index not in roles]
    for place, index in enumerate(rest):
        roles[index] = "kicker" if place == 0 and len(rest) > 1 else "headline"
    return roles
