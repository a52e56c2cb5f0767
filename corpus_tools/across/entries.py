"""What of a record takes part in the comparison: a line of JSONL in, an `Entry` out.

Article records, and records of others `{"id": …, "text": …}`. Headings, bylines, jump lines, notices and advertisements say nothing
about whether two articles are the same, and short paragraphs stand in many: they are left out, and never flagged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus_tools import records
from corpus_tools.characters import ends_sentence
from corpus_tools.errors import InputError, RecordError
from corpus_tools.model import REPEATED, Article, Block, PageMeta
from corpus_tools.read.inputs import Item, placed
from corpus_tools.records import Json
from corpus_tools.roles import find_jumps
from corpus_tools.roles.notices import is_notice

COMPARED_ROLES = frozenset({"body", "list", "verse", "table", "caption"})
"""Roles whose text says whether two articles are the same."""

FLAGGED_ROLES = frozenset({"body"})
"""Roles whose repeats are told one by one."""

LEAST_LINE = 40
"""Characters of a line of a foreign record that is text though it does not end as a sentence does; shorter ones are headings."""

DAMAGE = frozenset({"start_missing", "end_missing", "gap", "lost_text", "garbled", "private_use"})
"""Flags that say that text is missing or unreadable."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is compared: its block (of a foreign record: its line), and whether a repeat of it is told."""

    block: int
    text: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the comparison sees it. `article` is None for a foreign record, whose line is kept as it is; its id may be a
    number, and is told as one."""

    id: str | int
    meta: PageMeta
    n_damages: int
    paragraphs: tuple[Paragraph, ...]
    article: Article | None = None


def entry_of_item(item: Item) -> Entry:
    """The entry of an item. Raises: RecordError for what is neither an article record nor `{"id": …, "text": …}`."""
    if item.error is not None:
        raise item.error
    try:
        if item.data is None or item.line_number is None:
            what = "a raw page where article records are needed"
            raise RecordError(what, path=item.name, hint="make them with corpus-tools clean")
        record = records.load(item.data, path=item.name, line_number=item.line_number)
        return entry_of_record(record, path=item.name, line_number=item.line_number)
    except InputError as error:
        raise placed(error, item) from None


def entry_of_record(record: Json, *, path: str = "<record>", line_number: int | None = None) -> Entry:
    """The entry of a record. Raises: RecordError."""
    schema = str(record.get("schema"))
    if schema.startswith("corpus-tools/page@"):
        what, hint = "a page record where article records are needed", "make articles of it with corpus-tools split"
        raise RecordError(what, path=path, line_number=line_number, hint=hint)
    if schema.startswith("corpus-tools/"):
        return entry_of(records.article_from(record, path=path, line_number=line_number))
    page = records.page_from(record, path=path, line_number=line_number)
    return Entry(record["id"], page.meta, 0, tuple(_lines(page.text)))


def entry_of(article: Article) -> Entry:
    """The entry of an article, without what an earlier run wrote into it."""
    article = unflagged(article)
    n_damages = sum(flag in DAMAGE for flag in article.flags) + (article.kind == "orphan")
    paragraphs = () if article.kind == "furniture" else tuple(_paragraphs(blocks_of(article)))
    return Entry(article.id, article.meta, n_damages, paragraphs, article)


def blocks_of(article: Article) -> tuple[Block, ...]:
    """The blocks of an article, of a merged one those of all its parts, one after the other."""
    if article.parts is None:
        return article.blocks
    return tuple(block for part in article.parts for block in part.blocks)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for index, block in enumerate(blocks):
        if block.role in COMPARED_ROLES and not is_notice(block.text):
            yield Paragraph(index, block.text, block.role in FLAGGED_ROLES and not find_jumps(block.text))


def _lines(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text without blocks: lines that are sentences; all of it where that leaves less than half."""
    lines = [Paragraph(at, line.strip(), True) for at, line in enumerate(text.split("\n")) if line.strip()]
    lines = [line for line in lines if len(line.text) >= LEAST_LINE or not find_jumps(line.text)]
    kept = [line for line in lines if ends_sentence(line.text) or len(line.text) >= LEAST_LINE]
    if 2 * sum(len(line.text) for line in kept) < sum(len(line.text) for line in lines):
        yield Paragraph(0, "".join(line.text for line in lines), False)
        return
    for line in kept:
        if not is_notice(line.text):
            yield replace(line, is_told=not find_jumps(line.text))


def unflagged(article: Article) -> Article:
    """The article as it was before `dedupe --across` wrote into it."""

    def plain(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        if not any(REPEATED in block.flags for block in blocks):
            return blocks
        return tuple(replace(block, flags=tuple(f for f in block.flags if f != REPEATED)) for block in blocks)

    parts = article.parts and tuple(replace(part, blocks=plain(part.blocks)) for part in article.parts)
    return replace(article, cluster=None, blocks=plain(article.blocks), parts=parts)


def flagged(article: Article, cluster: str | int | None, repeated: frozenset[int]) -> Article:
    """The article with its cluster, and the flag on the blocks of those numbers (of a merged one, counted through its parts)."""
    cluster = None if cluster is None else str(cluster)
    if not repeated:
        return replace(article, cluster=cluster)
    if article.parts is None:
        return replace(article, cluster=cluster, blocks=_flagged(article.blocks, repeated))
    parts, at = [], 0
    for part in article.parts:
        here = frozenset(number - at for number in repeated)
        parts.append(replace(part, blocks=_flagged(part.blocks, here)))
        at += len(part.blocks)
    first = parts[0].blocks if article.blocks == article.parts[0].blocks else article.blocks
    return replace(article, cluster=cluster, blocks=first, parts=tuple(parts))


def _flagged(blocks: tuple[Block, ...], numbers: frozenset[int]) -> tuple[Block, ...]:
    return tuple(
        replace(block, flags=(*block.flags, REPEATED)) if number in numbers else block
        for number, block in enumerate(blocks)
    )
