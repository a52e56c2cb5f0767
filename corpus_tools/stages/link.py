"""link: the halves of articles that jump to another page of the same issue (下转第三版 … 上接第1版).

Article records enter with an issue's pages adjacent, the same records leave in the same order with `continues` and
`continued_by`. It never guesses: a half with two likely partners, or none, stays single, and its candidates are listed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus_tools.characters import ends_sentence
from corpus_tools.cohesion import Cohesion
from corpus_tools.model import ARTICLE_FLAGS, Article, PageMeta, Part
from corpus_tools.outline import SAME_ARTICLE
from corpus_tools.stages.split.fields import HEAD_TEXT

MARGIN = 1.5
"""How many times better than the second-best partner, from either side, the best must be."""

PLAIN_TEXT = frozenset({"body"})
BESIDE = frozenset({"jump", "byline", "caption", "credit"})
"""What may stand between the last words of a half and the jump."""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A half that was left single: its id, and its candidates with their scores, the best first."""

    article_id: str
    candidates: tuple[tuple[str, float], ...]


OnAmbiguous = Callable[[Ambiguity], None]


def link(
    articles: Iterable[Article], *, merge: bool = False, on_ambiguous: OnAmbiguous | None = None
) -> Iterator[Article]:
    """The records with their halves linked, issue by issue; with `merge`, linked halves are one record with `parts`.

    An issue is one newspaper, date and edition; pages that say none of the three belong to no issue and stay as they are.
    """
    for key, group in itertools.groupby(articles, key=lambda article: issue_of(article.meta)):
        if key is None:
            yield from group
            continue
        issue = list(group)
        pairs = _pairs(issue, on_ambiguous or (lambda ambiguity: None))
        yield from _merged(issue, pairs) if merge else _linked(issue, pairs)


def issue_of(meta: PageMeta) -> tuple[str | None, str | None, str | None] | None:
    """What names an issue, or None where the page says nothing of it."""
    key = (meta.newspaper, meta.date, meta.edition)
    return None if key == (None, None, None) else key


def _pairs(issue: Sequence[Article], on_ambiguous: OnAmbiguous) -> dict[int, int]:
    """`{index of the first half: index of the second}`: the pairs that stand out from both sides."""
    firsts = [index for index, article in enumerate(issue) if article.jump_to]
    seconds = [index for index, article in enumerate(issue) if article.jump_from]
    if not firsts or not seconds:
        return {}
    cohesion = Cohesion(article.text for article in issue)
    scores = {
        (first, second): _score(issue[first], issue[second], cohesion)
        for first in firsts
        for second in seconds
        if _may_follow(issue[first], issue[second])
    }
    pairs: dict[int, int] = {}
    for first in firsts:
        mine = sorted(((score, second) for (a, second), score in scores.items() if a == first), reverse=True)
        second = _stands_out(mine)
        if second is not None:
            its = sorted(((score, a) for (a, b), score in scores.items() if b == second), reverse=True)
            if _stands_out(its) == first and not _leads_to(pairs, second, first):
                pairs[first] = second
                continue
        if mine:
            candidates = tuple((issue[index].id, score) for score, index in mine)
            on_ambiguous(Ambiguity(issue[first].id, candidates))
    return pairs


def _leads_to(pairs: dict[int, int], start: int, goal: int) -> bool:
    """Whether following the pairs from `start` reaches `goal`: a ring of halves has no first one."""
    while start in pairs:
        start = pairs[start]
    return start == goal


def _may_follow(first: Article, second: Article) -> bool:
    """Whether the page numbers allow it; a number that a page does not know allows everything."""
    if first.page_id == second.page_id:
        return False
    there, here = second.meta.page_number, first.meta.page_number
    return (there is None or there == first.jump_to) and (here is None or here == second.jump_from)


def _score(first: Article, second: Article, cohesion: Cohesion) -> float:
    return cohesion.similarity(first.text, second.text)


def _stands_out(ranked: Sequence[tuple[float, int]]) -> int | None:
    """The best of a ranking when it is good, and clearly better than the next; else None."""
    if not ranked or ranked[0][0] < SAME_ARTICLE:
        return None
    if len(ranked) > 1 and ranked[0][0] < MARGIN * ranked[1][0]:
        return None
    return ranked[0][1]


def _linked(issue: Sequence[Article], pairs: dict[int, int]) -> Iterator[Article]:
    back = {second: first for first, second in pairs.items()}
    for index, article in enumerate(issue):
        continues = issue[back[index]].id if index in back else None
        continued_by = issue[pairs[index]].id if index in pairs else None
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


def merged_record(chain: Sequence[Article]) -> Article:
    """One record of several halves, under the first one's id and head; only its text joins the sentence over the jump."""
    first, last = chain[0], chain[-1]
    flags = {flag for article in chain for flag in article.flags} - {"start_missing", "end_missing", "headline_missing"}
    flags |= {flag for flag in ("start_missing", "headline_missing") if flag in first.flags}
    flags |= {flag for flag in ("end_missing",) if flag in last.flags}
    return replace(
        first,
        text=_joined_text(chain),
        byline=tuple(dict.fromkeys(person for article in chain for person in article.byline)),
        jump_to=last.jump_to,
        parts=tuple(Part(article.page_id, article.blocks) for article in chain),
        flags=tuple(flag for flag in ARTICLE_FLAGS if flag in flags),
    )


def _joined_text(chain: Sequence[Article]) -> str:
    text = chain[0].text
    for above, article in itertools.pairwise(chain):
        following = _without_head(article)
        broken = _ends_with_body(above) and not ends_sentence(text) and _begins_with_body(article)
        text += ("" if broken or not following else "\n") + following
    return text


def _ends_with_body(article: Article) -> bool:
    last = next((block for block in reversed(article.blocks) if block.role not in BESIDE), None)
    return last is not None and last.role in PLAIN_TEXT


def _begins_with_body(article: Article) -> bool:
    following = next((block for block in article.blocks if block.role not in _HEAD), None)
    return following is not None and following.role in PLAIN_TEXT


_HEAD = frozenset({"column", "kicker", "headline", "deck", "byline", "jump"})


def _without_head(article: Article) -> str:
    """The text of a second half without the headline that the jump page repeats."""
    head = [block.text for role in HEAD_TEXT for block in article.blocks if block.role == role]
    lines = article.text.split("\n")
    return "\n".join(lines[len(head) :]) if lines[: len(head)] == head else article.text
