"""Clusters as stars: every member is compared with the one text that is kept, so that no chain of likenesses leads away from it.

Texts enter in the order of what is kept, each with earlier ones that it may be like; members and their heads leave. What comes
out depends on the texts alone, not on the order in which they were read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus_tools.across.likeness import Compared, Likeness, held, in_order, likeness
from corpus_tools.across.store import Unit

WITNESSED, IN_ORDER = 0.5, 0.65
"""Share of the thresholds, and of letters in the same order, that two texts must reach where a third one is like both of them: two copies
that are both misread in a tenth have .36 of their shingles and .8 of their letters in common, each has .57 of the shingles in common
with what was printed. Two reports that have a third of their text in common reach .4."""

HELD = 0.8
"""Share of a paragraph's letters that its copy has in the same order: with a tenth misread .88, in other reports of the same formula .75."""


class Stars:
    """The clusters so far. `text_of` gives the letters of a text.

    `with_witnesses`: two texts may meet in a third one that is like both of them. Not for paragraphs, which are short: there a passage of
    a formula is enough to vouch for two others, and a copy must hold nearly all letters.
    """

    def __init__(
        self, text_of: Callable[[Unit], Compared], jaccard: float, containment: float, *, with_witnesses: bool
    ) -> None:
        self._with_witnesses = with_witnesses
        self._text_of = text_of
        self._jaccard = jaccard
        self._containment = containment
        self._heads: dict[Unit, tuple[Unit, Likeness]] = {}
        self._members: dict[Unit, list[Unit]] = {}

    def take(self, later: Unit, earlier: Sequence[Unit]) -> None:
        """Put a text to the head that it is most like, of equals the first one; it may be a head itself where there is none.

        Heads that it is like as well come to that head, where they are like it too: they were misread, and it is what was printed.
        """
        alike = self._alike(later, {self._head(unit) for unit in earlier})
        if not alike:
            if self._with_witnesses:
                self._join_witnessed(later, [unit for unit in earlier if unit in self._heads])
            return
        best, how = max(alike, key=lambda found: (found[1].order, -found[0].rank))
        self._join(later, best, how)
        if self._with_witnesses:
            first, *others = sorted((head for head, _ in alike), key=lambda unit: unit.rank)
            for other in others:
                self._merge(first, other)

    def members(self) -> Iterator[tuple[Unit, Unit, Likeness]]:
        """Every member, its head, and how like they are, in the order of what is kept."""
        for member in sorted(self._heads, key=lambda unit: unit.rank):
            yield member, *self._heads[member]

    def _head(self, unit: Unit) -> Unit:
        return self._heads[unit][0] if unit in self._heads else unit

    def _likeness(self, one: Unit, other: Unit, share: float = 1.0) -> Likeness:
        texts = self._text_of(one), self._text_of(other)
        return likeness(*texts, share * self._jaccard, share * self._containment)

    def _alike(self, later: Unit, heads: Iterable[Unit]) -> list[tuple[Unit, Likeness]]:
        """The heads that say the same."""
        found = ((head, self._likeness(later, head)) for head in sorted(heads, key=lambda unit: unit.rank))
        same = [(head, how) for head, how in found if how.verdict == "same"]
        if self._with_witnesses:
            return same
        mine = self._text_of(later).text
        return [(head, how) for head, how in same if held(mine, self._text_of(head).text) >= HELD]

    def _join(self, member: Unit, head: Unit, how: Likeness) -> None:
        self._heads[member] = head, how
        self._members.setdefault(head, []).append(member)

    def _join_witnessed(self, later: Unit, witnesses: Iterable[Unit]) -> None:
        """Put a text to a head that it is less like, where a member of that head says the same as it."""
        for witness in witnesses:
            how = self._somewhat_alike(later, self._head(witness))
            if how is not None and self._likeness(later, witness).verdict == "same":
                self._join(later, self._head(witness), how)
                return

    def _somewhat_alike(self, one: Unit, other: Unit) -> Likeness | None:
        """How like two texts are of which a third one says the same; None where they are too far apart, or twins."""
        how = self._likeness(one, other, WITNESSED)
        if how.verdict == "twin" or how.jaccard < WITNESSED * self._jaccard:
            return None
        return how if in_order(self._text_of(one).text, self._text_of(other).text) >= IN_ORDER else None

    def _merge(self, first: Unit, other: Unit) -> None:
        """Bring a head with its members to an earlier head, where each of them is somewhat like it."""
        moved = [other, *self._members.get(other, ())]
        found = [(unit, self._somewhat_alike(unit, first)) for unit in moved]
        if any(how is None for _, how in found):
            return
        self._members.pop(other, None)
        for unit, how in found:
            if how is not None:
                self._join(unit, first, how)
