"""Every command, with what it reads and which options it has: the table that the shared duties run over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from command_line import Outcome
from invented_pages import SIMPLIFIED
from prepared import records_in

from corpus_tools.options import Options
from corpus_tools.pipeline import clean_one
from corpus_tools.read.pages import read_page
from corpus_tools.records import Json, article_line, dump, page_record

Kind = Literal["pages", "ledger", "articles", "nothing"]
"""What a command reads: raw pages (page records too), finished page records, article records, or no input at all."""

STAGE_OPTIONS = "output to disable rejects from glob id encoding on-undecodable max-page-bytes meta manifest path-template quiet verbose help"
READER_OPTIONS = "output rejects glob max-page-bytes quiet help"


@dataclass(frozen=True)
class Command:
    """A command as the duties see it. `needs` are arguments of every call; they name files of the duties' folder.

    `pages_shown` finds the page ids in what a run gave: its outcome, and the folder that `revert` wrote to. `code` is
    how a run over good files ends: the pieces for `verify` are broken on purpose, because a proof without problems
    prints nothing that could stand in the wrong order.
    """

    name: str
    reads: Kind
    options: frozenset[str]
    pages_shown: Callable[[Outcome, Path], list[str]]
    needs: tuple[str, ...] = ()
    code: int = 0
    in_order: bool = True

    @property
    def suffix(self) -> str:
        """Of the files it reads."""
        return ".txt" if self.reads == "pages" else ".jsonl"


def piece(command: Command, page_id: str) -> bytes:
    """A small input for a command that shows where it came from: a raw page, or the records of one."""
    page = f"第{page_id}号\n\n{SIMPLIFIED}".encode()
    if command.reads == "pages":
        return page
    finished = clean_one(read_page(page, page_id, f"{page_id}.txt"), Options())
    if command.reads == "articles":
        return b"".join(map(article_line, finished.articles))
    record = page_record(finished)
    if command.name == "verify":
        record["source"]["sha256"] = "0" * 64
    return dump(record)


def _of_records(key: str) -> Callable[[Outcome, Path], list[str]]:
    def pages_shown(outcome: Outcome, folder: Path) -> list[str]:
        return list(dict.fromkeys(record[key] for record in records_in(outcome.out)))

    return pages_shown


def _of_detect(outcome: Outcome, folder: Path) -> list[str]:
    paths = [re.sub("^(folder|other)/", "", record["path"]) for record in records_in(outcome.out)]
    ids = (re.sub(r"\.(txt|page)(\.gz|\.zst)?$", "", path) for path in paths)
    return ["two" if page_id == "<stdin>" else page_id for page_id in ids]  # the duties stream page `two`


def _of_inspect(outcome: Outcome, folder: Path) -> list[str]:
    return re.findall(r"^(\S+)\n\S+  utf-8,", outcome.out.decode(), re.MULTILINE)


def _of_verify(outcome: Outcome, folder: Path) -> list[str]:
    return [line.decode().partition(": ")[0] for line in outcome.lines]


def _of_revert(outcome: Outcome, folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix().removesuffix(".txt") for path in folder.rglob("*.txt")]


def _of_evaluate(outcome: Outcome, folder: Path) -> list[str]:
    pages: dict[str, Json] = records_in(outcome.out)[0]["pages"]
    return [page_id for page_id, scores in pages.items() if scores["articles_output"]]


def _of_nothing(outcome: Outcome, folder: Path) -> list[str]:
    return []


def _command(
    name: str,
    reads: Kind,
    options: str,
    pages_shown: Callable[[Outcome, Path], list[str]],
    needs: tuple[str, ...] = (),
    code: int = 0,
    in_order: bool = True,
) -> Command:
    return Command(name, reads, frozenset(options.split()), pages_shown, needs, code, in_order)


TABLE = (
    _command(
        "clean",
        "pages",
        f"{STAGE_OPTIONS} mode width fix-stutters captions furniture script format link merge jobs ledger",
        _of_records("page_id"),
    ),
    _command("detect", "pages", f"{READER_OPTIONS} to id", _of_detect),
    _command("normalise", "pages", f"{STAGE_OPTIONS} width script", _of_records("id")),
    _command("repair", "pages", f"{STAGE_OPTIONS} mode", _of_records("id")),
    _command(
        "dedupe",
        "pages",
        f"{STAGE_OPTIONS} fix-stutters across action dropped reprints report jaccard containment memory",
        _of_records("id"),
    ),
    _command("split", "pages", f"{STAGE_OPTIONS} captions furniture script format ledger", _of_records("page_id")),
    _command("link", "articles", f"{READER_OPTIONS} merge format report verbose", _of_records("page_id")),
    _command("verify", "ledger", f"{READER_OPTIONS} ledger", _of_verify, code=1),
    _command("revert", "ledger", f"{READER_OPTIONS} id verbose", _of_revert, in_order=False),
    _command(
        "evaluate",
        "articles",
        f"{READER_OPTIONS} gold to",
        _of_evaluate,
        needs=("--gold", "gold/gold.jsonl"),
        in_order=False,
    ),
    _command(
        "inspect",
        "pages",
        "article why full rejects from glob id encoding on-undecodable max-page-bytes meta manifest path-template mode fix-stutters"
        " disable script quiet help",
        _of_inspect,
    ),
    _command("rules", "nothing", "output to help", _of_nothing),
    _command("schema", "nothing", "output help", _of_nothing),
)
