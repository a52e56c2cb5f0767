"""A stray space inside a word of a sentence is closed; one that may part clauses, names, cells or words is left alone.

Only prose is looked at: headlines, columns' names, bylines, tables and verse are lines without a full stop.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from corpus_tools.characters import CLOSING_MARKS, HANZI, NUMERAL, OPENING_MARKS
from corpus_tools.model import Edit, Span
from corpus_tools.names import SURNAMES
from corpus_tools.options import Options
from corpus_tools.stages.normalise.gaps import lines_with_gaps
from corpus_tools.stages.normalise.word_pairs import REACH, word_across
from corpus_tools.stages.rules import woken_by

_HANZI = re.compile(f"[{HANZI}]")
_CELLS = re.compile(r"\t|\S {2,}\S")  # a table's line, or a list's

SENTENCE_LENGTH = 12
CLAUSES_LENGTH = 30
"""Hanzi of a line that is prose: with a full stop, or with a comma only, which longer headlines have as well."""

ITEM_LENGTH = 4
"""Hanzi of the longest word or name of a list."""

_SEGMENT = re.compile(r"(?<![\w·])(?:[\w·]++ )+[\w·]+")  # what stands between two marks, where it has gaps

_ROW = re.compile(rf" ?(?<![^ ])[{HANZI}](?: [{HANZI}]){{4,}}(?![^ ]) ?")
"""Five single hanzi or more, and the gaps beside them: `close_letterspacing` has looked at them."""

_END = re.compile(r" |$")

_ROLE = re.compile(
    "记者|記者|通讯员|通訊員|特派员|特派員|摄影|攝影|编辑|編輯|责编|責編|美编|美編|主编|主編|校对|校對|作者|供稿|供图|供圖|撰稿|绘图|繪圖"
)
"""What names follow, with a space or without."""

_DATELINE = re.compile(r"(?:[摄攝讯訊]|(?:本报|本報|社|日|台|专|專)[电電]|^[文图圖])$")
_CREDIT = re.compile(r"[摄攝]$| (?:文|图|圖|报道|報道|整理|供图|供圖|供稿|编|編)$")
NAMES_LENGTH = 12
"""Code points behind a role word in which names stand: three names of three hanzi and their spaces."""

_CHAPTER = re.compile(rf"第[{NUMERAL}]{{1,5}}[章节節条條款篇编編回卷集期版届屆]$")


@woken_by(texts=(" ",))
def close_stray_spaces(text: str, options: Options) -> Iterator[Edit]:
    """`要确保经 济平稳运行。` becomes 要确保经济平稳运行。 where a sentence's two hanzi at the space are proved to be in one word.

    Spans are code points of `text`, each one space. Left alone: spaces of headlines and slogans, names, cells, datelines.
    """
    for start, line in lines_with_gaps(text):
        yield from _of_line(line, start)


def _of_line(line: str, start: int) -> Iterator[Edit]:
    """The edits of one line that begins at `start`."""
    if not _is_prose(line) or _CELLS.search(line):
        return
    for segment in _SEGMENT.finditer(line):
        if not _is_row(segment[0].split(" ")) and not _CREDIT.search(segment[0]) and not _is_title(line, segment):
            yield from _of_segment(segment[0], start + segment.start())


def _of_segment(segment: str, start: int) -> Iterator[Edit]:
    """The edits of what stands between two marks and begins at `start`."""
    letters = segment.replace(" ", "")  # what a word is does not depend on the other gaps: a second pass finds the same
    rows = deque(row.span() for row in _ROW.finditer(segment))
    kept = -1
    for n_gaps, gap in enumerate(re.finditer(" ", segment)):
        at = gap.start()
        cut = at - n_gaps
        while rows and rows[0][1] <= at:
            rows.popleft()
        is_name = kept == at - 2 and segment[at - 3 : at - 2] in SURNAMES  # 王 国 庆
        proof = word_across(letters[max(0, cut - REACH) : cut], letters[cut : cut + REACH])
        if proof and not is_name and not (rows and rows[0][0] <= at) and not _parts_names(segment, at):
            yield Edit(Span(start + at, start + at + 1), " ", "", f"inside {proof.word}", proof.score)
        else:
            kept = at


def _is_prose(line: str) -> bool:
    """Whether a line is of sentences: long enough, with a full stop or a comma."""
    if "。" in line or "；" in line:
        return len(_HANZI.findall(line)) >= SENTENCE_LENGTH
    return any(mark in line for mark in "，！？") and len(_HANZI.findall(line)) >= CLAUSES_LENGTH


def _is_row(pieces: list[str]) -> bool:
    """Whether the pieces are clauses of a slogan (新时代 新征程), words of a list, or one name or word alone (刘 涛)."""
    lengths = {len(piece) for piece in pieces}
    if len(lengths) == 1:
        return lengths != {1} or len(pieces) == 2
    return len(pieces) > 2 and min(lengths) > 1 and max(lengths) <= ITEM_LENGTH


def _is_title(line: str, segment: re.Match[str]) -> bool:
    """Whether quotes or brackets enclose nothing but the segment: a headline that is quoted, a slogan, a byline."""
    before, behind = segment.start() - 1, segment.end()
    return before >= 0 and behind < len(line) and line[before] in OPENING_MARKS and line[behind] in CLOSING_MARKS


def _parts_names(segment: str, at: int) -> bool:
    """Whether the gap may part names, a dateline or a chapter's number from what follows."""
    nearby = max(0, at - NAMES_LENGTH)
    if _ROLE.search(segment, nearby, at) or _CHAPTER.search(segment, nearby, at):
        return True
    ends = (space.start() for space in _END.finditer(segment, nearby, at))
    return any(_DATELINE.search(segment, nearby, end) for end in ends)
