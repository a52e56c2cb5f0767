"""`corpus-tools inspect`: one page, to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import Tally, command_body
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.cli.record_streams import kept
from corpus_tools.errors import UsageError
from corpus_tools.options import MAX_PAGE_BYTES, Options


def command(
    paths: options.Inputs = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Show only the record of this id.", show_default=False)
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Whole texts, not only how they begin and end.")] = False,
    rejects: options.Rejects = None,
    input_format: options.From = "auto",
    glob: options.Glob = None,
    page_id: options.PageId = "stdin",
    encoding: options.Encoding = None,
    on_undecodable: options.OnUndecodable = "reject",
    max_page_bytes: options.MaxPageBytes = MAX_PAGE_BYTES,
    meta: options.Meta = None,
    manifest: options.Manifest = None,
    path_template: options.PathTemplate = None,
    quiet: options.Quiet = False,
) -> None:
    """Show pages on the terminal: records with their blocks, roles and flags, then every edit and note with its reason.

    Raw pages are cleaned first; page records (a ledger, --to pages) are shown as they stand.
    """
    with command_body():
        from corpus_tools.pipeline import clean_one
        from corpus_tools.read.inputs import iter_items, list_inputs, load_page
        from corpus_tools.report.terminal import print_page

        read = options.read_options(
            input_format=input_format,
            glob=glob,
            page_id=page_id,
            encoding=encoding,
            on_undecodable=on_undecodable,
            max_page_bytes=max_page_bytes,
            meta=meta,
            manifest=manifest,
            path_template=path_template,
        )
        tally = Tally(rejects)
        inputs = list_inputs(paths or [], read, tally.reject)
        refuse_overwriting(inputs, [None, rejects])
        n_shown = 0
        for page in kept(iter_items(inputs, read), lambda item: load_page(item, read), tally):
            if not page.blocks and not page.history:
                page = clean_one(page, Options())
            if article is None or any(each.id == article for each in page.articles):
                print_page(page, full=full, only=article)
                n_shown += 1
        if article is not None and not n_shown:
            raise UsageError(f"there is no record {article!r}", hint="ids look like PAGE/1")
        tally.write()
        raise typer.Exit(tally.exit_code)
