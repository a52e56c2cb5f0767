"""Files that tests begin from: folders of pages, and the records that `clean` makes of them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

import zstandard
from command_line import ok, run

from corpus_tools.records import Json, dump, load

OLD = b"what stood here before\n"
"""What a file holds that an output is to replace, or not."""


@dataclass(frozen=True)
class Cleaned:
    """A folder of pages, and what `clean` made of it: article records and the ledger. Not to be changed."""

    pages: Path
    articles: Path
    ledger: Path

    @property
    def article_records(self) -> list[Json]:
        """The article records, as new objects that a test may change."""
        return read_jsonl(self.articles)

    @property
    def page_records(self) -> list[Json]:
        """The page records of the ledger, as new objects that a test may change."""
        return read_jsonl(self.ledger)


def clean_folder(pages: Path, into: Path) -> Cleaned:
    """What `clean` makes of a folder."""
    cleaned = Cleaned(pages, into / "articles.jsonl", into / "ledger.jsonl")
    ok(run("clean", pages, "-o", cleaned.articles, "--ledger", cleaned.ledger, "--jobs", "1"))
    return cleaned


def records_in(data: bytes) -> list[Json]:
    """The objects of JSONL bytes."""
    return [load(line) for line in data.split(b"\n")[:-1]]


def read_jsonl(path: Path) -> list[Json]:
    """The objects of a JSONL file."""
    return records_in(path.read_bytes())


def write_jsonl(path: Path, records: list[Json]) -> Path:
    """The path, with the objects written there."""
    path.write_bytes(b"".join(map(dump, records)))
    return path


def write_files(folder: Path, files: dict[str, bytes]) -> Path:
    """The folder, with the files in it; folders in their names are made."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def gzipped(data: bytes) -> bytes:
    """The bytes as gzip data."""
    return gzip.compress(data, mtime=0)


def zstandard_frames(data: bytes, n_frames: int = 2) -> bytes:
    """The bytes as several zstandard frames one after the other, each with a checksum."""
    compressor = zstandard.ZstdCompressor(write_checksum=True)
    size = len(data) // n_frames + 1
    return b"".join(compressor.compress(data[at : at + size]) for at in range(0, len(data), size))
