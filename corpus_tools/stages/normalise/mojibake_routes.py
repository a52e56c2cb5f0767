"""The way back from a wrong reading: bytes of one encoding that were read as another.

A line enters with a route, pieces leave: runs of characters as short as can be whose bytes are whole characters of the right
encoding, and between them the characters that have no such reading. Nothing here judges whether a piece makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from corpus_tools.likelihood import log_likelihood, mean_log_likelihood
from corpus_tools.stages.normalise.mojibake_tables import BIG5, ETEN, EURO, GBK, LATIN, SWAPS, Bytes, Right, Route


class Piece(NamedTuple):
    """`line[start:end]` and what it reads as.

    `is_read` is False for a character that is left as it is. `is_glued`: it stands or falls with the piece before it,
    because only all of them together show where a character begins.
    """

    start: int
    end: int
    after: str
    is_read: bool
    is_glued: bool = False

    def moved(self, by: int) -> Piece:
        """The same piece in a line that has `by` characters more in front."""
        return self._replace(start=self.start + by, end=self.end + by)


def read_again(line: str, route: Route) -> list[Piece]:
    """The pieces of `line` in order and without holes: what its bytes are in the route's right encoding."""
    if route.right == "utf-8":
        return list(_read_utf8(line, route.wrong))
    if route.wrong is LATIN:
        return list(_read_pairs(line, route.right))
    return list(_read_swapped(line, route))


_CONTROL = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")


def _is_mixed(run: str) -> bool:
    """Whether one reader cannot have written the run: it has controls of Latin-1 and what cp1252 has in their place."""
    return bool(_CONTROL.search(run)) and max(run) > "\xff"


# --- UTF-8: every byte says whether a character begins ---

_SEQUENCE = re.compile(
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]"
    rb"|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}"
)


class _Stream:
    """A line as the bytes it was read from, and where in them each of its characters begins."""

    def __init__(self, line: str, table: Bytes) -> None:
        parts = [table[character] or b"\xff" for character in line]  # 0xFF is in no UTF-8
        if table is GBK and "€" in line:
            parts = _with_euros(line, parts)
        self.data = b"".join(parts)
        self.starts = [0, *accumulate(map(len, parts))]
        self.place = {start: number for number, start in enumerate(self.starts)}

    def unit(self, start: int) -> tuple[int, str]:
        """`(end, characters)` of the shortest run from `start` whose bytes are whole characters; `""` where there is none."""
        first = at = self.starts[start]
        while found := _SEQUENCE.match(self.data, at):
            at = found.end()
            if at in self.place:
                return self.place[at], self.data[first:at].decode("utf-8")
        return start + 1, ""


_GOES_ON = bytes(range(0x80, 0xC0))
_BEGINS_THREE = tuple(bytes((lead,)) for lead in range(0xE0, 0xF0))


def _with_euros(line: str, parts: list[bytes]) -> list[bytes]:
    """Each `€` as the one of its two byte values that can stand there, judged by what follows; no bytes where none can."""
    for at in range(len(line) - 1, -1, -1):
        if line[at] == "€":
            behind = b"".join(parts[at + 1 : at + 3])
            n_going_on = len(behind) - len(behind.lstrip(_GOES_ON))
            is_second = at > 0 and (line[at - 1] == "€" or parts[at - 1][-1:] in _BEGINS_THREE)
            if n_going_on >= 2:
                parts[at] = EURO[0]  # 0xE3 begins a character that goes on
            elif n_going_on == 1 and is_second:
                parts[at] = EURO[1]
            else:
                begins = bool(behind) and (0xC2 <= behind[0] < 0xF5 or (behind[0] < 0x80 and line[at + 1] != "?"))
                parts[at] = EURO[1] if begins else b"\xff"
    return parts


def _read_utf8(line: str, table: Bytes) -> Iterator[Piece]:
    stream = _Stream(line, table)
    at = 0
    while at < len(line):
        end, after = (at + 1, "") if line[at] < "\x80" else stream.unit(at)
        if table is LATIN and after and _is_mixed(line[at:end]):
            end, after = at + 1, ""
        yield Piece(at, end, after or line[at], is_read=bool(after))
        at = end


# --- two bytes a character: only the start of a run shows where a character begins ---

_LEGACY: dict[Right, tuple[str, ...]] = {"gb18030": ("gb18030",), "big5": ("cp950", "big5hkscs")}


@cache
def _pair(right: Right, pair: bytes) -> str:
    """The character of two bytes, empty where there is none or where the character has other bytes of its own."""
    if right == "big5" and ETEN[0] <= pair <= ETEN[1]:
        return ""
    for encoding in _LEGACY[right]:
        try:
            character = pair.decode(encoding)
        except UnicodeDecodeError:
            continue
        if character.encode(encoding) == pair:
            return character
    return ""


_LATIN_RUN = re.compile(  # below 0x40 is no second byte: whatever was lost before, a character begins behind it
    r"[@-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]+"
)


_MARKS = "“”‘’—…"  # of clean Chinese; cp1252 has them too. Not ·, the first byte of 方 and many more


def _read_pairs(line: str, right: Right) -> Iterator[Piece]:
    at = 0
    for run in _LATIN_RUN.finditer(line):
        pieces = _run_pieces(run[0], run.start(), right)
        if pieces:
            yield from _as_it_is(line, at, pieces[0].start)
            yield from pieces
            at = pieces[-1].end
    yield from _as_it_is(line, at, len(line))


WHOLE_MEAN = -10.0
"""Nats a character: a run that reads so from its start to its end is not cut, whatever its parts would read as."""


