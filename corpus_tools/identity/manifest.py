"""A manifest: a table (CSV, TSV, JSONL) that says of pages, by path or id, which printed pages they are.

A file enters, a `Manifest` leaves. Its encoding and its delimiter are found, its columns go by their names in the first
line; what it says double or does not say is told, and a manifest that contradicts itself is refused.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from corpus_tools import records
from corpus_tools.errors import InputError, RecordError, UsageError
from corpus_tools.identity.values import as_date, as_page_number
from corpus_tools.model import PageMeta
from corpus_tools.read.compressed import SUFFIXES, decompression_errors, open_bytes, unreadable
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.signatures import mark_of

COLUMNS = {name: name for name in ("path", "id", "newspaper", "date", "edition", "page_number", "section")} | {
    "file": "path",
    "filename": "path",
    "page_id": "id",
    "page": "page_number",
    "路径": "path",
    "文件": "path",
    "文件名": "path",
    "报纸": "newspaper",
    "报名": "newspaper",
    "日期": "date",
    "版次": "page_number",
    "版号": "page_number",
    "版名": "section",
    "路徑": "path",
    "檔案": "path",
    "檔名": "path",
    "報紙": "newspaper",
    "報名": "newspaper",
    "版號": "page_number",
}
"""Names of columns, in any case, and what they are."""

_KEYS = ("path", "id")
_DELIMITERS = ",\t;"
_COLUMNS_HINT = f"the first line names the columns: {', '.join(_KEYS)} and of newspaper, date, edition, page_number, section those there are"


@dataclass(frozen=True, slots=True)
class Row:
    """What one line says, and its number, counted from 1."""

    meta: PageMeta
    line_number: int
    key: str


@dataclass(frozen=True)
class Manifest:
    """Rows by path and by id. `remarks` are what its user should know: columns that are not used, rows that are double."""

    path: str
    by_path: Mapping[str, Row]
    by_id: Mapping[str, Row]
    remarks: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> dict[int, Row]:
        """The rows by line number."""
        return {row.line_number: row for row in (*self.by_path.values(), *self.by_id.values())}

    def row_of(self, page_id: str, paths: Iterable[str] = ()) -> Row | None:
        """The row of a page by the paths it is known by, then by its id; a path may lack its suffixes in the manifest."""
        for path in paths:
            for name in _names_of(path):
                if name in self.by_path:
                    return self.by_path[name]
        for table in (self.by_id, self.by_path):
            row = table.get(_normal(page_id))
            if row is not None:
                return row
        return None


def _normal(path: str) -> str:
    """A key as it is compared: NFC, slashes, without a leading ./"""
    path = unicodedata.normalize("NFC", path.strip().replace("\\", "/"))
    while path.startswith("./"):
        path = path[2:]
    return path


def _names_of(path: str) -> Iterator[str]:
    path = _normal(path)
    yield path
    for suffix in SUFFIXES:
        if path.lower().endswith(suffix):
            yield path[: -len(suffix)]


def read_manifest(path: Path | str) -> Manifest:
    """The manifest in a file; read once, however many pages ask, unless the file has changed.

    Raises: UsageError when it cannot be read, has no column that names pages, says two things of one page, or a date or
    a page number that is none; with the line.
    """
    path = str(path)
    try:
        found = Path(path).stat()
    except OSError as error:
        raise _wrong(path, None, error.strerror or str(error)) from None
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(4)
def _read(path: str, changed: int, size: int) -> Manifest:
    data = _bytes_of(path)
    name = path.lower()
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    looks_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    if name.endswith((".jsonl", ".ndjson")) or looks_json:
        return _gathered(path, _json_rows(path, data))
    return _gathered(path, _table_rows(path, data))


def _bytes_of(path: str) -> bytes:
    try:
        with open_bytes(Path(path)) as stream:
            data = stream.read()
    except InputError as error:
        raise _wrong(path, None, error.what) from None
    except decompression_errors() as error:
        raise _wrong(path, None, unreadable(path, error).what) from None
    if not data.strip():
        raise _wrong(path, None, "it is empty", _COLUMNS_HINT)
    return data


def _wrong(path: str, line_number: int | None, what: str, hint: str = "") -> UsageError:
    place = path if line_number is None else f"{path}: line {line_number}"
    return UsageError(f"--manifest {place}: {what}", hint=hint)


Cells = Mapping[str, str]
Line = tuple[int, Cells]


def _text_of(path: str, data: bytes) -> str:
    """The text of a table: UTF-8 where it is that, else what is detected (Excel writes GBK and UTF-16)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = detect_encoding(data)
    if found.encoding is None or found.segments or found.n_undecodable:
        raise _wrong(path, None, f"its encoding is not clear: {found.reason or found.evidence}", "save it as UTF-8")
    mark = mark_of(found.encoding) if found.byte_order_mark else b""
    return data[len(mark) :].decode(found.encoding)


