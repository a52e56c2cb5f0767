"""`corpus-tools schema`: the JSON Schema of the records."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import command_body


def command(
    record: Annotated[
        Literal["article", "page", "both"],
        typer.Argument(metavar="RECORD", help="article, page, or both (an object with the two)."),
    ] = "both",
    output: options.OutputFile = None,
) -> None:
    """Print the JSON Schema (draft 2020-12) of the article record and the page record."""
    with command_body():
        import orjson

        from corpus_tools.run.outputs import Output
        from corpus_tools.schema import schema_of

        both = {"article": schema_of("article"), "page": schema_of("page")}
        wanted = both if record == "both" else both[record]
        with Output(output) as file:
            file.write(orjson.dumps(wanted, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
