"""How well each encoding explains some bytes: what they read like in it, and how likely that is.

A reading's `total` is the log-probability (nats) of all the bytes under that encoding and the language that uses it, so that
readings of the same bytes can be compared whatever their number of characters. Bytes in no known encoding are explained by
their own frequencies: what no language explains better than that is no known language.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from corpus_tools.likelihood import OF_ASCII, log_likelihood, weights
from corpus_tools.read.damage import BAD, OF_BAD_BYTE
from corpus_tools.read.decoding import CODE_UNIT
from corpus_tools.read.euro import EURO_OR_BAD

OTHER = "other"
"""The name of the reading that knows no language."""

CHINESE = ("utf-8", "gb18030", "big5hkscs")
FOREIGN = ("shift_jis", "euc_jp", "cp949", "johab")
EUC_TW = "euc-tw"

LANGUAGE = {"shift_jis": "Japanese", "euc_jp": "Japanese", "cp949": "Korean", "johab": "Korean"}

LEAST_KANA = 0.15
"""Share of kana without which text is not Japanese; news has 0.4-0.6."""

LEAST_HANGUL = 0.8
"""Share of hangul among what is not ASCII without which text is not Korean; Chinese read as Korean has 0.3-0.6."""

_COMMON_HANGUL = (
    "이다는의에을가고하지로한기도사은서들를대인리자있해그아어정시일수나과부전제것었장성주으보여라원구등조만관세"
    "경상면스게안되국했연오비할음실치동화우중년소적공용위신미무생유방말개발회까산당문히선각진지월위와습니까요"
)
_OF_COMMON_HANGUL, _OF_HANGUL, _OF_HANJA = -4.9, -8.0, -12.0
_OF_HIRAGANA, _OF_KATAKANA, _OF_KANJI, _OF_RARE_KANJI = -4.6, -6.2, -7.8, -12.0

PRIOR = {
    "shift_jis": -4.0,
    "euc_jp": -4.0,
    "cp949": -6.0,
    "johab": -10.0,
    EUC_TW: -6.0,
    "utf-16-le": -2.0,
    "utf-16-be": -2.0,
}
"""Nats against encodings that the users of this tool meet seldom: some bytes more must speak for them."""

PRIOR_OF_OTHER = -3.0

SEEN_BEFORE = 10
OF_REPEATING = -0.7
"""A repeated character costs as much as its share of the text so far (ten more characters assumed), and half again."""

_UNSEEN = 0.3
"""Of each of the 128 high bytes, before any was seen: with it 20 bytes of Russian cost 3.9 nats a byte, of GB18030 4.7."""


class Reading(NamedTuple):
    """A sample in `encoding`: `total` in nats for all bytes, `mean` for each of `n_characters` that are not ASCII."""

    encoding: str
    total: float
    mean: float
    n_characters: int
    n_bad: int


def read_as(sample: bytes, encoding: str) -> Reading:
    """What `sample` reads like in a Chinese or a wide encoding, as Chinese news; bad bytes are counted."""
    text = _text_of(sample, encoding)
    n_bad = text.count(BAD)
    if n_bad:
        text = text.replace(BAD, "")
    value, n_characters = log_likelihood(text)
    bad = n_bad * CODE_UNIT.get(encoding, 1) * OF_BAD_BYTE
    total = value + (len(text) - n_characters) * OF_ASCII + bad + PRIOR.get(encoding, 0.0)
    return Reading(encoding, total, value / n_characters if n_characters else 0.0, n_characters, n_bad)


def read_with_repetition(sample: bytes, encoding: str) -> Reading:
    """As `read_as`, but a character that was seen before is no surprise: a table of ５５．８８ is as good as prose."""
    reading = read_as(sample, encoding)
    return reading._replace(total=reading.total + _spared(_text_of(sample, encoding), weights().__getitem__))


def _text_of(sample: bytes, encoding: str) -> str:
    """Bad bytes as U+FFFD."""
    if encoding == EUC_TW:
        return euc_tw_text(sample)
    return sample.decode(encoding, EURO_OR_BAD if encoding == "gb18030" else "replace")


def _spared(text: str, weigh: Callable[[str], float]) -> float:
    """Nats by which repetition makes the characters of `text` that are not ASCII likelier than each by itself."""
    counts = Counter(character for character in text if character > "\x7f" and character != BAD)
    n_seen = sum(counts.values()) + SEEN_BEFORE
    return sum(
        (times - 1) * max(0.0, math.log(times / n_seen) + OF_REPEATING - weigh(character))
        for character, times in counts.items()
        if times > 1
    )


def read_as_foreign(sample: bytes, encoding: str) -> Reading | None:
    """What `sample` reads like in an encoding of Japanese or Korean; None where it is not that language at all."""
    text = sample.decode(encoding, "replace")
    n_bad = text.count(BAD)
    foreign = [character for character in text if character > "\x7f" and character != BAD]
    if not foreign:
        return None
    is_language, weigh, least_mean = _LANGUAGES[LANGUAGE[encoding]]
    value = sum(map(weigh, foreign))
    if not is_language(foreign) or value < least_mean * len(foreign):
        return None
    total = value + (len(text) - n_bad - len(foreign)) * OF_ASCII + n_bad * OF_BAD_BYTE + PRIOR[encoding]
    return Reading(encoding, total + _spared(text, weigh), value / len(foreign), len(foreign), n_bad)


def _is_japanese(foreign: list[str]) -> bool:
    return sum("\u3041" <= character <= "\u30fe" for character in foreign) >= LEAST_KANA * len(foreign)


def _of_japanese(character: str) -> float:
    if "\u3041" <= character <= "\u3096":
        return _OF_HIRAGANA
    if "\u30a1" <= character <= "\u30fe":
        return _OF_KATAKANA
    if "\u4e00" <= character <= "\u9fff":
        return _OF_KANJI if character.encode("euc_jp", "ignore")[:1] < b"\xd0" else _OF_RARE_KANJI
    return weights()[character]


def _is_korean(foreign: list[str]) -> bool:
    return sum("\uac00" <= character <= "\ud7a3" for character in foreign) >= LEAST_HANGUL * len(foreign)


def _of_korean(character: str) -> float:
    if character in _COMMON_HANGUL:
        return _OF_COMMON_HANGUL
    return _OF_HANGUL if "\uac00" <= character <= "\ud7a3" else _OF_HANJA


_LANGUAGES: dict[str, tuple[Callable[[list[str]], bool], Callable[[str], float], float]] = {
    "Japanese": (_is_japanese, _of_japanese, -8.0),
    "Korean": (_is_korean, _of_korean, -7.2),  # any 2,350 syllables alike would have -7.8
}
"""Whether it is the language at all, the weight of its characters, and the mean of them that it must have."""


def read_as_other(sample: bytes) -> Reading:
    """What `sample` costs when nothing is known of its language: each high byte by the frequencies of those before it."""
    counts = [0] * 256
    total = 0.0
    n_high = 0
    for byte in sample:
        if byte < 0x80:
            total += OF_ASCII
            continue
        total += math.log((counts[byte] + _UNSEEN) / (n_high + _UNSEEN * 128))
        counts[byte] += 1
        n_high += 1
    return Reading(OTHER, total + PRIOR_OF_OTHER, total / len(sample) if sample else 0.0, n_high, 0)


# --- EUC-TW, for which Python has no codec ---

_BIG5_ROW, _CNS_ROW = 157, 94


def euc_tw_text(data: bytes) -> str:
    """EUC-TW as text, for telling it apart only: CNS 11643 planes 1 and 2 in Big5's order, which they follow but for a
    dozen characters. What does not decode is U+FFFD.

    >>> euc_tw_text(bytes.fromhex("c4e3 d9cf"))
    '中國'
    """
    big5 = bytearray()
    at = 0
    while at < len(data):
        step, code = _cns_to_big5(data, at)
        big5 += code
        at += step
    return big5.decode("big5", "replace")


def _cns_to_big5(data: bytes, at: int) -> tuple[int, bytes]:
    """`(bytes read, the same in Big5)`; 0xFF, which Big5 has not, for what is none."""
    lead = data[at]
    if lead < 0x80:
        return 1, data[at : at + 1]
    if lead == 0x8E and _is_pair(data, at + 2):  # four bytes: 0x8E, the plane from 0xA1 on, the code
        index = (data[at + 2] - 0xA1) * _CNS_ROW + data[at + 3] - 0xA1
        return 4, _big5_code(0xC940, index) if data[at + 1] == 0xA2 else b"\xff"
    if not _is_pair(data, at):
        return 1, b"\xff"
    row, cell = lead - 0xA1, data[at + 1] - 0xA1
    if row < 6:
        return 2, _big5_code(0xA140, row * _CNS_ROW + cell)
    return (2, _big5_code(0xA440, (row - 35) * _CNS_ROW + cell)) if row >= 35 else (2, b"\xff")


def _is_pair(data: bytes, at: int) -> bool:
    return at + 1 < len(data) and 0xA1 <= data[at] <= 0xFE and 0xA1 <= data[at + 1] <= 0xFE


def _big5_code(first: int, index: int) -> bytes:
    row, cell = divmod(index, _BIG5_ROW)
    lead = (first >> 8) + row
    return bytes((lead, 0x40 + cell if cell < 63 else 0xA1 + cell - 63)) if lead <= 0xFE else b"\xff"


READERS: dict[str, Callable[[bytes], Reading | None]] = {
    **{name: partial(read_with_repetition, encoding=name) for name in (*CHINESE, EUC_TW)},
    **{name: partial(read_as_foreign, encoding=name) for name in FOREIGN},
    OTHER: read_as_other,
}
"""Every 8-bit reading, by name; one that gives None is ruled out."""
