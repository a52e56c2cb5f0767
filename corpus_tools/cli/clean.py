"""`corpus-tools clean`: pages in, article records out."""

from __future__ import annotations

from typing import Annotated

import typer

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
    width: options.Width = "keep",
    mode: options.Mode = "standard",
    fix_stutters: options.FixStutters = False,
    captions: options.Captions = False,
    furniture: options.Furniture = False,
    script: options.Script = None,
    record_format: options.RecordFormat = "jsonl",
    link: Annotated[
        bool, typer.Option("--link", help="Link articles that continue on another page of the issue.")
    ] = False,
    merge: Annotated[bool, typer.Option("--merge", help="With --link: one record for linked halves.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, help="Processes. Bytes do not depend on it.", show_default="all cores"),
    ] = None,
    disable: options.Disable = None,
    ledger: options.Ledger = None,
    *,
    page_options: options.PageOptions,
) -> None:
    """Turn pages into article records (JSONL): normalise, repair, dedupe and split in one go.

    --ledger FILE keeps what `verify` and `revert` need. With --link the pages of an issue must be adjacent; which
    issue they are of, print, --path-template, --manifest or --meta say. --to pages gives the finished page records, --to text the articles'
    text.
    """
    with command_body():
        chosen = Options(
            disable=frozenset(disable or ()),
            width=width,
            mode=mode,
            fix_stutters=fix_stutters,
            captions=captions,
            furniture=furniture,
            script=script,
        )
        run_pages(
            Call(
                paths,
                ("normalise", "repair", "dedupe", "split"),
                chosen,
                page_options,
                to=to,
                output=output,
                ledger=ledger,
                record_format=record_format,
                jobs=jobs,
                link=link or merge,
                merge=merge,
            )
        )
