"""`corpus-tools dedupe --across`: files of records in, the same records out with their clusters; what was found, in a report."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from corpus_tools.cli.messages import Tally, is_shown, say, with_progress
from corpus_tools.cli.options import PageOptions
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.errors import CorpusError, InputError, RecordError, UsageError

if TYPE_CHECKING:
    from corpus_tools.across.corpus import AcrossOptions, Finding
    from corpus_tools.across.entries import Entry
    from corpus_tools.read.inputs import InputFile, Item
    from corpus_tools.run.outputs import Output


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossChoices:
    """The options of `dedupe` that go with --across, None where they were not given."""

    across: Annotated[
        bool, typer.Option("--across", help="Compare article records over all files, not the repeats inside a page.")
    ] = False
    action: Annotated[
        Literal["flag", "drop"] | None,
        typer.Option("--action", help="With --across: flag copies (default), or drop them.", show_default=False),
    ] = None
    dropped: Annotated[
        Path | None,
        typer.Option("--dropped", help="With --action drop: write what was dropped here.", show_default=False),
    ] = None
    reprints: Annotated[
        Literal["keep", "drop"] | None,
        typer.Option(
            "--reprints",
            help="With --action drop: keep the first copy of every newspaper (default), or drop those too.",
            show_default=False,
        ),
    ] = None
    report: Annotated[
        Path | None,
        typer.Option("--report", help="With --across: write every finding here, as JSONL.", show_default=False),
    ] = None
    jaccard: Annotated[
        float | None,
        typer.Option("--jaccard", help="With --across: least share of all shingles. Default: 0.3.", show_default=False),
    ] = None
    containment: Annotated[
        float | None,
        typer.Option(
            "--containment",
            help="With --across: least share of the shorter one's shingles. Default: 0.6.",
            show_default=False,
        ),
    ] = None
    memory: Annotated[
        str | None,
        typer.Option(
            "--memory",
            help="With --across: memory for its tables; the rest is on disk. Default: 1GB.",
            show_default=False,
        ),
    ] = None

    def given(self) -> list[str]:
        """The options that were given, as they are written."""
        return [f"--{field.name}" for field in fields(self) if getattr(self, field.name)]

    def options(self) -> AcrossOptions:
        """The options of the comparison. Raises: UsageError."""
        from corpus_tools.across.corpus import AcrossOptions

        if self.action == "drop" and self.dropped is None:
            raise UsageError("--action drop needs a place for what it drops", hint="give --dropped FILE")
        if self.dropped is not None and self.action != "drop":
            raise UsageError("--dropped goes with --action drop")
        names = [field.name for field in fields(AcrossOptions)]
        return AcrossOptions(**{name: value for name in names if (value := getattr(self, name)) is not None})


def refuse_page_options(page_options: PageOptions, others: dict[str, Any]) -> None:
    """Raises: UsageError where an option for pages was given with --across; `others` are options with their values."""
    kept = {"rejects", "glob", "max_page_bytes", "quiet", "verbose"}
    names = {"input_format": "from", "page_id": "id"}
    given = {
        names.get(field.name, field.name.replace("_", "-")): getattr(page_options, field.name) != field.default
        for field in fields(page_options)
        if field.name not in kept
    }
    for name, value in {**others, **given}.items():
        if value:
            raise UsageError(f"--{name} is for pages", hint="--across reads article records; leave one of them out")


def run_across(
    paths: Sequence[Path] | None, output: Path | None, choices: AcrossChoices, page_options: PageOptions
) -> None:
    """Run the comparison: the body of `dedupe --across`. Exits 1 when records were rejected."""
    from corpus_tools.across.corpus import Corpus
    from corpus_tools.across.lines import record_line, report_lines
    from corpus_tools.cli.options import read_options
    from corpus_tools.read.articles import article_options
    from corpus_tools.read.inputs import list_inputs

    options = choices.options()
    read = article_options(read_options(glob=page_options.glob, max_page_bytes=page_options.max_page_bytes))
    tally = Tally(page_options.rejects)
    inputs = list_inputs(paths or [], read, tally.reject)
    refuse_overwriting(inputs, [output, choices.dropped, choices.report, page_options.rejects])
    hidden = page_options.quiet or is_shown(output)

    def watch(each: Iterable[Any], unit: str) -> Iterator[Any]:
        return with_progress(each, None, hidden=hidden, unit=unit)

    with contextlib.ExitStack() as around:
        again = around.enter_context(_readable_twice(inputs))
        corpus = around.enter_context(Corpus(options))
        for item in watch(_items(again(), read), "records read"):
            with _rejecting(tally):
                corpus.add(_entry(item))
        doubled = corpus.doubled_ids()
        file, dropped, report = (
            around.enter_context(_optional(path, is_named))
            for path, is_named in (
                (output, True),
                (choices.dropped, choices.dropped is not None),
                (choices.report, choices.report is not None),
            )
        )
        counts = _Counts()
        findings = corpus.findings(watch)
        written = watch(_items(again(), read), "records written")
        for item, entry, finding in _with_findings(written, findings, doubled, tally):
            counts.take(finding)
            for line in report_lines(entry, finding):
                report.write(line)
            (dropped if finding.dropped else file).write(record_line(item.data or b"", entry, finding))
        if not counts.n_records and tally.n_rejected:
            _abandon(file, dropped, report)
    tally.write()
    if page_options.verbose or (not page_options.quiet and sys.stderr.isatty()):
        say(f"{counts}, {tally.n_rejected} rejected")
    raise typer.Exit(tally.exit_code)


@dataclass(slots=True)
class _Counts:
    n_records: int = 0
    n_clusters: int = 0
    n_copies: int = 0
    n_dropped: int = 0
    n_repeats: int = 0

    def take(self, finding: Finding) -> None:
        """Count one record."""
        self.n_records += 1
        self.n_clusters += finding.relation == "kept"
        self.n_copies += finding.relation not in ("kept", None)
        self.n_dropped += finding.dropped
        self.n_repeats += len(finding.repeats)

    def __str__(self) -> str:
        return (
            f"{self.n_records} records: {self.n_clusters} clusters with {self.n_copies} copies, {self.n_dropped} of them dropped; "
            f"{self.n_repeats} repeated paragraphs"
        )


class _Nowhere:
    """An output that was not asked for."""

    path = None

    def write(self, data: bytes) -> None:
        """Nobody reads it."""

    def abandon(self) -> None:
        """There is nothing to leave."""


@contextlib.contextmanager
def _optional(path: Path | None, is_named: bool) -> Iterator[Output | _Nowhere]:
    from corpus_tools.run.outputs import Output

    if not is_named:
        yield _Nowhere()
        return
    with Output(path) as output:
        yield output


def _abandon(*outputs: Output | _Nowhere) -> None:
    """A mistyped name must not cost the last good output."""
    for output in outputs:
        if output.path is not None:
            output.abandon()
            say(f"{output.path}: nothing could be read, so nothing was written here")


@contextlib.contextmanager
def _rejecting(tally: Tally) -> Iterator[None]:
    try:
        yield
    except CorpusError as error:
        if not isinstance(error, InputError):
            raise
        tally.reject(error)


@contextlib.contextmanager
def _readable_twice(inputs: Sequence[InputFile]) -> Iterator[Callable[[], list[InputFile]]]:
    """Gives a function that gives the inputs, from their beginning each time; standard input waits in a file."""
    from corpus_tools.across.store import no_room

    with contextlib.ExitStack() as around:
        waiting: dict[int, Any] = {}
        for index, source in enumerate(inputs):
            if source.stream is not None:
                waiting[index] = around.enter_context(tempfile.TemporaryFile())
                try:
                    shutil.copyfileobj(source.stream, waiting[index])
                except OSError as error:
                    raise no_room(error) from None

        def again() -> list[InputFile]:
            for file in waiting.values():
                file.seek(0)
            return [
                replace(source, stream=waiting[index], holds_records=True) if index in waiting else source
                for index, source in enumerate(inputs)
            ]

        yield again


def _items(inputs: Sequence[InputFile], read: Any) -> Iterator[Item]:
    from corpus_tools.read.inputs import iter_items

    return iter_items(inputs, read)


def _entry(item: Item) -> Entry:
    from corpus_tools.across.entries import entry_of_item

    return entry_of_item(item)


def _with_findings(
    items: Iterable[Item], findings: Iterator[Finding], doubled: dict[int, int], tally: Tally
) -> Iterator[tuple[Item, Entry, Finding]]:
    """The records read again, each with its finding; what was rejected is passed over, and ids that were there before are rejected now.

    Raises: RecordError where an input changed in between.
    """
    from corpus_tools.read.inputs import place_of, placed

    firsts = set(doubled.values())
    places: dict[int, str] = {}
    number = -1
    for item in items:
        try:
            entry = _entry(item)
        except InputError:
            continue
        number += 1
        finding = next(findings, None)
        if finding is None:
            raise RecordError("the inputs changed while they were read", path=item.name, hint="run it again")
        if number in firsts:
            places[number] = place_of(item)
        if number in doubled:
            what = f"the id {entry.id!r} was already given by {places[doubled[number]]}"
            hint = "give each file once; ids of pages differ where they were cleaned from a common directory"
            error = RecordError(what, path=item.name, line_number=item.line_number, hint=hint)
            tally.reject(placed(error, item))
            continue
        yield item, entry, finding
    if next(findings, None) is not None:
        raise RecordError("the inputs changed while they were read", path="<inputs>", hint="run it again")
