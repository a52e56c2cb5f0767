"""What a block is, from its own words: jump lines, bylines, credits, captions, leads, furniture, residue, headings.

Text of one block enters, a role or the parts of a line leave. Nothing here looks at neighbours (`repair` and `split`
do), and nothing decides without a printed mark: what no pattern knows is None, and stays body.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT
from corpus_tools.model import Role
from corpus_tools.roles.furniture import find_running_heads, is_furniture
from corpus_tools.roles.headings import HEADING_LENGTH, headline_marks, is_deck, is_remark, may_be_heading
from corpus_tools.roles.jumps import Jump, find_jumps, printed_page
from corpus_tools.roles.leads import OPENING_WORDS, Lead, lead_of
from corpus_tools.roles.notices import is_advert, is_notice, is_notice_title
from corpus_tools.roles.people import is_author_name, is_byline, people_in
from corpus_tools.roles.pictures import credit_start, is_caption, is_credit, is_source
from corpus_tools.roles.residue import MARK_TRIGGERS, Mark, is_residue, is_table_row, residue_marks
from corpus_tools.roles.signatures import signature_start

__all__ = [
    "HEADING_LENGTH",
    "MARK_TRIGGERS",
    "OPENING_WORDS",
    "Jump",
    "Lead",
    "Mark",
    "credit_start",
    "find_jumps",
    "find_running_heads",
    "headline_marks",
    "is_advert",
    "is_author_name",
    "is_byline",
    "is_caption",
    "is_credit",
    "is_deck",
    "is_furniture",
    "is_notice",
    "is_notice_title",
    "is_remark",
    "is_residue",
    "is_source",
    "is_table_row",
    "lead_of",
    "may_be_heading",
    "people_in",
    "printed_page",
    "residue_marks",
    "role_by_words",
    "signature_start",
]

_BY_WORDS: tuple[tuple[Role, Callable[[str], bool]], ...] = (
    ("residue", is_residue),
    ("table", is_table_row),
    ("credit", is_credit),
    ("byline", is_byline),
    ("caption", is_caption),
    ("furniture", is_furniture),
    ("deck", is_deck),
    ("advert", is_advert),
    ("notice", is_notice),
)
LONGEST_LINE = 120
"""Characters of the longest line that a credit, a byline, furniture, a deck or a jump can be; captions may be longer."""


@lru_cache(ANSWERS_KEPT)
def role_by_words(text: str) -> Role | None:
    """The role that a whole block's own words prove, or None: then it is body or a heading, as the neighbours say."""
    if len(text) > LONGEST_LINE:
        return _role_of_paragraph(text)
    jumps = find_jumps(text)
    if jumps and jumps[0].start == 0 and jumps[0].end >= len(text) - 1:
        return "jump"
    for role, proves in _BY_WORDS:
        if proves(text):
            return role
    return None


def _role_of_paragraph(text: str) -> Role | None:
    if is_table_row(text):
        return "table"
    if is_residue(text):
        return "residue"
    if is_notice(text):
        return "notice"
    if is_advert(text):
        return "advert"
    return "caption" if is_caption(text) else None
