"""Why the headline of an article is not what the gold has: one cause for each article of the gold.

Gold and output of the same pages enter, `Wrong`s leave. Whose headline is right has none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus_tools.model import Article, Block


@dataclass(frozen=True, slots=True)
class Wrong:
    """An article of the gold, the record that holds most of it (None where none does), and what is wrong."""

    cause: str
    gold: Article
    found: Article | None

    def shown(self) -> str:
        """Both heads, a line each."""
        found = "nothing" if self.found is None else f"{self.found.id} {self.found.kind}: {_head(self.found)}"
        return f"{self.gold.id}\n      gold  {_head(self.gold)}\n      found {found}"


def _head(article: Article) -> str:
    """The first blocks of an article: roles and texts."""
    shown = [f"{block.role} {_short(block.text)}" for block in article.blocks[:5]]
    return " | ".join(shown) + (" | …" if len(article.blocks) > 5 else "")


def _short(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= 36 else f"{line[:26]}…{line[-8:]}"


class Found:
    """The output's records by page and place."""

    def __init__(self, output: Iterable[Article]) -> None:
        self.records = list(output)
        self._holders: defaultdict[str, dict[int, tuple[int, Block]]] = defaultdict(dict)
        for number, record in enumerate(self.records):
            for block in record.blocks:
                for span in block.spans:
                    for offset in range(span.start, span.end):
                        self._holders[record.page_id].setdefault(offset, (number, block))

    def holders(self, page_id: str, blocks: Sequence[Block]) -> Counter[tuple[int, str]]:
        """How many characters of the blocks stand in each record and role."""
        its = self._holders[page_id]
        return Counter(
            (its[offset][0], its[offset][1].role)
            for block in blocks
            for span in block.spans
            for offset in range(span.start, span.end)
            if offset in its
        )

    def role(self, page_id: str, block: Block) -> str:
        """The role of what holds most of the block; `(lost)` where nothing does."""
        held: Counter[str] = Counter()
        for (_, role), n in self.holders(page_id, [block]).items():
            held[role] += n
        return held.most_common(1)[0][0] if held else "(lost)"

    def best(self, article: Article) -> Article | None:
        """The article or orphan that holds most of the article's characters, the first of equals."""
        held: Counter[int] = Counter()
        for (number, _), n in self.holders(article.page_id, article.blocks).items():
            if self.records[number].kind != "furniture":
                held[number] += n
        return self.records[min(held, key=lambda number: (-held[number], number))] if held else None


def wrong_headlines(output: Iterable[Article], gold: Sequence[Article]) -> Iterator[Wrong]:
    """What is wrong with each headline of the gold that is not found, in the gold's order."""
    judge = _Judge(output, gold)
    for article in gold:
        record = judge.main[article.id]
        if article.headline and (record is None or record.headline != article.headline):
            yield Wrong(judge.cause(article, record), article, record)


class _Judge:
    """Output and gold, and which belongs to which."""

    def __init__(self, output: Iterable[Article], gold: Sequence[Article]) -> None:
        self.found = Found(output)
        self.main = {article.id: self.found.best(article) for article in gold}
        self.neighbours: defaultdict[str, list[Article]] = defaultdict(list)
        for article in gold:
            self.neighbours[article.page_id].append(article)

    def cause(self, article: Article, record: Article | None) -> str:
        """Why the record that holds most of the article does not have its headline."""
        if record is None:
            return "lost"
        held = self.found.holders(article.page_id, [block for block in article.blocks if block.role == "headline"])
        if not held:
            return "lost: the headline is in no record"
        (number, role), _ = max(held.items(), key=lambda each: (each[1], -each[0][0]))
        its = self.found.records[number]
        if its.kind == "furniture":
            return f"role: headline is {role}"
        if its.id != record.id:
            is_others = self._is_shared(its, article)
            return f"boundary: {_ELSEWHERE}" if is_others else "split: headline and text are two records"
        if role != "headline":
            merged = ", merged into another article" if self._is_shared(record, article) else ""
            return f"role: headline is {role}{merged}"
        if len(held) > 1:
            return "parted: half of the headline is something else"
        taken = self._also_headline(article, record)
        return f"more: the headline holds {taken} too" if taken else "text"

    def _is_shared(self, record: Article, article: Article) -> bool:
        """Whether the record holds most of another article of the gold."""
        others = (other for other in self.neighbours[article.page_id] if other.id != article.id)
        return any((its := self.main[other.id]) is not None and its.id == record.id for other in others)

    def _also_headline(self, article: Article, record: Article) -> str:
        """What else stands in the record's headline: the gold's role of it, of this article or of another."""
        headline = _offsets(block for block in record.blocks if block.role == "headline")
        beside = headline - _offsets(block for block in article.blocks if block.role == "headline")
        for other in self.neighbours[article.page_id] if beside else ():
            for block in other.blocks:
                if beside & _offsets([block]):
                    return block.role if other.id == article.id else f"another article's {block.role}"
        return "something outside" if beside else ""


_ELSEWHERE = "the headline went to another article"


def _offsets(blocks: Iterable[Block]) -> set[int]:
    return {offset for block in blocks for span in block.spans for offset in range(span.start, span.end)}
