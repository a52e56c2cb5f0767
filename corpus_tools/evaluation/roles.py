"""Which role the output gives to each block of the gold, and which of its records each article of the gold is found in.

Entries of both sides enter, counts leave. A block or an article belongs to what holds most of its characters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus_tools.evaluation.clusters import Contingency, Entry
from corpus_tools.evaluation.scores import RolePair
from corpus_tools.model import Block


def best_records(table: Contingency) -> dict[int, int]:
    """Gold index -> index of the output record that holds most of its characters; of equals the one with least beside."""
    best: dict[int, tuple[int, int, int]] = {}
    for (gold, output), n in table.both.items():
        rank = (-n, table.output[output], output)
        best[gold] = min(best.get(gold, rank), rank)
    return {gold: output for gold, (_, _, output) in best.items()}


def role_pairs(gold: Sequence[Entry], output: Sequence[Entry], pages: Iterable[str]) -> dict[str, Counter[RolePair]]:
    """How often each pair of roles is met on each page; of two output blocks with as many characters the shorter counts."""
    golds = _by_page(entry for entry in gold if entry.is_cluster)
    outputs = _by_page(output)
    return {page_id: _pairs_of_page(golds[page_id], outputs[page_id]) for page_id in pages}


def _by_page(entries: Iterable[Entry]) -> Mapping[str, list[Block]]:
    blocks: defaultdict[str, list[Block]] = defaultdict(list)
    for entry in entries:
        for page_id, block in entry.blocks:
            blocks[page_id].append(block)
    return blocks


def _pairs_of_page(gold: Sequence[Block], output: Sequence[Block]) -> Counter[RolePair]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, block in enumerate(output):
        for offset in _offsets(block):
            holders[offset].append(index)
    pairs: Counter[RolePair] = Counter()
    for block in gold:
        held = Counter(index for offset in _offsets(block) for index in holders.get(offset, ()))
        ranked = [(-n, len(output[index].text), output[index].role) for index, n in held.items()]
        pairs[block.role, min(ranked)[2] if ranked else None] += 1
    return pairs


def _offsets(block: Block) -> Iterator[int]:
    return (offset for span in block.spans for offset in range(span.start, span.end))
