"""Which encoding bytes are in, and bytes <-> text without losing one.

Bytes enter, a Detection or the decoded text leaves. Order of evidence: signature of a binary format, byte order mark,
strict UTF-8, other strict decoders told apart by the share of common hanzi; `chardet` is asked only when nothing decodes.
It abstains rather than guess. Whatever is decoded is proved to encode back to the same bytes, with the exceptions listed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.errors import DecodeError
from corpus_tools.model import Source, Span
from corpus_tools.read.hanzi_frequency import common_share

BINARY_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (or docx, epub)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

CHINESE_ENCODINGS = ("gb18030", "big5hkscs", "cp950")
"""Tried when UTF-8 is not it. gb18030 holds GBK and GB2312; big5hkscs and cp950 differ in a few dozen codes."""

WIDE_ENCODINGS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CODE_UNIT = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
"""Control codes that text files do not have (0x1A ends old ones): a wide decoding that gives one is wrong."""

ACCEPTED_SHARE = 0.60
"""Common hanzi and marks among non-ASCII characters. Seeds and news: 0.93-0.99; wrong decodings of them: 0.05-0.45."""

MARGIN = 0.10
"""How much better than the runner-up the best decoding must be; between two that decode to the same text it is 0."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What `detect` found. `encoding` is None when it abstains; `reason` then says why. `confidence` is 0-1."""

    encoding: str | None
    confidence: float
    evidence: str
    byte_order_mark: bool = False
    runner_up: str | None = None
    reason: str | None = None
    byte_offset: int | None = None

    @property
    def is_damaged(self) -> bool:
        """True where nothing decodes all of it, and `runner_up` decodes nearly all of it to common hanzi."""
        return self.encoding is None and self.evidence == "tolerant" and self.confidence >= ACCEPTED_SHARE

    @property
    def is_text(self) -> bool:
        """False for bytes that are no text at all, whatever the encoding."""
        return self.reason is None or not self.reason.startswith("not text")


def detect_encoding(data: bytes) -> Detection:
    """The encoding of `data` with its evidence; abstains below the threshold.

    >>> detect_encoding("本报讯".encode()).encoding
    'utf-8'
    >>> detect_encoding("本报讯（记者 苑捷）日前，我市获得银奖。".encode("gbk")).encoding
    'gb18030'
    """
    for signature, name in BINARY_SIGNATURES:
        if data.startswith(signature):
            return Detection(None, 1.0, f"begins like {name}", reason=f"not text: begins like {name}", byte_offset=0)
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _by_mark(data, mark, encoding)
    nul = data.find(b"\x00")
    if nul < 0:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            return _by_frequency(data, error.start)
        return Detection("utf-8", 1.0, "ASCII" if data.isascii() else "strict UTF-8")
    return _wide(data, nul)


def _by_mark(data: bytes, mark: bytes, encoding: str) -> Detection:
    try:
        data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        reason = f"a byte order mark of {encoding}, but byte {place} does not decode"
        return Detection(None, 0.5, "byte order mark", True, encoding, reason, place)
    return Detection(encoding, 1.0, "byte order mark, strict", byte_order_mark=True)


def _wide(data: bytes, nul: int) -> Detection:
    """NUL bytes: UTF-16 or UTF-32 without a mark, or no text."""
    ranked = _ranked(data, WIDE_ENCODINGS)
    if ranked and ranked[0][0] >= ACCEPTED_SHARE:
        share, encoding = ranked[0]
        return Detection(encoding, round(share, 3), "strict, no byte order mark, common hanzi")
    ascii_pages = [name for name in WIDE_ENCODINGS if _is_plain(data, name)]
    if len(ascii_pages) == 1:
        return Detection(ascii_pages[0], 0.9, "strict, no byte order mark, Latin text")
    reason = f"not text: a NUL byte at byte {nul}"
    return Detection(None, 1.0, "NUL bytes", reason=reason, byte_offset=nul)


