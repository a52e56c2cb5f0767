"""How much blocks of a page speak like each of its articles: likelihoods (nats) that add up over blocks in a row.

Blocks and drafts enter, numbers leave. A block's bigrams are drawn partly from the page and partly from its article; what
an article says for a block is the logarithm of that mixture over the page alone. A bigram that stands in one block only says the same for
all articles, and is left out. Nothing is decided here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from corpus_tools.cohesion import bigrams
from corpus_tools.model import Block

OWN = 0.3
"""Share of an article's bigrams that are its own and not the page's. Of displaced paragraphs of training pages .79 are
likest their own article with .1 or .3, .77 with .6, and .78 by cosine, which does not add up."""


class Kinship:
    """What the articles of one page say for its blocks. `members` are the blocks of each draft."""

    def __init__(self, blocks: Sequence[Block], members: Sequence[Iterable[int]]) -> None:
        counted = {index: bigrams(blocks[index].text) for its in members for index in its}
        spread = Counter(gram for grams in counted.values() for gram in grams)
        self._grams = {
            index: [(gram, count) for gram, count in grams.items() if spread[gram] > 1]
            for index, grams in counted.items()
        }
        self.sizes = {index: sum(grams.values()) for index, grams in counted.items()}
        self._of_page: Counter[str] = Counter()
        self._of: list[Counter[str]] = []
        self._n_of = [sum(self.sizes[index] for index in its) for its in members]
        self._n_page = sum(self._n_of)
        self._holders: dict[str, list[int]] = {}
        for place, its in enumerate(members):
            own: Counter[str] = Counter()
            for index in its:
                for gram, count in self._grams[index]:
                    own[gram] += count
            self._of.append(own)
            self._of_page.update(own)
            for gram in own:
                self._holders.setdefault(gram, []).append(place)
        self._toward: dict[int, list[float]] = {}
        self._alone: dict[int, float] = {}

    def size(self, draft: int) -> int:
        """How many bigrams a draft has."""
        return self._n_of[draft]

    def toward(self, block: int, home: int) -> list[float]:
        """What each draft says for a block (nats); 0 at its `home`, which `at_home` tells of."""
        found = self._toward.get(block)
        if found is None:
            found = self._toward[block] = self._weigh(block, home)
        return found

    def _weigh(self, block: int, home: int) -> list[float]:
        totals = [0.0] * len(self._of)
        for gram, count in self._grams[block]:
            scale = self._scale(gram, count, self.sizes[block])
            for place in self._holders[gram]:
                if place != home:
                    totals[place] += count * math.log1p(scale * self._of[place][gram] / self._n_of[place])
        return totals

    def alone(self, block: int, home: int) -> float:
        """What the rest of its home says for one block; remembered."""
        if block not in self._alone:
            (self._alone[block],) = self.at_home([block], home)
        return self._alone[block]

    def at_home(self, run: Sequence[int], home: int) -> Iterator[float]:
        """What the rest of its home says for the first block of a run, the first two, and so on."""
        taken: Counter[str] = Counter()
        said: dict[str, float] = {}
        own, total = self._of[home], 0.0
        left = self._n_of[home]
        for index in run:
            left -= self.sizes[index]
            for gram, count in self._grams[index]:
                n = taken[gram] = taken[gram] + count
                rest = own[gram] - n
                now = 0.0
                if rest > 0 and left > 0:
                    now = n * math.log1p(self._scale(gram, n, self.sizes[index]) * rest / left)
                total += now - said.get(gram, 0.0)
                said[gram] = now
            yield total

    def _scale(self, gram: str, count: int, size: int) -> float:
        """What the share of a bigram in an article is multiplied with: the odds of its being the article's, over its share in the rest of the page."""
        return OWN / (1 - OWN) * (self._n_page - size) / max(self._of_page[gram] - count, 1)
