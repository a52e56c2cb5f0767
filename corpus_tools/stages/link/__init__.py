"""link: the halves of articles that jump to another page of the same issue (下转第三版 … 上接第1版).

Article records enter with an issue's pages adjacent (`issues.py`), the same records leave in the same order with `continues`
and `continued_by`. It never guesses: a half with two likely partners, or none, stays single, and its candidates are listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus_tools.cohesion import Cohesion
from corpus_tools.model import Article
from corpus_tools.stages.link.evidence import Half, Pair, candidates_of, half_of
from corpus_tools.stages.link.issues import issues
from corpus_tools.stages.link.matching import assigned, probabilities
from corpus_tools.stages.link.merging import merged_record

__all__ = ["Candidate", "Verdict", "link", "merged_record"]

SURE = 0.8
"""Probability above which halves are linked, both having their jump lines. On 400 issues made of training text none of 1,285
such pairs was wrong; between 0.7 and 0.8 it was 2 of 15."""

NEARLY_CERTAIN = 0.9
"""The same where one of them has lost its jump line and the sentence goes on over the jump. Where it does not, nothing is linked:
two reports about one event, one of them torn, look like one torn report; 3 of 100 such pairs above 0.85 were."""

CERTAIN = 0.99
"""The same where a jump line names another page than the one: misread, or not this half."""

NEVER = 2.0
"""No probability reaches it: such a pair is only listed."""

LISTED = 0.02
"""Probability above which a pair is a candidate."""


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
    way: Literal["to", "from"]
    jump: str | None
    partner: str | None
    candidates: tuple[Candidate, ...]

    @property
    def is_open(self) -> bool:
        """Whether it was left single though there are candidates."""
        return self.partner is None and bool(self.candidates)


OnVerdict = Callable[[Verdict], None]


def link(articles: Iterable[Article], *, merge: bool = False, on_verdict: OnVerdict | None = None) -> Iterator[Article]:
    """The records with their halves linked, issue by issue; with `merge`, linked halves are one record with `parts`.

    Which pages are of one issue, see `issues.py`. `on_verdict` is told of every half with a jump line, and of every other one
    that was linked: first of the halves that go on elsewhere, then of those that began elsewhere.
    """
    for issue, may_be_linked in issues(articles):
        pairs, verdicts = _read_issue(issue) if may_be_linked else ({}, _unread(issue))
        if on_verdict is not None:
            for verdict in verdicts:
                on_verdict(verdict)
        yield from _merged(issue, pairs) if merge else _linked(issue, pairs)


def _unread(issue: Sequence[Article]) -> list[Verdict]:
    """The halves of what is too long for an issue: each alone, without candidates."""
    on = [Verdict(article.id, "to", article.jump_to, None, ()) for article in issue if article.jump_to]
    return on + [Verdict(article.id, "from", article.jump_from, None, ()) for article in issue if article.jump_from]


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
    seconds = [half_of(half.article, is_second=True) for half in halves]
    rows = candidates_of(halves, seconds, cohesion)
    return {a: {b: pair for b, pair in enumerate(row) if pair is not None} for a, row in enumerate(rows)}


def _sure_pairs(
    table: dict[int, dict[int, Pair]], best: dict[int, int], chances: dict[tuple[int, int], float]
) -> dict[int, int]:
    """The pairs of the best assignment that are sure enough, the surest first; a ring of halves has no first one."""
    pairs: dict[int, int] = {}
    for chance, a, b in sorted(((chances.get(pair, 0.0), *pair) for pair in best.items()), key=_surest_first):
        if chance >= _needed(table[a][b]) and not _leads_to(pairs, b, a):
            pairs[a] = b
    return pairs


def _needed(pair: Pair) -> float:
    """How likely a pair must be."""
    if pair.names_another_page:
        return CERTAIN
    if pair.has_both_jumps:
        return SURE
    return NEARLY_CERTAIN if pair.goes_on else NEVER


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
    rows: dict[int, dict[int, Candidate]] = defaultdict(dict)
    columns: dict[int, dict[int, Candidate]] = defaultdict(dict)
    for (a, b), chance in chances.items():
        if chance >= LISTED:
            reasons = table[a][b].reasons()
            rows[a][b] = Candidate(halves[b].article.id, chance, reasons)
            columns[b][a] = Candidate(halves[a].article.id, chance, reasons)
    for place, half in enumerate(halves):
        article = half.article
        if article.jump_to is not None or place in pairs:
            yield Verdict(article.id, "to", article.jump_to, _id(halves, pairs, place), _ranked(rows[place]))
    for place, half in enumerate(halves):
        article = half.article
        if article.jump_from is not None or place in back:
            yield Verdict(article.id, "from", article.jump_from, _id(halves, back, place), _ranked(columns[place]))


def _id(halves: Sequence[Half], partners: Mapping[int, int], place: int) -> str | None:
    return halves[partners[place]].article.id if place in partners else None


def _ranked(found: Mapping[int, Candidate]) -> tuple[Candidate, ...]:
    return tuple(candidate for _, candidate in sorted(found.items(), key=lambda item: (-item[1].score, item[0])))


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