def _is_plain(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return bool(text) and text.isascii() and "\x00" not in text


def _by_frequency(data: bytes, not_utf8_at: int) -> Detection:
    """No UTF-8: the strict decoders in turn, by the share of common hanzi."""
    tried = CHINESE_ENCODINGS if len(data) % 2 else (*CHINESE_ENCODINGS, "utf-16-le", "utf-16-be")
    ranked = _ranked(data, tried)
    if not ranked or ranked[0][0] < ACCEPTED_SHARE:
        damaged = _second_opinion(data, not_utf8_at)
        if not ranked or damaged.is_damaged:
            return damaged
    share, best = ranked[0]
    others = [(other, name) for other, name in ranked[1:] if {best, name} != {"big5hkscs", "cp950"}]
    runner_up = others[0][1] if others else None
    lead = share - others[0][0] if others else share
    if share >= ACCEPTED_SHARE and lead >= MARGIN:
        return Detection(best, round(share, 3), "strict, common hanzi", runner_up=runner_up)
    named = ", ".join(f"{name} ({score:.2f})" for score, name in ranked[:3])
    reason = f"no encoding stands out; common hanzi under each: {named}"
    return Detection(None, round(share, 3), "strict, common hanzi", runner_up=best, reason=reason)


def _ranked(data: bytes, encodings: tuple[str, ...]) -> list[tuple[float, str]]:
    """`(share of common hanzi, encoding)` of every encoding that decodes strictly, the best first, ties in order."""
    found = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding in WIDE_ENCODINGS and _NO_TEXT.search(text):
            continue
        found.append((round(common_share(text)[0], 4), encoding))
    return sorted(found, key=lambda pair: -pair[0])


def _second_opinion(data: bytes, not_utf8_at: int) -> Detection:
    """Nothing decodes strictly: say so, with what `chardet` thinks as the candidate to try by hand."""
    import chardet  # heavy, and needed for damaged files only

    guess = chardet.detect(data)["encoding"]
    tolerant = {name: common_share(data.decode(name, "replace"))[0] for name in ("utf-8", *CHINESE_ENCODINGS)}
    best = max(tolerant, key=lambda name: tolerant[name])
    reason = (
        f"damaged: no encoding decodes all of it; nearest is {best} "
        f"(common hanzi {tolerant[best]:.2f}), chardet says {guess}"
    )
    offset = not_utf8_at if best == "utf-8" else _first_bad_byte(data, best)
    return Detection(None, round(tolerant[best], 3), "tolerant", runner_up=best, reason=reason, byte_offset=offset)


def _first_bad_byte(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def decode(data: bytes, encoding: str, *, keep_bad: bool, path: str) -> tuple[str, tuple[tuple[Span, bytes], ...]]:
    """The text of `data` (without a byte order mark), and the exceptions that encoding it again would not give.

    With `keep_bad`, a byte that does not decode becomes one U+FFFD and an exception.

    Raises: DecodeError at the first bad byte without `keep_bad`, or when the bytes cannot be rebuilt.
    """
    try:
        text = data.decode(encoding)
        if text.encode(encoding) == data:
            return text, ()
    except UnicodeDecodeError as error:
        if not keep_bad:
            hint = "name another --encoding, or keep bad bytes with --on-undecodable keep"
            what = f"byte 0x{data[error.start]:02x} does not decode as {encoding}"
            raise DecodeError(what, path=path, byte_offset=error.start, tried=(encoding,), hint=hint) from None
    except UnicodeEncodeError:
        pass  # a codec that reads more than it writes: the slow way lists what it would not write
    except UnicodeError as error:
        raise DecodeError(f"does not decode as {encoding}: {error}", path=path, tried=(encoding,)) from None
    pieces: list[str] = []
    exceptions: list[tuple[Span, bytes]] = []
    length = 0
    for piece, read in _pieces(data, encoding):
        if piece == "\ufffd" or not _writes(piece, encoding, read):
            exceptions.append((Span(length, length + len(piece)), read))
        pieces.append(piece)
        length += len(piece)
    text, kept = "".join(pieces), tuple(exceptions)
    if encode(text, Source(path, "", encoding, exceptions=kept)) != data:
        raise DecodeError(f"{encoding} does not give the same bytes back", path=path, tried=(encoding,))
    return text, kept


def _writes(piece: str, encoding: str, read: bytes) -> bool:
    try:
        return piece.encode(encoding) == read
    except UnicodeEncodeError:
        return False


def _pieces(data: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    """`(characters, the bytes they came from)`, byte by byte; a bad byte (or code unit of UTF-16/32) gives U+FFFD.

    Bytes that give no character, such as a shift at the end of HZ, go with the character before them.
    """
    last: tuple[str, bytes] | None = None
    for piece, read in _raw_pieces(data, encoding):
        if not piece and last is not None:
            last = (last[0], last[1] + read)
            continue
        if last is not None:
            yield last
        last = (piece or "\ufffd", read)
    if last is not None:
        yield last


def _raw_pieces(data: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    unit = _CODE_UNIT.get(encoding, 1)
    position, pending = 0, b""
    while position < len(data) or pending:
        final = position >= len(data)
        byte = b"" if final else data[position : position + 1]
        position += len(byte)
        pending += byte
        try:
            text = decoder.decode(byte, final)
        except UnicodeError:
            bad = pending[:unit]
            yield "\ufffd", bad
            position -= len(pending) - len(bad)  # the bad byte is done; what followed it is read again
            pending = b""
            decoder.reset()
            continue
        if text:
            yield text, pending
            pending = b""
        elif final:
            yield "", pending
            pending = b""


def encode(text: str, source: Source) -> bytes:
    """The bytes of the decoded page `text`: byte order mark, segments and exceptions and all.

    Raises: DecodeError when the text does not go into the source's encoding: it is not this source's page.
    """
    try:
        return _encoded(text, source)
    except (UnicodeError, LookupError, StopIteration, ValueError) as error:
        raise DecodeError(f"the text does not go into {source.encoding}: {error}", path=source.path) from None


def _encoded(text: str, source: Source) -> bytes:
    parts: list[bytes] = []
    if source.byte_order_mark:
        parts.append(next(mark for mark, name in BYTE_ORDER_MARKS if name == source.encoding))
    segments = source.segments or ((0, source.encoding),)
    ends = [start for start, _ in segments[1:]] + [len(text)]
    exceptions = iter((*source.exceptions, (Span(len(text), len(text)), b"")))
    span, kept = next(exceptions)
    for (start, encoding), end in zip(segments, ends, strict=True):
        while span.end <= end and span.start < len(text):
            parts.append(text[start : span.start].encode(encoding))
            parts.append(kept)
            start = span.end
            span, kept = next(exceptions)
        parts.append(text[start:end].encode(encoding))
    return b"".join(parts)
