"""`corpus-tools revert`: the original bytes back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import Tally, command_body, say
from corpus_tools.cli.record_streams import RecordStreams
from corpus_tools.errors import UsageError
from corpus_tools.options import MAX_PAGE_BYTES


def command(
    paths: options.Inputs = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            help="A file for the one page, or a directory for all of them under the paths they came by.",
            show_default=False,
        ),
    ] = None,
    page_id: Annotated[
        str | None, typer.Option("--id", help="Revert only the page of this id.", show_default=False)
    ] = None,
    rejects: options.Rejects = None,
    glob: options.Glob = None,
    max_page_bytes: options.MaxPageBytes = MAX_PAGE_BYTES,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Give the original bytes back, from page records or a ledger: byte order mark, line ends, encoding and all.

    One page goes to standard output or to the file -o names. Several need -o DIRECTORY: each page is written below it
    under the path it came by, uncompressed. Every page is checked against the sha256 of its source.
    """
    with command_body():
        from corpus_tools.run.revert import revert_pages

        read = options.read_options(input_format="pages", glob=glob or "*.jsonl", max_page_bytes=max_page_bytes)
        tally = Tally(rejects)
        given = RecordStreams(paths or [], read, tally, outputs=[None if output is None else Path(output), rejects])
        pages = (page for page in given.pages() if page_id is None or page.id == page_id)
        n_pages = revert_pages(pages, output, tally.reject, given.paths())
        if page_id is not None and not n_pages and not tally.n_rejected:
            raise UsageError(f"there is no page {page_id!r}", hint="corpus-tools inspect shows the ids")
        tally.write()
        if verbose:
            say(f"{n_pages} pages reverted")
        raise typer.Exit(tally.exit_code)
