"""One page's bytes -> a Page with a Source that can rebuild them. Refuses what is empty, too large, or not text."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from corpus_tools.errors import DecodeError, InputError, UsageError
from corpus_tools.identity.given import given_identity
from corpus_tools.model import Page, Source
from corpus_tools.options import ReadOptions
from corpus_tools.read.decoding import decode, decode_segments
from corpus_tools.read.detection import UNREADABLE, Detection
from corpus_tools.read.encoding import detect_encoding
from corpus_tools.read.signatures import mark_of

_NOT_FOR_PAGES = ("utf_16", "utf_32", "utf_7", "undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape")
"""Codecs that write a mark of their own, or are no encodings of text files; utf-16-le and -be are."""

_PACKED = ("begins like gzip data", "begins like zstandard data")


def read_page(
    data: bytes, page_id: str, path: str, options: ReadOptions | None = None, *, file: Path | None = None
) -> Page:
    """The decoded page of `data`, nothing changed yet; `path` is written into its source as given.

    `file` is the path as the user gave it, where it differs: more folders than `path`, for a template or a manifest.

    Raises: InputError when it is empty, only white space or larger than `max_page_bytes`; DecodeError when it is not
    text, or its encoding cannot be told.
    """
    options = options or ReadOptions()
    check_size(len(data), path, options)
    if not data:
        raise InputError("the file is empty", path=path, data=data)
    found = _detected(data, path, options) if options.encoding is None else _chosen(data, options.encoding)
    encoding = found.encoding or ""
    keep = options.on_undecodable == "keep"
    segments: tuple[tuple[int, str], ...] = ()
    if found.segments:
        text, segments, exceptions = decode_segments(
            data, found.segments, byte_order_mark=found.byte_order_mark, keep_bad=keep, path=path
        )
    else:
        mark = mark_of(encoding) if found.byte_order_mark else b""
        text, exceptions = decode(data[len(mark) :], encoding, keep_bad=keep, path=path)
    if not text.strip():
        raise InputError("nothing but white space", path=path, data=data)
    source = Source(
        path,
        hashlib.sha256(data).hexdigest(),
        encoding,
        found.confidence if options.encoding is None else None,
        found.byte_order_mark,
        segments,
        exceptions,
    )
    return given_identity(Page(page_id, text, source), options, file)


def page_from_text(text: str, page_id: str, path: str, options: ReadOptions | None = None) -> Page:
    """The page of a string that a program already decoded; its source is the text as UTF-8.

    Raises: InputError for half a surrogate pair, which is no character, and as `read_page`.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"a lone surrogate (U+{ord(text[error.start]):04X}) at character {error.start}"
        raise InputError(what, path=path, hint="decode the source strictly, or give its bytes") from None
    if text.startswith("\ufeff"):
        return read_page(data, page_id, path, options)
    options = options or ReadOptions()
    check_size(len(data), path, options)
    if not text.strip():
        raise InputError("nothing but white space", path=path)
    page = Page(page_id, text, Source(path, hashlib.sha256(data).hexdigest(), "utf-8", 1.0))
    return given_identity(page, options)


def check_size(n_bytes: int, path: str, options: ReadOptions) -> None:
    """Raises: InputError when `n_bytes` is more than a page may have."""
    if n_bytes > options.max_page_bytes:
        what = f"more than {options.max_page_bytes:,} bytes in one page"
        raise InputError(what, path=path, hint="cut it into pages, or raise --max-page-bytes")


def _detected(data: bytes, path: str, options: ReadOptions) -> Detection:
    """What was detected, when it is good enough to read by.

    Raises: DecodeError, naming the candidates, when no encoding stands out, or when bytes do not decode and are not kept.
    """
    found = detect_encoding(data)
    tried = tuple(name for name, _ in found.candidates[:3])
    if found.encoding is None:
        hint = _hint_of(found)
        what = found.reason or "no encoding found"
        raise DecodeError(what, path=path, byte_offset=found.byte_offset, tried=tried, hint=hint, data=data)
    if found.n_undecodable and options.on_undecodable == "reject":
        what = f"damaged {found.encoding}: {found.evidence.partition('; ')[2]}"
        hint = "keep such bytes with --on-undecodable keep, or name another --encoding"
        raise DecodeError(what, path=path, byte_offset=found.byte_offset, tried=tried, hint=hint, data=data)
    return found


def _hint_of(found: Detection) -> str:
    """What to try with bytes that no encoding was found for."""
    if found.runner_up in UNREADABLE:
        return ""  # the reason says it, and no --encoding would help
    if found.is_text:
        return "give --encoding NAME"
    return "unpack it first, or name the .gz or .zst file" if found.evidence in _PACKED else "give text files"


def _chosen(data: bytes, encoding: str) -> Detection:
    """The user's choice, as if it had been detected."""
    name = canonical_encoding(encoding)
    mark = mark_of(name)
    return Detection(name, 1.0, "chosen", byte_order_mark=bool(mark) and data.startswith(mark))


def canonical_encoding(name: str) -> str:
    """The codec a user's `--encoding` means: GB text is always read as gb18030, `utf-8-sig` as utf-8.

    Raises: UsageError when Python has no such text codec.
    """
    try:
        info = codecs.lookup(name)
        known = info.name if info._is_text_encoding else None
    except LookupError:
        known = None
    if known is None or known.replace("-", "_") in _NOT_FOR_PAGES:
        raise UsageError(
            f"the encoding {name!r} is not one that pages can be read in and written back",
            hint="for instance utf-8, gb18030, big5hkscs, cp950, utf-16-le",
        )
    return {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8", "utf_8_sig": "utf-8"}.get(known, known)
