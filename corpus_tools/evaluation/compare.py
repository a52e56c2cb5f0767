"""Compares article records with gold records, page by page: articles, paragraphs, joins, fields and flags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus_tools.evaluation import clusters
from corpus_tools.evaluation.clusters import Entry
from corpus_tools.evaluation.roles import best_records, role_pairs
from corpus_tools.evaluation.scores import MOST_LOST_RUNS, Agreement, Evaluation, Scores, Share
from corpus_tools.model import BLOCK_FLAGS, FINDINGS, REPEATED, Article, Block, Span
from corpus_tools.records import FIELDS

PARAGRAPH_ROLES = frozenset({"body", "list", "table", "verse", "notice", "caption"})
STRUCTURAL_BLOCK_FLAGS = frozenset(BLOCK_FLAGS) - frozenset(FINDINGS) - {REPEATED}

Place = tuple[str, tuple[Span, ...]]
"""A page id and spans: where a block stands."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold article and its output article; one of them is None where an article was missed or invented."""

    gold: Entry | None
    output: Entry | None

    @property
    def home(self) -> str:
        """The page that the pair counts at."""
        return next(entry.home for entry in (self.gold, self.output) if entry is not None)


def evaluate(output: Iterable[Article], gold: Iterable[Article]) -> Evaluation:
    """The scores of the records of `output` against those of `gold`, over all of the gold's pages and for each.

    Both are taken whole into memory. Pages stand in the order in which the gold first names them; without gold there
    is nothing to score, and without output every rate is 0 or, where there is nothing to compare, None.
    """
    outputs, golds = list(output), list(gold)
    pages = dict.fromkeys(page_id for record in golds for page_id in clusters.page_ids(record))
    unknown = {page_id for record in outputs for page_id in clusters.page_ids(record)} - pages.keys()
    by_page = _score_pages(_entries(outputs, pages), _entries(golds, pages), pages)
    return Evaluation(sum(by_page.values(), start=Scores()), by_page, len(unknown))


def _entries(records: Iterable[Article], known: Collection[str]) -> list[Entry]:
    entries = (clusters.entry(record, known) for record in records)
    return [entry for entry in entries if entry is not None]


def _score_pages(output: Sequence[Entry], gold: Sequence[Entry], pages: Iterable[str]) -> dict[str, Scores]:
    overlaps = clusters.overlaps(gold, output, pages)
    table = clusters.contingency(overlaps.values())
    paragraphs = _count(output, _paragraphs), _count(gold, _paragraphs)
    seams = _count(output, _seams), _count(gold, _seams)
    roles = role_pairs(gold, output, overlaps)
    scores = {
        page_id: replace(
            _character_scores(overlap, table),
            paragraphs=_agreement(*(side.get(page_id, Counter()) for side in paragraphs)),
            joins=_agreement(*(side.get(page_id, Counter()) for side in seams)),
            roles=roles[page_id],
        )
        for page_id, overlap in overlaps.items()
    }
    for pair in _pairs(output, gold, clusters.match(gold, output, table)):
        scores[pair.home] += _pair_scores(pair)
    best = best_records(table)
    for index, entry in enumerate(gold):
        if entry.is_article and entry.article.headline:
            found = output[best[index]].article.headline if index in best else None
            scores[entry.home] += Scores(headlines=Share(int(found == entry.article.headline), 1))
    return scores


def _character_scores(overlap: clusters.Overlap, table: clusters.Contingency) -> Scores:
    return Scores(
        bcubed=clusters.bcubed(overlap.patterns, table),
        characters_lost=sum(end - start for _, start, end in overlap.lost),
        characters_doubled=overlap.n_doubled,
        lost=overlap.lost[:MOST_LOST_RUNS],
    )


def _agreement(output: Counter[Hashable], gold: Counter[Hashable]) -> Agreement:
    correct = (output & gold).total()
    return Agreement(correct, correct, gold.total(), output.total())


# --- blocks ---


