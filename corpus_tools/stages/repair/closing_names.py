"""Who wrote a report, or took its picture, where that is printed behind its last words in the same line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Decision, Divide, Page, Role
from corpus_tools.options import Options
from corpus_tools.roles import is_byline, is_credit

LONGEST_TAIL = 40
"""Characters behind the last mark: two reporters with their roles and papers have 30."""

_TAIL = re.compile(
    r"""
    (?<=[。！？!?…”’」』])\ {0,4}
    (?P<names>
        [（(][^（()）。，]{2,36}[）)]\ ?            # （罗小满）, (本报记者 苑捷摄)
      | [^（()）。，！？；：“”《》]{2,36}            # 本报记者 岳小棠 摄
    )$
    """,
    re.VERBOSE,
)


def cut_off_closing_names(page: Page, options: Options) -> Iterator[Decision]:
    """Names behind a paragraph's last sentence become a byline or a credit of their own: `…敬请谅解。（罗小满）`.

    Left alone: remarks that name nobody （未完待续）, sources （据新华社）, and words behind a quotation that go on with it.
    """
    for index, block in enumerate(page.blocks):
        if block.role != "body" or block.text[-1:] in "。！？”":
            continue
        found = _TAIL.search(block.text, max(0, len(block.text) - LONGEST_TAIL))
        role = _role_of(found["names"].strip()) if found else None
        if found and role:
            yield Divide(index, found.start("names"), right_role=role, reason=f"a {role} behind the last sentence")


def _role_of(names: str) -> Role | None:
    if is_credit(names):
        return "credit"
    return "byline" if is_byline(names) else None
