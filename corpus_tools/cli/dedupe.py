"""`corpus-tools dedupe`: what the OCR printed twice, once."""

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
    fix_stutters: options.FixStutters = False,
    disable: options.Disable = None,
    *,
    page_options: options.PageOptions,
) -> None:
    """Remove echoes, loops and repeated paragraphs inside a page; note stutters.

    Never removes a jump line, a slogan or a legitimate repeat.

    Standard input or one named raw file gives plain text; a directory, several files or page records give page records;
    --to overrides. Plain text forgets the ledger: begin a pipe that shall equal `clean` with --to pages.
    """
    with command_body():
        chosen = Options(disable=frozenset(disable or ()), fix_stutters=fix_stutters)
        run_pages(Call(paths, ("dedupe",), chosen, page_options, to=to, output=output))
