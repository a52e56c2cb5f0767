"""`corpus-tools detect`: the encoding of each file, with the evidence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import typer

from corpus_tools.cli import common
from corpus_tools.options import MAX_PAGE_BYTES

COLUMNS = ("path", "encoding", "confidence", "evidence", "runner_up", "reason")


def command(
    paths: common.Inputs = None,
    output: common.OutputFile = None,
    to: Annotated[
        Literal["table", "jsonl"] | None,
        typer.Option("--to", help="A table (default on a terminal) or one JSON object a file.", show_default=False),
    ] = None,
    rejects: common.Rejects = None,
    glob: common.Glob = None,
    page_id: common.PageId = "stdin",
    max_page_bytes: common.MaxPageBytes = MAX_PAGE_BYTES,
    quiet: common.Quiet = False,
) -> None:
    """Name the encoding of each file: path, encoding, confidence, evidence, runner-up.

    Encoding is null where the bytes are not text, or where nothing stands out; the reason says why, and the exit status
    is 1.
    """
    with common.command_body():
        read = common.read_options(input_format="text", glob=glob, page_id=page_id, max_page_bytes=max_page_bytes)
        tally = common.Tally(rejects)
        rows = _detections(paths or [], read, tally, output)
        if to == "table" or (to is None and output is None and sys.stdout.isatty()):
            from corpus_tools.report.terminal import print_table

            found = list(rows)
            print_table(COLUMNS, ([row[column] for column in COLUMNS] for row in found))
            n_abstained = sum(row["encoding"] is None for row in found)
        else:
            n_abstained = _write(rows, output)
        tally.write()
        raise typer.Exit(1 if n_abstained else tally.exit_code)


def _detections(paths: Any, read: Any, tally: common.Tally, output: Any) -> Iterator[dict[str, Any]]:
    from corpus_tools.errors import InputError
    from corpus_tools.read.encoding import detect_encoding
    from corpus_tools.read.inputs import iter_items, list_inputs, place_of, placed, raw_bytes

    inputs = list_inputs(paths, read, tally.reject)
    common.refuse_overwriting(inputs, [output, tally.file])
    for item in iter_items(inputs, read):
        try:
            data = raw_bytes(item, read)
            if not data:
                raise InputError("the file is empty", path=item.name)
        except InputError as error:
            tally.reject(placed(error, item))
            continue
        found = detect_encoding(data)
        yield {
            "path": place_of(item),
            "encoding": found.encoding,
            "confidence": found.confidence,
            "evidence": found.evidence,
            "byte_order_mark": found.byte_order_mark,
            "runner_up": found.runner_up,
            "reason": found.reason,
            "byte_offset": found.byte_offset,
        }


def _write(rows: Iterator[dict[str, Any]], output: Any) -> int:
    """Write one JSON object a row; how many had no encoding."""
    from corpus_tools.records import dump
    from corpus_tools.run.outputs import Output

    n_abstained = 0
    with Output(output) as file:
        for row in rows:
            file.write(dump(row))
            n_abstained += row["encoding"] is None
    return n_abstained
