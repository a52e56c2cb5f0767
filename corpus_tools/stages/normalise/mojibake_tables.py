"""What readers make of bytes that are in another encoding: the wrong ways into a text.

Tables only: the bytes that each wrong reader made a character from, and the routes that are known. `mojibake_routes` goes back
along them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Right = Literal["utf-8", "gb18030", "big5"]


class Bytes(dict[str, bytes]):
    """The bytes that a wrong reader made a character from, none where it makes no such character; filled when asked."""

    def __init__(self, encode: Callable[[str], bytes], special: Iterable[tuple[str, bytes]] = ()) -> None:
        super().__init__(special)
        self._encode = encode

    def __missing__(self, character: str) -> bytes:
        try:
            value = self._encode(character)
        except UnicodeEncodeError:
            value = b""
        self[character] = value if len(value) <= 2 else b""  # four bytes of GB18030: a reader of GBK knows none
        return self[character]


def _latin(character: str) -> bytes:
    """Of Latin-1, and of cp1252, which puts letters and marks where Latin-1 has the controls 0x80-0x9F."""
    return character.encode("latin-1" if character < "\u0100" else "cp1252")


def _gbk(character: str) -> bytes:
    return character.encode("gb18030")


_OTHER_GBK: list[tuple[str, bytes]] = [  # where Windows and browsers read GBK otherwise than Python's gb18030
    ("\ue76c", b"\xa2\xe3"),
    ("\u1e3f", b"\xa8\xbc"),
    ("\ue7c8", b"\xa8\xbf"),
    *((chr(0xE7E7 - 0x89 + trail), bytes((0xA9, trail))) for trail in range(0x89, 0x96)),
]
EURO = b"\xa2\xe3", b"\x80"
"""The bytes of `€` in GB18030 and in cp936; browsers read both."""

ETEN = b"\xc6\xa1", b"\xc8\xfe"
"""Rows of Big5 that every maker filled otherwise: kana and signs (ETEN, Hong Kong, browsers), private use (Windows)."""

_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))  # second bytes of Big5


def _private_big5() -> Iterator[tuple[str, bytes]]:
    """What Windows reads where its Big5 defines nothing: private-use characters, row by row."""
    rows = (0xE000, 0xFA40, 0xFF00), (0xE311, 0x8E40, 0xA100), (0xEEB8, 0x8140, 0x8E00), (0xF6B1, 0xC6A1, 0xC900)
    for first, start, end in rows:
        pairs = (lead << 8 | trail for lead in range(start >> 8, end >> 8) for trail in _TRAILS)
        for number, pair in enumerate(pair for pair in pairs if pair >= start):
            yield chr(first + number), pair.to_bytes(2, "big")


def _big5(character: str) -> bytes:
    """Of Windows' Big5, and where that has nothing or has its own, of Hong Kong's."""
    try:
        value = character.encode("cp950")
    except UnicodeEncodeError:
        return character.encode("big5hkscs")
    return value if not ETEN[0] <= value <= ETEN[1] else character.encode("big5hkscs")


def _python_big5(character: str) -> bytes:
    """As Python's cp950: it has kana of another standard in the ETEN rows."""
    try:
        return character.encode("cp950")
    except UnicodeEncodeError:
        return character.encode("big5hkscs")


LATIN = Bytes(_latin)
GBK = Bytes(_gbk, _OTHER_GBK)
BIG5 = Bytes(_big5, _private_big5())
PYTHON_BIG5 = Bytes(_python_big5)


@dataclass(frozen=True, eq=False)
class Route:
    """Bytes of `right` that something read otherwise; `wrong` has the bytes that its characters were."""

    wrong: Bytes
    right: Right
    reason: str


UTF8_ROUTES = (
    Route(LATIN, "utf-8", "UTF-8 read as Latin-1"),  # ä¸­å›½
    Route(GBK, "utf-8", "UTF-8 read as GBK"),  # 涓浗, with a private-use character between
    Route(BIG5, "utf-8", "UTF-8 read as Big5"),
)
SWAPS = (
    Route(GBK, "big5", "Big5 read as GBK"),
    Route(BIG5, "gb18030", "GBK read as Big5"),
    Route(PYTHON_BIG5, "gb18030", "GBK read as Big5"),
)
ROUTES = (
    *UTF8_ROUTES,
    Route(LATIN, "gb18030", "GBK read as Latin-1"),  # ÖÐ¹ú
    Route(LATIN, "big5", "Big5 read as Latin-1"),
    *SWAPS,
)
