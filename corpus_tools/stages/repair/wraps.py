"""Printed lines back into paragraphs.

Blocks that are single lines enter, joins leave. Widths, indents, marks and what a line begins with decide (`columns`,
`line_ends`); where none of them tells, what the two lines say may be asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Decision, Join, Page, Rewrite, Span
from corpus_tools.options import Mode, Options
from corpus_tools.roles import role_by_words
from corpus_tools.stages.repair.columns import MAX_COLUMN, column_widths
from corpus_tools.stages.repair.layout import PRINTED_INDENT, Line, short_lines
from corpus_tools.stages.repair.line_ends import CLEARLY_SHORT, INDENT, Chain, Habits, is_item, needed_room, room_of

SURE_ENOUGH: dict[Mode, float] = {"safe": 0.9, "standard": 0.5, "eager": 0.35}
"""Probability that a line goes on, from which it is joined."""

DOUBLE_SPACED = 8
"""Lines a column must have before blank lines after each of them are taken for its line spacing."""

SPACED_SHARE = 0.9

FIRST_LINES = 0.15
"""Share of lines that begin no paragraph, at the least: the indent that fewer lines lack is that of the column."""

HABIT_SHARE, HABIT_WEIGHT = 0.4, 1.5
"""What a column is thought to do with the indents of its first lines before one of them is seen, and how firmly."""

POEM_ODDS = (1.5, -1.15)
"""Log-odds of verse for a full line with a mark at its end, and for one without: verse 0.75, prose 0.17 of the lines."""

NAMES_ODDS = (-2.9, 0.085)
"""Log-odds of a list of names or stacked headlines for each mark, and for each character: prose has a mark every 11."""

GAP_ODDS = 1.6
"""Log-odds of a table or list for a line with spaces between its hanzi."""

ITEM_ODDS = 2.0
"""Log-odds of a list for a line that begins with a number, a bullet or a time: one line of prose in 50 does."""

PROSE_PRIOR = -2.0
"""Log-odds of verse and lists before a line is seen: rules before this one have tagged most of them."""

_MARK = regex.compile(r"[，。、；：！？;]|(?<![0-9]),(?![0-9])")
_GAP = regex.compile(r"(?<=[\p{Han}0-9％%℃元])[ \u3000]+(?=[\p{Han}0-9（-])")
_BRACKETED = regex.compile(r"[（(【][^）)】]{0,30}(?:[）)】]|$)")
_LATIN_END = regex.compile(r"\p{Latin}$")
_LATIN_START = regex.compile(r"^\p{Latin}")
_LATIN_HYPHEN = regex.compile(
    r"\p{Latin}{2,}"  # the head of a word …
    r"(?P<hyphen>[-\u2010\u00ad])$"  # … hyphenated at the line end
)
_LOWER_START = regex.compile(r"^\p{Ll}")  # a capital is usually a name, left alone
_MAY_HAVE_ROLE = regex.compile(  # a cheap look before all the patterns of `role_by_words`
    r"^[（(【〔\[□■◆●—──|<!`0-9A-Z-]|[记記]者|通[讯訊][员員]|[评評][论論][员員]|[摄攝]|[图圖][为為：:片]|上接|下[转轉]|[转轉]第|版"
    r"|[责責編编校]|作者|实习生|[报報][道導]?$|[年月]|地址|邮|热线|星期"
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A run of lines of one column, its width, and the indent that all its lines have."""

    lines: list[Line]
    width: float
    base: float
    spaced: bool  # whether a blank line after each line is its spacing


def _columns(page: Page) -> Iterator[_Column]:
    lines = [line for line in short_lines(page) if line.width + line.indent <= MAX_COLUMN + 2]
    if len(lines) < 2:
        return
    widths = column_widths(lines)
    start = 0
    for at in range(1, len(lines) + 1):
        apart = at == len(lines) or lines[at].block != lines[at - 1].block + 1
        if not apart and widths[at] == widths[start]:
            continue
        width = widths[start]
        if width is not None:
            # A column's last line is short, and may pass for one of the lines below.
            more = not apart and lines[at].width <= width
            yield from _column(lines[start : at + more], width)
        start = at


def _column(run: list[Line], width: float) -> Iterator[_Column]:
    if len(run) < 2:
        return
    n_blank = sum(line.blank_above > 0 for line in run[1:])
    spaced = len(run) >= DOUBLE_SPACED and n_blank > SPACED_SHARE * (len(run) - 1)
    base = sorted(line.indent for line in run)[int(FIRST_LINES * (len(run) - 1))]
    yield _Column(run, width, base, spaced)


