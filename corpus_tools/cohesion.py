"""How much two pieces of text are about the same thing: cosine of weighted character bigrams.

Text pieces of one page enter, scores from 0 to 1 leave. No words are cut and nothing is loaded: two hanzi are nearly a
word. Bigrams that many pieces of the page share weigh little (inverse document frequency over the page).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from corpus_tools.characters import HANZI

_RUN = re.compile(rf"[{HANZI}A-Za-z0-9]{{2,}}")


def bigrams(text: str) -> Counter[str]:
    """The bigrams of hanzi, letters and digits in `text`, none across a mark or a space.

    >>> sorted(bigrams("清化收，收"))
    ['化收', '清化']
    """
    return Counter(run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1))


class Cohesion:
    """Compares pieces of one page, weighing each bigram by how few of the page's pieces have it."""

    def __init__(self, pieces: Iterable[str]) -> None:
        spread: Counter[str] = Counter()
        n_pieces = 0
        for piece in pieces:
            spread.update(bigrams(piece).keys())
            n_pieces += 1
        self._spread = spread
        self._n_pieces = n_pieces

    def similarity(self, left: str, right: str) -> float:
        """Cosine (0-1, rounded to 4 places) of the two texts; 0 where one of them has no bigram."""
        mine, its = self._weighted(left), self._weighted(right)
        norm = math.sqrt(sum(w * w for w in mine.values())) * math.sqrt(sum(w * w for w in its.values()))
        if not norm:
            return 0.0
        shared = sorted(mine.keys() & its.keys())  # sorted: sums of floats must not depend on the order of a set
        return round(sum(mine[gram] * its[gram] for gram in shared) / norm, 4)

    def _weighted(self, text: str) -> dict[str, float]:
        scale = math.log(self._n_pieces + 1)
        return {
            gram: (1 + math.log(count)) * (scale - math.log(self._spread[gram] or 1))
            for gram, count in bigrams(text).items()
        }
