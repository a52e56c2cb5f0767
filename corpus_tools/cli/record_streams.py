"""Records of the inputs as pages or as articles, lazily: what verify, revert and evaluate read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus_tools.cli.messages import Tally
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.errors import CorpusError, UsageError
from corpus_tools.model import Article, Page
from corpus_tools.options import ReadOptions

if TYPE_CHECKING:
    from corpus_tools.read.inputs import Item

Loaded = TypeVar("Loaded")


def kept(items: Iterable[Item], load: Callable[[Item], Loaded], tally: Tally) -> Iterator[Loaded]:
    """What `load` makes of the items; what it refuses is tallied, and the rest goes on."""
    for item in items:
        try:
            loaded = load(item)
        except CorpusError as error:
            tally.reject(error)
            continue
        yield loaded


class RecordStreams:
    """Records of the inputs, read lazily as pages or as articles, counted as they pass."""

    def __init__(
        self, paths: Sequence[Path], read: ReadOptions, tally: Tally, *, outputs: Sequence[Path | None] = ()
    ) -> None:
        from corpus_tools.read.inputs import list_inputs

        self._read = read
        self._tally = tally
        self._inputs = list_inputs(paths, read, tally.reject)
        self._outputs = outputs
        refuse_overwriting(self._inputs, outputs)
        self.n_pages = 0
        self.n_articles = 0

    def paths(self) -> list[Path]:
        """The files that are read."""
        return [source.path for source in self._inputs if source.path is not None]

    def _items(self) -> Iterator[Item]:
        from corpus_tools.read.inputs import iter_items

        return iter_items(self._inputs, self._read)

    def pages(self, items: Iterable[Item] | None = None) -> Iterator[Page]:
        """The page records."""
        from corpus_tools.read.inputs import load_page_record

        for page in kept(items or self._items(), lambda item: load_page_record(item, self._read), self._tally):
            self.n_pages += 1
            yield page

    def articles(self, items: Iterable[Item] | None = None) -> Iterator[Article]:
        """The article records."""
        from corpus_tools.read.articles import load_article

        for article in kept(items or self._items(), load_article, self._tally):
            self.n_articles += 1
            yield article

    def pages_and_articles(self, ledger: Path | None) -> tuple[Iterator[Page], Iterator[Article] | None]:
        """The pages of the ledger and the articles of the inputs; without a ledger the inputs are the pages.

        Raises: UsageError for article records without a ledger.
        """
        if ledger is not None:
            if str(ledger) == "-" and any(source.path is None for source in self._inputs):
                raise UsageError("standard input cannot be the article records and the ledger", hint="name one of them")
            beside = RecordStreams([ledger], self._read, self._tally, outputs=self._outputs)
            return self._counting(beside), self.articles()
        items = self._items()
        first = next(items, None)
        if first is not None and b'"corpus-tools/article@' in (first.data or b"")[:200]:
            raise UsageError(
                "article records alone prove nothing",
                hint="give the page records they were made from: --ledger FILE, as clean --ledger wrote it",
            )
        return self.pages(itertools.chain([] if first is None else [first], items)), None

    def _counting(self, beside: RecordStreams) -> Iterator[Page]:
        for page in beside.pages():
            self.n_pages += 1
            yield page
