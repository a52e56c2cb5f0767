"""One page's bytes -> a Page with a Source that can rebuild them. Refuses what is empty, too large, or not text."""

from __future__ import annotations

import codecs
import hashlib

from corpus_tools.errors import DecodeError, InputError, UsageError
from corpus_tools.model import Page, Source
from corpus_tools.options import ReadOptions
from corpus_tools.read.encoding import BYTE_ORDER_MARKS, decode, detect_encoding

_NOT_FOR_PAGES = ("utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape")
"""Codecs that write a mark of their own, or are no encodings of text files; utf-16-le and -be are."""


def read_page(data: bytes, page_id: str, path: str, options: ReadOptions | None = None) -> Page:
    """The decoded page of `data`, nothing changed yet; `path` is written into its source as given.

    Raises: InputError when it is empty, only white space or larger than `max_page_bytes`; DecodeError when it is not
    text, or its encoding cannot be told.
    """
    options = options or ReadOptions()
    check_size(len(data), path, options)
    if not data:
        raise InputError("the file is empty", path=path, data=data)
    encoding, confidence, marked = _choose(data, path, options)
    mark = next((mark for mark, name in BYTE_ORDER_MARKS if name == encoding), b"") if marked else b""
    text, exceptions = decode(data[len(mark) :], encoding, keep_bad=options.on_undecodable == "keep", path=path)
    if not text.strip():
        raise InputError("nothing but white space", path=path, data=data)
    source = Source(path, hashlib.sha256(data).hexdigest(), encoding, confidence, marked, (), exceptions)
    return Page(page_id, text, source, options.meta)


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
    return Page(page_id, text, Source(path, hashlib.sha256(data).hexdigest(), "utf-8", 1.0), options.meta)


def check_size(n_bytes: int, path: str, options: ReadOptions) -> None:
    """Raises: InputError when `n_bytes` is more than a page may have."""
    if n_bytes > options.max_page_bytes:
        what = f"more than {options.max_page_bytes:,} bytes in one page"
        raise InputError(what, path=path, hint="cut it into pages, or raise --max-page-bytes")


def _choose(data: bytes, path: str, options: ReadOptions) -> tuple[str, float | None, bool]:
    """`(encoding, confidence, has a byte order mark)`: the user's choice, or what was detected."""
    if options.encoding is not None:
        encoding = canonical_encoding(options.encoding)
        marked = any(name == encoding and data.startswith(mark) for mark, name in BYTE_ORDER_MARKS)
        return encoding, None, marked
    found = detect_encoding(data)
    if found.encoding is not None:
        return found.encoding, found.confidence, found.byte_order_mark
    if found.is_damaged and options.on_undecodable == "keep" and found.runner_up:
        return found.runner_up, found.confidence, found.byte_order_mark
    hint = "give --encoding NAME; --on-undecodable keep keeps damaged bytes" if found.is_text else "give text files"
    tried = (found.runner_up,) if found.runner_up else ()
    raise DecodeError(
        found.reason or "no encoding found", path=path, byte_offset=found.byte_offset, tried=tried, hint=hint, data=data
    )


def canonical_encoding(name: str) -> str:
    """The codec a user's `--encoding` means: GB text is always read as gb18030, `utf-8-sig` as utf-8.

    Raises: UsageError when Python has no such text codec.
    """
    try:
        info = codecs.lookup(name)
        known = info.name if info._is_text_encoding else None
    except LookupError:
        known = None
    if known is None or known in _NOT_FOR_PAGES:
        raise UsageError(
            f"the encoding {name!r} is not one that pages can be read in and written back",
            hint="for instance utf-8, gb18030, big5hkscs, cp950, utf-16-le",
        )
    return {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8", "utf_8_sig": "utf-8"}.get(known, known)
