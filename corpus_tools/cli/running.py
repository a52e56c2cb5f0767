"""Stages run over pages: what normalise, repair, dedupe, split and clean have in common behind their options."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from corpus_tools.cli.messages import OpenHalves, Tally, is_shown, say, with_progress
from corpus_tools.cli.options import PageOptions
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.errors import CorpusError, UsageError
from corpus_tools.options import Options, ReadOptions

if TYPE_CHECKING:
    from corpus_tools.read.inputs import InputFile
    from corpus_tools.run.outputs import Output
    from corpus_tools.run.work import Result

Form = Literal["text", "pages", "articles"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a command that works on pages, as the user gave it."""

    inputs: Sequence[Path] | None
    stages: tuple[str, ...]
    options: Options
    page_options: PageOptions
    to: Form | None = None
    output: Path | None = None
    ledger: Path | None = None
    jobs: int | None = 1
    link: bool = False
    merge: bool = False
    record_format: Literal["jsonl", "dolma", "datatrove", "parquet"] = "jsonl"


def run_pages(call: Call) -> None:
    """Run stages over pages: the body of normalise, repair, dedupe, split and clean. Exits 1 when pages were rejected."""
    from corpus_tools.pipeline import checked
    from corpus_tools.read.inputs import iter_items, list_inputs
    from corpus_tools.run import pool
    from corpus_tools.run.work import Job

    checked(call.options)
    read = call.page_options.reading()
    tally = Tally(call.page_options.rejects)
    inputs = list_inputs(call.inputs or [], read, tally.reject)
    refuse_overwriting(inputs, [call.output, call.ledger, call.page_options.rejects])
    _say_identity(inputs, read, quiet=call.page_options.quiet)
    form = _form(call, inputs)
    in_workers = call.record_format if not call.link and call.record_format != "parquet" else "jsonl"
    job = Job(call.stages, form, call.ledger is not None, in_workers, read, call.options)
    results = pool.run(job, iter_items(inputs, read), call.jobs or pool.default_jobs())
    known = None if any(source.holds_records for source in inputs) else len(inputs)
    results = with_progress(results, known, hidden=call.page_options.quiet or is_shown(call.output))
    n_lines = _write_results(call, results, tally, form)
    tally.write()
    if tally.n_kept and not call.page_options.quiet:
        where = "page records (--to pages) keep" if form == "text" else "the ledger keeps"
        said = "1 byte does not decode and is" if tally.n_kept == 1 else f"{tally.n_kept} bytes do not decode and are"
        say(f"{said} U+FFFD now; {where} what they were")
    if call.page_options.verbose or (not call.page_options.quiet and sys.stderr.isatty()):
        written = f"{n_lines} article records" if form == "articles" else f"{tally.n_done} as {form}"
        say(f"{tally.n_done} pages done, {tally.n_rejected} rejected; {written}")
    raise typer.Exit(tally.exit_code)


def _say_identity(inputs: Sequence[InputFile], read: ReadOptions, *, quiet: bool) -> None:
    """Say which pages a template or a manifest does not know. Raises: UsageError where they know none."""
    if read.path_template is None and read.manifest is None:
        return
    from corpus_tools.identity.given import Known, remarks
    from corpus_tools.read.inputs import page_id_of

    known = [
        Known(page_id_of(source.name), (source.name, source.path.as_posix()))
        if source.path is not None
        else Known(read.stdin_id, ())
        for source in inputs
        if not source.holds_records
    ]
    for remark in remarks(known, read, complete=len(known) == len(inputs)):
        if not quiet:
            say(remark)


def _form(call: Call, inputs: Sequence[InputFile]) -> Form:
    """The form of the output: as asked for, or as the inputs have it. Raises: UsageError for what does not go together."""
    from corpus_tools.read.inputs import gives_records

    splits = "split" in call.stages
    form = call.to
    if form is None:
        form = "articles" if splits else "pages" if gives_records(inputs) else "text"
    if form == "articles" and not splits:
        raise UsageError(f"{call.stages[-1]} writes no article records", hint="split and clean do")
    if (call.link or call.merge) and form != "articles":
        raise UsageError("--link and --merge work on article records", hint="leave --to out")
    if call.record_format != "jsonl" and form != "articles":
        raise UsageError("--format is for article records", hint="leave --to out")
    if call.options.script_by_line is not None and form != "text":
        what = "normalise --script writes plain text: page records are to be converted once their blocks are whole"
        raise UsageError(what, hint="use clean --script or split --script, or ask for --to text")
    return form


def _write_results(call: Call, results: Iterable[Result], tally: Tally, form: Form) -> int:
    """How many lines were written to the output; the ledger beside it."""
    from corpus_tools.formats import formatted_lines
    from corpus_tools.run.outputs import Output

    n_lines = 0
    with contextlib.ExitStack() as outputs:
        output = outputs.enter_context(Output(call.output))
        ledger = outputs.enter_context(Output(call.ledger)) if call.ledger is not None else None
        lines = _good_lines(results, tally, form, ledger)
        if call.link or call.merge:
            lines = linked_lines(lines, merge=call.merge)
        if call.record_format == "parquet" or (call.link and call.record_format != "jsonl"):
            lines = formatted_lines(lines, call.record_format)
        for line in lines:
            output.write(line)
            n_lines += 1
        if not tally.n_done and tally.n_rejected:  # a mistyped name must not cost the last good output
            _abandon(output, ledger)
    return n_lines


def _abandon(*outputs: Output | None) -> None:
    for output in outputs:
        if output is not None and output.path is not None:
            output.abandon()
            say(f"{output.path}: nothing could be read, so nothing was written here")


def _good_lines(results: Iterable[Result], tally: Tally, form: Form, ledger: Output | None) -> Iterator[bytes]:
    """The output's lines of the pages that were not rejected; the others are tallied."""
    from corpus_tools.read.inputs import SeenIds

    seen = SeenIds()
    for result in results:
        try:
            if result.error is not None:
                raise result.error
            seen.check(result.page_id or result.place, result.place)
        except CorpusError as error:
            tally.reject(error)
            continue
        tally.n_done += 1
        tally.n_kept += result.n_kept
        if ledger is not None and result.ledger is not None:
            ledger.write(result.ledger)
        if form == "text" and tally.n_done > 1:
            yield b"\n"  # several pages as text: a blank line between, as between blocks
        yield from result.lines


def linked_lines(lines: Iterable[bytes], *, merge: bool) -> Iterator[bytes]:
    """Lines of article records with their halves linked; what is ambiguous is said on standard error."""
    from corpus_tools.records import article_from, article_line, load
    from corpus_tools.stages.link import link

    articles = (article_from(load(line)) for line in lines)
    return (article_line(article) for article in link(articles, merge=merge, on_verdict=OpenHalves().take))
