"""How much blocks of a page speak like each of its articles: likelihoods (nats) that add up over blocks in a row.

Blocks and drafts enter, numbers leave. A block's bigrams are drawn partly from the page and partly from its article; what
an article says for a block is the logarithm of that mixture over the page alone. A bigram that stands in one block only says the same for
all articles, and is left out. Nothing is decided here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus_tools.cohesion import bigrams
from corpus_tools.model import Block

OWN = 0.3
"""Share of an article's bigrams that are its own and not the page's. Of displaced paragraphs of training pages .79 are
likest their own article with .1 or .3, .77 with .6, and .78 by cosine, which does not add up."""


def _in_several(blocks: Iterable[Mapping[str, int]]) -> set[str]:
    """The bigrams that stand in two blocks or more."""
    seen: set[str] = set()
    several: set[str] = set()
    for grams in blocks:
        several.update(seen.intersection(grams))
        seen.update(grams)
    return several


class Kinship:
    """What the articles of one page say for its blocks. `members` are the blocks of each draft."""

    def __init__(self, blocks: Sequence[Block], members: Sequence[Iterable[int]]) -> None:
        counted = {index: bigrams(blocks[index].text) for its in members for index in its}
        several = _in_several(counted.values())
        self._grams: dict[int, tuple[list[str], list[int]]] = {}  # of each block, with how often they stand there
        for index, grams in counted.items():
            shared = list(filter(several.__contains__, grams))
            self._grams[index] = shared, list(map(grams.__getitem__, shared))
        self.sizes = {index: sum(grams.values()) for index, grams in counted.items()}
        self._n_page = sum(self.sizes.values())
        self._of: dict[str, dict[int, int]] = {gram: {} for gram in several}
        for place, its in enumerate(members):
            self._count(place, its)
        self._of_page = {gram: sum(its.values()) for gram, its in self._of.items()}
        self._members = list(map(tuple, members))
        self._n_of = [sum(self.sizes[index] for index in its) for its in self._members]
        self._said: dict[int, tuple[list[float], float]] = {}

    def _count(self, place: int, its: Iterable[int]) -> None:
        """Note how often each bigram stands in the blocks of one draft."""
        of = self._of
        for index in its:
            for gram, count in zip(*self._grams[index], strict=True):
                counts = of[gram]
                counts[place] = counts.get(place, 0) + count

    def deal(self, members: Sequence[Sequence[int]]) -> None:
        """Go on with other blocks in the drafts, all of them the same blocks; what was said is kept where nothing has moved."""
        changed = [place for place, its in enumerate(members) if tuple(its) != self._members[place]]
        for place in changed:
            for index in self._members[place]:
                for gram in self._grams[index][0]:
                    self._of[gram].pop(place, None)
        for place in changed:
            self._count(place, members[place])
            self._members[place] = tuple(members[place])
            self._n_of[place] = sum(self.sizes[index] for index in members[place])
            for index in members[place]:
                self._said.pop(index, None)
        for index, (totals, _) in self._said.items():
            self._weigh_anew(index, totals, changed)

    def size(self, draft: int) -> int:
        """How many bigrams a draft has."""
        return self._n_of[draft]

    def toward(self, block: int, home: int) -> list[float]:
        """What each draft says for a block (nats); 0 at its `home`, which `alone` tells of. To be read, not changed."""
        return (self._said.get(block) or self._weigh(block, home))[0]

    def alone(self, block: int, home: int) -> float:
        """What the rest of its home says for one block."""
        return (self._said.get(block) or self._weigh(block, home))[1]

    def _weigh(self, block: int, home: int) -> tuple[list[float], float]:
        totals = [0.0] * len(self._n_of)
        alone, left = 0.0, self._n_of[home] - self.sizes[block]
        odds, sizes, of, of_page, log = self._odds(block), self._n_of, self._of, self._of_page, math.log1p
        for gram, count in zip(*self._grams[block], strict=True):
            scale = odds / (of_page[gram] - count or 1)
            for place, n in of[gram].items():
                if place != home:
                    totals[place] += count * log(scale * n / sizes[place])
                elif n > count and left > 0:
                    alone += count * log(scale * (n - count) / left)
        found = self._said[block] = totals, alone
        return found

    def _weigh_anew(self, block: int, totals: list[float], places: Sequence[int]) -> None:
        """What these drafts say for a block that is in none of them, put in the place of what they said before."""
        for place in places:
            totals[place] = 0.0
        odds = self._odds(block)
        for gram, count in zip(*self._grams[block], strict=True):
            counts = self._of[gram]
            for place in places:
                if place in counts:
                    scale = odds / max(self._of_page[gram] - count, 1)
                    totals[place] += count * math.log1p(scale * counts[place] / self._n_of[place])

    def at_home(self, run: Sequence[int], home: int) -> Iterator[float]:
        """What the rest of its home says for the first block of a run, the first two, and so on."""
        if not run:
            return
        yield self.alone(run[0], home)  # most runs end there
        taken: dict[str, int] = {}
        said: dict[str, float] = {}
        total, left, of_page = 0.0, self._n_of[home], self._of_page
        for number, index in enumerate(run):
            left -= self.sizes[index]
            odds = self._odds(index)
            for gram, count in zip(*self._grams[index], strict=True):
                n = taken[gram] = taken.get(gram, 0) + count
                rest = self._of[gram][home] - n
                now = 0.0
                if rest > 0 and left > 0:
                    now = n * math.log1p(odds / max(of_page[gram] - n, 1) * rest / left)
                total += now - said.get(gram, 0.0)
                said[gram] = now
            if number:
                yield total

    def _odds(self, block: int) -> float:
        """The odds of a bigram of a block being its article's, over one occurrence in the rest of the page: what its share in an
        article is multiplied with, divided by how often it stands in the rest of the page."""
        return OWN / (1 - OWN) * (self._n_page - self.sizes[block])
