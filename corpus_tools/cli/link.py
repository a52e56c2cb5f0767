"""`corpus-tools link`: articles that continue on another page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from corpus_tools.cli import options
from corpus_tools.cli.messages import Tally, command_body, is_shown, say, say_ambiguous, with_progress
from corpus_tools.cli.overwriting import refuse_overwriting
from corpus_tools.cli.record_streams import kept
from corpus_tools.options import MAX_PAGE_BYTES


def command(
    paths: options.Inputs = None,
    output: options.OutputFile = None,
    merge: Annotated[bool, typer.Option("--merge", help="One record for linked halves, with `parts`.")] = False,
    record_format: options.RecordFormat = "jsonl",
    rejects: options.Rejects = None,
    glob: options.Glob = None,
    max_page_bytes: options.MaxPageBytes = MAX_PAGE_BYTES,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Link the halves of articles that jump to another page of their issue (下转 … 上接): continues, continued_by.

    Reads article records, the pages of an issue adjacent; an issue is one newspaper, date and edition in `meta` (say them
    with --meta when the pages are read). Halves with several likely partners are named on standard error, never guessed.
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
        refuse_overwriting(inputs, [output, rejects])
        items = with_progress(iter_items(inputs, read), None, hidden=quiet or is_shown(output), unit="records")
        articles = kept(items, load_article, tally)
        counts = [0, 0]

        def lines() -> Iterator[bytes]:
            for article in link(articles, merge=merge, on_ambiguous=say_ambiguous):
                counts[0] += 1
                counts[1] += article.continues is not None or article.parts is not None
                yield article_line(article)

        with Output(output) as file:
            for line in formatted_lines(lines(), record_format):
                file.write(line)
        tally.write()
        if verbose:
            say(f"{counts[0]} records, {counts[1]} continuations found")
        raise typer.Exit(tally.exit_code)
