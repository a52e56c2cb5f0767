"""`corpus-tools verify`: the proof that nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import Tally, command_body, say
from corpus_tools.cli.record_streams import RecordStreams
from corpus_tools.options import MAX_PAGE_BYTES


def command(
    paths: options.Inputs = None,
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", help="The page records that the article records were made from.", show_default=False),
    ] = None,
    output: options.OutputFile = None,
    rejects: options.Rejects = None,
    glob: options.Glob = None,
    max_page_bytes: options.MaxPageBytes = MAX_PAGE_BYTES,
    quiet: options.Quiet = False,
) -> None:
    """Prove that nothing is lost, double or changed; print one line for every problem and exit 1 if there is any.

    Page records (a ledger, or the output of any stage with --to pages): undoing the history gives the source's sha256;
    every character that is not white space is in one block or one removing edit; every block reads as its spans do and
    is in one record. Article records with --ledger: they also say what the ledger says, and none is missing or double.
    """
    with command_body():
        from corpus_tools.run.outputs import Output
        from corpus_tools.verification import verify

        read = options.read_options(input_format="pages", glob=glob or "*.jsonl", max_page_bytes=max_page_bytes)
        tally = Tally(rejects)
        given = RecordStreams(paths or [], read, tally, outputs=[output, rejects])
        pages, articles = given.pages_and_articles(ledger)
        n_problems = 0
        with Output(output) as file:
            for problem in verify(pages, articles):
                file.write(f"{problem}\n".encode())
                n_problems += 1
        tally.write()
        if not quiet:
            verdict = f"{n_problems} problems" if n_problems else "nothing lost, nothing double, nothing changed"
            broken = f", {tally.n_rejected} records could not be read" if tally.n_rejected else ""
            records = f" and {given.n_articles} article records" if articles is not None else ""
            say(f"{given.n_pages} pages{records}: {verdict}{broken}")
        raise typer.Exit(1 if n_problems else tally.exit_code)
