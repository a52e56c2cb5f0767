"""Signatures: who wrote, printed behind the last sentence of a paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT
from corpus_tools.roles.people import is_byline
from corpus_tools.roles.wording import ANY_PAPER, PERSON_ROLE

_SIGNED_IN_BRACKETS = re.compile(
    r"(?<=[。！？”…」』；])\ ?(?P<signed>[（(][^（()）]{2,100}(?:[（(][^（()）]{1,30}[）)][^（()）]{0,40})?[）)])$"
)
_SIGNED = re.compile(
    rf"(?<=[。！？”…」』])\ ?(?P<signed>[□■◇◆○●◎]?\ ?(?:{ANY_PAPER})?{PERSON_ROLE}[：:\ ]{{0,2}}[^。！？“”，]{{2,24}})$"
)
SIGNED_LOOK = 150
"""Characters at a paragraph's end that hold the longest signature."""


@lru_cache(ANSWERS_KEPT)
def signature_start(text: str) -> int | None:
    """Where behind a paragraph's last full stop its authors sign: （刘 涛）, 本报记者 苑捷, （作者单位：…）; None without.

    >>> signature_start("设休息点十八处。（罗小满）"), signature_start("设休息点十八处。本报记者 苑捷"), signature_start("好。（掌声）")
    (8, 8, None)
    """
    last = text[-1:]
    if last in "）)":
        found = _SIGNED_IN_BRACKETS.search(text, max(0, len(text) - SIGNED_LOOK))
    elif last not in "。！？”…，、；：" and _ROLE_NEAR_END.search(text, max(0, len(text) - 32)):
        found = _SIGNED.search(text, max(0, len(text) - 48))
    else:
        return None
    if found is None or found.start("signed") == 0 or not is_byline(found["signed"].strip()):
        return None
    return found.start("signed")


_ROLE_NEAR_END = re.compile(r"[记記]者|[讯訊][员員]|[实實][习習]生")
