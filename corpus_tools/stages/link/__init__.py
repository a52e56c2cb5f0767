"""link: the halves of articles that jump to another page of the same issue (下转第三版 … 上接第1版).

Article records enter with an issue's pages adjacent (`issues.py`), the same records leave in the same order with `continues`
and `continued_by`. It never guesses: a half with two likely partners, or none, stays single, and its candidates are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus_tools.cohesion import Cohesion
from corpus_tools.model import Article
from corpus_tools.stages.link.evidence import Half, Pair, candidates_of, half_of
from corpus_tools.stages.link.issues import issues
from corpus_tools.stages.link.matching import assigned, probabilities
from corpus_tools.stages.link.merging import merged_record

__all__ = ["Ambiguity", "Candidate", "Verdict", "link", "merged_record"]

SURE = 0.75
"""Probability above which halves are linked, both having their jump lines."""

NEARLY_CERTAIN = 0.85
"""The same where one of them has lost its jump line."""

LISTED = 0.02
"""Probability above which a pair is a candidate; one whose jump lines name each other's pages always is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the other half: how likely that is (0-1), and what speaks for it and against it."""

    article_id: str
    score: float
    reasons: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one half: `way` is `to` for one that goes on elsewhere, `from` for one that began elsewhere.

    `partner` is the id of the half it was linked with, or None; `candidates` are all that may be it, the best first.
    """

    article_id: str
    way: str
    jump: str | None
    partner: str | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A half that was left single: its id, and its candidates with their scores, the best first."""

    article_id: str
    candidates: tuple[tuple[str, float], ...]


OnAmbiguous = Callable[[Ambiguity], None]
OnVerdict = Callable[[Verdict], None]


def link(
    articles: Iterable[Article],
    *,
    merge: bool = False,
    on_ambiguous: OnAmbiguous | None = None,
    on_verdict: OnVerdict | None = None,
) -> Iterator[Article]:
    """The records with their halves linked, issue by issue; with `merge`, linked halves are one record with `parts`.

    Which pages are of one issue, see `issues.py`. `on_verdict` is told of every half with a jump line, and of every other one
    that was linked; `on_ambiguous` of those that were left single though there are candidates.
    """
    for issue, may_be_linked in issues(articles):
        pairs: dict[int, int] = {}
        if may_be_linked:
            pairs, verdicts = _read_issue(issue)
            for verdict in verdicts:
                if on_verdict is not None:
                    on_verdict(verdict)
                if on_ambiguous is not None and verdict.partner is None and verdict.candidates:
                    named = tuple((each.article_id, each.score) for each in verdict.candidates)
                    on_ambiguous(Ambiguity(verdict.article_id, named))
        yield from _merged(issue, pairs) if merge else _linked(issue, pairs)


def _read_issue(issue: Sequence[Article]) -> tuple[dict[int, int], list[Verdict]]:
    """`{index of the first half: index of the second}`, and what was found about each half."""
    if not any(article.jump_to or article.jump_from for article in issue):
        return {}, []
    places = [index for index, article in enumerate(issue) if article.kind != "furniture" and article.parts is None]
    halves = [half_of(issue[index]) for index in places]
    table = _weighed(halves)
    gains = {a: {b: pair.log_odds for b, pair in row.items()} for a, row in table.items()}
    chances = probabilities(gains)
    pairs = _sure_pairs(table, assigned(gains), chances)
    return {places[a]: places[b] for a, b in pairs.items()}, list(_verdicts(halves, table, chances, pairs))


def _weighed(halves: Sequence[Half]) -> dict[int, dict[int, Pair]]:
    cohesion = Cohesion(half.article.text for half in halves)
    rows = candidates_of(halves, halves, cohesion)
    return {a: {b: pair for b, pair in enumerate(row) if pair is not None} for a, row in enumerate(rows)}


def _sure_pairs(
    table: dict[int, dict[int, Pair]], best: dict[int, int], chances: dict[tuple[int, int], float]
) -> dict[int, int]:
    """The pairs of the best assignment that are sure enough, the surest first; a ring of halves has no first one."""
    pairs: dict[int, int] = {}
    for chance, a, b in sorted(((chances.get(pair, 0.0), *pair) for pair in best.items()), key=_surest_first):
        needed = SURE if table[a][b].has_both_jumps else NEARLY_CERTAIN
        if chance >= needed and not _leads_to(pairs, b, a):
            pairs[a] = b
    return pairs


def _surest_first(item: tuple[float, int, int]) -> tuple[float, int, int]:
    chance, a, b = item
    return -chance, a, b


def _leads_to(pairs: dict[int, int], start: int, goal: int) -> bool:
    """Whether following the pairs from `start` reaches `goal`."""
    while start in pairs:
        start = pairs[start]
    return start == goal


def _verdicts(
    halves: Sequence[Half],
    table: dict[int, dict[int, Pair]],
    chances: dict[tuple[int, int], float],
    pairs: dict[int, int],
) -> Iterator[Verdict]:
    back = {b: a for a, b in pairs.items()}
    for place, half in enumerate(halves):
        article = half.article
        if article.jump_to is not None or place in pairs:
            others = {
                b: pair for b, pair in table.get(place, {}).items() if _is_listed(pair, chances.get((place, b), 0.0))
            }
            listed = _listed({b: (chances.get((place, b), 0.0), pair) for b, pair in others.items()}, halves)
            partner = halves[pairs[place]].article.id if place in pairs else None
            yield Verdict(article.id, "to", article.jump_to, partner, listed)
        if article.jump_from is not None or place in back:
            column = {a: row[place] for a, row in table.items() if place in row}
            others = {a: pair for a, pair in column.items() if _is_listed(pair, chances.get((a, place), 0.0))}
            listed = _listed({a: (chances.get((a, place), 0.0), pair) for a, pair in others.items()}, halves)
            partner = halves[back[place]].article.id if place in back else None
            yield Verdict(article.id, "from", article.jump_from, partner, listed)


def _is_listed(pair: Pair, chance: float) -> bool:
    return chance >= LISTED


def _listed(found: dict[int, tuple[float, Pair]], halves: Sequence[Half]) -> tuple[Candidate, ...]:
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(Candidate(halves[index].article.id, chance, pair.reasons()) for index, (chance, pair) in ranked)


def _linked(issue: Sequence[Article], pairs: dict[int, int]) -> Iterator[Article]:
    back = {second: first for first, second in pairs.items()}
    for index, article in enumerate(issue):
        continues = issue[back[index]].id if index in back else article.continues
        continued_by = issue[pairs[index]].id if index in pairs else article.continued_by
        yield replace(article, continues=continues, continued_by=continued_by)


def _merged(issue: Sequence[Article], pairs: dict[int, int]) -> Iterator[Article]:
    seconds = set(pairs.values())
    for index, article in enumerate(issue):
        if index in seconds:
            continue
        chain = [article]
        at = index
        while at in pairs:
            at = pairs[at]
            chain.append(issue[at])
        yield article if len(chain) == 1 else merged_record(chain)