def _run_pieces(run: str, offset: int, right: Right) -> list[Piece]:
    """The likeliest pieces of a run: as it is, without the marks round it, or in its parts between odd spaces."""
    bare = run.strip(_MARKS)
    whole = _paired(run, offset, right)
    if whole and mean_log_likelihood(_after(whole)) >= WHOLE_MEAN:
        return whole
    found = [whole]
    if bare != run:
        found.append(_paired(bare, offset + run.find(bare), right))
    if "\x85" in run or "\xa0" in run:
        found.append(_parted(run, offset, right))
    return max(filter(None, found), key=lambda pieces: mean_log_likelihood(_after(pieces)), default=[])


def _parted(run: str, offset: int, right: Right) -> list[Piece]:
    pieces: list[Piece] = []
    for part in re.finditer("[\x85\xa0]|[^\x85\xa0]+", run):
        start = offset + part.start()
        pieces += _paired(part[0], start, right) or _as_it_is(part[0], 0, len(part[0]), start)
    return pieces if any(piece.is_read for piece in pieces) else []


def _after(pieces: list[Piece]) -> str:
    return "".join(piece.after for piece in pieces)


def _as_it_is(line: str, start: int, end: int, offset: int = 0) -> Iterator[Piece]:
    return (Piece(offset + at, offset + at + 1, line[at], is_read=False) for at in range(start, end))


def _paired(run: str, offset: int, right: Right) -> list[Piece]:
    """The pieces of a run that reads from its start to its end, but for half a character there; else none."""
    pieces: list[Piece] = []
    if run.isascii() or _is_mixed(run) or _is_utf8(run):
        return pieces
    at = 0
    while at < len(run):
        data, end = LATIN[run[at]], at + 1
        if data >= b"\x80" and end < len(run):
            data += LATIN[run[end]]
            end += 1
        after = _pair(right, data) if len(data) == 2 else run[at] if data < b"\x80" else ""
        if not after and len(data) == 2:
            return []
        pieces.append(Piece(offset + at, offset + end, after or run[at], len(data) == 2, bool(pieces) and bool(after)))
        at = end
    return pieces


def _is_utf8(run: str) -> bool:
    """Whether the bytes of the run are UTF-8 with a hanzi: pairs of bytes hardly ever happen to be."""
    try:
        return max(b"".join(map(LATIN.__getitem__, run)).decode("utf-8")) >= "\u0800"
    except UnicodeDecodeError:
        return False


class _Swap(dict[str, str]):
    """The character of the right encoding for each of a wrong one that also has two bytes; empty where there is none."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route

    def __missing__(self, character: str) -> str:
        data = self._route.wrong[character]
        self[character] = _pair(self._route.right, data) if len(data) == 2 else ""
        return self[character]


_swap = cache(_Swap)


def _read_swapped(line: str, route: Route) -> Iterator[Piece]:
    swap = _swap(route)
    is_glued = False
    for at, character in enumerate(line):
        after = swap[character] if character >= "\x80" else ""
        yield Piece(at, at + 1, after or character, bool(after), is_glued and bool(after))
        is_glued = bool(after)


# --- a cheap look ---

MANY, BY_CHANCE = 8, -11.0
"""Characters of UTF-8 in a clip of 24, and nats a character: in clean lines 2-4 come by chance, with a mean of -13."""

_NO_CHANCE = re.compile("[\x80-\xff\u0800-\uffff]")  # two hanzi of GBK in a row often are a letter of two bytes: ź, ʱ

_UTF8_PAIR = re.compile(rb"(?:[\xc2-\xc5\xcb][\x80-\xbf]|[\xe2-\xef][\x80-\xbf][\x80-\xbf]){2}")
_LATIN_PAIR = re.compile(f"[\x80-\xff]{_LATIN_RUN.pattern}")


def is_worth_a_try(clip: str) -> bool:
    """Whether some route may lead somewhere from a few characters of a line: clean text rarely looks so."""
    if _LATIN_PAIR.search(clip):
        return True
    if any(_reads_as_utf8(clip.encode(encoding, "replace")) for encoding in ("gb18030", "cp950")):
        return True
    least = mean_log_likelihood(clip) + 1.0
    return any(mean_log_likelihood(_swapped(clip, _swap(route))) > least for route in SWAPS)


def _reads_as_utf8(data: bytes) -> bool:
    """Whether there are characters of UTF-8 in a row, and they are no chance: known ones, or many."""
    if not _UTF8_PAIR.search(data):
        return False
    total, n = log_likelihood("".join(_NO_CHANCE.findall(data.decode("utf-8", "ignore"))))
    return n >= MANY or (n > 0 and total / n > BY_CHANCE)


def _swapped(clip: str, swap: _Swap) -> str:
    return "".join(swap[character] or character for character in clip)


# --- the byte order mark ---

_MARK = "\ufeff"


@cache
def _marks() -> tuple[str, ...]:
    """What the mark of UTF-8 becomes, read wrongly once, twice, three times: ï»¿, 茂禄驴 …"""
    texts = {_MARK}
    for _ in range(3):
        encoded = {text.encode("utf-8") for text in texts}
        texts |= {
            data.decode(wrong) for data in encoded for wrong in ("latin-1", "cp1252", "gbk") if _reads(data, wrong)
        }
    return tuple(sorted(texts - {_MARK}, key=len, reverse=True))


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def remains_of_a_mark(start: str) -> Piece | None:
    """What is left of a byte order mark at the start of a line, as the mark it was, and the ASCII letter it took with it."""
    for text in _marks():
        if start.startswith(text):
            return Piece(0, len(text), _MARK, is_read=True)
    for table in (GBK, BIG5):
        data = b"".join(table[character] for character in start[:2])
        if len(data) == 4 and data.startswith(b"\xef\xbb\xbf") and data[3] < 0x80:  # 锘縝ody
            return Piece(0, 2, data.decode("utf-8"), is_read=True)
    return None
