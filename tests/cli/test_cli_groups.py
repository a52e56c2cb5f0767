"""Option groups: what typer sees of a command that takes a dataclass, and what the command gets."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from command_line import environment
from typer.testing import CliRunner

from corpus_tools.cli.groups import with_groups

Size = Annotated[int, typer.Option("--size", help="How large.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Two options."""

    size: Size = 3
    names: Annotated[list[str] | None, typer.Option("--name")] = None


def called(*arguments: str) -> list[Any]:
    """What a command with an argument, a group and an option of its own is called with."""
    seen: list[Any] = []

    @with_groups
    def command(path: str, *, group: Group, last: Annotated[bool, typer.Option("--last")] = False) -> None:
        """Do it."""
        seen.extend((path, group, last))

    app = typer.Typer(add_completion=False)
    app.command()(command)
    outcome = CliRunner().invoke(app, list(arguments))
    return seen or [outcome.exit_code, outcome.output]


def test_a_group_has_its_defaults_and_what_is_given() -> None:
    assert called("x") == ["x", Group(), False]
    assert called("x", "--size", "7", "--name", "a", "--last", "--name", "b") == [
        "x",
        Group(size=7, names=["a", "b"]),
        True,
    ]


def test_help_has_the_options_of_a_group_in_their_place() -> None:
    code, shown = called("--help")
    assert code == 0
    places = [shown.index(each) for each in ("Do it.", "--size", "How large.", "--name", "--last")]
    assert places == sorted(places)
    assert "group" not in shown.lower().replace("groups", "")


def test_start_up_imports_no_command() -> None:
    """`--version` pays for typer, and for nothing else of ours or of others."""
    seen = "import sys; ours = {name for name in sys.modules if name.startswith('corpus_tools')}; print(*sorted(ours))"
    code = f"import sys; sys.argv[1:] = ['--version']\nfrom corpus_tools.cli.app import main\ntry: main()\nfinally: exec({seen!r})"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=True, text=True)
    assert done.stdout.split("\n")[1].split() == [
        "corpus_tools",
        "corpus_tools.cli",
        "corpus_tools.cli.app",
        "corpus_tools.version",
    ]
