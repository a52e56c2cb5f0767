"""Text that was decoded in the wrong encoding, repaired where the way back is exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.read.hanzi_frequency import common_share

ROUTES = (
    ("gb18030", "utf-8", "UTF-8 read as GBK"),  # 涓浗 …
    ("latin-1", "utf-8", "UTF-8 read as Latin-1"),
    ("cp1252", "utf-8", "UTF-8 read as cp1252"),  # ä¸­å›½
    ("latin-1", "gb18030", "GBK read as Latin-1"),  # ÖÐ¹ú
    ("cp1252", "gb18030", "GBK read as cp1252"),
    ("latin-1", "big5hkscs", "Big5 read as Latin-1"),
    ("cp1252", "big5hkscs", "Big5 read as cp1252"),
)

LEAST = 4
LEAST_DIFFERENT = 3
"""Characters a repaired line must have, and how many different ones: less comes out right by chance (±±±± is 北北)."""

REPAIRED_SHARE = 0.8
BROKEN_SHARE = 0.4
"""Common hanzi and marks: the repaired line must have this share and more, the broken one this share and less.
Lines of news have 0.8-1.0, wrong decodings of them 0.05-0.35."""

SUSPECT_SHARE = 0.15
"""Lead bytes of UTF-8 hanzi make a third to a half of the characters when read as GBK; clean news has 0.01."""

_LATIN_RUBBLE = re.compile(
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{4}"
)
_LEAD_BYTES = (0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF)  # of CJK marks, of hanzi, of full-width forms
_GBK_RUBBLE = re.compile(
    "[" + "".join(bytes((lead, trail)).decode("gbk") for lead in _LEAD_BYTES for trail in range(0x80, 0xC0)) + "]"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")  # not at NEL, U+0085: it may be half of a broken character
_PART = re.compile(r"[^\x85]+")
_BLANK = " \t\r\u3000"  # not strip()'s own set: U+0085 and U+00A0 may be half of a broken character


class Repair(NamedTuple):
    """A line decoded again: its text, the encodings it was read in and should have been, and the share of common hanzi."""

    text: str
    wrong: str
    right: str
    reason: str
    share: float


def repair_mojibake(text: str, options: Options) -> Iterator[Edit]:
    """A line that was decoded in the wrong encoding is decoded again, where that is exact both ways.

    One edit for each run of characters that can be decoded by itself; spans are code points of `text`. Left alone: lines
    whose repair is not exact, is shorter than 4 characters, or is not clearly more Chinese than what stands there.
    """
    for found in _LINE.finditer(text):
        if not _is_suspect(found[0]):
            continue
        edits = list(_line_edits(found[0], found.start()))
        if not edits and "\x85" in found[0]:  # a line end after all
            for part in _PART.finditer(found[0]):
                edits += _line_edits(part[0], found.start() + part.start())
        yield from edits


def _line_edits(line: str, start: int) -> Iterator[Edit]:
    stripped = line.strip(_BLANK)
    repaired = _repaired(stripped)
    if repaired is None:
        return
    at = start + line.index(stripped)
    for before, after in _units(stripped, repaired):
        if before != after:
            yield Edit(Span(at, at + len(before)), before, after, repaired.reason, repaired.share)
        at += len(before)


def _units(line: str, repaired: Repair) -> Iterator[tuple[str, str]]:
    """`(broken, mended)` runs, each as short as can be: a character of one encoding may end inside one of the other."""
    at, pending = 0, ""
    for character in repaired.text:
        pending += character
        try:
            broken = pending.encode(repaired.right).decode(repaired.wrong)
        except UnicodeError:
            continue
        if line.startswith(broken, at):
            yield broken, pending
            at += len(broken)
            pending = ""
    if pending:
        yield line[at:], pending


def _is_suspect(line: str) -> bool:
    """Whether a line is worth a try: a cheap look that clean lines do not pass."""
    if _LATIN_RUBBLE.search(line):
        return True
    return bool(_GBK_RUBBLE.search(line)) and len(_GBK_RUBBLE.findall(line)) >= SUSPECT_SHARE * len(line)


def _repaired(line: str) -> Repair | None:
    """The repair by the best route, or None."""
    if common_share(line)[0] > BROKEN_SHARE:
        return None
    best: Repair | None = None
    for wrong, right, reason in ROUTES:
        try:
            repaired = line.encode(wrong).decode(right)
            exact = repaired.encode(right).decode(wrong) == line
        except UnicodeError:
            continue
        share, n_characters = common_share(repaired)
        if not exact or n_characters < LEAST or len(set(repaired)) < LEAST_DIFFERENT or share < REPAIRED_SHARE:
            continue
        if best is None or share > best.share:
            best = Repair(repaired, wrong, right, reason, round(share, 3))
    return best
