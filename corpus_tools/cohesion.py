"""How much two pieces of text are about the same thing: cosine of weighted character bigrams.

Text pieces of one page enter, scores from 0 to 1 leave. No words are cut and nothing is loaded: two hanzi are nearly a
word. Bigrams that many pieces of the page share weigh little (inverse document frequency over the page).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from operator import add, mul

from corpus_tools.characters import HANZI

_RUN = re.compile(rf"[{HANZI}A-Za-z0-9]{{2,}}")

CACHED_PIECES = 256
"""Pieces whose bigrams are kept: several rules of one page ask about the same paragraphs. About 200 KB a page."""

CACHED_PAGES = 3
"""Sets of pieces whose weights are kept: those of one page before and after its halves are joined."""


@lru_cache(CACHED_PIECES)
def bigrams(text: str) -> Mapping[str, int]:
    """How often each bigram of hanzi, letters and digits stands in `text`, none across a mark or a space.

    >>> sorted(bigrams("清化收，收"))
    ['化收', '清化']
    """
    # What rules compare are single paragraphs and rows of them: the bigrams of each are made once.
    return Counter(chain.from_iterable(map(_listed, text.split("\n"))) if "\n" in text else _listed(text))


@lru_cache(CACHED_PIECES)
def _listed(line: str) -> list[str]:
    """The bigrams of one line, in order, each as often as it stands there."""
    grams: list[str] = []
    for run in _RUN.findall(line):
        grams += map(add, run, run[1:])
    return grams


def _emphasis(count: int) -> float:
    """What a bigram gains by standing in a piece more than once."""
    return 1 + math.log(count)


_EMPHASIS = [0.0, *map(_emphasis, range(1, 64))]


class _Weights:
    """What each bigram weighs among the pieces of a page, and the lengths of the texts that were asked about."""

    __slots__ = ("_by_spread", "_lengths", "_spread")

    def __init__(self, pieces: Iterable[str]) -> None:
        counted = [bigrams(piece) for piece in pieces]
        self._spread = Counter(chain.from_iterable(counted))  # in how many pieces each stands
        scale = math.log(len(counted) + 1)
        self._by_spread = [scale - math.log(max(n_pieces, 1)) for n_pieces in range(len(counted) + 1)]
        self._lengths: dict[str, float] = {}  # texts are compared again and again

    def of(self, grams: Iterable[str]) -> Iterator[float]:
        """The weight of each bigram, in order."""
        return map(self._by_spread.__getitem__, map(self._spread.__getitem__, grams))

    def length(self, text: str) -> float:
        """The length of the text's vector."""
        found = self._lengths.get(text)
        if found is None:
            counts = bigrams(text)
            found = self._lengths[text] = math.hypot(*map(mul, _emphases(counts), self.of(counts)))
        return found


_weights = lru_cache(CACHED_PAGES)(_Weights)


class Cohesion:
    """Compares pieces of one page, weighing each bigram by how few of the page's pieces have it."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = tuple(sorted(pieces))  # several rules ask about the same pieces, in any order

    def similarity(self, left: str, right: str) -> float:
        """Cosine (0-1, rounded to 4 places) of the two texts; 0 where they have no bigram in common."""
        mine, its = bigrams(left), bigrams(right)
        shared = mine.keys() & its.keys()
        if not shared:
            return 0.0  # then the page need not be weighed
        weights = _weights(self._pieces)
        lengths = weights.length(left) * weights.length(right)
        if not lengths:
            return 0.0
        products = map(_product, weights.of(shared), map(mine.__getitem__, shared), map(its.__getitem__, shared))
        return round(math.fsum(products) / lengths, 4)  # fsum: the sum must not depend on the order of a set


def _product(weight: float, mine: int, its: int) -> float:
    """What one shared bigram adds that stands so many times in either text."""
    return weight * weight if mine == its == 1 else _emphasis(mine) * weight * _emphasis(its) * weight


def _emphases(counts: Mapping[str, int]) -> Iterator[float]:
    """The emphasis of each bigram, in order."""
    if max(counts.values(), default=0) < len(_EMPHASIS):
        return map(_EMPHASIS.__getitem__, counts.values())
    return map(_emphasis, counts.values())
