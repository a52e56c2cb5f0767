"""Damaged bytes of GB18030 and Big5: which ones are no characters, so that the rest reads as it was.

These encodings do not tell where a character begins: after one lost byte a plain decoder reads on with its characters cut
in the middle, up to the line's end. Here the whole line is weighed (Viterbi 1967): every way to cut it into characters and bad
bytes, by how likely the characters are; the likeliest is taken.
"""

from __future__ import annotations

from functools import lru_cache

from corpus_tools.likelihood import OF_ASCII, weights

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
    return text, max(OF_RAREST, weights()[text[0]])


def likeliest_pieces(data: bytes, encoding: str) -> list[tuple[str, bytes]]:
    """`(characters, the bytes they came from)`, in order and complete; U+FFFD for a byte that is none.

    `encoding` is one of TOLERANT. Takes time in proportion to the bytes.

    >>> likeliest_pieces("本报讯".encode("gbk")[1:], "gb18030")
    [('�', b'\\xbe'), ('报', b'\\xb1\\xa8'), ('讯', b'\\xd1\\xb6')]
    """
    lengths = (2, 4) if encoding == "gb18030" else (2,)
    values = [0.0] + [_IMPOSSIBLE] * (len(data) + 4)
    steps: list[tuple[int, str]] = [(0, "")] * (len(data) + 5)
    for at, byte in enumerate(data):
        value = values[at]
        if byte < 0x80:
            _offer(values, steps, at + 1, value + OF_ASCII, 1, chr(byte))
            continue
        _offer(values, steps, at + 1, value + OF_BAD_BYTE, 1, BAD)
        for length in lengths:
            found = _character(data[at : at + length], encoding)
            if found is not None and at + length <= len(data):
                _offer(values, steps, at + length, value + found[1], length, found[0])
    pieces: list[tuple[str, bytes]] = []
    at = len(data)
    while at:
        length, text = steps[at]
        pieces.append((text, data[at - length : at]))
        at -= length
    return pieces[::-1]


def _offer(values: list[float], steps: list[tuple[int, str]], at: int, value: float, length: int, text: str) -> None:
    if value > values[at]:
        values[at] = value
        steps[at] = (length, text)
