"""Paths and standard input -> items in a fixed order; an item -> a page. Nothing is decided about text here.

Arguments keep their order, a directory the order of its paths by code point. What cannot be read is handed to
`on_reject` and the rest goes on.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus_tools import records
from corpus_tools.errors import CorpusError, InputError, RecordError, UsageError
from corpus_tools.identity.given import given_identity
from corpus_tools.model import Page
from corpus_tools.options import ReadOptions
from corpus_tools.read.compressed import SUFFIXES, decompression_errors, open_bytes, unreadable
from corpus_tools.read.pages import check_size, read_page

OnReject = Callable[[CorpusError], None]

DEFAULT_GLOBS = ("*.txt", "*.txt.gz", "*.txt.zst")
RECORD_SUFFIXES = (".jsonl", ".ndjson")

RECORD_LINE_FACTOR = 8
"""A page record holds the text twice, escapes, and the history: its line may be this many times the page's limit."""

_LOOKS_LIKE_RECORD = re.compile(rb'\s*\{\s*"(?:schema|id|text|page_id)"\s*:')
_SNIFFED = 1 << 16
_FILE_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")  # a suffix begins with a letter: 2024.01.05 has none


@dataclass(frozen=True, slots=True)
class Item:
    """One page or record still to be read: a raw file by its path, or bytes that came by a stream.

    `name` is the path as messages and `Source.path` show it; `page_id` is None for a record, which has its own;
    `line_number` is None for a raw page. `streamed` bytes exist nowhere else: a reject keeps them.
    """

    name: str
    page_id: str | None = None
    file: Path | None = None
    data: bytes | None = None
    line_number: int | None = None
    streamed: bool = False
    error: InputError | None = None  # why it cannot be read: known already, told in its turn


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of the inputs, or standard input (`path` None, `stream` set)."""

    path: Path | None
    name: str
    holds_records: bool
    stream: BinaryIO | None = None
    from_folder: bool = False


def page_id_of(name: str) -> str:
    """The page id of a relative path: the path without the suffixes.

    >>> page_id_of("1998/0105.txt.gz"), page_id_of("2024.01.05.txt"), page_id_of("2024.01.05")
    ('1998/0105', '2024.01.05', '2024.01.05')
    """
    path = PurePosixPath(name)
    if path.suffix.lower() in SUFFIXES and path.stem:
        path = path.with_suffix("")
    short = _FILE_SUFFIX.sub("", path.name)
    return str(path.with_name(short)) if short else str(path)


def list_inputs(paths: Sequence[Path | str], options: ReadOptions, on_reject: OnReject) -> list[InputFile]:
    """The files that `paths` name, directories walked; no path at all is standard input.

    Raises: UsageError when standard input is named twice, or is a terminal and nothing else was named.
    """
    if not paths:
        if sys.stdin is None or sys.stdin.isatty():
            raise UsageError("no input", hint="name files or a directory, or pipe a page in; --help shows how")
        paths = ["-"]
    if sum(str(path) == "-" for path in paths) > 1:
        raise UsageError("standard input is named twice")
    found: list[InputFile] = []
    for path in paths:
        if str(path) == "-":
            found.append(_standard_input(options))
            continue
        path = Path(path)
        if path.is_dir():
            files = sorted(_walk(path, options.glob, on_reject), key=lambda pair: pair[0])
            if not files:
                wanted = options.glob or ", ".join(DEFAULT_GLOBS)
                on_reject(InputError(f"no file in it is named {wanted}", path=str(path), hint="see --glob"))
            found += [InputFile(file, name, _holds_records(file, options), from_folder=True) for name, file in files]
        else:
            found.append(InputFile(path, _printable(path.name), _holds_records(path, options)))
    return found


def _standard_input(options: ReadOptions) -> InputFile:
    """Standard input, its first bytes looked at: the content says whether it is a raw page or records."""
    if sys.stdin is None:
        raise UsageError("standard input is closed", hint="name files or a directory")
    try:
        head = sys.stdin.buffer.read(_SNIFFED)
    except OSError as error:
        raise UsageError(f"standard input cannot be read: {error.strerror}") from None
    forced = _forced(options)
    stream = io.BufferedReader(_Rejoined(head, sys.stdin.buffer))
    return InputFile(None, "<stdin>", looks_like_records(head) if forced is None else forced, stream)


def _forced(options: ReadOptions) -> bool | None:
    return None if options.input_format == "auto" else options.input_format != "text"


def _holds_records(path: Path, options: ReadOptions) -> bool:
    forced = _forced(options)
    plain = path.with_suffix("") if path.suffix.lower() in SUFFIXES else path
    return plain.suffix.lower() in RECORD_SUFFIXES if forced is None else forced


def _printable(name: str) -> str:
    """A file name as text; bytes that are not UTF-8 (names written under GBK) become `\\xNN`, so that JSON can hold it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _walk(folder: Path, glob: str | None, on_reject: OnReject) -> Iterator[tuple[str, Path]]:
    """`(relative name, path)` of the files below a directory that the glob takes; hidden ones are passed over."""

    def cannot_list(error: OSError) -> None:
        on_reject(unreadable(error.filename or str(folder), error))

    for parent, folders, names in os.walk(folder, onerror=cannot_list):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            relative = path.relative_to(folder).as_posix()
            if not name.startswith(".") and _matches(relative, name, glob):
                yield _printable(relative), path


