"""Printed lines back into paragraphs.

Blocks that are single lines enter, joins leave. Widths, indents, marks and what a line begins with decide (`columns`,
`line_ends`); where none of them tells, what the two lines say may be asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import regex

from corpus_tools.characters import ends_sentence
from corpus_tools.model import Decision, Join, Page, Rewrite, Span
from corpus_tools.options import Mode, Options
from corpus_tools.roles import lead_of
from corpus_tools.seam_model import seam_model
from corpus_tools.stages.repair.columns import MAX_COLUMN, column_widths
from corpus_tools.stages.repair.layout import PRINTED_INDENT, Line, role_of_line, short_lines
from corpus_tools.stages.repair.line_ends import (
    CLEARLY_SHORT,
    INDENT,
    Chain,
    Habits,
    Set,
    is_item,
    needed_room,
    room_of,
)

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

MANY_LINES = 4
"""Lines of prose that show two lines without a sentence's end to be of their column."""

PROSE_PRIOR = -2.0
"""Log-odds of verse and lists before a line is seen: rules before this one have tagged most of them."""

UNSURE = 0.02
WORDS_WEIGHT, WORDS_EVEN, MOST_WORDS = 0.35, 0.4, 2.0
"""What the seam model says between two sentences, in log-odds: an end and a new start against going on, measured at 1,700
paragraph ends and 1,100 sentence ends of the two sources; they differ by less than 0.3 in the middle."""

_MARK = regex.compile(r"[，。、；：！？;]|(?<![0-9]),(?![0-9])")
_GAP = regex.compile(r"(?<=[\p{Han}0-9％%℃元])[ \u3000]+(?=[\p{Han}0-9（-])")
_BRACKETED = regex.compile(r"[（(【][^）)】]{0,30}(?:[）)】]|$)")
_SENTENCE_ENDS = frozenset("。！？")
_LATIN_END = regex.compile(r"\p{Latin}$")
_LATIN_START = regex.compile(r"^\p{Latin}")
_LATIN_HYPHEN = regex.compile(
    r"\p{Latin}{2,}"  # the head of a word …
    r"(?P<hyphen>[-\u2010\u00ad])$"  # … hyphenated at the line end
)
_LOWER_START = regex.compile(r"^\p{Ll}")  # a capital is usually a name, left alone


def _runs(page: Page) -> Iterator[list[Set]]:
    """Lines of columns that follow one another on the page, each with the width of its own."""
    lines = [line for line in short_lines(page) if line.width + line.indent <= MAX_COLUMN + 2]
    if not _may_be_wrapped(lines):
        return
    widths = column_widths(lines)
    run: list[Set] = []
    start = 0
    for at in range(1, len(lines) + 1):
        apart = at == len(lines) or lines[at].block != lines[at - 1].block + 1
        if not apart and widths[at] == widths[start]:
            continue
        width = widths[start]
        if width is not None:
            run += _set(lines[start:at], width)
        if apart or width is None:
            if len(run) > 1:
                yield run
            run = []
        elif widths[at] is None and lines[at].width <= width:
            run += _set([lines[at]], width)  # a column's last line is short, and may pass for one of the lines below
        start = at


def _may_be_wrapped(lines: Sequence[Line]) -> bool:
    """Whether two neighbours could be lines of one paragraph: a mark in either, and no sentence's end between. On most pages
    a paragraph is one line, and the short ones are heads."""
    return any(
        following.block == line.block + 1
        and line.text[-1] not in _SENTENCE_ENDS
        and (_MARK.search(line.text) or _MARK.search(following.text))
        for line, following in itertools.pairwise(lines)
    )


def _set(lines: Sequence[Line], width: float) -> list[Set]:
    base = sorted(line.indent for line in lines)[int(FIRST_LINES * (len(lines) - 1))] if len(lines) > 1 else 0.0
    return [Set(line, width, room_of(line, width, base), line.indent - base >= INDENT) for line in lines]


def _chains(run: Sequence[Set]) -> Iterator[list[Set]]:
    """Lines with no blank line between; a line whose words prove it something else parts them.

    Blank lines after nearly every line are the spacing of the lines.
    """
    n_blank = sum(each.line.blank_above > 0 for each in run[1:])
    spaced = len(run) >= DOUBLE_SPACED and n_blank > SPACED_SHARE * (len(run) - 1)
    chain: list[Set] = []
    for each in run:
        text = each.line.text
        role = None if lead_of(text) else role_of_line(text)
        if chain and (role or (each.line.blank_above and not spaced)):
            yield chain
            chain = []
        if not role or (role == "caption" and each.room < 1):
            chain.append(each)  # a full line may be the first of a caption
    if chain:
        yield chain


