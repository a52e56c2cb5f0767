"""`corpus-tools split`: article records."""

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
    captions: options.Captions = False,
    furniture: options.Furniture = False,
    script: options.Script = None,
    record_format: options.RecordFormat = "jsonl",
    disable: options.Disable = None,
    ledger: options.Ledger = None,
    *,
    page_options: options.PageOptions,
) -> None:
    """Give blocks their final roles, read the named fields, and write one record for each article.

    Nothing is dropped: what has no article becomes an orphan record, furniture goes to the ledger (and to the output with
    --furniture). Output: article records (JSONL); --to pages gives the finished page records, --to text the articles' text.
    """
    with command_body():
        chosen = Options(disable=frozenset(disable or ()), captions=captions, furniture=furniture, script=script)
        run_pages(
            Call(
                paths,
                ("split",),
                chosen,
                page_options,
                to=to,
                output=output,
                ledger=ledger,
                record_format=record_format,
            )
        )
