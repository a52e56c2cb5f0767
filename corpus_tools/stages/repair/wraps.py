"""Printed lines back into paragraphs.

Blocks that are single lines enter, joins leave. Looks at the column's width, indents and blank lines; never at words,
but for Latin ones that meet at a line end.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Decision, Join, Page, Rewrite, Span
from corpus_tools.options import Options
from corpus_tools.roles import lead_of, role_by_words
from corpus_tools.stages.repair.layout import WIDTH_TOLERANCE, Line, column_width, lines_of, printed_width, stanzas

INDENT = 1.5
"""Full-width characters that make an indent: print uses two; one and a half allows for a plain space and a U+3000."""

STRIPPED_INDENT = 2.0
"""Full-width characters that OCR takes off a paragraph's first line when it drops the indent."""

POEM_SHARE = 0.6
"""Lines of prose end with a mark by chance (about 0.15 of them), lines of verse as a rule."""

CHARACTERS_A_MARK = 60
"""News prose has a mark every 12 characters or so; name lists and stacked headlines have none."""

DOUBLE_SPACED = 8
"""Lines a page must have before blank lines after each of them are taken for its line spacing."""

_MARK = regex.compile(r"[，。、；：！？;]|(?<![0-9]),(?![0-9])")
_LATIN_END = regex.compile(r"\p{Latin}$")
_LATIN_START = regex.compile(r"^\p{Latin}")
_LATIN_HYPHEN = regex.compile(
    r"\p{Latin}{2,}"  # the head of a word …
    r"(?P<hyphen>[-\u2010\u00ad])$"  # … hyphenated at the line end
)
_LOWER_START = regex.compile(r"^\p{Ll}")  # a capital is usually a name, left alone
_FIRST_TOKEN = regex.compile(
    r"[A-Za-z0-9.,%:/@_-]+|."
)  # what moves down whole: a number, a Latin word, else a character


def _wrapped_runs(page: Page) -> Iterator[tuple[list[Line], float, bool]]:
    """`(lines, column width, whether some are indented)` of each run of lines that print wrapped."""
    lines = [line for line in lines_of(page) if page.blocks[line.block].role == "body"]
    runs = list(stanzas(lines))
    if len(lines) >= DOUBLE_SPACED and len(runs) > 0.9 * len(lines):  # a blank line after every line says nothing
        runs = [lines]
    page_width = column_width(lines)
    for run in runs:
        width = column_width(run)
        if width is None and page_width is not None:
            widest = max(line.width + line.indent for line in run)
            if abs(widest - page_width) <= WIDTH_TOLERANCE:
                width = page_width  # a few lines, of which one is short, show no width of their own
        if width is None or len(run) < 2 or not _is_prose(run):
            continue
        indented = sum(line.indent >= INDENT for line in run)
        yield run, width, 0 < indented < len(run)


def _is_prose(run: list[Line]) -> bool:
    """Whether marks stand where prose has them: inside lines, and not at the end of nearly every one."""
    n_marks = sum(len(_MARK.findall(line.text)) for line in run)
    n_ends = sum(line.ends_with_mark for line in run[:-1])  # the last line of any paragraph ends with one
    has_sentence = len(run) > 2 or any(mark in line.text for line in run for mark in "。！？；")
    dense = n_marks * CHARACTERS_A_MARK >= sum(line.width for line in run)
    return has_sentence and dense and n_ends <= POEM_SHARE * (len(run) - 1)


def _pairs(page: Page) -> Iterator[tuple[Line, Line]]:
    """Neighbouring lines of one paragraph."""
    for run, width, indents in _wrapped_runs(page):
        for line, following in itertools.pairwise(run):
            if following.block == line.block + 1 and _goes_on(line, following, width, indents):
                yield line, following


def _goes_on(line: Line, following: Line, width: float, indents: bool) -> bool:
    if following.indent >= line.indent + INDENT or (indents and following.indent >= INDENT):
        return False
    if role_by_words(line.text) or role_by_words(following.text) or lead_of(following.text):
        return False
    room = width - line.width - line.indent
    token = _FIRST_TOKEN.match(following.text)
    needed = printed_width(token[0]) if token else 1.0
    full = room <= WIDTH_TOLERANCE or room < needed
    if not full:
        # A first line whose indent was stripped is two short; a last line is short too, but ends a sentence.
        return room <= STRIPPED_INDENT + WIDTH_TOLERANCE and not ends_sentence(line.text)
    return indents or not ends_sentence(line.text) or room < 1


def join_wraps(page: Page, options: Options) -> Iterator[Decision]:
    """Printed lines become the paragraph they wrap: full lines of one column width, up to a short line or an indent.

    Two Latin words that meet get a space; a hyphen that divides one word ('news-' 'paper') is removed, 'COVID-' '19'
    and 'Sino-' 'American' keep theirs. Verse, tables, and lines that a pattern knows (bylines, jumps) are left alone.
    """
    for line, following in _pairs(page):
        hyphen = _LATIN_HYPHEN.search(line.text)
        if hyphen and _LOWER_START.match(following.text):
            yield Rewrite(line.block, Span(*hyphen.span("hyphen")), "", "hyphen at a line end, lower case next")
        space = bool(_LATIN_END.search(line.text) and _LATIN_START.match(following.text))
        yield Join(line.block, following.block, "wrap", "full line of the column", space=space)
