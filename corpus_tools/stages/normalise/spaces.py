"""Spaces: one kind, and none at line ends. Those between hanzi: `letterspacing.py`, `stray_spaces.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.stages.rules import woken_by

_ODD = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\u3164"
_ODD_SPACES = re.compile(f"([{_ODD}])\\1*")  # a run of one kind: an indent is one edit

_LINE_TAIL = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)  # from a run's start only: else a long run costs its square


@woken_by(characters=_ODD)
def unify_spaces(text: str, options: Options) -> Iterator[Edit]:
    """Spaces of every width (U+3000, no-break, en, em, thin …) become plain spaces, one for one.

    Spans are code points of `text`. Tabs stay: they part the cells of tables.
    """
    for found in _ODD_SPACES.finditer(text):
        yield Edit(Span(*found.span()), found[0], " " * len(found[0]), f"space U+{ord(found[1]):04X}")


@woken_by(texts=(" \n", "\t\n"))
def trim_line_ends(text: str, options: Options) -> Iterator[Edit]:
    """Spaces and tabs at line ends are removed; a line of white space becomes an empty line.

    Spans are code points of `text`. White space at line starts stays: `repair` reads indents.
    """
    for found in _LINE_TAIL.finditer(text):
        yield Edit(Span(*found.span()), found[0], "", "white space at a line end")
