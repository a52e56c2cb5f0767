"""Damaged bytes: which ones are no characters, so that the rest reads as it was.

UTF-8 tells where a character begins. GB18030 and Big5 do not: after one lost byte a plain decoder reads on with its
characters cut in the middle, up to the line's end. Here the whole line is weighed (Viterbi 1967): every way to cut it into
characters and bad bytes, by how likely the characters are; the likeliest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from corpus_tools.likelihood import OF_ASCII, weights
from corpus_tools.read.euro import EURO, EURO_BYTE, is_euro

BAD = "\ufffd"

OF_BAD_BYTE = -12.0
"""One byte that does not decode: as unlikely as a rare hanzi, so that some damage does not hide the encoding."""

OF_RAREST = -16.0
"""A code that decodes, whatever it is: better than a bad byte and an ASCII character."""

TOLERANT = frozenset(("gb18030", "big5hkscs", "cp950", "big5"))

_IMPOSSIBLE = float("-inf")


@lru_cache(maxsize=1 << 16)
def _character(code: bytes, encoding: str) -> tuple[str, float] | None:
    try:
        text = code.decode(encoding)
    except UnicodeDecodeError:
        return None
    if len(text) > 1 and encoding != "big5hkscs":  # two characters; Big5-HKSCS has codes for a letter and its mark
        return None
    return text, max(OF_RAREST, weights()[text[0]])


def codes_at(data: bytes, at: int, encoding: str) -> Iterator[tuple[int, str, float]]:
    """`(length, characters, log-probability)` of each way to read on from byte `at`: as a character, or as a bad byte."""
    byte = data[at]
    if byte < 0x80:
        yield 1, chr(byte), OF_ASCII
        return
    if byte == EURO_BYTE and encoding == "gb18030" and is_euro(data, at):
        yield 1, EURO, weights()[EURO]
    yield 1, BAD, OF_BAD_BYTE
    for length in (4, 3, 2) if encoding == "utf-8" else (4, 2) if encoding == "gb18030" else (2,):
        if at + length <= len(data):
            found = _character(data[at : at + length], encoding)
            if found is not None:
                yield length, *found


def likeliest_pieces(data: bytes, encoding: str) -> list[tuple[str, bytes]]:
    """`(characters, the bytes they came from)`, in order and complete; U+FFFD for a byte that is none.

    `encoding` is one of TOLERANT. Takes time in proportion to the bytes.

    >>> likeliest_pieces("本报讯".encode("gbk")[1:], "gb18030")
    [('�', b'\\xbe'), ('报', b'\\xb1\\xa8'), ('讯', b'\\xd1\\xb6')]
    """
    _, steps = _forward(data, encoding)
    pieces: list[tuple[str, bytes]] = []
    at = len(data)
    while at:
        length, text = steps[at]
        pieces.append((text, data[at - length : at]))
        at -= length
    return pieces[::-1]


def _forward(data: bytes, encoding: str) -> tuple[list[float], list[tuple[int, str]]]:
    """`(best value of all bytes before, last step of it)` for every place from 0 to the end."""
    values = [0.0] + [_IMPOSSIBLE] * len(data)
    steps: list[tuple[int, str]] = [(0, "")] * (len(data) + 1)
    for at in range(len(data)):
        value = values[at]
        for length, text, gain in codes_at(data, at, encoding):
            if value + gain > values[at + length]:
                values[at + length] = value + gain
                steps[at + length] = (length, text)
    return values, steps


def values_before(data: bytes, encoding: str) -> list[float]:
    """For every place from 0 to the end: the log-probability of the bytes before it, cut into characters at their best."""
    return _forward(data, encoding)[0]


def values_behind(data: bytes, encoding: str) -> list[float]:
    """As `values_before`, of the bytes from each place on."""
    values = [_IMPOSSIBLE] * len(data) + [0.0]
    for at in range(len(data) - 1, -1, -1):
        values[at] = max(gain + values[at + length] for length, _, gain in codes_at(data, at, encoding))
    return values
