"""Builds the golden pages and their gold records from marked-up source, so that every offset is exact.

`marked/<page>.toml` is the truth, written by hand: edit that, never what is built. `python tests/golden/build_golden.py` writes
`pages/<page>.txt` (the bytes an OCR engine would have left) and `pages/gold/<page>.jsonl` (records as in seeds/gold).
It shares no code with the package: gold that the tool had computed would prove nothing.

A marked file has `encoding`, `newline`, `page`, and a table `[article.N]` for what no block shows: `flags`, `dateline`,
`byline` (`[["name", "role"]]`), `jump_from`, `jump_to`, `kind`. In `page` every character that is not white space stands
in one piece:

    ⟦1 headline⟧…⟦/⟧              article 1, a block of its own
    ⟦1 body#a +joined⟧…⟦/⟧ ⟦1 body#a⟧…⟦/⟧   pieces of one block, in reading order
    ⟦1 body#a @3⟧…⟦/⟧             its place in the reading order, where that is not the order of the page
    ⟦1 body#a :2⟧…⟦/⟧             the same for a piece in its block
    ⟦1 body wrap⟧…⟦/⟧             printed lines: a span each, without the white space round it
    ⟦~x→y⟧                        inside a piece: the page has x, the text of the block y
    ⟦furniture⟧…⟦/⟧ ⟦residue⟧…⟦/⟧ ⟦removed⟧…⟦/⟧   in no record of the gold
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
OUTSIDE = ("furniture", "residue", "removed")
HEAD = ("kicker", "headline", "deck")
RUNNING = ("crosshead", "body", "list", "verse", "table", "notice", "advert")
_PIECE = re.compile(r"⟦(?P<tag>[^⟧/~][^⟧]*)⟧(?P<content>.*?)⟦/⟧", re.DOTALL)
_LINE = re.compile(r"((?<!⟦~)\n|(?<=→ ⟧))")
_CHANGE = re.compile(r"⟦~(?P<before>[^→]*)→(?P<after>[^⟧]*)⟧")


@dataclass
class Piece:
    """One span of a block and its text; `place` orders the pieces of a block that are not printed in order."""

    start: int
    end: int
    text: str
    place: int


@dataclass
class MarkedBlock:
    """A block in the making."""

    article: str
    role: str
    place: int | None
    flags: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        pieces = sorted(self.pieces, key=lambda piece: piece.place)
        text = "".join(piece.text for piece in pieces)
        spans = [[piece.start, piece.end] for piece in pieces]
        return {"role": self.role, "text": text, "spans": spans, "flags": self.flags}


class Marked:
    """A marked-up page taken apart: `text` as it stands in the file, and its blocks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.head: dict[str, Any] = tomllib.loads((FOLDER / "marked" / f"{name}.toml").read_text("utf-8"))
        self.newline: str = self.head.get("newline", "\n")
        self.text = ""
        self.blocks: dict[str, MarkedBlock] = {}
        self._read(self.head["page"])

    def _read(self, marked: str) -> None:
        done = 0
        for found in _PIECE.finditer(marked):
            self._outside(marked[done : found.start()])
            self._piece(found["tag"].split(), found["content"])
            done = found.end()
        self._outside(marked[done:])

    def _outside(self, text: str) -> None:
        if text.strip():
            raise ValueError(f"{self.name}: in no piece: {text.strip()!r}")
        self.text += text.replace("\n", self.newline)

    def _piece(self, tag: list[str], content: str) -> None:
        if tag[0] in OUTSIDE:
            self.text += content.replace("\n", self.newline)
            return
        article, name, *options = tag
        role = name.partition("#")[0]
        key = f"{article} {name}" if "#" in name else f"{article} {name} {len(self.blocks)}"
        place = next((int(option[1:]) for option in options if option[0] == "@"), None)
        block = self.blocks.setdefault(key, MarkedBlock(article, role, place))
        block.flags += [option[1:] for option in options if option[0] == "+"]
        order = next((int(option[1:]) for option in options if option[0] == ":"), len(block.pieces))
        for line in _LINE.split(content) if "wrap" in options else [content]:
            self._span(block, line, order)

    def _span(self, block: MarkedBlock, content: str, order: int) -> None:
        printed = _CHANGE.sub(lambda change: change["before"], content).replace("\n", self.newline)
        read = _CHANGE.sub(lambda change: change["after"], content)
        start = len(self.text) + len(printed) - len(printed.lstrip())
        self.text += printed
        if not read.strip():
            return
        if content.endswith("→ ⟧"):  # a line end that the text reads as a space belongs to the left span
            end, read = len(self.text), read.lstrip()
        else:
            end, read = start + len(printed.strip()), read.strip()
        read = read.replace("\u3000", " ").replace("\u00a0", " ")  # the closed table of spaces
        block.pieces.append(Piece(start, end, read, order))

    def records(self) -> list[dict[str, Any]]:
        """The gold records, numbered by their earliest character."""
        grouped: dict[str, list[MarkedBlock]] = {}
        for block in self.blocks.values():
            grouped.setdefault(block.article, []).append(block)
        ordered = [sorted(blocks, key=lambda block: block.place or 0) for blocks in grouped.values()]
        ordered.sort(key=lambda blocks: min(piece.start for block in blocks for piece in block.pieces))
        return [self._record(number, blocks) for number, blocks in enumerate(ordered, 1)]

    def _record(self, number: int, marked: list[MarkedBlock]) -> dict[str, Any]:
        said: dict[str, Any] = self.head["article"].get(marked[0].article, {})
        blocks = [block.record() for block in marked]
        roles = {block["role"] for block in blocks}
        taken = RUNNING if roles & set(RUNNING) else (*RUNNING, "caption")
        text = [block["text"] for role in HEAD for block in blocks if block["role"] == role]
        text += [block["text"] for block in blocks if block["role"] in taken]
        record: dict[str, Any] = {
            "schema": "corpus-tools/article@1",
            "id": f"{self.name}/{number}",
            "page_id": self.name,
            "text": "\n".join(text),
        }
        if said.get("kind", "article") != "article":
            record["kind"] = said["kind"]
        for role in ("column", *HEAD):
            record[role] = " ".join(block["text"] for block in blocks if block["role"] == role) or None
        record["dateline"] = said.get("dateline")
        record["byline"] = [{"name": name, "role": role or None} for name, role in said.get("byline", [])]
        record["jump_from"] = said.get("jump_from")
        record["jump_to"] = said.get("jump_to")
        return record | {"blocks": blocks, "flags": said.get("flags", [])}

    def page_bytes(self) -> bytes:
        """The page as a file."""
        return self.text.encode(self.head.get("encoding", "utf-8"))

    def gold_bytes(self) -> bytes:
        """The gold as JSONL."""
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in self.records()).encode()


def names() -> list[str]:
    """The pages, in order."""
    return sorted(path.stem for path in (FOLDER / "marked").glob("*.toml"))


def main() -> None:
    """Write all pages and their gold."""
    for name in names():
        marked = Marked(name)
        (FOLDER / "pages" / f"{name}.txt").write_bytes(marked.page_bytes())
        (FOLDER / "pages" / "gold" / f"{name}.jsonl").write_bytes(marked.gold_bytes())
        sys.stderr.write(f"{name}: {len(marked.text)} characters, {len(marked.records())} records\n")


if __name__ == "__main__":
    main()
