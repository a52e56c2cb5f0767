"""What `dedupe --across` writes: a record with its cluster, and what was found of it, as lines of JSONL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.across.corpus import Finding
from corpus_tools.across.entries import Entry, blocks_of, flagged
from corpus_tools.records import article_line, dump, load

_WRITTEN = re.compile(rb',"cluster":(?:null|-?\d+|"(?:[^"\\]|\\.)*")\}\s*$')


def record_line(line: bytes, entry: Entry, finding: Finding) -> bytes:
    """The record as it is written. A foreign one stays to the byte as it is, with its cluster for the last key."""
    if entry.article is not None:
        blocks = frozenset(repeat.block for repeat in finding.repeats)
        return article_line(flagged(entry.article, finding.cluster, blocks))
    line = line.strip()
    cluster = b'"cluster":' + dump({"": finding.cluster})[4:-2]
    if _WRITTEN.search(line):
        return _WRITTEN.sub(b"", line) + b"," + cluster + b"}\n"
    if b'"cluster"' in line and "cluster" in load(line):
        return dump({**load(line), "cluster": finding.cluster})
    return line[:-1].rstrip() + b"," + cluster + b"}\n"


def report_lines(entry: Entry, finding: Finding) -> Iterator[bytes]:
    """A line for a record that is in a cluster, and one for each repeated paragraph, with its place and that of the first copy."""
    if finding.cluster is not None:
        yield dump(
            {
                "kind": "article",
                "id": entry.id,
                "cluster": finding.cluster,
                "relation": finding.relation,
                "jaccard": finding.jaccard,
                "containment": finding.containment,
                "dropped": finding.dropped,
            }
        )
    blocks = () if entry.article is None else blocks_of(entry.article)
    for repeat in finding.repeats:
        spans = [[span.start, span.end] for span in blocks[repeat.block].spans] if blocks else None
        yield dump(
            {
                "kind": "paragraph",
                "id": entry.id,
                "block": repeat.block,
                "spans": spans,
                "of": {"id": repeat.of_id, "block": repeat.of_block},
                "relation": repeat.relation,
                "jaccard": repeat.jaccard,
                "containment": repeat.containment,
            }
        )
