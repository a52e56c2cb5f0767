"""Chinese news to make test files of: three sources of lines, and pages of them in the script that is wanted.

`builtin` is invented news kept in tests/encodings (mainland, Taiwan and Hong Kong habits). The others are there where
CORPUS_TOOLS_DATA names the folder that holds them: `broadcast` (the frequency table was made from it: for tuning) and
`peoples_daily` (no table has seen it: for final figures).
"""

from __future__ import annotations

import gzip
import os
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc
import orjson

ROOT = Path(__file__).parent.parent
SHORTEST, LONGEST = 1_500, 6_000
"""Characters of a whole page."""


@dataclass(frozen=True, slots=True)
class Source:
    """Lines of news, each with the script it is in: `s`, `t` (OpenCC's), `tw` or `hk`; an empty line parts articles."""

    name: str
    role: str
    lines: tuple[tuple[str, str], ...]
    longest: int = LONGEST


def sources(folder: Path | None) -> list[Source]:
    """The built-in source, and those of the data folder that are there."""
    found = [_builtin()]
    if folder is not None and (folder / "broadcast_news_2022_2025.jsonl.gz").exists():
        found.append(_broadcast(folder / "broadcast_news_2022_2025.jsonl.gz"))
    if folder is not None and (folder / "peoples_daily_1998_01.txt.gz").exists():
        found.append(_peoples_daily(folder / "peoples_daily_1998_01.txt.gz"))
    return found


def data_folder(given: Path | None = None) -> Path | None:
    """The folder of news text: the one given, or what CORPUS_TOOLS_DATA names."""
    named = os.environ.get("CORPUS_TOOLS_DATA")
    return given or (Path(named) if named else None)


def _builtin() -> Source:
    lines: list[tuple[str, str]] = []
    for name, script in (("mainland", "s"), ("taiwan", "tw"), ("hongkong", "hk")):
        text = (ROOT / "tests/encodings" / f"{name}.txt").read_text("utf-8")
        lines += [(line, script) for line in text.split("\n")]
    return Source("builtin", "invented, in the repository", tuple(lines), longest=2_000)


def _broadcast(path: Path) -> Source:
    items = [orjson.loads(line) for line in gzip.open(path, "rb").read().splitlines()]  # noqa: SIM115
    lines = [(line, "s") for item in items for line in (item["title"], *item["paragraphs"], "")]
    return Source("broadcast", "the frequency table was made from it", tuple(lines))


def _peoples_daily(path: Path) -> Source:
    text = gzip.open(path, "rb").read().decode("utf-8")  # noqa: SIM115
    return Source("peoples_daily", "never seen by any table", tuple((line, "s") for line in text.split("\n")))


_CHAINS = {
    ("tw", "hk"): ("tw2t", "t2hk"),
    ("hk", "tw"): ("hk2t", "t2tw"),
}
_CORNERS = str.maketrans("“”‘’", "「」『』")


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def in_script(line: str, script: str, wanted: str) -> str:
    """The line as papers of that script print it: OpenCC's characters, and 「」 where it was made traditional."""
    if script == wanted:
        return line
    for name in _CHAINS.get((script, wanted), (f"{script}2{wanted}",)):
        line = _converter(name).convert(line)
    return line if wanted == "s" else line.translate(_CORNERS)


def page_text(source: Source, script: str, rng: random.Random, *, plain: bool = False) -> str:
    """A page of consecutive lines, 1,500-6,000 characters; `plain` has no blank lines, indents or CR of its own."""
    wanted = rng.randint(SHORTEST, source.longest)
    newline, indent = ("\n", "") if plain else (rng.choice(("\n", "\n", "\n\n", "\r\n")), rng.choice(("", "　　")))
    at = rng.randrange(len(source.lines))
    pieces: list[str] = []
    length = 0
    while length < wanted:
        line, its_script = source.lines[at % len(source.lines)]
        at += 1
        is_paragraph = len(line) > 40
        piece = (indent if is_paragraph else "") + in_script(line, its_script, script) + newline
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)[: source.longest]