def _prose(run: Sequence[Set]) -> list[list[Set]]:
    """The chains of a run that print as prose; what the rest of the run is counts half."""
    chains = [chain for chain in _chains(run) if len(chain) > 1]
    odds = [_verse_odds(chain) for chain in chains]
    total = sum(odds)
    n_lines = sum(map(len, chains))
    return [
        chain
        for chain, own in zip(chains, odds, strict=True)
        if own + min(3.0, max(-6.0, 0.5 * (total - own))) + PROSE_PRIOR <= 0
        and not _is_bare(chain, amid=n_lines - len(chain) >= MANY_LINES and total < own)
    ]


def _verse_odds(chain: Sequence[Set]) -> float:
    """Log-odds that lines are verse or entries: by their ends, but for the clearly last lines of paragraphs, and by gaps."""
    odds = 0.0
    for at, each in enumerate(chain):
        text = each.line.text
        if (" " in text or "\u3000" in text) and _GAP.search(_BRACKETED.sub("", text)):
            odds += GAP_ODDS
        elif is_item(text):
            odds += ITEM_ODDS
        elif at < len(chain) - 1 and not _ends_clearly(each):
            odds += POEM_ODDS[0] if each.line.ends_with_mark else POEM_ODDS[1]
    return odds


def _is_bare(chain: Sequence[Set], *, amid: bool) -> bool:
    """Whether lines have fewer marks than prose can: names, stacked headlines; two of them, and no prose round them, have
    no sentence's end."""
    if len(chain) == 2 and not amid and not any(mark in each.line.text for each in chain for mark in "。！？；"):
        return True
    n_marks = sum(len(_MARK.findall(each.line.text)) for each in chain)
    n_characters = sum(len(each.line.text) for each in chain)
    prior = 2.5 * PROSE_PRIOR if amid else PROSE_PRIOR
    return NAMES_ODDS[0] * n_marks + NAMES_ODDS[1] * n_characters + prior > 0


def _habits(chains: Sequence[Sequence[Set]]) -> Habits:
    """How first lines are printed, from those that a clearly short line, a blank one, or nothing stands above."""
    indented, plain = HABIT_SHARE * HABIT_WEIGHT, HABIT_WEIGHT * (1 - HABIT_SHARE)
    short = full = HABIT_WEIGHT / 2
    for chain in chains:
        for at, each in enumerate(chain):
            if at and not _ends_clearly(chain[at - 1]):
                continue
            if each.indented:
                indented += 1
                continue
            plain += at > 0
            if at + 1 == len(chain) or ends_sentence(each.line.text):
                continue
            token = needed_room(chain[at + 1].line.text)[0]
            if -0.25 <= each.room - PRINTED_INDENT < token <= each.room:
                short += 1
            elif each.room < min(token, PRINTED_INDENT):
                full += 1
    return Habits(indented / (indented + plain), short / (short + full))


def _ends_clearly(each: Set) -> bool:
    return each.room >= CLEARLY_SHORT and ends_sentence(each.line.text)


def _joined(page: Page, least: float) -> Iterator[tuple[Line, Line, float]]:
    """Neighbouring lines of one paragraph, and how probable that is."""
    for run in _runs(page):
        chains = _prose(run)
        habits = _habits(chains)
        for chain in chains:
            joined = _weighed(chain, Chain(chain, habits))
            for (each, following), probability in zip(itertools.pairwise(chain), joined, strict=True):
                if probability >= least and following.line.block == each.line.block + 1:
                    yield each.line, following.line, probability


def _weighed(chain: Sequence[Set], ends: Chain) -> list[float]:
    """The probabilities of the chain; where the look of the lines leaves a sentence's end open, their words are asked."""
    joined = ends.joined()
    unsure = [
        at
        for at, probability in enumerate(joined)
        if UNSURE < probability < 1 - UNSURE and ends_sentence(chain[at].line.text)
    ]
    if not unsure:
        return joined
    model = seam_model()
    extra = [0.0] * len(joined)
    for at in unsure:
        left, right = chain[at].line.text, chain[at + 1].line.text
        parts = model.ending(left) + model.opening(right) - model.crossing(left, right)
        extra[at] = min(MOST_WORDS, max(-MOST_WORDS, WORDS_WEIGHT * (WORDS_EVEN - parts)))
    return ends.joined(extra)


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
