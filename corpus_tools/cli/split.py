"""`corpus-tools split`: article records."""

from __future__ import annotations

from corpus_tools.cli import common
from corpus_tools.options import MAX_PAGE_BYTES, Options


def command(
    paths: common.Inputs = None,
    output: common.OutputFile = None,
    to: common.To = None,
    captions: common.Captions = False,
    furniture: common.Furniture = False,
    script: common.Script = None,
    record_format: common.RecordFormat = "jsonl",
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
    """Give blocks their final roles, read the named fields, and write one record for each article.

    Nothing is dropped: what has no article becomes an orphan record, furniture goes to the ledger (and to the output with
    --furniture). Output: article records (JSONL); --to pages gives the finished page records, --to text the articles' text.
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
        options = Options(disable=frozenset(disable or ()), captions=captions, furniture=furniture, script=script)
        common.run_pages(
            common.Call(
                inputs=paths or [],
                stages=("split",),
                read=read,
                options=options,
                to=to,
                output=output,
                ledger=ledger,
                record_format=record_format,
                rejects=rejects,
                quiet=quiet,
                verbose=verbose,
            )
        )
