"""`corpus-tools inspect`: one page, to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import Tally, command_body, say
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.cli.record_streams import kept
from corpus_tools.errors import UsageError
from corpus_tools.model import Page
from corpus_tools.options import MAX_PAGE_BYTES, Options
from corpus_tools.tracing import Step


def command(
    paths: options.Inputs = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Show only the record of this id.", show_default=False)
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            "--why",
            metavar="ID",
            help="Explain the record of this id: what opened it, and of each block every decision, edit and note.",
            show_default=False,
        ),
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
    mode: options.Mode = "standard",
    fix_stutters: options.FixStutters = False,
    disable: options.Disable = None,
    script: options.Script = None,
    quiet: options.Quiet = False,
) -> None:
    """Show pages on the terminal: records with their blocks, roles and flags, then every edit and note with its reason.

    Raw pages are cleaned first; page records (a ledger, --to pages) are shown as they stand. With --why the stages run again
    on the page, also of a ledger, and say why one record is as it is: give the options that it was made with.
    """
    with command_body():
        from corpus_tools.pipeline import checked, retraced
        from corpus_tools.read.inputs import iter_items, list_inputs, load_page
        from corpus_tools.report.terminal import print_page
        from corpus_tools.report.why import print_why

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
        chosen = checked(Options(mode=mode, fix_stutters=fix_stutters, disable=frozenset(disable or ()), script=script))
        tally = Tally(rejects)
        inputs = list_inputs(paths or [], read, tally.reject)
        refuse_overwriting(inputs, [None, rejects])
        wanted = article if why is None else why
        n_shown = 0
        for page in kept(iter_items(inputs, read), lambda item: load_page(item, read), tally):
            if wanted is not None and page.id != page_of_record(wanted):
                continue
            retraced_page, steps = _seen(page, chosen) if why is None else retraced(page, chosen)
            if why is not None and page.articles and page.articles != retraced_page.articles and not quiet:
                say(
                    f"{page.id}: these records were made with other options or by another version; shown is what this one does"
                )
            page = retraced_page
            if wanted is not None and all(each.id != wanted for each in page.articles):
                continue
            if why is not None:
                print_why(page, why, steps)
            else:
                print_page(page, full=full, only=article)
            n_shown += 1
        if wanted is not None and not n_shown:
            raise UsageError(f"there is no record {wanted!r}", hint="ids look like PAGE/1; without --why all are shown")
        tally.write()
        raise typer.Exit(tally.exit_code)


def _seen(page: Page, chosen: Options) -> tuple[Page, list[Step]]:
    """A raw page cleaned; a page record as it stands."""
    from corpus_tools.pipeline import clean_one

    return (page if page.blocks or page.history else clean_one(page, chosen)), []


def page_of_record(article_id: str) -> str:
    """The id of the page that a record is of: what stands before its last slash.

    >>> page_of_record("0105/03/7")
    '0105/03'
    """
    return article_id.rpartition("/")[0]
