"""Vertical presentation forms: marks as they stand in columns that are read from top to bottom.

Text copied or read from such columns has ︵ ﹁ where a line from left to right has （ 「. Only marks that have one partner
go; ︰ ︳ ︴ are drawn as rules and leaders, ﹅ ﹆ are emphasis, and the small forms ﹐ ﹑ ﹔ are printed marks of Taiwan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

HORIZONTAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
"""The full-width mark for each vertical one. Source: Unicode's <vertical> decompositions, in the width of Chinese text."""

_DASH = "︱"
_MARKS = "".join(HORIZONTAL)
_VERTICAL = re.compile(
    r"(?P<face>(?P<eye>[︿﹁︶])[︿_﹏ωд▽](?P=eye)|︿{2})"  # ︶︿︶, ﹁_﹁
    rf"|(?<!{_DASH})(?P<dash>{_DASH}{{2}})(?!{_DASH})"  # one is a rule or a list's bullet, three and more are a drawn line
    rf"|[{_MARKS}]"
)


@woken_by(characters=_MARKS + _DASH)
def unify_vertical_forms(text: str, options: Options) -> Iterator[Edit]:
    """Marks of vertical columns (︵︶ ﹁﹂ ︽︾ ︐ ︒ ︱︱) become those of horizontal lines: （） 「」 《》 ， 。 ——.

    Spans are code points of `text`, one edit a mark. Left alone: a single ︱, rules and leaders (︰ ︳ ︴), small forms
    (﹐ ﹑), emphasis (﹅), faces (︶︿︶).
    """
    for found in _VERTICAL.finditer(text):
        if found["face"]:
            continue
        after = "——" if found["dash"] else HORIZONTAL[found[0]]
        yield Edit(Span(*found.span()), found[0], after, f"vertical form U+{ord(found[0][0]):04X}")
