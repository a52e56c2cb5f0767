"""Which encoding bytes are in, with the evidence; abstains rather than guess.

Bytes enter, a Detection leaves. Order of evidence: signature of a binary format, byte order mark, strict UTF-8, then how
well GB18030 and Big5 explain a sample as Chinese news. Where that leaves a doubt, everything is weighed: damage, other
languages, encodings that change inside the file; `chardet` is asked only when nothing explains the bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from corpus_tools.likelihood import mean_log_likelihood
from corpus_tools.read.damage import BAD
from corpus_tools.read.decoding import stretches, undecodable
from corpus_tools.read.detection import ACCEPTED, FEW_BAD, GOOD_MEAN, Detection, damaged, fit, no_text_of_controls
from corpus_tools.read.readings import read_as
from corpus_tools.read.samples import CONTROL, has_many_controls
from corpus_tools.read.signatures import FIRST_BYTES, LABEL_WITHIN, binary_format, byte_order_mark, label_of
from corpus_tools.read.weighing import by_sample, has_hz, weighed
from corpus_tools.read.wide import UTF16, WIDE, aligned_segments, read_wide, wide_found, with_lost_bytes

FEW_NULS = 0.01
"""Share of NUL bytes that damage may leave in a text; UTF-16 of Chinese has 0.01-0.1, of Latin text 0.5."""

WINDOW = 200
"""Bytes looked at in UTF-16 that lost some: of every 200 some are whole even where 20 of 6,000 are gone."""

SHORT_LOOK = 4_096
"""Bytes of ASCII that are looked at for control codes."""

LEAST_UTF32 = 8
"""Bytes of strict UTF-32 from which it is no chance, whatever the characters: every fourth byte is 0."""

LEAST_WITH_NUL = 4
"""Bytes below which one NUL is no damage."""

LEAST_HIDDEN = 6
"""Different hanzi in UTF-16 that looks like ASCII: of 213,000 English words and short lines 54 look like four or more."""

SHORT = 64
"""Bytes below which two-byte UTF-8 sequences are weighed against GB18030: 4 hanzi in a thousand look like them."""


_UTF8 = Detection("utf-8", 1.0, "strict UTF-8")
_ASCII = Detection("utf-8", 1.0, "ASCII")


def detect_encoding(data: bytes) -> Detection:
    """The encoding of `data` with its evidence; abstains below the threshold.

    >>> detect_encoding("本报讯".encode()).encoding
    'utf-8'
    >>> detect_encoding("本报讯（记者 苑捷）日前，我市获得银奖。".encode("gbk")).encoding
    'gb18030'
    """
    if data[:1] in FIRST_BYTES:
        binary = binary_format(data)
        if binary is not None:
            reason = f"not text: begins like {binary}"
            return Detection(None, 1.0, f"begins like {binary}", reason=reason, byte_offset=0)
        mark = byte_order_mark(data)
        if mark is not None:
            return _by_mark(data, *mark)
    if b"\x00" in data:
        return _with_nuls(data)
    return _without_nuls(data)


def _without_nuls(data: bytes) -> Detection:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = by_sample(data, error.start) or weighed(data)
    else:
        if len(text) == len(data):
            found = _of_ascii(data)
        elif b"~" in data and has_hz(data):
            found = weighed(data)
        elif len(data) <= SHORT and max(text) < "\u0800":
            found = _of_short_pairs(data)
        else:
            found = _UTF8
    if data.find(b"=", 0, LABEL_WITHIN) < 0:  # no label without it, and one byte is found ten times faster than a word
        return found
    label = label_of(data)
    return replace(found, label=label) if label is not None else found


# --- marks, NUL bytes, ASCII ---


def _by_mark(data: bytes, mark: bytes, encoding: str) -> Detection:
    rest = data[len(mark) :]
    try:
        rest.decode(encoding)
    except UnicodeDecodeError:
        pass
    else:
        return Detection(encoding, 1.0, "byte order mark, strict", byte_order_mark=True)
    bad = [len(mark) + offset for offset in undecodable(rest, encoding)]
    if encoding == "utf-8":
        inner = _without_nuls(b" " * len(mark) + rest)  # blanks in place of the mark: bytes keep their places
        if inner.encoding is not None and (inner.encoding != "utf-8" or inner.segments):
            return _behind_mark(inner, len(mark))
    if encoding in UTF16:
        segments = aligned_segments(rest, encoding, 0)
        if len(segments) > 1:
            return _of_mark_and_lost_bytes(data, len(mark), encoding, segments)
    unit = 4 if "32" in encoding else 2 if "16" in encoding else 1
    reading = read_as(rest, encoding)
    if len(bad) * unit <= FEW_BAD * len(rest) and fit(reading.mean) > ACCEPTED and reading.n_characters > len(bad):
        found = Detection(encoding, round(0.95 * (1 - len(bad) * unit / len(rest)), 3), "byte order mark", True)
        return damaged(found, bad)
    reason = f"a byte order mark of {encoding}, but byte {bad[0]} does not decode"
    return Detection(None, 0.5, "byte order mark", True, encoding, reason, bad[0])


def _behind_mark(inner: Detection, length: int) -> Detection:
    """A file in another encoding that an editor put the mark of UTF-8 before: the mark is a segment of its own."""
    segments = inner.segments or ((0, inner.encoding or ""),)
    first, *others = segments
    segments = (first, *others) if first[1] == "utf-8" else ((0, "utf-8"), (length, first[1]), *others)
    evidence = f"a byte order mark of utf-8 before {inner.evidence}"
    return replace(inner, evidence=evidence, byte_order_mark=True, segments=segments)


def _of_mark_and_lost_bytes(data: bytes, length: int, encoding: str, segments: list[tuple[int, str]]) -> Detection:
    """UTF-16 with its mark, some bytes lost behind it."""
    found = Detection(encoding, 0.95, "byte order mark", True, candidates=((encoding, 0.95),))
    return with_lost_bytes(found, data, [(0, encoding), *((start + length, name) for start, name in segments[1:])])


def _with_nuls(data: bytes) -> Detection:
    """NUL bytes: UTF-16 or UTF-32 without a mark, text with a few stray ones, or no text."""
    wide = sorted(
        (reading for encoding in WIDE if (reading := read_wide(data, encoding)) is not None),
        key=lambda reading: -reading.total,
    )
    if wide and wide[0].n_characters and fit(wide[0].mean) > ACCEPTED:
        return wide_found(data, wide)
    if wide and "32" in wide[0].encoding and not wide[0].n_bad and len(data) >= LEAST_UTF32:
        return Detection(wide[0].encoding, 0.9, "strict, no byte order mark")
    plain = [reading for reading in wide if not reading.n_characters and not reading.n_bad]
    found = _with_stray_nuls(data) or _of_lost_bytes(data)
    if found is not None:
        return found
    if plain:
        return Detection(plain[0].encoding, 0.9, "strict, no byte order mark, Latin text")
    place = data.find(b"\x00")
    reason = f"not text: a NUL byte at byte {place}"
    return Detection(None, 1.0, "NUL bytes", reason=reason, byte_offset=place)


def _with_stray_nuls(data: bytes) -> Detection | None:
    """The answer without the few NUL bytes that damage leaves in a text; None where that is no text either."""
    n_nuls = data.count(b"\x00")
    if n_nuls > max(1, FEW_NULS * len(data)) or len(data) < LEAST_WITH_NUL:
        return None
    found = _without_nuls(data.replace(b"\x00", b"\x7f"))  # a byte that means itself wherever NUL does
    if found.encoding is None:
        return None
    said = f"{n_nuls} NUL byte" + ("s" if n_nuls > 1 else "") + f", the first at byte {data.find(0)}"
    return replace(found, evidence=f"{found.evidence}; {said}", confidence=min(found.confidence, 0.95))


def _of_lost_bytes(data: bytes) -> Detection | None:
    """UTF-16 that was cut in the middle of a character or lost bytes on the way; None where it is no Chinese UTF-16."""
    parts = [
        data[at : at + WINDOW] for start in range(0, min(len(data), 8 * WINDOW), WINDOW) for at in (start, start + 1)
    ]
    wide = [found for encoding in UTF16 for part in parts if (found := read_wide(part, encoding)) is not None]
    good = Counter(reading.encoding for reading in wide if reading.n_characters > 2 and reading.mean > GOOD_MEAN)
    if not good:
        return None
    encoding = good.most_common(1)[0][0]
    segments = aligned_segments(data, encoding, 0)
    text = "".join(data[start:end].decode(encoding, "replace") for start, end, _ in stretches(segments, len(data)))
    if fit(mean_log_likelihood(text.replace(BAD, ""))) <= ACCEPTED:
        return None
    answer = Detection(encoding, 0.9, "strict, no byte order mark, Chinese text", candidates=((encoding, 0.9),))
    return with_lost_bytes(answer, data, segments)


def _of_ascii(data: bytes) -> Detection:
    """Bytes below 0x80: ASCII, or one of the encodings that hide in it."""
    if b"\x1b$" in data:
        return _of_escapes(data)
    if has_many_controls(data[:SHORT_LOOK]):
        return no_text_of_controls()
    if b"~" in data and has_hz(data):
        return weighed(data)
    if not len(data) % 2 and not data.isspace():
        for encoding in ("utf-16-le", "utf-16-be"):
            reading = read_as(data[:SHORT], encoding)
            is_whole = reading.n_characters * 2 == len(data[:SHORT])
            if is_whole and len(set(data[:SHORT].decode(encoding))) >= LEAST_HIDDEN and reading.mean > GOOD_MEAN:
                return Detection(encoding, 0.8, "no byte order mark, Chinese text of low code points only")
    return _ASCII


def _of_escapes(data: bytes) -> Detection:
    """ISO-2022: Python reads the Japanese and Korean ones, and none of the Chinese."""
    for encoding, escape in (("iso2022_jp", b"\x1b$B"), ("iso2022_jp", b"\x1b$@"), ("iso2022_kr", b"\x1b$)C")):
        if escape in data:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if text.encode(encoding, "replace") == data:
                return Detection(encoding, 0.95, "strict, its escape sequences")
    if b"\x1b$)A" in data or b"\x1b$)G" in data:
        reason = "ISO-2022-CN: Python has no codec for it; convert the file first, for instance by iconv"
        return Detection(None, 0.9, "escape sequences of ISO-2022-CN", runner_up="iso-2022-cn", reason=reason)
    return _ASCII


def _of_short_pairs(data: bytes) -> Detection:
    """A few characters of two bytes each in UTF-8: perhaps hanzi in GB18030 that look so."""
    if CONTROL.search(data.decode("utf-8")):
        return weighed(data)  # UTF-16, perhaps
    as_gb = read_as(data, "gb18030")
    if as_gb.n_bad or not as_gb.n_characters or as_gb.mean < GOOD_MEAN or _is_one_script(data.decode("utf-8")):
        return _UTF8
    reason = "too short: strict UTF-8, but as likely gb18030"
    return Detection(None, 0.5, "strict UTF-8", runner_up="utf-8", reason=reason, candidates=(("gb18030", 0.5),))


_COMMON_LETTER = re.compile("[\u0384-\u03ce\u0401-\u045f\u05d0-\u05ea\u0621-\u064a]")  # Greek, Cyrillic, Hebrew, Arabic


def _is_one_script(text: str) -> bool:
    """Whether letters that are not ASCII are all Latin with ASCII letters beside them, or all of one other alphabet."""
    foreign = [character for character in text if character > "\x7f"]
    if all(character.isalpha() and character < "\u0250" for character in foreign):
        return any(character.isascii() and character.isalpha() for character in text)
    return (
        all(_COMMON_LETTER.match(character) for character in foreign) and len({ord(each) >> 8 for each in foreign}) == 1
    )
