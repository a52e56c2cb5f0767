"""The `corpus-tools` command: a table of commands, each loaded only when it is called or asked for help."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from corpus_tools.version import __version__

COMMANDS = (
    "clean",
    "detect",
    "normalise",
    "repair",
    "dedupe",
    "split",
    "link",
    "verify",
    "revert",
    "evaluate",
    "inspect",
    "rules",
    "schema",
)
"""In the order of `--help`; each is the module of the same name with the function `command`."""

SUMMARIES = {
    "clean": "Pages in, article records out: all stages in one process.",
    "detect": "Name the encoding of each file, with the evidence.",
    "normalise": "Decode, and make line ends, spaces and invisible characters plain.",
    "repair": "Find blocks; join wrapped lines and broken paragraphs; put pieces in order.",
    "dedupe": "Remove echoes, loops and repeated paragraphs; note stutters.",
    "split": "Read headlines, bylines, jumps; write article records.",
    "link": "Link articles that continue on another page of the issue.",
    "verify": "Prove that nothing is lost, double or changed.",
    "revert": "Give the original bytes back.",
    "evaluate": "Score article records against gold records.",
    "inspect": "Show a page: its blocks, articles and what was done to it.",
    "rules": "List the rules of every stage.",
    "schema": "Print the JSON Schema of the records.",
}


class LazyGroup(typer.core.TyperGroup):
    """Looks commands up in the table, and imports one only when it is needed: starting up must stay cheap."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        function = import_module(f"corpus_tools.cli.{cmd_name}").command
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(cmd_name, context_settings={"help_option_names": ["-h", "--help"]})(function)
        return typer.main.get_command(app)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands in `--help`, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corpus-tools {__version__}")
        raise typer.Exit


@app.callback()
def corpus_tools(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Turns OCR'd Chinese newspaper pages into article JSONL that people can trust.

    Data goes to standard output, everything else to standard error. Exit status: 0 done; 1 done, but some pages were
    rejected or a check failed; 2 wrong usage.
    """


def main() -> None:
    """The entry point. Standard streams speak UTF-8, whatever the locale; a closed one is no reason for a traceback."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it lasts as long as the process
    if sys.stdout is None:
        print("corpus-tools: standard output is closed", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        app()
    except OSError as error:  # --help and usage messages on a full disk; commands say theirs themselves
        print(f"corpus-tools: standard output: cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201
        os._exit(1)
