"""Outputs that are whole or not there: standard output, or a file written beside its name and renamed.

Bytes enter; a file appears when everything went well, and what stood there before stays when it did not.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from corpus_tools.errors import OutputError
from corpus_tools.model import Article, Page
from corpus_tools.records import article_line, page_line


class Output:
    """A destination of bytes, to be used in a `with`; `None` or `-` is standard output. `.gz` and `.zst` by suffix.

    Raises: OutputError when it cannot be written; the file that stood there is then unchanged.
    """

    def __init__(self, path: Path | str | None) -> None:
        self.path = None if path is None or str(path) == "-" else Path(path)
        self._temporary: Path | None = None
        self._file: BinaryIO | None = None
        self._stream: BinaryIO | None = None
        self._is_abandoned = False

    def abandon(self) -> None:
        """Leave what stands there as it is: there is nothing to put in its place."""
        self._is_abandoned = True

    def __enter__(self) -> Output:
        if self.path is None:
            self._stream = sys.stdout.buffer
            return self
        try:
            if self.path.exists() and not self.path.is_file():  # /dev/null, a named pipe: nothing to rename
                self._file = self._stream = self.path.open("wb")
                return self
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", suffix=".part", dir=self.path.parent)
            self._temporary = Path(name)
            self._file = os.fdopen(handle, "wb")
            self._stream = _compressing(self._file, self.path.suffix)
        except OSError as error:
            self._discard()
            raise self._error(error) from None
        return self

    def write(self, data: bytes) -> None:
        """Write bytes. On standard output a closed pipe raises BrokenPipeError, as the system does."""
        assert self._stream is not None
        try:
            self._stream.write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._error(error) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.path is None:
            if kind is None:
                self._flush_standard_output()
            return
        if kind is not None or self._is_abandoned:
            self._discard()
            if kind is not None and issubclass(kind, BrokenPipeError):
                what = (
                    "not written, as the reader of standard output stopped early; what stood there before is unchanged"
                )
                raise OutputError(what, where=str(self.path)) from None
            return
        try:
            self._commit()
        except OSError as failure:
            self._discard()
            raise self._error(failure) from None

    def _flush_standard_output(self) -> None:
        try:
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._error(error) from None

    def _commit(self) -> None:
        assert self._file is not None and self._stream is not None and self.path is not None
        if self._stream is not self._file:
            self._stream.close()  # writes the end of the compressed data, and leaves the file open
        self._file.flush()
        if self._temporary is None:
            self._file.close()
            return
        os.fsync(self._file.fileno())
        self._file.close()
        self._temporary.chmod(self._mode())
        self._temporary.replace(self.path)
        self._temporary = None
        _sync_folder(self.path.parent)

    def _mode(self) -> int:
        """The permissions that an ordinary new file would have, or those of the file that is replaced."""
        assert self.path is not None
        if self.path.exists():
            return self.path.stat().st_mode & 0o777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask

    def _discard(self) -> None:
        for stream in (self._stream, self._file):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                self._temporary.unlink()
            self._temporary = None

    def _error(self, error: OSError) -> OutputError:
        name = "standard output" if self.path is None else str(self.path)
        untouched = "" if self.path is None else "; what stood there before is unchanged"
        return OutputError(f"cannot be written: {error.strerror or error}{untouched}", where=name)


def _compressing(file: BinaryIO, suffix: str) -> BinaryIO:
    """A stream into `file` by suffix. No time and no name go into the header: the same bytes everywhere."""
    if suffix == ".gz":
        return gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0)  # type: ignore[return-value]
    if suffix == ".zst":
        import zstandard

        return zstandard.ZstdCompressor(write_checksum=True).stream_writer(file, closefd=False)
    return file


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; not every file system can, and then there is nothing to do."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def silence_standard_output() -> None:
    """After a closed pipe: let nothing that is still buffered raise again when Python ends."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())


def write_articles(articles: Iterable[Article], path: Path | str | None) -> int:
    """Write article records as JSONL, whole or not at all; how many there were. Raises: OutputError."""
    return _write_lines((article_line(article) for article in articles), path)


def write_pages(pages: Iterable[Page], path: Path | str | None) -> int:
    """Write page records (the ledger) as JSONL, whole or not at all; how many there were. Raises: OutputError."""
    return _write_lines((page_line(page) for page in pages), path)


def _write_lines(lines: Iterable[bytes], path: Path | str | None) -> int:
    n_lines = 0
    with Output(path) as output:
        for line in lines:
            output.write(line)
            n_lines += 1
    return n_lines
