"""Article records as other ecosystems read them: Dolma and datatrove documents, Parquet.

Article records enter, their records leave. Nothing is added that the article does not say; what the other format has no
place for goes into its `metadata`, so that the way back to the page is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from corpus_tools.model import Article
from corpus_tools.records import Json, article_from, article_record, dump, load

Format = Literal["jsonl", "dolma", "datatrove", "parquet"]

SOURCE_NAME = "corpus-tools"
"""Dolma's `source` where the newspaper is not known."""

ROWS_A_GROUP = 1000


def formatted_lines(lines: Iterable[bytes], form: Format) -> Iterator[bytes]:
    """Lines of article records as the bytes of another format, in order."""
    if form == "parquet":
        yield from parquet_bytes(map(load, lines))
        return
    for line in lines:
        yield line if form == "jsonl" else dump(RECORDS[form](article_from(load(line))))


def dolma_record(article: Article) -> Json:
    """`{id, text, source, created, metadata}`. `added` is left out: the time of a run would change the bytes.

    Source: the Dolma toolkit's document format.
    """
    record = article_record(article)
    created = article.meta.date
    return {
        "id": record.pop("id"),
        "text": record.pop("text"),
        "source": article.meta.newspaper or SOURCE_NAME,
        "created": created,
        "metadata": record,
    }


def datatrove_record(article: Article) -> Json:
    """`{text, id, metadata}`. Source: datatrove's JSONL documents."""
    record = article_record(article)
    return {"text": record.pop("text"), "id": record.pop("id"), "metadata": record}


RECORDS: dict[Format, Callable[[Article], Json]] = {"dolma": dolma_record, "datatrove": datatrove_record}


def parquet_bytes(records: Iterable[Json]) -> Iterator[bytes]:
    """A Parquet file of article records, as pieces of bytes in order; one row group for each 1,000 records.

    Needs pyarrow (`pip install corpus-tools[parquet]`). Raises: UsageError where it is not installed.
    """
    import itertools

    from corpus_tools.errors import UsageError

    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow", hint="pip install 'corpus-tools[parquet]'") from None
    schema = _arrow_schema(arrow)
    sink = _Pieces()
    rows = iter(records)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(itertools.islice(rows, ROWS_A_GROUP)):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))
            yield from sink.taken()
    yield from sink.taken()


class _Pieces:
    """A file object that hands out what was written to it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0
        self.closed = False

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._length += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> list[bytes]:
        """What was written since the last call."""
        pieces, self._pieces = self._pieces, []
        return pieces


def _arrow_schema(arrow: Any) -> Any:
    """The types of the article record: the same for every file, also where a column is all null."""
    string, strings = arrow.string(), arrow.list_(arrow.string())
    block = arrow.struct(
        [
            ("role", string),
            ("text", string),
            ("spans", arrow.list_(arrow.list_(arrow.int64()))),
            ("flags", strings),
        ]
    )
    people = arrow.list_(arrow.struct([("name", string), ("role", string)]))
    parts = arrow.list_(arrow.struct([("page_id", string), ("blocks", arrow.list_(block))]))
    meta = arrow.struct([(key, string) for key in ("newspaper", "date", "edition", "page_number", "section")])
    source = arrow.struct([("path", string), ("sha256", string), ("encoding", string)])
    special = {
        "byline": people,
        "parts": parts,
        "blocks": arrow.list_(block),
        "flags": strings,
        "meta": meta,
        "source": source,
    }
    keys = article_record(Article("", "article", "", "")).keys()
    return arrow.schema([(key, special.get(key, string)) for key in keys])
