"""Characters that nobody sees: control codes, zero-width characters, directional marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HANZI
from corpus_tools.model import Edit, Span
from corpus_tools.options import Options

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # not tab, LF, or the line ends of `unify_newlines`

_NEEDS_NO_JOINER = rf"{HANZI}\u3000-\u303f\uff00-\uffef\u2000-\u206f\ufeff\x00-\x7f"
"""Hanzi, their marks, ASCII, the invisible themselves; a joiner means something only between emoji or in Indic scripts
and the like, and goes where one neighbour is none of those, or is missing."""

_INVISIBLE = re.compile(
    r"[\u200b\u2060\ufeff\u180e\ufff9-\ufffb]"  # zero-width space, word joiner, BOM inside …
    r"|\u00ad(?!\n|$)"  # soft hyphen; at a line end it says that the word goes on, and `repair` reads that
    r"|[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]"  # direction marks: Chinese runs one way
    rf"|(?:(?<![^{_NEEDS_NO_JOINER}])[\u200c\u200d]+|[\u200c\u200d]+(?![^{_NEEDS_NO_JOINER}]))"  # joiners, see above
)


def drop_control_characters(text: str, options: Options) -> Iterator[Edit]:
    """Control characters (C0 and C1, not tab and line ends) are removed. Spans are code points of `text`."""
    for found in _CONTROL.finditer(text):
        yield Edit(Span(*found.span()), found[0], "", f"control character U+{ord(found[0]):04X}")


def drop_invisible_characters(text: str, options: Options) -> Iterator[Edit]:
    """Zero-width characters and direction marks are removed; joiners stay where a script needs them.

    Spans are code points of `text`.
    """
    for found in _INVISIBLE.finditer(text):
        yield Edit(Span(*found.span()), found[0], "", f"invisible character U+{ord(found[0][0]):04X}")
