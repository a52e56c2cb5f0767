"""`corpus-tools evaluate`: article records against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import Tally, command_body, is_table
from corpus_tools.cli.record_streams import RecordStreams
from corpus_tools.errors import UsageError
from corpus_tools.evaluation.scores import DEFINITIONS
from corpus_tools.options import MAX_PAGE_BYTES


def command(
    paths: options.Inputs = None,
    gold: Annotated[
        list[Path] | None,
        typer.Option(
            "--gold", help="Gold article records: a file or a directory. May be repeated.", show_default=False
        ),
    ] = None,
    output: options.OutputFile = None,
    to: Annotated[
        Literal["table", "json"] | None,
        typer.Option("--to", help="A table (default on a terminal) or one JSON object.", show_default=False),
    ] = None,
    rejects: options.Rejects = None,
    glob: options.Glob = None,
    max_page_bytes: options.MaxPageBytes = MAX_PAGE_BYTES,
    quiet: options.Quiet = False,
) -> None:
    with command_body():
        if not gold:
            raise UsageError("no gold", hint="give --gold FILE or --gold DIRECTORY")
        from corpus_tools.evaluation import evaluate

        read = options.read_options(input_format="articles", glob=glob or "*.jsonl", max_page_bytes=max_page_bytes)
        tally = Tally(rejects)
        given = RecordStreams(paths or [], read, tally, outputs=[output, rejects])
        judged = RecordStreams(gold, read, tally, outputs=[output, rejects])
        gold_articles = list(judged.articles())
        if not gold_articles:
            raise UsageError("the gold is empty", hint="--gold names article records")
        evaluation = evaluate(given.articles(), gold_articles)
        if is_table(to, output):
            _print_table(evaluation)
        else:
            _write(evaluation.to_record(), output)
        tally.write()
        raise typer.Exit(tally.exit_code)


_PLAIN = "\n\n".join(f"\b\n{paragraph}" for paragraph in DEFINITIONS.strip().split("\n\n"))  # \b: not rewrapped
command.__doc__ = f"""Score article records (JSONL) against gold records, and print what is right.

Reads article records from files, directories (*.jsonl) or standard input; prints figures for all pages together and for
each page.

{_PLAIN}
"""


def _write(record: dict[str, Any], output: Path | None) -> None:
    from corpus_tools.records import dump
    from corpus_tools.run.outputs import Output

    with Output(output) as file:
        file.write(dump(record))


def _print_table(evaluation: Any) -> None:
    from corpus_tools.report.terminal import print_scores

    print_scores(evaluation)
