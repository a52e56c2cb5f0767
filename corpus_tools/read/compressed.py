"""Opens files as streams of uncompressed bytes: plain, `.gz`, `.zst`. A stream that breaks off says so."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO

from corpus_tools.errors import InputError

SUFFIXES = (".gz", ".zst")

FED = 1024
"""Compressed bytes decompressed at a time: the worst of them give 32 MB, so that a small file cannot fill the memory."""


def open_bytes(path: Path) -> BinaryIO:
    """The uncompressed bytes of a file, by its suffix.

    Raises: InputError when the file cannot be opened; while reading, as `told` turns them.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from None
    if path.suffix.lower() == ".gz":
        file.close()
        return io.BufferedReader(gzip.GzipFile(path, "rb"))  # by its path: only then does it close the file
    if path.suffix.lower() == ".zst":
        return io.BufferedReader(_Zstandard(file))
    return file


def unreadable(path: Path | str, error: Exception) -> InputError:
    """The InputError for what the system or a decompressor said about a file."""
    if isinstance(error, EOFError):
        return InputError("the compressed data breaks off", path=str(path), hint="fetch or compress the file again")
    if isinstance(error, (zlib.error, gzip.BadGzipFile)) or type(error).__module__.startswith("zstandard"):
        return InputError(f"damaged compressed data: {error}", path=str(path), hint="fetch or compress the file again")
    if isinstance(error, OSError):
        return InputError(error.strerror or str(error), path=str(path))
    return InputError(str(error), path=str(path))


def decompression_errors() -> tuple[type[Exception], ...]:
    """What reading from `open_bytes` may raise."""
    import zstandard

    return (OSError, EOFError, zlib.error, zstandard.ZstdError)


class _Zstandard(io.RawIOBase):
    """The frames of a zstandard file one after the other; raises EOFError when the last one breaks off.

    The library's own reader ends quietly there, which would lose text unseen.
    """

    def __init__(self, file: BinaryIO) -> None:
        import zstandard

        self._file = file
        self._new_frame = zstandard.ZstdDecompressor().decompressobj
        self._frame = self._new_frame()
        self._fed = False
        self._left = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._left or self._file.read(FED)
            self._left = b""
            if not data:
                if self._fed and not self._frame.eof:
                    raise EOFError
                return 0
            if self._frame.eof:
                self._frame = self._new_frame()
            self._ready = self._frame.decompress(data)
            self._fed = True
            if self._frame.eof:
                self._left = self._frame.unused_data
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()
