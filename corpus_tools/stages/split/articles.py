"""Drafts become articles: final block flags, article flags, ids, the page's furniture record.

A page whose roles are final enters, the page with `articles` leaves. Nothing is dropped: what no article claims is an
orphan, and furniture and residue are one record.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus_tools.blocks import with_flags
from corpus_tools.drafts import OUTSIDE_ROLES, TEXT_ROLES, Draft
from corpus_tools.model import ARTICLE_FLAGS, Article, Block, Kind, Note, Page, Source
from corpus_tools.options import Options
from corpus_tools.outline import draft_articles
from corpus_tools.stages.split.fields import Fields, fields_of, text_of_article

_INHERITED = frozenset(ARTICLE_FLAGS) - {"start_missing", "end_missing", "gap", "headline_missing", "reordered"}
"""Article flags that any block hands up; the others depend on where in the article the block stands."""

_UNHEADED = frozenset({"notice", "advert"})
"""What is printed without a headline as often as with one."""


def assemble(page: Page, options: Options) -> Page:
    """The page with its article, orphan and furniture records, articles numbered by their earliest character."""
    drafts = sorted(
        draft_articles(page.blocks),
        key=lambda draft: min(span.start for index in draft.blocks for span in page.blocks[index].spans),
    )
    blocks = list(page.blocks)
    for draft in drafts:
        _flag_moved(blocks, draft.blocks)
    cut_short = _cut_short(page.blocks, page.notes)
    source = Source(page.source.path, page.source.sha256, page.source.encoding)
    articles: list[Article] = []
    for number, draft in enumerate(drafts, 1):
        own = tuple(blocks[index] for index in draft.blocks)
        kind: Kind = "orphan" if draft.opened_by == "stray" else "article"
        fields = fields_of(own)
        articles.append(
            Article(
                id=f"{page.id}/{number}",
                kind=kind,
                page_id=page.id,
                text=text_of_article(own, captions=options.captions),
                column=fields.column,
                kicker=fields.kicker,
                headline=fields.headline,
                deck=fields.deck,
                dateline=fields.dateline,
                byline=fields.byline,
                jump_from=fields.jump_from,
                jump_to=fields.jump_to,
                blocks=own,
                flags=_flags(draft, own, fields, cut_short),
                meta=page.meta,
                source=source,
            )
        )
    outside = tuple(block for block in blocks if block.role in OUTSIDE_ROLES)
    if outside:
        articles.append(
            Article(f"{page.id}/furniture", "furniture", page.id, "", blocks=outside, meta=page.meta, source=source)
        )
    return replace(page, blocks=tuple(blocks), articles=tuple(articles))


def written_articles(page: Page, options: Options) -> Iterator[Article]:
    """The records that a command writes: all but furniture, which only `--furniture` asks for."""
    return (article for article in page.articles if article.kind != "furniture" or options.furniture)


def _flag_moved(blocks: list[Block], indices: Sequence[int]) -> None:
    for above, index in itertools.pairwise(indices):
        if blocks[index].start < blocks[above].start:
            blocks[index] = with_flags(blocks[index], "moved")


def _flags(draft: Draft, blocks: Sequence[Block], fields: Fields, cut_short: set[int]) -> tuple[str, ...]:
    texts = [block for block in blocks if block.role in TEXT_ROLES]
    flags = {flag for block in blocks for flag in block.flags if flag in _INHERITED}
    if fields.jump_from or (texts and "start_missing" in texts[0].flags):
        flags.add("start_missing")
    if fields.jump_to or (texts and ("end_missing" in texts[-1].flags or texts[-1].end in cut_short)):
        flags.add("end_missing")
    if draft.opened_by == "head" and not texts and not any(block.role == "caption" for block in blocks):
        flags.add("end_missing")
    if any("start_missing" in block.flags for block in texts[1:]):
        flags.add("gap")
    if any("end_missing" in block.flags for block in texts[:-1]):
        flags.add("gap")
    if not fields.headline and draft.opened_by != "stray" and any(block.role not in _UNHEADED for block in texts):
        flags.add("headline_missing")
    if any("moved" in block.flags for block in blocks):
        flags.add("reordered")
    return tuple(flag for flag in ARTICLE_FLAGS if flag in flags)


def _cut_short(blocks: Sequence[Block], notes: Sequence[Note]) -> set[int]:
    """The ends of blocks behind which text that broke off was removed: an echo stood where the true end was."""
    spans = sorted(span for block in blocks for span in block.spans)
    starts = [span.start for span in spans]
    found: set[int] = set()
    for note in notes:
        if note.flag == "end_missing":
            before = bisect_right(starts, note.spans[0].start) - 1
            if before >= 0 and spans[before].end <= note.spans[0].start:
                found.add(spans[before].end)
    return found
