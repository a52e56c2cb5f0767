"""Articles in, the same articles out with their clusters: what `dedupe --across` does over files, over a stream.

Article records enter, the same records leave in the same order with `cluster`, and the flag `repeated` on paragraphs that
stand in another record too. Nothing is dropped unless asked for, and then it is handed over. It refuses nothing that is a record.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from corpus_tools.across.corpus import AcrossOptions, Corpus, Finding
from corpus_tools.across.entries import entry_of, flagged, unflagged
from corpus_tools.errors import RecordError
from corpus_tools.model import Article
from corpus_tools.records import article_from, article_line, load

OnFound = Callable[[Article, Finding], None]


def dedupe_across(articles: Iterable[Article], *, on_found: OnFound | None = None, **choices: Any) -> Iterator[Article]:
    """The articles in their order, each with its `cluster`: the id of the record that is kept of those that say the same.

    `choices` are fields of `AcrossOptions`, such as `jaccard=0.4`. `on_found` is told of every article in which anything was found,
    also of those that `action="drop"` leaves out. All articles are read before the first one leaves; they wait in a file.

    Raises: UsageError where DuckDB is not installed (`pip install corpus-tools[across]`), and for choices that do not exist;
    RecordError for an id that is there twice.
    """
    options = AcrossOptions(**choices)
    with Corpus(options) as corpus, tempfile.TemporaryFile() as waiting:
        for article in articles:
            corpus.add(entry_of(article))
            waiting.write(article_line(article))
        if doubled := corpus.doubled_ids():
            again, first = next(iter(doubled.items()))
            raise RecordError(
                f"the id of record {again + 1} was already given by record {first + 1}", path="<articles>"
            )
        waiting.seek(0)
        for line, finding in zip(waiting, corpus.findings(), strict=True):
            article = unflagged(article_from(load(line)))
            article = flagged(article, finding.cluster, frozenset(repeat.block for repeat in finding.repeats))
            if on_found is not None and (finding.cluster is not None or finding.repeats):
                on_found(article, finding)
            if not finding.dropped:
                yield article
