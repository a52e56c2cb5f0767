"""Width of letters and digits, by policy. Punctuation is never touched: ，and , are different marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options

_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_TO_ASCII = 0xFF10 - ord("0")


def fold_width(text: str, options: Options) -> Iterator[Edit]:
    """With `--width ascii-alnum`, full-width letters and digits become ASCII: １９９８年 to 1998年. Off by default.

    Spans are code points of `text`, one edit a run.
    """
    if options.width != "ascii-alnum":
        return
    for found in _WIDE.finditer(text):
        narrow = "".join(chr(ord(character) - _TO_ASCII) for character in found[0])
        yield Edit(Span(*found.span()), found[0], narrow, "full width to half width")