def _matches(relative: str, name: str, glob: str | None) -> bool:
    if glob is None:
        return any(fnmatchcase(name.lower(), pattern) for pattern in DEFAULT_GLOBS)  # A.TXT of older systems too
    return fnmatchcase(relative if "/" in glob else name, glob)


def gives_records(inputs: Sequence[InputFile]) -> bool:
    """Whether the default output is records: unless the input is one named raw file, or raw standard input.

    A directory gives records whatever number of files is found in it.
    """
    return len(inputs) != 1 or inputs[0].holds_records or inputs[0].from_folder


def iter_items(inputs: Iterable[InputFile], options: ReadOptions) -> Iterator[Item]:
    """Every page or record line of the inputs, in order; raw files are named, not opened.

    What cannot be read is an item with its error: loading it raises, so that rejections keep their place in the order.
    """
    for source in inputs:
        if source.path is None:
            yield from _stdin_items(source, options)
        elif source.holds_records:
            yield from _file_records(source, options)
        else:
            yield Item(source.name, page_id_of(source.name), source.path)


def looks_like_records(head: bytes) -> bool:
    """Whether the first bytes of a stream begin a JSONL of page or article records."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    try:
        record = records.load(line)
    except RecordError:  # longer than what was read, or no JSON: the first key decides
        return _LOOKS_LIKE_RECORD.match(line) is not None
    return "schema" in record or ("id" in record and "text" in record)


class _Rejoined(io.RawIOBase):
    """What was read from a stream already, then the rest of it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _stdin_items(source: InputFile, options: ReadOptions) -> Iterator[Item]:
    assert source.stream is not None
    if source.holds_records:
        yield from _record_items(source.stream, source, options)
        return
    data = source.stream.read(options.max_page_bytes + 1)
    if data:
        yield Item(source.name, options.stdin_id, data=data, streamed=True)


def _file_records(source: InputFile, options: ReadOptions) -> Iterator[Item]:
    assert source.path is not None
    try:
        with open_bytes(source.path) as stream:
            yield from _record_items(stream, source, options)
    except InputError as error:
        yield Item(source.name, error=error)
    except decompression_errors() as error:
        yield Item(source.name, error=unreadable(_printable(str(source.path)), error))


def _record_items(stream: BinaryIO, source: InputFile, options: ReadOptions) -> Iterator[Item]:
    name = source.name if source.path is None else _printable(str(source.path))
    limit = options.max_page_bytes * RECORD_LINE_FACTOR
    line_number = 0
    while line := stream.readline(limit + 1):
        line_number += 1
        if len(line) > limit:
            what = f"a line of more than {limit:,} bytes"
            error = RecordError(what, path=name, line_number=line_number, hint="raise --max-page-bytes")
            yield Item(source.name, error=error)
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            continue
        if line_number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield Item(source.name, None, source.path, line, line_number, streamed=source.path is None)


