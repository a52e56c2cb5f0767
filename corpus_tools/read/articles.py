"""Article records from JSONL files or standard input, in the order they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus_tools import records
from corpus_tools.errors import CorpusError, InputError, RecordError
from corpus_tools.model import Article
from corpus_tools.options import ReadOptions
from corpus_tools.read.inputs import Item, OnReject, iter_items, list_inputs, placed

ARTICLE_GLOB = "*.jsonl"


def load_article(item: Item) -> Article:
    """The article of a record line.

    Raises: RecordError.
    """
    if item.error is not None:
        raise item.error
    if item.data is None or item.line_number is None:
        what = "a raw page where article records are needed"
        raise RecordError(what, path=item.name, hint="make them with corpus-tools clean")
    try:
        record = records.load(item.data, path=item.name, line_number=item.line_number)
        return records.article_from(record, path=item.name, line_number=item.line_number)
    except RecordError as error:
        raise placed(error, item) from None


def read_articles(
    *paths: Path | str, options: ReadOptions | None = None, on_reject: OnReject | None = None
) -> Iterator[Article]:
    """The article records of files, of directories (their `*.jsonl`), or of standard input.

    Without `on_reject` the first line that is no article record raises; with it, the error is handed over.
    """
    options = article_options(options)

    def raise_it(error: CorpusError) -> None:
        raise error

    reject = on_reject or raise_it
    for item in iter_items(list_inputs(paths, options, reject), options):
        try:
            article = load_article(item)
        except InputError as error:
            reject(error)
            continue
        yield article


def article_options(options: ReadOptions | None) -> ReadOptions:
    """The reading options for article records: every file holds records, a directory gives its `*.jsonl`."""
    options = options or ReadOptions()
    return replace(options, input_format="articles", glob=options.glob or ARTICLE_GLOB)
