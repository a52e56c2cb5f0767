"""How likely a text is as Chinese news, character by character.

Used to tell a right decoding from a wrong one, which turns common hanzi into rare ones, kana or private-use characters.
A logarithm of a probability is in nats: news has -6.7 a character, wrong decodings of it -11 to -18.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

IN = 1_000_000
"""The counts of `data/hanzi_frequency.tsv` are times in so many characters."""

OF_ASCII = -4.5
"""One ASCII character, whatever it is: bytes below 0x80 mean the same in nearly every encoding, so they decide nothing."""

_CLASSES: tuple[tuple[str, str, float], ...] = (  # (first, last, log-probability of one that the table does not have)
    ("\x80", "\x9f", -18.0),  # C1 controls
    ("\xa0", "\xff", -10.5),
    ("\u0100", "\u01dc", -9.5),  # Latin letters of pinyin, and others
    ("\u01dd", "\u036f", -11.0),
    ("\u0370", "\u04ff", -10.5),  # Greek, Cyrillic
    ("\u0500", "\u1fff", -17.0),
    ("\u2000", "\u206f", -10.0),  # general punctuation
    ("\u2070", "\u24ff", -9.5),  # №, ℃, Ⅰ, →, ①
    ("\u2500", "\u257f", -10.5),  # box drawing
    ("\u2580", "\u27ff", -9.0),  # ■, ●, ★
    ("\u2800", "\u2fff", -15.0),
    ("\u3000", "\u3000", -4.0),  # the space of a paragraph's indent
    ("\u3001", "\u303f", -8.5),
    ("\u3040", "\u30ff", -9.0),  # kana
    ("\u3100", "\u312f", -9.5),  # bopomofo
    ("\u3130", "\u33ff", -13.0),
    ("\u3400", "\u4dbf", -16.0),  # extension A
    ("\u4e00", "\u9fff", -13.5),  # hanzi that the table lacks, but see `_is_level_one`
    ("\uac00", "\ud7ff", -14.5),  # hangul
    ("\ue000", "\uf8ff", -17.0),  # private use
    ("\uf900", "\ufaff", -16.0),
    ("\ufb00", "\ufe2f", -15.0),
    ("\ufe30", "\ufe6f", -10.0),  # vertical and small forms
    ("\ufe70", "\ufefe", -16.0),
    ("\ufeff", "\ufeff", -8.0),
    ("\uff01", "\uff0f", -7.0),  # full-width forms …
    ("\uff10", "\uff19", -4.6),  # … papers of the nineties print every digit so
    ("\uff1a", "\uff5e", -7.0),
    ("\uffe0", "\uffe6", -9.5),
)
_OTHER = -18.0
_ASCII = re.compile("[\x00-\x7f]+")
_LEVEL_ONE = -12.0  # one of the 3,755 that GB2312 gives its first rows to, and not in the table


_CANTONESE = "嘅喺咗佢哋唔冇嚟嘢啲咁乜嗰喇嗮攞瞓嘥噉咩啱掂搵嬲睇"
_OF_CANTONESE = -8.5  # Hong Kong papers print them; no table of mandarin news has them


class _Weights(dict[str, float]):
    """Log-probability by character. Characters that are not in the table are classed when they are first asked for."""

    def __missing__(self, character: str) -> float:
        value = _of_class(character)
        self[character] = value
        return value


def _of_class(character: str) -> float:
    if character < "\x80":
        return 0.0
    if "\u4e00" <= character <= "\u9fff" and _is_level_one(character):
        return _LEVEL_ONE
    for first, last, value in _CLASSES:
        if first <= character <= last:
            return value
    return _OTHER


def _is_level_one(hanzi: str) -> bool:
    for encoding, end in (("gb2312", 0xD7), ("big5", 0xC6)):  # the rows of the commoner half, in either standard
        try:
            if hanzi.encode(encoding)[0] <= end:
                return True
        except UnicodeEncodeError:
            continue
    return False


@cache
def table() -> Mapping[str, float]:
    """The log-probability of each character that the frequency table has, and of those that Hong Kong prints."""
    lines = files("corpus_tools.data").joinpath("hanzi_frequency.tsv").read_text("utf-8").split("\n")
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    counted = {character: math.log(int(count) / IN) for character, count in rows}
    for character, value in counted.items():
        if not "\u4e00" <= character <= "\u9fff":  # a mark that broadcasts do without may be another paper's habit
            counted[character] = max(value, _of_class(character))
    return MappingProxyType({**counted, **dict.fromkeys(_CANTONESE, _OF_CANTONESE)})


@cache
def weights() -> dict[str, float]:
    """The log-probability of any character that is not ASCII; 0 for ASCII. For looking up only: it fills as it is asked,
    and what goes through all known characters goes through `table`."""
    return _Weights(table())


def log_likelihood(text: str) -> tuple[float, int]:
    """`(sum, n)`: the log-probability (nats) of the `n` characters that are not ASCII, taken one by one.

    >>> total, n = log_likelihood("会议强调 ok")
    >>> n, -7 < total / n < -5
    (4, True)
    >>> log_likelihood("ASCII")
    (0, 0)
    """
    foreign = _ASCII.sub("", text)
    return sum(map(weights().__getitem__, foreign)), len(foreign)


def mean_log_likelihood(text: str) -> float:
    """The mean log-probability (nats) of the characters that are not ASCII: -6.7 for news; 0 where there are none."""
    total, n = log_likelihood(text)
    return total / n if n else 0.0