def load_page(item: Item, options: ReadOptions) -> Page:
    """The page of an item.

    Raises: InputError and its children; their `data` holds the bytes only where they came by a stream.
    """
    if item.error is not None:
        raise item.error
    try:
        if item.line_number is not None and item.data is not None:
            return _record_page(item.data, item, options)
        page_id = item.page_id or item.name
        return read_page(raw_bytes(item, options), page_id, item.name, options, file=item.file)
    except InputError as error:
        raise placed(error, item) from None


def load_page_record(item: Item, options: ReadOptions) -> Page:
    """The page of a record that corpus-tools wrote: what proofs and reverting need.

    Raises: RecordError, also for foreign records, which prove nothing.
    """
    if item.error is None and item.data is not None and b'"corpus-tools/page@' not in item.data[:1000]:
        what = "no page record of corpus-tools"
        error = RecordError(
            what, path=item.name, line_number=item.line_number, hint="--to pages and --ledger write them"
        )
        raise placed(error, item)
    return load_page(item, options)


def placed(error: InputError, item: Item) -> InputError:
    """The error with the path as the user gave it, not relative to a directory, and with bytes only of a stream."""
    error.data = item.data if item.streamed else None
    if item.file is not None and error.where.startswith(item.name):
        error.path = _printable(str(item.file))
        error.where = error.path + error.where[len(item.name) :]
    return error


def raw_bytes(item: Item, options: ReadOptions) -> bytes:
    """The uncompressed bytes of a raw page. Raises: InputError when they cannot be read or are too many."""
    if item.error is not None:
        raise item.error
    if item.data is not None:
        check_size(len(item.data), item.name, options)
        return item.data
    assert item.file is not None
    try:
        with open_bytes(item.file) as stream:
            data = stream.read(options.max_page_bytes + 1)
    except decompression_errors() as error:
        raise unreadable(item.name, error) from None
    check_size(len(data), item.name, options)
    return data


def _record_page(line: bytes, item: Item, options: ReadOptions) -> Page:
    record = records.load(line, path=item.name, line_number=item.line_number)
    page = records.page_from(record, path=item.name, line_number=item.line_number)
    try:
        check_size(len(page.text.encode("utf-8")), item.name, options)
        if not page.text.strip() and not page.history:
            raise InputError("nothing but white space", path=item.name)
    except InputError as error:
        raise RecordError(error.what, path=item.name, line_number=item.line_number, hint=error.hint) from None
    return page if page.articles else given_identity(page, options, foreign=not records.is_own(record))


class SeenIds:
    """Remembers which page ids came from where; the same id twice is an error that names both places."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def check(self, page_id: str, place: str) -> None:
        """Raises: InputError when `page_id` was seen before."""
        first = self._places.setdefault(page_id, place)
        if first is not place:
            hint = "give a common directory, so that ids keep their folders"
            raise InputError(f"the page id {page_id!r} was already given by {first}", path=place, hint=hint)


def place_of(item: Item) -> str:
    """Where an item stands, for messages: a path as the user gave it, and a line."""
    path = _printable(str(item.file)) if item.file is not None else item.name
    return path if item.line_number is None else f"{path}: line {item.line_number}"


def read_pages(
    *paths: Path | str, options: ReadOptions | None = None, on_reject: OnReject | None = None
) -> Iterator[Page]:
    """The pages of files, directories and page-record JSONL, lazily, in the order of the command line.

    Without `on_reject` the first page that cannot be read raises its error; with it, the error is handed over and the
    rest goes on.
    """
    options = options or ReadOptions()

    def raise_it(error: CorpusError) -> None:
        raise error

    reject = on_reject or raise_it
    seen = SeenIds()
    for item in iter_items(list_inputs(paths, options, reject), options):
        try:
            page = load_page(item, options)
            seen.check(page.id, place_of(item))
        except InputError as error:
            reject(error)
            continue
        yield page
