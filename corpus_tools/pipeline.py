"""The stages in their order, lazy streams of pages, and all of them composed as `clean`.

Pages enter, pages leave, one at a time: a page's result does not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from corpus_tools.edits import undo
from corpus_tools.errors import UsageError
from corpus_tools.model import Article, Page
from corpus_tools.options import Options, ReadOptions
from corpus_tools.read.inputs import Item, load_page, page_id_of
from corpus_tools.read.pages import page_from_text, read_page
from corpus_tools.stages import dedupe as dedupe_stage
from corpus_tools.stages import normalise as normalise_stage
from corpus_tools.stages import repair as repair_stage
from corpus_tools.stages import split as split_stage
from corpus_tools.stages.rules import BlockRule, TextRule
from corpus_tools.stages.split.articles import written_articles
from corpus_tools.tracing import Step, recording

PageStage = Callable[[Page, Options], Page]


class Stage(NamedTuple):
    """A stage's name, what it does to one page, and its rules in order."""

    name: str
    run: PageStage
    rules: tuple[TextRule | BlockRule, ...]


STAGES = (
    Stage("normalise", normalise_stage.normalise_page, normalise_stage.RULES),
    Stage("repair", repair_stage.repair_page, repair_stage.RULES),
    Stage("dedupe", dedupe_stage.dedupe_page, dedupe_stage.RULES),
    Stage("split", split_stage.split_page, split_stage.RULES),
)
"""The stages that work on one page, in the order of `clean`."""


def stage_named(name: str) -> Stage:
    """The stage of that name."""
    return next(stage for stage in STAGES if stage.name == name)


def rule_names() -> frozenset[str]:
    """The names of all rules: what `--disable` takes."""
    return frozenset(rule.__name__ for stage in STAGES for rule in stage.rules)


def checked(options: Options) -> Options:
    """The options, when they name only rules that exist.

    Raises: UsageError.
    """
    unknown = sorted(options.disable - rule_names())
    if unknown:
        raise UsageError(f"no rule is named {', '.join(unknown)}", hint="corpus-tools rules lists them")
    return options


def clean_one(page: Page, options: Options) -> Page:
    """One page through every stage, from decoded to split."""
    for stage in STAGES:
        page = stage.run(page, options)
    return page


def retraced(page: Page, options: Options) -> tuple[Page, list[Step]]:
    """A page through every stage from its decoded text on, whatever was done to it before, and every decision on the way.

    The page that comes out is the one that was given, where that was cleaned with these options by this version.
    """
    decoded = Page(page.id, undo(page.text, page.history), page.source, page.meta)
    with recording() as steps:
        finished = clean_one(decoded, options)
    return finished, steps


def normalise(pages: Iterable[Page], **choices: Any) -> Iterator[Page]:
    """The pages with their text made plain. `choices` are fields of `Options`, such as `width="ascii-alnum"`."""
    return _stream("normalise", pages, choices)


def repair(pages: Iterable[Page], **choices: Any) -> Iterator[Page]:
    """The pages with blocks: paragraphs whole, in reading order, each with a provisional role."""
    return _stream("repair", pages, choices)


def dedupe(pages: Iterable[Page], **choices: Any) -> Iterator[Page]:
    """The pages without what the OCR printed twice."""
    return _stream("dedupe", pages, choices)


def split(pages: Iterable[Page], **choices: Any) -> Iterator[Page]:
    """The pages with their articles: roles and fields final."""
    return _stream("split", pages, choices)


def clean(pages: Iterable[Page], **choices: Any) -> Iterator[Page]:
    """The pages through every stage, normalise to split; `page.articles` are the records."""
    options = checked(Options(**_frozen(choices)))
    return (clean_one(page, options) for page in pages)


def clean_page(data: bytes | str | Path, page_id: str | None = None, **choices: Any) -> list[Article]:
    """The article records of one page: of bytes, of text already decoded, or of a file by its Path.

    `choices` are fields of `Options` and of `ReadOptions`. The records are those that `corpus-tools clean` writes.

    Raises: InputError and its children for what is no page; UsageError for options that do not exist.
    """
    reading = {field.name for field in fields(ReadOptions)}
    read_options = ReadOptions(**{key: value for key, value in choices.items() if key in reading})
    options = checked(Options(**_frozen({key: value for key, value in choices.items() if key not in reading})))
    if isinstance(data, Path):
        page = _page_of_file(data, page_id, read_options)
    elif isinstance(data, bytes):
        page = read_page(data, page_id or read_options.stdin_id, "<stdin>", read_options)
    else:
        page = page_from_text(data, page_id or read_options.stdin_id, "<stdin>", read_options)
    return list(written_articles(clean_one(page, options), options))


def _page_of_file(path: Path, page_id: str | None, options: ReadOptions) -> Page:
    return load_page(Item(path.name, page_id or page_id_of(path.name), path), options)


def _frozen(choices: dict[str, Any]) -> dict[str, Any]:
    if "disable" not in choices:
        return choices
    disabled = choices["disable"]
    return choices | {"disable": frozenset([disabled] if isinstance(disabled, str) else disabled)}


def _stream(name: str, pages: Iterable[Page], choices: dict[str, Any]) -> Iterator[Page]:
    options = checked(Options(**_frozen(choices)))
    run = stage_named(name).run
    return (run(page, options) for page in pages)
