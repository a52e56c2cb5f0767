"""`corpus-tools normalise`: decode, and make the text plain."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.groups import with_groups
from corpus_tools.cli.messages import command_body
from corpus_tools.cli.running import Call, run_pages
from corpus_tools.options import Options

ScriptByLine = Annotated[
    str | None,
    typer.Option(
        "--script",
        help="Convert plain text by OpenCC, line by line, as the last step: t2s, s2t, s2tw, tw2s, s2hk, hk2s … A word over "
        "a line end is converted by halves, and a line that is mostly in that script already stays as it is; clean --script "
        "and split --script convert whole blocks.",
        show_default=False,
    ),
]


@with_groups
def command(
    paths: options.Inputs = None,
    output: options.OutputFile = None,
    to: options.To = None,
    width: options.Width = "keep",
    script: ScriptByLine = None,
    disable: options.Disable = None,
    *,
    page_options: options.PageOptions,
) -> None:
    """Decode, and make line ends, spaces and invisible characters plain.

    Never folds ，。：（） or quotes to ASCII, never applies NFKC. White space at line starts stays for `repair`.

    Standard input or one named raw file gives plain text; a directory, several files or page records give page records;
    --to overrides. Plain text forgets the ledger: begin a pipe that shall equal `clean` with --to pages.
    """
    with command_body():
        chosen = Options(disable=frozenset(disable or ()), width=width, script_by_line=script)
        run_pages(Call(paths, ("normalise",), chosen, page_options, to=to, output=output))
