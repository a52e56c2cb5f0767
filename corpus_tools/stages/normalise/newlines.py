"""Line ends: one kind, LF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

_ENDS = r"\r\x0b\x0c\x85\u2028\u2029"
"""CR, vertical tab, form feed, NEL, line and paragraph separators."""

_LINE_END = re.compile(
    r"\r(?=\n)"  # CRLF: the CR goes
    rf"|[{_ENDS}]"
)


@woken_by(characters=_ENDS)
def unify_newlines(text: str, options: Options) -> Iterator[Edit]:
    """Line ends of every kind become LF: CRLF, CR, form feed, vertical tab, NEL, U+2028 and U+2029.

    Spans are code points of `text`.
    """
    for found in _LINE_END.finditer(text):
        of_pair = text.startswith("\n", found.end()) and found[0] == "\r"
        reason = "CR of a CRLF" if of_pair else f"line end U+{ord(found[0]):04X}"
        yield Edit(Span(*found.span()), found[0], "" if of_pair else "\n", reason)
