"""Clean news articles to make pages of, one after another as printed or broadcast, parted into training and test text.

The folder that CORPUS_TOOLS_DATA names comes in (see its README), `Item`s leave: a headline group and whole paragraphs.
What cannot be part of a clean article is left out: remarks in brackets, bylines of a line, captions, poems.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Literal, get_args

import orjson

SourceName = Literal["broadcast", "peoples_daily"]
Part = Literal["train", "test", "all"]
FILES: dict[SourceName, str] = {
    "broadcast": "broadcast_news_2022_2025.jsonl.gz",
    "peoples_daily": "peoples_daily_1998_01.txt.gz",
}
TRAINING_SHARE = 0.8
"""Of the items by date (broadcast), of the lines by position (People's Daily); the rest is for tests."""

SHORTEST_ITEM, SHORTEST_PARAGRAPH = 60, 30
"""Characters of an item, and of the paragraph in its middle: shorter ones are poems, tables and the notes of editors."""

LONGEST_HEAD = 48
"""Characters of a line without end mark that may be a headline; longer ones are paragraphs that the source cut."""

_STATION = re.compile(r"^(?:央视网消息)?[（(]新闻联播[）)][：:]|^央视网消息[：:]")
_COLUMN = re.compile(r"^【([^】]{2,24})】(.+)$")
_REMARK = re.compile(r"^[（(【][^。]{0,30}[）)】]$")
_BYLINE = re.compile(r"^(?:本报|新华社|本社|人民日报)?[^，。]{0,10}(?:记者|通讯员|特约|编辑|作者)[^，。]{0,14}$")
_PICTURE = re.compile(r"（[^（）]{0,8}(?:图片|照片|附图|附表)[^（）]{0,8}）$|摄）?$")
_END_MARKS = "。！？…”』」）；"


@dataclass(frozen=True, slots=True)
class Item:
    """One article: the lines of its head (kicker first where there is one) and its paragraphs, neither with white space
    at its ends."""

    source: str
    headline: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def n_characters(self) -> int:
        """Characters of its paragraphs."""
        return sum(map(len, self.paragraphs))


def sources_in(folder: Path, only: SourceName | None = None) -> Iterator[SourceName]:
    """The sources whose file is in the folder, in a fixed order; says which are not."""
    for source in [only] if only else get_args(SourceName):
        if (folder / FILES[source]).exists():
            yield source
        else:
            print(f"\n{source}: the folder has no {FILES[source]}.")


def items_of(folder: Path, name: SourceName, part: Part = "all") -> list[Item]:
    """The items of one part of a source, in its order.

    Raises: FileNotFoundError where the folder does not hold the source's file.
    """
    items, n_training = _read(folder / FILES[name], name)
    return list({"train": items[:n_training], "test": items[n_training:], "all": items}[part])


@cache
def _read(path: Path, name: SourceName) -> tuple[tuple[Item, ...], int]:
    """All items, and how many of them are for training."""
    data = gzip.decompress(path.read_bytes())
    units: Sequence[Sequence[Item]]
    if name == "broadcast":
        records = sorted((orjson.loads(line) for line in data.splitlines()), key=lambda record: str(record["date"]))
        units = [list(_broadcast(record["title"], record["paragraphs"])) for record in records]
        training = units[: int(TRAINING_SHARE * len(units))]
    else:
        lines = data.decode("utf-8").split("\n")
        border = int(TRAINING_SHARE * len(lines))
        units = [list(_printed(lines[:border])), list(_printed(lines[border:]))]
        training = units[:1]
    return tuple(item for unit in units for item in unit), sum(map(len, training))


def _broadcast(title: str, paragraphs: Sequence[str]) -> Iterator[Item]:
    """The item, or where it is a round of short news the items of that round."""
    texts = [_STATION.sub("", paragraph.strip()).strip() for paragraph in paragraphs]
    texts = [text for text in texts if text and text != "undefined"]
    if "快讯" in title:
        yield from _printed(texts, "broadcast")
        return
    column = _COLUMN.match(title.strip())
    yield from _item("broadcast", column.groups() if column else (title.strip(),), texts)


def _printed(lines: Sequence[str], source: str = "peoples_daily") -> Iterator[Item]:
    """Items of lines as printed: lines without an end mark after a paragraph begin the next head."""
    head: list[str] = []
    paragraphs: list[str] = []
    for raw in lines:
        line = raw.strip()
        if not line or _REMARK.match(line):
            continue
        if _is_head(line):
            if paragraphs:
                yield from _item(source, head, paragraphs)
                head, paragraphs = [], []
            if not _BYLINE.match(line) and len(line) > 4:
                head.append(line)
        else:
            paragraphs.append(line)
    yield from _item(source, head, paragraphs)


def _is_head(line: str) -> bool:
    """Whether a line is part of a head or a byline: short, and without an end mark.

    >>> _is_head("北京举行新年音乐会"), _is_head("谢谢！"), _is_head("挂起红灯迎新年（图片）")
    (True, False, True)
    """
    bare = _PICTURE.sub("", line)
    return len(bare) <= LONGEST_HEAD and bare[-1:] not in (*_END_MARKS, "：", ":")


def _item(source: str, head: Sequence[str], paragraphs: Sequence[str]) -> Iterator[Item]:
    """The item, unless something of it is no news text."""
    headline = tuple(bare for line in head[:3] if len(bare := _PICTURE.sub("", line).strip()) > 3)
    if not headline or not paragraphs or sum(map(len, paragraphs)) < SHORTEST_ITEM:
        return
    if median(map(len, paragraphs)) < SHORTEST_PARAGRAPH or any(_PICTURE.search(text) for text in paragraphs):
        return
    yield Item(source, headline, tuple(paragraphs))