def _table_rows(path: str, data: bytes) -> Iterator[Line]:
    text = _text_of(path, data)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                if len(set(header)) < len(header):
                    double = next(name for name in header if header.count(name) > 1)
                    raise _wrong(path, reader.line_num, f"two columns are named {double!r}")
                continue
            if len(cells) > len(header):
                raise _wrong(
                    path, reader.line_num, f"{len(cells)} cells below {len(header)} columns", "quote the commas"
                )
            yield reader.line_num, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise _wrong(path, reader.line_num, f"no CSV: {error}") from None


def _json_rows(path: str, data: bytes) -> Iterator[Line]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            record = records.load(line, path=path, line_number=number)
        except RecordError as error:
            raise _wrong(path, number, error.what) from None
        cells = dict(record)
        nested = cells.pop("meta", None)
        if isinstance(nested, dict):
            cells |= nested
        for key, value in cells.items():
            if _column(key) and value is not None and type(value) not in (str, int):
                raise _wrong(path, number, f"{key} is neither text nor a number")
        yield number, {key: "" if value is None else str(value) for key, value in cells.items()}


def _column(name: str) -> str | None:
    return COLUMNS.get(name.strip().lower())


class _Tables:
    """Rows gathered so far, and what is double among them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.tables: dict[str, dict[str, Row]] = {key: {} for key in _KEYS}
        self.doubles: list[Row] = []
        self.columns: dict[str, None] = {}  # an ordered set

    def add(self, number: int, cells: Cells) -> None:
        """Take one line. Raises: UsageError."""
        self.columns |= dict.fromkeys(cells)
        values = self._values(number, cells)
        keys = {kind: _normal(values.pop(kind)) for kind in _KEYS if kind in values}
        if not keys:
            raise _wrong(self.path, number, "it names no page: no path and no id", _COLUMNS_HINT)
        meta = PageMeta(**values)
        for kind, key in keys.items():
            first = self.tables[kind].setdefault(key, Row(meta, number, key))
            if first.meta != meta:
                raise _wrong(self.path, number, f"{key} is there already, and otherwise: line {first.line_number}")
            if first.line_number != number:
                self.doubles.append(Row(meta, number, key))

    def _values(self, number: int, cells: Cells) -> dict[str, str]:
        values: dict[str, str] = {}
        for name, cell in cells.items():
            column, text = _column(name), unicodedata.normalize("NFC", cell.strip())
            if column is None or not text:
                continue
            if column in values:
                raise _wrong(self.path, number, f"two columns say the {column}")
            values[column] = text
        if "date" in values:
            found = as_date(values["date"], partial=True)
            if found is None:
                raise _wrong(self.path, number, f"no date: {values['date']!r}", "write it as 2023-11-08")
            values["date"] = found
        if "page_number" in values:
            values["page_number"] = as_page_number(values["page_number"]) or values["page_number"]
        return values


def _gathered(path: str, lines: Iterable[Line]) -> Manifest:
    tables = _Tables(path)
    for number, cells in lines:
        tables.add(number, cells)
    if not any(tables.tables.values()):
        raise _wrong(path, None, "it has no rows", _COLUMNS_HINT)
    remarks = []
    unused = [name for name in tables.columns if _column(name) is None]
    if unused:
        remarks.append(f"{path}: columns that are not used: {', '.join(unused)}")
    if tables.doubles:
        first = tables.doubles[0]
        how_many = "1 row is" if len(tables.doubles) == 1 else f"{len(tables.doubles)} rows are"
        remarks.append(f"{path}: {how_many} there twice, first {first.key} in line {first.line_number}")
    return Manifest(path, tables.tables["path"], tables.tables["id"], tuple(remarks))


def unnamed_rows(manifest: Manifest, found: Iterable[Row | None]) -> Sequence[Row]:
    """The rows that no page was found for, in the order of the file."""
    used = {row.line_number for row in found if row is not None}
    return [row for number, row in sorted(manifest.rows.items()) if number not in used]
