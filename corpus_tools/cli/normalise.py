"""`corpus-tools normalise`: decode, and make the text plain."""

from __future__ import annotations

from corpus_tools.cli import common
from corpus_tools.options import MAX_PAGE_BYTES, Options


def command(
    paths: common.Inputs = None,
    output: common.OutputFile = None,
    to: common.To = None,
    width: common.Width = "keep",
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
    """Decode, and make line ends, spaces and invisible characters plain.

    Never folds ，。：（） or quotes to ASCII, never applies NFKC. White space at line starts stays for `repair`.

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
        options = Options(disable=frozenset(disable or ()), width=width)
        common.run_pages(
            common.Call(
                inputs=paths or [],
                stages=("normalise",),
                read=read,
                options=options,
                to=to,
                output=output,
                rejects=rejects,
                quiet=quiet,
                verbose=verbose,
            )
        )
