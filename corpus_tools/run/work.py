"""What one item gives: an item in, lines of bytes out. The one pure task that every way of running shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus_tools.errors import CorpusError, InputError
from corpus_tools.formats import Format, formatted_lines
from corpus_tools.model import Page
from corpus_tools.options import Options, ReadOptions
from corpus_tools.pipeline import stage_named
from corpus_tools.read.inputs import Item, load_page, place_of
from corpus_tools.records import article_line, page_line
from corpus_tools.stages.split.articles import written_articles

Form = Literal["text", "pages", "articles"]


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a worker needs beside the item: the stages in order, the choices, the form of the output."""

    stages: tuple[str, ...]
    form: Form
    ledger: bool = False
    record_format: Format = "jsonl"
    read: ReadOptions = field(default_factory=ReadOptions)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Result:
    """What one item gave: lines for the output and for the ledger, or the error it was rejected with."""

    place: str
    page_id: str | None = None
    lines: tuple[bytes, ...] = ()
    ledger: bytes | None = None
    error: CorpusError | None = None
    n_kept: int = 0  # bytes that do not decode and were kept as U+FFFD


def work(job: Job, items: Sequence[Item]) -> list[Result]:
    """The results of the items, in their order. A page that fails takes no other one with it."""
    return [_result(job, item) for item in items]


def _result(job: Job, item: Item) -> Result:
    place = place_of(item)
    try:
        page = load_page(item, job.read)
        n_kept = _n_kept(page) if item.page_id is not None else 0  # a record's were said when it was read
        for stage in job.stages:
            page = stage_named(stage).run(page, job.options)
        ledger = page_line(page) if job.ledger else None
        return Result(place, page.id, tuple(_lines(page, job)), ledger, n_kept=n_kept)
    except CorpusError as error:
        return Result(place, error=error)
    except Exception as error:  # noqa: BLE001 - a defect in a rule must not stop the other million pages
        return Result(place, error=_defect(error, place, item))


def _defect(error: Exception, place: str, item: Item) -> InputError:
    """The rejection of a page that a defect of this program stopped, with the place of the defect."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace is not None else ""
    data = item.data if item.streamed else None
    what = f"a defect of corpus-tools ({type(error).__name__}: {error}{code})"
    return InputError(what, path=place, hint="please report it with the page", data=data)


def _n_kept(page: Page) -> int:
    """Bytes of a page as it was decoded that are U+FFFD in it."""
    return sum(page.text[span.start : span.end] == "\ufffd" for span, _ in page.source.exceptions)


def _lines(page: Page, job: Job) -> list[bytes]:
    lines = _FORMS[job.form](page, job.options)
    return lines if job.record_format == "jsonl" else list(formatted_lines(lines, job.record_format))


def _text(page: Page, options: Options) -> list[bytes]:
    if page.articles:
        texts = [article.text for article in written_articles(page, options) if article.text]
    elif page.blocks:
        texts = [block.text for block in page.blocks]
    else:
        return [page.text.encode("utf-8")]
    return ["\n\n".join(texts).encode("utf-8") + b"\n"]


def _pages(page: Page, options: Options) -> list[bytes]:
    return [page_line(page)]


def _articles(page: Page, options: Options) -> list[bytes]:
    return [article_line(article) for article in written_articles(page, options)]


_FORMS: dict[Form, Callable[[Page, Options], list[bytes]]] = {"text": _text, "pages": _pages, "articles": _articles}
