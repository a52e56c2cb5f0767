"""What the commands share: their options, messages on standard error, exit codes, and running stages over pages."""

from __future__ import annotations

import base64
import contextlib
import itertools
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast

import typer

from corpus_tools.errors import CorpusError, InputError, OutputError, UsageError
from corpus_tools.model import PageMeta
from corpus_tools.options import MAX_PAGE_BYTES, Options, ReadOptions

Inputs = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        readable=False,  # typer need not check: a file that may not be read is a rejected page, and the rest goes on
        help="Files, directories, or - for standard input (the default). Raw pages (.txt), page records (.jsonl), "
        "each also as .gz or .zst.",
        show_default=False,
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Write here, whole or not at all; .gz and .zst by suffix.", show_default=False),
]
To = Annotated[
    Literal["text", "pages", "articles"] | None,
    typer.Option("--to", help="Form of the output. Default: see the description above.", show_default=False),
]
From = Annotated[
    Literal["auto", "text", "pages"],
    typer.Option("--from", help="Form of the input; auto goes by a file's suffix, and by content on standard input."),
]
Glob = Annotated[
    str | None,
    typer.Option(
        "--glob", help="Files to take from directories. Default: *.txt, *.txt.gz, *.txt.zst.", show_default=False
    ),
]
PageId = Annotated[str, typer.Option("--id", help="Page id of a raw page on standard input.")]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Read raw pages in this encoding.", show_default="detected")
]
OnUndecodable = Annotated[
    Literal["reject", "keep"],
    typer.Option("--on-undecodable", help="Pages with bytes that do not decode: reject, or keep each byte as U+FFFD."),
]
MaxPageBytes = Annotated[
    int, typer.Option("--max-page-bytes", min=1, help="Refuse pages of more uncompressed bytes than this.")
]
Meta = Annotated[
    list[str] | None,
    typer.Option(
        "--meta",
        metavar="KEY=VALUE",
        help="Say of all pages what they are: newspaper, date, edition, page_number, section. May be repeated.",
        show_default=False,
    ),
]
Disable = Annotated[
    list[str] | None,
    typer.Option("--disable", metavar="RULE", help="Leave a rule out. May be repeated.", show_default=False),
]
Rejects = Annotated[
    Path | None,
    typer.Option("--rejects", help="Write rejected pages here: JSONL with path and reason.", show_default=False),
]
Ledger = Annotated[
    Path | None,
    typer.Option("--ledger", help="Write the finished page records here, for verify and revert.", show_default=False),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no summary; errors are still said.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say what was done even when it is not a terminal.")]
Captions = Annotated[bool, typer.Option("--captions", help="Put captions into the text of articles.")]
Furniture = Annotated[bool, typer.Option("--furniture", help="Write the furniture record of each page too.")]
Script = Annotated[
    str | None,
    typer.Option("--script", help="Convert by OpenCC as the last step: t2s, s2t, s2tw, tw2s …", show_default=False),
]
RecordFormat = Annotated[
    Literal["jsonl", "dolma", "datatrove", "parquet"],
    typer.Option("--format", help="Article records for other ecosystems; parquet needs corpus-tools[parquet]."),
]
Width = Annotated[
    Literal["keep", "ascii-alnum"],
    typer.Option("--width", help="Full-width letters and digits: keep, or make them ASCII. Marks are never touched."),
]
FixStutters = Annotated[bool, typer.Option("--fix-stutters", help="Remove stutters, not only flag them.")]

T = TypeVar("T")
INTERRUPTED = 130


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


def parse_meta(pairs: Sequence[str] | None) -> PageMeta:
    """The PageMeta of `--meta key=value` options. Raises: UsageError."""
    known = [each.name for each in fields(PageMeta)]
    values: dict[str, str] = {}
    for pair in pairs or ():
        key, mark, value = pair.partition("=")
        if not mark or key not in known:
            raise UsageError(f"--meta {pair!r}", hint=f"give KEY=VALUE; the keys are {', '.join(known)}")
        values[key] = value
    return PageMeta(**values)


@dataclass(slots=True)
class Tally:
    """What was rejected so far: counts it, says it, and keeps it for `--rejects`."""

    file: Path | None
    n_rejected: int = 0
    _lines: list[bytes] = field(default_factory=list)

    def reject(self, error: CorpusError) -> None:
        """Take one rejection."""
        from corpus_tools.records import dump

        self.n_rejected += 1
        say(str(error))
        record: dict[str, Any] = {"path": error.where, "reason": error.what, "bytes_base64": None}
        if isinstance(error, InputError):
            record["path"] = error.path
            record["line_number"] = getattr(error, "line_number", None)
            record["byte_offset"] = getattr(error, "byte_offset", None)
            if error.data is not None:
                record["bytes_base64"] = base64.b64encode(error.data).decode("ascii")
        if self.file is not None:
            self._lines.append(dump(record))

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


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a command that works on pages, as the user gave it."""

    inputs: Sequence[Path]
    stages: tuple[str, ...]
    read: ReadOptions
    options: Options
    to: Literal["text", "pages", "articles"] | None = None
    output: Path | None = None
    ledger: Path | None = None
    rejects: Path | None = None
    jobs: int | None = 1
    link: bool = False
    merge: bool = False
    record_format: Literal["jsonl", "dolma", "datatrove", "parquet"] = "jsonl"
    quiet: bool = False
    verbose: bool = False


def read_options(
    *,
    input_format: str = "auto",
    glob: str | None = None,
    page_id: str = "stdin",
    encoding: str | None = None,
    on_undecodable: str = "reject",
    max_page_bytes: int = MAX_PAGE_BYTES,
    meta: Sequence[str] | None = None,
) -> ReadOptions:
    """The reading options of a command line. Raises: UsageError for an encoding or a `--meta` that do not exist."""
    from corpus_tools.read.pages import canonical_encoding

    return ReadOptions(
        encoding=None if encoding is None else canonical_encoding(encoding),
        on_undecodable=cast(Literal["reject", "keep"], on_undecodable),
        max_page_bytes=max_page_bytes,
        glob=glob,
        input_format=cast(Literal["auto", "text", "pages", "articles"], input_format),
        stdin_id=page_id,
        meta=parse_meta(meta),
    )


def run_pages(call: Call) -> None:
    """Run stages over pages: the body of normalise, repair, dedupe, split and clean. Exits 1 when pages were rejected."""
    from corpus_tools.pipeline import checked
    from corpus_tools.read.inputs import gives_records, iter_items, list_inputs
    from corpus_tools.run import pool
    from corpus_tools.run.work import Job

    checked(call.options)
    tally = Tally(call.rejects)
    inputs = list_inputs(call.inputs, call.read, tally.reject)
    refuse_overwriting(inputs, [call.output, call.ledger, call.rejects])
    form = call.to
    if form is None:
        form = "articles" if "split" in call.stages else "pages" if gives_records(inputs) else "text"
    if form == "articles" and "split" not in call.stages:
        raise UsageError(f"{call.stages[-1]} writes no article records", hint="split and clean do")
    if (call.link or call.merge) and form != "articles":
        raise UsageError("--link and --merge work on article records", hint="leave --to out")
    if call.record_format != "jsonl" and form != "articles":
        raise UsageError("--format is for article records", hint="leave --to out")
    in_workers = call.record_format if not call.link and call.record_format != "parquet" else "jsonl"
    job = Job(call.stages, form, call.ledger is not None, in_workers, call.read, call.options)
    n_jobs = call.jobs or pool.default_jobs()
    items = iter_items(inputs, call.read)
    known = None if any(source.holds_records for source in inputs) else len(inputs)
    results = with_progress(pool.run(job, items, n_jobs), known, quiet=call.quiet)
    counts = _write_results(call, results, tally, form)
    tally.write()
    if call.verbose or (not call.quiet and sys.stderr.isatty()):
        n_pages, n_lines = counts
        written = f"{n_lines} article records" if form == "articles" else f"{n_pages} as {form}"
        say(f"{n_pages} pages done, {tally.n_rejected} rejected; {written}")
    raise typer.Exit(tally.exit_code)


def _write_results(call: Call, results: Iterable[Any], tally: Tally, form: str) -> tuple[int, int]:
    """`(pages, lines)` written to the output; the ledger beside it."""
    from corpus_tools.formats import formatted_lines
    from corpus_tools.read.inputs import SeenIds
    from corpus_tools.run.outputs import Output

    seen = SeenIds()
    n_pages = n_lines = 0

    def lines(ledger: Output | None) -> Iterator[bytes]:
        nonlocal n_pages
        for result in results:
            try:
                if result.error is not None:
                    raise result.error
                seen.check(result.page_id, result.place)
            except CorpusError as error:
                tally.reject(error)
                continue
            n_pages += 1
            if ledger is not None and result.ledger is not None:
                ledger.write(result.ledger)
            if form == "text" and n_pages > 1:
                yield b"\n"  # several pages as text: a blank line between, as between blocks
            yield from result.lines

    with contextlib.ExitStack() as outputs:
        output = outputs.enter_context(Output(call.output))
        ledger = outputs.enter_context(Output(call.ledger)) if call.ledger is not None else None
        stream = lines(ledger)
        if call.link or call.merge:
            stream = linked_lines(stream, merge=call.merge)
        if call.record_format == "parquet" or (call.link and call.record_format != "jsonl"):
            stream = formatted_lines(stream, call.record_format)
        for line in stream:
            output.write(line)
            n_lines += 1
    return n_pages, n_lines


def linked_lines(lines: Iterable[bytes], *, merge: bool) -> Iterator[bytes]:
    """Lines of article records with their halves linked; what is ambiguous is said on standard error."""
    from corpus_tools.records import article_from, article_line, load
    from corpus_tools.stages.link import link

    articles = (article_from(load(line)) for line in lines)
    return (article_line(article) for article in link(articles, merge=merge, on_ambiguous=say_ambiguous))


def say_ambiguous(ambiguity: Any) -> None:
    """Say which half was left single, and what it might go on in."""
    named = ", ".join(f"{article_id} ({score:.2f})" for article_id, score in ambiguity.candidates)
    say(f"{ambiguity.article_id}: not linked; candidates: {named}")


def refuse_overwriting(inputs: Iterable[Any], outputs: Sequence[Path | None]) -> None:
    """Raises: UsageError when an output is an input, or two outputs are the same file. The first output is the main one,
    standard output when it is None."""
    if sum(str(path) == "-" for path in outputs) + (bool(outputs) and outputs[0] is None) > 1:
        raise UsageError("two outputs on standard output", hint="name a file for one of them")
    inputs = list(inputs)
    named = [path for path in outputs if path is not None and str(path) != "-"]
    read = {os.path.realpath(source.path) for source in inputs if source.path is not None}
    written: set[str] = set()
    for path in named:
        real = os.path.realpath(path)
        if real in read or (any(source.path is None for source in inputs) and _is_standard_input(path)):
            raise UsageError(
                f"{path} is an input and an output", hint="an input is never overwritten; name another file"
            )
        if real in written and (Path(real).is_file() or not Path(real).exists()):  # /dev/null may be named twice
            raise UsageError(f"{path} is named as two outputs")
        written.add(real)


def _is_standard_input(path: Path) -> bool:
    """Whether a path is the file that standard input was redirected from."""
    try:
        mine, its = os.fstat(sys.stdin.fileno()), path.stat()
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISREG(its.st_mode) and os.path.samestat(mine, its)


def with_progress(results: Iterable[Any], total: int | None, *, quiet: bool) -> Iterator[Any]:
    """The results, with a progress bar on standard error where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("pages", total=total)
        for result in results:
            yield result
            progress.advance(task)


def kept(items: Iterable[Any], load: Callable[[Any], T], tally: Tally) -> Iterator[T]:
    """What `load` makes of the items; what it refuses is tallied, and the rest goes on."""
    for item in items:
        try:
            loaded = load(item)
        except CorpusError as error:
            tally.reject(error)
            continue
        yield loaded


class RecordStreams:
    """Records of the inputs, read lazily as pages or as articles, counted as they pass."""

    def __init__(
        self, paths: Sequence[Path], read: ReadOptions, tally: Tally, *, outputs: Sequence[Path | None] = ()
    ) -> None:
        from corpus_tools.read.inputs import list_inputs

        self._read = read
        self._tally = tally
        self._inputs = list_inputs(paths, read, tally.reject)
        self._outputs = outputs
        refuse_overwriting(self._inputs, outputs)
        self.n_pages = 0
        self.n_articles = 0

    def paths(self) -> list[Path]:
        """The files that are read."""
        return [source.path for source in self._inputs if source.path is not None]

    def _items(self) -> Iterator[Any]:
        from corpus_tools.read.inputs import iter_items

        return iter_items(self._inputs, self._read)

    def pages(self, items: Iterable[Any] | None = None) -> Iterator[Any]:
        """The page records."""
        from corpus_tools.read.inputs import load_page_record

        for page in kept(items or self._items(), lambda item: load_page_record(item, self._read), self._tally):
            self.n_pages += 1
            yield page

    def articles(self, items: Iterable[Any] | None = None) -> Iterator[Any]:
        """The article records."""
        from corpus_tools.read.articles import load_article

        for article in kept(items or self._items(), load_article, self._tally):
            self.n_articles += 1
            yield article

    def pages_and_articles(self, ledger: Path | None) -> tuple[Iterator[Any], Iterator[Any] | None]:
        """The pages of the ledger and the articles of the inputs; without a ledger the inputs are the pages.

        Raises: UsageError for article records without a ledger.
        """
        if ledger is not None:
            if str(ledger) == "-" and any(source.path is None for source in self._inputs):
                raise UsageError("standard input cannot be the article records and the ledger", hint="name one of them")
            beside = RecordStreams([ledger], self._read, self._tally, outputs=self._outputs)
            return self._counting(beside), self.articles()
        items = self._items()
        first = next(items, None)
        if first is not None and b'"corpus-tools/article@' in (first.data or b"")[:200]:
            raise UsageError(
                "article records alone prove nothing",
                hint="give the page records they were made from: --ledger FILE, as clean --ledger wrote it",
            )
        return self.pages(itertools.chain([] if first is None else [first], items)), None

    def _counting(self, beside: RecordStreams) -> Iterator[Any]:
        for page in beside.pages():
            self.n_pages += 1
            yield page
