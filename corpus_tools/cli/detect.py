"""`corpus-tools detect`: the encoding of each file, with the evidence."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import Tally, command_body, is_shown, is_table, say, with_progress
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.options import MAX_PAGE_BYTES, ReadOptions

if TYPE_CHECKING:
    from corpus_tools.read.inputs import InputFile

Row = dict[str, Any]

WIDEST_PATH = 60
"""Columns of a terminal: longer paths push their own line to the right, and no other."""


def command(
    paths: options.Inputs = None,
    output: options.OutputFile = None,
    to: options.TableOrLines = None,
    rejects: options.Rejects = None,
    glob: options.Glob = None,
    page_id: options.PageId = "stdin",
    max_page_bytes: options.MaxPageBytes = MAX_PAGE_BYTES,
    quiet: options.Quiet = False,
) -> None:
    """Name the encoding of each file: path, encoding, confidence, evidence, runner-up.

    Encoding is null where the bytes are not text, or where nothing stands out; the reason says why, the candidates what
    --encoding may be tried with, and the exit status is 1.
    """
    with command_body():
        from corpus_tools.read.inputs import list_inputs

        read = options.read_options(input_format="text", glob=glob, page_id=page_id, max_page_bytes=max_page_bytes)
        tally = Tally(rejects)
        inputs = list_inputs(paths or [], read, tally.reject)
        refuse_overwriting(inputs, [output, rejects])
        rows = with_progress(
            _detections(inputs, read, tally), len(inputs), hidden=quiet or is_shown(output), unit="files"
        )
        n_abstained = _show(rows, inputs) if is_table(to, output) else _write(rows, output)
        tally.write()
        if not quiet and sys.stderr.isatty():
            say(f"{tally.n_done} files looked at, {n_abstained} without an encoding, {tally.n_rejected} rejected")
        raise typer.Exit(1 if n_abstained else tally.exit_code)


def _detections(inputs: Sequence[InputFile], read: ReadOptions, tally: Tally) -> Iterator[Row]:
    """The path of each file, and what was detected, one at a time."""
    from corpus_tools.errors import InputError
    from corpus_tools.read.encoding import detect_encoding
    from corpus_tools.read.inputs import iter_items, place_of, placed, raw_bytes

    for item in iter_items(inputs, read):
        try:
            data = raw_bytes(item, read)
            if not data:
                raise InputError("the file is empty", path=item.name)
        except InputError as error:
            tally.reject(placed(error, item))
            continue
        tally.n_done += 1
        yield {"path": place_of(item), **asdict(detect_encoding(data))}


def _show(rows: Iterable[Row], inputs: Sequence[InputFile]) -> int:
    """Print a line a row as it comes, the paths as wide as the longest; how many had no encoding."""
    from corpus_tools.report.terminal import n_columns, table_lines

    longest = max((n_columns(str(source.path or source.name)) for source in inputs), default=0)
    widths = {"path": min(longest, WIDEST_PATH), "encoding": 12, "confidence": 10, "runner_up": 12, "evidence": 0}
    n_abstained = 0

    def cells() -> Iterator[list[object]]:
        nonlocal n_abstained
        for row in rows:
            n_abstained += row["encoding"] is None
            yield [row["reason"] or row[name] if name == "evidence" else row[name] for name in widths]

    for line in table_lines(widths, cells()):
        typer.echo(line)
    return n_abstained


def _write(rows: Iterable[Row], output: Path | None) -> int:
    """Write one JSON object a row; how many had no encoding."""
    from corpus_tools.records import dump
    from corpus_tools.run.outputs import Output

    n_abstained = 0
    with Output(output) as file:
        for row in rows:
            file.write(dump(row))
            n_abstained += row["encoding"] is None
    return n_abstained
