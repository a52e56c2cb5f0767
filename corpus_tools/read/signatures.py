"""The first bytes of files: signatures of binary formats, byte order marks, and what a file says of its own encoding."""

from __future__ import annotations

import codecs
import re

BINARY_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    (b"PK\x03\x04", "a zip archive (or docx, epub)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
FIRST_BYTES = frozenset(signature[:1] for signature, _ in BINARY_SIGNATURES + BYTE_ORDER_MARKS)
"""What a file with a signature or a mark begins with: one cheap question for the many files that have none."""

LABEL_WITHIN = 1024
"""Bytes in which a label is looked for: what the HTML standard asks of pages."""

_LABEL = re.compile(
    rb"(?:charset|encoding)"  # <meta charset="gb2312">, text/html; charset=big5, <?xml version="1.0" encoding="GBK"?>
    rb"[\x00-\x20]*=[\x00-\x20]*[\"']?"
    rb"(?P<name>[A-Za-z0-9][A-Za-z0-9_:.-]{1,30})"
)


def binary_format(data: bytes) -> str | None:
    """The binary format that `data` begins like ("a PNG image"), or None."""
    return next((name for signature, name in BINARY_SIGNATURES if data.startswith(signature)), None)


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """`(mark, encoding)` of the byte order mark that `data` begins with, or None."""
    return next(((mark, name) for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def mark_of(encoding: str) -> bytes:
    """The byte order mark of an encoding; empty where it has none."""
    return next((mark for mark, name in BYTE_ORDER_MARKS if name == encoding), b"")


def label_of(data: bytes) -> str | None:
    """What a file says of its encoding in its first 1,024 bytes, as written there: evidence, not truth.

    >>> label_of(b'<meta charset="gb2312">'), label_of(b"no label")
    ('gb2312', None)
    """
    found = _LABEL.search(data[:LABEL_WITHIN])
    return found["name"].decode("ascii") if found else None
