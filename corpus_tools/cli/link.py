"""`corpus-tools link`: articles that continue on another page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import OpenHalves, Tally, command_body, is_shown, say, say_link, with_progress
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.cli.record_streams import kept
from corpus_tools.options import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from corpus_tools.stages.link import Verdict


@dataclass(slots=True)
class Told:
    """What is told of the halves while they are found: lines on standard error, and those of `--report`."""

    verbose: bool
    n_records: int = 0
    n_links: int = 0
    report: list[bytes] = field(default_factory=list)
    open_halves: OpenHalves = field(default_factory=OpenHalves)

    def take(self, verdict: Verdict) -> None:
        """Take what was found about one half."""
        from corpus_tools.records import dump

        self.report.append(dump(asdict(verdict)))
        self.open_halves.take(verdict)
        if verdict.partner is not None and verdict.way == "to":
            self.n_links += 1
            if self.verbose:
                say_link(verdict)


def command(
    paths: options.Inputs = None,
    output: options.OutputFile = None,
    merge: Annotated[bool, typer.Option("--merge", help="One record for linked halves, with `parts`.")] = False,
    record_format: options.RecordFormat = "jsonl",
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", help="Write what was found about each half here: JSONL with scores, evidence, candidates."
        ),
    ] = None,
    rejects: options.Rejects = None,
    glob: options.Glob = None,
    max_page_bytes: options.MaxPageBytes = MAX_PAGE_BYTES,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Link the halves of articles that jump to another page of their issue (下转 … 上接): continues, continued_by.

    Reads article records, the pages of an issue adjacent. An issue is one newspaper, date and edition in `meta` (from print,
    --path-template, --manifest or --meta when the pages are read), or where no date is known, one folder. Halves with several
    likely partners are named on standard error, never guessed. --verbose says for each link what speaks for it.
    """
    with command_body():
        from corpus_tools.formats import formatted_lines
        from corpus_tools.read.articles import article_options, load_article
        from corpus_tools.read.inputs import iter_items, list_inputs
        from corpus_tools.records import article_line
        from corpus_tools.run.outputs import Output
        from corpus_tools.stages.link import link

        read = article_options(options.read_options(glob=glob, max_page_bytes=max_page_bytes))
        tally = Tally(rejects)
        inputs = list_inputs(paths or [], read, tally.reject)
        refuse_overwriting(inputs, [output, rejects, report])
        items = with_progress(iter_items(inputs, read), None, hidden=quiet or is_shown(output), unit="records")
        articles = kept(items, load_article, tally)
        told = Told(verbose=verbose)

        def lines() -> Iterator[bytes]:
            for article in link(articles, merge=merge, on_verdict=told.take):
                told.n_records += 1
                yield article_line(article)

        with Output(output) as file:
            for line in formatted_lines(lines(), record_format):
                file.write(line)
        if report is not None:
            with Output(report) as file:
                file.write(b"".join(told.report))
        tally.write()
        if verbose:
            say(f"{told.n_records} records, {told.n_links} continuations found")
        raise typer.Exit(tally.exit_code)
