"""Articles as clusters of characters: what each holds, what is lost or doubled, B-cubed, which articles are the same.

A character is an offset of a decoded page. A page has some thousands, so they are looked at one page at a time and only
the counts of patterns (which gold cluster, which output cluster) are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from corpus_tools.evaluation.scores import Agreement, LostRun
from corpus_tools.model import Article, Block, Part

Pattern = tuple[tuple[int, ...], tuple[int, ...]]
"""The gold clusters and the output clusters that hold a character, by index; nearly always one and one."""

IndexedBlocks = list[tuple[int, Block]]
"""Blocks, each with the index of its entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it is scored: `home`, the page that it counts at, and `(page_id, block)` on pages the gold knows."""

    article: Article
    home: str
    blocks: tuple[tuple[str, Block], ...]

    @property
    def is_cluster(self) -> bool:
        return self.article.kind != "furniture"

    @property
    def is_article(self) -> bool:
        return self.article.kind == "article"


@dataclass(frozen=True, slots=True)
class Overlap:
    """The characters of one page: how many have each pattern, the lost (white space apart) and the doubled."""

    patterns: Counter[Pattern]
    lost: tuple[LostRun, ...]
    n_doubled: int


@dataclass(frozen=True, slots=True)
class Contingency:
    """Characters in each gold cluster, in each output cluster, and in both of a pair."""

    gold: Counter[int]
    output: Counter[int]
    both: Counter[tuple[int, int]]


def page_ids(record: Article) -> list[str]:
    """The pages of a record; of a merged one those of its parts."""
    return [part.page_id for part in _parts(record)]


def _parts(record: Article) -> tuple[Part, ...]:
    return (Part(record.page_id, record.blocks),) if record.parts is None else record.parts


def entry(record: Article, known: Collection[str]) -> Entry | None:
    """The record as it is scored, None where it has no page among those `known`."""
    parts = [part for part in _parts(record) if part.page_id in known]
    if not parts:
        return None
    return Entry(record, parts[0].page_id, tuple((part.page_id, block) for part in parts for block in part.blocks))


def overlaps(gold: Sequence[Entry], output: Sequence[Entry], pages: Iterable[str]) -> dict[str, Overlap]:
    """The overlap on each page."""
    gold_blocks = _blocks_by_page([(index, entry) for index, entry in enumerate(gold) if entry.is_cluster])
    output_blocks = _blocks_by_page(list(enumerate(output)))
    furniture = frozenset(index for index, entry in enumerate(output) if not entry.is_cluster)
    return {page_id: _overlap(page_id, gold_blocks[page_id], output_blocks[page_id], furniture) for page_id in pages}


def _blocks_by_page(entries: Iterable[tuple[int, Entry]]) -> defaultdict[str, IndexedBlocks]:
    blocks: defaultdict[str, IndexedBlocks] = defaultdict(list)
    for index, entry in entries:
        for page_id, block in entry.blocks:
            blocks[page_id].append((index, block))
    return blocks


def _overlap(page_id: str, gold: IndexedBlocks, output: IndexedBlocks, furniture: frozenset[int]) -> Overlap:
    in_gold, in_output = _holders(gold), _holders(output)
    patterns: Counter[Pattern] = Counter()
    for offset in in_gold.keys() | in_output.keys():
        outputs = set(in_output.get(offset, ())) - furniture
        patterns[tuple(sorted(set(in_gold.get(offset, ())))), tuple(sorted(outputs))] += 1
    lost = in_gold.keys() - in_output.keys() - _spaces(gold)
    n_doubled = sum(len(holders) > 1 for holders in in_output.values())
    return Overlap(patterns, tuple((page_id, start, end) for start, end in _runs(lost)), n_doubled)


def _offsets(block: Block) -> list[int]:
    return [offset for span in block.spans for offset in range(span.start, span.end)]


def _holders(blocks: IndexedBlocks) -> dict[int, list[int]]:
    """Offset -> the entries of the blocks that hold it, one for each time."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, block in blocks:
        for offset in _offsets(block):
            holders[offset].append(index)
    return holders


def _spaces(blocks: IndexedBlocks) -> set[int]:
    """Offsets of white space. Where edits changed a block's length, its text does not tell where its spaces stood."""
    spaces: set[int] = set()
    for _, block in blocks:
        offsets = _offsets(block)
        if len(offsets) == len(block.text):
            spaces.update(offset for offset, character in zip(offsets, block.text, strict=True) if character.isspace())
    return spaces


def _runs(offsets: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for offset in sorted(offsets):
        if runs and runs[-1][1] == offset:
            runs[-1] = (runs[-1][0], offset + 1)
        else:
            runs.append((offset, offset + 1))
    return runs


def contingency(parts: Iterable[Overlap]) -> Contingency:
    """The table of all pages, so that an article over several pages is one cluster."""
    table = Contingency(Counter(), Counter(), Counter())
    for part in parts:
        for (golds, outputs), n in part.patterns.items():
            for gold in golds:
                table.gold[gold] += n
            for output in outputs:
                table.output[output] += n
            for gold in golds:
                for output in outputs:
                    table.both[gold, output] += n
    return table


def bcubed(patterns: Mapping[Pattern, int], table: Contingency) -> Agreement:
    """B-cubed over the characters of `patterns`, with the sizes of clusters from `table`.

    An item is a character in one cluster of its own side; it scores the mean over the clusters of the other side.
    """
    recalled = precise = 0.0
    n_gold = n_output = 0
    for (golds, outputs), n in patterns.items():
        n_gold += n * len(golds)
        n_output += n * len(outputs)
        if golds and outputs:
            recalled += sum(n * fmean(table.both[g, o] / table.gold[g] for o in outputs) for g in golds)
            precise += sum(n * fmean(table.both[g, o] / table.output[o] for g in golds) for o in outputs)
    return Agreement(recalled, precise, n_gold, n_output)


def match(gold: Sequence[Entry], output: Sequence[Entry], table: Contingency) -> dict[int, int]:
    """Gold index -> output index of articles that are the same: Jaccard > 1/2, best first, then in the order given."""
    candidates = []
    for (g, o), n in table.both.items():
        union = table.gold[g] + table.output[o] - n
        if 2 * n > union and gold[g].is_article and output[o].is_article:
            candidates.append((-n / union, g, o))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, o in sorted(candidates):
        if g not in found and o not in taken:
            found[g] = o
            taken.add(o)
    return found
