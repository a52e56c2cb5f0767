"""Which hanzi stand inside one word: what tells a stray space from one that parts two words.

The hanzi before and behind a gap enter, the word that the gap cuts leaves, with a score. No words are cut out of the text:
a gap is inside a word where the two hanzi at it bind much tighter than either binds to its other neighbour.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

REACH = 4
"""Hanzi on each side of a gap that are looked at: the longest words of the table have five."""

MARGIN = 3
"""Steps of half a bit by which a pair must bind tighter than its neighbours do. On broadcast text held out by date, with
gaps at every place: 1.5 bits close 6 of 10 gaps inside words, and at word borders hardly any but those of set phrases."""

WORD_SCORE = 0.9
_WEAKEST_STEP = 5  # `a` is 2.5 bits, in steps of half a bit


class Proof(NamedTuple):
    """The word that a gap cuts, and how sure that is (0-1)."""

    word: str
    score: float


class _Table(NamedTuple):
    strengths: dict[str, int]  # steps of half a bit, of every pair
    closing: frozenset[str]  # the pairs that may close a gap
    words: frozenset[str]  # longer words


@cache
def _table() -> _Table:
    """The pairs and words of `data/word_pairs.tsv`."""
    strengths: dict[str, int] = {}
    closing: set[str] = set()
    words: set[str] = set()
    for line in files("corpus_tools.data").joinpath("word_pairs.tsv").read_text("utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        first, seconds, *longer = line.split("\t")
        for second, letter in zip(seconds[::2], seconds[1::2], strict=True):
            strengths[first + second] = ord(letter.lower()) - ord("a") + _WEAKEST_STEP
            if letter.isupper():
                closing.add(first + second)
        for piece in longer:
            words.update(piece.split(" "))
    return _Table(strengths, frozenset(closing), frozenset(words))


def is_word(pair: str) -> bool:
    """Whether two hanzi are nearly always one word, or stand inside one.

    >>> is_word("会议"), is_word("议强"), is_word("刘涛")
    (True, False, False)
    """
    return pair in _table().closing


def word_across(before: str, behind: str) -> Proof | None:
    """The word that a gap between `before` and `behind` cuts; None where the gap may stand between two words.

    Both are what stands beside the gap, up to four hanzi each (`REACH`), without spaces; marks may be among them.

    >>> word_across("会", "议强调")
    Proof(word='会议', score=0.98)
    >>> word_across("走进中国", "家家户户"), word_across("天津大学", "生活服务")
    (None, None)
    """
    strengths, closing, words = _table()
    pair = before[-1:] + behind[:1]
    if pair in closing and not (before[-2:] in closing and behind[:2] in closing):  # else two words meet
        rival = max(strengths.get(before[-2:], 0), strengths.get(behind[:2], 0))
        margin = strengths[pair] - rival
        if margin >= MARGIN:
            return Proof(pair, round(1 - 2 ** (-margin / 2), 2))
    around = before + behind
    cut = len(before)
    for start in range(max(0, cut - REACH), cut):
        for end in range(max(cut + 1, start + 3), min(len(around), start + REACH + 1) + 1):
            if around[start:end] in words:
                return Proof(around[start:end], WORD_SCORE)
    return None
