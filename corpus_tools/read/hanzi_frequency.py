"""How Chinese a text looks: the share of its characters that news text uses all the time.

Used to tell a right decoding from a wrong one, which turns common hanzi into rare ones, kana or private-use characters.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·　％－～０１２３４５６７８９○●■□▲△◆◇★☆")
"""Marks of a Chinese page: as good a sign as a common hanzi."""

SAMPLE = 20_000
"""Characters looked at; the share does not change by a hundredth after some thousand."""


@cache
def common_hanzi() -> frozenset[str]:
    """The characters of `data/common_hanzi.tsv`."""
    table = files("corpus_tools.data").joinpath("common_hanzi.tsv").read_text("utf-8")
    return frozenset(line.split("\t", 1)[0] for line in table.split("\n") if line and not line.startswith("#"))


def common_share(text: str) -> tuple[float, int]:
    """`(share, n)`: the share (0-1) of common hanzi and marks among the `n` characters that are not ASCII.

    Only the first 20,000 of them count. An ASCII text gives `(0.0, 0)`.

    >>> common_share("本报讯 ok")
    (1.0, 3)
    >>> common_share("ASCII")
    (0.0, 0)
    """
    known = common_hanzi() | MARKS
    foreign = [character for character in text if character > "\x7f"][:SAMPLE]
    if not foreign:
        return 0.0, 0
    return sum(character in known for character in foreign) / len(foreign), len(foreign)
