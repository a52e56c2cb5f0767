"""How much two pieces of text are about the same thing: cosine of weighted character bigrams.

Text pieces of one page enter, scores from 0 to 1 leave. No words are cut and nothing is loaded: two hanzi are nearly a
word. Bigrams that many pieces of the page share weigh little (inverse document frequency over the page).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, KeysView, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import mul

from corpus_tools.characters import HANZI

_LETTER = rf"[{HANZI}A-Za-z0-9]"
_PAIR = re.compile(rf"(?=({_LETTER}{{2}}))")

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
    return _PAIR.findall(line)


@lru_cache(CACHED_PIECES)
def _once(text: str) -> KeysView[str]:
    """The bigrams of `text`, each once: what a page is weighed by. Few of its pieces are compared, and counted."""
    grams = chain.from_iterable(map(_listed, text.split("\n"))) if "\n" in text else _listed(text)
    return dict.fromkeys(grams).keys()


def _emphasis(count: int) -> float:
    """What a bigram gains by standing in a piece more than once."""
    return 1 + math.log(count)


_EMPHASIS = [0.0, *map(_emphasis, range(1, 64))]


class _Weights:
    """What each bigram weighs among the pieces of a page, and the lengths of the texts that were asked about."""

    __slots__ = ("_by_spread", "_lengths", "_spread", "pieces", "said")

    def __init__(self, pieces: Sequence[str], like: _Weights | None = None) -> None:
        self.pieces = pieces
        self._spread: Counter[str] = _spread_of(pieces) if like is None else _changed(like._spread, like.pieces, pieces)
        scale = math.log(len(pieces) + 1)
        self._by_spread = [scale - math.log(max(n_pieces, 1)) for n_pieces in range(len(pieces) + 1)]
        self._lengths: dict[str, float] = {}  # texts are compared again and again
        self.said: dict[tuple[str, str], float] = {}  # so are pairs: a page is drafted before and after pieces move

    def of(self, grams: Iterable[str]) -> Iterator[float]:
        """The weight of each bigram, in order."""
        return map(self._by_spread.__getitem__, map(self._spread.__getitem__, grams))

    def length(self, text: str) -> float:
        """The length of the text's vector."""
        found = self._lengths.get(text)
        if found is None:
            counts = bigrams(text)
            found = self._lengths[text] = math.hypot(*map(mul, _emphases(counts.values()), self.of(counts)))
        return found


def _spread_of(pieces: Iterable[str]) -> Counter[str]:
    """In how many pieces each bigram stands."""
    return Counter(chain.from_iterable(map(_once, pieces)))


def _changed(spread: Counter[str], before: Iterable[str], after: Iterable[str]) -> Counter[str]:
    """The spread of the bigrams of other pieces, most of which are the same; a bigram that stands in none may stay, at 0."""
    gone, come = Counter(before), Counter(after)
    gone, come = gone - come, come - gone
    spread = spread.copy()
    for piece in sorted(come):
        halves = _halves_among(piece, gone)
        if halves is None:
            for _ in range(come[piece]):
                spread.update(_once(piece))
            continue
        left, right = map(_once, halves)
        spread.subtract(left & right)
        seam = halves[0][-1] + halves[1][0]
        if _PAIR.match(seam) and seam not in left and seam not in right:
            spread[seam] += 1
        gone -= Counter(halves)
    for piece in gone.elements():
        spread.subtract(_once(piece))
    return spread


def _halves_among(piece: str, others: Counter[str]) -> tuple[str, str] | None:
    """The two of the other pieces that make this one when they are joined."""
    for left in others:
        if piece.startswith(left) and others[piece[len(left) :]] > (left == piece[len(left) :]):
            return left, piece[len(left) :]
    return None


ALIKE = 0.5
"""Share of a page's characters in pieces that are new, from which its bigrams are counted anew."""

MOST_CHANGED = 100
"""The same in pieces: each that is new is compared with each that is gone."""


@lru_cache(CACHED_PAGES)
def _weights(pieces: tuple[str, ...]) -> _Weights:
    last = _last_weighed()
    known = frozenset(last[0].pieces) if last else frozenset()
    new = sum(len(piece) for piece in pieces if piece not in known)
    is_like = (
        bool(last) and new < ALIKE * sum(map(len, pieces)) and len(known.symmetric_difference(pieces)) <= MOST_CHANGED
    )
    last[:] = [_Weights(pieces, last[0] if is_like else None)]
    return last[0]


@lru_cache(1)
def _last_weighed() -> list[_Weights]:
    """The weights that were worked out last: mostly of the same page, before halves were joined or heads were told."""
    return []


class Cohesion:
    """Compares pieces of one page, weighing each bigram by how few of the page's pieces have it."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = tuple(sorted(pieces))  # several rules ask about the same pieces, in any order
        self._weights: _Weights | None = None

    def similarity(self, left: str, right: str) -> float:
        """Cosine (0-1, rounded to 4 places) of the two texts; 0 where they have no bigram in common."""
        mine, its = bigrams(left), bigrams(right)
        shared = mine.keys() & its.keys()
        if not shared:
            return 0.0  # then the page need not be weighed
        weights = self._weights
        if weights is None:
            weights = self._weights = _weights(self._pieces)
        found = weights.said.get((left, right))
        if found is None:
            found = weights.said[left, right] = _cosine(weights, left, right, shared)
        return found


def _cosine(weights: _Weights, left: str, right: str, shared: Collection[str]) -> float:
    """The similarity of two texts that have these bigrams in common."""
    lengths = weights.length(left) * weights.length(right)
    if not lengths:
        return 0.0
    its_weights = list(weights.of(shared))
    mine_times, its_times = (
        _emphases(list(map(counts.__getitem__, shared))) for counts in (bigrams(left), bigrams(right))
    )
    products = map(mul, map(mul, map(mul, mine_times, its_weights), its_times), its_weights)
    return round(math.fsum(products) / lengths, 4)  # fsum: the sum must not depend on the order of a set


def _emphases(counts: Collection[int]) -> Iterator[float]:
    """The emphasis of each bigram, in order."""
    if max(counts, default=0) < len(_EMPHASIS):
        return map(_EMPHASIS.__getitem__, counts)
    return map(_emphasis, counts)
