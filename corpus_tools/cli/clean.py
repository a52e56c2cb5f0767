"""`corpus-tools clean`: pages in, article records out."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli import common
from corpus_tools.options import MAX_PAGE_BYTES, Options


def command(
    paths: common.Inputs = None,
    output: common.OutputFile = None,
    to: common.To = None,
    width: common.Width = "keep",
    fix_stutters: common.FixStutters = False,
    captions: common.Captions = False,
    furniture: common.Furniture = False,
    script: common.Script = None,
    record_format: common.RecordFormat = "jsonl",
    link: Annotated[
        bool, typer.Option("--link", help="Link articles that continue on another page of the issue.")
    ] = False,
    merge: Annotated[bool, typer.Option("--merge", help="With --link: one record for linked halves.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, help="Processes. Bytes do not depend on it.", show_default="all cores"),
    ] = None,
    disable: common.Disable = None,
    ledger: common.Ledger = None,
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
    """Turn pages into article records (JSONL): normalise, repair, dedupe and split in one go.

    --ledger FILE keeps what `verify` and `revert` need. With --link the pages of an issue must be adjacent and say which
    issue they are (--meta newspaper=… --meta date=…). --to pages gives the finished page records, --to text the articles'
    text.
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
        options = Options(
            disable=frozenset(disable or ()),
            width=width,
            fix_stutters=fix_stutters,
            captions=captions,
            furniture=furniture,
            script=script,
        )
        common.run_pages(
            common.Call(
                inputs=paths or [],
                stages=("normalise", "repair", "dedupe", "split"),
                read=read,
                options=options,
                to=to,
                output=output,
                ledger=ledger,
                record_format=record_format,
                jobs=jobs,
                link=link or merge,
                merge=merge,
                rejects=rejects,
                quiet=quiet,
                verbose=verbose,
            )
        )
