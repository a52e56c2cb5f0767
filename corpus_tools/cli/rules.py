"""`corpus-tools rules`: the rules of every stage, in order."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import command_body, is_table
from corpus_tools.errors import UsageError


def command(
    stages: Annotated[
        list[str] | None,
        typer.Argument(metavar="STAGE", help="Stages to list; default all.", show_default=False),
    ] = None,
    output: options.OutputFile = None,
    to: options.TableOrLines = None,
) -> None:
    """List the rules in the order they run: stage, name, what it does. A name is what --disable takes."""
    with command_body():
        from corpus_tools.pipeline import STAGES
        from corpus_tools.stages.rules import summary_of

        known = [stage.name for stage in STAGES]
        unknown = [name for name in stages or () if name not in known]
        if unknown:
            raise UsageError(f"no stage {', '.join(unknown)} has rules", hint=f"stages: {', '.join(known)}")
        rows = [
            {"stage": stage.name, "rule": rule.__name__, "summary": summary_of(rule)}
            for stage in STAGES
            if not stages or stage.name in stages
            for rule in stage.rules
        ]
        if is_table(to, output):
            from corpus_tools.report.terminal import print_table

            print_table(("stage", "rule", "summary"), [list(row.values()) for row in rows])
        else:
            from corpus_tools.records import dump
            from corpus_tools.run.outputs import Output

            with Output(output) as file:
                for row in rows:
                    file.write(dump(row))
