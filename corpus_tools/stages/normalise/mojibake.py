"""Text that was decoded in the wrong encoding, repaired where the way back is exact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.model import Edit, Span
from corpus_tools.options import Options
from corpus_tools.read.hanzi_frequency import common_share

ROUTES = (
    ("gb18030", "utf-8", "UTF-8 read as GBK"),  # 涓浗 …
    ("latin-1", "gb18030", "GBK read as Latin-1"),  # ÖÐ¹ú
    ("cp1252", "utf-8", "UTF-8 read as cp1252"),  # ä¸­å›½
    ("latin-1", "utf-8", "UTF-8 read as Latin-1"),
)

LEAST = 4
"""Characters a repaired line must have: shorter ones come out right by chance."""

REPAIRED_SHARE = 0.9
"""Common hanzi and marks in the repaired line; and the broken one must be under half of that."""

_SUSPECT = re.compile(
    r"[\u0080-\u00ff]{4}|[\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020-\u2022\u2030]"  # Latin rubble
    r"|[涓鍥浜鐨勬槸鍦ㄥ拰锛銆鈥闂鏂鏈鏃鎴瀛鐢鍙鍚鑰岀殑]{2}"  # what the lead bytes of UTF-8 hanzi and marks give in GBK
)


def repair_mojibake(text: str, options: Options) -> Iterator[Edit]:
    """A line that was decoded in the wrong encoding is decoded again, where that is exact both ways.

    One edit a line; spans are code points of `text`. Left alone: lines whose repair is not exact, is shorter than
    4 characters, or is not clearly more Chinese than what stands there.
    """
    start = 0
    for line in text.split("\n"):
        if _SUSPECT.search(line):
            stripped = line.strip()
            repaired = _repaired(stripped)
            if repaired is not None:
                at = start + line.index(stripped)
                yield Edit(Span(at, at + len(stripped)), stripped, repaired[0], repaired[1], repaired[2])
        start += len(line) + 1


def _repaired(line: str) -> tuple[str, str, float] | None:
    """`(repaired line, which way it was broken, share of common hanzi)`, or None."""
    for wrong, right, reason in ROUTES:
        try:
            repaired = line.encode(wrong).decode(right)
            exact = repaired.encode(right).decode(wrong) == line
        except UnicodeError:
            continue
        share, n_characters = common_share(repaired)
        if exact and n_characters >= LEAST and share >= REPAIRED_SHARE and common_share(line)[0] < REPAIRED_SHARE / 2:
            return repaired, reason, round(share, 3)
    return None