def _chains(column: _Column) -> Iterator[list[Line]]:
    """Lines with no blank line between that print as prose; a line whose words prove it something else parts them."""
    run: list[Line] = []
    for line in column.lines:
        apart = _MAY_HAVE_ROLE.search(line.text) and role_by_words(line.text)
        if run and (apart or (line.blank_above and not column.spaced)):
            yield run
            run = []
        if not apart:
            run.append(line)
    if run:
        yield run


def _prose(column: _Column) -> list[list[Line]]:
    """The chains of a column that print as prose; what the rest of the column is counts half."""
    chains = [run for run in _chains(column) if len(run) > 1]
    odds = [_verse_odds(run, column) for run in chains]
    total = sum(odds)
    return [
        run
        for run, own in zip(chains, odds, strict=True)
        if own + min(3.0, max(-6.0, 0.5 * (total - own))) + PROSE_PRIOR <= 0 and not _is_bare(run)
    ]


def _verse_odds(run: Sequence[Line], column: _Column) -> float:
    """Log-odds that lines are verse or entries: by their ends, but for the clearly last lines of paragraphs, and by gaps."""
    odds = 0.0
    for at, line in enumerate(run):
        text = line.text
        if (" " in text or "\u3000" in text) and _GAP.search(_BRACKETED.sub("", text)):
            odds += GAP_ODDS
        elif is_item(text):
            odds += ITEM_ODDS
        elif at < len(run) - 1 and not _ends_clearly(line, column):
            odds += POEM_ODDS[0] if line.ends_with_mark else POEM_ODDS[1]
    return odds


def _is_bare(run: Sequence[Line]) -> bool:
    """Whether lines have fewer marks than prose can: names, stacked headlines; two of them have no sentence's end."""
    if len(run) == 2 and not any(mark in line.text for line in run for mark in "。！？；"):
        return True
    n_marks = sum(len(_MARK.findall(line.text)) for line in run)
    n_characters = sum(len(line.text) for line in run)
    return NAMES_ODDS[0] * n_marks + NAMES_ODDS[1] * n_characters + PROSE_PRIOR > 0


def _habits(chains: Sequence[Sequence[Line]], column: _Column) -> Habits:
    """How the column prints first lines, from those that a clearly short line, a blank one, or nothing stands above."""
    indented, plain, short, full = (
        HABIT_SHARE * HABIT_WEIGHT,
        HABIT_WEIGHT * (1 - HABIT_SHARE),
        HABIT_WEIGHT / 2,
        HABIT_WEIGHT / 2,
    )
    for run in chains:
        for above, line, following in zip([None, *run], run, [*run[1:], None], strict=False):
            if above is not None and not _ends_clearly(above, column):
                continue
            room = room_of(line, column.width, column.base)
            if line.indent - column.base >= INDENT:
                indented += 1
                continue
            plain += above is not None
            if following is None or ends_sentence(line.text):
                continue
            alone = needed_room(following.text)[0]
            if -0.25 <= room - PRINTED_INDENT < alone and room >= alone:
                short += 1
            elif room < min(alone, PRINTED_INDENT):
                full += 1
    return Habits(indented / (indented + plain), short / (short + full))


def _ends_clearly(line: Line, column: _Column) -> bool:
    room = room_of(line, column.width, column.base)
    return room >= CLEARLY_SHORT and ends_sentence(line.text)


def _joined(page: Page, least: float) -> Iterator[tuple[Line, Line, float]]:
    """Neighbouring lines of one paragraph, and how probable that is."""
    for column in _columns(page):
        chains = _prose(column)
        habits = _habits(chains, column)
        for run in chains:
            chain = Chain(run, column.width, column.base, habits, 0.9)
            for (line, following), probability in zip(itertools.pairwise(run), chain.joined(), strict=True):
                if probability >= least and following.block == line.block + 1:
                    yield line, following, probability


def join_wraps(page: Page, options: Options) -> Iterator[Decision]:
    """Printed lines become the paragraph they wrap: full lines of one column width, up to a short line or an indent.

    Two Latin words that meet get a space; a hyphen that divides one word ('news-' 'paper') is removed, 'COVID-' '19'
    and 'Sino-' 'American' keep theirs. Verse, tables, and lines that a pattern knows (bylines, jumps) are left alone.
    The score is the probability, 0-1, that the first line goes on in the second.
    """
    for line, following, probability in _joined(page, SURE_ENOUGH[options.mode]):
        hyphen = _LATIN_HYPHEN.search(line.text)
        if hyphen and _LOWER_START.match(following.text):
            yield Rewrite(line.block, Span(*hyphen.span("hyphen")), "", "hyphen at a line end, lower case next")
        space = bool(_LATIN_END.search(line.text) and _LATIN_START.match(following.text))
        yield Join(line.block, following.block, "wrap", "full line of the column", round(probability, 4), space=space)
