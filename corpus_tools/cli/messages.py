"""What a command tells its user: lines and a progress bar on standard error, rejected pages, the exit code."""

from __future__ import annotations

import base64
import contextlib
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from corpus_tools.errors import CorpusError, DecodeError, InputError, OutputError, UsageError

if TYPE_CHECKING:
    from corpus_tools.stages.link import Verdict

INTERRUPTED = 130
Each = TypeVar("Each")


def say(message: str) -> None:
    """One line on standard error. A closed standard error is nobody to talk to."""
    with contextlib.suppress(OSError, ValueError):
        print(f"corpus-tools: {message}", file=sys.stderr, flush=True)  # noqa: T201


@contextlib.contextmanager
def command_body() -> Iterator[None]:
    """Turns what the library raises into a message and an exit code; no traceback reaches a user for bad input."""
    from corpus_tools.run.outputs import silence_standard_output

    with contextlib.suppress(ValueError, AttributeError):  # not in the main thread, or no such signal here
        signal.signal(signal.SIGTERM, _terminate)
        signal.signal(signal.SIGHUP, _terminate)
    try:
        yield
    except BrokenPipeError:
        silence_standard_output()
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        say("interrupted; files named by -o and --ledger are as they were")
        raise typer.Exit(INTERRUPTED) from None
    except UsageError as error:
        say(str(error))
        raise typer.Exit(2) from None
    except OutputError as error:
        say(str(error))
        silence_standard_output()
        raise typer.Exit(1) from None
    except CorpusError as error:
        say(str(error))
        raise typer.Exit(1) from None
    except OSError as error:  # a table or a page shown on a standard output that takes no more
        say(f"standard output: cannot be written: {error.strerror or error}")
        silence_standard_output()
        raise typer.Exit(1) from None


def _terminate(number: int, frame: object) -> None:
    """A polite kill ends the command as an interruption does: temporary files are removed on the way out."""
    raise SystemExit(128 + number)


@dataclass(slots=True)
class Tally:
    """What was done and what was rejected so far: counts it, says the rejections, and keeps them for `--rejects`."""

    file: Path | None
    n_done: int = 0
    n_rejected: int = 0
    n_kept: int = 0  # bytes that do not decode and are U+FFFD now
    _lines: list[bytes] = field(default_factory=list)

    def reject(self, error: CorpusError) -> None:
        """Take one rejection."""
        from corpus_tools.records import dump

        self.n_rejected += 1
        say(str(error))
        if self.file is not None:
            self._lines.append(dump(_reject_record(error)))

    def write(self) -> None:
        """Write the file of rejects, also when there are none: a rerun must not leave an old one standing."""
        from corpus_tools.run.outputs import Output

        if self.file is not None:
            with Output(self.file) as output:
                output.write(b"".join(self._lines))

    @property
    def exit_code(self) -> int:
        """1 when something was rejected."""
        return 1 if self.n_rejected else 0


def _reject_record(error: CorpusError) -> dict[str, Any]:
    """The line of `--rejects`: where, why, and the bytes where they came by a stream."""
    record: dict[str, Any] = {"path": error.where, "reason": error.what, "bytes_base64": None}
    if isinstance(error, InputError):
        record["path"] = error.path
        record["line_number"] = getattr(error, "line_number", None)
        record["byte_offset"] = getattr(error, "byte_offset", None)
        record["candidates"] = list(error.tried) if isinstance(error, DecodeError) else []
        if error.data is not None:
            record["bytes_base64"] = base64.b64encode(error.data).decode("ascii")
    return record


class OpenHalves:
    """Says which halves were left single though there are candidates; of two halves that name only each other, once."""

    def __init__(self) -> None:
        self._named: set[str] = set()

    def take(self, verdict: Verdict) -> None:
        """Say it, where it is new. Halves that go on elsewhere come first."""
        if not verdict.is_open:
            return
        if verdict.way == "to":
            self._named.add(verdict.article_id)
        elif all(each.article_id in self._named for each in verdict.candidates):
            return
        named = ", ".join(f"{each.article_id} ({each.score:.2f})" for each in verdict.candidates)
        what = "not linked" if verdict.way == "to" else "nothing linked to it"
        say(f"{verdict.article_id}: {what}; candidates: {named}")


def say_link(verdict: Verdict) -> None:
    """Say which halves were linked, how sure that is, and what speaks for it."""
    chosen = next((each for each in verdict.candidates if each.article_id == verdict.partner), None)
    evidence = f" ({chosen.score:.2f}: {chosen.reasons})" if chosen is not None else ""
    say(f"{verdict.article_id}: goes on in {verdict.partner}{evidence}")


def is_shown(output: Path | None) -> bool:
    """Whether an output is looked at as it comes: standard output that is a terminal."""
    return (output is None or str(output) == "-") and sys.stdout.isatty()


def is_table(to: str | None, output: Path | None) -> bool:
    """Whether a command that has both shows a table, not JSON: where `--to` says so, or on a terminal.

    Raises: UsageError for a table in a file.
    """
    if to == "table" and output is not None and str(output) != "-":
        raise UsageError("a table is for standard output", hint="leave -o out, or --to table")
    return to == "table" or (to is None and is_shown(output))


def with_progress(results: Iterable[Each], total: int | None, *, hidden: bool, unit: str = "pages") -> Iterator[Each]:
    """The results, with a progress bar on standard error where that is a terminal.

    `hidden` leaves it out: for `--quiet`, and where the results themselves appear on the terminal and would be torn.
    """
    if hidden or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(unit), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(unit, total=total)
        for result in results:
            yield result
            progress.advance(task)
