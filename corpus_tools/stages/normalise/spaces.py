"""Spaces: one kind, none at line ends, none between the letters of a letterspaced word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HANZI
from corpus_tools.model import Edit, Span
from corpus_tools.options import Options

_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\u3164]")

_LINE_TAIL = re.compile(r"[ \t]+$", re.MULTILINE)

_LETTERSPACED = re.compile(
    rf"(?<![^\s]) *"  # from white space or the line's start …
    rf"(?P<word>[{HANZI}](?:[ ][{HANZI}]){{4,}})"  # five single hanzi or more, one space between each …
    r"(?!\S)",  # … up to white space or the line's end
    re.MULTILINE,
)
"""Five: names and clauses that print parts with spaces (刘 涛, 王 伟 李 强) never make five single hanzi in a row;
`中 国 共 产 党` does. Shorter runs are left alone on purpose: 部 蓉 is a name."""


def unify_spaces(text: str, options: Options) -> Iterator[Edit]:
    """Spaces of every width (U+3000, no-break, en, em, thin …) become plain spaces, one for one.

    Spans are code points of `text`. Tabs stay: they part the cells of tables.
    """
    for found in _ODD_SPACE.finditer(text):
        yield Edit(Span(*found.span()), found[0], " ", f"space U+{ord(found[0]):04X}")


def trim_line_ends(text: str, options: Options) -> Iterator[Edit]:
    """Spaces and tabs at line ends are removed; a line of white space becomes an empty line.

    Spans are code points of `text`. White space at line starts stays: `repair` reads indents.
    """
    for found in _LINE_TAIL.finditer(text):
        yield Edit(Span(*found.span()), found[0], "", "white space at a line end")


def close_letterspacing(text: str, options: Options) -> Iterator[Edit]:
    """`中 国 共 产 党` becomes 中国共产党; the spaces that part clauses and names stay.

    Spans are code points of `text`, each one space.
    """
    for found in _LETTERSPACED.finditer(text):
        for position in range(found.start("word") + 1, found.end("word"), 2):
            yield Edit(Span(position, position + 1), " ", "", "letterspaced word")
