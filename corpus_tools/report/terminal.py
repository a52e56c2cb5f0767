"""Pages and tables for a terminal, by rich. Text is never read as markup: 【记者】 and [记者] are printed as they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus_tools.evaluation.scores import Agreement, Evaluation, Share
from corpus_tools.model import Article, Block, Page
from corpus_tools.records import FIELDS

SHOWN_CONFUSIONS = 10
SHOWN_EDITS = 5
SHOWN_TEXT = 60


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """A table on standard output. A cell that is None is empty. Wide and plain in a pipe, coloured on a terminal."""
    table = Table(title=title, box=box.SIMPLE, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console().print(table)


def table_lines(widths: Mapping[str, int], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table whose rows come one at a time: a heading, and each row when it is there.

    `widths` are the columns of the terminal that each cell has, by its heading; the last cell is as long as it is. A cell
    that is None is empty.
    """
    for row in itertools.chain([list(widths)], rows):
        cells = ["" if cell is None else _printable(str(cell)) for cell in row]
        padded = (cell + " " * (width - n_columns(cell)) for cell, width in zip(cells, widths.values(), strict=True))
        yield "  ".join(padded).rstrip()


def n_columns(text: str) -> int:
    """How many columns of a terminal a text takes: a hanzi two."""
    return cell_len(text)


def _printable(text: str) -> str:
    """The text with control characters as escapes: a file's name must not give orders to the terminal."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def console() -> Console:
    """The console of standard output. `NO_COLOR` and a pipe take the colours away."""
    made = _Console(markup=False, highlight=False, emoji=False)
    if not made.is_terminal:
        made.width = 160
    return made


class _Console(Console):
    """A console that leaves a closed pipe to the command, which ends quietly; rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def print_page(page: Page, *, full: bool, only: str | None) -> None:
    """One page: where it came from, its records with their blocks, what was done to it, what was noted.

    `only` is the id of the one record to show; `full` shows whole texts instead of their first 60 characters.
    """
    out = console()
    source = page.source
    confidence = "" if source.encoding_confidence is None else f", confidence {source.encoding_confidence}"
    out.print(Text(page.id, style="bold"))
    out.print(
        Text(f"{source.path}  {source.encoding}{confidence}  sha256 {source.sha256[:16]}…  {len(page.text)} characters")
    )
    said = [f"{name} {value}" for name in page.meta.__slots__ if (value := getattr(page.meta, name))]
    if said:
        out.print(Text(", ".join(said)))
    for article in page.articles:
        if only is None or article.id == only:
            _print_article(out, article, full)
    if not page.articles:
        _print_blocks(out, page.blocks, full)
    if only is None:
        _print_history(out, page)
        _print_notes(out, page)


def _print_article(out: Console, article: Article, full: bool) -> None:
    out.print()
    head = Text(f"{article.id}  ", style="bold cyan")
    head.append(article.headline or "(no headline)", style="bold")
    if article.kind != "article":
        head.append(f"  {article.kind}", style="magenta")
    if article.flags:
        head.append("  " + " ".join(article.flags), style="yellow")
    out.print(head)
    people = "、".join(f"{person.role or ''} {person.name}".strip() for person in article.byline)
    jump = " ".join(
        part
        for part in (
            f"from page {article.jump_from}" * bool(article.jump_from),
            f"to page {article.jump_to}" * bool(article.jump_to),
        )
        if part
    )
    fields = [part for part in (article.dateline, people, jump) if part]
    if fields:
        out.print(Text("  " + "  ·  ".join(fields), style="dim"))
    _print_blocks(out, article.blocks, full)


def _print_blocks(out: Console, blocks: Sequence[Block], full: bool) -> None:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(style="green", no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="yellow")
    for block in blocks:
        places = "+".join(f"{span.start}-{span.end}" for span in block.spans[:3]) + (
            "+…" if len(block.spans) > 3 else ""
        )
        table.add_row(
            Text(f"  {block.role}"),
            Text(places),
            Text(block.text if full else shortened(block.text)),
            Text(" ".join(block.flags)),
        )
    out.print(table)


def shortened(text: str) -> str:
    """The text on one line, with its middle left out where it is long."""
    line = text.replace("\n", " ⏎ ")
    return line if len(line) <= SHOWN_TEXT else f"{line[: SHOWN_TEXT - 12]} … {line[-10:]}"


def _print_history(out: Console, page: Page) -> None:
    for revision in page.history:
        out.print()
        out.print(Text(f"{revision.stage}/{revision.rule}: {len(revision.edits)} edits", style="bold"))
        for edit in revision.edits[:SHOWN_EDITS]:
            before, after = shortened(repr(edit.before)), shortened(repr(edit.after))
            out.print(Text(f"  {edit.span.start}-{edit.span.end}  {before} -> {after}  {edit.reason}"))
        if len(revision.edits) > SHOWN_EDITS:
            out.print(Text(f"  … and {len(revision.edits) - SHOWN_EDITS} more", style="dim"))


def _print_notes(out: Console, page: Page) -> None:
    if page.notes:
        out.print()
        out.print(Text("Notes", style="bold"))
    for note in page.notes:
        places = " ".join(f"{span.start}-{span.end}" for span in note.spans)
        out.print(Text(f"  {note.flag}  {places}  {note.rule}: {note.reason} (score {note.score:g})"))
        for candidate in note.candidates:
            out.print(Text(f"      {candidate}"))


def print_scores(evaluation: Evaluation) -> None:
    """The figures of an evaluation: one column for all pages together, one for each page."""
    columns = {"all pages": evaluation.overall, **evaluation.pages}
    rows: list[list[object]] = []

    def add(name: str, figures: Iterable[object]) -> None:
        rows.append([name, *figures])

    add(
        "articles exact / found / gold",
        (f"{s.articles_exact} / {s.articles_found} / {s.articles_gold}" for s in columns.values()),
    )
    for name in ("bcubed", "paragraphs", "joins", "flags"):
        add(f"{name} P / R / F1", (_rates(getattr(scores, name)) for scores in columns.values()))
    add("fields", (_share(scores.fields) for scores in columns.values()))
    for field in FIELDS:
        add(f"  {field}", (_share(scores.by_field[field]) for scores in columns.values()))
    add("headlines", (_share(scores.headlines) for scores in columns.values()))
    add("roles", (_share(scores.right_roles) for scores in columns.values()))
    for gold, output, _ in evaluation.overall.confused_roles[:SHOWN_CONFUSIONS]:
        add(f"  {gold} -> {output or '(lost)'}", (scores.roles[gold, output] for scores in columns.values()))
    add("findings present", (_share(scores.findings) for scores in columns.values()))
    add("findings more", (scores.findings_more for scores in columns.values()))
    add("characters lost", (scores.characters_lost for scores in columns.values()))
    add("characters doubled", (scores.characters_doubled for scores in columns.values()))
    print_table(["", *columns], rows)


def _rates(agreement: Agreement) -> str:
    return " / ".join(
        "-" if rate is None else f"{rate:.3f}" for rate in (agreement.precision, agreement.recall, agreement.f1)
    )


def _share(share: Share) -> str:
    return "-" if share.share is None else f"{share.share:.3f} ({share.correct}/{share.counted})"
