"""Article records in the formats of other ecosystems."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from corpus_tools import clean_page
from corpus_tools.formats import datatrove_record, dolma_record, formatted_lines
from corpus_tools.model import PageMeta
from corpus_tools.records import article_line, article_record, load

SEED = Path(__file__).parents[2] / "seeds/004_ffc907128c1d5369.txt"
META = PageMeta(newspaper="太原日报", date="2022-09-20")


def test_dolma_has_its_keys_and_loses_nothing() -> None:
    for article in clean_page(SEED, meta=META):
        record = dolma_record(article)
        assert list(record) == ["id", "text", "source", "created", "metadata"]
        assert (record["source"], record["created"]) == ("太原日报", "2022-09-20")
        assert {**record["metadata"], "id": record["id"], "text": record["text"]} == article_record(article)


def test_dolma_without_a_newspaper_names_the_tool() -> None:
    assert dolma_record(clean_page(SEED)[0])["source"] == "corpus-tools"


def test_datatrove_has_its_keys_and_loses_nothing() -> None:
    for article in clean_page(SEED):
        record = datatrove_record(article)
        assert list(record) == ["text", "id", "metadata"]
        assert {**record["metadata"], "id": record["id"], "text": record["text"]} == article_record(article)


def test_lines_are_those_of_the_records() -> None:
    articles = clean_page(SEED)
    lines = [article_line(article) for article in articles]
    assert list(formatted_lines(lines, "jsonl")) == lines
    assert [load(line) for line in formatted_lines(lines, "dolma")] == [dolma_record(article) for article in articles]


def test_parquet_reads_back_as_the_records() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra: pip install corpus-tools[parquet]")
    articles = clean_page(SEED)
    data = b"".join(formatted_lines((article_line(article) for article in articles), "parquet"))
    assert parquet.read_table(io.BytesIO(data)).to_pylist() == [article_record(article) for article in articles]


def test_parquet_of_nothing_still_has_its_columns() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra: pip install corpus-tools[parquet]")
    table = parquet.read_table(io.BytesIO(b"".join(formatted_lines([], "parquet"))))
    assert table.num_rows == 0
    assert table.column_names == list(article_record(clean_page(SEED)[0]))
