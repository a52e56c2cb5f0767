"""`corpus-tools repair`: whole paragraphs in reading order."""

from __future__ import annotations

from corpus_tools.cli import common
from corpus_tools.options import MAX_PAGE_BYTES, Options


def command(
    paths: common.Inputs = None,
    output: common.OutputFile = None,
    to: common.To = None,
    disable: common.Disable = None,
    rejects: common.Rejects = None,
    input_format: common.From = "auto",
    glob: common.Glob = None,
    page_id: common.PageId = "stdin",
    encoding: common.Encoding = None,
    on_undecodable: common.OnUndecodable = "reject",
    max_page_bytes: common.MaxPageBytes = MAX_PAGE_BYTES,
    meta: common.Meta = None,
    quiet: common.Quiet = False,
    verbose: common.Verbose = False,
) -> None:
    """Find the blocks of a page; join wrapped lines and broken paragraphs; put displaced pieces in order.

    Never joins across a headline, a list, a poem or a table; what is doubtful is flagged.

    Standard input or one named raw file gives plain text; a directory, several files or page records give page records;
    --to overrides. Plain text forgets the ledger: begin a pipe that shall equal `clean` with --to pages.
    """
    with common.command_body():
        read = common.read_options(
            input_format=input_format,
            glob=glob,
            page_id=page_id,
            encoding=encoding,
            on_undecodable=on_undecodable,
            max_page_bytes=max_page_bytes,
            meta=meta,
        )
        options = Options(disable=frozenset(disable or ()))
        common.run_pages(
            common.Call(
                inputs=paths or [],
                stages=("repair",),
                read=read,
                options=options,
                to=to,
                output=output,
                rejects=rejects,
                quiet=quiet,
                verbose=verbose,
            )
        )
