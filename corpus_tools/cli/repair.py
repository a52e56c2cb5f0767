"""`corpus-tools repair`: whole paragraphs in reading order."""

from __future__ import annotations

from corpus_tools.cli import options
from corpus_tools.cli.groups import with_groups
from corpus_tools.cli.messages import command_body
from corpus_tools.cli.running import Call, run_pages
from corpus_tools.options import Options


@with_groups
def command(
    paths: options.Inputs = None,
    output: options.OutputFile = None,
    to: options.To = None,
    mode: options.Mode = "standard",
    disable: options.Disable = None,
    *,
    page_options: options.PageOptions,
) -> None:
    """Find the blocks of a page; join wrapped lines and broken paragraphs; put displaced pieces in order.

    Never joins across a headline, a list, a poem or a table; what is doubtful is flagged. Joins and
    moves carry their score and evidence in the page record (`notes`); --mode moves the thresholds.

    Standard input or one named raw file gives plain text; a directory, several files or page records give page records;
    --to overrides. Plain text forgets the ledger: begin a pipe that shall equal `clean` with --to pages.
    """
    with command_body():
        chosen = Options(disable=frozenset(disable or ()), mode=mode)
        run_pages(Call(paths, ("repair",), chosen, page_options, to=to, output=output))