def _count(entries: Iterable[Entry], items: Callable[[Block], Iterable[Hashable]]) -> dict[str, Counter[Hashable]]:
    """Page id -> how often each item stands in the page's blocks, furniture apart."""
    counts: dict[str, Counter[Hashable]] = {}
    for entry in entries:
        for page_id, block in entry.blocks if entry.is_cluster else ():
            counts.setdefault(page_id, Counter()).update(items(block))
    return counts


def _paragraphs(block: Block) -> Iterator[Hashable]:
    if block.role in PARAGRAPH_ROLES:
        yield block.text


def _seams(block: Block) -> Iterator[Hashable]:
    # Wraps make spans too, and a reader of records cannot tell them from breaks: the flag is all there is.
    if "joined" in block.flags:
        for left, right in pairwise(block.spans):
            yield left.end, right.start


# --- pairs of articles ---


def _pairs(output: Sequence[Entry], gold: Sequence[Entry], found: Mapping[int, int]) -> Iterator[Pair]:
    """Every article of the gold with its output article or None, then the output's articles that are left."""
    for index, entry in enumerate(gold):
        if entry.is_article:
            yield Pair(entry, output[found[index]] if index in found else None)
    taken = frozenset(found.values())
    for index, entry in enumerate(output):
        if entry.is_article and index not in taken:
            yield Pair(None, entry)


def _pair_scores(pair: Pair) -> Scores:
    gold, output = pair.gold, pair.output
    findings, its_findings = _findings(gold), _findings(output)
    return Scores(
        articles_gold=int(gold is not None),
        articles_output=int(output is not None),
        articles_found=int(gold is not None and output is not None),
        articles_exact=int(gold is not None and output is not None and _is_exact(gold, output)),
        by_field={name: _field_share(_values(gold, name), _values(output, name), name) for name in FIELDS},
        flags=Agreement() if gold is None or output is None else _flag_agreement(output, gold),
        findings=Share(len(findings & its_findings), len(findings)),
        findings_more=len(its_findings - findings),
    )


def _is_exact(gold: Entry, output: Entry) -> bool:
    blocks, its_blocks = (
        [(page_id, block.role, block.text, block.spans) for page_id, block in entry.blocks] for entry in (gold, output)
    )
    return blocks == its_blocks and all(getattr(gold.article, name) == getattr(output.article, name) for name in FIELDS)


def _values(entry: Entry | None, name: str) -> frozenset[str]:
    """What an article has in a field: one value or none, of a byline every name."""
    if entry is None:
        return frozenset()
    if name == "byline":
        return frozenset(person.name for person in entry.article.byline)
    value: str | None = getattr(entry.article, name)
    return frozenset([value] if value else [])


def _field_share(gold: frozenset[str], output: frozenset[str], name: str) -> Share:
    # Two headlines that differ are one wrong value; two names that differ are one missed and one invented.
    counted = len(gold | output) if name == "byline" else int(bool(gold or output))
    return Share(len(gold & output), counted)


def _findings(entry: Entry | None) -> frozenset[str]:
    return frozenset() if entry is None else frozenset(entry.article.flags).intersection(FINDINGS)


def _flag_agreement(output: Entry, gold: Entry) -> Agreement:
    """Agreement on flags of structure: those of the articles, and those of blocks that both sides cut alike."""
    shared = _places(output) & _places(gold)
    return _agreement(_structural_flags(output, shared), _structural_flags(gold, shared))


def _places(entry: Entry) -> frozenset[Place]:
    return frozenset((page_id, block.spans) for page_id, block in entry.blocks)


def _structural_flags(entry: Entry, shared: frozenset[Place]) -> Counter[Hashable]:
    flags: set[Hashable] = {flag for flag in entry.article.flags if flag not in FINDINGS}
    for page_id, block in entry.blocks:
        if (page_id, block.spans) in shared:
            flags.update((page_id, block.spans, flag) for flag in STRUCTURAL_BLOCK_FLAGS.intersection(block.flags))
    return Counter(flags)
