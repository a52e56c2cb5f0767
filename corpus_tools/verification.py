"""Proves that nothing was lost, and undoes everything: page records -> problems, page records -> the original bytes.

A page or an article record enters, problems leave; no problem is the proof. What it proves is in `verify`'s docstring.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus_tools.across.entries import unflagged
from corpus_tools.blocks import text_of
from corpus_tools.edits import Offsets, undo
from corpus_tools.errors import CorpusError, DecodeError
from corpus_tools.model import Article, Block, Page, Part, Revision, Source, Span
from corpus_tools.read.decoding import encode
from corpus_tools.records import article_record
from corpus_tools.stages.link import merged_record
from corpus_tools.stages.split.fields import fields_of, text_of_article


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is lost, double or changed: the page or record it is in, and what it is."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def revert(page: Page) -> bytes:
    """The bytes of the source, byte order mark, line ends, encoding and all.

    Raises: DecodeError when they do not have the source's sha256: the record was changed after it was written.
    """
    data = encode(undo(page.text, page.history), page.source)
    if hashlib.sha256(data).hexdigest() != page.source.sha256:
        raise DecodeError("undoing the history does not give the source's bytes", path=page.id)
    return data


def verify(pages: Iterable[Page], articles: Iterable[Article] | None = None) -> Iterator[Problem]:
    """The problems of page records and, with `articles`, of the article records made from them; none is the proof.

    Of each page: undoing the history gives the bytes of the source's sha256; block spans are in range and disjoint; every
    character that is not white space is in one block or one removing edit; each block's text is its spans with the edits
    applied; every block is in exactly one record; `text` and fields follow from the blocks. Of the articles: they say
    what the ledger says, and none is missing, double or unknown.
    """
    seen: Counter[str] = Counter()
    written = None if articles is None else _Written(articles)
    for page in pages:
        seen[page.id] += 1
        if seen[page.id] == 2:
            yield Problem(page.id, "the page is there twice")
        yield from _page_problems(page)
        if written is not None:
            yield from written.check(page)
    if written is not None:
        yield from written.problems(seen)


def _page_problems(page: Page) -> Iterator[Problem]:
    try:
        revert(page)
    except CorpusError as error:
        yield Problem(page.id, error.what)
        return
    decoded = undo(page.text, page.history)
    if not page.blocks:
        if page.articles or any(revision.stage in ("repair", "dedupe", "split") for revision in page.history):
            yield Problem(page.id, "the page has lost its blocks")
        return
    odd = [block for block in page.blocks if not _is_in(block, len(decoded))]
    for block in odd:
        yield Problem(page.id, f"a {block.role} block has no spans, or spans outside the page")
    if odd:
        return
    yield from _coverage_problems(page, decoded)
    offsets = Offsets(page.history)
    for block in page.blocks:
        if text_of(page.text, block.spans, offsets) != block.text:
            yield Problem(page.id, f"the {block.role} block at {block.start} does not read as its spans do")
    if page.articles:
        yield from _article_problems(page)


def _is_in(block: Block, n_decoded: int) -> bool:
    return bool(block.spans) and all(0 <= span.start < span.end <= n_decoded for span in block.spans)


def _coverage_problems(page: Page, decoded: str) -> Iterator[Problem]:
    held = [0] * len(decoded)
    for block in page.blocks:
        for span in block.spans:
            for at in range(span.start, span.end):
                held[at] += 1
    removed = removed_characters(page.history, len(decoded))
    lost = [at for at, times in enumerate(held) if not times and at not in removed and not decoded[at].isspace()]
    double = [at for at, times in enumerate(held) if times > 1]
    for what, places in (("in no block and in no edit", lost), ("in two blocks", double)):
        for span in _runs(places):
            text = decoded[span.start : span.end]
            shown = text if len(text) <= 20 else f"{text[:20]}…"
            yield Problem(page.id, f"characters {span.start}-{span.end} are {what}: {shown!r}")


def removed_characters(history: Sequence[Revision], n_decoded: int) -> set[int]:
    """The places in the decoded page whose characters some edit deleted."""
    origin: list[int] = list(range(n_decoded))  # for each character of the text so far, where it stood; -1: written in
    carried: dict[int, list[int]] = {}  # by a place: those whose characters became one with its own (ÖÐ is 中)
    deleted: list[int] = []
    for revision in history:
        following: list[int] = []
        done = 0
        for edit in revision.edits:
            following += origin[done : edit.span.start]
            mine = origin[edit.span.start : edit.span.end]
            n_after = len(edit.after)
            if not edit.after.strip():
                deleted += mine
            elif n_after < len(mine):
                carried.setdefault(mine[n_after - 1], []).extend(mine[n_after:])
            following += mine[:n_after] + [-1] * (n_after - len(mine))
            done = edit.span.end
        origin = following + origin[done:]
    removed: set[int] = set()
    while deleted:
        place = deleted.pop()
        removed.add(place)
        deleted += carried.pop(place, ())
    removed.discard(-1)
    return removed


def _runs(places: Iterable[int]) -> Iterator[Span]:
    start = end = -1
    for place in places:
        if place != end:
            if start >= 0:
                yield Span(start, end)
            start = place
        end = place + 1
    if start >= 0:
        yield Span(start, end)


def _article_problems(page: Page) -> Iterator[Problem]:
    claimed = Counter(block for article in page.articles for block in article.blocks)
    for block in claimed.keys() - set(page.blocks):
        yield Problem(page.id, f"a record has a {block.role} block at {block.start} that the page does not have")
    for block in page.blocks:
        times = claimed[block]
        if times != 1:
            what = "in no record" if not times else f"in {times} records"
            yield Problem(page.id, f"the {block.role} block at {block.start} is {what}")
    for article_id, times in Counter(article.id for article in page.articles).items():
        if times > 1:
            yield Problem(article_id, f"the id is there {times} times")
        if not article_id.startswith(f"{page.id}/"):
            yield Problem(article_id, f"the id does not begin with its page's id {page.id!r}")
    for article in page.articles:
        yield from _content_problems(article)


def _content_problems(article: Article) -> Iterator[Problem]:
    """Whether text and fields follow from the blocks."""
    if article.kind == "furniture":
        if article.text:
            yield Problem(article.id, "a furniture record with text")
        return
    if article.parts is None and article.text not in (
        text_of_article(article.blocks, captions=False),
        text_of_article(article.blocks, captions=True),
    ):
        yield Problem(article.id, "the text does not follow from the blocks")
    fields = fields_of(article.blocks)
    for name in fields.__slots__:
        if getattr(fields, name) != getattr(article, name):
            yield Problem(article.id, f"the field {name} does not follow from the blocks")


class _Written:
    """Article records against the ledger, page by page.

    Records are read ahead only as far as a page's records stand together; what is missing from a page, and what came
    after its page was proved, waits for the end, where the two are brought together.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = iter(articles)
        self._waiting: dict[str, list[Article]] = {}
        self._next: Article | None = next(self._articles, None)
        self._ids: Counter[str] = Counter()
        self._missing: dict[str, Article] = {}
        self._merged: dict[str, Article] = {}

    def check(self, page: Page) -> Iterator[Problem]:
        """The problems of the records of one page, as far as they are known now."""
        expected = {article.id: article for article in page.articles}
        known = set(expected)
        for record in self._records_of(page.id):
            if record.parts is not None:
                self._merged[record.id] = unflagged(record)
            elif record.id not in known:
                yield Problem(record.id, "the ledger has no such record")
            elif record.id in expected:  # a second one is told at the end
                yield from _differences(record, expected.pop(record.id))
        self._missing |= {key: article for key, article in expected.items() if article.kind != "furniture"}

    def _records_of(self, page_id: str) -> list[Article]:
        found = self._waiting.pop(page_id, [])
        while self._next is not None and not (found and page_id not in _pages_of(self._next)):
            article, self._next = self._next, next(self._articles, None)
            self._ids[article.id] += 1
            pages = _pages_of(article)
            if page_id in pages:
                found.append(article)
            else:
                self._waiting.setdefault(pages[0], []).append(article)
        return found

    def problems(self, pages: Counter[str]) -> Iterator[Problem]:
        """What is known only at the end: records of no page, or far from it, merged and missing ones, double ids."""
        while self._next is not None:
            self._records_of("")
        for page_id, articles in self._waiting.items():
            for article in articles:
                yield from self._late(article, page_id in pages)
        for record in self._merged.values():
            yield from self._merged_problems(record)
        for article_id, times in self._ids.items():
            if times > 1:
                yield Problem(article_id, f"the record is there {times} times")
        for article_id in self._missing:
            yield Problem(article_id, "the record is missing")

    def _late(self, record: Article, is_known_page: bool) -> Iterator[Problem]:
        if record.parts is not None:
            self._merged[record.id] = unflagged(record)
        elif record.id in self._missing:
            yield from _differences(record, self._missing.pop(record.id))
        elif not is_known_page:
            yield Problem(record.id, f"the ledger has no page {record.page_id!r}")
        elif self._ids[record.id] == 1:
            yield Problem(record.id, "the ledger has no such record")

    def _merged_problems(self, record: Article) -> Iterator[Problem]:
        """A merged record is what the ledger's articles with the blocks of its parts give when they are merged."""
        chain: list[Article] = []
        for number, part in enumerate(record.parts or (), 1):
            article = next((each for each in self._missing.values() if _is_part(part, each)), None)
            if article is None:
                yield Problem(record.id, f"part {number} has blocks that no article of the ledger has")
                return
            chain.append(article)
            del self._missing[article.id]
        if chain:
            yield from _differences(record, merged_record(chain))


def _is_part(part: Part, article: Article) -> bool:
    return part.page_id == article.page_id and part.blocks == article.blocks


def _pages_of(article: Article) -> list[str]:
    if not article.parts:
        return [article.page_id]
    return list(dict.fromkeys(part.page_id for part in article.parts))


def _differences(record: Article, expected: Article) -> Iterator[Problem]:
    # `link` and `dedupe --across` write into these keys after the ledger was written
    cleared = replace(unflagged(record), continues=None, continued_by=None, source=_reference(record.source))
    mine, its = article_record(cleared), article_record(expected)
    for key, value in its.items():
        if mine[key] != value:
            yield Problem(record.id, f"{key} is not what the ledger says" + _first_difference(mine[key], value))


def _reference(source: Source | None) -> Source | None:
    return None if source is None else Source(source.path, source.sha256, source.encoding)


def _first_difference(mine: object, its: object) -> str:
    if not (isinstance(mine, str) and isinstance(its, str)):
        return ""
    at = next((at for at, (a, b) in enumerate(zip(mine, its, strict=False)) if a != b), min(len(mine), len(its)))
    return f": from character {at} it reads {mine[at : at + 8]!r}, not {its[at : at + 8]!r}"
