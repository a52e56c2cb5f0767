"""Spaces: one kind, none at line ends, none between the letters of a letterspaced word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HANZI
from corpus_tools.model import Edit, Span
from corpus_tools.names import SURNAMES
from corpus_tools.options import Options

_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\u3164]")

_LINE_TAIL = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)  # from a run's start only: else a long run costs its square

_LETTERSPACED = re.compile(
    rf"(?<!\S)"  # from white space or the line's start …
    rf"(?P<word>[{HANZI}](?:[ ][{HANZI}]){{4,}})"  # five single hanzi or more, one space between each …
    r"(?!\S)",  # … up to white space or the line's end
    re.MULTILINE,
)
"""Five: shorter runs are left alone on purpose, 部 蓉 is a name. Longer ones may still be a list, see `_is_list`."""

_COUNTED = frozenset(
    "一二三四五六七八九十百千零〇日月火水木金土甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥上中下东南西北東左右前后"
)
"""Numerals, weekdays, stems and branches, directions: single hanzi that stand in rows of cells."""


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

    Spans are code points of `text`, each one space. Left alone: 刘 涛 王 伟 李 强, 日 一 二 三 四 五 六.
    """
    for found in _LETTERSPACED.finditer(text):
        if _is_list(found["word"][::2]):
            continue
        for position in range(found.start("word") + 1, found.end("word"), 2):
            yield Edit(Span(position, position + 1), " ", "", "letterspaced word")


def _is_list(word: str) -> bool:
    """Whether single hanzi are cells of a row, or two-character names: every other one a surname."""
    cells = sum(character in _COUNTED for character in word)
    names = len(word) % 2 == 0 and all(character in SURNAMES for character in word[::2])
    return names or cells * 2 > len(word)
