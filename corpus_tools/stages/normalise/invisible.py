"""Characters that nobody sees: control codes, zero-width characters, directional marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus_tools.characters import HANZI
from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""C0 and C1 without tab, LF, and the line ends of `unify_newlines`."""
_CONTROL = re.compile(f"[{_CONTROLS}]")

_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = r"\u200b\u2060\ufeff\ufff9-\ufffb"
"""Zero-width space, word joiner, byte order mark inside the text, anchors of interlinear notes."""
_JOINERS = r"\u200c\u200d"
_SOFT_HYPHEN = r"\u00ad"
_VOWEL_SEPARATOR = r"\u180e"
_INVISIBLES = _DIRECTIONS + _ZERO_WIDTH + _JOINERS + _SOFT_HYPHEN + _VOWEL_SEPARATOR

_NEEDS_NO_JOINER = (
    rf"{HANZI}\u2e80-\u2fdf\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uffef\u2000-\u206f\x00-\x7f{_INVISIBLES}"
    r"\u00a0\u1680\u2800\u3164\u037e\u1fef\u212a\u2329\u232a"  # what other rules make a plain space, mark or letter of
)
"""Hanzi, their marks, spaces, ASCII, the invisible themselves; a joiner means something only between emoji or in Indic
scripts and the like, and goes where one neighbour is none of those, or is missing."""

_MONGOLIAN = r"\u1807\u180a-\u180d\u1820-\u18aa\U00011660-\U0001166c"
_RIGHT_TO_LEFT = re.compile(  # a letter of Hebrew, Arabic, Syriac, Thaana, N'Ko, … , of their presentation forms
    r"[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d5\u06ee-\u06ff\u0700-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    r"\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_INVISIBLE = re.compile(
    rf"(?P<direction>[{_DIRECTIONS}])"
    rf"|[{_ZERO_WIDTH}]"
    rf"|{_SOFT_HYPHEN}(?!\n|$)"  # at a line end it says that the word goes on, and `repair` reads that
    rf"|(?<![{_MONGOLIAN}]){_VOWEL_SEPARATOR}(?![{_MONGOLIAN}])"  # beside a letter it chooses that letter's form
    rf"|(?:(?<![^{_NEEDS_NO_JOINER}])[{_JOINERS}]+|[{_JOINERS}]+(?![^{_NEEDS_NO_JOINER}]))"
)


@woken_by(characters=_CONTROLS)
def drop_control_characters(text: str, options: Options) -> Iterator[Edit]:
    """Control characters (C0 and C1, not tab and line ends) are removed. Spans are code points of `text`."""
    for found in _CONTROL.finditer(text):
        yield Edit(Span(*found.span()), found[0], "", f"control character U+{ord(found[0]):04X}")


@woken_by(characters=_INVISIBLES)
def drop_invisible_characters(text: str, options: Options) -> Iterator[Edit]:
    """Zero-width characters and direction marks are removed; joiners and marks stay where a script needs them.

    Spans are code points of `text`. Left alone: joiners between emoji and in Indic or Arabic words, direction marks on
    lines with letters that run from right to left, the Mongolian vowel separator, a soft hyphen at a line end.
    """
    right_to_left = _lines_from_right_to_left(text)
    for found in _INVISIBLE.finditer(text):
        if found["direction"] and _is_inside(found.start(), right_to_left):
            continue
        yield Edit(Span(*found.span()), found[0], "", f"invisible character U+{ord(found[0][0]):04X}")


def _lines_from_right_to_left(text: str) -> list[Span]:
    """The lines that hold a letter which runs from right to left, in order: direction marks mean something there."""
    lines: list[Span] = []
    found = _RIGHT_TO_LEFT.search(text)
    while found:
        end = text.find("\n", found.start())
        end = end if end >= 0 else len(text)
        lines.append(Span(text.rfind("\n", 0, found.start()) + 1, end))
        found = _RIGHT_TO_LEFT.search(text, end)
    return lines


def _is_inside(place: int, lines: list[Span]) -> bool:
    line = bisect_right(lines, place, key=lambda span: span.start) - 1
    return line >= 0 and place < lines[line].end
