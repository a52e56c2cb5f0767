"""Prints a summary table of article records. Usage: demo_table.py ARTICLES.jsonl"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from corpus_tools import Article, read_articles
from corpus_tools.report.terminal import print_table, shortened


def row(article: Article) -> list[object]:
    """One line about one record."""
    people = "、".join(person.name for person in article.byline)
    jump = f"from {article.jump_from}" if article.jump_from else f"to {article.jump_to}" if article.jump_to else ""
    paragraphs = sum(block.role == "body" for block in article.blocks)
    headline = article.headline or f"({shortened(article.text)[:24]}…)"
    return [
        article.id.rpartition("_")[0] + "/" + article.id.rpartition("/")[2],
        headline,
        people,
        jump,
        paragraphs,
        len(article.text),
        " ".join(article.flags),
    ]


def rows(articles: list[Article]) -> Iterator[list[object]]:
    """The lines of the table."""
    return (row(article) for article in articles)


def main(path: str) -> None:
    """Print the table and a line of totals."""
    articles = list(read_articles(path))
    columns = ("record", "headline", "byline", "page jump", "paragraphs", "characters", "flags")
    print_table(columns, rows(articles))
    kinds = Counter(article.kind for article in articles)
    pages = len({article.page_id for article in articles})
    said = ", ".join(f"{count} {kind}s" for kind, count in sorted(kinds.items()))
    characters = sum(len(article.text) for article in articles)
    print(f"{pages} pages, {said}, {characters:,} characters of text")


if __name__ == "__main__":
    main(sys.argv[1])
