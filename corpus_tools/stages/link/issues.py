"""Issues: which records of a stream are of one issue. Records enter with an issue's pages adjacent, issues leave, lazily.

A page is of the issue of the pages before it where nothing that both know differs, and where one of these holds: the date
is the same (and the paper, or where one of them does not know its paper, the folder); both lie in the same folder; paper
and edition are the same and nobody knows a date. Pages that know none of it, in no folder, are of no issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus_tools.model import Article, PageMeta

MOST_PAGES = 240
"""Pages of an issue: the thickest weekend papers have 100-200. What is longer is a folder of many issues: nothing in it is
linked, so that neither memory nor chance decides."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an issue so far: of all its pages together; `folder` is that of the last one."""

    newspaper: str | None = None
    date: str | None = None
    edition: str | None = None
    folder: str = ""

    def takes(self, other: Known) -> bool:
        """Whether a page of which `other` is known belongs to the issue."""
        for mine, its in ((self.newspaper, other.newspaper), (self.date, other.date), (self.edition, other.edition)):
            if mine is not None and its is not None and mine != its:
                return False
        same_folder = bool(self.folder) and self.folder == other.folder
        if self.date is not None and self.date == other.date:
            return self.newspaper == other.newspaper or same_folder or not (self.folder or other.folder)
        named = (self.newspaper, self.edition) != (None, None)
        return same_folder or (named and self == other)

    def and_(self, other: Known) -> Known:
        """What both know; they agree."""
        return Known(
            self.newspaper or other.newspaper, self.date or other.date, self.edition or other.edition, other.folder
        )


def known_of(page_id: str, meta: PageMeta) -> Known:
    """What a page knows of its issue."""
    return Known(meta.newspaper, meta.date, meta.edition, page_id.rpartition("/")[0])


def issues(articles: Iterable[Article]) -> Iterator[tuple[list[Article], bool]]:
    """`(records, whether they may be linked)`: issue by issue, each given when the next one begins."""
    known: Known | None = None
    issue: list[Article] = []
    page_id: str | None = None
    n_pages = 0
    for article in articles:
        if article.page_id != page_id:
            page_id = article.page_id
            here = known_of(page_id, article.meta)
            if known is not None and known.takes(here):
                known, n_pages = known.and_(here), n_pages + 1
            else:
                if issue:
                    yield issue, n_pages <= MOST_PAGES
                known, issue, n_pages = here, [], 1
            if n_pages > MOST_PAGES:
                yield issue, False
                issue = []
        issue.append(article)
    if issue:
        yield issue, n_pages <= MOST_PAGES
