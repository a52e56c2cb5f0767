"""Files that are not one Chinese encoding from end to end: mixed ones, other languages, and bytes that are no text.

Pure functions as in encoding_pages.py: the same arguments give the same bytes. Sentences of other languages are invented
and stand in tests/encodings/foreign.toml.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from encoding_pages import SEED, cut_to, encoded, is_writable
from encoding_sources import ROOT, Source, page_text

# --- mixed files ---

MIXES = {
    "gb after utf-8": (("utf-8", "s"), ("gbk", "s")),
    "big5 after gb": (("gbk", "s"), ("cp950", "tw")),
    "gb after utf-8 with mark": (("utf-8-sig", "s"), ("gbk", "s")),
    "utf-8 after gb": (("gbk", "s"), ("utf-8", "s")),
    "hz in utf-8": (("utf-8", "s"), ("hz", "s"), ("utf-8", "s")),
}
"""Name -> (codec, script) of the parts, in order."""

PLACES = ("line end", "mid-line")


@dataclass(frozen=True, slots=True)
class Mixed:
    """A file of several encodings; `borders` are the bytes where a part begins, the first part's left out."""

    kind: str
    place: str
    data: bytes
    text: str
    borders: tuple[int, ...]


def mixed(source: Source, kind: str, place: str, number: int, seed: int = SEED) -> Mixed:
    """The mixed file of that number: parts of 300-1,500 characters, each from another place of the source."""
    rng = random.Random(f"{seed}/{source.name}/{kind}/{place}/{number}")
    parts: list[bytes] = []
    texts: list[str] = []
    for n, (codec, script) in enumerate(MIXES[kind]):
        text = "".join(each for each in page_text(source, script, rng) if is_writable(each, codec))
        text = _part(text, rng.randint(300, 1_500), place, rng, is_last=n + 1 == len(MIXES[kind]))
        texts.append(text)
        parts.append(encoded(text, codec))
    borders = tuple(sum(map(len, parts[:n])) for n in range(1, len(parts)))
    return Mixed(kind, place, b"".join(parts), "".join(texts), borders)


def _part(text: str, length: int, place: str, rng: random.Random, *, is_last: bool) -> str:
    """A part that ends with its line, or in the middle of one, between two hanzi."""
    text = text[:length]
    if is_last or place == "line end":
        return text.rstrip("\r\n") + "\n"
    ends = [at for at in range(len(text) // 2, len(text) - 1) if not text[at - 1 : at + 1].isascii()]
    return text[: rng.choice(ends) if ends else len(text)].rstrip("\r\n")


# --- other languages, and no text ---

WHOLE = 0
FOREIGN_LENGTHS = (WHOLE, 100, 50)
"""Bytes of a foreign file; 0 is the whole text, a few hundred characters."""

TEXTS = 20
"""Texts of each language."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file that is not Chinese, or whose encoding the project does not read; `text` is None where it is no text."""

    language: str
    codec: str
    n_bytes: int
    data: bytes
    text: str | None
    number: int


def foreign(builtin: Source, seed: int = SEED) -> Iterator[Foreign]:
    """Every language in its codecs, whole and cut; EUC-TW where `iconv` writes it; random bytes and made-up programs."""
    tables = tomllib.loads((ROOT / "tests/encodings/foreign.toml").read_text("utf-8"))
    for language, table in tables.items():
        for number in range(TEXTS):
            rng = random.Random(f"{seed}/{language}/{number}")
            text = _composed(table["sentences"], rng)
            for codec in table["codecs"]:
                yield from _foreign_cuts(language, codec, text, number)
    yield from _euc_tw(builtin, seed)
    yield from _no_text(seed)


def _composed(sentences: list[str], rng: random.Random) -> str:
    """Three to six sentences, some of them on lines of their own."""
    chosen = rng.sample(sentences, rng.randint(3, 6))
    return "".join(sentence + rng.choice(("\n", "", " ")) for sentence in chosen)


def _foreign_cuts(language: str, codec: str, text: str, number: int) -> Iterator[Foreign]:
    if codec == "cp1258":
        text = "".join(map(_as_cp1258, text))
    text = "".join(character for character in text if character.encode(codec, "ignore"))
    for n_bytes in FOREIGN_LENGTHS:
        kept = cut_to(text, codec, n_bytes) if n_bytes else text
        yield Foreign(language, codec, n_bytes, kept.encode(codec), kept, number)


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _as_cp1258(character: str) -> str:
    """Vietnamese letters as that code page writes them: the letter, then its tone."""
    if character.encode("cp1258", "ignore"):
        return character
    marks = unicodedata.normalize("NFD", character)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return letter + "".join(mark for mark in marks if mark in _TONES)


def _euc_tw(builtin: Source, seed: int) -> Iterator[Foreign]:
    """Traditional news in EUC-TW, for which Python has no codec; nothing where `iconv` cannot write it."""
    if shutil.which("iconv") is None:
        return
    for number in range(TEXTS):
        text = page_text(builtin, "tw", random.Random(f"{seed}/euc-tw/{number}"), plain=True)[:400]
        written = subprocess.run(
            ["iconv", "-c", "-f", "UTF-8", "-t", "EUC-TW"], input=text.encode(), capture_output=True
        )
        if not written.stdout:
            return
        for n_bytes in FOREIGN_LENGTHS:
            data = _cut_euc_tw(written.stdout, n_bytes) if n_bytes else written.stdout
            yield Foreign("chinese", "euc-tw", n_bytes, data, None, number)


def _cut_euc_tw(data: bytes, n_bytes: int) -> bytes:
    end = 0
    while end < len(data):
        size = 4 if data[end] == 0x8E else 2 if data[end] > 0x80 else 1
        if end + size > n_bytes:
            break
        end += size
    return data[:end]


def _no_text(seed: int) -> Iterator[Foreign]:
    for number in range(TEXTS):
        rng = random.Random(f"{seed}/no text/{number}")
        for n_bytes in (2_000, 100, 50):
            yield Foreign("random", "all bytes", n_bytes, rng.randbytes(n_bytes), None, number)
            no_nul = bytes(rng.randrange(1, 256) for _ in range(n_bytes))
            yield Foreign("random", "no NUL", n_bytes, no_nul, None, number)
            pairs = bytes(rng.randrange(0xA1, 0xFF) for _ in range(n_bytes))
            yield Foreign("random", "codes of GB", n_bytes, pairs, None, number)
        yield Foreign("program", "ELF", 0, b"\x7fELF\x02\x01\x01" + bytes(9) + _machine_code(rng), None, number)
        yield Foreign("program", "no signature", 0, _machine_code(rng), None, number)


def _machine_code(rng: random.Random) -> bytes:
    """Bytes that look like a program's: operations, small numbers with NULs, names."""
    parts: list[bytes] = []
    for _ in range(400):
        parts.append(
            rng.choice((b"\x48\x8b", b"\x48\x89\xe5", b"\xe8", b"\x0f\x84", b"\xc3\x90", b"\x55", b"\xff\x25"))
        )
        parts.append((rng.choice((1, -1)) * rng.randrange(4096) % 2**32).to_bytes(4, "little"))
        if rng.random() < 0.1:
            parts.append(bytes(rng.choices(b"abcdefghijklmnopqrstuvwxyz_", k=rng.randint(4, 12))) + b"\x00")
    return b"".join(parts)
