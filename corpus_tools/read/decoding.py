"""Bytes <-> text without losing one, in an encoding that is already known.

Whatever is decoded is proved to encode back to the same bytes. Where a codec would write other bytes than it read (codes
that Big5 has twice, shifts of HZ, the euro byte of cp936, bytes that do not decode at all) the bytes are kept as exceptions.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from corpus_tools.errors import DecodeError
from corpus_tools.model import Source, Span
from corpus_tools.read.damage import BAD, TOLERANT, likeliest_pieces
from corpus_tools.read.euro import EURO, EURO_ERRORS, is_euro
from corpus_tools.read.signatures import mark_of

Exceptions = tuple[tuple[Span, bytes], ...]

_BIJECTIVE = frozenset(("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "latin-1", "ascii"))
"""Codecs that decode strictly only what they would write the same; the others are asked."""

CODE_UNIT = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_LINES = re.compile(rb"[^\n]*\n|[^\n]+")


def strict_text(data: bytes, encoding: str) -> str:
    """The text of `data`, all of it. Raises: UnicodeError at the first byte that is none of it."""
    return data.decode(encoding, EURO_ERRORS if encoding == "gb18030" else "strict")


def undecodable(data: bytes, encoding: str) -> tuple[int, ...]:
    """Offsets of the bytes that do not decode; one for each code unit of UTF-16 and UTF-32."""
    try:
        strict_text(data, encoding)
    except UnicodeError:
        pass
    else:
        return ()
    found: list[int] = []
    start = 0
    for line in _units_of_work(data, encoding):
        try:
            strict_text(line, encoding)
        except UnicodeError:
            at = start
            for piece, read in _pieces(line, encoding):
                if piece == BAD and not _writes(piece, encoding, read):
                    found.append(at)
                at += len(read)
        start += len(line)
    return tuple(found)


def decode(data: bytes, encoding: str, *, keep_bad: bool, path: str) -> tuple[str, Exceptions]:
    """The text of `data` (without a byte order mark), and the exceptions that encoding it again would not give.

    With `keep_bad`, a byte that does not decode becomes one U+FFFD and an exception.

    Raises: DecodeError at the first bad byte without `keep_bad`, or when the bytes cannot be rebuilt.
    """
    try:
        text = strict_text(data, encoding)
        if encoding in _BIJECTIVE or text.encode(encoding) == data:
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
    for piece, kept in _by_line(data, encoding):
        if kept is not None:
            exceptions.append((Span(length, length + len(piece)), kept))
        pieces.append(piece)
        length += len(piece)
    text, kept_all = "".join(pieces), tuple(exceptions)
    if encode(text, Source(path, "", encoding, exceptions=kept_all)) != data:
        raise DecodeError(f"{encoding} does not give the same bytes back", path=path, tried=(encoding,))
    return text, kept_all


def stretches(segments: Sequence[tuple[int, str]], n_bytes: int) -> Iterator[tuple[int, int, str]]:
    """`(start, end, encoding)` of each stretch of a file of `n_bytes` whose encoding changes at `segments`.

    >>> list(stretches([(0, "utf-8"), (6, "gb18030")], 10))
    [(0, 6, 'utf-8'), (6, 10, 'gb18030')]
    """
    ends = (*(start for start, _ in segments[1:]), n_bytes)
    return ((start, end, encoding) for (start, encoding), end in zip(segments, ends, strict=True))


def decode_segments(
    data: bytes, segments: tuple[tuple[int, str], ...], *, byte_order_mark: bool, keep_bad: bool, path: str
) -> tuple[str, tuple[tuple[int, str], ...], Exceptions]:
    """`(text, segments in code points, exceptions)` of a file whose encoding changes at the byte offsets of `segments`.

    A byte order mark is that of the first segment, and left out. Raises: as `decode`; offsets count in `data`.
    """
    if byte_order_mark:
        segments = ((len(mark_of(segments[0][1])), segments[0][1]), *segments[1:])
    texts: list[str] = []
    exceptions: list[tuple[Span, bytes]] = []
    for start, end, encoding in stretches(segments, len(data)):
        try:
            text, kept = decode(data[start:end], encoding, keep_bad=keep_bad, path=path)
        except DecodeError as error:
            offset = None if error.byte_offset is None else start + error.byte_offset
            raise DecodeError(error.what, path=path, byte_offset=offset, tried=error.tried, hint=error.hint) from None
        done = sum(map(len, texts))
        exceptions += [(Span(done + span.start, done + span.end), raw) for span, raw in kept]
        texts.append(text)
    borders = accumulate((len(text) for text in texts[:-1]), initial=0)
    in_text = tuple((border, encoding) for border, (_, encoding) in zip(borders, segments, strict=True))
    return "".join(texts), in_text, tuple(exceptions)


def _units_of_work(data: bytes, encoding: str) -> list[bytes]:
    """The lines of an encoding in which byte 0x0A is nothing but a line end, else all of it: damage costs its line only."""
    if encoding in CODE_UNIT:
        return [data]
    lines: list[bytes] = _LINES.findall(data)
    return lines if encoding != "hz" else _joined(lines)


def _joined(lines: list[bytes]) -> list[bytes]:
    """Lines of HZ, one that ends in `~` with the next: they are one line of text."""
    units: list[bytes] = []
    for line in lines:
        if units and (units[-1].endswith(b"~\n") or line in (b"~\n", b"~")):
            units[-1] += line
        else:
            units.append(line)
    return units


def _by_line(data: bytes, encoding: str) -> Iterator[tuple[str, bytes | None]]:
    """`(text, None)` for what encodes back by itself, `(text, its bytes)` for an exception."""
    for line in _units_of_work(data, encoding):
        pieces = _pieces
        try:
            text = strict_text(line, encoding)
            pieces = _merged_pieces  # all of it decodes: nothing of it may become a bad byte
            if text.encode(encoding) == line:
                yield text, None
                continue
            if text and encoding == "hz":  # shifts are no characters: the line is kept whole, not every character of it
                yield text, line
                continue
        except UnicodeError:
            pass
        for piece, read in pieces(line, encoding):
            yield piece, None if _writes(piece, encoding, read) else read


def _writes(piece: str, encoding: str, read: bytes) -> bool:
    try:
        return piece.encode(encoding) == read
    except UnicodeEncodeError:
        return False


def _pieces(data: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    """`(characters, the bytes they came from)`; a bad byte (or code unit of UTF-16/32) gives U+FFFD."""
    return iter(likeliest_pieces(data, encoding)) if encoding in TOLERANT else _merged_pieces(data, encoding)


def _merged_pieces(data: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    """The pieces of an encoding whose codec finds its place again after a bad byte, byte by byte.

    Bytes that give no character, such as a shift at the end of HZ, go with the character before them.
    """
    last: tuple[str, bytes] | None = None
    for piece, read in _raw_pieces(data, encoding):
        if not piece and last is not None:
            last = (last[0], last[1] + read)
            continue
        if last is not None:
            yield last
        last = (piece or BAD, read)
    if last is not None:
        yield last


def _raw_pieces(data: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    unit = CODE_UNIT.get(encoding, 1)
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
            position -= len(pending) - len(bad)  # the bad byte is done; what followed it is read again
            yield EURO if encoding == "gb18030" and is_euro(data, position - len(bad)) else BAD, bad
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
    segments = source.segments or ((0, source.encoding),)
    mark = mark_of(segments[0][1]) if source.byte_order_mark else b""
    if source.byte_order_mark and not mark:
        raise ValueError(f"{segments[0][1]} has no byte order mark")
    parts = [mark]
    exceptions = iter((*source.exceptions, (Span(len(text), len(text)), b"")))
    span, kept = next(exceptions)
    for start, end, encoding in stretches(segments, len(text)):
        while span.end <= end and span.start < len(text):
            parts.append(text[start : span.start].encode(encoding))
            parts.append(kept)
            start = span.end
            span, kept = next(exceptions)
        parts.append(text[start:end].encode(encoding))
    return b"".join(parts)
