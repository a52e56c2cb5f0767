"""How much two pieces of text are about the same thing: cosine of weighted character bigrams.

Text pieces of one page enter, scores from 0 to 1 leave. No words are cut and nothing is loaded: two hanzi are nearly a
word. Bigrams that many pieces of the page share weigh little (inverse document frequency over the page).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from corpus_tools.characters import HANZI

_RUN = re.compile(rf"[{HANZI}A-Za-z0-9]{{2,}}")


CACHED_PIECES = 256
"""Pieces whose bigrams are kept: several rules of one page ask about the same paragraphs. About 100 KB a page."""


@lru_cache(CACHED_PIECES)
def bigrams(text: str) -> Mapping[str, int]:
    """How often each bigram of hanzi, letters and digits stands in `text`, none across a mark or a space.

    >>> sorted(bigrams("清化收，收"))
    ['化收', '清化']
    """
    return Counter(run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1))


class Cohesion:
    """Compares pieces of one page, weighing each bigram by how few of the page's pieces have it."""

    def __init__(self, pieces: Iterable[str]) -> None:
        counted = [bigrams(piece) for piece in pieces]
        spread = Counter(gram for grams in counted for gram in grams)
        scale = math.log(len(counted) + 1)
        weight_of = [scale - math.log(max(n_pieces, 1)) for n_pieces in range(len(counted) + 1)]
        self._unseen = scale
        self._weights = {gram: weight_of[n_pieces] for gram, n_pieces in spread.items()}
        self._vectors: dict[str, tuple[dict[str, float], float]] = {}  # texts are compared again and again

    def similarity(self, left: str, right: str) -> float:
        """Cosine (0-1, rounded to 4 places) of the two texts; 0 where one of them has no bigram."""
        mine, my_norm = self._vector(left)
        its, its_norm = self._vector(right)
        if not my_norm or not its_norm:
            return 0.0
        shared = sorted(mine.keys() & its.keys())  # sorted: sums of floats must not depend on the order of a set
        return round(sum(mine[gram] * its[gram] for gram in shared) / (my_norm * its_norm), 4)

    def _vector(self, text: str) -> tuple[dict[str, float], float]:
        """`(weight of each bigram, their norm)`."""
        if text not in self._vectors:
            weights = self._weights
            vector = {
                gram: (1 + math.log(count)) * weights.get(gram, self._unseen)
                if count > 1
                else weights.get(gram, self._unseen)
                for gram, count in bigrams(text).items()
            }
            self._vectors[text] = (vector, math.sqrt(sum(weight * weight for weight in vector.values())))
        return self._vectors[text]
